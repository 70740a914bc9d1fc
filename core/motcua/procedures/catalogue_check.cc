#include "motcua/procedures/catalogue_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "1.004616", "1.014464.H50": a leading digit 1-6, six digits, perhaps a local suffix.
bool IsCode(std::string_view code) {
  if (code.size() < 8 || code[0] < '1' || code[0] > '6' || code[1] != '.') return false;
  if (!std::all_of(code.begin() + 2, code.begin() + 8, IsDigit)) return false;
  if (code.size() == 8) return true;
  return code.size() == 12 && code.substr(8, 2) == ".H" && IsDigit(code[10]) && IsDigit(code[11]);
}

// "1.010719" anywhere in a text.
bool HoldsCode(std::string_view text) {
  for (std::size_t k = 0; k + 8 <= text.size(); ++k) {
    if (IsCode(text.substr(k, 8))) return true;
  }
  return false;
}

std::string RowField(std::string_view what, Channel channel, std::int32_t row_no) {
  return absl::StrCat(ToAbsl(what), ", channel ", ToAbsl(NameOf(channel)), ", row ", row_no);
}

std::string ChannelField(int channel) {
  return absl::StrCat("time limit, channel ", ToAbsl(NameOf(static_cast<Channel>(channel))));
}

// The whole number a cell begins with, thousands separators dropped; -1 if none.
std::int64_t LeadingAmount(std::string_view raw, std::string_view& rest) {
  std::string digits;
  std::size_t k = 0;
  for (; k < raw.size(); ++k) {
    if (IsDigit(raw[k])) {
      digits.push_back(raw[k]);
    } else if (digits.empty() || (raw[k] != ',' && raw[k] != '.')) {
      break;
    }
  }
  rest = raw.substr(k);
  std::int64_t amount = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  return amount;
}

// "20 VNĐ (...)", "20 Việt Nam Đồng": the amount, -1 if the cell is none in dong.
std::int64_t PrintedDong(std::string_view raw) {
  std::string_view rest;
  const std::int64_t amount = LeadingAmount(raw, rest);
  return rest.starts_with(" VNĐ") || rest.starts_with(" Việt Nam Đồng") ? amount : -1;
}

void CheckLimitRow(const Procedure& procedure, const LimitRow& row, CatalogueFindings& findings) {
  const std::string field = RowField("time limit", row.channel, row.row_no);
  const bool number = !row.value.empty();
  if (number && row.value.find_first_not_of("0.") == std::string_view::npos) {
    findings.Add("limit_zero", procedure.code, field, row.raw, "a limit above 0");
  }
  if (row.unit == PrintedUnit::kUnspecified) {
    findings.Add("limit_without_unit", procedure.code, field, row.raw, "a number with its unit");
    for (const FeeRow& fee : procedure.fees) {
      if (fee.channel != row.channel || fee.row_no != row.row_no || PrintedDong(fee.raw) < 0) {
        continue;
      }
      findings.Add("limit_split_from_fee", procedure.code, field, row.raw,
                   "a limit apart from the fee: the page prints both in one run of digits");
      break;
    }
  }
  if (row.unit < PrintedUnit::kNone && row.limit.empty()) {
    findings.Add("limit_unreadable", procedure.code, field, row.raw,
                 "a time limit; fractions are of working days or of hours");
  }
  if (row.unit != PrintedUnit::kText) return;
  const bool range = !row.raw.empty() && IsDigit(row.raw[0]) &&
                     Contains(row.raw.substr(0, row.raw.find(' ')), "-");
  findings.Add(range ? "limit_range" : "limit_in_words", procedure.code, field, row.raw,
               range ? "one number, not a range" : "a number with its unit, not prose");
}

bool SameLimit(const LimitRow& a, const LimitRow& b) {
  return a.value == b.value && a.unit == b.unit;
}

using ByChannel = std::array<std::vector<const LimitRow*>, kChannelCount>;

// Limits that differ between the channels: real now and then, variants more often.
void CheckAcrossChannels(const Procedure& procedure, const ByChannel& rows,
                         CatalogueFindings& findings) {
  std::vector<std::set<std::string>> printed;
  for (const auto& channel : rows) {
    std::set<std::string> limits;
    for (const LimitRow* row : channel) {
      limits.insert(absl::StrCat(ToAbsl(row->value), " ", ToAbsl(NameOf(row->unit))));
    }
    if (!limits.empty()) printed.push_back(std::move(limits));
  }
  const std::set<std::set<std::string>> distinct(printed.begin(), printed.end());
  if (distinct.size() < 2) return;
  std::string value;
  for (const auto& limits : printed) {
    for (const std::string& one : limits) {
      absl::StrAppend(&value, value.empty() ? "" : ", ", one);
    }
  }
  findings.Add("limit_by_channel", procedure.code, "time limit", value,
               "the same limit in every channel, unless a law makes it depend on the channel");
  if (distinct.size() == 3) {
    findings.Add("limit_channel_variants", procedure.code, "time limit", value,
                 "limits by channel; three different ones look like variants of a case");
  }
}

}  // namespace

