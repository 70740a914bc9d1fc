#include "motcua/text/normal_form.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "motcua/base/status.h"

namespace motcua {

namespace {

// The size of the sequence of two or three bytes that `text` begins with, if it is one
// of those that are valid at first sight; 0 says nothing.
std::size_t UsualSequence(std::string_view text) {
  const auto is_trail = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead >= 0xC2 && lead < 0xE0 && text.size() > 1 && is_trail(text[1])) return 2;
  if (lead >= 0xE1 && lead <= 0xEC && text.size() > 2 && is_trail(text[1]) && is_trail(text[2]))
    return 3;
  return 0;
}

}  // namespace

absl::Status ValidateText(std::string_view text, std::string_view field, std::size_t limit) {
  if (text.size() > limit) {
    return Error(Reason::kInvalidArgument, field, text,
                 "at most " + std::to_string(limit) + " bytes");
  }
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    if (const std::size_t size = UsualSequence(text.substr(at)); size > 0) {
      at += size;
      continue;
    }
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (used <= 0) {
      return Error(Reason::kInvalidArgument, field, text,
                   "UTF-8 text; byte " + std::to_string(at) + " is not");
    }
    at += static_cast<std::size_t>(used);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ToNfc(std::string_view text, std::string_view field,
                                  std::size_t limit) {
  MOTCUA_RETURN_IF_ERROR(ValidateText(text, field, limit));
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(composed, std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return Error(Reason::kInvalidArgument, field, text, "text that has a normal form");
  return std::string(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
}

}  // namespace motcua
