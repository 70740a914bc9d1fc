// motcua/c/calendar.h and motcua/c/deadline.h, for Python. A single deadline is asked for
// often, so that path converts datetimes itself; everything else crosses as numbers, and
// motcua/time.py makes it Python.
#include <optional>
#include <vector>

#include "time_bindings.h"

// After Python.h.
#include <datetime.h>

namespace motcua::python {
namespace {

// Days from civil and back, after H. Hinnant; proleptic Gregorian.
int64_t DaysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t of_era = year - era * 400;
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct Civil {
  int year, month, day;
};

Civil CivilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t of_era = days - era * 146097;
  const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month = (5 * of_year + 2) / 153;
  const int day = static_cast<int>(of_year - (153 * month + 2) / 5 + 1);
  const int civil_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  return {static_cast<int>(year_of_era + era * 400 + (civil_month <= 2)), civil_month, day};
}

}  // namespace

std::string_view Utf8(const py::handle& value, const char* field, const char* expected) {
  if (!PyUnicode_Check(value.ptr())) Refuse(field, value, expected);
  Py_ssize_t size = 0;
  const char* const data = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (data == nullptr) {
    PyErr_Clear();
    Refuse(field, value, expected);
  }
  return {data, static_cast<size_t>(size)};
}

// Subclasses, such as pandas' NaT and Timestamp, go the long way.
int64_t MinuteOf(const py::handle& value, const char* field) {
  if (PyDateTime_CheckExact(value.ptr()) && PyDateTime_DATE_GET_TZINFO(value.ptr()) == Py_None) {
    PyObject* const at = value.ptr();
    return DaysFromCivil(PyDateTime_GET_YEAR(at), PyDateTime_GET_MONTH(at),
                         PyDateTime_GET_DAY(at)) *
               1440 +
           PyDateTime_DATE_GET_HOUR(at) * 60 + PyDateTime_DATE_GET_MINUTE(at);
  }
  return py::module_::import("motcua._civil").attr("minute_number")(value, field).cast<int64_t>();
}

int64_t GivenMinuteOf(const py::handle& value, const char* field) {
  const int64_t minute = MinuteOf(value, field);
  if (minute == MOTCUA_NO_MINUTE) Refuse(field, value, "a time");
  return minute;
}

py::object DateTimeFrom(int64_t minute) {
  if (minute == MOTCUA_NO_MINUTE) return py::none();
  int64_t days = minute / 1440;
  int64_t of_day = minute % 1440;
  if (of_day < 0) of_day += 1440, --days;
  const Civil date = CivilFromDays(days);
  if (date.year < 1 || date.year > 9999) {
    Refuse("minute", py::int_(minute), "a time in the years 1 to 9999");
  }
  return py::reinterpret_steal<py::object>(
      PyDateTime_FromDateAndTime(date.year, date.month, date.day, static_cast<int>(of_day / 60),
                                 static_cast<int>(of_day % 60), 0, 0));
}

py::object DateFrom(int32_t day) {
  if (day == MOTCUA_NO_DAY) return py::none();
  const Civil date = CivilFromDays(day);
  return py::reinterpret_steal<py::object>(PyDate_FromDate(date.year, date.month, date.day));
}

namespace {

int32_t PolicyOf(const py::handle& policy) {
  constexpr const char* kExpected = "'by_day' or 'by_hour'";
  const std::string_view name = Utf8(policy, "policy", kExpected);
  if (name == "by_day") return MOTCUA_BY_DAY;
  if (name == "by_hour") return MOTCUA_BY_HOUR;
  Refuse("policy", policy, kExpected);
}

int32_t PracticeOf(const py::handle& practice, const char* field) {
  constexpr const char* kExpected = "'resume', 'restart' or 'shift'";
  const std::string_view name = Utf8(practice, field, kExpected);
  if (name == "resume") return MOTCUA_RESUME;
  if (name == "restart") return MOTCUA_RESTART;
  if (name == "shift") return MOTCUA_SHIFT;
  Refuse(field, practice, kExpected);
}

TimeLimit ParseLimit(const py::handle& text) {
  motcua_time_limit* made = nullptr;
  Call(motcua_time_limit_parse, Text(Utf8(text, "limit", "a TimeLimit or its text, such as '3wd'")),
       &made);
  return TimeLimit(made);
}

// A limit that is a TimeLimit, or is parsed for the call.
class LimitArgument {
 public:
  explicit LimitArgument(const py::handle& limit) {
    if (py::isinstance<TimeLimit>(limit)) {
      limit_ = limit.cast<const TimeLimit&>().get();
    } else {
      limit_ = owned_.emplace(ParseLimit(limit)).get();
    }
  }
  const motcua_time_limit* get() const { return limit_; }

