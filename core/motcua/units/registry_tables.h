// The tables of the registry, opened: spans into a dataset image, checked once.
// Internal to the room.
#ifndef MOTCUA_UNITS_REGISTRY_TABLES_H_
#define MOTCUA_UNITS_REGISTRY_TABLES_H_

#include <memory>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"
#include "motcua/units/name_index.h"
#include "motcua/units/unit.h"
#include "motcua/units/units_rows.h"

namespace motcua {

// The text of a NUL-padded code.
inline std::string_view CodeText(const UnitCode& code) {
  std::size_t size = 0;
  while (size < code.size() && code[size] != 0) ++size;
  return {code.data(), size};
}

struct RegistryTables : std::enable_shared_from_this<RegistryTables> {
  // Opens and checks every reference between rows, so that nothing read later can
  // point outside. O(rows), well under a millisecond. Errors: kMalformedData.
  static absl::StatusOr<std::shared_ptr<const RegistryTables>> Open(const Dataset& dataset);

  Unit UnitOf(std::uint32_t spell, CivilDay as_of) const;
  // As of a day inside the spell: `wish` if it lies there, else the nearest.
  Unit UnitNear(std::uint32_t spell, CivilDay wish) const;

  std::string_view NameOf(std::uint32_t spell) const { return dataset.text(spells[spell].name); }
  std::string_view ActOf(std::uint16_t act) const {
    return act == kNoAct ? std::string_view() : dataset.text(acts[act].name);
  }
  bool Covers(std::uint32_t spell, DayNumber day) const {
    return spells[spell].valid_from <= day && day < spells[spell].valid_to;
  }
  // The row of units.codes; kNoRow if there never was such a code.
  std::uint32_t FindCode(std::string_view code) const;
  // The spell of a code on a day; kNoRow if none. `code` is a row of units.codes.
  std::uint32_t SpellOn(std::uint32_t code, DayNumber day) const;
  std::uint32_t ParentOf(std::uint32_t spell, DayNumber day) const {
    const std::uint32_t parent = spells[spell].parent;
    return parent == kNoRow ? kNoRow : SpellOn(parent, day);
  }
  std::span<const EdgeRow> EdgesFrom(std::uint32_t spell) const {
    return edges.subspan(edges_from[spell], edges_from[spell + 1] - edges_from[spell]);
  }
  // Those of the first day after `day` on which any leaves it; perhaps none.
  std::span<const EdgeRow> NextEdges(std::uint32_t spell, DayNumber day) const;
  std::span<const std::uint32_t> ArrivalsAt(std::uint32_t spell) const {
    return arrivals.subspan(edges_to[spell], edges_to[spell + 1] - edges_to[spell]);
  }
  // The row of units.keys; kNoRow if no unit ever had such a name.
  std::uint32_t FindKey(std::string_view search_key) const;
  // The spelling of a naming.
  std::string_view Written(const NamingRow& naming) const {
    return naming.variant == kNoRow ? NameOf(naming.spell)
                                    : dataset.text(variants[naming.variant].name);
  }
  // The province that answers for an abolished district; kNoRow if it has none.
  std::uint32_t AnswerFor(std::uint32_t district_spell) const;

  Dataset dataset;
  std::span<const SpellRow> spells;
  std::span<const CodeRow> codes;
  std::span<const ActRow> acts;
  std::span<const EdgeRow> edges;
  std::span<const std::uint32_t> edges_from;
  std::span<const std::uint32_t> edges_to;
  std::span<const std::uint32_t> arrivals;
  std::span<const AnswerRow> answers;
  std::span<const KeyRow> keys;
  std::span<const NamingRow> namings;
  std::span<const VariantRow> variants;
  std::span<const MeasureRow> measures;
  NameIndex names;  // for the resolver

  explicit RegistryTables(const Dataset& source) : dataset(source) {}

 private:
  absl::Status Check() const;
  absl::Status CheckSpells() const;
  absl::Status CheckCodes() const;
  absl::Status CheckEdges() const;
  absl::Status CheckUnitGoesOn(const EdgeRow& edge) const;
  absl::Status CheckNames() const;
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_REGISTRY_TABLES_H_
