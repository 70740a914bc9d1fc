// Weekdays of day numbers, Monday first.
#ifndef MOTCUA_TIME_WEEKDAY_H_
#define MOTCUA_TIME_WEEKDAY_H_

#include <array>
#include <string_view>

#include "motcua/base/civil.h"

namespace motcua {

// 0 Monday .. 6 Sunday; 1970-01-01 was a Thursday.
constexpr int WeekdayOf(DayNumber day) {
  const int weekday = (day + 3) % 7;
  return weekday < 0 ? weekday + 7 : weekday;
}

inline constexpr std::array<std::string_view, 7> kWeekdayNames = {"mon", "tue", "wed", "thu",
                                                                  "fri", "sat", "sun"};

// The weekday of a name such as "mon"; -1 if it is none.
constexpr int WeekdayFromName(std::string_view name) {
  for (std::size_t k = 0; k < kWeekdayNames.size(); ++k) {
    if (kWeekdayNames[k] == name) return static_cast<int>(k);
  }
  return -1;
}

}  // namespace motcua

#endif  // MOTCUA_TIME_WEEKDAY_H_
