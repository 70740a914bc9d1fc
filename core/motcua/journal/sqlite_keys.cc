#include "motcua/journal/sqlite_keys.h"

#include <string>

#include "motcua/base/status.h"
#include "motcua/journal/erasure.h"

namespace motcua {
namespace {

absl::StatusOr<std::vector<StoredKey>> Rest(SqliteStatement& statement) {
  std::vector<StoredKey> keys;
  while (true) {
    MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return keys;
    keys.push_back({std::string(statement.Blob(0)), std::string(statement.Blob(1)),
                    std::string(statement.Blob(2))});
  }
}

absl::StatusOr<std::vector<StoredKey>> ErasuresIn(const SqliteConnection& connection) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(
      statement.Prepare(connection, "SELECT id, dossier, secret FROM keys WHERE length(id) = ?"));
  statement.Bind(1, kErasureIdSize);
  return Rest(statement);
}

// Of a dossier; or of an id, where there is no dossier. How many there were.
absl::StatusOr<std::int64_t> Destroy(const SqliteConnection& connection, std::string_view dossier,
                                     std::string_view id) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(
      connection, dossier.empty()
                      ? "UPDATE keys SET secret = NULL WHERE id = ? AND secret NOT NULL"
                      : "UPDATE keys SET secret = NULL WHERE dossier = ? AND secret NOT NULL"));
  if (dossier.empty()) {
    statement.BindBlob(1, id);
  } else {
    statement.BindText(1, dossier);
  }
  MOTCUA_RETURN_IF_ERROR(statement.Finish());
  return sqlite3_changes64(connection.get());
}

}  // namespace

absl::StatusOr<std::vector<StoredKey>> KeysIn(const SqliteConnection& connection,
                                              std::string_view dossier, std::string_view id) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(
      connection, !id.empty()        ? "SELECT id, dossier, secret FROM keys WHERE id = ?"
                  : !dossier.empty() ? "SELECT id, dossier, secret FROM keys WHERE dossier = ?"
                                     : "SELECT id, dossier, secret FROM keys"));
  if (!id.empty()) {
    statement.BindBlob(1, id);
  } else if (!dossier.empty()) {
    statement.BindText(1, dossier);
  }
  return Rest(statement);
}

absl::StatusOr<bool> KeyIsLive(const SqliteConnection& connection, std::string_view id) {
  SqliteStatement live;
  MOTCUA_RETURN_IF_ERROR(
      live.Prepare(connection, "SELECT 1 FROM keys WHERE id = ? AND secret NOT NULL"));
  live.BindBlob(1, id);
  return live.Step();
}

absl::Status InsertKeys(const SqliteConnection& connection, std::span<const StoredKey> keys) {
  SqliteStatement add;
  MOTCUA_RETURN_IF_ERROR(add.Prepare(
      connection, "INSERT INTO keys VALUES (?, ?, nullif(?, x'')) ON CONFLICT DO NOTHING"));
  for (const StoredKey& key : keys) {
    add.BindBlob(1, key.id);
    add.BindText(2, key.dossier);
    add.BindBlob(3, key.secret);
    MOTCUA_RETURN_IF_ERROR(add.Finish());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> TakeKeys(const SqliteConnection& connection,
                                      std::span<const StoredKey> theirs) {
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> ours, ErasuresIn(connection));
  const KeyChanges changes = ChangesOfKeys(ours, theirs);
  std::int64_t destroyed = 0;
  for (const std::string& dossier : changes.erased) {
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t count, Destroy(connection, dossier, ""));
    destroyed += count;
  }
  for (const StoredKey& key : changes.arriving) {
    if (!key.secret.empty()) continue;
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t count, Destroy(connection, "", key.id));
    destroyed += count;
  }
  MOTCUA_RETURN_IF_ERROR(InsertKeys(connection, changes.arriving));
  return destroyed;
}

absl::StatusOr<std::int64_t> EraseKeys(const SqliteConnection& connection,
                                       std::string_view dossier) {
  MOTCUA_ASSIGN_OR_RETURN(const StoredKey erasure, NewErasure(dossier));
  MOTCUA_ASSIGN_OR_RETURN(const std::int64_t destroyed, Destroy(connection, dossier, ""));
  MOTCUA_RETURN_IF_ERROR(InsertKeys(connection, {&erasure, 1}));
  return destroyed;
}

}  // namespace motcua
