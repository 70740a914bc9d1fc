// Statistics moved along succession (quy đổi số liệu): values counted by the units of
// one day, given to the units of another.
//
//   const CarriedValue rows[] = {{"24826", 12000}, {"24838", 9000}};
//   Carry<std::int64_t>(registry, rows, CivilDay(2025, 6, 30), CivilDay(2025, 7, 1), {})
//   -> 24829: 21000
//
// Nothing is guessed. A unit with one successor gives it everything. A unit that was
// split gives everything to the successor that has all its residents (or, by area, to
// the only one with land), if the resolution says so; otherwise it needs the caller's
// weights, and without them its value is left over, with the reason. What is given and
// what is left over add up to what came in, to the unit for whole numbers.
#ifndef MOTCUA_UNITS_CARRY_H_
#define MOTCUA_UNITS_CARRY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/units/registry.h"

namespace motcua {

// What the values count: they go with the residents, or with the land.
enum class CarryBy : std::int32_t { kPopulation = 0, kArea = 1 };

template <typename Value>
struct CarriedValue {
  std::string_view code;
  Value value = 0;
};

// The caller's share of a unit that one of its successors has (looking back: of a unit
// that one of its predecessors has). The shares of a unit need not add up to 1.
struct CarryWeight {
  std::string_view from;
  std::string_view to;
  double weight = 0;
};

struct CarryOptions {
  CarryBy by = CarryBy::kPopulation;
  std::span<const CarryWeight> weights;
};

// Why a row was not given on, or was given on an assumption. Numbers cross the C ABI.
enum class CarryNote : std::int32_t {
  kNone = 0,
  kNoSuccessor = 1,    // left over: the sources name none
  kSplit = 2,          // left over: split, and nothing says how; give weights
  kExtentUnknown = 3,  // given to the only successor, though no text says it is the whole
  kCountedBelow = 4,   // left over: a district that ended, and communes of it have rows
};
inline constexpr std::int32_t kCarryNoteCount = 5;
// "no_successor", "split", "extent_unknown", "counted_below".
std::string_view CarryNoteName(CarryNote note);

template <typename Value>
struct CarryResult {
  struct Given {
    Unit unit;
    Value value = 0;
  };
  struct Noted {
    std::size_t row = 0;
    Value value = 0;
    CarryNote note = CarryNote::kNone;
  };
  std::vector<Given> given;    // by code; units that nothing reached are absent
  std::vector<Noted> left;     // by row: not given on
  std::vector<Noted> assumed;  // by row: given on, but see the note
};

// From the units of `since` to those of `until`; until may be the earlier day. Whole
// numbers are parted by the largest remainder, ties to the smaller code, so that the
// parts add up; fractions so that the last part is what the others leave.
// O(rows) and one walk a row. Errors: kOutsideCoverage; kInvalidArgument (a code that is
// none, a value that is not finite, a weight that is negative, not finite or of a pair
// that is no succession; totals beyond int64); kUnknownUnit naming the row.
template <typename Value>
absl::StatusOr<CarryResult<Value>> Carry(const Registry& registry,
                                         std::span<const CarriedValue<Value>> values,
                                         CivilDay since, CivilDay until,
                                         const CarryOptions& options = {});

extern template absl::StatusOr<CarryResult<std::int64_t>> Carry(
    const Registry&, std::span<const CarriedValue<std::int64_t>>, CivilDay, CivilDay,
    const CarryOptions&);
extern template absl::StatusOr<CarryResult<double>> Carry(const Registry&,
                                                          std::span<const CarriedValue<double>>,
                                                          CivilDay, CivilDay, const CarryOptions&);

}  // namespace motcua

#endif  // MOTCUA_UNITS_CARRY_H_
