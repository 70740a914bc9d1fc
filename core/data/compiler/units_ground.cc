// Ground that passed between units which both went on, or from a unit that no source
// names. The lists tell it only through the communes: by their parents, and by communes
// that appear without a predecessor.
#include <algorithm>
#include <set>

#include "motcua/units/succession.h"
#include "units_facts.h"

namespace motcua {
namespace {

const std::int32_t kFirstList = ToNumber(CivilDay(2004, 8, 31));
const std::int32_t kSwitch = ToNumber(CivilDay(2025, 7, 1));

std::uint8_t Number(Extent extent) { return static_cast<std::uint8_t>(extent); }
std::uint8_t Number(Moved moved) { return static_cast<std::uint8_t>(moved); }

using SpellAndDay = std::pair<std::uint32_t, std::int32_t>;

// What a unit lost on a day, while it went on.
struct Loss {
  std::string act;                              // the first one known
  Extent kept = Extent::kPart;                  // how much of the unit what goes on is
  std::uint8_t flags = 0;                       // of all its edges of the day
  std::map<std::uint32_t, std::string> takers;  // spells, and the acts
};

class GroundFinder {
 public:
  explicit GroundFinder(const UnitsFacts& facts) : facts_(facts), arrived_(facts.spells.size()) {
    for (const EdgeFact& edge : facts.edges) {
      onward_[edge.from].push_back(edge);
      arrived_[edge.to] = true;
    }
  }

  std::map<SpellAndDay, Loss> FindAll() {
    for (const EdgeFact& edge : facts_.edges) FindTransfers(edge);
    FindDonors();
    return std::move(losses_);
  }

 private:
  std::uint32_t ParentOn(std::uint32_t spell, std::int32_t day) const {
    const std::string& parent = facts_.spells[spell].parent;
    return parent.empty() ? kNoRow : facts_.SpellOn(parent, day);
  }

  // The edges on which a spell ends.
  std::span<const EdgeFact> Onward(std::uint32_t spell) const {
    const auto at = onward_.find(spell);
    return at == onward_.end() ? std::span<const EdgeFact>() : at->second;
  }

  // The spell on `day` in which the unit of `spell`, of the day before, goes on.
  std::uint32_t GoesOnIn(std::uint32_t spell, std::int32_t day) const {
    if (facts_.spells[spell].valid_to > day) return spell;
    for (const EdgeFact& edge : Onward(spell))
      if ((edge.flags & kSameUnit) != 0) return edge.to;
    return kNoRow;
  }

  bool Becomes(std::uint32_t from, std::uint32_t to, std::int32_t day) const {
    if (facts_.spells[from].valid_to > day) return from == to;
    const auto onward = Onward(from);
    return std::any_of(onward.begin(), onward.end(),
                       [&](const EdgeFact& edge) { return edge.to == to; });
  }

  void FindTransfers(const EdgeFact& edge) {
    if (edge.day >= kSwitch || facts_.spells[edge.from].level != facts_.spells[edge.to].level)
      return;
    FindTransfersAbove(edge.from, edge.to, edge.day,
                       edge.act.empty() ? facts_.spells[edge.to].from_act : edge.act);
  }

  // A unit that came under another district, or with its district under another
  // province, took its ground along.
  void FindTransfersAbove(std::uint32_t from, std::uint32_t to, std::int32_t day,
                          const std::string& act) {
    from = ParentOn(from, day - 1);
    to = ParentOn(to, day);
    for (; from != kNoRow && to != kNoRow; from = ParentOn(from, day - 1), to = ParentOn(to, day)) {
      if (facts_.spells[from].level != facts_.spells[to].level || Becomes(from, to, day)) continue;
      Loss& loss = losses_[{from, day}];
      if (loss.act.empty()) loss.act = act;
      loss.takers.try_emplace(to, act);
    }
  }

  // The communes of which no source says out of what they were made.
  void FindDonors() {
    using DayAndDistrict = std::pair<std::int32_t, std::string>;
    std::map<DayAndDistrict, std::vector<std::uint32_t>> made, open;
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.level != Level::kCommune || fact.valid_from <= kFirstList ||
          fact.valid_from >= kSwitch || arrived_[spell])
        continue;
      const DayAndDistrict place(fact.valid_from, fact.parent);
      made[place].push_back(spell);
      if (!FindNamesake(spell)) open[place].push_back(spell);
    }
    for (const auto& [place, communes] : open)
      FindDonorsOf(place.first, place.second, made.at(place),
                   facts_.spells[communes.front()].from_act);
  }

