// The tables of a journal in SQLite, and how older ones become today's.
#ifndef MOTCUA_JOURNAL_SQLITE_SCHEMA_H_
#define MOTCUA_JOURNAL_SQLITE_SCHEMA_H_

#include "absl/status/status.h"
#include "motcua/journal/sqlite_connection.h"

namespace motcua {

// The version that this code reads and writes; PRAGMA user_version of the file.
inline constexpr std::int64_t kSqliteSchema = 2;

// Checks that the file is a journal, and brings it to kSqliteSchema; an empty file becomes
// a new one if `create`. Every step is a transaction with its version number, so a step
// interrupted is a step not begun. Errors: kMalformedData for a file that is something else
// or of a later version; kFailedPrecondition if `write` is false and steps are missing.
absl::Status PrepareSqliteSchema(SqliteConnection& connection, bool create, bool write);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SQLITE_SCHEMA_H_
