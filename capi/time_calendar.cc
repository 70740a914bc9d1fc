// motcua/c/calendar.h
#include <algorithm>

#include "motcua/base/civil.h"
#include "motcua/time/lunar.h"
#include "time_handles.h"

using motcua::CalendarLayer;
using motcua::DayHours;
using motcua::NoticeRow;
using motcua::Strided;
using motcua::WorkingCalendar;
using motcua::capi::Column;
using motcua::capi::Guard;
using motcua::capi::GuardBatch;
using motcua::capi::ReadStruct;
using motcua::capi::Require;
using motcua::capi::View;

struct motcua_holidays {
  std::vector<motcua_holiday> rows;
  motcua::Dataset dataset;                  // keeps the rows' text
  std::optional<WorkingCalendar> calendar;  // and this, where they came from a calendar
};

namespace {

absl::Status RequireArray(const void* pointer, size_t count, std::string_view name) {
  return count == 0 ? absl::OkStatus() : Require(pointer, name);
}

absl::Status ReadWeek(const char* field, const motcua_period* periods, size_t count,
                      std::array<motcua::DayHours, 7>& week) {
  for (size_t k = 0; k < count; ++k) {
    if (periods[k].day < 0 || periods[k].day > 6) {
      return Error(motcua::Reason::kInvalidArgument, std::string(field) + ".day",
                   std::to_string(periods[k].day), "0 (Monday) .. 6 (Sunday)");
    }
    week[static_cast<size_t>(periods[k].day)].push_back({periods[k].open, periods[k].close});
  }
  return absl::OkStatus();
}

absl::StatusOr<CalendarLayer> ReadLayer(const motcua_layer* from) {
  motcua_layer given = MOTCUA_LAYER_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(from, "layer", given));
  MOTCUA_RETURN_IF_ERROR(RequireArray(given.weekly, given.weekly_count, "layer.weekly"));
  MOTCUA_RETURN_IF_ERROR(RequireArray(given.days_off, given.days_off_count, "layer.days_off"));
  MOTCUA_RETURN_IF_ERROR(RequireArray(given.make_up, given.make_up_count, "layer.make_up"));
  MOTCUA_RETURN_IF_ERROR(RequireArray(given.half_days, given.half_days_count, "layer.half_days"));
  MOTCUA_RETURN_IF_ERROR(RequireArray(given.reception, given.reception_count, "layer.reception"));
  CalendarLayer layer;
  layer.source = View(given.source);
  layer.valid_from = given.valid_from;
  layer.valid_to = given.valid_to;
  if (given.has_weekly != 0) {
    MOTCUA_RETURN_IF_ERROR(
        ReadWeek("weekly", given.weekly, given.weekly_count, layer.weekly.emplace()));
  }
  MOTCUA_RETURN_IF_ERROR(
      ReadWeek("reception", given.reception, given.reception_count, layer.reception));
  for (size_t k = 0; k < given.days_off_count; ++k) {
    layer.days_off.push_back({given.days_off[k].day, std::string(View(given.days_off[k].name))});
  }
  for (size_t k = 0; k < given.make_up_count; ++k) {
    layer.make_up.push_back({given.make_up[k].day, given.make_up[k].weekday});
  }
  for (size_t k = 0; k < given.half_days_count; ++k) {
    const motcua_period& period = given.half_days[k];
    if (layer.half_days.empty() || layer.half_days.back().day != period.day) {
      layer.half_days.push_back({period.day, {}});
    }
    layer.half_days.back().hours.push_back({period.open, period.close});
  }
  return layer;
}

absl::StatusOr<NoticeRow> ReadNotice(const motcua_holiday& row, size_t k) {
  if (row.kind < MOTCUA_HOLIDAY || row.kind > MOTCUA_MAKE_UP) {
    return Error(motcua::Reason::kInvalidArgument, "rows[" + std::to_string(k) + "].kind",
                 std::to_string(row.kind), "holiday, compensatory, swapped_off or make_up");
  }
  return NoticeRow{row.day, static_cast<motcua::HolidayKind>(row.kind), row.partner,
                   std::string(View(row.name)), std::string(View(row.source))};
}

