#include "motcua/time/time_tables_check.h"

#include <string>

#include "motcua/base/civil.h"
#include "motcua/base/status.h"
#include "motcua/time/holiday_law.h"
#include "motcua/time/time_rows.h"

namespace motcua {
namespace {

constexpr int kFirstLunarYear = 1899, kLastLunarYear = 2199;

absl::Status Malformed(std::string_view table, std::size_t row, std::string_view expected) {
  return Error(Reason::kMalformedData, table, "row " + std::to_string(row), expected);
}

absl::Status CheckYears(const Dataset& dataset) {
  const auto years = dataset.table<CoveredYearRow>("time.years");
  if (years.empty()) return Malformed("time.years", 0, "at least one covered year");
  if (years.size() > kMostCoveredYears)
    return Malformed("time.years", kMostCoveredYears, "the end of the table: at most 179 years");
  for (std::size_t i = 0; i < years.size(); ++i) {
    const bool follows = i == 0 || years[i].year == years[i - 1].year + 1;
    if (years[i].year < 1900 || years[i].year > 2199 || !follows || years[i].official > 1 ||
        !dataset.HasText(years[i].source))
      return Malformed("time.years", i, "years of 1900 .. 2199, one after the other");
  }
  return absl::OkStatus();
}

absl::Status CheckSpecialDays(const Dataset& dataset) {
  const auto days = dataset.table<SpecialDayRow>("time.special_days");
  const auto is_day = [](DayNumber day) {
    return day > ToNumber(CivilDay(1899)) && day < ToNumber(CivilDay(2200));
  };
  for (std::size_t i = 0; i < days.size(); ++i) {
    const SpecialDayRow& row = days[i];
    if (!is_day(row.day) || (row.partner != kNoDay && !is_day(row.partner)) ||
        (i > 0 && row.day <= days[i - 1].day) || row.kind >= kHolidayKindNames.size() ||
        row.group >= kHolidayGroupNames.size() || row.official > 1 ||
        row.needs_culture_compensation > 1 || !dataset.HasText(row.name) ||
        !dataset.HasText(row.source))
      return Malformed("time.special_days", i, "days in order, of a kind and a group that exist");
    if (static_cast<HolidayKind>(row.kind) == HolidayKind::kMakeUp && row.partner == kNoDay)
      return Malformed("time.special_days", i, "a make-up day with the day it replaces");
  }
  return absl::OkStatus();
}

absl::Status CheckHolidayNames(const Dataset& dataset) {
  const auto names = dataset.table<HolidayNameRow>("time.holiday_names");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!dataset.HasText(names[i].name) || !dataset.HasText(names[i].english))
      return Malformed("time.holiday_names", i, "a name in both languages");
  }
  return absl::OkStatus();
}

absl::Status CheckWeekly(const Dataset& dataset) {
  const auto periods = dataset.table<OfficePeriodRow>("time.weekly");
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const OfficePeriodRow& row = periods[i];
    const bool follows =
        i == 0 || row.weekday > periods[i - 1].weekday ||
        (row.weekday == periods[i - 1].weekday && row.open >= periods[i - 1].close);
    if (row.weekday > 6 || row.open >= row.close || row.close > kMinutesPerDay || !follows)
      return Malformed("time.weekly", i, "periods of a week in order, each within its day");
  }
  return absl::OkStatus();
}

absl::Status CheckLunarYears(const Dataset& dataset) {
  const auto years = dataset.table<LunarYearRow>("time.lunar_years");
  if (years.size() != kLastLunarYear - kFirstLunarYear + 1)
    return Malformed("time.lunar_years", years.size(), "the lunar years 1899 .. 2199");
  for (std::size_t i = 0; i < years.size(); ++i) {
    const LunarYearRow& row = years[i];
    if (row.year != kFirstLunarYear + static_cast<int>(i) || row.leap_month > 12 ||
        row.month_count != (row.leap_month == 0 ? 12 : 13))
      return Malformed("time.lunar_years", i, "the years in order, of 12 or 13 months");
    int days = 0;
    for (int month = 0; month < row.month_count; ++month)
      days += 29 + ((row.long_months >> month) & 1);
    if (i + 1 < years.size() && years[i + 1].first_day - std::int64_t{row.first_day} != days)
      return Malformed("time.lunar_years", i, "months that fill the year");
  }
  if (years[1].first_day < ToNumber(CivilDay(1900)) ||
      years[1].first_day > ToNumber(CivilDay(1900, 3)))
    return Malformed("time.lunar_years", 1, "a first day at the beginning of 1900");
  return absl::OkStatus();
}

absl::Status CheckAll(const Dataset& dataset) {
  MOTCUA_RETURN_IF_ERROR(CheckYears(dataset));
  MOTCUA_RETURN_IF_ERROR(CheckSpecialDays(dataset));
  MOTCUA_RETURN_IF_ERROR(CheckHolidayNames(dataset));
  MOTCUA_RETURN_IF_ERROR(CheckWeekly(dataset));
  return CheckLunarYears(dataset);
}

}  // namespace

absl::Status CheckTimeTables(const Dataset& dataset) {
  // The built-in tables never change, and every calendar begins with them.
  static const absl::Status builtin = CheckAll(Dataset::Builtin());
  return dataset.image().data() == Dataset::Builtin().image().data() ? builtin : CheckAll(dataset);
}

}  // namespace motcua
