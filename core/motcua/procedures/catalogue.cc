#include "motcua/procedures/catalogue.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/text/normal_form.h"
#include "motcua/time/time_limit.h"

namespace motcua {

// The texts and everything that views them.
struct Catalogue::Tables {
  std::string text;  // of all tables, one after the other
  std::vector<LimitRow> limits;
  std::vector<FeeRow> fees;
  std::vector<AgencyRow> agencies;
  std::vector<LegalBasisRow> legal_basis;
  std::vector<CaseRow> cases;
  std::vector<DetailRow> details;
  std::vector<Process> processes;
  std::vector<LinkedGroup> groups;
  std::vector<Procedure> procedures;
};

namespace {

constexpr std::string_view kUnitNames[kPrintedUnitCount] = {
    "working_day", "working_hour", "day", "hour", "month", "year", "none", "unspecified", "text"};
constexpr std::string_view kUnitSuffixes[] = {"wd", "wh", "d", "h", "mo", "y"};

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

absl::StatusOr<std::int32_t> ReadCount(const Tsv::Row& row, std::string_view column,
                                       std::int32_t least) {
  const std::string_view text = row[column];
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least) {
    return row.Refuse(column, absl::StrCat("a whole number from ", least));
  }
  return number;
}

absl::StatusOr<LimitRow> ReadLimit(const Tsv::Row& row) {
  LimitRow limit;
  MOTCUA_ASSIGN_OR_RETURN(limit.channel, ReadChannel(row));
  MOTCUA_ASSIGN_OR_RETURN(limit.row_no, ReadCount(row, "row_no", 1));
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
    if (!TellsNothing(limit.raw)) limit.limit = "none";
  } else if (limit.unit < PrintedUnit::kNone) {
    if (!IsAmount(limit.value))
      return row.Refuse("value", "an amount in whole numbers or quarters");
    limit.limit = absl::StrCat(ToAbsl(limit.value),
                               ToAbsl(kUnitSuffixes[static_cast<std::size_t>(limit.unit)]));
    // "0.5d": half a plain day, which no clock counts.
    const bool zero = limit.value.find_first_not_of("0.") == std::string_view::npos;
    if (!zero && !TimeLimit::Parse(limit.limit).ok()) limit.limit.clear();
  }
  return limit;
}

absl::StatusOr<FeeRow> ReadFee(const Tsv::Row& row) {
  FeeRow fee;
  MOTCUA_ASSIGN_OR_RETURN(fee.channel, ReadChannel(row));
  MOTCUA_ASSIGN_OR_RETURN(fee.row_no, ReadCount(row, "row_no", 1));
  fee.kind = row["kind"];
  if (fee.kind != "fee" && fee.kind != "charge" && fee.kind != "unknown") {
    return row.Refuse("kind", "fee, charge or unknown");
  }
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

absl::StatusOr<CaseRow> ReadCase(const Tsv::Row& row) {
  CaseRow one;
  MOTCUA_ASSIGN_OR_RETURN(one.case_no, ReadCount(row, "case_no", 1));
  MOTCUA_ASSIGN_OR_RETURN(one.components, ReadCount(row, "components", 0));
  MOTCUA_ASSIGN_OR_RETURN(one.instructions, ReadCount(row, "instructions", 0));
  MOTCUA_ASSIGN_OR_RETURN(one.with_form, ReadCount(row, "with_form", 0));
  return one;
}

absl::StatusOr<DetailRow> ReadDetail(const Tsv::Row& row) {
  constexpr std::string_view kParts[] = {"case",    "sequence", "component", "requirement",
                                         "subject", "result",   "portal"};
  DetailRow detail;
  detail.part = row["part"];
  if (std::find(std::begin(kParts), std::end(kParts), detail.part) == std::end(kParts)) {
    return row.Refuse("part", "a part of a page, e.g. sequence, component, result");
  }
  MOTCUA_ASSIGN_OR_RETURN(detail.case_no, ReadCount(row, "case_no", 0));
  MOTCUA_ASSIGN_OR_RETURN(detail.row_no, ReadCount(row, "row_no", 0));
  detail.id = row["id"];
  detail.text = row["text"];
  detail.extra = row["extra"];
  return detail;
}

absl::StatusOr<AgencyRow> ReadAgency(const Tsv::Row& row) {
  return AgencyRow{row["role"], row["agency_vi"]};
}

absl::StatusOr<LegalBasisRow> ReadLegalBasis(const Tsv::Row& row) {
  return LegalBasisRow{row["document_no"], row["date"]};
}

// Reads one table whose rows hang on a code, and gives every version of a procedure its
// rows: those without `valid_from`, and those of the day it begins. Member names the
// span of Procedure.
template <typename Row, typename Read>
absl::Status ReadTable(std::string name, std::string_view text,
                       const std::vector<std::string_view>& columns, Read read,
                       std::vector<Procedure>& procedures, std::vector<Row>& rows,
                       std::span<const Row> Procedure::*member) {
  if (text.empty()) return absl::OkStatus();
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse(std::move(name), text, columns));
  std::vector<std::vector<Row>> of(procedures.size());
  for (const Tsv::Row& line : tsv.rows()) {
    const std::string_view code = line["code"];
    const auto at = std::lower_bound(
        procedures.begin(), procedures.end(), code,
        [](const Procedure& procedure, std::string_view key) { return procedure.code < key; });
    if (at == procedures.end() || at->code != code) {
      return Error(Reason::kMalformedData, tsv.name() + " code", code, "a code of procedures.tsv");
    }
    // "-" is the version without a first day, nothing every version.
    const bool first = tsv.has_column("valid_from") && line["valid_from"] == "-";
    DayNumber from = kNoDay;
    if (!first) {
      MOTCUA_ASSIGN_OR_RETURN(from, ReadValidity(tsv, line, "valid_from"));
    }
    MOTCUA_ASSIGN_OR_RETURN(Row row, read(line));
    bool taken = false;
    for (auto version = at; version != procedures.end() && version->code == code; ++version) {
      if ((first || from != kNoDay) && from != version->valid_from) continue;
      const auto k = static_cast<std::size_t>(version - procedures.begin());
      of[k].push_back(row);
      taken = true;
    }
    if (!taken) return line.Refuse("valid_from", "the day on which a version of the code begins");
  }
  std::vector<std::size_t> ends;
  for (std::vector<Row>& version : of) {
    std::move(version.begin(), version.end(), std::back_inserter(rows));
    ends.push_back(rows.size());
  }
  for (std::size_t k = 0; k < procedures.size(); ++k) {
    const std::size_t first = k == 0 ? 0 : ends[k - 1];
    procedures[k].*member = std::span<const Row>(rows).subspan(first, ends[k] - first);
  }
  return absl::OkStatus();
}

