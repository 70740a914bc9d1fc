// A slow fold of one dossier: every event by a walk through the machine's rows, every due time
// reckoned anew from the acceptance, and the state copied before each event. Without steps,
// catalogue, calendars of agencies and machines with states of their own.
#ifndef MOTCUA_TESTS_ORACLE_DOSSIER_ORACLE_H_
#define MOTCUA_TESTS_ORACLE_DOSSIER_ORACLE_H_

#include <string>
#include <vector>

#include "motcua/dossiers/dossier.h"
#include "motcua/dossiers/fold.h"

namespace motcua {

struct OracleDossier {
  std::string agency, receiving, competent, counted_at, procedure;
  DossierStatus status = DossierStatus::kNone;
  Channel channel = Channel::kUnknown;
  Outcome outcome = Outcome::kNone;
  MinuteNumber submitted_at = kNoMinute, accepted_at = kNoMinute, clock_start = kNoMinute,
               original_due = kNoMinute, due = kNoMinute, finished_at = kNoMinute,
               handed_over_at = kNoMinute, held_since = kNoMinute, changed_at = kNoMinute,
               reception_due = kNoMinute, answer_due = kNoMinute;
  int visits = 0, supplements = 0;
  unsigned marks = 0;
  bool extended = false, provisional = false;
  std::vector<std::string> refused;  // ids, in the order they were given up
};

OracleDossier FoldSlowly(std::vector<Event> events, const FoldRules& rules, MinuteNumber as_of);

}  // namespace motcua

#endif  // MOTCUA_TESTS_ORACLE_DOSSIER_ORACLE_H_
