// Succession (kế thừa): into which units a unit went, and out of which it came.
//
//   registry.Successors("24829", CivilDay(2025, 6, 30), CivilDay(2025, 7, 1))
//   -> merged; one edge: Phường B'Lao, whole, all, 2025-07-01 1671/NQ-UBTVQH15 art. 1 cl. 107
//
// Transitive over every reform between the two days. Ambiguity is a result: a
// unit that was split gives all its successors, and where the sources do not say
// how much of it went where, the edge says unknown.
#ifndef MOTCUA_UNITS_SUCCESSION_H_
#define MOTCUA_UNITS_SUCCESSION_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "motcua/base/civil.h"
#include "motcua/units/unit.h"
#include "motcua/units/vocabulary.h"

namespace motcua {

// One act on the way. `act` may be empty where the list changed without one;
// article and clause are 0 where the source has none.
struct SuccessionStep {
  CivilDay date;  // in force
  std::string_view act;
  int article = 0;
  int clause = 0;
};

struct SuccessionEdge {
  Unit unit;
  Extent extent;
  Moved moved;
  std::vector<SuccessionStep> steps;  // by date; empty if nothing happened
};

struct Succession {
  SuccessionKind kind = SuccessionKind::kUnknown;
  std::vector<SuccessionEdge> edges;  // by code
  // For a district asked across 2025-07-01: the province that answers for it.
  std::optional<Unit> answered_by;
};

// Walks the graph of spells. `spell` covers `start`; forward if `end` is later.
// Internal: call Registry::Successors or Registry::Predecessors.
Succession Trace(const RegistryTables& tables, std::uint32_t spell, CivilDay start, CivilDay end,
                 bool forward);

// The spells alone that Trace ends in, sorted; for bulk work. Sets `in_part` if ground of
// them may have gone elsewhere on the way.
std::vector<std::uint32_t> TraceEnds(const RegistryTables& tables, std::uint32_t spell,
                                     DayNumber start, DayNumber end, bool forward,
                                     bool* in_part = nullptr);

}  // namespace motcua

#endif  // MOTCUA_UNITS_SUCCESSION_H_
