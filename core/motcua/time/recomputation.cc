#include "motcua/time/recomputation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

ChangedDay Tell(const WorkingCalendar& before, const WorkingCalendar& after, DayNumber day) {
  DayReason reason = after.ReasonFor(day);
  if (reason.source.empty()) reason = before.ReasonFor(day);
  return {day, before.index().PatternOf(day).minutes, after.index().PatternOf(day).minutes,
          std::string(reason.what), std::string(reason.source)};
}

// The covered days of both calendars that have other hours under one than under the other.
std::vector<ChangedDay> ChangedDays(const WorkingCalendar& before, const WorkingCalendar& after) {
  std::vector<ChangedDay> days;
  const DayNumber last = std::min(before.index().last(), after.index().last());
  for (DayNumber day = std::max(before.index().first(), after.index().first()); day <= last;
       ++day) {
    if (!(before.index().PatternOf(day) == after.index().PatternOf(day))) {
      days.push_back(Tell(before, after, day));
    }
  }
  return days;
}

// The extension was given under the old calendar; where the new one is due later without it,
// the later of both holds.
absl::StatusOr<Deadline> UnderNewCalendar(const WorkingCalendar& after, const OpenClock& clock) {
  if (clock.options.extension != kNoMinute && !clock.limit.is_none()) {
    DeadlineOptions plain = clock.options;
    plain.extension = kNoMinute;
    auto deadline = ComputeDeadline(after, clock.limit, clock.accepted_at, plain);
    if (!deadline.ok() || deadline->original_due > clock.options.extension) return deadline;
  }
  return ComputeDeadline(after, clock.limit, clock.accepted_at, clock.options);
}

absl::Status ForDeadline(std::size_t k, const absl::Status& status) {
  return Error(ReasonOf(status), absl::StrCat("deadlines[", k, "]: ", status.message()));
}

}  // namespace

absl::StatusOr<std::vector<MovedDeadline>> Recompute(const WorkingCalendar& before,
                                                     const WorkingCalendar& after,
                                                     std::span<const OpenClock> clocks) {
  const std::vector<ChangedDay> changed = ChangedDays(before, after);
  std::vector<MovedDeadline> moved;
  for (std::size_t k = 0; k < clocks.size(); ++k) {
    const OpenClock& clock = clocks[k];
    const auto old_due = ComputeDeadline(before, clock.limit, clock.accepted_at, clock.options);
    if (!old_due.ok()) return ForDeadline(k, old_due.status());
    const auto new_due = UnderNewCalendar(after, clock);
    if (!new_due.ok()) return ForDeadline(k, new_due.status());
    if (old_due->due == new_due->due && old_due->left_at_pause == new_due->left_at_pause) continue;
    MovedDeadline row{k, *old_due, *new_due, {}};
    const DayNumber from = DayOf(clock.accepted_at);
    const DayNumber to =
        DayOf(std::max({old_due->due, new_due->due, old_due->original_due, new_due->original_due}));
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(row.changes),
                 [&](const ChangedDay& change) { return change.day >= from && change.day <= to; });
    moved.push_back(std::move(row));
  }
  return moved;
}

}  // namespace motcua
