// The deadline of the dossier that nothing happens to: no pause, no extension. Nearly all are of
// this kind; they are asked for one at a time, a column at a time, and by every search. Counted
// without a failure to build: what would be refused has no due time here. Used by ComputeDeadline,
// which says the same of every dossier, and is tested against it.
#ifndef MOTCUA_TIME_PLAIN_DEADLINE_H_
#define MOTCUA_TIME_PLAIN_DEADLINE_H_

#include "motcua/time/deadline.h"

namespace motcua {

// Two numbers, so that they come back in registers.
struct PlainDeadline {
  MinuteNumber effective_start = kNoMinute;
  MinuteNumber due = kNoMinute;

  bool provisional(const WorkingCalendar& calendar) const {
    return calendar.IsProvisionalBetween(effective_start, due);
  }
};

// `due` is kNoMinute for a limit of none and for whatever would be refused.
PlainDeadline ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                   Policy policy, MinuteNumber accepted_at);

}  // namespace motcua

#endif  // MOTCUA_TIME_PLAIN_DEADLINE_H_
