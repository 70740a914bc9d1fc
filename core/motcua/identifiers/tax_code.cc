#include "motcua/identifiers/tax_code.h"

#include <array>

#include "motcua/base/status.h"
#include "motcua/identifiers/citizen_number.h"
#include "motcua/identifiers/digits.h"

namespace motcua {
namespace {

constexpr std::array<int, 9> kWeights = {31, 29, 23, 19, 17, 13, 7, 5, 3};
constexpr std::size_t kBase = 10, kWithBranch = 14, kPersonal = 12;

// 10 less the weighted sum modulo 11: 0 to 9, or 10 where there is no such digit.
int CheckDigit(std::string_view base) {
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (base[i] - '0') * kWeights[i];
  return 10 - sum % 11;
}

}  // namespace

absl::StatusOr<TaxCode> TaxCode::Parse(std::string_view text, ZeroSum zero_sum) {
  const auto refuse = [&](std::string_view expected) {
    return Error(Reason::kInvalidArgument, "tax code", Masked(text), expected);
  };
  if (text.size() == kPersonal && IsDigits(text))
    return refuse("10 digits; 12 digits are a personal identity number (CitizenNumber)");
  const bool branch = text.size() == kWithBranch && text[kBase] == '-';
  if ((text.size() != kBase && !branch) || !IsDigits(text.substr(0, kBase)) ||
      (branch && !IsDigits(text.substr(kBase + 1))))
    return refuse("10 digits, perhaps with a hyphen and 3 digits (0100109106-001)");
  const int check = CheckDigit(text);
  const bool zero_sum_read = check == 10 && zero_sum == ZeroSum::kCheckDigitZero;
  if (check == 10 && !zero_sum_read)
    return refuse("digits that have a check digit (the weighted sum is divisible by 11)");
  if (text[kBase - 1] - '0' != (zero_sum_read ? 0 : check))
    return refuse("a tenth digit that checks the other nine");
  if (branch && text.substr(kBase + 1) == "000")
    return refuse("a dependent unit from 001 to 999 behind the hyphen");
  return TaxCode(std::string(text));
}

}  // namespace motcua
