// Handover (bàn giao) on a merger: what an abolished body holds passes on.
//
//   MOTCUA_ASSIGN_OR_RETURN(const HandoverReport report,
//                           HandOver(log, registry, CivilDay(2025, 7, 1), {}, machine));
//
// A handover is events: it appends `transfer`s and changes no clock. Every dossier
// open, or finished and not handed over, at the first minute of the day is looked
// at; its holder is resolved on the day since when it holds the dossier, because
// codes are reused (24829 was Phường Lộc Sơn, now Phường B'Lao).
#ifndef MOTCUA_DOSSIERS_HANDOVER_H_
#define MOTCUA_DOSSIERS_HANDOVER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/access/agency_succession.h"
#include "motcua/base/civil.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/dossiers/machine.h"
#include "motcua/units/registry.h"

namespace motcua {

struct HandoverRow {
  std::string dossier;
  std::string from;
  std::string to;     // of a transfer; empty if undecided
  std::string basis;  // the acts that moved the unit, e.g. "1671/NQ-UBTVQH15 art. 1 cl. 107"
  std::vector<HandoverCandidate> candidates;  // of an undecided one; none: no successor known
};

struct HandoverReport {
  std::vector<HandoverRow> transferred;  // by dossier code
  std::vector<HandoverRow> undecided;    // split units and units without a known successor
};

// Folds with `machine`, and with `machines` the procedures that have one of their own.
// Appends a transfer at 00:00 of `date` for every such dossier whose holder went
// whole into one successor. Of a holder that was split, the dossier goes where a hint sends
// it: `hints`, else the `successor` that one of its events names; without one it is listed,
// not guessed. Where another agency decides than holds it, both pass on. The ids
// are "handover:DATE:DOSSIER", and a dossier transferred at that minute has a holder
// of the day, so running it twice adds nothing. Errors: kOutsideCoverage if the
// registry does not know the day; kInvalidArgument if the log uses such an id for
// something else. On failure the log is unchanged.
absl::StatusOr<HandoverReport> HandOver(EventLog& log, const Registry& registry, CivilDay date,
                                        const AgencySuccession& agencies, const Machine& machine,
                                        const HandoverHints& hints = {},
                                        const ProcedureMachines& machines = {});

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_HANDOVER_H_
