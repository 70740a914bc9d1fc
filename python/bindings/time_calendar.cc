// motcua/c/calendar.h and the batch of motcua/c/deadline.h, for Python. Columns cross as
// buffers; the caller has made them contiguous and of one size.
#include <pybind11/stl.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "time_bindings.h"

namespace motcua::python {

void Refuse(const char* field, const py::handle& value, const char* expected) {
  py::module_::import("motcua._civil").attr("refuse")(field, value, expected);
  throw std::logic_error("motcua._civil.refuse returned");
}

namespace {

// A contiguous column of a NumPy array.
template <typename T>
struct Column {
  explicit Column(const py::buffer& buffer)
      : info(buffer.request()), data(static_cast<T*>(info.ptr)) {}
  size_t rows() const { return static_cast<size_t>(info.size); }
  py::buffer_info info;
  T* data;
};

// Runs a batch without the GIL; failures become the exception that lists the bad rows.
template <typename Function, typename... Arguments>
void CallReleased(Function* function, Arguments... arguments) {
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    status = function(arguments..., &error);
  }
  if (status != MOTCUA_OK) Raise(status, error);
}

// (source, valid_from, valid_to, weekly or None, days_off, make_up, half_days, reception), as
// motcua/_layers.py lays out a layer; keeps what the C struct borrows.
class LayerArgument {
 public:
  explicit LayerArgument(const py::tuple& layer) : source_(layer[0].cast<std::string>()) {
    value_.source = Text(source_);
    value_.valid_from = layer[1].cast<int32_t>();
    value_.valid_to = layer[2].cast<int32_t>();
    value_.has_weekly = !layer[3].is_none();
    if (value_.has_weekly != 0) ReadPeriods(layer[3], weekly_);
    for (const py::handle row : layer[4]) {
      const auto pair = row.cast<py::tuple>();
      names_.push_back(pair[1].cast<std::string>());
      days_off_.push_back({pair[0].cast<int32_t>(), {nullptr, 0}});
    }
    for (size_t k = 0; k < names_.size(); ++k) days_off_[k].name = Text(names_[k]);
    for (const py::handle row : layer[5]) {
      const auto pair = row.cast<py::tuple>();
      make_up_.push_back({pair[0].cast<int32_t>(), pair[1].cast<int32_t>()});
    }
    ReadPeriods(layer[6], half_days_);
    ReadPeriods(layer[7], reception_);
    value_.weekly = weekly_.data(), value_.weekly_count = weekly_.size();
    value_.days_off = days_off_.data(), value_.days_off_count = days_off_.size();
    value_.make_up = make_up_.data(), value_.make_up_count = make_up_.size();
    value_.half_days = half_days_.data(), value_.half_days_count = half_days_.size();
    value_.reception = reception_.data(), value_.reception_count = reception_.size();
  }
  LayerArgument(const LayerArgument&) = delete;
  const motcua_layer& value() const { return value_; }

 private:
  static void ReadPeriods(const py::handle& rows, std::vector<motcua_period>& out) {
    for (const py::handle row : rows) {
      const auto period = row.cast<py::tuple>();
      out.push_back(
          {period[0].cast<int32_t>(), period[1].cast<uint16_t>(), period[2].cast<uint16_t>()});
    }
  }

