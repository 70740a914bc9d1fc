// Why is it due that day? Every day from receipt to due, and what made it count or not.
//
//   MOTCUA_ASSIGN_OR_RETURN(const auto days, Explain(calendar, limit, accepted_at, options));
//   for (const ExplainedDay& day : days) Print(day.day, Describe(day, Language::kVietnamese));
#ifndef MOTCUA_TIME_EXPLANATION_H_
#define MOTCUA_TIME_EXPLANATION_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/deadline.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

enum class Language : std::uint8_t { kVietnamese = 0, kEnglish = 1 };

// What a day did for the clock. Numbers stand in the C ABI.
enum class DayMark : std::uint8_t {
  kStart = 0,    // the day the clock starts: day 0, not counted
  kCounted = 1,  // counted in full
  kHalf = 2,     // counted in part, or a shortened day
  kSkipped = 3,  // not counted
  kPaused = 4,   // not counted, because the clock stood
};
inline constexpr std::array<std::string_view, 5> kDayMarkNames = {"start", "counted", "half",
                                                                  "skipped", "paused"};

// Why; each has its sentence in both languages.
enum class DayNote : std::uint8_t {
  kNone,
  kDayZero,        // the first day is not counted
  kBeforeStart,    // received outside office hours
  kCutoffStart,    // received after the cut-off: the clock starts the next working day
  kCutoffResult,   // received after the cut-off: the result is due one working day later
  kWeeklyRest,     // no office hours that weekday
  kHoliday,        // a holiday
  kCompensatory,   // rest for a holiday on a weekly day of rest
  kSwappedOff,     // off in exchange for a make-up day
  kLayerOff,       // closed by decision
  kMakeUp,         // a day of rest that is worked
  kHalfDay,        // shortened by decision
  kPause,          // the clock stood
  kRestarted,      // before the clock was restarted
  kRolled,         // the last day was off: the next working day
  kShifted,        // added for a pause that shifts
  kExtended,       // up to the new due date
  kCalendarDay,    // a plain day, counted whatever it is
  kReception,      // taken in while the counter was open and the office was not
  kPauseRestarts,  // the clock stood, and its end is a new acceptance
};

struct ExplainedDay {
  DayNumber day = kNoDay;
  DayMark mark = DayMark::kSkipped;
  DayNote note = DayNote::kNone;
  bool due = false;           // the due day
  bool closes_early = false;  // due by a plain period: by law at 24:00, here at closing time
  bool provisional = false;   // from the effective start on: of a year without an official table
  std::int32_t minutes = 0;   // working minutes counted, for limits in minutes
  MinuteNumber due_at = kNoMinute;
  std::string what;     // the holiday or closure, in Vietnamese; the pause; the cut-off passed
  std::string english;  // `what` in English; empty where it has no other form there
  std::string source;   // article, notice, or the layer's decision; empty on an ordinary day
  // Pauses that no day of their own tells, such as one of an hour in a day that counts.
  std::vector<Pause> pauses = {};

  bool counted() const { return mark == DayMark::kCounted || mark == DayMark::kHalf; }
};

// The days from the acceptance to the due day; up to the beginning of an open pause; for a
// limit of none, none. Errors: as ComputeDeadline.
absl::StatusOr<std::vector<ExplainedDay>> Explain(const WorkingCalendar& calendar,
                                                  const TimeLimit& limit, MinuteNumber accepted_at,
                                                  const DeadlineOptions& options = {});

// The day's reason as a sentence, and its source where there is one.
std::string Describe(const ExplainedDay& day, Language language);
std::string SourceOf(const ExplainedDay& day, Language language);

}  // namespace motcua

#endif  // MOTCUA_TIME_EXPLANATION_H_
