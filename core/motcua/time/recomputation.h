// What a new calendar changes: the open dossiers whose due time moves, and why.
//
//   for (const MovedDeadline& moved : *Recompute(before, after, dossiers)) Tell(moved);
#ifndef MOTCUA_TIME_RECOMPUTATION_H_
#define MOTCUA_TIME_RECOMPUTATION_H_

#include <cstddef>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/deadline.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// A dossier as its deadline sees it; the options' pauses are borrowed.
struct OpenClock {
  TimeLimit limit;
  MinuteNumber accepted_at = kNoMinute;
  DeadlineOptions options;
};

struct MovedDeadline {
  std::size_t dossier = 0;  // index into the clocks
  Deadline before, after;
  // The days between start and due that the two calendars see differently.
  std::vector<DayNumber> changed_days;
};

// In order of dossier; those whose due time stays, or was none and stays none, are left out.
// Errors: those of ComputeDeadline, naming the dossier's index.
absl::StatusOr<std::vector<MovedDeadline>> Recompute(const WorkingCalendar& before,
                                                     const WorkingCalendar& after,
                                                     std::span<const OpenClock> clocks);

}  // namespace motcua

#endif  // MOTCUA_TIME_RECOMPUTATION_H_