  std::string source_;
  std::vector<std::string> names_;
  std::vector<motcua_period> weekly_, half_days_, reception_;
  std::vector<motcua_day_off> days_off_;
  std::vector<motcua_make_up> make_up_;
  motcua_layer value_ = MOTCUA_LAYER_INIT;
};

Calendar National(const Dataset* dataset, int32_t first, int32_t last, bool compensated) {
  motcua_national_options options = MOTCUA_NATIONAL_OPTIONS_INIT;
  options.first = first;
  options.last = last;
  options.culture_day_compensated = compensated;
  motcua_calendar* made = nullptr;
  Call(motcua_calendar_national, dataset == nullptr ? nullptr : dataset->get(), &options, &made);
  return Calendar(made);
}

py::list WithEach(const Calendar& self, const py::list& layers) {
  std::vector<std::unique_ptr<LayerArgument>> arguments;
  std::vector<motcua_layer> values;
  for (const py::handle layer : layers) {
    arguments.push_back(std::make_unique<LayerArgument>(layer.cast<py::tuple>()));
    values.push_back(arguments.back()->value());
  }
  std::vector<motcua_calendar*> made(values.size());
  Call(motcua_calendar_with_each, self.get(), values.data(), values.size(), made.data());
  py::list calendars;
  for (motcua_calendar* calendar : made) calendars.append(py::cast(Calendar(calendar)));
  return calendars;
}

// Rows are (day, kind, partner, name, source).
Calendar WithNotice(const Calendar& self, const py::list& rows, const std::vector<int32_t>& years) {
  std::vector<std::string> texts;
  std::vector<motcua_holiday> notice;
  texts.reserve(2 * rows.size());
  for (const py::handle row : rows) {
    const auto cells = row.cast<py::tuple>();
    const std::string& name = texts.emplace_back(cells[3].cast<std::string>());
    const std::string& source = texts.emplace_back(cells[4].cast<std::string>());
    notice.push_back({cells[0].cast<int32_t>(), cells[2].cast<int32_t>(), cells[1].cast<int32_t>(),
                      1, Text(name), Text(source)});
  }
  motcua_calendar* made = nullptr;
  Call(motcua_calendar_with_notice, self.get(), notice.data(), notice.size(), years.data(),
       years.size(), &made);
  return Calendar(made);
}

// Rows (day, partner, kind, official, name, source).
py::list HolidayRows(motcua_holidays* made) {
  const Handle<motcua_holidays, motcua_holidays_free> holidays(made);
  py::list rows;
  for (size_t k = 0; k < motcua_holidays_count(made); ++k) {
    const motcua_holiday* const day = motcua_holidays_at(made, k);
    rows.append(py::make_tuple(DateFrom(day->day), DateFrom(day->partner), day->kind,
                               day->official != 0, Str(day->name), Str(day->source)));
  }
  return rows;
}

struct BatchArguments {
  std::vector<const motcua_calendar*> calendars;
  std::vector<const motcua_time_limit*> limits;
};

// One of the batches of minutes: from a column of times to another.
template <auto kBatch>
void MinuteBatch(const py::list& calendars, const py::object& calendar_of_row,
                 const py::list& limits, const py::object& limit_of_row, int32_t policy,
                 const py::buffer& given, const py::buffer& out, int32_t threads) {
  BatchArguments arguments;
  for (const py::handle calendar : calendars) {
    arguments.calendars.push_back(calendar.cast<const Calendar&>().get());
  }
  for (const py::handle limit : limits) {
    arguments.limits.push_back(limit.cast<const TimeLimit&>().get());
  }
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.policy = policy;
  rules.calendars = arguments.calendars.data();
  rules.calendar_count = arguments.calendars.size();
  rules.limits = arguments.limits.data();
  rules.limit_count = arguments.limits.size();
  rules.threads = threads;
  std::optional<Column<int32_t>> calendar_column, limit_column;
  if (!calendar_of_row.is_none()) {
    rules.calendar_of_row = calendar_column.emplace(calendar_of_row.cast<py::buffer>()).data;
  }
  if (!limit_of_row.is_none()) {
    rules.limit_of_row = limit_column.emplace(limit_of_row.cast<py::buffer>()).data;
  }
  const Column<int64_t> from(given), to(out);
  CallReleased(kBatch, &rules, from.rows(), from.data, ptrdiff_t{sizeof(int64_t)}, to.data,
               ptrdiff_t{sizeof(int64_t)});
}

constexpr ptrdiff_t kStep = sizeof(int64_t);

// A calendar for every row, or one by row.
class CalendarRules {
 public:
  CalendarRules(const py::list& calendars, const py::object& calendar_of_row, int32_t threads) {
    for (const py::handle calendar : calendars) {
      handles_.push_back(calendar.cast<const Calendar&>().get());
    }
    if (!calendar_of_row.is_none()) {
      rules_.calendar_of_row = index_.emplace(calendar_of_row.cast<py::buffer>()).data;
    }
    rules_.calendars = handles_.data();
    rules_.calendar_count = handles_.size();
    rules_.threads = threads;
  }
  CalendarRules(const CalendarRules&) = delete;
  const motcua_calendar_rules* get() const { return &rules_; }

