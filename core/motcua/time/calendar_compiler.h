// Lays weekly hours, national days and exceptions over each other, day by day, and hands
// the result to DayIndex. Used by WorkingCalendar only.
#ifndef MOTCUA_TIME_CALENDAR_COMPILER_H_
#define MOTCUA_TIME_CALENDAR_COMPILER_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/time/calendar_layer.h"
#include "motcua/time/day_index.h"
#include "motcua/time/holiday_law.h"

namespace motcua {

class CalendarCompiler {
 public:
  CalendarCompiler(DayNumber first, DayNumber last);

  // Weekly hours for the days in [from, to), replacing what stood there.
  absl::Status SetWeekly(const std::array<DayHours, 7>& weekly, DayNumber from, DayNumber to);
  // Official days off and make-up days; after every SetWeekly.
  void ApplyNational(std::span<const Holiday> days);
  // The layer's days off, make-up days and half-days; layers in order.
  absl::Status ApplyExceptions(const CalendarLayer& layer);

  DayIndex Finish() &&;

 private:
  // The hours of the weekdays in a span of days.
  struct Week {
    DayNumber from, to;
    std::array<std::uint8_t, 7> pattern;
  };

  absl::StatusOr<std::uint8_t> Intern(const DayHours& hours);
  // What `weekday` works in the week of `day`.
  std::uint8_t HoursOf(DayNumber day, int weekday) const;
  std::uint8_t* At(DayNumber day);

  DayNumber first_, last_;
  std::vector<std::uint8_t> pattern_;
  std::vector<DayPattern> patterns_;
  std::vector<Week> weeks_;  // later ones win
};

}  // namespace motcua

#endif  // MOTCUA_TIME_CALENDAR_COMPILER_H_
