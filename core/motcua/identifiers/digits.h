// Digits 0 to 9 and nothing else. Internal to the room.
#ifndef MOTCUA_IDENTIFIERS_DIGITS_H_
#define MOTCUA_IDENTIFIERS_DIGITS_H_

#include <string_view>

namespace motcua {

// True of an empty text as well.
inline bool IsDigits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_DIGITS_H_