 private:
  std::vector<const motcua_calendar*> handles_;
  std::optional<Column<int32_t>> index_;
  motcua_calendar_rules rules_ = MOTCUA_CALENDAR_RULES_INIT;
};

// Two columns of times or amounts, and what comes of them; the second may be one value for all.
template <auto kBatch>
void RunTwoColumns(const py::list& calendars, const py::object& calendar_of_row,
                   const py::buffer& first, const py::buffer& second, const py::buffer& out,
                   int32_t threads) {
  const CalendarRules rules(calendars, calendar_of_row, threads);
  const Column<int64_t> a(first), b(second), to(out);
  CallReleased(kBatch, rules.get(), a.rows(), a.data, kStep, b.data,
               b.info.ndim == 0 ? ptrdiff_t{0} : kStep, to.data, kStep);
}

void BindColumns(py::module_& module) {
  module.def("is_working_day_batch",
             [](const py::list& calendars, const py::object& calendar_of_row,
                const py::buffer& days, const py::buffer& out, int32_t threads) {
               const CalendarRules rules(calendars, calendar_of_row, threads);
               const Column<int64_t> from(days);
               const Column<uint8_t> to(out);
               CallReleased(motcua_is_working_day_batch64, rules.get(), from.rows(), from.data,
                            kStep, to.data, ptrdiff_t{1});
             });
  module.def("add_working_days_batch", &RunTwoColumns<motcua_add_working_days_batch64>);
  module.def("count_working_days_batch", &RunTwoColumns<motcua_count_working_days_batch64>);
  module.def("working_minutes_batch", &RunTwoColumns<motcua_working_minutes_batch>);
}

void BindDates(py::module_& module) {
  module.def("holidays", [](const Dataset* dataset, int32_t year) {
    motcua_holidays* made = nullptr;
    Call(motcua_holidays_of, dataset == nullptr ? nullptr : dataset->get(), year, &made);
    return HolidayRows(made);
  });
  module.def("lunar", [](int32_t day) {
    motcua_lunar_date date{};
    Call(motcua_lunar_of, day, &date);
    return py::make_tuple(date.year, date.month, date.day, date.leap != 0, date.verified != 0);
  });
  module.def("solar", [](int32_t year, int32_t month, int32_t day, bool leap) {
    const motcua_lunar_date date{year, month, day, leap ? 1 : 0, 1};
    int32_t number = 0;
    Call(motcua_solar_of, &date, &number);
    return DateFrom(number);
  });
  module.def("clock_start", [](const py::object& received_at, const py::object& competent_at) {
    int64_t minute = 0;
    Call(motcua_clock_start, MinuteOf(received_at, "received_at"),
         competent_at.is_none() ? MOTCUA_NO_MINUTE : MinuteOf(competent_at, "competent_at"),
         &minute);
    return DateTimeFrom(minute);
  });
}

}  // namespace

void BindCalendar(py::module_& module) {
  py::class_<Calendar> calendar(module, "Calendar");
  calendar.def_static("national", &National)
      .def("with_layer",
           [](const Calendar& self, const py::tuple& layer) {
             const LayerArgument argument(layer);
             motcua_calendar* made = nullptr;
             Call(motcua_calendar_with_layer, self.get(), &argument.value(), &made);
             return Calendar(made);
           })
      .def("with_each", &WithEach)
      .def("with_notice", &WithNotice)
      .def("holidays",
           [](const Calendar& self, int32_t year) {
             motcua_holidays* made = nullptr;
             Call(motcua_calendar_holidays, self.get(), year, &made);
             return HolidayRows(made);
           })
      .def("coverage",
           [](const Calendar& self) {
             return py::make_tuple(DateFrom(motcua_calendar_first(self.get())),
                                   DateFrom(motcua_calendar_last(self.get())));
           })
      .def("version", [](const Calendar& self) { return Str(motcua_calendar_version(self.get())); })
      .def("index_bytes",
           [](const Calendar& self) { return motcua_calendar_index_bytes(self.get()); });
  module.def("compute_deadline", &ComputeOne);
  module.def("deadline_batch", &MinuteBatch<motcua_deadline_batch>);
  module.def("latest_acceptance_batch", &MinuteBatch<motcua_latest_acceptance_batch>);
  BindColumns(module);
  BindDates(module);
}

}  // namespace motcua::python
