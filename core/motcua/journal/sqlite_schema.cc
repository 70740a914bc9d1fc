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

// What a file says of itself, as of one moment.
struct Found {
  std::int64_t version = 0, application = 0;
  std::string objects;  // tables and the like, but those that SQLite makes by itself
};

absl::StatusOr<std::string> ObjectsOf(const SqliteConnection& connection) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(
      statement.Prepare(connection,
                        "SELECT type || ' ' || name || ': ' || sql FROM sqlite_master "
                        "WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY 1"));
  std::string objects;
  while (true) {
    MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return objects;
    objects.append(statement.Blob(0)).append(1, '\n');
  }
}

absl::StatusOr<Found> Look(SqliteConnection& connection) {
  Found found;
  MOTCUA_RETURN_IF_ERROR(connection.Run("BEGIN"));
  const absl::Status status = [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(found.version, connection.Integer("PRAGMA user_version"));
    MOTCUA_ASSIGN_OR_RETURN(found.application, connection.Integer("PRAGMA application_id"));
    MOTCUA_ASSIGN_OR_RETURN(found.objects, ObjectsOf(connection));
    return absl::OkStatus();
  }();
  connection.Run("COMMIT").IgnoreError();
  if (!status.ok()) return status;
  return found;
}

// The objects that the steps up to `version` make. A file with others is not opened: a view in
// place of a table answers what it likes, and a trigger acts by itself.
absl::StatusOr<std::string> ObjectsOfVersion(std::int64_t version) {
  SqliteConnection made;
  MOTCUA_RETURN_IF_ERROR(made.Open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  for (std::int64_t step = 0; step < version; ++step) {
    MOTCUA_RETURN_IF_ERROR(made.Run(kSteps[static_cast<std::size_t>(step)]));
  }
  return ObjectsOf(made);
}

}  // namespace

absl::Status PrepareSqliteSchema(SqliteConnection& connection, bool create, bool write) {
  constexpr std::int64_t kApplication = 0x6d6f7463;
  MOTCUA_ASSIGN_OR_RETURN(const Found found, Look(connection));
  std::int64_t version = found.version;
  const bool empty = version == 0 && found.objects.empty();
  const std::string_view file = sqlite3_db_filename(connection.get(), "main");
  if (empty ? !create : found.application != kApplication) {
    return Error(Reason::kMalformedData, "journal", file, "a journal of motcua");
  }
  if (version < 0 || version > kSqliteSchema) {
    return Error(Reason::kMalformedData, "journal version", std::to_string(version),
                 "at most " + std::to_string(kSqliteSchema) + "; a later motcua wrote it");
  }
  MOTCUA_ASSIGN_OR_RETURN(const std::string expected, ObjectsOfVersion(version));
  if (found.objects != expected) {
    return Error(
        Reason::kMalformedData, "journal", file,
        "the tables of a journal of version " + std::to_string(version) + ", and no others");
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
