// The code of an administrative unit (mã đơn vị hành chính) as the statistics office
// writes it: text with its leading zeros, 2 digits a province, 3 a district (until
// 2025-06-30), 5 a commune. Whether such a unit stands on a day only a Registry knows.
//
//   UnitCodeDigits("02482") -> 5;  UnitCodeDigits("2482") is refused
#ifndef MOTCUA_IDENTIFIERS_UNIT_CODE_H_
#define MOTCUA_IDENTIFIERS_UNIT_CODE_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"

namespace motcua {

// 2, 3 or 5. Errors: kInvalidArgument naming `field`.
absl::StatusOr<std::size_t> UnitCodeDigits(std::string_view text, std::string_view field = "code");

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_UNIT_CODE_H_