  // "Cổ Nhuế", which became "Cổ Nhuế 1" by the act that made "Cổ Nhuế 2".
  bool FindNamesake(std::uint32_t made) {
    const SpellFact& commune = facts_.spells[made];
    const std::int32_t day = commune.valid_from;
    bool found = false;
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.valid_to != day || fact.level != Level::kCommune) continue;
      const std::string stem = fact.name + " ";
      const std::uint32_t next = GoesOnIn(spell, day);
      if (next == kNoRow || !commune.name.starts_with(stem)) continue;
      const SpellFact& after = facts_.spells[next];
      if (!after.name.starts_with(stem) || after.from_act != commune.from_act) continue;
      Loss& loss = losses_[{spell, day}];
      loss.flags = kInPart;
      loss.act = commune.from_act;
      loss.takers.try_emplace(made, commune.from_act);
      FindTransfersAbove(spell, made, day, commune.from_act);
      parted_.insert({spell, day});
      found = true;
    }
    return found;
  }

  // The communes of the district that changed by name or type on the day may have given
  // the ground of the ones that were made; if none did, any of the district may.
  void FindDonorsOf(std::int32_t day, const std::string& district,
                    const std::vector<std::uint32_t>& made, const std::string& act) {
    std::vector<std::uint32_t> changed, all;
    bool ended = false;  // a commune of the district did, nobody says into what
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.level != Level::kCommune || fact.valid_from >= day || fact.valid_to < day) continue;
      const std::uint32_t next = GoesOnIn(spell, day);
      if (fact.parent != district && (next == kNoRow || facts_.spells[next].parent != district))
        continue;
      if (next == kNoRow) {
        ended = ended || Onward(spell).empty();
        continue;
      }
      if (parted_.contains({spell, day})) continue;
      all.push_back(spell);
      const SpellFact& after = facts_.spells[next];
      const bool lends_name = std::any_of(made.begin(), made.end(), [&](std::uint32_t other) {
        return facts_.spells[other].name.starts_with(fact.name + " ");
      });
      if (lends_name || fact.name != after.name || fact.type != after.type)
        changed.push_back(spell);
    }
    for (const std::uint32_t spell : changed.empty() && !ended ? all : changed) {
      Loss& loss = losses_[{spell, day}];
      loss.kept = Extent::kUnknown;
      loss.flags = kInPart;
      if (loss.act.empty()) loss.act = act;
    }
  }

  const UnitsFacts& facts_;
  std::vector<bool> arrived_;  // whether an edge leads to the spell
  std::map<std::uint32_t, std::vector<EdgeFact>> onward_;
  std::map<SpellAndDay, Loss> losses_;
  std::set<SpellAndDay> parted_;  // communes of which it is known what they lost
};

// The edge of what a unit keeps while its spell goes on.
EdgeFact Kept(std::uint32_t spell, std::int32_t day) {
  EdgeFact edge;
  edge.from = edge.to = spell;
  edge.day = day;
  edge.moved = Number(Moved::kUnchanged);
  edge.flags = kSameUnit;
  return edge;
}

void Lessen(const Loss& loss, EdgeFact& edge) {
  edge.flags |= loss.flags;
  if (edge.extent != Number(Extent::kWhole)) return;
  edge.extent = Number(loss.kept);
  edge.moved = Number(Moved::kUnknown);
  if (edge.act.empty()) edge.act = loss.act;
}

}  // namespace

void AddLostGround(UnitsFacts& facts) {
  const auto losses = GroundFinder(facts).FindAll();
  for (const auto& [at, loss] : losses)
    if (facts.spells[at.first].valid_to > at.second)
      facts.edges.push_back(Kept(at.first, at.second));
  for (EdgeFact& edge : facts.edges) {
    const auto at = losses.find({edge.from, edge.day});
    if (at != losses.end()) Lessen(at->second, edge);
  }
  for (const auto& [at, loss] : losses) {
    for (const auto& [taker, act] : loss.takers) {
      EdgeFact edge;
      edge.from = at.first;
      edge.to = taker;
      edge.day = at.second;
      edge.act = act;
      edge.extent = Number(Extent::kPart);
      edge.moved = Number(Moved::kUnknown);
      edge.flags = loss.flags;
      facts.edges.push_back(std::move(edge));
    }
  }
}

}  // namespace motcua
