#include "motcua/journal/postgres_keys.h"

#include <cstdlib>
#include <string>

#include "motcua/base/status.h"
#include "motcua/journal/erasure.h"

namespace motcua {
namespace {

constexpr char kInsertKey[] =
    "INSERT INTO motcua_journal_keys VALUES ($1::bytea, $2::bytea, nullif($3::bytea, '')) "
    "ON CONFLICT DO NOTHING";
constexpr char kDestroyKey[] =
    "UPDATE motcua_journal_keys SET secret = NULL WHERE id = $1::bytea AND secret IS NOT NULL";
constexpr char kDestroyKeys[] =
    "UPDATE motcua_journal_keys SET secret = NULL "
    "WHERE dossier = $1::bytea AND secret IS NOT NULL";
constexpr char kErasures[] =
    "SELECT id, dossier, secret FROM motcua_journal_keys WHERE octet_length(id) = $1::int8";

absl::StatusOr<std::int64_t> Destroy(PostgresConnection& connection, const char* sql,
                                     std::string_view which) {
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result,
                          connection.Query(sql, PostgresParameters().Bytes(which)));
  return std::atoll(PQcmdTuples(result.get()));
}

}  // namespace

std::vector<StoredKey> KeysOf(const PGresult* result) {
  std::vector<StoredKey> keys;
  for (int k = 0; k < PQntuples(result); ++k) {
    keys.push_back({std::string(BytesAt(result, k, 0)), std::string(BytesAt(result, k, 1)),
                    std::string(BytesAt(result, k, 2))});
  }
  return keys;
}

absl::Status InsertKeys(PostgresConnection& connection, std::span<const StoredKey> keys) {
  for (const StoredKey& key : keys) {
    MOTCUA_RETURN_IF_ERROR(
        connection
            .Query(kInsertKey,
                   PostgresParameters().Bytes(key.id).Bytes(key.dossier).Bytes(key.secret))
            .status());
  }
  return absl::OkStatus();
}

// Nobody else makes or destroys a key between looking at the erasures and the commit.
absl::StatusOr<std::int64_t> TakeKeys(PostgresConnection& connection,
                                      std::span<const StoredKey> theirs) {
  MOTCUA_RETURN_IF_ERROR(
      connection.Query("LOCK TABLE motcua_journal_keys IN SHARE ROW EXCLUSIVE MODE").status());
  MOTCUA_ASSIGN_OR_RETURN(
      const PostgresResult ours,
      connection.Query(kErasures, PostgresParameters().Integer(std::int64_t{kErasureIdSize})));
  const KeyChanges changes = ChangesOfKeys(KeysOf(ours.get()), theirs);
  std::int64_t destroyed = 0;
  for (const std::string& dossier : changes.erased) {
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t count, Destroy(connection, kDestroyKeys, dossier));
    destroyed += count;
  }
  for (const StoredKey& key : changes.arriving) {
    if (!key.secret.empty()) continue;
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t count, Destroy(connection, kDestroyKey, key.id));
    destroyed += count;
  }
  MOTCUA_RETURN_IF_ERROR(InsertKeys(connection, changes.arriving));
  return destroyed;
}

absl::StatusOr<std::int64_t> EraseKeys(PostgresConnection& connection, std::string_view dossier) {
  MOTCUA_ASSIGN_OR_RETURN(const StoredKey erasure, NewErasure(dossier));
  MOTCUA_ASSIGN_OR_RETURN(const std::int64_t destroyed, Destroy(connection, kDestroyKeys, dossier));
  MOTCUA_RETURN_IF_ERROR(InsertKeys(connection, {&erasure, 1}));
  return destroyed;
}

}  // namespace motcua
