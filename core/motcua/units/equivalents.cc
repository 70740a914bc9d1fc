#include "motcua/units/equivalents.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "motcua/base/status.h"
#include "motcua/units/registry_tables.h"

namespace motcua {
namespace {

// The spells that cover a day's ground once: communes, and districts without any.
std::vector<std::uint32_t> Ground(const RegistryTables& tables, DayNumber day) {
  std::set<std::uint32_t> with_communes;  // rows of units.codes
  for (std::uint32_t spell = 0; spell < tables.spells.size(); ++spell) {
    const SpellRow& row = tables.spells[spell];
    if (row.level == static_cast<std::uint8_t>(Level::kCommune) && tables.Covers(spell, day))
      with_communes.insert(row.parent);
  }
  std::vector<std::uint32_t> ground;
  for (std::uint32_t spell = 0; spell < tables.spells.size(); ++spell) {
    const SpellRow& row = tables.spells[spell];
    if (row.level == static_cast<std::uint8_t>(Level::kProvince) || !tables.Covers(spell, day))
      continue;
    if (row.level == static_cast<std::uint8_t>(Level::kDistrict) &&
        with_communes.contains(tables.FindCode(CodeText(row.code))))
      continue;
    ground.push_back(spell);
  }
  return ground;
}

// A spell of the ground itself; of a district that has communes by then, these.
std::vector<std::uint32_t> PiecesOf(const RegistryTables& tables, std::uint32_t spell,
                                    const std::vector<std::uint32_t>& ground) {
  if (std::binary_search(ground.begin(), ground.end(), spell)) return {spell};
  const std::uint32_t code = tables.FindCode(CodeText(tables.spells[spell].code));
  std::vector<std::uint32_t> pieces;
  for (const std::uint32_t piece : ground)
    if (tables.spells[piece].parent == code) pieces.push_back(piece);
  return pieces;
}

// Sets that grow together.
class Groups {
 public:
  explicit Groups(std::size_t size) : above_(size) { std::iota(above_.begin(), above_.end(), 0u); }
  std::uint32_t Of(std::uint32_t element) {
    while (above_[element] != element) element = above_[element] = above_[above_[element]];
    return element;
  }
  void Join(std::uint32_t a, std::uint32_t b) { above_[Of(b)] = Of(a); }

 private:
  std::vector<std::uint32_t> above_;
};

// Looked at from the other day: the sides exchanged, by the code that is now the first.
void Exchange(std::vector<EquivalentGroup>& groups) {
  for (EquivalentGroup& group : groups) group.first.swap(group.second);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const EquivalentGroup& a, const EquivalentGroup& b) {
                     if (a.first.empty() || b.first.empty())
                       return a.first.empty() < b.first.empty();
                     return a.first.front().spell() < b.first.front().spell();
                   });
}

// Where `first` is not after `second`.
std::vector<EquivalentGroup> Between(const RegistryTables& tables, CivilDay first,
                                     CivilDay second) {
  const auto before = Ground(tables, ToNumber(first));
  const auto after = Ground(tables, ToNumber(second));
  // Elements 0.. are the spells as of the first day, spells + 0.. as of the second.
  const auto spells = static_cast<std::uint32_t>(tables.spells.size());
  Groups groups(2 * tables.spells.size());
  std::set<std::uint32_t> unknown;
  std::set<std::uint32_t> reached;
  for (const std::uint32_t spell : before) {
    bool in_part = false;
    const auto ends = TraceEnds(tables, spell, ToNumber(first), ToNumber(second), true, &in_part);
    if (ends.empty() || in_part) unknown.insert(spell);
    for (const std::uint32_t end : ends) {
      for (const std::uint32_t piece : PiecesOf(tables, end, after)) {
        groups.Join(spell, spells + piece);
        reached.insert(piece);
      }
    }
  }
  std::map<std::uint32_t, std::uint32_t> order;  // group -> its place, by first appearance
  std::vector<EquivalentGroup> result;
  const auto group_of = [&](std::uint32_t element) -> EquivalentGroup& {
    const auto [at, added] =
        order.try_emplace(groups.Of(element), static_cast<std::uint32_t>(result.size()));
    if (added) result.emplace_back();
    return result[at->second];
  };
  for (const std::uint32_t spell : before) {
    EquivalentGroup& group = group_of(spell);
    group.first.push_back(tables.UnitOf(spell, first));
    group.known = group.known && !unknown.contains(spell);
  }
  for (const std::uint32_t spell : after) {
    EquivalentGroup& group = group_of(spells + spell);
    group.second.push_back(tables.UnitOf(spell, second));
    group.known = group.known && reached.contains(spell);
  }
  return result;
}

}  // namespace

absl::StatusOr<std::vector<EquivalentGroup>> Equivalents(const Registry& registry, CivilDay first,
                                                         CivilDay second) {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(first, "first"));
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(second, "second"));
  auto groups = Between(registry.tables(), std::min(first, second), std::max(first, second));
  if (second < first) Exchange(groups);
  return groups;
}

}  // namespace motcua
