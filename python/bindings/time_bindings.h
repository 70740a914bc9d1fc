// What the binding files of the room time share.
#ifndef MOTCUA_PYTHON_TIME_BINDINGS_H_
#define MOTCUA_PYTHON_TIME_BINDINGS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "bindings.h"

namespace motcua::python {

using Calendar = Handle<motcua_calendar, motcua_calendar_free>;
using TimeLimit = Handle<motcua_time_limit, motcua_time_limit_free>;

// A deadline and everything it was computed from, so that it can be asked on.
struct Deadline {
  py::object calendar;
  py::object limit;
  std::vector<motcua_pause> pauses;
  int64_t accepted_at = MOTCUA_NO_MINUTE;
  int64_t extension = MOTCUA_NO_MINUTE;
  int32_t policy = MOTCUA_BY_DAY;
  motcua_deadline value = MOTCUA_DEADLINE_INIT;

  motcua_deadline_options Options() const {
    motcua_deadline_options options = MOTCUA_DEADLINE_OPTIONS_INIT;
    options.policy = policy;
    options.pauses = pauses.data();
    options.pause_count = pauses.size();
    options.extension = extension;
    return options;
  }
};

// A datetime (or what motcua._civil takes) as a minute number, and back; None for NaT.
int64_t MinuteOf(const py::handle& value, const char* field);
// Likewise of a value that must be given: NaT is refused.
int64_t GivenMinuteOf(const py::handle& value, const char* field);
py::object DateTimeFrom(int64_t minute);
py::object DateFrom(int32_t day);

Deadline ComputeOne(const py::object& calendar, const py::handle& accepted_at,
                    const py::handle& limit, const py::handle& policy, const py::handle& pauses,
                    const py::handle& resume, const py::handle& extension);

// Throws motcua.InvalidArgument in the house form.
[[noreturn]] void Refuse(const char* field, const py::handle& value, const char* expected);

// The bytes of a Python str, borrowed from it; refuses what has no UTF-8 form.
std::string_view Utf8(const py::handle& value, const char* field, const char* expected);

void BindCalendar(py::module_& module);

}  // namespace motcua::python

#endif  // MOTCUA_PYTHON_TIME_BINDINGS_H_
