// Where C++ meets C: the one place that turns a Status or an exception into a
// motcua_status and a motcua_error.
#ifndef MOTCUA_CAPI_BOUNDARY_H_
#define MOTCUA_CAPI_BOUNDARY_H_

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "motcua.h"
#include "motcua/base/dataset.h"
#include "motcua/base/status.h"

struct motcua_error {
  motcua_status status = MOTCUA_OK;
  motcua_reason reason = MOTCUA_REASON_NONE;
  std::string message;
  std::vector<size_t> rows;
};

struct motcua_buffer {
  std::string text;
};

struct motcua_dataset {
  motcua::Dataset value;
};

namespace motcua::capi {

// A failure of a batch: the first bad row's status, and every bad row's index.
struct BatchFailure {
  absl::Status status;
  std::vector<size_t> rows;
};

motcua_status Fail(const absl::Status& status, std::vector<size_t> rows,
                   motcua_error** error) noexcept;
motcua_status FailOutOfMemory(motcua_error** error) noexcept;
motcua_status FailInternal(const char* what, motcua_error** error) noexcept;

// Runs `body`, a callable that returns absl::Status, and reports what it returns
// or throws. Every C function that can fail has its body inside Guard.
template <typename Body>
motcua_status Guard(motcua_error** error, Body&& body) noexcept {
  try {
    const absl::Status status = std::forward<Body>(body)();
    return status.ok() ? MOTCUA_OK : Fail(status, {}, error);
  } catch (const std::bad_alloc&) {
    return FailOutOfMemory(error);
  } catch (const std::exception& exception) {
    return FailInternal(exception.what(), error);
  } catch (...) {
    return FailInternal("unknown exception", error);
  }
}

// A pointer that must not be NULL.
inline absl::Status Require(const void* pointer, std::string_view name) {
  if (pointer != nullptr) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, name, "NULL", "a pointer");
}

inline std::string_view View(motcua_text text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}
inline motcua_text Text(std::string_view text) { return {text.data(), text.size()}; }

// Copies a caller's struct of any age into today's: fields the caller's header
// did not have keep the defaults of `Struct{}`. Errors: kInvalidArgument.
template <typename Struct>
absl::Status ReadStruct(const Struct* given, std::string_view name, Struct& out) {
  MOTCUA_RETURN_IF_ERROR(Require(given, name));
  if (given->struct_size < sizeof(given->struct_size)) {
    return Error(Reason::kInvalidArgument, std::string(name) + ".struct_size",
                 std::to_string(given->struct_size), "the size set by the _INIT macro");
  }
  std::memcpy(static_cast<void*>(&out), given,
              std::min<size_t>(given->struct_size, sizeof(Struct)));
  return absl::OkStatus();
}

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_BOUNDARY_H_
