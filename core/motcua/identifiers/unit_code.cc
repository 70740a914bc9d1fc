#include "motcua/identifiers/unit_code.h"

#include "motcua/base/status.h"
#include "motcua/identifiers/digits.h"

namespace motcua {

absl::StatusOr<std::size_t> UnitCodeDigits(std::string_view text, std::string_view field) {
  if (IsDigits(text) && (text.size() == 2 || text.size() == 3 || text.size() == 5))
    return text.size();
  return Error(Reason::kInvalidArgument, field, text,
               "2 digits (province), 3 (district) or 5 (commune)");
}

}  // namespace motcua