absl::StatusOr<Procedure> ReadProcedure(const Tsv& tsv, const Tsv::Row& row) {
  Procedure procedure;
  procedure.code = row["code"];
  if (procedure.code.empty()) return row.Refuse("code", "a procedure code");
  procedure.name = row["name_vi"];
  procedure.field = row["field_vi"];
  if (tsv.has_column("agency_vi")) procedure.agency = row["agency_vi"];
  const std::pair<std::string_view, std::string_view Procedure::*> optional[] = {
      {"status", &Procedure::status},
      {"subjects", &Procedure::subjects},
      {"result_vi", &Procedure::result},
      {"decision_no", &Procedure::decision},
      {"online_level", &Procedure::online_level},
      {"source_commit_date", &Procedure::source_date}};
  for (const auto& [column, member] : optional) {
    if (tsv.has_column(column)) procedure.*member = row[column];
  }
  MOTCUA_ASSIGN_OR_RETURN(procedure.levels, ReadLevels(row));
  MOTCUA_ASSIGN_OR_RETURN(procedure.valid_from, ReadValidity(tsv, row, "valid_from"));
  MOTCUA_ASSIGN_OR_RETURN(procedure.valid_to, ReadValidity(tsv, row, "valid_to"));
  if (procedure.valid_from != kNoDay && procedure.valid_to != kNoDay &&
      procedure.valid_to <= procedure.valid_from) {
    return row.Refuse("valid_to", "a day after valid_from, or nothing");
  }
  MOTCUA_RETURN_IF_ERROR(ReadValidity(tsv, row, "source_commit_date").status());
  const auto refuse_unless = [&](std::string_view column, std::string_view cell,
                                 std::initializer_list<std::string_view> words,
                                 std::string_view expected) {
    const bool known = cell.empty() || std::find(words.begin(), words.end(), cell) != words.end();
    return known ? absl::OkStatus() : row.Refuse(column, expected);
  };
  MOTCUA_RETURN_IF_ERROR(refuse_unless("status", procedure.status, {"page", "doc", "list_only"},
                                       "page, doc or list_only, or nothing"));
  MOTCUA_RETURN_IF_ERROR(refuse_unless("online_level", procedure.online_level, {"full", "partial"},
                                       "full or partial, or nothing"));
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

// Appends a table as the tables of a library stand: no byte order mark, lines that end in LF.
void AppendTable(std::string_view table, std::string& text) {
  if (table.starts_with("\xEF\xBB\xBF")) table.remove_prefix(3);
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = std::min(table.find('\n', at), table.size());
    std::string_view line = table.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    text.append(line).push_back('\n');
    at = end + 1;
  }
}

