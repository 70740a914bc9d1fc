#include "units_names.h"

#include <algorithm>
#include <map>
#include <set>

#include "motcua/base/civil.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/text/folding.h"
#include "motcua/units/name_rows.h"

namespace motcua {
namespace {

const std::int32_t kNewEpoch = ToNumber(CivilDay(2025, 7, 1));

std::string NameLetters(std::string_view name) {
  std::string letters = SearchKey(name);
  std::replace(letters.begin(), letters.end(), 'y', 'i');
  return letters;
}

void AddOnce(std::uint16_t area, std::vector<std::uint16_t>& areas) {
  if (std::find(areas.begin(), areas.end(), area) == areas.end()) areas.push_back(area);
}

// What lies above each unit, in its own epoch and in the other one.
class Areas {
 public:
  explicit Areas(const UnitsFacts& facts) : facts_(facts), above_(facts.spells.size()) {
    std::uint32_t code = kNoRow;
    for (std::uint32_t i = 0; i < facts.spells.size(); ++i) {
      const SpellFact& spell = facts.spells[i];
      if (i == 0 || facts.spells[i - 1].code != spell.code) ++code;
      if (spell.level == Level::kCommune) continue;
      const bool is_new = spell.valid_from >= kNewEpoch;
      const auto [at, added] =
          ids_.try_emplace({spell.code, is_new}, static_cast<std::uint16_t>(rows_.size()));
      if (added)
        rows_.push_back({code, 0, 0, static_cast<std::uint16_t>(spell.level),
                         static_cast<std::uint16_t>(is_new)});
      area_of_.push_back(at->second);
    }
    for (std::uint32_t i = 0; i < facts.spells.size(); ++i)
      if (!IsNew(i)) LookUpOld(i);
    for (std::uint32_t i = 0; i < facts.spells.size(); ++i)
      if (IsNew(i)) LookUpNew(i);
  }

  const std::vector<std::uint16_t>& above(std::uint32_t spell) const { return above_[spell]; }
  const std::vector<std::uint16_t>& area_of() const { return area_of_; }
  std::vector<AreaRow>& rows() { return rows_; }

 private:
  bool IsNew(std::uint32_t spell) const { return facts_.spells[spell].valid_from >= kNewEpoch; }

  // The spells of a code that share a day with `spell`.
  std::vector<std::uint32_t> Meeting(const std::string& code, std::uint32_t spell) const {
    std::vector<std::uint32_t> meeting;
    const auto of_code = facts_.by_code.find(code);
    if (of_code == facts_.by_code.end()) return meeting;
    const SpellFact& unit = facts_.spells[spell];
    for (const std::uint32_t other : of_code->second)
      if (facts_.spells[other].valid_from < unit.valid_to &&
          unit.valid_from < facts_.spells[other].valid_to)
        meeting.push_back(other);
    return meeting;
  }

  void LookUpOld(std::uint32_t spell) {
    std::vector<std::uint32_t> provinces;
    for (const std::uint32_t parent : Meeting(facts_.spells[spell].parent, spell)) {
      AddOnce(area_of_[parent], above_[spell]);
      if (facts_.spells[parent].level == Level::kProvince) provinces.push_back(parent);
      for (const std::uint32_t above : Meeting(facts_.spells[parent].parent, parent))
        provinces.push_back(above);
    }
    for (const std::uint32_t province : provinces) AddOnce(area_of_[province], above_[spell]);
    for (const std::uint32_t province : provinces)
      for (const EdgeFact& edge : EdgesFrom(province))
        if (IsNew(edge.to)) AddOnce(area_of_[edge.to], above_[spell]);
  }

  // The province of a new commune; the districts and provinces that its predecessors
  // had, and the island district that it was.
  void LookUpNew(std::uint32_t spell) {
    for (const std::uint32_t parent : Meeting(facts_.spells[spell].parent, spell))
      AddOnce(area_of_[parent], above_[spell]);
    std::vector<std::uint16_t> districts, provinces;
    for (const std::uint32_t first : facts_.by_code.find(facts_.spells[spell].code)->second) {
      for (const EdgeFact& edge : facts_.edges) {
        if (edge.to != first || IsNew(edge.from)) continue;
        if (facts_.spells[spell].level != Level::kCommune || !IsNew(first)) continue;
        if (facts_.spells[edge.from].level == Level::kDistrict)
          AddOnce(area_of_[edge.from], districts);
        for (const std::uint16_t area : above_[edge.from]) {
          if (rows_[area].new_epoch == 0)
            AddOnce(area, rows_[area].level == 2 ? districts : provinces);
        }
      }
    }
    for (const std::uint16_t area : districts) AddOnce(area, above_[spell]);
    for (const std::uint16_t area : provinces) AddOnce(area, above_[spell]);
  }

