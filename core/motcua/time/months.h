// The corresponding day of a later month (Civil Code art. 148), without walking the calendar.
#ifndef MOTCUA_TIME_MONTHS_H_
#define MOTCUA_TIME_MONTHS_H_

#include <algorithm>
#include <cstdint>

#include "motcua/base/civil.h"

namespace motcua {

// The day `months` later; the month's last day where it has no such day. In the proleptic
// Gregorian calendar, for days from 0000-03-01 on; after C. Neri and L. Schneider's "Euclidean
// affine functions", with years that begin in March, so that the leap day is the last.
constexpr std::int64_t MonthsLater(std::int64_t day, std::int64_t months) {
  constexpr std::int64_t kEpoch = 719468;  // 1970-01-01 since 0000-03-01
  constexpr std::int64_t kDaysOfFourCenturies = 146097;
  const auto first_of_month = [](std::int64_t month) {  // since March of year 0
    const std::int64_t year = month / 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month % 12 * 979 + 15) / 32;
  };
  const std::int64_t since = day + kEpoch;
  const std::int64_t of_centuries = 4 * since + 3;
  const std::int64_t century = of_centuries / kDaysOfFourCenturies;
  const std::int64_t of_years = of_centuries % kDaysOfFourCenturies / 4 * 4 + 3;
  const std::int64_t day_of_year = of_years % 1461 / 4;
  const std::int64_t month = (century * 100 + of_years / 1461) * 12 + (day_of_year * 5 + 2) / 153;
  const std::int64_t day_of_month = since - first_of_month(month);
  const std::int64_t reached = first_of_month(month + months);
  const std::int64_t length = first_of_month(month + months + 1) - reached;
  return reached + std::min(day_of_month, length - 1) - kEpoch;
}

}  // namespace motcua

#endif  // MOTCUA_TIME_MONTHS_H_
