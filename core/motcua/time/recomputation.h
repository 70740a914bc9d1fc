// What a new calendar changes: the open dossiers whose due time moves, and why.
//
//   for (const MovedDeadline& moved : *Recompute(before, after, dossiers)) Tell(moved);
#ifndef MOTCUA_TIME_RECOMPUTATION_H_
#define MOTCUA_TIME_RECOMPUTATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
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

// A day that the two calendars see differently, and what stands on it now; where nothing does,
// what stood there.
struct ChangedDay {
  DayNumber day = kNoDay;
  std::int32_t old_minutes = 0;  // working minutes of the day
  std::int32_t new_minutes = 0;
  std::string what;    // the holiday, closure or make-up day
  std::string source;  // its article, notice or decision
};

struct MovedDeadline {
  std::size_t dossier = 0;  // index into the clocks
  Deadline before, after;
  std::vector<ChangedDay> changes;  // those between acceptance and due
};

// In order of dossier: those whose due time moves, and those that an open pause holds without a
// due time but with more or less left on the clock than before. Where the due time without the
// extension passes the extension under `after`, the later of both is due.
// Errors: those of ComputeDeadline, naming the clock's index as deadlines[k].
absl::StatusOr<std::vector<MovedDeadline>> Recompute(const WorkingCalendar& before,
                                                     const WorkingCalendar& after,
                                                     std::span<const OpenClock> clocks);

}  // namespace motcua

#endif  // MOTCUA_TIME_RECOMPUTATION_H_