void CheckIdentity(const Procedure& procedure, CatalogueFindings& findings) {
  const auto add = [&](std::string_view kind, std::string field, std::string_view value,
                       std::string_view expected) {
    findings.Add(kind, procedure.code, std::move(field), value, expected);
  };
  if (!IsCode(procedure.code)) {
    add("code_junk", "code", procedure.code, "N.NNNNNN, perhaps with a suffix .HNN");
  }
  if (procedure.name.empty()) add("name_missing", "name_vi", "", "a name");
  if (procedure.field.empty()) add("field_missing", "field_vi", "", "a field");
  if (procedure.levels == 0) add("level_missing", "levels", "", "at least one level");
  if (HoldsCode(procedure.name)) {
    add("name_holds_code", "name_vi", procedure.name, "a name without a code in it");
  }
  constexpr std::size_t kLongName = 1000;  // bytes: about 700 letters
  if (procedure.name.size() > kLongName) {
    add("name_too_long", "name_vi", procedure.name, "a name of at most 1,000 bytes");
  }
  for (const auto& [field, cell] :
       {std::pair<std::string, std::string_view>("name_vi", procedure.name),
        {"agency_vi", procedure.agency},
        {"result_vi", procedure.result}}) {
    if (cell.ends_with("…")) add("cell_cut", field, cell, "the whole text; this one was cut");
  }
  for (std::string_view rest = procedure.subjects; !rest.empty();) {
    constexpr std::string_view kSubjects[] = {"citizen",
                                              "overseas_vietnamese",
                                              "foreigner",
                                              "resident_foreigner",
                                              "enterprise",
                                              "vietnamese_enterprise",
                                              "foreign_invested_enterprise",
                                              "cooperative",
                                              "organisation",
                                              "foreign_organisation",
                                              "party_organisation",
                                              "party_member",
                                              "official"};
    const std::size_t plus = rest.find('+');
    const std::string_view subject = rest.substr(0, plus);
    rest = plus == std::string_view::npos ? std::string_view() : rest.substr(plus + 1);
    if (std::find(std::begin(kSubjects), std::end(kSubjects), subject) != std::end(kSubjects)) {
      continue;
    }
    add("subject_unknown", "subjects", subject, "citizen, enterprise, organisation, ...");
  }
  if (procedure.status == "list_only") {
    add("page_missing", "status", procedure.status,
        "a page of its own; only the publisher's list names the code");
  }
}

void CheckLimits(const Procedure& procedure, CatalogueFindings& findings) {
  ByChannel rows;
  for (const LimitRow& row : procedure.limits) {
    CheckLimitRow(procedure, row, findings);
    auto& of = rows[static_cast<std::size_t>(row.channel)];
    const bool twice = std::any_of(
        of.begin(), of.end(), [&](const LimitRow* other) { return other->row_no == row.row_no; });
    if (twice) {
      findings.Add("limit_row_twice", procedure.code,
                   RowField("time limit", row.channel, row.row_no), row.raw,
                   "each row of a channel once");
    }
    of.push_back(&row);
  }
  for (int channel = 1; channel < kChannelCount; ++channel) {
    const auto& of = rows[static_cast<std::size_t>(channel)];
    const bool differ = std::any_of(
        of.begin(), of.end(), [&](const LimitRow* row) { return !SameLimit(*row, *of.front()); });
    if (!differ) continue;
    findings.Add("limit_variants", procedure.code, ChannelField(channel), "rows that differ",
                 "one limit a channel; these rows look like variants");
  }
  CheckAcrossChannels(procedure, rows, findings);
}

void CheckFees(const Procedure& procedure, CatalogueFindings& findings) {
  constexpr std::int64_t kSmallestNote = 1000;  // no fee in dong is below it
  for (const FeeRow& fee : procedure.fees) {
    const auto add = [&](std::string_view kind, std::string_view expected) {
      findings.Add(kind, procedure.code, RowField("fee", fee.channel, fee.row_no), fee.raw,
                   expected);
    };
    const bool hangs =
        std::any_of(procedure.limits.begin(), procedure.limits.end(), [&](const LimitRow& row) {
          return row.channel == fee.channel && row.row_no == fee.row_no;
        });
    if (!hangs) add("fee_without_row", "a fee on a time row of its channel");
    const std::int64_t printed = PrintedDong(fee.raw);
    if (printed > 0 && printed < kSmallestNote) {
      add("fee_decimal_point",
          "an amount of 1,000 dong or more; a thousands point was read as a decimal one");
      if (Contains(fee.raw, "USD")) add("fee_currency", "dong; the note speaks of US dollars");
    }
    if (fee.raw == "Miễn phí") {
      add("fee_free_by_default", "a word of the law; \"Miễn phí\" is the portal's default");
    } else if (fee.raw.starts_with("Miễn phí (") && fee.amount_vnd == kNoAmount) {
      add("fee_free_with_note",
          "an amount: \"Miễn phí\" is the portal's default, and the note speaks of more");
    }
    if (Contains(fee.raw, "64/2025/TT-BTC")) {
      add("fee_reduced_until",
          "the full rate and the reduced one: Circular 64/2025/TT-BTC ends on 2026-12-31");
    }
  }
}

std::vector<Problem> Catalogue::Check(const CatalogueCheckOptions& options,
                                      const Dataset& dataset) const {
  CatalogueFindings findings;
  std::vector<const Procedure*> checked;
  for (const Procedure& procedure : procedures()) {
    if (options.at != kNoDay && !procedure.ValidOn(options.at)) continue;
    checked.push_back(&procedure);
    CheckIdentity(procedure, findings);
    CheckLimits(procedure, findings);
    CheckFees(procedure, findings);
    CheckAuthorities(procedure, options.at, dataset, findings);
    CheckDocuments(procedure, options.at, findings);
  }
  CheckNames(checked, findings);
  CheckParts(checked, findings);
  CheckProcesses(*this, checked, options.at, dataset, findings);
  return findings.Take();
}

}  // namespace motcua