motcua_holiday Row(const motcua::Holiday& day) {
  return {day.day,
          day.partner,
          static_cast<int32_t>(day.kind),
          day.official ? 1 : 0,
          motcua::capi::Text(day.name),
          motcua::capi::Text(day.source)};
}

const motcua::Dataset& DatasetOf(const motcua_dataset* dataset) {
  return dataset == nullptr ? motcua::Dataset::Builtin() : dataset->value;
}

}  // namespace

motcua_status motcua_calendar_national(const motcua_dataset* dataset,
                                       const motcua_national_options* options,
                                       motcua_calendar** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    motcua_national_options given = MOTCUA_NATIONAL_OPTIONS_INIT;
    if (options != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(options, "options", given));
    const motcua::Dataset& facts = DatasetOf(dataset);
    const motcua::HolidayLaw law{.culture_day_compensated = given.culture_day_compensated != 0};
    const motcua::YearSpan years = motcua::CoveredYears(facts);
    const motcua::CivilDay first =
        given.first == MOTCUA_NO_DAY ? motcua::CivilDay(years.first) : motcua::DayFrom(given.first);
    const motcua::CivilDay last = given.last == MOTCUA_NO_DAY ? motcua::CivilDay(years.last, 12, 31)
                                                              : motcua::DayFrom(given.last);
    MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar calendar,
                            WorkingCalendar::National(facts, law, first, last));
    *out = new motcua_calendar(std::move(calendar));
    return absl::OkStatus();
  });
}

motcua_status motcua_calendar_with_layer(const motcua_calendar* calendar, const motcua_layer* layer,
                                         motcua_calendar** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(CalendarLayer read, ReadLayer(layer));
    MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar made, calendar->value.WithLayer(std::move(read)));
    *out = new motcua_calendar(std::move(made));
    return absl::OkStatus();
  });
}

motcua_status motcua_calendar_with_each(const motcua_calendar* calendar, const motcua_layer* layers,
                                        size_t count, motcua_calendar** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(RequireArray(layers, count, "layers"));
    MOTCUA_RETURN_IF_ERROR(RequireArray(out, count, "out"));
    std::vector<CalendarLayer> read;
    // A caller compiled with an older header has smaller structs.
    const size_t step = count > 0 ? layers->struct_size : 0;
    for (size_t k = 0; k < count; ++k) {
      const void* const at = reinterpret_cast<const char*>(layers) + k * step;
      MOTCUA_ASSIGN_OR_RETURN(CalendarLayer layer, ReadLayer(static_cast<const motcua_layer*>(at)));
      read.push_back(std::move(layer));
    }
    MOTCUA_ASSIGN_OR_RETURN(std::vector<WorkingCalendar> made, calendar->value.WithEach(read));
    std::vector<std::unique_ptr<motcua_calendar>> handles;
    for (WorkingCalendar& one : made) {
      handles.push_back(std::make_unique<motcua_calendar>(std::move(one)));
    }
    for (size_t k = 0; k < count; ++k) out[k] = handles[k].release();
    return absl::OkStatus();
  });
}

motcua_status motcua_calendar_with_notice(const motcua_calendar* calendar,
                                          const motcua_holiday* rows, size_t count,
                                          const int32_t* complete_years, size_t complete_year_count,
                                          motcua_calendar** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_RETURN_IF_ERROR(RequireArray(rows, count, "rows"));
    MOTCUA_RETURN_IF_ERROR(RequireArray(complete_years, complete_year_count, "complete_years"));
    std::vector<NoticeRow> notice;
    for (size_t k = 0; k < count; ++k) {
      MOTCUA_ASSIGN_OR_RETURN(NoticeRow row, ReadNotice(rows[k], k));
      notice.push_back(std::move(row));
    }
    MOTCUA_ASSIGN_OR_RETURN(
        WorkingCalendar made,
        calendar->value.WithNotice(std::move(notice), {complete_years, complete_year_count}));
    *out = new motcua_calendar(std::move(made));
    return absl::OkStatus();
  });
}

