#include "motcua/time/recomputation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

// The covered days of both calendars that have other hours under one than under the other.
std::vector<DayNumber> ChangedDays(const DayIndex& before, const DayIndex& after) {
  std::vector<DayNumber> days;
  const DayNumber last = std::min(before.last(), after.last());
  for (DayNumber day = std::max(before.first(), after.first()); day <= last; ++day) {
    if (!(before.PatternOf(day) == after.PatternOf(day))) days.push_back(day);
  }
  return days;
}

absl::Status ForDossier(std::size_t dossier, const absl::Status& status) {
  return Error(ReasonOf(status), absl::StrCat("dossier[", dossier, "]: ", status.message()));
}

}  // namespace

absl::StatusOr<std::vector<MovedDeadline>> Recompute(const WorkingCalendar& before,
                                                     const WorkingCalendar& after,
                                                     std::span<const OpenClock> clocks) {
  const std::vector<DayNumber> changed = ChangedDays(before.index(), after.index());
  std::vector<MovedDeadline> moved;
  for (std::size_t k = 0; k < clocks.size(); ++k) {
    const OpenClock& clock = clocks[k];
    const auto old_due = ComputeDeadline(before, clock.limit, clock.accepted_at, clock.options);
    if (!old_due.ok()) return ForDossier(k, old_due.status());
    const auto new_due = ComputeDeadline(after, clock.limit, clock.accepted_at, clock.options);
    if (!new_due.ok()) return ForDossier(k, new_due.status());
    if (old_due->due == new_due->due) continue;
    MovedDeadline row{k, *old_due, *new_due, {}};
    const DayNumber from = DayOf(clock.accepted_at);
    const DayNumber to = DayOf(std::max(old_due->due, new_due->due));
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(row.changed_days),
                 [&](DayNumber day) { return day >= from && day <= to; });
    moved.push_back(std::move(row));
  }
  return moved;
}

}  // namespace motcua
