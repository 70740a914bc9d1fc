// What guards a journal's settings, which no link of the chain covers: a digest over all of
// them, written together with each change.
#ifndef MOTCUA_JOURNAL_SETTINGS_H_
#define MOTCUA_JOURNAL_SETTINGS_H_

#include <map>
#include <string>
#include <string_view>

namespace motcua {

using Settings = std::map<std::string, std::string>;

// The digest of the others.
inline constexpr std::string_view kDigestSetting = "digest";
// The version of a store's tables, which its migration writes: the digest leaves it out.
inline constexpr std::string_view kSchemaSetting = "schema";
// Names of fields that hold personal data.
inline constexpr std::string_view kPersonalSetting = "personal";
// There as long as a copy is being written, and for ever where it was interrupted.
inline constexpr std::string_view kUnfinishedSetting = "unfinished";
// All others belong to the epochs, and begin so.
inline constexpr std::string_view kEpochPrefix = "epoch";

std::string DigestOf(const Settings& settings);

// Whether they are as they were written. A journal that an earlier version wrote has no digest
// until a setting is written again, and is taken at its word until then.
bool AreWhole(const Settings& settings);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SETTINGS_H_
