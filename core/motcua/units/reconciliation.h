// Reconciliation (đối soát danh mục): a foreign catalogue against the registry.
//
// The portal wrote BLao where the law says B'Lao, and dossiers were refused. Given
// the rows of such a catalogue, every row gets exactly one finding, and every unit
// that no row stands for gets one too.
//
//   const CatalogueRow rows[] = {{"24829", "Phường BLao", "68"}};
//   Reconcile(registry, rows, CivilDay(2025, 7, 1))
//   -> spelling, unit 24829, stage apostrophe, proposal "name: Phường B'Lao"
#ifndef MOTCUA_UNITS_RECONCILIATION_H_
#define MOTCUA_UNITS_RECONCILIATION_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/text/folding.h"
#include "motcua/units/registry.h"

namespace motcua {

// What a foreign catalogue says of one unit; any may be empty.
struct CatalogueRow {
  std::string_view code;
  std::string_view name;    // with or without the level word
  std::string_view parent;  // code or name of the parent, or of its parent
};

// Of several faults of a row the first in the order stale, code, parent, type,
// spelling is the kind; the proposal corrects all. Numbers cross the C ABI.
enum class FindingKind : std::int32_t {
  kExact = 0,
  kSpelling = 1,   // the name is spelled differently: see the stage
  kType = 2,       // another level word
  kParent = 3,     // another parent
  kCode = 4,       // another code
  kStale = 5,      // a unit of another day; `others` are its successors
  kAmbiguous = 6,  // several units fit as well: `others`
  kSurplus = 7,    // no unit; or a second row for the unit of another row
  kMissing = 8,    // a unit without a row
};
inline constexpr std::int32_t kFindingKindCount = 9;
std::string_view FindingKindName(FindingKind kind);

struct Finding {
  std::optional<std::size_t> row;  // nothing for kMissing
  FindingKind kind = FindingKind::kSurplus;
  std::optional<Unit> unit;    // the best unit, wherever one is defensible
  std::optional<Stage> stage;  // how the row's name matches that unit's; nothing if it does not
  std::vector<Unit> others;
  std::string proposal;  // the correction, in words; empty if nothing is to be done
};

struct ReconciliationScope {
  std::optional<Level> level;         // units of this level only are looked for as missing
  std::optional<std::string> within;  // and only those inside this unit (a code)
};

// Findings of all rows, in their order, then the missing units by code. A unit is
// given to one row, so that all rows together fit best: a row whose unit another one
// has more right to gets the next that fits it nearly as well. O(rows), the square of
// those that want the same units, and a search of all names for each row whose name
// nobody has.
// Errors: kInvalidArgument for text that is not UTF-8 (naming the row),
// kOutsideCoverage, kUnknownUnit for `within`.
absl::StatusOr<std::vector<Finding>> Reconcile(const Registry& registry,
                                               std::span<const CatalogueRow> rows, CivilDay at,
                                               const ReconciliationScope& scope = {});

}  // namespace motcua

#endif  // MOTCUA_UNITS_RECONCILIATION_H_
