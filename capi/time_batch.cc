// The batches of motcua/c/calendar.h that take a calendar by row and threads.
#include <algorithm>

#include "row_threads.h"
#include "time_handles.h"

using motcua::BatchCalendars;
using motcua::BatchErrors;
using motcua::Strided;
using motcua::capi::Column;
using motcua::capi::GuardBatch;
using motcua::capi::InThreads;
using motcua::capi::ReadStruct;
using motcua::capi::Require;

namespace {

// The handles' values, gathered so that the batch can index them.
struct Calendars {
  std::vector<motcua::WorkingCalendar> values;
  Strided<const int32_t> of_row;
  int32_t threads = 1;

  BatchCalendars From(size_t row) const { return {values, of_row.From(row)}; }
};

absl::StatusOr<Calendars> ReadCalendars(const motcua_calendar_rules* given) {
  motcua_calendar_rules read = MOTCUA_CALENDAR_RULES_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "rules", read));
  Calendars calendars;
  MOTCUA_RETURN_IF_ERROR(motcua::capi::ReadHandles(read.calendars, read.calendar_count,
                                                   "rules.calendars", calendars.values));
  calendars.of_row = {read.calendar_of_row, read.calendar_stride};
  calendars.threads = read.threads;
  return calendars;
}

// Checks the columns and runs `batch(calendars, rows, a, b, out)` over them, in pieces.
template <typename A, typename B, typename Out, typename Batch>
motcua_status RunTwo(const motcua_calendar_rules* rules, size_t rows, Strided<const A> a,
                     const char* a_name, Strided<const B> b, const char* b_name, Strided<Out> out,
                     motcua_error** error, Batch&& batch) {
  return GuardBatch(error, [&]() -> absl::StatusOr<BatchErrors> {
    MOTCUA_ASSIGN_OR_RETURN(const Calendars calendars, ReadCalendars(rules));
    if (rows > 0) {
      MOTCUA_RETURN_IF_ERROR(Require(a.data(), a_name));
      MOTCUA_RETURN_IF_ERROR(Require(b.data(), b_name));
      MOTCUA_RETURN_IF_ERROR(Require(out.data(), "out"));
    }
    return InThreads(rows, calendars.threads, [&](size_t begin, size_t end) {
      return batch(calendars.From(begin), end - begin, a.From(begin), b.From(begin),
                   out.From(begin));
    });
  });
}

template <typename Day>
motcua_status IsWorking(const motcua_calendar_rules* rules, size_t rows, const Day* days,
                        ptrdiff_t days_stride, uint8_t* out, ptrdiff_t out_stride,
                        motcua_error** error) {
  return GuardBatch(error, [&]() -> absl::StatusOr<BatchErrors> {
    MOTCUA_ASSIGN_OR_RETURN(const Calendars calendars, ReadCalendars(rules));
    MOTCUA_ASSIGN_OR_RETURN(const auto from, Column(days, days_stride, rows, "days"));
    MOTCUA_ASSIGN_OR_RETURN(const auto to, Column(out, out_stride, rows, "out"));
    return InThreads(rows, calendars.threads, [&](size_t begin, size_t end) {
      return motcua::IsWorkingDay<Day>(calendars.From(begin), end - begin, from.From(begin),
                                       to.From(begin));
    });
  });
}

}  // namespace

motcua_status motcua_is_working_day_batch32(const motcua_calendar_rules* rules, size_t rows,
                                            const int32_t* days, ptrdiff_t days_stride,
                                            uint8_t* out, ptrdiff_t out_stride,
                                            motcua_error** error) {
  return IsWorking(rules, rows, days, days_stride, out, out_stride, error);
}

motcua_status motcua_is_working_day_batch64(const motcua_calendar_rules* rules, size_t rows,
                                            const int64_t* days, ptrdiff_t days_stride,
                                            uint8_t* out, ptrdiff_t out_stride,
                                            motcua_error** error) {
  return IsWorking(rules, rows, days, days_stride, out, out_stride, error);
}

motcua_status motcua_add_working_days_batch32(const motcua_calendar_rules* rules, size_t rows,
                                              const int32_t* days, ptrdiff_t days_stride,
                                              const int32_t* n, ptrdiff_t n_stride, int32_t* out,
                                              ptrdiff_t out_stride, motcua_error** error) {
  return RunTwo<int32_t, int32_t, int32_t>(rules, rows, {days, days_stride}, "days", {n, n_stride},
                                           "n", {out, out_stride}, error,
                                           motcua::AddWorkingDays<int32_t, int32_t>);
}

motcua_status motcua_add_working_days_batch64(const motcua_calendar_rules* rules, size_t rows,
                                              const int64_t* days, ptrdiff_t days_stride,
                                              const int64_t* n, ptrdiff_t n_stride, int64_t* out,
                                              ptrdiff_t out_stride, motcua_error** error) {
  return RunTwo<int64_t, int64_t, int64_t>(rules, rows, {days, days_stride}, "days", {n, n_stride},
                                           "n", {out, out_stride}, error,
                                           motcua::AddWorkingDays<int64_t, int64_t>);
}

motcua_status motcua_count_working_days_batch32(const motcua_calendar_rules* rules, size_t rows,
                                                const int32_t* start, ptrdiff_t start_stride,
                                                const int32_t* end, ptrdiff_t end_stride,
                                                int32_t* out, ptrdiff_t out_stride,
                                                motcua_error** error) {
  return RunTwo<int32_t, int32_t, int32_t>(rules, rows, {start, start_stride}, "start",
                                           {end, end_stride}, "end", {out, out_stride}, error,
                                           motcua::CountWorkingDays<int32_t, int32_t>);
}

motcua_status motcua_count_working_days_batch64(const motcua_calendar_rules* rules, size_t rows,
                                                const int64_t* start, ptrdiff_t start_stride,
                                                const int64_t* end, ptrdiff_t end_stride,
                                                int64_t* out, ptrdiff_t out_stride,
                                                motcua_error** error) {
  return RunTwo<int64_t, int64_t, int64_t>(rules, rows, {start, start_stride}, "start",
                                           {end, end_stride}, "end", {out, out_stride}, error,
                                           motcua::CountWorkingDays<int64_t, int64_t>);
}

motcua_status motcua_working_minutes_batch(const motcua_calendar_rules* rules, size_t rows,
                                           const int64_t* start, ptrdiff_t start_stride,
                                           const int64_t* end, ptrdiff_t end_stride, int64_t* out,
                                           ptrdiff_t out_stride, motcua_error** error) {
  return RunTwo<int64_t, int64_t, int64_t>(rules, rows, {start, start_stride}, "start",
                                           {end, end_stride}, "end", {out, out_stride}, error,
                                           motcua::WorkingMinutes);
}
