// The personal identity number of a citizen (số định danh cá nhân), Decree 137/2015:
// three digits for the place where the birth was registered, one for sex and century,
// two for the year, six at random. It has no check digit.
//
//   const auto number = CitizenNumber::Parse("068304012345");
//   number->place() == "068"; number->sex() == Sex::kFemale; number->birth_year() == 2004
//
// Places are those of the 63 provinces before 2025-07-01: a number never changes. No
// message shows more of a number than its first three digits.
#ifndef MOTCUA_IDENTIFIERS_CITIZEN_NUMBER_H_
#define MOTCUA_IDENTIFIERS_CITIZEN_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/base/dataset.h"

namespace motcua {

// "identifiers.birth_provinces", sorted: the two digits of a province's code.
struct BirthProvinceRow {
  std::uint8_t number;
};

enum class Sex : std::int32_t { kMale = 0, kFemale = 1 };

class CitizenNumber {
 public:
  // What else is known of the person, to compare with; nothing is not compared.
  struct Claims {
    std::optional<Sex> sex;
    std::optional<int> birth_year;
    std::optional<int> not_after;  // the year of today: nobody is born later
  };

  // Twelve digits. 0xx must be one of the old provinces; another first digit is a
  // country, whose list is not at hand and is not checked.
  // Errors: kInvalidArgument, with the number masked.
  static absl::StatusOr<CitizenNumber> Parse(std::string_view text, const Claims& claims,
                                             const Dataset& dataset = Dataset::Builtin());
  static absl::StatusOr<CitizenNumber> Parse(std::string_view text) { return Parse(text, {}); }

  const std::string& text() const { return text_; }
  std::string masked() const;  // "068*********"
  std::string_view place() const { return std::string_view(text_).substr(0, 3); }
  bool abroad() const { return text_[0] != '0'; }
  Sex sex() const { return (text_[3] - '0') % 2 == 0 ? Sex::kMale : Sex::kFemale; }
  int birth_year() const;

 private:
  explicit CitizenNumber(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// A personal or tax number as a message may show it: at most its first three digits.
std::string Masked(std::string_view number);

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_CITIZEN_NUMBER_H_
