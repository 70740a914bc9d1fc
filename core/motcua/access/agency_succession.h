// What becomes of the work and the people of an agency on a day: the one judgement that the
// handover of dossiers and that of accounts share.
#ifndef MOTCUA_ACCESS_AGENCY_SUCCESSION_H_
#define MOTCUA_ACCESS_AGENCY_SUCCESSION_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/units/registry.h"

namespace motcua {

struct HandoverCandidate {
  std::string agency;  // code of a successor on the day
  std::string moved;   // what went there: all, area, area+population, ... unknown
  std::string extent;  // whole, part, unknown
};

// Old agency to new one, for bodies that are no administrative units (departments).
// It is asked before the registry.
using AgencySuccession = std::map<std::string, std::string, std::less<>>;

// One thing that decides where something of a split unit goes. It names a dossier, an
// account, or an agency with a hamlet (thôn, tổ dân phố) or a land parcel (thửa đất).
struct HandoverHint {
  std::string dossier = {};
  std::string account = {};
  std::string agency = {};
  std::string hamlet = {};
  std::string parcel = {};
  std::string successor = {};
  std::string source = {};  // who decided it; may be empty
};

class HandoverHints {
 public:
  HandoverHints() = default;

  // Errors: kInvalidArgument naming the row: no successor, nothing or too much named, two
  // hints for one thing that differ.
  static absl::StatusOr<HandoverHints> Of(std::vector<HandoverHint> hints);

  // In this order: the dossier itself, the parcel, the hamlet; null if none is given.
  const HandoverHint* ForDossier(std::string_view dossier, std::string_view agency,
                                 std::string_view parcel, std::string_view hamlet) const;
  const HandoverHint* ForAccount(std::string_view account) const;

 private:
  std::map<std::string, HandoverHint, std::less<>> hints_;
};

struct AgencyVerdict {
  enum Kind { kStays, kPasses, kUndecided } kind = kStays;
  std::string to;
  std::string basis;  // the acts that moved it, e.g. "1671/NQ-UBTVQH15 art. 1 cl. 107"
  std::vector<HandoverCandidate> candidates;

  // Decides an undecided one. A hint that names none of the candidates decides nothing; where
  // no candidate is known it is taken at its word. False if it is still undecided.
  bool DecideBy(const HandoverHint& hint);
};

// Succession is asked once for an agency and a day since when it holds.
class AgencyJudge {
 public:
  // All must outlive the judge.
  AgencyJudge(const Registry& registry, CivilDay date, const AgencySuccession& agencies)
      : registry_(registry), date_(date), agencies_(agencies) {}

  // A unit that goes on under its code, or a body that is no unit and not listed, stays. A
  // unit that the registry does not know on that day is undecided. The verdict lives as long
  // as the judge.
  const AgencyVerdict& On(std::string_view agency, DayNumber since);

 private:
  AgencyVerdict Decide(std::string_view agency, DayNumber since) const;

  const Registry& registry_;
  CivilDay date_;
  const AgencySuccession& agencies_;
  std::map<std::pair<std::string, DayNumber>, AgencyVerdict> verdicts_;
};

}  // namespace motcua

#endif  // MOTCUA_ACCESS_AGENCY_SUCCESSION_H_
