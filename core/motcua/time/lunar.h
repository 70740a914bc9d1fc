// The Vietnamese lunar calendar (âm lịch), both ways, for 1900-2199.
//
//   LunarOf(CivilDay(2025, 1, 29))             -> 1/1 of 2025 (Tết Ất Tỵ)
//   SolarOf({.year = 2025, .month = 3, .day = 10}) -> 2025-04-07 (Giỗ Tổ Hùng Vương)
//
// Reckoned at UTC+7 from 1968 on. Earlier years are reckoned at UTC+8 and not verified: the
// civil time of the country differed by period and region.
#ifndef MOTCUA_TIME_LUNAR_H_
#define MOTCUA_TIME_LUNAR_H_

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"

namespace motcua {

struct LunarDate {
  int year = 0;
  int month = 1;         // 1..12
  int day = 1;           // 1..30
  bool leap = false;     // the second of two months of this number (tháng nhuận)
  bool verified = true;  // false for years before 1968
  friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

// The lunar date of a day, which is the same for the whole day.
// Errors: kOutsideCoverage before 1900-01-01 and after 2199-12-31. O(log years).
absl::StatusOr<LunarDate> LunarOf(CivilDay day, const Dataset& dataset = Dataset::Builtin());

// The day of a lunar date; `verified` is not read.
// Errors: kOutsideCoverage for a year outside 1900..2199; kInvalidArgument for a month that
// is not leap in that year, or a day that the month does not have.
absl::StatusOr<CivilDay> SolarOf(const LunarDate& date,
                                 const Dataset& dataset = Dataset::Builtin());

}  // namespace motcua

#endif  // MOTCUA_TIME_LUNAR_H_
