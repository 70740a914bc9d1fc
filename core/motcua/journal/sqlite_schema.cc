#include "motcua/journal/sqlite_schema.h"

#include <array>
#include <string>

#include "motcua/base/status.h"

namespace motcua {
namespace {

// Step k makes version k + 1 of version k. A step, once released, never changes.
constexpr std::array<const char*, kSqliteSchema> kSteps = {
    // "motc" in ASCII: how the program file(1) and we know a journal.
    "PRAGMA application_id = 0x6d6f7463;"
    "CREATE TABLE events (sequence INTEGER PRIMARY KEY, turn INTEGER NOT NULL,"
    "                     record BLOB NOT NULL, hash BLOB NOT NULL);"
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;",

    "CREATE TABLE keys (id BLOB PRIMARY KEY, dossier TEXT NOT NULL, secret BLOB) WITHOUT ROWID;"
    "CREATE INDEX keys_dossier ON keys (dossier);"
    "CREATE TABLE segments (first INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
};

}  // namespace

absl::Status PrepareSqliteSchema(SqliteConnection& connection, bool create, bool write) {
  constexpr std::int64_t kApplication = 0x6d6f7463;
  MOTCUA_ASSIGN_OR_RETURN(std::int64_t version, connection.Integer("PRAGMA user_version"));
  MOTCUA_ASSIGN_OR_RETURN(const std::int64_t application,
                          connection.Integer("PRAGMA application_id"));
  MOTCUA_ASSIGN_OR_RETURN(const std::int64_t tables,
                          connection.Integer("SELECT count(*) FROM sqlite_master"));
  const bool empty = version == 0 && tables == 0;
  if (empty ? !create : application != kApplication) {
    return Error(Reason::kMalformedData, "journal", sqlite3_db_filename(connection.get(), "main"),
                 "a journal of motcua");
  }
  if (version > kSqliteSchema) {
    return Error(Reason::kMalformedData, "journal version", std::to_string(version),
                 "at most " + std::to_string(kSqliteSchema) + "; a later motcua wrote it");
  }
  if (version < kSqliteSchema && !write) {
    return Error(Reason::kInvalidArgument, "journal version", std::to_string(version),
                 std::to_string(kSqliteSchema) + "; open it for writing once to migrate it");
  }
  while (version < kSqliteSchema) {
    MOTCUA_RETURN_IF_ERROR(connection.Run("BEGIN IMMEDIATE"));
    // Another process may have taken the step while this one waited.
    MOTCUA_ASSIGN_OR_RETURN(version, connection.Integer("PRAGMA user_version"));
    absl::Status status;
    if (version < kSqliteSchema) {
      status = connection.Run(kSteps[static_cast<std::size_t>(version)]);
      ++version;
      const std::string mark = "PRAGMA user_version = " + std::to_string(version);
      if (status.ok()) status = connection.Run(mark.c_str());
    }
    if (status.ok()) status = connection.Run("COMMIT");
    if (!status.ok()) {
      connection.Run("ROLLBACK").IgnoreError();
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace motcua
