#include "motcua/journal/postgres_connection.h"

#include <charconv>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::uint32_t kInt8 = 20, kBytea = 17;  // type numbers of pg_type, fixed for ever

void AppendBig(std::uint64_t value, int bytes, std::string& out) {
  for (int k = bytes - 1; k >= 0; --k) out.push_back(static_cast<char>(value >> (8 * k)));
}

void AppendArrayHead(std::uint32_t type, std::size_t count, std::string& out) {
  AppendBig(1, 4, out);  // dimensions
  AppendBig(0, 4, out);  // no nulls
  AppendBig(type, 4, out);
  AppendBig(count, 4, out);
  AppendBig(1, 4, out);  // first index
}

std::string NameOf(const char* sql) {
  return absl::StrCat("motcua_", reinterpret_cast<std::uintptr_t>(sql));
}

// What libpq says, in one line.
std::string OneLine(std::string_view said) {
  std::string line(said.substr(0, said.find_last_not_of(" \n") + 1));
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return Printable(line, 300);
}

}  // namespace

PostgresParameters& PostgresParameters::Integer(std::int64_t value) {
  AppendBig(static_cast<std::uint64_t>(value), 8, values_.emplace_back());
  return *this;
}

PostgresParameters& PostgresParameters::Bytes(std::string_view bytes) {
  values_.emplace_back(bytes);
  return *this;
}

PostgresParameters& PostgresParameters::Integers(std::span<const std::int64_t> values) {
  std::string& out = values_.emplace_back();
  out.reserve(20 + 12 * values.size());
  AppendArrayHead(kInt8, values.size(), out);
  for (const std::int64_t value : values) {
    AppendBig(8, 4, out);
    AppendBig(static_cast<std::uint64_t>(value), 8, out);
  }
  return *this;
}

PostgresParameters& PostgresParameters::ByteArrays(std::span<const std::string_view> values) {
  std::string& out = values_.emplace_back();
  std::size_t size = 20;
  for (const std::string_view value : values) size += 4 + value.size();
  out.reserve(size);
  AppendArrayHead(kBytea, values.size(), out);
  for (const std::string_view value : values) {
    AppendBig(value.size(), 4, out);
    out.append(value);
  }
  return *this;
}

std::int64_t IntegerAt(const PGresult* result, int row, int column) {
  std::uint64_t value = 0;
  for (const char c : BytesAt(result, row, column)) {
    value = (value << 8) | static_cast<unsigned char>(c);
  }
  return static_cast<std::int64_t>(value);
}

std::string_view BytesAt(const PGresult* result, int row, int column) {
  return {PQgetvalue(result, row, column),
          static_cast<std::size_t>(PQgetlength(result, row, column))};
}

absl::Status PostgresConnection::Open(const std::string& url, std::string session) {
  session_ = std::move(session);
  // libpq's own words on a url that it cannot read may quote a password.
  PQconninfoOption* readable = PQconninfoParse(url.c_str(), nullptr);
  if (readable == nullptr) {
    return Error(Reason::kInvalidArgument, "journal", "postgresql", "a url that libpq can read");
  }
  PQconninfoFree(readable);
  connection_ = PQconnectdb(url.c_str());
  if (connection_ == nullptr) throw std::bad_alloc();
  if (PQstatus(connection_) != CONNECTION_OK) return Failure(nullptr);
  // The server's notices are not for the standard error of a host.
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  return Run(session_);
}

absl::Status PostgresConnection::Live() {
  if (PQstatus(connection_) == CONNECTION_OK) return absl::OkStatus();
  PQreset(connection_);
  prepared_.clear();
  if (PQstatus(connection_) != CONNECTION_OK) return Failure(nullptr);
  const PostgresResult result(PQexec(connection_, session_.c_str()), PQclear);
  return PQresultStatus(result.get()) == PGRES_FATAL_ERROR ? Failure(result.get())
                                                           : absl::OkStatus();
}

absl::Status PostgresConnection::Run(const std::string& sql) {
  MOTCUA_RETURN_IF_ERROR(Live());
  const PostgresResult result(PQexec(connection_, sql.c_str()), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? absl::OkStatus()
                                                                 : Failure(result.get());
}

absl::StatusOr<PostgresResult> PostgresConnection::Query(const char* sql,
                                                         const PostgresParameters& parameters) {
  MOTCUA_RETURN_IF_ERROR(Live());
  const std::string name = NameOf(sql);
  if (!prepared_.contains(sql)) {
    const PostgresResult made(PQprepare(connection_, name.c_str(), sql, 0, nullptr), PQclear);
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) return Failure(made.get());
    prepared_.insert(sql);
  }
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  for (const std::string& value : parameters.values_) {
    values.push_back(value.data());
    lengths.push_back(static_cast<int>(value.size()));
    formats.push_back(1);
  }
  PostgresResult result(PQexecPrepared(connection_, name.c_str(), static_cast<int>(values.size()),
                                       values.data(), lengths.data(), formats.data(), 1),
                        PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return Failure(result.get());
  return result;
}

// The server's first line only: its details show values.
absl::Status PostgresConnection::Failure(const PGresult* result) const {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* said =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string code = state == nullptr ? "" : state;
  const std::string message = absl::StrCat(
      "journal in PostgreSQL: ", OneLine(said != nullptr ? said : PQerrorMessage(connection_)),
      code.empty() ? "" : absl::StrCat(" (SQLSTATE ", code, ")"));
  if (code == "23505") return absl::AlreadyExistsError(message);
  if (code.starts_with("XX")) return Error(Reason::kMalformedData, message);
  return absl::UnavailableError(message);
}

}  // namespace motcua
