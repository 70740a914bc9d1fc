// The inverse question: until when may a dossier come, to be due by a wished minute?
#ifndef MOTCUA_TIME_LATEST_ACCEPTANCE_H_
#define MOTCUA_TIME_LATEST_ACCEPTANCE_H_

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/deadline.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// The greatest minute whose due time under `limit` is not after `due`. No pauses.
// Errors: as ComputeDeadline; kOutsideCoverage if no acceptance meets it; kInvalidArgument
// for a limit of none. O(1) for one term in working days, working hours or plain days; else
// O(log days) deadlines, and where a later acceptance can be due earlier (a cut-off with >result,
// clock hours) some tens more, or as many as the working minutes of some days.
absl::StatusOr<MinuteNumber> LatestAcceptance(const WorkingCalendar& calendar,
                                              const TimeLimit& limit, MinuteNumber due,
                                              Policy policy = Policy::kByDay);

}  // namespace motcua

#endif  // MOTCUA_TIME_LATEST_ACCEPTANCE_H_
