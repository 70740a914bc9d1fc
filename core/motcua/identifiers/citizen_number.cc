#include "motcua/identifiers/citizen_number.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/identifiers/digits.h"

namespace motcua {
namespace {

constexpr std::size_t kDigits = 12, kOldCardDigits = 9, kShown = 3;

bool IsBirthProvince(std::string_view place, const Dataset& dataset) {
  const int number = (place[1] - '0') * 10 + (place[2] - '0');
  const auto rows = dataset.table<BirthProvinceRow>("identifiers.birth_provinces");
  return std::any_of(rows.begin(), rows.end(),
                     [&](const BirthProvinceRow& row) { return row.number == number; });
}

std::string_view SexName(Sex sex) { return sex == Sex::kMale ? "male" : "female"; }

}  // namespace

std::string Masked(std::string_view number) {
  std::string masked(number.substr(0, std::min<std::size_t>(number.size(), 40)));
  for (std::size_t i = 0; i < masked.size(); ++i)
    if (i >= kShown || !IsDigits(masked.substr(i, 1))) masked[i] = '*';
  return masked;
}

absl::StatusOr<CitizenNumber> CitizenNumber::Parse(std::string_view text, const Claims& claims,
                                                   const Dataset& dataset) {
  const auto refuse = [&](const std::string& expected) {
    return Error(Reason::kInvalidArgument, "citizen number", Masked(text), expected);
  };
  if (text.size() != kDigits || !IsDigits(text)) {
    return refuse(text.size() == kOldCardDigits && IsDigits(text)
                      ? "12 digits; 9 digits are the number of an old identity card"
                      : "12 digits");
  }
  CitizenNumber number{std::string(text)};
  if (!number.abroad() && !IsBirthProvince(number.place(), dataset))
    return refuse("0 and the code of one of the 63 provinces before 2025-07-01 in front");
  if (claims.sex && *claims.sex != number.sex())
    return refuse("a fourth digit that says " + std::string(SexName(*claims.sex)) +
                  (*claims.sex == Sex::kMale ? " (even)" : " (odd)"));
  if (claims.birth_year && *claims.birth_year != number.birth_year())
    return refuse("the fourth to sixth digit of the birth year " +
                  std::to_string(*claims.birth_year));
  if (claims.not_after && number.birth_year() > *claims.not_after)
    return refuse("a birth year not after " + std::to_string(*claims.not_after));
  return number;
}

std::string CitizenNumber::masked() const { return Masked(text_); }

int CitizenNumber::birth_year() const {
  const int century = 1900 + (text_[3] - '0') / 2 * 100;
  return century + (text_[4] - '0') * 10 + (text_[5] - '0');
}

}  // namespace motcua
