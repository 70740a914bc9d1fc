// The resolver's index, opened: spans into a dataset image, checked once.
// Internal to the room.
#ifndef MOTCUA_UNITS_NAME_INDEX_H_
#define MOTCUA_UNITS_NAME_INDEX_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "motcua/base/dataset.h"
#include "motcua/units/name_rows.h"

namespace motcua {

inline constexpr std::uint32_t kNoKey = kNoRow;

struct NameIndex {
  // Opens the tables "names.*" and checks every reference. `spells`, `codes` and
  // `variants` are the rows of those tables. O(rows). Errors: kMalformedData.
  absl::Status Open(const Dataset& source, std::size_t spell_count, std::size_t code_count,
                    std::size_t variant_count);

  // The row of names.keys whose letters have this hash; kNoKey if no unit ever had
  // such a name. `mixed` is MixHash(hash). O(1).
  std::uint32_t Find(std::uint64_t hash, std::uint64_t mixed) const {
    if (!HasBit(filter, FilterBitOfHash(mixed))) return kNoKey;
    for (std::size_t slot = SlotOfHash(mixed); slots[slot] != 0; slot = (slot + 1) % slots.size()) {
      const std::uint32_t key = slots[slot] - 1u;
      if (keys[key].hash == hash) return key;
    }
    return kNoKey;
  }
  // Whether a key may begin so: never false where one does.
  bool MayBegin(std::uint64_t mixed) const { return HasBit(prefixes, PrefixBitOfHash(mixed)); }

  std::string_view Letters(std::uint32_t key) const { return dataset.text(keys[key].letters); }
  std::span<const NameRow> Namings(std::uint32_t key) const {
    return namings.subspan(keys[key].first_naming, keys[key].naming_count);
  }
  // Those of communes inside an area.
  std::span<const WithinRow> Within(std::uint32_t key, std::uint16_t area) const;
  std::span<const AliasRow> Aliases(std::uint32_t key) const {
    return aliases.subspan(keys[key].first_alias, keys[key].alias_count);
  }
  // The areas above a unit: districts before provinces, its own epoch first.
  std::span<const std::uint16_t> Above(const NameRow& row) const {
    return above.subspan(row.first_above, row.above_count);
  }
  // The keys of the communes inside an area.
  std::span<const std::uint16_t> Inside(std::uint16_t area) const {
    return inside.subspan(areas[area].first_inside, areas[area].inside_count);
  }

  Dataset dataset = Dataset::Builtin();
  std::span<const NameKeyRow> keys;
  std::span<const NameRow> namings;
  std::span<const WithinRow> within;
  std::span<const AliasRow> aliases;
  std::span<const AreaRow> areas;
  std::span<const std::uint16_t> inside;
  std::span<const std::uint16_t> upper;  // keys that name a province or a district
  std::span<const std::uint16_t> above;
  std::span<const std::uint16_t> slots;
  std::span<const std::uint64_t> filter;
  std::span<const std::uint64_t> prefixes;

 private:
  static bool HasBit(std::span<const std::uint64_t> bits, std::size_t bit) {
    return (bits[bit / 64] >> bit % 64 & 1) != 0;
  }
  absl::Status Check(std::size_t spell_count, std::size_t code_count,
                     std::size_t variant_count) const;
  absl::Status CheckKeys() const;
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_NAME_INDEX_H_
