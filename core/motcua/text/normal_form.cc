#include "motcua/text/normal_form.h"

#include <simdjson.h>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "motcua/base/status.h"

namespace motcua {

namespace {

// Where the first byte stands that is no UTF-8; the size of the text if all of it is.
std::size_t FirstBad(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (used <= 0) break;
    at += static_cast<std::size_t>(used);
  }
  return at;
}

}  // namespace

absl::Status ValidateText(std::string_view text, std::string_view field, std::size_t limit) {
  if (text.size() > limit) {
    return Error(Reason::kInvalidArgument, field, text,
                 "at most " + std::to_string(limit) + " bytes");
  }
  // Faster than to walk through it, which only a bad text needs.
  if (simdjson::validate_utf8(text.data(), text.size())) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, field, text,
               "UTF-8 text; byte " + std::to_string(FirstBad(text)) + " is not");
}

namespace {

absl::StatusOr<std::string> Mapped(std::string_view text, std::string_view field, std::size_t limit,
                                   int options) {
  MOTCUA_RETURN_IF_ERROR(ValidateText(text, field, limit));
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &composed,
                                             static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(composed, std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return Error(Reason::kInvalidArgument, field, text, "text that has a normal form");
  return std::string(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
}

}  // namespace

absl::StatusOr<std::string> ToNfc(std::string_view text, std::string_view field,
                                  std::size_t limit) {
  return Mapped(text, field, limit, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

absl::StatusOr<std::string> ToCaseless(std::string_view text, std::string_view field,
                                       std::size_t limit) {
  return Mapped(text, field, limit, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

}  // namespace motcua
