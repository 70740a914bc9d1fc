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

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/dossiers/machine.h"
#include "motcua/units/registry.h"

namespace motcua {

struct HandoverCandidate {
  std::string agency;  // code of a successor on the day
  std::string moved;   // what went there: all, area, area+population, ... unknown
  std::string extent;  // whole, part, unknown
};

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

// Old agency to new one, for bodies that are no administrative units (departments).
// It is asked before the registry.
using AgencySuccession = std::map<std::string, std::string, std::less<>>;

// Appends a transfer at 00:00 of `date` for every such dossier whose holder went
// whole into one successor; a holder that was split is listed, not guessed. The ids
// are "handover:DATE:DOSSIER", and a dossier transferred at that minute has a holder
// of the day, so running it twice adds nothing. Errors: kOutsideCoverage if the
// registry does not know the day; kInvalidArgument if the log uses such an id for
// something else. On failure the log is unchanged.
absl::StatusOr<HandoverReport> HandOver(EventLog& log, const Registry& registry, CivilDay date,
                                        const AgencySuccession& agencies, const Machine& machine);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_HANDOVER_H_
