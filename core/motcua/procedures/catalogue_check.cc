// What Catalogue::Check finds. Every rule is one function over one procedure; the
// kinds of dirt are those that the portal's pages really show.
#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "motcua/procedures/catalogue.h"

namespace motcua {
namespace {

class Findings {
 public:
  explicit Findings(std::vector<Problem>& problems) : problems_(problems) {}

  void Add(const Procedure& procedure, std::string field, std::string_view value,
           std::string_view expected) {
    problems_.push_back({Reason::kMalformedData, 0, std::string(procedure.code), std::move(field),
                         Printable(value), std::string(expected)});
  }

 private:
  std::vector<Problem>& problems_;
};

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// "1.004616", "1.014464.H50": a leading digit 1-6, six digits, perhaps a local suffix.
bool IsCode(std::string_view code) {
  const auto digit = [&](std::size_t k) { return code[k] >= '0' && code[k] <= '9'; };
  if (code.size() < 8 || code[0] < '1' || code[0] > '6' || code[1] != '.') return false;
  for (std::size_t k = 2; k < 8; ++k) {
    if (!digit(k)) return false;
  }
  if (code.size() == 8) return true;
  return code.size() == 12 && code[8] == '.' && code[9] == 'H' && digit(10) && digit(11);
}

void CheckIdentity(const Procedure& procedure, Findings& findings) {
  if (!IsCode(procedure.code)) {
    findings.Add(procedure, "code", procedure.code, "N.NNNNNN, perhaps with a suffix .HNN");
  }
  if (procedure.name.empty()) findings.Add(procedure, "name_vi", "", "a name");
  if (procedure.field.empty()) findings.Add(procedure, "field_vi", "", "a field");
  if (procedure.levels == 0) findings.Add(procedure, "levels", "", "at least one level");
  if (Contains(procedure.name, procedure.code)) {
    findings.Add(procedure, "name_vi", procedure.name, "a name without the code in it");
  }
}

std::string LimitField(const LimitRow& row) {
  return absl::StrCat("time limit, channel ", ToAbsl(NameOf(row.channel)), ", row ", row.row_no);
}

void CheckLimits(const Procedure& procedure, Findings& findings) {
  if (procedure.limits.empty()) {
    findings.Add(procedure, "time limit", "", "at least one channel with a time row");
  }
  std::array<const LimitRow*, kChannelCount> first = {};
  std::array<bool, kChannelCount> variants = {};
  for (const LimitRow& row : procedure.limits) {
    if (row.unit == PrintedUnit::kUnspecified) {
      findings.Add(procedure, LimitField(row), row.raw, "a number with its unit");
    } else if (row.unit == PrintedUnit::kText) {
      findings.Add(procedure, LimitField(row), row.raw, "a number with its unit, not prose");
    } else if (row.unit != PrintedUnit::kNone &&
               row.value.find_first_not_of("0.") == std::string_view::npos) {
      findings.Add(procedure, LimitField(row), row.raw, "a limit above 0");
    }
    const LimitRow*& seen = first[static_cast<std::size_t>(row.channel)];
    if (seen == nullptr) {
      seen = &row;
    } else if (seen->limit != row.limit || seen->value != row.value) {
      variants[static_cast<std::size_t>(row.channel)] = true;
    }
  }
  for (int channel = 1; channel < kChannelCount; ++channel) {
    if (!variants[static_cast<std::size_t>(channel)]) continue;
    findings.Add(
        procedure,
        absl::StrCat("time limit, channel ", ToAbsl(NameOf(static_cast<Channel>(channel)))),
        "rows that differ", "one limit a channel; these rows look like variants");
  }
}

// The whole number a fee cell begins with, thousands separators dropped; -1 if none.
std::int64_t LeadingAmount(std::string_view raw) {
  std::string digits;
  for (const char c : raw) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (digits.empty() || (c != ',' && c != '.')) {
      break;
    }
  }
  std::int64_t amount = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), amount);
  return amount;
}

void CheckFees(const Procedure& procedure, Findings& findings) {
  constexpr std::int64_t kSmallestNote = 1000;  // no fee in dong is below it
  for (const FeeRow& fee : procedure.fees) {
    const std::string field =
        absl::StrCat("fee, channel ", ToAbsl(NameOf(fee.channel)), ", row ", fee.row_no);
    const std::int64_t printed = LeadingAmount(fee.raw);
    if (printed > 0 && printed < kSmallestNote && Contains(fee.raw, "VNĐ") &&
        (fee.amount_vnd == kNoAmount || fee.amount_vnd < kSmallestNote)) {
      findings.Add(procedure, field, fee.raw,
                   "an amount of 1,000 dong or more; a thousands point was read as a decimal one");
    }
    if (fee.raw.starts_with("Miễn phí (") && !Contains(fee.raw, "(Không") &&
        !Contains(fee.raw, "(không")) {
      findings.Add(procedure, field, fee.raw,
                   "an amount: \"Miễn phí\" is the portal's default, and the note speaks of more");
    }
  }
}

void CheckAgencies(const Procedure& procedure, Findings& findings) {
  // District level and the ministries merged away on 2025-03-01.
  constexpr std::string_view kAbolished[] = {"huyện",
                                             "Quận ",
                                             "Sở Giao thông vận tải",
                                             "Sở Kế hoạch và Đầu tư",
                                             "Sở Tài nguyên và Môi trường",
                                             "Sở Nông nghiệp và Phát triển nông thôn",
                                             "Sở Thông tin và Truyền thông",
                                             "Sở Lao động"};
  for (const AgencyRow& row : procedure.agencies) {
    const bool abolished =
        std::any_of(std::begin(kAbolished), std::end(kAbolished),
                    [&](std::string_view name) { return Contains(row.agency, name); });
    if (abolished) {
      findings.Add(procedure, absl::StrCat("agency that ", ToAbsl(row.role)), row.agency,
                   "an authority that still exists; districts ended on 2025-06-30");
    }
  }
}

}  // namespace

std::vector<Problem> Catalogue::Check() const {
  std::vector<Problem> problems;
  Findings findings(problems);
  for (const Procedure& procedure : procedures()) {
    CheckIdentity(procedure, findings);
    CheckLimits(procedure, findings);
    CheckFees(procedure, findings);
    CheckAgencies(procedure, findings);
  }
  return problems;
}

}  // namespace motcua
