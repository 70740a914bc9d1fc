// The Labour Codes' holidays as rules: what a year would be if no notice spoke.
#ifndef MOTCUA_DATA_COMPILER_HOLIDAY_RULES_H_
#define MOTCUA_DATA_COMPILER_HOLIDAY_RULES_H_

#include <array>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "facts_folder.h"
#include "motcua/time/holiday_law.h"
#include "motcua/time/time_rows.h"

namespace motcua {

struct HolidayRule {
  HolidayGroup group;
  std::string name;
  bool lunar;
  int month, day;      // of the named calendar
  int offset, days;    // the block begins `offset` days from it and lasts `days`
  bool compensated;    // a weekly day of rest in it is made up
  bool by_switch;      // compensated only if HolidayLaw says so
  DayNumber from, to;  // holidays in [from, to)
  std::string article;
  std::string rest_article;  // of the compensatory rest
};

struct HolidayRules {
  std::vector<HolidayRule> rules;
  // By weekday of 2/9 (Monday first): the day off beside it, relative to it.
  std::array<int, 7> national_adjacent{};
};

// A rule's day; `by_switch` marks compensation that depends on HolidayLaw.
struct RuledDay {
  Holiday holiday;
  bool by_switch = false;
};

// Reads holiday_rules.tsv and national_day_adjacent.tsv. Errors: kMalformedData.
absl::StatusOr<HolidayRules> ReadHolidayRules(const FactsFolder& folder);

// The days of `year` by the rules alone, in order of day.
std::vector<RuledDay> DaysByRule(const HolidayRules& rules, int year,
                                 std::span<const LunarYearRow> lunar);

// Position in `names`; -1 if it is not there.
template <std::size_t kCount>
int IndexOf(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (std::size_t k = 0; k < kCount; ++k) {
    if (names[k] == name) return static_cast<int>(k);
  }
  return -1;
}

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_HOLIDAY_RULES_H_
