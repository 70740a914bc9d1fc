// What a machine promises the applicant, checked over everything it can do: an answer
// can still come, and the dossier is never late without an apology having been due.
//
//   for (const StatePromise& promise : CheckPromises(machine)) ...
//
// An answer is a final state of status 10 (handed over), 9, 8 or 3 (a written refusal is
// the result, Decree 118/2025 art. 19.3); that the applicant gives up (7) answers only
// the state it leads to. "Late" is an open dossier whose due date has passed; the apology
// is due at the latest the day before it (art. 19.6).
#ifndef MOTCUA_DOSSIERS_MACHINE_PROMISES_H_
#define MOTCUA_DOSSIERS_MACHINE_PROMISES_H_

#include <string>
#include <vector>

#include "motcua/dossiers/machine.h"

namespace motcua {

// A way to be late without an apology being due.
struct UnapologizedLateness {
  // "no_event": the state knows no extend; "spent": the one re-appointment was used
  // before; "sent_back": it stood as finished when the due date came.
  std::string reason;
  std::string path;  // the events that lead there, a shortest one
};

struct StatePromise {
  StateNumber state = 0;
  bool answered = true;    // from every way of being in the state an answer can come
  std::string unanswered;  // else the events that lead to where none can
  std::vector<UnapologizedLateness> late;  // one a reason; empty: none
};

// One a reachable state ("none" left out), by number. The machine need not be sound.
std::vector<StatePromise> CheckPromises(const Machine& machine);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_MACHINE_PROMISES_H_
