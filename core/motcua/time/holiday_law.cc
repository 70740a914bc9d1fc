#include "motcua/time/holiday_law.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/time_rows.h"
#include "motcua/time/time_tables_check.h"
#include "motcua/time/weekday.h"

namespace motcua {
namespace {

int YearOf(DayNumber day) { return static_cast<int>(DayFrom(day).year()); }

// Holidays that law leaves to be divided each year, and how far from the fixed day an
// announced day off still belongs to them.
constexpr std::array kDivided = {std::pair(HolidayGroup::kTet, 12),
                                 std::pair(HolidayGroup::kNational, 4)};

// The first holiday of `group` in `year`; kNoDay if there is none.
DayNumber FirstOf(const std::vector<Holiday>& days, HolidayGroup group, int year) {
  for (const Holiday& day : days) {
    if (day.group == group && YearOf(day.day) == year) return day.day;
  }
  return kNoDay;
}

bool IsOff(HolidayKind kind) {
  return kind == HolidayKind::kHoliday || kind == HolidayKind::kCompensatory;
}

// Whether the notice divides the holiday itself: at least as many of its weekdays as the rules
// give, or any where the notice is the whole table of the year. A swap never does.
bool Divides(const std::vector<Holiday>& days, std::span<const NoticeRow> notice, int year,
             bool whole, HolidayGroup group, int reach) {
  const DayNumber first = FirstOf(days, group, year);
  if (first == kNoDay) return false;
  const auto of_rule = std::count_if(days.begin(), days.end(), [&](const Holiday& day) {
    return day.group == group && YearOf(day.day) == year && IsOff(day.kind) &&
           WeekdayOf(day.day) < 5;
  });
  const auto named = std::count_if(notice.begin(), notice.end(), [&](const NoticeRow& row) {
    return IsOff(row.kind) && std::abs(row.day - first) <= reach && WeekdayOf(row.day) < 5;
  });
  const bool holiday = std::any_of(notice.begin(), notice.end(), [&](const NoticeRow& row) {
    return row.kind == HolidayKind::kHoliday && std::abs(row.day - first) <= reach;
  });
  return holiday && (whole || named >= of_rule);
}

// Drops the rules' division of Tết and National Day where the notice divides them itself.
void DropReplaced(std::vector<Holiday>& days, std::span<const NoticeRow> notice, int year,
                  bool whole) {
  for (const auto& [group, reach] : kDivided) {
    if (!Divides(days, notice, year, whole, group, reach)) continue;
    std::erase_if(days, [&, group = group](const Holiday& day) {
      // 2/9 itself, and a Tết day on a weekend, are fixed by law and stay.
      const bool fixed = day.kind == HolidayKind::kHoliday &&
                         (WeekdayOf(day.day) >= 5 ||
                          (group == HolidayGroup::kNational && DayFrom(day.day).day() == 2));
      return !day.official && day.group == group && YearOf(day.day) == year && !fixed;
    });
  }
}

// Whether the notice divides Tết and National Day and names every day of `year` that the rules
// take out of the week by a fixed date: then nothing of the year is left to a rule.
bool Settles(const std::vector<Holiday>& rules, std::span<const NoticeRow> notice, int year) {
  const auto named = [&](DayNumber day) {
    return std::any_of(notice.begin(), notice.end(), [&](const NoticeRow& row) {
      return row.day == day && row.kind != HolidayKind::kMakeUp;
    });
  };
  for (const Holiday& day : rules) {
    if (YearOf(day.day) != year || day.kind != HolidayKind::kHoliday || WeekdayOf(day.day) >= 5) {
      continue;
    }
    const bool divided = day.group == HolidayGroup::kTet ||
                         (day.group == HolidayGroup::kNational && DayFrom(day.day).day() != 2);
    if (!divided && !named(day.day)) return false;
  }
  return std::all_of(kDivided.begin(), kDivided.end(), [&](const auto& holiday) {
    return Divides(rules, notice, year, false, holiday.first, holiday.second);
  });
}

// Refuses make-up rows without sense: each works a day of rest for a weekday that is off, and no
// two for the same. `before` is what stood before the notice, `under` what stands under it.
absl::Status CheckMakeUpDays(std::span<const Holiday> before, std::span<const NoticeRow> notice,
                             const std::map<DayNumber, Holiday>& under) {
  std::map<DayNumber, std::size_t> made_up;
  for (std::size_t k = 0; k < notice.size(); ++k) {
    const NoticeRow& row = notice[k];
    if (row.kind != HolidayKind::kMakeUp) continue;
    const std::string field = absl::StrCat("notice[", k, "]");
    const auto refuse = [&](const char* part, DayNumber day, std::string_view expected) {
      return Error(Reason::kInvalidArgument, absl::StrCat(field, part), ToString(DayFrom(day)),
                   expected);
    };
    const bool stood = std::any_of(before.begin(), before.end(), [&](const Holiday& day) {
      return day.day == row.day;  // off, or worked by an earlier row that this one repeats
    });
    if (WeekdayOf(row.day) < 5 && !stood) {
      return refuse(".date", row.day, "a day of rest; this one is worked anyway");
    }
    if (row.partner == row.day) return refuse(".partner", row.partner, "another day than its own");
    if (WeekdayOf(row.partner) >= 5) {
      return refuse(".partner", row.partner, "a day of Monday to Friday; this one has no hours");
    }
    const auto off = under.find(row.partner);
    if (off == under.end() || off->second.kind == HolidayKind::kMakeUp) {
      return refuse(".partner", row.partner, "a day that is off; this one is worked");
    }
    const auto [first, once] = made_up.emplace(row.partner, k);
    if (!once) {
      return refuse(
          ".partner", row.partner,
          absl::StrCat("a day that notice[", first->second, "] does not make up already"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

YearSpan CoveredYears(const Dataset& dataset) {
  const auto rows = dataset.table<CoveredYearRow>("time.years");
  return rows.empty() ? YearSpan{} : YearSpan{rows.front().year, rows.back().year};
}

bool IsOfficialYear(int year, const Dataset& dataset) {
  for (const CoveredYearRow& row : dataset.table<CoveredYearRow>("time.years")) {
    if (row.year == year) return row.official != 0;
  }
  return false;
}

std::vector<Holiday> SpecialDays(const Dataset& dataset, const HolidayLaw& law) {
  std::vector<Holiday> days;
  const auto rows = dataset.table<SpecialDayRow>("time.special_days");
  days.reserve(rows.size());
  for (const SpecialDayRow& row : rows) {
    if (row.needs_culture_compensation != 0 && !law.culture_day_compensated) continue;
    days.push_back({row.day, row.partner, static_cast<HolidayKind>(row.kind),
                    static_cast<HolidayGroup>(row.group), row.official != 0, dataset.text(row.name),
                    dataset.text(row.source)});
  }
  return days;
}

absl::StatusOr<std::vector<Holiday>> HolidaysOf(int year, const Dataset& dataset,
                                                const HolidayLaw& law) {
  const YearSpan span = CoveredYears(dataset);
  if (year < span.first || year > span.last) {
    return Error(Reason::kOutsideCoverage, "year", absl::StrCat(year),
                 absl::StrCat("a year in ", span.first, " .. ", span.last));
  }
  MOTCUA_RETURN_IF_ERROR(CheckTimeTables(dataset));
  std::vector<Holiday> days = SpecialDays(dataset, law);
  std::erase_if(days, [&](const Holiday& day) { return YearOf(day.day) != year; });
  return days;
}

std::string_view EnglishNameOf(std::string_view name, const Dataset& dataset) {
  for (const HolidayNameRow& row : dataset.table<HolidayNameRow>("time.holiday_names")) {
    if (dataset.text(row.name) == name) return dataset.text(row.english);
  }
  return {};
}

absl::StatusOr<std::vector<Holiday>> ApplyNotice(std::vector<Holiday> days,
                                                 std::span<const NoticeRow> notice,
                                                 std::vector<int>& settled) {
  std::map<DayNumber, Holiday> rows;
  std::map<int, bool> years;
  for (std::size_t k = 0; k < notice.size(); ++k) {
    const NoticeRow& row = notice[k];
    const std::string field = absl::StrCat("notice[", k, "]");
    if (row.source.empty()) {
      return Error(Reason::kInvalidArgument, field + ".source", row.source,
                   "the document that decides the day");
    }
    if (row.kind == HolidayKind::kMakeUp && row.partner == kNoDay) {
      return Error(Reason::kInvalidArgument, field, ToString(DayFrom(row.day)),
                   "a make-up day with the day it replaces");
    }
    const Holiday holiday{row.day, row.partner, row.kind,  HolidayGroup::kOther,
                          true,    row.name,    row.source};
    if (!rows.emplace(row.day, holiday).second) {
      return Error(Reason::kInvalidArgument, field, ToString(DayFrom(row.day)),
                   "a day that the notice names once");
    }
    years.emplace(YearOf(row.day), false);
  }
  const std::vector<Holiday> before = days;
  const std::vector<int> whole = settled;
  for (auto& [year, settles] : years) settles = Settles(days, notice, year);
  for (const auto& [year, settles] : years) {
    if (settles) settled.push_back(year);
    DropReplaced(days, notice, year, std::find(whole.begin(), whole.end(), year) != whole.end());
  }
  for (Holiday& day : days) rows.emplace(day.day, day);
  MOTCUA_RETURN_IF_ERROR(CheckMakeUpDays(before, notice, rows));
  std::vector<Holiday> merged;
  merged.reserve(rows.size());
  for (const auto& [day, holiday] : rows) merged.push_back(holiday);
  return merged;
}

}  // namespace motcua
