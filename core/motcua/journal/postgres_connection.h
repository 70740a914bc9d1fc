// PostgreSQL spoken in Status: a connection that comes back after a lost server.
#ifndef MOTCUA_JOURNAL_POSTGRES_CONNECTION_H_
#define MOTCUA_JOURNAL_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace motcua {

// Parameters of a statement in PostgreSQL's binary form.
class PostgresParameters {
 public:
  PostgresParameters& Integer(std::int64_t value);
  PostgresParameters& Bytes(std::string_view bytes);                   // bytea, or text as UTF-8
  PostgresParameters& Integers(std::span<const std::int64_t> values);  // int8[]
  PostgresParameters& ByteArrays(std::span<const std::string_view> values);  // bytea[]

 private:
  friend class PostgresConnection;
  std::vector<std::string> values_;
};

using PostgresResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::int64_t IntegerAt(const PGresult* result, int row, int column);
std::string_view BytesAt(const PGresult* result, int row, int column);

class PostgresConnection {
 public:
  PostgresConnection() = default;
  ~PostgresConnection() { PQfinish(connection_); }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // `session` is run whenever a connection is made anew.
  absl::Status Open(const std::string& url, std::string session);
  // Runs statements without parameters and results.
  absl::Status Run(const std::string& sql);
  // Runs one statement, prepared once for each connection under its own text. A lost
  // connection is made anew first, unless a transaction was open. Errors:
  // kAlreadyExists for a unique key that exists; kUnavailable for a lost server.
  absl::StatusOr<PostgresResult> Query(const char* sql, const PostgresParameters& parameters = {});
  bool open() const { return connection_ != nullptr; }

 private:
  absl::Status Live();
  absl::Status Failure(const PGresult* result) const;

  PGconn* connection_ = nullptr;
  std::string session_;
  std::set<const char*> prepared_;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_POSTGRES_CONNECTION_H_
