// The C handles of the room time, and how its structs cross over.
#ifndef MOTCUA_CAPI_TIME_HANDLES_H_
#define MOTCUA_CAPI_TIME_HANDLES_H_

#include <optional>
#include <string>
#include <vector>

#include "boundary.h"
#include "motcua/c/calendar.h"
#include "motcua/c/deadline.h"
#include "motcua/time/batch.h"
#include "motcua/time/deadline.h"
#include "motcua/time/holiday_law.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

struct motcua_calendar {
  explicit motcua_calendar(motcua::WorkingCalendar calendar)
      : value(std::move(calendar)), version(value.version()) {}
  motcua::WorkingCalendar value;
  std::string version;
};

struct motcua_time_limit {
  explicit motcua_time_limit(const motcua::TimeLimit& limit)
      : value(limit), text(limit.ToString()) {}
  motcua::TimeLimit value;
  std::string text;
};

namespace motcua::capi {

// A column; the pointer may be NULL only where there are no rows.
template <typename T>
absl::StatusOr<Strided<T>> Column(T* data, std::ptrdiff_t stride, std::size_t rows,
                                  std::string_view name) {
  if (rows > 0) MOTCUA_RETURN_IF_ERROR(Require(data, name));
  return Strided<T>(data, stride);
}

// The values of `count` handles, at least one.
template <typename Handle, typename Value>
absl::Status ReadHandles(const Handle* const* handles, std::size_t count, std::string_view name,
                         std::vector<Value>& out) {
  if (count == 0) {
    return Error(Reason::kInvalidArgument, name, "0 of them", "at least one");
  }
  MOTCUA_RETURN_IF_ERROR(Require(handles, name));
  out.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    if (handles[k] == nullptr) {
      return Error(Reason::kInvalidArgument, std::string(name) + "[" + std::to_string(k) + "]",
                   "NULL", "a pointer");
    }
    out.push_back(handles[k]->value);
  }
  return absl::OkStatus();
}

absl::StatusOr<Policy> ReadPolicy(std::int32_t policy);

// The pauses are copied into `storage`, which the options borrow.
absl::StatusOr<DeadlineOptions> ReadOptions(const motcua_deadline_options* given,
                                            std::vector<Pause>& storage);

// Runs a batch, and reports its bad rows.
template <typename Body>
motcua_status GuardBatch(motcua_error** error, Body&& body) noexcept {
  std::vector<std::size_t> rows;
  const auto run = [&]() -> absl::Status {
    absl::StatusOr<BatchErrors> errors = body();
    if (!errors.ok()) return errors.status();
    rows = std::move(errors->rows);
    return errors->first;
  };
  motcua_error* made = nullptr;
  const motcua_status status = Guard(&made, run);
  if (made != nullptr && !rows.empty() && status != MOTCUA_RESOURCE_EXHAUSTED) {
    made->rows = std::move(rows);
  }
  if (error != nullptr) {
    if (made != nullptr) *error = made;
  } else {
    motcua_error_free(made);
  }
  return status;
}

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_TIME_HANDLES_H_
