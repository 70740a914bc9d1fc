// The table of keys in a SQLite file. What writes is called within a transaction.
#ifndef MOTCUA_JOURNAL_SQLITE_KEYS_H_
#define MOTCUA_JOURNAL_SQLITE_KEYS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/journal/sqlite_connection.h"
#include "motcua/journal/store.h"

namespace motcua {

// Of a dossier, of an id, or all where both are empty; see Store::Keys.
absl::StatusOr<std::vector<StoredKey>> KeysIn(const SqliteConnection& connection,
                                              std::string_view dossier, std::string_view id);
absl::StatusOr<bool> KeyIsLive(const SqliteConnection& connection, std::string_view id);

absl::Status InsertKeys(const SqliteConnection& connection, std::span<const StoredKey> keys);
// Takes in all keys of another journal; how many of ours died of it.
absl::StatusOr<std::int64_t> TakeKeys(const SqliteConnection& connection,
                                      std::span<const StoredKey> theirs);
// Destroys the keys of a dossier, and leaves an erasure; how many there were.
absl::StatusOr<std::int64_t> EraseKeys(const SqliteConnection& connection,
                                       std::string_view dossier);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SQLITE_KEYS_H_
