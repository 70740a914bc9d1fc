#include "motcua/procedures/catalogue.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"

namespace motcua {

// The texts and everything that views them.
struct Catalogue::Tables {
  std::string procedures_text, limits_text, fees_text, agencies_text, legal_text;
  std::vector<LimitRow> limits;
  std::vector<FeeRow> fees;
  std::vector<AgencyRow> agencies;
  std::vector<LegalBasisRow> legal_basis;
  std::vector<Procedure> procedures;
};

namespace {

constexpr std::string_view kUnitNames[kPrintedUnitCount] = {
    "working_day", "working_hour", "day", "hour", "month", "year", "none", "unspecified", "text"};
constexpr std::string_view kUnitSuffixes[] = {"wd", "wh", "d", "h", "mo", "y"};

struct Keyed {
  std::string_view code;
  std::size_t index;
};

// "3", "0.5", "1.25": digits, then at most two decimals that make quarters.
bool IsAmount(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 6 &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(whole)) return false;
  if (point == std::string_view::npos) return true;
  const std::string_view part = text.substr(point + 1);
  return part == "25" || part == "5" || part == "50" || part == "75" || part == "0" || part == "00";
}

absl::StatusOr<Channel> ReadChannel(const Tsv::Row& row) {
  const auto channel = ChannelNamed(row["channel"]);
  if (!channel) return row.Refuse("channel", "direct, online or postal");
  return *channel;
}

absl::StatusOr<std::int32_t> ReadRowNumber(const Tsv::Row& row) {
  const std::string_view text = row["row_no"];
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) {
    return row.Refuse("row_no", "a whole number from 1");
  }
  return number;
}

absl::StatusOr<LimitRow> ReadLimit(const Tsv::Row& row) {
  LimitRow limit;
  MOTCUA_ASSIGN_OR_RETURN(limit.channel, ReadChannel(row));
  MOTCUA_ASSIGN_OR_RETURN(limit.row_no, ReadRowNumber(row));
  limit.value = row["value"];
  limit.raw = row["raw_text"];
  const auto name = std::find(std::begin(kUnitNames), std::end(kUnitNames), row["unit"]);
  if (name == std::end(kUnitNames)) {
    return row.Refuse("unit",
                      "working_day, working_hour, day, hour, month, year, none, unspecified or "
                      "text");
  }
  limit.unit = static_cast<PrintedUnit>(name - std::begin(kUnitNames));
  if (limit.unit == PrintedUnit::kNone) {
    limit.limit = "none";
  } else if (limit.unit < PrintedUnit::kNone) {
    if (!IsAmount(limit.value))
      return row.Refuse("value", "an amount in whole numbers or quarters");
    limit.limit = absl::StrCat(ToAbsl(limit.value),
                               ToAbsl(kUnitSuffixes[static_cast<std::size_t>(limit.unit)]));
  }
  return limit;
}

absl::StatusOr<FeeRow> ReadFee(const Tsv::Row& row) {
  FeeRow fee;
  MOTCUA_ASSIGN_OR_RETURN(fee.channel, ReadChannel(row));
  MOTCUA_ASSIGN_OR_RETURN(fee.row_no, ReadRowNumber(row));
  fee.kind = row["kind"];
  fee.raw = row["raw_text"];
  const std::string_view amount = row["amount_vnd"];
  if (amount.empty()) return fee;
  const auto [end, error] =
      std::from_chars(amount.data(), amount.data() + amount.size(), fee.amount_vnd);
  if (error != std::errc() || end != amount.data() + amount.size() || fee.amount_vnd < 0) {
    return row.Refuse("amount_vnd", "a whole number of dong, or nothing");
  }
  return fee;
}

absl::StatusOr<std::uint8_t> ReadLevels(const Tsv::Row& row) {
  std::string_view rest = row["levels"];
  std::uint8_t levels = 0;
  while (!rest.empty()) {
    const std::size_t plus = rest.find('+');
    const std::string_view name = rest.substr(0, plus);
    rest = plus == std::string_view::npos ? std::string_view() : rest.substr(plus + 1);
    if (name == "ministry") {
      levels |= kLevelMinistry;
    } else if (name == "province") {
      levels |= kLevelProvince;
    } else if (name == "commune") {
      levels |= kLevelCommune;
    } else if (name == "other") {
      levels |= kLevelOther;
    } else {
      return row.Refuse("levels", "ministry, province, commune, other, joined by +");
    }
  }
  return levels;
}

