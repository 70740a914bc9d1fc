// The deadline of the dossier that nothing happens to: one term in working days or hours, no
// pause, no extension. Nearly all are of this kind, and are asked for one at a time. Used by
// ComputeDeadline, which says the same of every limit, and is tested against it.
#ifndef MOTCUA_TIME_PLAIN_DEADLINE_H_
#define MOTCUA_TIME_PLAIN_DEADLINE_H_

#include "motcua/time/deadline.h"

namespace motcua {

// Two numbers, so that they come back in registers.
struct PlainDeadline {
  MinuteNumber effective_start = kNoMinute;
  MinuteNumber due = kNoMinute;

  bool provisional(const WorkingCalendar& calendar) const {
    return calendar.IsProvisional(DayOf(effective_start), DayOf(due));
  }
};

// `due` is kNoMinute for any other limit and for whatever would be refused.
PlainDeadline ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                   Policy policy, MinuteNumber accepted_at);

}  // namespace motcua

#endif  // MOTCUA_TIME_PLAIN_DEADLINE_H_
