#include "motcua/time/lateness.h"

#include <algorithm>

#include "motcua/base/status.h"

namespace motcua {
namespace {

// Working minutes in [from, to) outside the pauses.
absl::StatusOr<std::int64_t> Unpaused(const WorkingCalendar& calendar,
                                      std::span<const Pause> pauses, MinuteNumber from,
                                      MinuteNumber to) {
  MOTCUA_ASSIGN_OR_RETURN(std::int64_t minutes, calendar.WorkingMinutes(from, to));
  for (const Pause& pause : pauses) {
    const MinuteNumber begin = std::max(pause.from, from);
    const MinuteNumber end = pause.open() ? to : std::min(pause.to, to);
    if (begin >= end) continue;
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t paused, calendar.WorkingMinutes(begin, end));
    minutes -= paused;
  }
  return minutes;
}

std::span<const Pause> Counted(const Deadline& deadline, std::span<const Pause> pauses) {
  return pauses.first(std::min<std::size_t>(pauses.size(), deadline.pauses_counted));
}

}  // namespace

absl::StatusOr<std::int64_t> Remaining(const WorkingCalendar& calendar, const Deadline& deadline,
                                       std::span<const Pause> pauses, MinuteNumber now) {
  if (deadline.paused) return deadline.left_at_pause;
  if (deadline.due == kNoMinute) {
    return Error(Reason::kInvalidArgument, "deadline", "none", "a deadline with a due time");
  }
  if (!calendar.CoversMinute(now)) return calendar.OutsideCoverageAt(now);
  if (now > deadline.due) {
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t late, calendar.WorkingMinutes(deadline.due, now));
    return -late;
  }
  return Unpaused(calendar, Counted(deadline, pauses), now, deadline.due);
}

absl::StatusOr<std::int64_t> Elapsed(const WorkingCalendar& calendar, const Deadline& deadline,
                                     std::span<const Pause> pauses, MinuteNumber now) {
  if (!calendar.CoversMinute(now)) return calendar.OutsideCoverageAt(now);
  if (now <= deadline.effective_start) return 0;
  return Unpaused(calendar, Counted(deadline, pauses), deadline.effective_start, now);
}

}  // namespace motcua
