// SQLite spoken in Status: a connection and its prepared statements.
#ifndef MOTCUA_JOURNAL_SQLITE_CONNECTION_H_
#define MOTCUA_JOURNAL_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace motcua {

class SqliteConnection {
 public:
  // Milliseconds: another process holds the file for one append at a time; more is a fault.
  static constexpr int kPatience = 30'000;

  SqliteConnection() = default;
  ~SqliteConnection() { sqlite3_close(db_); }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // `path` is a file name, or a URI that begins with "file:".
  absl::Status Open(const std::string& path, int flags);
  // Runs statements without results.
  absl::Status Run(const char* sql);
  // One integer; 0 where there is no row.
  absl::StatusOr<std::int64_t> Integer(const char* sql);
  // What SQLite's last failure means, naming the file and never a value.
  absl::Status Failure(int code) const;
  sqlite3* get() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
  std::string path_;
};

// A prepared statement. Bound text must live until the next Reset.
class SqliteStatement {
 public:
  SqliteStatement() = default;
  SqliteStatement(SqliteStatement&& other) noexcept
      : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}
  SqliteStatement& operator=(SqliteStatement&& other) noexcept {
    std::swap(connection_, other.connection_);
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~SqliteStatement() { sqlite3_finalize(statement_); }

  absl::Status Prepare(const SqliteConnection& connection, std::string_view sql);
  explicit operator bool() const { return statement_ != nullptr; }

  void Bind(int index, std::int64_t value) { sqlite3_bind_int64(statement_, index, value); }
  void BindText(int index, std::string_view text) {
    sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void BindBlob(int index, std::string_view bytes) {
    sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
  // True with a row, false at the end.
  absl::StatusOr<bool> Step();
  // For statements without results: Step to the end, and Reset.
  absl::Status Finish();
  void Reset() { sqlite3_reset(statement_); }

  std::int64_t Integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string_view Blob(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  const SqliteConnection* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SQLITE_CONNECTION_H_