 private:
  std::optional<TimeLimit> owned_;
  const motcua_time_limit* limit_ = nullptr;
};

// A pause is (from, to) or (from, to, practice), or a dict with those keys; `to` may be None.
motcua_pause PauseOf(const py::handle& given, int32_t practice, size_t k) {
  const std::string field = "pauses[" + std::to_string(k) + "]";
  motcua_pause pause{MOTCUA_NO_MINUTE, MOTCUA_NO_MINUTE, practice, 0};
  py::object from, to, own;
  if (py::isinstance<py::dict>(given)) {
    const auto row = py::reinterpret_borrow<py::dict>(given);
    for (const auto& [key, value] : row) {
      if (!key.equal(py::str("from")) && !key.equal(py::str("to")) &&
          !key.equal(py::str("practice"))) {
        Refuse(field.c_str(), given, "only the keys from, to and practice");
      }
    }
    from = row.attr("get")("from"), to = row.attr("get")("to"), own = row.attr("get")("practice");
  } else if (PySequence_Check(given.ptr()) && !PyUnicode_Check(given.ptr()) &&
             (PySequence_Size(given.ptr()) == 2 || PySequence_Size(given.ptr()) == 3)) {
    const auto row = py::reinterpret_borrow<py::sequence>(given);
    from = row[0], to = row[1], own = row.size() == 3 ? py::object(row[2]) : py::none();
  } else {
    Refuse(field.c_str(), given, "pairs (from, to), triples (from, to, practice) or dicts of them");
  }
  if (from.is_none()) Refuse(field.c_str(), given, "the minute the pause began");
  pause.from = MinuteOf(from, (field + ".from").c_str());
  if (!to.is_none()) pause.to = MinuteOf(to, (field + ".to").c_str());
  if (!own.is_none()) pause.practice = PracticeOf(own, (field + ".practice").c_str());
  return pause;
}

}  // namespace

Deadline ComputeOne(const py::object& calendar, const py::handle& accepted_at,
                    const py::handle& limit, const py::handle& policy, const py::handle& pauses,
                    const py::handle& resume, const py::handle& extension) {
  Deadline deadline;
  deadline.calendar = calendar;
  deadline.limit = py::reinterpret_borrow<py::object>(limit);
  deadline.accepted_at = GivenMinuteOf(accepted_at, "accepted_at");
  deadline.policy = PolicyOf(policy);
  const int32_t practice = PracticeOf(resume, "resume");
  if (py::isinstance<py::str>(pauses) || py::isinstance<py::dict>(pauses) ||
      !py::isinstance<py::iterable>(pauses)) {
    Refuse("pauses", pauses, "a list of pauses (from, to)");
  }
  for (const py::handle pause : py::reinterpret_borrow<py::object>(pauses)) {
    deadline.pauses.push_back(PauseOf(pause, practice, deadline.pauses.size()));
  }
  if (!extension.is_none()) deadline.extension = MinuteOf(extension, "extension");
  const LimitArgument argument(limit);
  const motcua_deadline_options options = deadline.Options();
  Call(motcua_deadline_compute, calendar.cast<const Calendar&>().get(), argument.get(),
       deadline.accepted_at, &options, &deadline.value);
  return deadline;
}

