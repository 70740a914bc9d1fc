// Time left, time used, and how late: by working minutes and by dates.
#ifndef MOTCUA_TIME_LATENESS_H_
#define MOTCUA_TIME_LATENESS_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/deadline.h"
#include "motcua/time/pauses.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// Working minutes from `now` to the due time, without those of `pauses`; negative when
// late, by the working minutes since. While a pause is open: what was left when it began.
// `pauses` are those the deadline was computed with.
// Errors: kInvalidArgument for a deadline without a due time; kOutsideCoverage.
absl::StatusOr<std::int64_t> Remaining(const WorkingCalendar& calendar, const Deadline& deadline,
                                       std::span<const Pause> pauses, MinuteNumber now);

// Working minutes from the effective start to `now`, without
// those of `pauses`; 0 before the start. Errors: kOutsideCoverage.
absl::StatusOr<std::int64_t> Elapsed(const WorkingCalendar& calendar, const Deadline& deadline,
                                     std::span<const Pause> pauses, MinuteNumber now);

// Lateness by dates, as the forms and the index compare: the day finished against the day due.
enum class Lateness : std::uint8_t { kEarly = 0, kOnTime = 1, kOverdue = 2 };
inline constexpr std::array<std::string_view, 3> kLatenessNames = {"early", "on_time", "overdue"};

// A dossier without a due time is never overdue: on time.
constexpr Lateness LatenessByDate(MinuteNumber due, MinuteNumber finished_at) {
  if (due == kNoMinute) return Lateness::kOnTime;
  const MinuteNumber day = StartOf(DayOf(due));  // `finished_at` may lie beyond all days
  if (finished_at < day) return Lateness::kEarly;
  return finished_at < day + kMinutesPerDay ? Lateness::kOnTime : Lateness::kOverdue;
}

}  // namespace motcua

#endif  // MOTCUA_TIME_LATENESS_H_
