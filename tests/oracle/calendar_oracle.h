// A slow, obvious working calendar, written from the law alone; it shares no code and no
// data with the library that it judges.
//
// A day is a number counted from 1970-01-01, a minute one counted from 1970-01-01T00:00,
// both in the civil time of Vietnam. Every answer is found by walking day by day.
#ifndef MOTCUA_TESTS_ORACLE_CALENDAR_ORACLE_H_
#define MOTCUA_TESTS_ORACLE_CALENDAR_ORACLE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace motcua::oracle {

using Day = int;
using Minute = std::int64_t;

inline constexpr Minute kDayMinutes = 1440;

// Thrown when an answer needs a day outside the calendar's coverage.
struct Outside : std::runtime_error {
  explicit Outside(Day day) : std::runtime_error("day " + std::to_string(day) + " not covered") {}
};

// ---- civil days ----
Day DayAt(int year, int month, int day);
struct Civil {
  int year, month, day;
};
Civil CivilOf(Day day);
int DaysInMonth(int year, int month);
inline int WeekdayOf(Day day) { return ((day + 3) % 7 + 7) % 7; }  // 0 Monday; 1970-01-01: Thursday
inline Day DayOf(Minute minute) {
  return static_cast<Day>((minute - ((minute % kDayMinutes) + kDayMinutes) % kDayMinutes) /
                          kDayMinutes);
}
inline Minute MinuteAt(Day day, int minute_of_day) { return day * kDayMinutes + minute_of_day; }
Minute ParseMinuteText(const std::string& text);  // "2025-07-01T08:15"
Day ParseDayText(const std::string& text);        // "2025-07-01"
std::string DayText(Day day);
std::string MinuteText(Minute minute);

// ---- the law's days ----
// National days off, those that fall on a weekend included.
const std::set<Day>& OfficialDaysOff();
// Days of rest that are worked, with the day whose hours they take.
const std::vector<std::pair<Day, Day>>& OfficialMakeUpDays();  // (worked, instead of)
// Whether the year has a complete official table (2015-2026).
bool OfficialYear(int year);

// ---- the office's days ----
struct Period {
  int open, close;  // minutes of the day; open until, and at, `close`
  friend bool operator==(const Period&, const Period&) = default;
};
using Hours = std::vector<Period>;

struct Layer {
  std::optional<std::array<Hours, 7>> weekly;  // Monday first
  std::vector<Day> days_off;
  std::vector<std::pair<Day, int>> make_up;  // day, weekday whose hours it has
  std::vector<std::pair<Day, Hours>> half_days;
  std::optional<Day> valid_from;
  std::optional<Day> valid_to;  // exclusive
};

class Calendar {
 public:
  Calendar(std::vector<Layer> layers, Day first, Day last);

  Day first() const { return first_; }
  Day last() const { return last_; }
  const std::vector<Layer>& layers() const { return layers_; }

  // All of these throw Outside.
  const Hours& HoursOf(Day day) const;  // empty: off
  bool IsWorkingDay(Day day) const { return !HoursOf(day).empty(); }
  Minute LastClosing(Day day) const { return MinuteAt(day, HoursOf(day).back().close); }
  Day NextWorkingDay(Day day) const;                      // the first after `day`
  Day RollForward(Day day) const;                         // `day` if it is one, else the next
  Day AddWorkingDays(Day day, int n) const;               // n = 0: `day` itself
  int CountWorkingDays(Day start, Day end) const;         // in (start, end]; negative if reversed
  bool IsWorkingMinute(Minute minute) const;              // the minute [m, m + 1) is worked
  bool IsOpenAt(Minute minute) const;                     // as above, or a closing minute
  Minute WorkingMinutes(Minute start, Minute end) const;  // in [start, end)
  Minute EffectiveStart(Minute at) const;  // `at` if open (closing included), else next opening
  Minute NextClosing(Minute at) const;     // `at` if open, else the next closing of any period

 private:
  Hours Compute(Day day) const;

  std::vector<Layer> layers_;
  Day first_, last_;
  mutable std::vector<std::optional<Hours>> known_;  // what HoursOf has found already
};

}  // namespace motcua::oracle

#endif  // MOTCUA_TESTS_ORACLE_CALENDAR_ORACLE_H_
