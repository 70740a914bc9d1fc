// The working calendar (lịch làm việc) of an office: national law, then the layers of the
// province and the unit, compiled to one immutable index.
//
//   MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar national, WorkingCalendar::National());
//   MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar ward, national.WithLayer(hours_of_the_ward));
//
// Cheap to copy: copies share one state. Thread safety: immutable.
#ifndef MOTCUA_TIME_WORKING_CALENDAR_H_
#define MOTCUA_TIME_WORKING_CALENDAR_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"
#include "motcua/time/calendar_layer.h"
#include "motcua/time/day_index.h"
#include "motcua/time/holiday_law.h"

namespace motcua {

// Why a day is what it is.
struct DayReason {
  std::string_view what;    // e.g. "Tết Âm lịch"; empty on an ordinary day
  std::string_view source;  // article, notice or layer; empty on an ordinary day
  // The last layer or national entry that decided the day; null on an ordinary day.
  const Holiday* holiday = nullptr;
  const CalendarLayer* layer = nullptr;
  enum class Kind {
    kOrdinary,
    kWeeklyRest,
    kHoliday,
    kLayerOff,
    kLayerMakeUp,
    kHalfDay
  } kind = Kind::kOrdinary;
};

class WorkingCalendar {
 public:
  // The calendar of civil servants under national law: Monday to Friday 07:30-11:30 and
  // 13:30-17:30 (a default, not law), official days off and make-up days.
  // About 50 us. Errors: kMalformedData if the dataset has no tables of time.
  static absl::StatusOr<WorkingCalendar> National(const Dataset& dataset = Dataset::Builtin(),
                                                  const HolidayLaw& law = {});

  // The same for the days `first` .. `last` only, both within the dataset's years.
  // Errors: kOutsideCoverage; kInvalidArgument if first > last.
  static absl::StatusOr<WorkingCalendar> National(const Dataset& dataset, const HolidayLaw& law,
                                                  CivilDay first, CivilDay last);

  // This calendar with one more layer on top; later layers win. Days of the layer outside this
  // calendar's coverage have no effect. Errors: kInvalidArgument as CheckLayer; a make-up day with
  // the hours of a weekday that has none; more than 255 different kinds of day.
  absl::StatusOr<WorkingCalendar> WithLayer(CalendarLayer layer) const;

  // One calendar for each layer; layers of equal rules share one index, whatever their source
  // and the names of their days. Errors name the layer's index.
  absl::StatusOr<std::vector<WorkingCalendar>> WithEach(
      std::span<const CalendarLayer> layers) const;

  // This calendar under a new official notice; the layers stay on top. Only the days named change,
  // and a division of Tết or National Day that the notice replaces (see ApplyNotice). A year
  // becomes official when the notice completes it or `complete_years` names it.
  // Errors: kInvalidArgument; kOutsideCoverage for a row outside coverage.
  absl::StatusOr<WorkingCalendar> WithNotice(std::vector<NoticeRow> rows,
                                             std::span<const int> complete_years = {}) const;

  CivilDay first() const { return DayFrom(index().first()); }
  CivilDay last() const { return DayFrom(index().last()); }
  bool Covers(DayNumber day) const { return index().Covers(day); }
  bool CoversMinute(MinuteNumber at) const { return index().CoversMinute(at); }

  // The failure for a day or minute that is not covered.
  absl::Status OutsideCoverage(DayNumber day) const;
  absl::Status OutsideCoverageAt(MinuteNumber at) const;

  // The dataset's version, and a digest of what was laid over it:
  // "2026.10.01+5b0c1f2e90a7/9d3c2a10". Equal versions give equal deadlines.
  std::string version() const;

  // Errors of all below: kOutsideCoverage.
  absl::StatusOr<bool> IsWorkingDay(DayNumber day) const;
  // The n-th working day after `day`; `day` itself for n = 0. kInvalidArgument for n < 0.
  absl::StatusOr<DayNumber> AddWorkingDays(DayNumber day, std::int64_t n) const;
  // Working days in (start, end]; negative if reversed.
  absl::StatusOr<std::int64_t> CountWorkingDays(DayNumber start, DayNumber end) const;
  // Working minutes in [start, end); negative if reversed.
  absl::StatusOr<std::int64_t> WorkingMinutes(MinuteNumber start, MinuteNumber end) const;
  // `at` if it lies in a working period (closing minute included), else the next opening.
  absl::StatusOr<MinuteNumber> EffectiveStart(MinuteNumber at) const;

  // Whether any day in [from, to] lies in a year without a complete official table.
  bool IsProvisional(DayNumber from, DayNumber to) const;
  // The same of the days of two covered minutes.
  bool IsProvisionalBetween(MinuteNumber from, MinuteNumber to) const;

  // The layers, first to last, and what decided a covered day.
  std::span<const std::shared_ptr<const CalendarLayer>> layers() const;
  DayReason ReasonFor(DayNumber day) const;
  std::span<const Holiday> special_days() const;
  // The English name of a holiday; empty where the calendar's dataset has none.
  std::string_view EnglishNameOf(std::string_view name) const;

  const DayIndex& index() const { return *index_; }

 private:
  struct National_;
  // This calendar with another last layer of the same rules.
  WorkingCalendar WithLastLayer(const CalendarLayer& layer) const;
  static absl::StatusOr<WorkingCalendar> Compile(
      std::shared_ptr<const National_> national,
      std::vector<std::shared_ptr<const CalendarLayer>> layers, DayNumber first, DayNumber last);

  std::shared_ptr<const National_> national_;
  std::shared_ptr<const std::vector<std::shared_ptr<const CalendarLayer>>> layers_;
  std::shared_ptr<const DayIndex> index_;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_WORKING_CALENDAR_H_
