#include "motcua/time/lunar.h"

#include <algorithm>
#include <span>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/time_rows.h"

namespace motcua {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

int MonthLength(const LunarYearRow& row, int position) {
  return 29 + ((row.long_months >> position) & 1);
}

std::string Show(const LunarDate& date) {
  return absl::StrCat(date.day, "/", date.month, date.leap ? " (leap)" : "", "/", date.year);
}

}  // namespace

absl::StatusOr<LunarDate> LunarOf(CivilDay day, const Dataset& dataset) {
  const auto years = dataset.table<LunarYearRow>("time.lunar_years");
  if (years.empty() || day.year() < kFirstYear || day.year() > kLastYear) {
    return Error(Reason::kOutsideCoverage, "date", ToString(day),
                 "a day in 1900-01-01 .. 2199-12-31");
  }
  const DayNumber number = ToNumber(day);
  const auto after = std::upper_bound(
      years.begin(), years.end(), number,
      [](DayNumber value, const LunarYearRow& row) { return value < row.first_day; });
  const LunarYearRow& row = *(after - 1);
  int left = number - row.first_day;
  int position = 0;
  while (left >= MonthLength(row, position)) left -= MonthLength(row, position++);
  LunarDate date{row.year, position + 1, left + 1, false, row.verified != 0};
  if (row.leap_month != 0 && position >= row.leap_month) {
    date.month = position;
    date.leap = position == row.leap_month;
  }
  return date;
}

absl::StatusOr<CivilDay> SolarOf(const LunarDate& date, const Dataset& dataset) {
  const auto years = dataset.table<LunarYearRow>("time.lunar_years");
  if (years.empty() || date.year < kFirstYear || date.year > kLastYear) {
    return Error(Reason::kOutsideCoverage, "lunar year", absl::StrCat(date.year),
                 "a year in 1900 .. 2199");
  }
  const LunarYearRow& row = years[static_cast<std::size_t>(date.year - years.front().year)];
  if (date.month < 1 || date.month > 12 || (date.leap && row.leap_month != date.month)) {
    return Error(Reason::kInvalidArgument, "lunar date", Show(date),
                 row.leap_month == 0
                     ? absl::StrCat("a month 1 .. 12; ", date.year, " has no leap month")
                     : absl::StrCat("a month 1 .. 12; leap only month ", row.leap_month));
  }
  const bool shifted = row.leap_month != 0 && (date.leap || date.month > row.leap_month);
  const int position = date.month - 1 + (shifted ? 1 : 0);
  if (date.day < 1 || date.day > MonthLength(row, position)) {
    return Error(Reason::kInvalidArgument, "lunar date", Show(date),
                 absl::StrCat("a day 1 .. ", MonthLength(row, position)));
  }
  DayNumber number = row.first_day + date.day - 1;
  for (int k = 0; k < position; ++k) number += MonthLength(row, k);
  return DayFrom(number);
}

}  // namespace motcua