void motcua_calendar_free(motcua_calendar* calendar) { delete calendar; }

int32_t motcua_calendar_first(const motcua_calendar* calendar) {
  return calendar == nullptr ? MOTCUA_NO_DAY : calendar->value.index().first();
}

int32_t motcua_calendar_last(const motcua_calendar* calendar) {
  return calendar == nullptr ? MOTCUA_NO_DAY : calendar->value.index().last();
}

motcua_text motcua_calendar_version(const motcua_calendar* calendar) {
  return motcua::capi::Text(calendar == nullptr ? std::string_view() : calendar->version);
}

size_t motcua_calendar_index_bytes(const motcua_calendar* calendar) {
  return calendar == nullptr ? 0 : calendar->value.index().bytes();
}

namespace {

template <typename Day>
motcua_status AddDays(const motcua_calendar* calendar, size_t rows, const Day* days,
                      ptrdiff_t days_stride, const int64_t* n, ptrdiff_t n_stride, Day* out,
                      ptrdiff_t out_stride, motcua_error** error) {
  return GuardBatch(error, [&]() -> absl::StatusOr<motcua::BatchErrors> {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_ASSIGN_OR_RETURN(const auto from, Column(days, days_stride, rows, "days"));
    MOTCUA_ASSIGN_OR_RETURN(const auto count, Column(n, n_stride, rows, "n"));
    MOTCUA_ASSIGN_OR_RETURN(const auto to, Column(out, out_stride, rows, "out"));
    return motcua::AddWorkingDays<Day, int64_t>(calendar->value, rows, from, count, to);
  });
}

template <typename Day>
motcua_status CountDays(const motcua_calendar* calendar, size_t rows, const Day* start,
                        ptrdiff_t start_stride, const Day* end, ptrdiff_t end_stride, int64_t* out,
                        ptrdiff_t out_stride, motcua_error** error) {
  return GuardBatch(error, [&]() -> absl::StatusOr<motcua::BatchErrors> {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_ASSIGN_OR_RETURN(const auto from, Column(start, start_stride, rows, "start"));
    MOTCUA_ASSIGN_OR_RETURN(const auto until, Column(end, end_stride, rows, "end"));
    MOTCUA_ASSIGN_OR_RETURN(const auto to, Column(out, out_stride, rows, "out"));
    return motcua::CountWorkingDays<Day, int64_t>(calendar->value, rows, from, until, to);
  });
}

}  // namespace

motcua_status motcua_calendar_is_working_day(const motcua_calendar* calendar, size_t rows,
                                             const int64_t* days, ptrdiff_t days_stride,
                                             uint8_t* out, ptrdiff_t out_stride,
                                             motcua_error** error) {
  return GuardBatch(error, [&]() -> absl::StatusOr<motcua::BatchErrors> {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_ASSIGN_OR_RETURN(const auto from, Column(days, days_stride, rows, "days"));
    MOTCUA_ASSIGN_OR_RETURN(const auto to, Column(out, out_stride, rows, "out"));
    return motcua::IsWorkingDay<int64_t>(calendar->value, rows, from, to);
  });
}

motcua_status motcua_calendar_add_working_days32(const motcua_calendar* calendar, size_t rows,
                                                 const int32_t* days, ptrdiff_t days_stride,
                                                 const int64_t* n, ptrdiff_t n_stride, int32_t* out,
                                                 ptrdiff_t out_stride, motcua_error** error) {
  return AddDays(calendar, rows, days, days_stride, n, n_stride, out, out_stride, error);
}

motcua_status motcua_calendar_add_working_days64(const motcua_calendar* calendar, size_t rows,
                                                 const int64_t* days, ptrdiff_t days_stride,
                                                 const int64_t* n, ptrdiff_t n_stride, int64_t* out,
                                                 ptrdiff_t out_stride, motcua_error** error) {
  return AddDays(calendar, rows, days, days_stride, n, n_stride, out, out_stride, error);
}