  std::span<const EdgeFact> EdgesFrom(std::uint32_t spell) const {
    EdgeFact wanted;
    wanted.from = spell;
    const auto [first, last] =
        std::equal_range(facts_.edges.begin(), facts_.edges.end(), wanted,
                         [](const EdgeFact& a, const EdgeFact& b) { return a.from < b.from; });
    return {first, last};
  }

  const UnitsFacts& facts_;
  std::map<std::pair<std::string, bool>, std::uint16_t> ids_;
  std::vector<AreaRow> rows_;
  std::vector<std::uint16_t> area_of_;
  std::vector<std::vector<std::uint16_t>> above_;
};

struct NameEntry {
  std::vector<NamingRow> namings;
  std::map<std::string, std::string> stands_for;  // letters of a full name, short name
};
using Names = std::map<std::string, NameEntry>;

absl::Status ReadShortNames(const FactsFolder& folder, Names& names) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/short_names.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/short_names.tsv", text, {"short", "name"}));
  for (const Tsv::Row& row : table.rows()) {
    const auto meant = names.find(NameLetters(row["name"]));
    if (meant == names.end() || meant->second.namings.empty())
      return row.Refuse("name", "the name of a unit");
    names[NameLetters(row["short"])].stands_for.emplace(meant->first, row["short"]);
  }
  return absl::OkStatus();
}

struct Above {
  std::uint32_t first = 0;
  std::uint16_t count = 0;
};

// Adds names.above and says where the areas of each spell are.
std::vector<Above> AddAbove(const UnitsFacts& facts, const Areas& areas, ImageBuilder& image) {
  std::vector<Above> rows;
  std::vector<std::uint16_t> above;
  for (std::uint32_t spell = 0; spell < facts.spells.size(); ++spell) {
    rows.push_back({static_cast<std::uint32_t>(above.size()),
                    static_cast<std::uint16_t>(areas.above(spell).size())});
    above.insert(above.end(), areas.above(spell).begin(), areas.above(spell).end());
  }
  image.AddTable("names.above", above);
  return rows;
}

// Which spells have another one of the same unit.
std::vector<bool> GoesOn(const UnitsFacts& facts) {
  std::vector<bool> goes_on(facts.spells.size(), false);
  for (const EdgeFact& edge : facts.edges)
    if ((edge.flags & kSameUnit) != 0 && edge.from != edge.to)
      goes_on[edge.from] = goes_on[edge.to] = true;
  return goes_on;
}

NameRow RowOf(const UnitsFacts& facts, const NamingRow& naming, const Above& above, bool goes_on) {
  const SpellFact& spell = facts.spells[naming.spell];
  NameRow row{};
  row.spell = naming.spell;
  row.variant = naming.variant;
  row.written =
      WrittenHash(naming.variant == kNoRow ? spell.name : facts.variants[naming.variant].name);
  row.valid_from = spell.valid_from;
  row.valid_to = spell.valid_to;
  row.first_above = above.first;
  row.above_count = above.count;
  row.level = static_cast<std::uint8_t>(spell.level);
  row.type = static_cast<std::uint8_t>(spell.type);
  row.goes_on = goes_on ? 1 : 0;
  return row;
}

// Adds names.inside, and says in each area where its rows are.
void AddInside(const std::vector<std::set<std::uint16_t>>& inside, Areas& areas,
               ImageBuilder& image) {
  std::vector<std::uint16_t> rows;
  for (std::size_t area = 0; area < inside.size(); ++area) {
    areas.rows()[area].first_inside = static_cast<std::uint32_t>(rows.size());
    areas.rows()[area].inside_count = static_cast<std::uint32_t>(inside[area].size());
    rows.insert(rows.end(), inside[area].begin(), inside[area].end());
  }
  image.AddTable("names.inside", rows);
  image.AddTable("names.areas", areas.rows());
}

void AddKeys(const UnitsFacts& facts, const Names& names, Areas& areas, ImageBuilder& image) {
  std::vector<NameKeyRow> keys;
  std::vector<NameRow> namings;
  std::vector<WithinRow> within;
  const std::vector<Above> above_of = AddAbove(facts, areas, image);
  const std::vector<bool> goes_on = GoesOn(facts);
  std::vector<AliasRow> aliases;
  std::vector<std::uint16_t> upper;
  std::vector<std::set<std::uint16_t>> inside(areas.rows().size());
  for (const auto& [letters, entry] : names) {
    const auto key = static_cast<std::uint16_t>(keys.size());
    NameKeyRow row{};
    row.hash = HashOf(letters).hash;
    row.letters = image.AddText(letters);
    row.letter_set = LetterSet(letters);
    row.first_naming = static_cast<std::uint32_t>(namings.size());
    row.first_within = static_cast<std::uint32_t>(within.size());
    row.first_alias = static_cast<std::uint32_t>(aliases.size());
    row.naming_count = static_cast<std::uint16_t>(entry.namings.size());
    for (std::size_t k = 0; k < entry.namings.size(); ++k) {
      const SpellFact& spell = facts.spells[entry.namings[k].spell];
      row.levels |= 1u << static_cast<int>(spell.level);
      if (spell.level != Level::kCommune) {
        ++row.upper_count;
        continue;
      }
      for (const std::uint16_t area : areas.above(entry.namings[k].spell)) {
        within.push_back({area, static_cast<std::uint16_t>(k)});
        inside[area].insert(key);
      }
    }
    std::sort(within.begin() + row.first_within, within.end(),
              [](const WithinRow& a, const WithinRow& b) {
                return a.area != b.area ? a.area < b.area : a.naming < b.naming;
              });
    row.within_count = static_cast<std::uint16_t>(within.size() - row.first_within);
    if (row.upper_count > 0) upper.push_back(key);
    for (const auto& [meant, written] : entry.stands_for)
      aliases.push_back(
          {static_cast<std::uint32_t>(std::distance(names.begin(), names.find(meant))),
           image.AddText(written)});
    row.alias_count = static_cast<std::uint16_t>(aliases.size() - row.first_alias);
    for (const NamingRow& naming : entry.namings) {
      const std::uint32_t spell = naming.spell;
      NameRow made = RowOf(facts, naming, above_of[spell], goes_on[spell]);
      if (facts.spells[spell].level != Level::kCommune) made.area = areas.area_of()[spell];
      namings.push_back(made);
    }
    keys.push_back(row);
  }
  image.AddTable("names.keys", keys);
  image.AddTable("names.namings", namings);
  image.AddTable("names.within", within);
  image.AddTable("names.aliases", aliases);
  image.AddTable("names.upper", upper);
  AddInside(inside, areas, image);
}

void SetBit(std::size_t bit, std::vector<std::uint64_t>& bits) {
  bits[bit / 64] |= std::uint64_t{1} << bit % 64;
}

absl::Status AddHashes(const Names& names, ImageBuilder& image) {
  std::vector<std::uint16_t> slots(std::size_t{1} << kSlotBits, 0);
  std::vector<std::uint64_t> filter((std::size_t{1} << kFilterBits) / 64, 0);
  std::vector<std::uint64_t> prefixes((std::size_t{1} << kPrefixBits) / 64, 0);
  std::set<std::uint64_t> hashes;
  std::uint16_t key = 0;
  for (const auto& [letters, entry] : names) {
    LetterHash hash;
    for (const char letter : letters) {
      hash.Add(letter);
      SetBit(PrefixBitOfHash(MixHash(hash.hash)), prefixes);
    }
    if (!hashes.insert(hash.hash).second)
      return Error(Reason::kMalformedData, "units: names", letters,
                   "a name with a hash of its own; change kHashBase");
    const std::uint64_t mixed = MixHash(hash.hash);
    SetBit(FilterBitOfHash(mixed), filter);
    std::size_t slot = SlotOfHash(mixed);
    while (slots[slot] != 0) slot = (slot + 1) % slots.size();
    slots[slot] = ++key;
  }
  image.AddTable("names.slots", slots);
  image.AddTable("names.filter", filter);
  image.AddTable("names.prefixes", prefixes);
  return absl::OkStatus();
}

}  // namespace

absl::Status AddNameIndex(const FactsFolder& folder, const UnitsFacts& facts, ImageBuilder& image) {
  Names names;
  for (std::uint32_t spell = 0; spell < facts.spells.size(); ++spell)
    names[NameLetters(facts.spells[spell].name)].namings.push_back({spell, kNoRow});
  for (std::uint32_t variant = 0; variant < facts.variants.size(); ++variant)
    names[NameLetters(facts.variants[variant].name)].namings.push_back(
        {facts.variants[variant].spell, variant});
  for (auto& [letters, entry] : names)
    std::stable_sort(entry.namings.begin(), entry.namings.end(),
                     [](const NamingRow& a, const NamingRow& b) { return a.spell < b.spell; });
  MOTCUA_RETURN_IF_ERROR(ReadShortNames(folder, names));
  constexpr std::size_t kMost = (std::size_t{1} << kSlotBits) / 2;
  if (names.size() > kMost)
    return Error(Reason::kMalformedData, "units: names", std::to_string(names.size()),
                 "at most " + std::to_string(kMost) + " distinct ones; raise kSlotBits");
  Areas areas(facts);
  AddKeys(facts, names, areas, image);
  return AddHashes(names, image);
}

}  // namespace motcua
