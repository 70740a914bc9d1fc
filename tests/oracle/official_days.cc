// The days off of the whole country, typed from the notices and from the Labour Codes.
#include <algorithm>

#include "tests/oracle/calendar_oracle.h"

namespace motcua::oracle {
namespace {

struct MonthDay {
  int month, day;
};

struct Swap {
  Day worked, off;
};

// A year whose notices are all known: weekdays off, holidays that fall on a weekend, and the
// days of rest worked for one of the weekdays off.
// READING: the five days of Tet may begin one or two days before the new year, and National
// Day's second day may be the one before or after. Where the weekdays off allow both, a day of
// a weekend is not taken for a holiday: Saturday 2016-02-06, Sundays 2019-02-03, 2022-01-30,
// 2024-09-01 and 2026-02-15. Only an office that opens on weekends can tell the difference.
struct Year {
  int year;
  std::vector<MonthDay> weekdays_off;
  std::vector<MonthDay> weekend_holidays;
  std::vector<Swap> swaps;
};

const std::vector<Year>& OfficialYears() {
  static const auto& years = *new std::vector<Year>{
      {2015,
       {{1, 1},
        {1, 2},
        {2, 16},
        {2, 17},
        {2, 18},
        {2, 19},
        {2, 20},
        {2, 23},
        {4, 28},
        {4, 29},
        {4, 30},
        {5, 1},
        {9, 2}},
       {{2, 21}},
       {{DayAt(2014, 12, 27), DayAt(2015, 1, 2)},
        {DayAt(2015, 2, 14), DayAt(2015, 2, 16)},
        {DayAt(2015, 4, 25), DayAt(2015, 4, 29)}}},
      {2016,
       {{1, 1}, {2, 8}, {2, 9}, {2, 10}, {2, 11}, {2, 12}, {4, 18}, {5, 2}, {5, 3}, {9, 2}},
       {{2, 7}, {4, 16}, {4, 30}, {5, 1}},
       {}},
      {2017,
       {{1, 2}, {1, 26}, {1, 27}, {1, 30}, {1, 31}, {2, 1}, {4, 6}, {5, 1}, {5, 2}, {9, 4}},
       {{1, 1}, {1, 28}, {1, 29}, {4, 30}, {9, 2}},
       {}},
      {2018,
       {{1, 1},
        {2, 14},
        {2, 15},
        {2, 16},
        {2, 19},
        {2, 20},
        {4, 25},
        {4, 30},
        {5, 1},
        {9, 3},
        {12, 31}},
       {{2, 17}, {2, 18}, {9, 2}},
       {{DayAt(2019, 1, 5), DayAt(2018, 12, 31)}}},
      {2019,
       {{1, 1}, {2, 4}, {2, 5}, {2, 6}, {2, 7}, {2, 8}, {4, 15}, {4, 29}, {4, 30}, {5, 1}, {9, 2}},
       {{4, 14}},
       {{DayAt(2019, 5, 4), DayAt(2019, 4, 29)}}},
      {2020,
       {{1, 1}, {1, 23}, {1, 24}, {1, 27}, {1, 28}, {1, 29}, {4, 2}, {4, 30}, {5, 1}, {9, 2}},
       {{1, 25}, {1, 26}},
       {}},
      {2021,
       {{1, 1},
        {2, 10},
        {2, 11},
        {2, 12},
        {2, 15},
        {2, 16},
        {4, 21},
        {4, 30},
        {5, 3},
        {9, 2},
        {9, 3}},
       {{2, 13}, {2, 14}, {5, 1}},
       {}},
      {2022,
       {{1, 3}, {1, 31}, {2, 1}, {2, 2}, {2, 3}, {2, 4}, {4, 11}, {5, 2}, {5, 3}, {9, 1}, {9, 2}},
       {{1, 1}, {4, 10}, {4, 30}, {5, 1}},
       {}},
      {2023,
       {{1, 2},
        {1, 20},
        {1, 23},
        {1, 24},
        {1, 25},
        {1, 26},
        {5, 1},
        {5, 2},
        {5, 3},
        {9, 1},
        {9, 4}},
       {{1, 1}, {1, 21}, {1, 22}, {4, 29}, {4, 30}, {9, 2}},
       {}},
      {2024,
       {{1, 1},
        {2, 8},
        {2, 9},
        {2, 12},
        {2, 13},
        {2, 14},
        {4, 18},
        {4, 29},
        {4, 30},
        {5, 1},
        {9, 2},
        {9, 3}},
       {{2, 10}, {2, 11}},
       {{DayAt(2024, 5, 4), DayAt(2024, 4, 29)}}},
      {2025,
       {{1, 1},
        {1, 27},
        {1, 28},
        {1, 29},
        {1, 30},
        {1, 31},
        {4, 7},
        {4, 30},
        {5, 1},
        {5, 2},
        {9, 1},
        {9, 2}},
       {},
       {{DayAt(2025, 4, 26), DayAt(2025, 5, 2)}}},
      {2026,
       {{1, 1},
        {1, 2},
        {2, 16},
        {2, 17},
        {2, 18},
        {2, 19},
        {2, 20},
        {4, 27},
        {4, 30},
        {5, 1},
        {8, 31},
        {9, 1},
        {9, 2},
        {11, 24}},
       {{4, 26}},
       {{DayAt(2026, 1, 10), DayAt(2026, 1, 2)}, {DayAt(2026, 8, 22), DayAt(2026, 8, 31)}}},
  };
  return years;
}

// Swaps before the years of complete tables.
const std::vector<Swap>& EarlySwaps() {
  static const auto& swaps = *new std::vector<Swap>{
      {DayAt(2010, 2, 27), DayAt(2010, 2, 19)}, {DayAt(2012, 2, 4), DayAt(2012, 1, 27)},
      {DayAt(2013, 5, 4), DayAt(2013, 4, 29)},  {DayAt(2014, 4, 26), DayAt(2014, 5, 2)},
      {DayAt(2014, 9, 6), DayAt(2014, 9, 1)},
  };
  return swaps;
}

// The first day of the lunar year and the tenth of its third month, as published.
struct LunarYear {
  int year;
  MonthDay tet, hung_kings;
};
const LunarYear kLunarYears[] = {
    {2004, {1, 22}, {4, 28}}, {2005, {2, 9}, {4, 18}},  {2006, {1, 29}, {4, 7}},
    {2007, {2, 17}, {4, 26}}, {2008, {2, 7}, {4, 15}},  {2009, {1, 26}, {4, 4}},
    {2010, {2, 14}, {4, 23}}, {2011, {2, 3}, {4, 12}},  {2012, {1, 23}, {3, 31}},
    {2013, {2, 10}, {4, 19}}, {2014, {1, 31}, {4, 9}},  {2027, {2, 6}, {4, 16}},
    {2028, {1, 26}, {4, 4}},  {2029, {2, 13}, {4, 23}}, {2030, {2, 2}, {4, 12}},
    {2031, {1, 23}, {4, 1}},  {2032, {2, 11}, {4, 19}}, {2033, {1, 31}, {4, 9}},
    {2034, {2, 19}, {4, 28}}, {2035, {2, 8}, {4, 17}},  {2036, {1, 28}, {4, 6}},
    {2037, {2, 15}, {4, 24}}, {2038, {2, 4}, {4, 13}},  {2039, {1, 24}, {4, 3}},
    {2040, {2, 12}, {4, 20}},
};

// National Day's second day, where no decision for the year is known: as it was decided when
// 2 September last fell on that weekday (2024, 2025, 2026, 2021, 2022, 2023); Sunday, for
// which there is no precedent, takes the Monday.
Day SecondNationalDay(Day national_day) {
  static constexpr int kOffsets[] = {1, -1, -1, 1, -1, -1, 1};  // Monday first
  return national_day + kOffsets[WeekdayOf(national_day)];
}

// What the Labour Codes themselves give, for a year without a complete table. The code of
// 1994 fixed Tet as one day before the new year and three from it on. The codes since leave
// its five days to a yearly decision; where that is not known they are two before and three,
// as in most years of which it is.
std::set<Day> RuledHolidays(const LunarYear& lunar) {
  const int y = lunar.year;
  const Day national_day = DayAt(y, 9, 2);
  std::set<Day> days = {DayAt(y, 1, 1), DayAt(y, 4, 30), DayAt(y, 5, 1), national_day};
  const Day tet = DayAt(y, lunar.tet.month, lunar.tet.day);
  for (int k = y >= 2014 ? -2 : -1; k <= 2; ++k) days.insert(tet + k);
  if (y >= 2007) days.insert(DayAt(y, lunar.hung_kings.month, lunar.hung_kings.day));
  if (y >= 2021) days.insert(SecondNationalDay(national_day));
  return days;
}

// A holiday on a weekly day of rest is made up on the next working day, in order of day.
// Culture Day (from 2026-07-01) is not: the article on compensation does not name it.
std::set<Day> RuledDaysOff(const LunarYear& lunar) {
  std::set<Day> days = RuledHolidays(lunar);
  const std::set<Day> compensated = days;
  if (lunar.year >= 2027) days.insert(DayAt(lunar.year, 11, 24));
  for (Day holiday : compensated) {
    if (WeekdayOf(holiday) < 5) continue;
    Day rest = holiday + 1;
    while (WeekdayOf(rest) >= 5 || days.count(rest) > 0) ++rest;
    days.insert(rest);
  }
  return days;
}

std::set<Day> AllDaysOff() {
  std::set<Day> days;
  for (const Year& year : OfficialYears()) {
    for (MonthDay d : year.weekdays_off) days.insert(DayAt(year.year, d.month, d.day));
    for (MonthDay d : year.weekend_holidays) days.insert(DayAt(year.year, d.month, d.day));
  }
  for (const LunarYear& lunar : kLunarYears) days.merge(RuledDaysOff(lunar));
  for (const Swap& swap : EarlySwaps()) days.insert(swap.off);
  return days;
}

}  // namespace

const std::set<Day>& OfficialDaysOff() {
  static const auto& days = *new std::set<Day>(AllDaysOff());
  return days;
}

const std::vector<std::pair<Day, Day>>& OfficialMakeUpDays() {
  static const auto& days = *[] {
    auto* all = new std::vector<std::pair<Day, Day>>;
    for (const Swap& swap : EarlySwaps()) all->emplace_back(swap.worked, swap.off);
    for (const Year& year : OfficialYears()) {
      for (const Swap& swap : year.swaps) all->emplace_back(swap.worked, swap.off);
    }
    return all;
  }();
  return days;
}

bool OfficialYear(int year) { return year >= 2015 && year <= 2026; }

}  // namespace motcua::oracle
