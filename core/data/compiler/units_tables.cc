// The tables "units.*": rows made of what the TSVs say.
#include <algorithm>
#include <map>

#include "image_builder.h"
#include "motcua/base/status.h"
#include "motcua/text/folding.h"
#include "units_facts.h"
#include "units_names.h"

namespace motcua {
namespace {

UnitCode CodeOfText(const std::string& text) {
  UnitCode code{};
  std::copy(text.begin(), text.end(), code.begin());
  return code;
}

// Numbers the acts as they come.
class Acts {
 public:
  explicit Acts(ImageBuilder& image) : image_(image) {}
  std::uint16_t Number(const std::string& name) {
    if (name.empty()) return kNoAct;
    const auto [at, added] = numbers_.try_emplace(name, static_cast<std::uint16_t>(rows_.size()));
    if (added) rows_.push_back({image_.AddText(name)});
    return at->second;
  }
  const std::vector<ActRow>& rows() const { return rows_; }

 private:
  ImageBuilder& image_;
  std::map<std::string, std::uint16_t> numbers_;
  std::vector<ActRow> rows_;
};

// The first spell of each spell's unit, along the edges on which a unit goes on.
absl::StatusOr<std::vector<std::uint32_t>> Identities(const UnitsFacts& facts) {
  std::vector<std::uint32_t> before(facts.spells.size(), kNoRow);
  for (const EdgeFact& edge : facts.edges) {
    if ((edge.flags & kSameUnit) == 0 || edge.from == edge.to) continue;
    if (before[edge.to] != kNoRow)
      return Error(Reason::kMalformedData, "units: code", facts.spells[edge.to].code,
                   "a unit that goes on from one spell only");
    before[edge.to] = edge.from;
  }
  std::vector<std::uint32_t> first(facts.spells.size());
  for (std::uint32_t spell = 0; spell < first.size(); ++spell) {
    std::uint32_t at = spell;
    while (before[at] != kNoRow) at = before[at];
    first[spell] = at;
  }
  return first;
}

absl::Status AddSpells(const UnitsFacts& facts, Acts& acts, ImageBuilder& image) {
  MOTCUA_ASSIGN_OR_RETURN(const auto identities, Identities(facts));
  std::vector<CodeRow> codes;
  std::map<std::string, std::uint32_t> code_rows;
  for (std::uint32_t i = 0; i < facts.spells.size(); ++i) {
    if (code_rows.try_emplace(facts.spells[i].code, static_cast<std::uint32_t>(codes.size()))
            .second)
      codes.push_back({CodeOfText(facts.spells[i].code), 0, i});
    ++codes.back().spell_count;
  }
  std::vector<SpellRow> spells;
  std::vector<MeasureRow> measures;
  for (std::uint32_t i = 0; i < facts.spells.size(); ++i) {
    const SpellFact& fact = facts.spells[i];
    spells.push_back({CodeOfText(fact.code), static_cast<std::uint8_t>(fact.level),
                      static_cast<std::uint8_t>(fact.type), image.AddText(fact.name),
                      fact.valid_from, fact.valid_to,
                      fact.parent.empty() ? kNoRow : code_rows.at(fact.parent), identities[i],
                      acts.Number(fact.from_act), acts.Number(fact.to_act)});
    if (fact.population != 0 || fact.area_hectares != 0)
      measures.push_back({i, fact.population, fact.area_hectares});
  }
  image.AddTable("units.spells", spells);
  image.AddTable("units.codes", codes);
  image.AddTable("units.measures", measures);
  return absl::OkStatus();
}

void AddEdges(const UnitsFacts& facts, Acts& acts, ImageBuilder& image) {
  const std::size_t spells = facts.spells.size();
  std::vector<EdgeRow> edges;
  std::vector<std::uint32_t> from(spells + 1, 0), to(spells + 1, 0);
  for (const EdgeFact& fact : facts.edges) {
    edges.push_back({fact.from, fact.to, fact.day, acts.Number(fact.act), fact.clause, fact.article,
                     fact.extent, fact.moved, fact.flags});
    ++from[fact.from + 1];
    ++to[fact.to + 1];
  }
  for (std::size_t spell = 0; spell < spells; ++spell) {
    from[spell + 1] += from[spell];
    to[spell + 1] += to[spell];
  }
  std::vector<std::uint32_t> arrivals(edges.size()), next = to;
  for (std::uint32_t row = 0; row < edges.size(); ++row) arrivals[next[edges[row].to]++] = row;
  image.AddTable("units.edges", edges);
  image.AddTable("units.edges_from", from);
  image.AddTable("units.edges_to", to);
  image.AddTable("units.arrivals", arrivals);
  image.AddTable("units.answers", facts.answers);
}

// Every spelling of every spell under its search key.
void AddNames(const UnitsFacts& facts, ImageBuilder& image) {
  std::vector<VariantRow> variants;
  std::map<std::string, std::vector<NamingRow>> by_key;
  for (std::uint32_t spell = 0; spell < facts.spells.size(); ++spell)
    by_key[SearchKey(facts.spells[spell].name)].push_back({spell, kNoRow});
  for (const VariantFact& fact : facts.variants) {
    by_key[SearchKey(fact.name)].push_back(
        {fact.spell, static_cast<std::uint32_t>(variants.size())});
    variants.push_back({image.AddText(fact.name)});
  }
  std::vector<KeyRow> keys;
  std::vector<NamingRow> namings;
  for (auto& [key, of_key] : by_key) {
    std::stable_sort(of_key.begin(), of_key.end(),
                     [](const NamingRow& a, const NamingRow& b) { return a.spell < b.spell; });
    keys.push_back({image.AddText(key), static_cast<std::uint32_t>(namings.size()),
                    static_cast<std::uint32_t>(of_key.size())});
    namings.insert(namings.end(), of_key.begin(), of_key.end());
  }
  image.AddTable("units.keys", keys);
  image.AddTable("units.namings", namings);
  image.AddTable("units.variants", variants);
}

}  // namespace

absl::Status CompileUnits(const FactsFolder& folder, ImageBuilder& image) {
  UnitsFacts facts;
  MOTCUA_RETURN_IF_ERROR(ReadSpells(folder, facts));
  MOTCUA_RETURN_IF_ERROR(ReadEdges(folder, facts));
  MOTCUA_RETURN_IF_ERROR(ReadVariants(folder, facts));
  Acts acts(image);
  MOTCUA_RETURN_IF_ERROR(AddSpells(facts, acts, image));
  AddEdges(facts, acts, image);
  AddNames(facts, image);
  MOTCUA_RETURN_IF_ERROR(AddNameIndex(folder, facts, image));
  image.AddTable("units.acts", acts.rows());
  return absl::OkStatus();
}

}  // namespace motcua
