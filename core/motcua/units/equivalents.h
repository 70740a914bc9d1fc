// Territories that two days have in common, so that their statistics compare.
#ifndef MOTCUA_UNITS_EQUIVALENTS_H_
#define MOTCUA_UNITS_EQUIVALENTS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "motcua/units/registry.h"

namespace motcua {

// Units of two days that cover the same ground.
struct EquivalentGroup {
  std::vector<Unit> first;   // of the first day, by code
  std::vector<Unit> second;  // of the second day
  // False if a path between them is not known: one side may be empty, and land may
  // have come from, or gone to, a unit of another group.
  bool known = true;
};

// The smallest groups between two days, by the first code. Every commune of either day
// is in exactly one group, and so is a district that has no communes (the five island
// districts until 2025-06-30). The later day may come first: the groups are the same,
// their sides exchanged.
// O(units * log units). Errors: kOutsideCoverage.
absl::StatusOr<std::vector<EquivalentGroup>> Equivalents(const Registry& registry, CivilDay first,
                                                         CivilDay second);

}  // namespace motcua

#endif  // MOTCUA_UNITS_EQUIVALENTS_H_
