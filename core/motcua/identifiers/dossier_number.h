// The number of a dossier (mã số hồ sơ), Decree 118/2025 art. 17: the agency that took
// it in, the day, and a serial number of that agency and day.
//
//   const auto number = DossierNumber::Parse("000.00.12.H36-250701-0042");
//   number->agency() == "000.00.12.H36"; number->date() == CivilDay(2025, 7, 1)
//
// The rule writes the day with six digits, live systems with eight; the serial has
// four to seven digits. Both are read, and kept as they were written.
#ifndef MOTCUA_IDENTIFIERS_DOSSIER_NUMBER_H_
#define MOTCUA_IDENTIFIERS_DOSSIER_NUMBER_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/identifiers/agency_code.h"

namespace motcua {

class DossierNumber {
 public:
  // A day of six digits lies in 2000..2099. Errors: kInvalidArgument, saying which of
  // the three parts is wrong.
  static absl::StatusOr<DossierNumber> Parse(std::string_view text);

  // Writes a number. `date_digits` is 6 or 8; `serial` 0 to 9,999,999 is padded to
  // `serial_digits`, 4 to 7. Errors: kInvalidArgument.
  static absl::StatusOr<DossierNumber> Make(std::string_view agency, CivilDay date,
                                            std::int64_t serial, int date_digits = 6,
                                            int serial_digits = 4);

  const std::string& text() const { return text_; }
  std::string_view agency() const { return std::string_view(text_).substr(0, agency_size_); }
  // The agency as a code; nothing if it is of another kind (an enterprise's number).
  std::optional<AgencyCode> agency_code() const;
  CivilDay date() const { return date_; }
  int date_digits() const { return date_digits_; }
  std::string_view serial() const {  // digits, zeros kept
    return std::string_view(text_).substr(agency_size_ + 2 +
                                          static_cast<std::size_t>(date_digits_));
  }

  friend bool operator==(const DossierNumber& a, const DossierNumber& b) {
    return a.text_ == b.text_;
  }

 private:
  std::string text_;
  std::size_t agency_size_ = 0;
  CivilDay date_;
  int date_digits_ = 6;
};

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_DOSSIER_NUMBER_H_
