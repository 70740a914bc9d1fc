// Failures of both libraries; where there is no memory left, each has its own way.
#include "boundary.h"

namespace motcua::capi {

motcua_status Fail(const absl::Status& status, std::vector<size_t> rows,
                   motcua_error** error) noexcept {
  try {
    if (error != nullptr) {
      *error = new motcua_error{static_cast<motcua_status>(status.code()),
                                static_cast<motcua_reason>(ReasonOf(status)),
                                std::string(ToStd(status.message())), std::move(rows)};
    }
    return static_cast<motcua_status>(status.code());
  } catch (const std::bad_alloc&) {
    return FailOutOfMemory(error);
  }
}

motcua_status FailInternal(const char* what, motcua_error** error) noexcept {
  try {
    return Fail(Error(Reason::kInternal, std::string("motcua failed inside: ") + what), {}, error);
  } catch (const std::bad_alloc&) {
    return FailOutOfMemory(error);
  }
}

}  // namespace motcua::capi
