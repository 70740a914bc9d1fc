// Personal data: sealed under a key of the dossier, so that destroying the key
// erases it while the chain over the bytes stays whole.
#ifndef MOTCUA_JOURNAL_SEALING_H_
#define MOTCUA_JOURNAL_SEALING_H_

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "motcua/dossiers/event.h"
#include "motcua/dossiers/json_members.h"
#include "motcua/journal/record.h"
#include "motcua/journal/store.h"

namespace motcua {

// Names of fields, as PersonalName has them: `note`, and keys that events carry beside the known
// ones.
using PersonalFields = std::set<std::string, std::less<>>;

// A name is one name however it is capitalised and its marks were typed.
std::string PersonalName(std::string_view name);

// Names that say by themselves that they hold a citizen's data, and those of the portal.
PersonalFields DefaultPersonalFields();

// Whether a field of that name can be sealed. Errors: kInvalidArgument.
absl::Status CheckPersonal(std::string_view name);

// Rewrites `extra` without white space into `text`, as an object, and takes it apart; the
// members are views into `text`. Errors: kMalformedData if it is not JSON members.
absl::Status SplitExtra(std::string_view extra, std::string& text,
                        std::vector<JsonMember>& members);

// The event in its public and its personal part. A key is personal with all its value if its
// name is, or one within the value at any depth.
struct Parted {
  std::string extra, note;                    // public
  std::string personal_extra, personal_note;  // personal
  std::vector<std::string> fields;            // names of the personal ones that are there
};
absl::StatusOr<Parted> Part(const Event& event, const PersonalFields& personal);

// The id of a key, made of what it belongs to: a key that was changed is known by it.
std::string KeyId(std::string_view dossier, std::string_view secret);
// Whether a key is destroyed, or as it was made.
bool IsWhole(const StoredKey& key);

// Random bytes for keys and epochs. Errors: kUnavailable.
absl::StatusOr<std::string> RandomBytes(std::size_t count);

// Seals under a key of 32 bytes. The same data of the same event under the same key gives
// the same bytes, so that an event appended again is known. Errors: kInternal.
absl::StatusOr<std::string> Seal(std::string_view secret, std::string_view event_id,
                                 std::string_view note, std::string_view extra);
// Opens a box. Errors: kMalformedData if the key does not fit or a byte was changed.
absl::Status OpenBox(std::string_view secret, std::string_view event_id, std::string_view box,
                     std::string& note, std::string& extra);
// Puts what was in a box back into its event, whose views are then into `note` and `extra`.
void PutBack(std::string_view note, std::string& extra, Event& event);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SEALING_H_
