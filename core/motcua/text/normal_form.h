// Text that enters motcua: valid UTF-8, and one normal form (NFC).
#ifndef MOTCUA_TEXT_NORMAL_FORM_H_
#define MOTCUA_TEXT_NORMAL_FORM_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace motcua {

// The longest text that a name or an address may have, in bytes.
inline constexpr std::size_t kMaxTextBytes = 4096;

// Checks that `text` is UTF-8 (no overlong form, no surrogate, nothing above
// U+10FFFF) and at most `limit` bytes. O(size).
// Errors: kInvalidArgument naming `field` and the offset of the first bad byte.
absl::Status ValidateText(std::string_view text, std::string_view field,
                          std::size_t limit = kMaxTextBytes);

// The canonical composed form, NFC: "Bảo Lộc" however its marks were typed.
//   ToNfc("Ho\u0300a") == "Hòa"
// Errors: kInvalidArgument as ValidateText. O(size).
absl::StatusOr<std::string> ToNfc(std::string_view text, std::string_view field = "text",
                                  std::size_t limit = kMaxTextBytes);

// The same with case folded away as Unicode does it, in every script: equal where two texts
// differ in nothing but case and how their marks were typed. For comparing, not for reading.
//   ToCaseless("MẸ") == ToCaseless("me\u0323")
// Errors: kInvalidArgument as ValidateText. O(size).
absl::StatusOr<std::string> ToCaseless(std::string_view text, std::string_view field = "text",
                                       std::size_t limit = kMaxTextBytes);

}  // namespace motcua

#endif  // MOTCUA_TEXT_NORMAL_FORM_H_
