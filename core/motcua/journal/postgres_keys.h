// The table of keys in PostgreSQL. What writes is called within a transaction.
#ifndef MOTCUA_JOURNAL_POSTGRES_KEYS_H_
#define MOTCUA_JOURNAL_POSTGRES_KEYS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/journal/postgres_connection.h"
#include "motcua/journal/store.h"

namespace motcua {

// Of rows of id, dossier and secret.
std::vector<StoredKey> KeysOf(const PGresult* result);

absl::Status InsertKeys(PostgresConnection& connection, std::span<const StoredKey> keys);
// Takes in all keys of another journal; how many of ours died of it.
absl::StatusOr<std::int64_t> TakeKeys(PostgresConnection& connection,
                                      std::span<const StoredKey> theirs);
// Destroys the keys of a dossier, and leaves an erasure; how many there were.
absl::StatusOr<std::int64_t> EraseKeys(PostgresConnection& connection, std::string_view dossier);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_POSTGRES_KEYS_H_