motcua_status motcua_calendar_count_working_days32(const motcua_calendar* calendar, size_t rows,
                                                   const int32_t* start, ptrdiff_t start_stride,
                                                   const int32_t* end, ptrdiff_t end_stride,
                                                   int64_t* out, ptrdiff_t out_stride,
                                                   motcua_error** error) {
  return CountDays(calendar, rows, start, start_stride, end, end_stride, out, out_stride, error);
}

motcua_status motcua_calendar_count_working_days64(const motcua_calendar* calendar, size_t rows,
                                                   const int64_t* start, ptrdiff_t start_stride,
                                                   const int64_t* end, ptrdiff_t end_stride,
                                                   int64_t* out, ptrdiff_t out_stride,
                                                   motcua_error** error) {
  return CountDays(calendar, rows, start, start_stride, end, end_stride, out, out_stride, error);
}

motcua_status motcua_calendar_working_minutes(const motcua_calendar* calendar, size_t rows,
                                              const int64_t* start, ptrdiff_t start_stride,
                                              const int64_t* end, ptrdiff_t end_stride,
                                              int64_t* out, ptrdiff_t out_stride,
                                              motcua_error** error) {
  return GuardBatch(error, [&]() -> absl::StatusOr<motcua::BatchErrors> {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_ASSIGN_OR_RETURN(const auto from, Column(start, start_stride, rows, "start"));
    MOTCUA_ASSIGN_OR_RETURN(const auto until, Column(end, end_stride, rows, "end"));
    MOTCUA_ASSIGN_OR_RETURN(const auto to, Column(out, out_stride, rows, "out"));
    return motcua::WorkingMinutes(calendar->value, rows, from, until, to);
  });
}

motcua_status motcua_holidays_of(const motcua_dataset* dataset, int32_t year, motcua_holidays** out,
                                 motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    auto made =
        std::make_unique<motcua_holidays>(motcua_holidays{{}, DatasetOf(dataset), std::nullopt});
    MOTCUA_ASSIGN_OR_RETURN(const std::vector<motcua::Holiday> days,
                            motcua::HolidaysOf(year, made->dataset));
    for (const motcua::Holiday& day : days) made->rows.push_back(Row(day));
    *out = made.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_calendar_holidays(const motcua_calendar* calendar, int32_t year,
                                       motcua_holidays** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    const WorkingCalendar& value = calendar->value;
    if (year < value.first().year() || year > value.last().year()) {
      return Error(motcua::Reason::kOutsideCoverage, "year", std::to_string(year),
                   "a year of the calendar's coverage");
    }
    auto made =
        std::make_unique<motcua_holidays>(motcua_holidays{{}, motcua::Dataset::Builtin(), value});
    for (const motcua::Holiday& day : value.special_days()) {
      if (motcua::DayFrom(day.day).year() == year) made->rows.push_back(Row(day));
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_holidays_count(const motcua_holidays* holidays) {
  return holidays == nullptr ? 0 : holidays->rows.size();
}

const motcua_holiday* motcua_holidays_at(const motcua_holidays* holidays, size_t k) {
  return k < motcua_holidays_count(holidays) ? &holidays->rows[k] : nullptr;
}

void motcua_holidays_free(motcua_holidays* holidays) { delete holidays; }

motcua_status motcua_lunar_of(int32_t day, motcua_lunar_date* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::LunarDate date, motcua::LunarOf(motcua::DayFrom(day)));
    *out = {date.year, date.month, date.day, date.leap ? 1 : 0, date.verified ? 1 : 0};
    return absl::OkStatus();
  });
}

motcua_status motcua_solar_of(const motcua_lunar_date* date, int32_t* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(date, "date"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(
        const motcua::CivilDay day,
        motcua::SolarOf({date->year, date->month, date->day, date->leap != 0, true}));
    *out = motcua::ToNumber(day);
    return absl::OkStatus();
  });
}
