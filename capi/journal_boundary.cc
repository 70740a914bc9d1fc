// What boundary.h declares, for libmotcua_journal.so: base.cc belongs to libmotcua.so.
#include "dossiers_boundary.h"

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

// The error that needs no memory is libmotcua's own; here there is the status alone.
motcua_status FailOutOfMemory(motcua_error**) noexcept { return MOTCUA_RESOURCE_EXHAUSTED; }

motcua_status FailInternal(const char* what, motcua_error** error) noexcept {
  try {
    return Fail(Error(Reason::kInternal, std::string("motcua failed inside: ") + what), {}, error);
  } catch (const std::bad_alloc&) {
    return FailOutOfMemory(error);
  }
}

}  // namespace motcua::capi
