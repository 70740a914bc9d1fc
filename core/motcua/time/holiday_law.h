// Holiday law (pháp luật về ngày nghỉ lễ): which days are off, made up or worked, and why.
//
//   for (const Holiday& day : *HolidaysOf(2026, Dataset::Builtin())) Print(day);
//
// Years with a complete official table come from it alone; the others from the Labour
// Codes' rules, and are not official. A notice (thông báo) outranks a rule.
#ifndef MOTCUA_TIME_HOLIDAY_LAW_H_
#define MOTCUA_TIME_HOLIDAY_LAW_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"

namespace motcua {

// What a day is. Numbers stand in dataset images and in the C ABI.
enum class HolidayKind : std::uint8_t {
  kHoliday = 0,       // the holiday itself, weekends included
  kCompensatory = 1,  // rest for a holiday that fell on a weekly day of rest (nghỉ bù)
  kSwappedOff = 2,    // off in exchange for a make-up day (hoán đổi)
  kMakeUp = 3,        // a day of rest that is worked (làm bù)
};
inline constexpr std::array<std::string_view, 4> kHolidayKindNames = {"holiday", "compensatory",
                                                                      "swapped_off", "make_up"};

// The holiday a day belongs to; an office that announces its days replaces the rule's.
enum class HolidayGroup : std::uint8_t {
  kNewYear = 0,
  kTet = 1,
  kHungKings = 2,
  kVictory = 3,
  kLabour = 4,
  kNational = 5,
  kCulture = 6,
  kOther = 7,
};
inline constexpr std::array<std::string_view, 8> kHolidayGroupNames = {
    "new_year", "tet", "hung_kings", "victory", "labour", "national", "culture", "other"};

struct Holiday {
  DayNumber day = kNoDay;
  DayNumber partner = kNoDay;  // the other day of a swap; a make-up day has its hours
  HolidayKind kind = HolidayKind::kHoliday;
  HolidayGroup group = HolidayGroup::kOther;
  bool official = false;    // from the complete table of its year, or from a notice
  std::string_view name;    // Vietnamese; borrowed from the dataset or the notice
  std::string_view source;  // article, or number of the notice; borrowed likewise
};

struct HolidayLaw {
  // Labour Code 2019 art. 111.3 compensates the days of its art. 112. Whether that reaches
  // Vietnam Culture Day (24/11), made a day off by Resolution 28/2026/QH16, is disputed;
  // the default is the narrower reading. It matters first on Saturday 2029-11-24.
  bool culture_day_compensated = false;
  friend bool operator==(const HolidayLaw&, const HolidayLaw&) = default;
};

// The years that the tables of law cover, inclusive.
struct YearSpan {
  int first = 0;
  int last = 0;
};
YearSpan CoveredYears(const Dataset& dataset);

// Whether a complete official table exists for `year`; false outside coverage.
bool IsOfficialYear(int year, const Dataset& dataset);

// Every special day that the dataset holds, in order of day.
std::vector<Holiday> SpecialDays(const Dataset& dataset, const HolidayLaw& law);

// Every special day of `year`, in order of day, holidays on weekends included.
// Errors: kOutsideCoverage.
absl::StatusOr<std::vector<Holiday>> HolidaysOf(int year,
                                                const Dataset& dataset = Dataset::Builtin(),
                                                const HolidayLaw& law = {});

// The English name of a holiday; empty for a name that the dataset does not know.
std::string_view EnglishNameOf(std::string_view name, const Dataset& dataset);

// One row of a new official notice.
struct NoticeRow {
  DayNumber day = kNoDay;
  HolidayKind kind = HolidayKind::kHoliday;
  DayNumber partner = kNoDay;  // the other day of a swap; required for kMakeUp
  std::string name;
  std::string source;
};

// `days` with a notice laid over them; the result borrows the notice's text. A row replaces what
// stood on its day, and only that. In a year without a complete table the rule's division of Tết or
// of National Day falls away where the notice divides that holiday itself: it gives off, as holiday
// or compensatory rest, at least as many weekdays around it as the rule. `settled` comes with the
// years of which the notice is the whole table, where one such row is enough, and receives those
// that it completes: both holidays divided, and every holiday that law fixes to a working day among
// its rows. Errors: kInvalidArgument (a row without source, two rows for one day, a make-up day
// without its partner, on a day worked anyway, for a day that is not off or is made up already).
absl::StatusOr<std::vector<Holiday>> ApplyNotice(std::vector<Holiday> days,
                                                 std::span<const NoticeRow> notice,
                                                 std::vector<int>& settled);

}  // namespace motcua

#endif  // MOTCUA_TIME_HOLIDAY_LAW_H_