// The texts copied one after the other, so that everything may view them.
CatalogueTexts Keep(const CatalogueTexts& texts, std::string& text) {
  std::string_view CatalogueTexts::*const all[] = {
      &CatalogueTexts::procedures, &CatalogueTexts::time_limits, &CatalogueTexts::fees,
      &CatalogueTexts::agencies,   &CatalogueTexts::legal_basis, &CatalogueTexts::cases,
      &CatalogueTexts::details,    &CatalogueTexts::steps,       &CatalogueTexts::groups};
  std::vector<std::size_t> ends;
  for (const auto one : all) {
    AppendTable(texts.*one, text);
    ends.push_back(text.size());
  }
  CatalogueTexts kept;
  for (std::size_t k = 0, at = 0; k < ends.size(); at = ends[k++]) {
    kept.*all[k] = std::string_view(text).substr(at, ends[k] - at);
  }
  return kept;
}

}  // namespace

bool TellsNothing(std::string_view raw) { return !raw.starts_with("Không quy định"); }

std::string_view NameOf(PrintedUnit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

absl::StatusOr<Catalogue> Catalogue::Parse(const CatalogueTexts& given) {
  auto tables = std::make_shared<Tables>();
  const CatalogueTexts texts = Keep(given, tables->text);
  if (const absl::Status valid = ValidateText(tables->text, "catalogue", tables->text.size());
      !valid.ok()) {
    return Error(Reason::kMalformedData, ToStd(valid.message()));
  }
  std::vector<Procedure>& procedures = tables->procedures;
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse("procedures.tsv", texts.procedures,
                                                    {"code", "name_vi", "field_vi", "levels"}));
  for (const Tsv::Row& row : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Procedure procedure, ReadProcedure(tsv, row));
    procedures.push_back(procedure);
  }
  MOTCUA_RETURN_IF_ERROR(CheckVersions(procedures));
  MOTCUA_RETURN_IF_ERROR(ReadTable("time_limits.tsv", texts.time_limits,
                                   {"code", "channel", "row_no", "value", "unit", "raw_text"},
                                   ReadLimit, procedures, tables->limits, &Procedure::limits));
  MOTCUA_RETURN_IF_ERROR(ReadTable("fees.tsv", texts.fees,
                                   {"code", "channel", "row_no", "amount_vnd", "kind", "raw_text"},
                                   ReadFee, procedures, tables->fees, &Procedure::fees));
  MOTCUA_RETURN_IF_ERROR(ReadTable("agencies.tsv", texts.agencies, {"code", "role", "agency_vi"},
                                   ReadAgency, procedures, tables->agencies, &Procedure::agencies));
  MOTCUA_RETURN_IF_ERROR(ReadTable("legal_basis.tsv", texts.legal_basis,
                                   {"code", "document_no", "date"}, ReadLegalBasis, procedures,
                                   tables->legal_basis, &Procedure::legal_basis));
  MOTCUA_RETURN_IF_ERROR(ReadTable("component_counts.tsv", texts.cases,
                                   {"code", "case_no", "components", "instructions", "with_form"},
                                   ReadCase, procedures, tables->cases, &Procedure::cases));
  MOTCUA_RETURN_IF_ERROR(ReadTable("details.tsv", texts.details,
                                   {"code", "part", "case_no", "row_no", "id", "text", "extra"},
                                   ReadDetail, procedures, tables->details, &Procedure::details));
  if (!texts.steps.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const Tsv steps,
                            Tsv::Parse("procedure_steps.tsv", texts.steps,
                                       {"code", "step_no", "step_name_vi", "agency", "time_value",
                                        "time_unit", "source"}));
    MOTCUA_ASSIGN_OR_RETURN(tables->processes, ReadProcesses(steps));
  }
  if (!texts.groups.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const Tsv groups, Tsv::Parse("linked_groups.tsv", texts.groups,
                                                         {"group", "code", "name_vi", "case",
                                                          "limit", "steps", "source"}));
    MOTCUA_ASSIGN_OR_RETURN(tables->groups, ReadGroups(groups));
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

std::span<const Process> Catalogue::processes() const { return tables_->processes; }

const Process* Catalogue::ProcessOf(std::string_view code) const {
  const std::vector<Process>& all = tables_->processes;
  const auto at =
      std::lower_bound(all.begin(), all.end(), code,
                       [](const Process& one, std::string_view key) { return one.code < key; });
  return at == all.end() || at->code != code ? nullptr : &*at;
}

std::span<const LinkedGroup> Catalogue::groups() const { return tables_->groups; }

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
