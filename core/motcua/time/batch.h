// The calendar's questions for whole columns: one pass, no allocation per row.
//
//   BatchErrors errors = AddWorkingDays<DayNumber, std::int32_t>(calendar, rows, days, n, out);
//   if (!errors.rows.empty()) ...   // errors.first says why the first one failed
//
// "No such time" in gives "no such time" out, and is no error. A row that fails gets "no such
// time" and is listed; every other row is still computed. Days may be int32 or int64; "no such
// day" is the smallest number of the column's type. A result may stand in an argument's place.
// Thread safety: pure; rows are independent, so a caller may cut a batch into pieces.
#ifndef MOTCUA_TIME_BATCH_H_
#define MOTCUA_TIME_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "motcua/base/civil.h"
#include "motcua/time/deadline.h"
#include "motcua/time/strided.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

struct BatchErrors {
  absl::Status first;             // of rows.front(); OK where no row failed
  std::vector<std::size_t> rows;  // ascending
};

// Which calendar each row is counted with. An index out of range fails its row.
struct BatchCalendars {
  BatchCalendars(const WorkingCalendar& one) : calendars(&one, 1) {}  // NOLINT: for all rows
  BatchCalendars(std::span<const WorkingCalendar> several, Strided<const std::int32_t> index)
      : calendars(several), of_row(index) {}

  std::span<const WorkingCalendar> calendars;  // at least one
  Strided<const std::int32_t> of_row;          // empty: calendars[0] for all
};

// The n-th working day after each day; `n` by row or, with stride 0, one for all.
// <Day, N> is <int32, int32>, <int32, int64> or <int64, int64>.
template <typename Day, typename N>
BatchErrors AddWorkingDays(const BatchCalendars& calendars, std::size_t rows,
                           Strided<const Day> days, Strided<const N> n, Strided<Day> out);

// Working days in (start, end]; the smallest Count where either is "no such day".
// <Day, Count> is <int32, int32>, <int32, int64> or <int64, int64>.
template <typename Day, typename Count>
BatchErrors CountWorkingDays(const BatchCalendars& calendars, std::size_t rows,
                             Strided<const Day> start, Strided<const Day> end, Strided<Count> out);

// 1 or 0; 0 for "no such day".
template <typename Day>
BatchErrors IsWorkingDay(const BatchCalendars& calendars, std::size_t rows, Strided<const Day> days,
                         Strided<std::uint8_t> out);

// Working minutes in [start, end); INT64_MIN where either is "no such time".
BatchErrors WorkingMinutes(const BatchCalendars& calendars, std::size_t rows,
                           Strided<const MinuteNumber> start, Strided<const MinuteNumber> end,
                           Strided<std::int64_t> out);

// Which calendar and limit each row is counted with.
struct BatchRules {
  std::span<const WorkingCalendar> calendars;   // at least one
  Strided<const std::int32_t> calendar_of_row;  // empty: calendars[0] for all
  std::span<const TimeLimit> limits;            // at least one
  Strided<const std::int32_t> limit_of_row;     // empty: limits[0] for all
  Policy policy = Policy::kByDay;
};

// The due minute of each acceptance; "no such time" for a limit of none.
// A calendar or limit index out of range fails its row.
BatchErrors Deadlines(const BatchRules& rules, std::size_t rows,
                      Strided<const MinuteNumber> accepted_at, Strided<MinuteNumber> due);

// The greatest minute whose due time is not after each wished one, see latest_acceptance.h; a row
// that no acceptance can meet fails, and so does a limit of none.
BatchErrors LatestAcceptances(const BatchRules& rules, std::size_t rows,
                              Strided<const MinuteNumber> due, Strided<MinuteNumber> latest);

}  // namespace motcua

#endif  // MOTCUA_TIME_BATCH_H_
