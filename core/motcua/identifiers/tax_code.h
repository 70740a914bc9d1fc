// The tax code (mã số thuế) of an organisation: ten digits, the last of them a check
// digit, and for a dependent unit a hyphen and 001 to 999.
//
//   TaxCode::Parse("0100109106-001")->branch() == "001"
//
// Where the weighted sum is divisible by 11 the formula gives 10: such a code is
// refused by default, and read with check digit 0 on request (implementations differ).
// Since 2025-07-01 the personal identity number is the tax code of an individual
// (Circular 86/2024/TT-BTC); that is a CitizenNumber.
#ifndef MOTCUA_IDENTIFIERS_TAX_CODE_H_
#define MOTCUA_IDENTIFIERS_TAX_CODE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace motcua {

class TaxCode {
 public:
  enum class ZeroSum { kRefused, kCheckDigitZero };

  // Errors: kInvalidArgument, with the code masked.
  static absl::StatusOr<TaxCode> Parse(std::string_view text, ZeroSum zero_sum = ZeroSum::kRefused);

  const std::string& text() const { return text_; }
  std::string_view base() const { return std::string_view(text_).substr(0, 10); }
  std::string_view branch() const {  // "001"; empty if it is no dependent unit
    return text_.size() > 10 ? std::string_view(text_).substr(11) : std::string_view();
  }

 private:
  explicit TaxCode(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_TAX_CODE_H_
