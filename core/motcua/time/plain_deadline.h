// The deadline of the dossier that nothing happens to: one term in working days or hours, no
// pause, no extension. Nearly all are of this kind, and are asked for one at a time. Used by
// ComputeDeadline, which says the same of every limit, and is tested against it.
#ifndef MOTCUA_TIME_PLAIN_DEADLINE_H_
#define MOTCUA_TIME_PLAIN_DEADLINE_H_

#include "motcua/time/deadline.h"

namespace motcua {

// Fills a fresh `deadline` and returns true; false, with `deadline` untouched, for any other limit
// and for whatever would be refused.
bool ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy,
                          MinuteNumber accepted_at, Deadline& deadline);

}  // namespace motcua

#endif  // MOTCUA_TIME_PLAIN_DEADLINE_H_
