#include "motcua/journal/sqlite_connection.h"

#include <new>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {

absl::Status SqliteConnection::Open(const std::string& path, int flags) {
  path_ = path;
  if (path.starts_with("file:")) flags |= SQLITE_OPEN_URI;
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return Failure(code);
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, kPatience);
  return absl::OkStatus();
}

absl::Status SqliteConnection::Run(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : Failure(code);
}

absl::StatusOr<std::int64_t> SqliteConnection::Integer(const char* sql) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(*this, sql));
  MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
  return found ? statement.Integer(0) : 0;
}

namespace {

// What would have to be so that SQLite would not have failed.
std::string_view ExpectationOf(int code) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return "a SQLite file";
    case SQLITE_CORRUPT:
      return "a file that is not damaged";
    case SQLITE_CANTOPEN:
      return "a file that can be opened, in a folder that exists";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "a file and a folder that may be written to";
    case SQLITE_FULL:
      return "room on the disk";
    case SQLITE_IOERR:
      return "a disk that reads and writes";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "a file that no other process holds for half a minute";
    case SQLITE_TOOBIG:
      return "events of less than 1 GB";
    default:
      return "a file that SQLite can use";
  }
}

}  // namespace

absl::Status SqliteConnection::Failure(int code) const {
  if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
  const std::string message =
      absl::StrCat("journal '", Printable(path_, 200), "': expected ", ToAbsl(ExpectationOf(code)),
                   "; ", sqlite3_errstr(code), " (SQLite ", code, ")");
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(Reason::kMalformedData, message);
    case SQLITE_TOOBIG:
      return Error(Reason::kInvalidArgument, message);
    default:
      return absl::UnavailableError(message);
  }
}

absl::Status SqliteStatement::Prepare(const SqliteConnection& connection, std::string_view sql) {
  connection_ = &connection;
  sqlite3_finalize(std::exchange(statement_, nullptr));
  const int code = sqlite3_prepare_v3(connection.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : connection.Failure(code);
}

absl::StatusOr<bool> SqliteStatement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3_reset(statement_);
  return connection_->Failure(code);
}

absl::Status SqliteStatement::Finish() {
  const absl::StatusOr<bool> stepped = Step();
  Reset();
  return stepped.status();
}

}  // namespace motcua