namespace {

int64_t Ask(decltype(&motcua_deadline_remaining) question, const Deadline& self,
            const py::handle& now) {
  int64_t minutes = 0;
  const motcua_deadline_options options = self.Options();
  Call(question, self.calendar.cast<const Calendar&>().get(), &self.value, &options,
       GivenMinuteOf(now, "now"), &minutes);
  return minutes;
}

// Rows (date, counted, reason, source, mark, provisional, minutes).
py::list ExplainRows(const Deadline& self, const py::object& spoken) {
  const std::string_view language = Utf8(spoken, "language", "'vi' or 'en'");
  if (language != "vi" && language != "en") Refuse("language", spoken, "'vi' or 'en'");
  const motcua_deadline_options options = self.Options();
  motcua_explanation* made = nullptr;
  Call(motcua_deadline_explain, self.calendar.cast<const Calendar&>().get(),
       LimitArgument(self.limit).get(), self.accepted_at, &options,
       language == "vi" ? MOTCUA_VIETNAMESE : MOTCUA_ENGLISH, &made);
  const Handle<motcua_explanation, motcua_explanation_free> explanation(made);
  const py::object row = py::module_::import("motcua.dates").attr("ExplainedDay");
  constexpr const char* kMarks[] = {"start", "counted", "half", "skipped", "paused"};
  py::list rows;
  for (size_t k = 0; k < motcua_explanation_count(made); ++k) {
    motcua_explained_day day = MOTCUA_EXPLAINED_DAY_INIT;
    Call(motcua_explanation_get, static_cast<const motcua_explanation*>(made), k, &day);
    const bool counted = day.mark == MOTCUA_DAY_COUNTED || day.mark == MOTCUA_DAY_HALF;
    rows.append(row(DateFrom(day.day), counted, Str(day.reason), Str(day.source), kMarks[day.mark],
                    day.provisional != 0, day.minutes));
  }
  return rows;
}

// The changed days of the k-th row, as (date, old minutes, new minutes, name, source).
py::list ChangedDays(const motcua_recomputation* recomputation, size_t k, size_t count) {
  const py::object row = py::module_::import("motcua.dates").attr("ChangedDay");
  py::list days;
  for (size_t day = 0; day < count; ++day) {
    motcua_changed_day change = MOTCUA_CHANGED_DAY_INIT;
    Call(motcua_recomputation_changed_day, recomputation, k, day, &change);
    days.append(row(DateFrom(change.day), change.old_minutes, change.new_minutes, Str(change.name),
                    Str(change.source)));
  }
  return days;
}

// Rows (index, old due, new due, changed days, reasons, paused, old left, new left, provisional)
// of the deadlines that another calendar moves.
py::list Recompute(const Calendar& before, const Calendar& after, const py::sequence& deadlines) {
  std::vector<LimitArgument> limits;
  std::vector<motcua_deadline_options> options;
  std::vector<motcua_clock> clocks;
  limits.reserve(deadlines.size());
  options.reserve(deadlines.size());
  for (const py::handle item : deadlines) {
    if (!py::isinstance<Deadline>(item)) {
      throw py::type_error("deadlines: expected Deadline objects, found " +
                           std::string(py::str(py::type::of(item).attr("__name__"))));
    }
    const auto& deadline = item.cast<const Deadline&>();
    limits.emplace_back(deadline.limit);
    options.push_back(deadline.Options());
    clocks.push_back({limits.back().get(), deadline.accepted_at, &options.back()});
  }
  motcua_recomputation* made = nullptr;
  Call(motcua_recompute, before.get(), after.get(), clocks.data(), clocks.size(), &made);
  const Handle<motcua_recomputation, motcua_recomputation_free> recomputation(made);
  py::list rows;
  for (size_t k = 0; k < motcua_recomputation_count(made); ++k) {
    const motcua_moved_deadline* const moved = motcua_recomputation_at(made, k);
    py::list days;
    for (size_t day = 0; day < moved->changed_day_count; ++day) {
      days.append(DateFrom(moved->changed_days[day]));
    }
    const auto left = [&](int64_t minutes) {
      return moved->paused != 0 ? py::object(py::int_(minutes)) : py::object(py::none());
    };
    rows.append(
        py::make_tuple(moved->dossier, DateTimeFrom(moved->old_due), DateTimeFrom(moved->new_due),
                       days, ChangedDays(made, k, moved->changed_day_count), moved->paused != 0,
                       left(moved->old_left), left(moved->new_left), moved->provisional != 0));
  }
  return rows;
}

void BindDeadline(py::module_& module) {
  module.def("recompute", &Recompute);
  py::class_<Deadline>(module, "Deadline", "When a dossier is due, and how that came about.")
      .def_property_readonly("due", [](const Deadline& d) { return DateTimeFrom(d.value.due); })
      .def_property_readonly(
          "effective_start",
          [](const Deadline& d) { return DateTimeFrom(d.value.effective_start); })
      .def_property_readonly("original_due",
                             [](const Deadline& d) { return DateTimeFrom(d.value.original_due); })
      .def_property_readonly("provisional",
                             [](const Deadline& d) { return d.value.provisional != 0; })
      .def_property_readonly("paused", [](const Deadline& d) { return d.value.paused != 0; })
      .def_property_readonly("accepted_at",
                             [](const Deadline& d) { return DateTimeFrom(d.accepted_at); })
      .def_property_readonly("limit", [](const Deadline& d) { return d.limit; })
      .def_property_readonly(
          "calendar_version",
          [](const Deadline& d) {
            return Str(motcua_calendar_version(d.calendar.cast<const Calendar&>().get()));
          },
          "The version of the calendar that made it; to be stored beside the due time.")
      .def(
          "remaining",
          [](const Deadline& d, const py::object& now) {
            return Ask(motcua_deadline_remaining, d, now);
          },
          py::arg("now"),
          "Working minutes left at `now`; negative when late. While a pause is open, what was "
          "left when it began. Raises InvalidArgument for NaT.")
      .def(
          "elapsed",
          [](const Deadline& d, const py::object& now) {
            return Ask(motcua_deadline_elapsed, d, now);
          },
          py::arg("now"),
          "Working minutes used at `now`, pauses left out. Raises InvalidArgument for NaT.")
      .def(
          "lateness",
          [](const Deadline& d, const py::object& finished_at) {
            constexpr const char* kNames[] = {"early", "on_time", "overdue"};
            const int64_t finished = GivenMinuteOf(finished_at, "finished_at");
            return kNames[motcua_lateness_by_date(d.value.due, finished)];
          },
          py::arg("finished_at"),
          "'early', 'on_time' or 'overdue', by dates. Raises InvalidArgument for NaT.")
      .def("explain", &ExplainRows, py::arg("language") = "vi",
           "Every day from receipt to due: rows (date, counted, reason, source, mark, "
           "provisional, minutes), in Vietnamese ('vi') or English ('en').")
      .def("__repr__", [](const Deadline& d) {
        return py::str("Deadline(due={}, effective_start={}, provisional={})")
            .format(DateTimeFrom(d.value.due), DateTimeFrom(d.value.effective_start),
                    d.value.provisional != 0);
      });
}

TimeLimit Extended(const TimeLimit& limit, const py::object& extra) {
  motcua_time_limit* made = nullptr;
  Call(motcua_time_limit_plus, limit.get(), LimitArgument(extra).get(), &made);
  return TimeLimit(made);
}

void BindTimeLimit(py::module_& module) {
  py::class_<TimeLimit>(module, "TimeLimit",
                        "A time limit (thời hạn), such as ``TimeLimit.parse('3wd')``.")
      .def_static(
          "parse",
          [](const py::object& text) {
            return py::isinstance<TimeLimit>(text) ? text : py::cast(ParseLimit(text));
          },
          py::arg("text"),
          "Read a limit: ``none``, or terms such as 3wd, 0.5wd, 8wh, 24h, 15d, 2mo, 1y or same_day "
          "joined by +, then a cut-off @HH:MM or @last_hour with >start or >result.")
      .def("__str__", [](const TimeLimit& self) { return Str(motcua_time_limit_text(self.get())); })
      .def(
          "__repr__",
          [](const TimeLimit& self) {
            return py::str("TimeLimit.parse({!r})").format(Str(motcua_time_limit_text(self.get())));
          })
      .def("__add__", &Extended)
      .def("__radd__", [](const py::object& self,
                          const py::object& first) { return Extended(ParseLimit(first), self); })
      .def(
          "with_extra", &Extended, py::arg("extra"),
          "This limit and then ``extra``, a TimeLimit or its text; also written ``limit + extra``. "
          "The land procedures' 10 more working days in disadvantaged communes (Decree 151/2025): "
          "``TimeLimit.parse('15wd@15:00>start').with_extra('10wd')`` is ``25wd@15:00>start``. "
          "The cut-off stays this limit's. Raises InvalidArgument for a limit of none and for an "
          "extra with a cut-off.")
      .def("__eq__",
           [](const TimeLimit& self, const py::object& other) {
             if (!py::isinstance<TimeLimit>(other)) return false;
             return Str(motcua_time_limit_text(self.get()))
                 .equal(Str(motcua_time_limit_text(other.cast<const TimeLimit&>().get())));
           })
      .def("__hash__",
           [](const TimeLimit& self) { return py::hash(Str(motcua_time_limit_text(self.get()))); });
}

}  // namespace

void BindTime(py::module_& module) {
  PyDateTime_IMPORT;
  BindTimeLimit(module);
  BindDeadline(module);
  BindCalendar(module);
}

}  // namespace motcua::python
