// The rows of the time tables in a dataset image.
//
//   time.special_days  every day that national law or a notice takes out of or puts into the
//                      working week, in order of day
//   time.holiday_names what the holidays are called in English; an image may be without it
//   time.years         the years covered, and whether a complete official table exists
//   time.weekly        the default office hours by weekday
//   time.lunar_years   the Vietnamese lunar years 1899-2199
#ifndef MOTCUA_TIME_TIME_ROWS_H_
#define MOTCUA_TIME_TIME_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "motcua/base/dataset.h"

namespace motcua {

struct SpecialDayRow {
  std::int32_t day;      // DayNumber
  std::int32_t partner;  // the other day of a swap; kNoDay where there is none
  TextRef name;
  TextRef source;         // article or number of the notice
  std::uint8_t kind;      // HolidayKind
  std::uint8_t group;     // HolidayGroup
  std::uint8_t official;  // 1: from the official table of its year; 0: from the rules
  std::uint8_t needs_culture_compensation;  // 1: holds only if 24/11 is compensated
};

struct HolidayNameRow {
  TextRef name;  // as in SpecialDayRow
  TextRef english;
};

// An index numbers its days in 16 bits.
inline constexpr std::size_t kMostCoveredYears = 179;

struct CoveredYearRow {
  std::int32_t year;
  std::uint32_t official;  // 1: a complete official table exists
  TextRef source;
};

struct OfficePeriodRow {
  std::uint16_t weekday;  // 0 Monday .. 6 Sunday
  std::uint16_t open;     // minute of the day
  std::uint16_t close;
  std::uint16_t reserved;
};

struct LunarYearRow {
  std::int32_t first_day;  // DayNumber of 1/1
  std::uint16_t year;
  std::uint16_t long_months;  // bit k: the k-th month in order has 30 days, else 29
  std::uint8_t leap_month;    // the month that is repeated; 0 for none
  std::uint8_t month_count;   // 12 or 13
  std::uint8_t verified;      // 1: reckoned at UTC+7, compared with published tables
  std::uint8_t reserved;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_TIME_ROWS_H_