absl::StatusOr<DayNumber> ReadValidity(const Tsv& tsv, const Tsv::Row& row,
                                       std::string_view column) {
  if (!tsv.has_column(column) || row[column].empty()) return kNoDay;
  const auto day = ParseDay(row[column], column);
  if (!day.ok()) return row.Refuse(column, "a day that exists, as YYYY-MM-DD, or nothing");
  return ToNumber(*day);
}

// Reads one table whose rows hang on a code. `rows` come out sorted by code, and
// `codes[k]` is the code of rows[k].
template <typename Row, typename Read>
absl::Status ReadTable(std::string name, std::string_view text,
                       const std::vector<std::string_view>& columns, Read read,
                       std::vector<Row>& rows, std::vector<std::string_view>& codes) {
  if (text.empty()) return absl::OkStatus();
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse(std::move(name), text, columns));
  std::vector<std::pair<std::string_view, Row>> read_rows;
  read_rows.reserve(tsv.rows().size());
  for (const Tsv::Row& line : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Row row, read(line));
    read_rows.emplace_back(line["code"], std::move(row));
  }
  std::stable_sort(read_rows.begin(), read_rows.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [code, row] : read_rows) {
    codes.push_back(code);
    rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

template <typename Row>
std::span<const Row> RowsOf(std::string_view code, const std::vector<Row>& rows,
                            const std::vector<std::string_view>& codes) {
  const auto [first, last] = std::equal_range(codes.begin(), codes.end(), code);
  return std::span(rows).subspan(static_cast<std::size_t>(first - codes.begin()),
                                 static_cast<std::size_t>(last - first));
}

absl::StatusOr<Procedure> ReadProcedure(const Tsv& tsv, const Tsv::Row& row) {
  Procedure procedure;
  procedure.code = row["code"];
  if (procedure.code.empty()) return row.Refuse("code", "a procedure code");
  procedure.name = row["name_vi"];
  procedure.field = row["field_vi"];
  if (tsv.has_column("agency_vi")) procedure.agency = row["agency_vi"];
  if (tsv.has_column("status")) procedure.status = row["status"];
  MOTCUA_ASSIGN_OR_RETURN(procedure.levels, ReadLevels(row));
  MOTCUA_ASSIGN_OR_RETURN(procedure.valid_from, ReadValidity(tsv, row, "valid_from"));
  MOTCUA_ASSIGN_OR_RETURN(procedure.valid_to, ReadValidity(tsv, row, "valid_to"));
  return procedure;
}

// Sorted by code and validity; refuses two versions of a code on one day, and
// limits or fees of a code that the catalogue does not have.
absl::Status CheckVersions(std::vector<Procedure>& procedures) {
  std::sort(procedures.begin(), procedures.end(), [](const Procedure& a, const Procedure& b) {
    return std::pair(a.code, a.valid_from) < std::pair(b.code, b.valid_from);
  });
  for (std::size_t k = 1; k < procedures.size(); ++k) {
    const Procedure& earlier = procedures[k - 1];
    if (earlier.code != procedures[k].code) continue;
    if (earlier.valid_to == kNoDay || earlier.valid_to > procedures[k].valid_from) {
      return Error(Reason::kMalformedData, "procedures.tsv code", earlier.code,
                   "versions whose validities do not overlap");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCodes(std::string_view file, const std::vector<std::string_view>& codes,
                        const std::vector<Procedure>& procedures) {
  for (const std::string_view code : codes) {
    const auto at = std::lower_bound(
        procedures.begin(), procedures.end(), code,
        [](const Procedure& procedure, std::string_view key) { return procedure.code < key; });
    if (at == procedures.end() || at->code != code) {
      return Error(Reason::kMalformedData, std::string(file) + " code", code,
                   "a code of procedures.tsv");
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view NameOf(PrintedUnit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

absl::StatusOr<Catalogue> Catalogue::Parse(const CatalogueTexts& texts) {
  auto tables = std::make_shared<Tables>();
  tables->procedures_text = texts.procedures;
  tables->limits_text = texts.time_limits;
  tables->fees_text = texts.fees;
  tables->agencies_text = texts.agencies;
  tables->legal_text = texts.legal_basis;

  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse("procedures.tsv", tables->procedures_text,
                                                    {"code", "name_vi", "field_vi", "levels"}));
  for (const Tsv::Row& row : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Procedure procedure, ReadProcedure(tsv, row));
    tables->procedures.push_back(procedure);
  }
  MOTCUA_RETURN_IF_ERROR(CheckVersions(tables->procedures));

  std::vector<std::string_view> limit_codes, fee_codes, agency_codes, legal_codes;
  MOTCUA_RETURN_IF_ERROR(
      ReadTable<LimitRow>("time_limits.tsv", tables->limits_text,
                          {"code", "channel", "row_no", "value", "unit", "raw_text"}, ReadLimit,
                          tables->limits, limit_codes));
  MOTCUA_RETURN_IF_ERROR(
      ReadTable<FeeRow>("fees.tsv", tables->fees_text,
                        {"code", "channel", "row_no", "amount_vnd", "kind", "raw_text"}, ReadFee,
                        tables->fees, fee_codes));
  MOTCUA_RETURN_IF_ERROR(ReadTable<AgencyRow>(
      "agencies.tsv", tables->agencies_text, {"code", "role", "agency_vi"},
      [](const Tsv::Row& row) -> absl::StatusOr<AgencyRow> {
        return AgencyRow{row["role"], row["agency_vi"]};
      },
      tables->agencies, agency_codes));
  MOTCUA_RETURN_IF_ERROR(ReadTable<LegalBasisRow>(
      "legal_basis.tsv", tables->legal_text, {"code", "document_no", "date"},
      [](const Tsv::Row& row) -> absl::StatusOr<LegalBasisRow> {
        return LegalBasisRow{row["document_no"], row["date"]};
      },
      tables->legal_basis, legal_codes));
  MOTCUA_RETURN_IF_ERROR(CheckCodes("time_limits.tsv", limit_codes, tables->procedures));
  MOTCUA_RETURN_IF_ERROR(CheckCodes("fees.tsv", fee_codes, tables->procedures));
  MOTCUA_RETURN_IF_ERROR(CheckCodes("agencies.tsv", agency_codes, tables->procedures));
  MOTCUA_RETURN_IF_ERROR(CheckCodes("legal_basis.tsv", legal_codes, tables->procedures));

  for (Procedure& procedure : tables->procedures) {
    procedure.limits = RowsOf(procedure.code, tables->limits, limit_codes);
    procedure.fees = RowsOf(procedure.code, tables->fees, fee_codes);
    procedure.agencies = RowsOf(procedure.code, tables->agencies, agency_codes);
    procedure.legal_basis = RowsOf(procedure.code, tables->legal_basis, legal_codes);
  }
  return Catalogue(std::move(tables));
}

absl::StatusOr<const Procedure*> Catalogue::Find(std::string_view code, CivilDay at) const {
  const std::vector<Procedure>& all = tables_->procedures;
  const DayNumber day = ToNumber(at);
  auto version = std::lower_bound(
      all.begin(), all.end(), code,
      [](const Procedure& procedure, std::string_view key) { return procedure.code < key; });
  for (; version != all.end() && version->code == code; ++version) {
    if (version->ValidOn(day)) return &*version;
  }
  return Error(Reason::kUnknownProcedure, "procedure", code,
               "a code that the catalogue has on " + ToString(at));
}

std::span<const Procedure> Catalogue::procedures() const { return tables_->procedures; }

absl::StatusOr<std::string> LimitOf(const Procedure& procedure, Channel channel) {
  const LimitRow* first = nullptr;
  std::string said;
  bool agree = true;
  for (const LimitRow& row : procedure.limits) {
    if (row.channel != channel) continue;
    if (first == nullptr || row.row_no < first->row_no) first = &row;
    agree = agree && (said.empty() || row.limit == first->limit);
    absl::StrAppend(&said, said.empty() ? "" : ", ",
                    row.limit.empty() ? ToAbsl(row.raw.substr(0, 40)) : ToAbsl(row.limit));
  }
  const std::string field = absl::StrCat("limit of procedure ", ToAbsl(procedure.code));
  const std::string wanted = absl::StrCat("one limit for channel ", ToAbsl(NameOf(channel)),
                                          " in the catalogue, or `limit` in the event");
  if (first == nullptr || !agree) return Error(Reason::kInvalidArgument, field, said, wanted);
  if (first->limit.empty()) {
    return Error(Reason::kInvalidArgument, field, first->raw,
                 absl::StrCat("an amount with its unit in the catalogue (found unit ",
                              ToAbsl(NameOf(first->unit)), "), or `limit` in the event"));
  }
  return first->limit;
}

}  // namespace motcua
