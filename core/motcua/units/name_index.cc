#include "motcua/units/name_index.h"

#include <algorithm>
#include <string>

#include "motcua/base/status.h"

namespace motcua {
namespace {

absl::Status Malformed(std::string_view table, std::size_t row, std::string_view expected) {
  return Error(Reason::kMalformedData, table, "row " + std::to_string(row), expected);
}

template <typename Row>
absl::Status CheckBelow(std::span<const Row> rows, std::size_t limit, std::string_view table) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i] >= limit) return Malformed(table, i, "below " + std::to_string(limit));
  return absl::OkStatus();
}

bool InRange(std::size_t first, std::size_t count, std::size_t size) {
  return first <= size && count <= size - first;
}

}  // namespace

absl::Status NameIndex::Open(const Dataset& source, std::size_t spell_count, std::size_t code_count,
                             std::size_t variant_count) {
  dataset = source;
  keys = dataset.table<NameKeyRow>("names.keys");
  namings = dataset.table<NameRow>("names.namings");
  within = dataset.table<WithinRow>("names.within");
  aliases = dataset.table<AliasRow>("names.aliases");
  areas = dataset.table<AreaRow>("names.areas");
  inside = dataset.table<std::uint16_t>("names.inside");
  upper = dataset.table<std::uint16_t>("names.upper");
  above = dataset.table<std::uint16_t>("names.above");
  slots = dataset.table<std::uint16_t>("names.slots");
  filter = dataset.table<std::uint64_t>("names.filter");
  prefixes = dataset.table<std::uint64_t>("names.prefixes");
  return Check(spell_count, code_count, variant_count);
}

absl::Status NameIndex::Check(std::size_t spell_count, std::size_t code_count,
                              std::size_t variant_count) const {
  if (slots.size() != std::size_t{1} << kSlotBits ||
      std::find(slots.begin(), slots.end(), 0) == slots.end())
    return Malformed("names.slots", slots.size(), "2^14 slots, one of them empty");
  if (filter.size() != (std::size_t{1} << kFilterBits) / 64)
    return Malformed("names.filter", filter.size(), "2^16 bits");
  if (prefixes.size() != (std::size_t{1} << kPrefixBits) / 64)
    return Malformed("names.prefixes", prefixes.size(), "2^18 bits");
  MOTCUA_RETURN_IF_ERROR(CheckBelow(slots, keys.size() + 1, "names.slots"));
  for (std::size_t i = 0; i < aliases.size(); ++i)
    if (aliases[i].key >= keys.size()) return Malformed("names.aliases", i, "a key");
  MOTCUA_RETURN_IF_ERROR(CheckBelow(inside, keys.size(), "names.inside"));
  MOTCUA_RETURN_IF_ERROR(CheckBelow(upper, keys.size(), "names.upper"));
  MOTCUA_RETURN_IF_ERROR(CheckBelow(above, areas.size(), "names.above"));
  for (std::size_t i = 0; i < areas.size(); ++i)
    if (areas[i].code >= code_count || areas[i].level < 1 || areas[i].level > 2 ||
        !InRange(areas[i].first_inside, areas[i].inside_count, inside.size()))
      return Malformed("names.areas", i, "a province or a district and keys inside");
  for (std::size_t i = 0; i < namings.size(); ++i)
    if (namings[i].spell >= spell_count ||
        (namings[i].variant != kNoRow && namings[i].variant >= variant_count) ||
        !InRange(namings[i].first_above, namings[i].above_count, above.size()) ||
        namings[i].level < 1 || namings[i].level > 3 || namings[i].type < 1 ||
        namings[i].type > 9 || (namings[i].level < 3 && namings[i].area >= areas.size()))
      return Malformed("names.namings", i, "a spell, a variant and areas");
  return CheckKeys();
}

absl::Status NameIndex::CheckKeys() const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const NameKeyRow& row = keys[i];
    if (!InRange(row.first_naming, row.naming_count, namings.size()) ||
        !InRange(row.first_within, row.within_count, within.size()) ||
        !InRange(row.first_alias, row.alias_count, aliases.size()) ||
        row.upper_count > row.naming_count)
      return Malformed("names.keys", i, "namings, areas and aliases");
    const auto names = namings.subspan(row.first_naming, row.naming_count);
    for (std::size_t k = 0; k < row.upper_count; ++k)
      if (names[k].level > 2)
        return Malformed("names.keys", i, "provinces and districts before communes");
    for (const WithinRow& entry : within.subspan(row.first_within, row.within_count))
      if (entry.naming >= row.naming_count || entry.area >= areas.size())
        return Malformed("names.within", row.first_within, "a naming in an area");
  }
  return absl::OkStatus();
}

std::span<const WithinRow> NameIndex::Within(std::uint32_t key, std::uint16_t area) const {
  constexpr std::size_t kFew = 24;
  const auto rows = within.subspan(keys[key].first_within, keys[key].within_count);
  const auto before = [area](const WithinRow& row) { return row.area < area; };
  const auto first = rows.size() <= kFew ? std::find_if_not(rows.begin(), rows.end(), before)
                                         : std::partition_point(rows.begin(), rows.end(), before);
  auto last = first;
  while (last != rows.end() && last->area == area) ++last;
  return {first, last};
}

}  // namespace motcua
