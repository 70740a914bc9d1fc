#include "motcua/identifiers/procedure_code.h"

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::size_t kDigits = 6, kLongestLabel = 40, kLongest = 120;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

absl::Status Refused(std::string_view text) {
  return Error(Reason::kInvalidArgument, "procedure", text,
               "1 to 6, a dot and six digits (1.004616), perhaps with an agency code after a dot "
               "(1.014464.H50)");
}

// Without spaces (no-break ones included), and without punctuation behind.
std::string Tightened(std::string_view text) {
  std::string tight;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xC2\xA0")) {
      ++i;
    } else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n') {
      tight += text[i];
    }
  }
  tight.erase(tight.find_last_not_of(".,;:)]}\"'-") + 1);
  return tight;
}

// The text after a label such as "Mã TTHC:". A label has no digit.
std::string_view AfterLabel(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  return first == std::string_view::npos || first > kLongestLabel ? text : text.substr(first);
}

// Six digits at the front of `rest`, with at most one dot strictly among them; they
// are taken off. Nothing if they do not stand there.
std::optional<std::string> TakeSixDigits(std::string_view& rest) {
  std::string digits;
  bool dotted = false;
  std::size_t at = 0;
  for (; at < rest.size() && digits.size() < kDigits; ++at) {
    if (rest[at] == '.' && !dotted && !digits.empty()) {
      dotted = true;
    } else if (IsDigit(rest[at])) {
      digits += rest[at];
    } else {
      return std::nullopt;
    }
  }
  if (digits.size() != kDigits) return std::nullopt;
  rest.remove_prefix(at);
  return digits;
}

}  // namespace

absl::StatusOr<ProcedureCode> ProcedureCode::Parse(std::string_view text) {
  if (text.size() > kLongest) return Refused(text);
  const std::string tight = Tightened(AfterLabel(text));
  std::string_view rest = tight;
  if (rest.size() < 2 || rest[0] < '1' || rest[0] > '6' || rest[1] != '.') return Refused(text);
  const char series = rest[0];
  rest.remove_prefix(2);
  const auto digits = TakeSixDigits(rest);
  if (!digits) return Refused(text);
  ProcedureCode code;
  code.national_ = absl::StrCat(std::string(1, series), ".", *digits);
  std::string written = code.national_;
  if (!rest.empty()) {
    if (rest[0] != '.') return Refused(text);
    auto agency = AgencyCode::Parse(rest.substr(1));
    if (!agency.ok()) return Refused(text);
    written += rest;
    code.agency_ = *std::move(agency);
  }
  code.clean_ = text == written;
  return code;
}

std::string ProcedureCode::text() const {
  return agency_ ? national_ + "." + agency_->text() : national_;
}

}  // namespace motcua
