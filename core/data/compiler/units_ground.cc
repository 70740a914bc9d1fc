// Ground that passed between units which both went on, or from a unit that no source
// names. The lists tell it only through the communes: by their parents, and by communes
// that appear without a predecessor.
#include <algorithm>
#include <set>

#include "motcua/base/status.h"
#include "units_facts.h"

namespace motcua {
namespace {

const std::int32_t kSwitch = ToNumber(CivilDay(2025, 7, 1));

using SpellAndDay = std::pair<std::uint32_t, std::int32_t>;

// A unit that goes on without some of its ground from a day on.
struct Loss {
  std::string act;
  Extent extent = Extent::kPart;                // of what it keeps
  std::uint8_t flags = 0;                       // of the edge on which it goes on
  std::map<std::uint32_t, std::string> takers;  // spells on the day, and the acts
};

class Ground {
 public:
  explicit Ground(UnitsFacts& facts) : facts_(facts), arrivals_(facts.spells.size()) {
    for (const EdgeFact& edge : facts.edges) {
      onward_[edge.from].push_back(edge);
      ++arrivals_[edge.to];
    }
  }

  void FindAll() {
    for (const EdgeFact& edge : facts_.edges) FindTransfer(edge);
    FindDonors();
  }

  // Cuts the spells of units that lost ground and adds the edges.
  void Apply() {
    CutSpells();
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> places;
    for (std::size_t i = 0; i < facts_.edges.size(); ++i)
      places[{facts_.edges[i].from, facts_.edges[i].to}] = i;
    for (const auto& [at, loss] : losses_) {
      const std::uint32_t from = Piece(at.first, at.second - 1);
      for (const auto& [old, act] : loss.takers) {
        EdgeFact edge;
        edge.from = from;
        edge.to = Piece(old, at.second);
        edge.act = act;
        edge.extent = static_cast<std::uint8_t>(Extent::kPart);
        edge.moved = static_cast<std::uint8_t>(Moved::kUnknown);
        edge.flags = loss.flags;
        if (!places.contains({edge.from, edge.to})) facts_.edges.push_back(std::move(edge));
      }
      for (auto place = places.lower_bound({from, 0});
           place != places.end() && place->first.first == from; ++place)
        Lessen(facts_.edges[place->second], loss);
    }
  }

 private:
  static void Lessen(EdgeFact& edge, const Loss& loss) {
    edge.flags |= loss.flags;
    if (edge.extent != static_cast<std::uint8_t>(Extent::kWhole)) return;
    edge.extent = static_cast<std::uint8_t>(loss.extent);
    edge.moved = static_cast<std::uint8_t>(Moved::kUnknown);
    if (edge.act.empty()) edge.act = loss.act;
  }

  std::uint32_t ParentOn(std::uint32_t spell, std::int32_t day) const {
    const std::string& parent = facts_.spells[spell].parent;
    return parent.empty() ? kNoRow : facts_.SpellOn(parent, day);
  }

  // The spell on `day` in which the unit of `spell`, of the day before, goes on.
  std::uint32_t GoesOnIn(std::uint32_t spell, std::int32_t day) const {
    if (facts_.spells[spell].valid_to > day) return spell;
    const auto at = onward_.find(spell);
    if (at != onward_.end())
      for (const EdgeFact& edge : at->second)
        if ((edge.flags & kSameUnit) != 0) return edge.to;
    return kNoRow;
  }

  bool Becomes(std::uint32_t from, std::uint32_t to, std::int32_t day) const {
    if (facts_.spells[from].valid_to > day) return from == to;
    const auto at = onward_.find(from);
    return at != onward_.end() && std::any_of(at->second.begin(), at->second.end(),
                                              [&](const EdgeFact& edge) { return edge.to == to; });
  }

  // A unit that went under another district, or with its district under another
  // province, took its ground along.
  void FindTransfer(const EdgeFact& edge) {
    const std::int32_t day = facts_.spells[edge.from].valid_to;
    if (day >= kSwitch || facts_.spells[edge.from].level != facts_.spells[edge.to].level) return;
    const std::string& act = edge.act.empty() ? facts_.spells[edge.to].from_act : edge.act;
    std::uint32_t from = ParentOn(edge.from, day - 1), to = ParentOn(edge.to, day);
    while (from != kNoRow && to != kNoRow) {
      if (facts_.spells[from].level == facts_.spells[to].level && !Becomes(from, to, day)) {
        Loss& loss = losses_[{from, day}];
        if (loss.act.empty()) loss.act = act;
        loss.takers.try_emplace(to, act);
      }
      from = ParentOn(from, day - 1);
      to = ParentOn(to, day);
    }
  }

  struct Created {
    std::uint32_t spell;
    bool explained = false;
  };

  // A commune of which no source says out of what it was made: the communes of its
  // district that changed by name or type that day may have given the ground; if none
  // did, any of them may.
  void FindDonors() {
    std::map<std::pair<std::int32_t, std::string>, std::vector<Created>> by_district;
    const std::int32_t first = ToNumber(CivilDay(2004, 8, 31));
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.level == Level::kCommune && fact.valid_from > first && fact.valid_from < kSwitch &&
          arrivals_[spell] == 0)
        by_district[{fact.valid_from, fact.parent}].push_back({spell});
    }
    for (auto& [place, created] : by_district)
      for (Created& commune : created) FindSibling(commune);
    for (auto& [place, created] : by_district) FindDonorsOf(place.first, place.second, created);
  }

  void FindDonorsOf(std::int32_t day, const std::string& district,
                    const std::vector<Created>& created) {
    std::vector<std::uint32_t> changed, all;
    bool ended = false;
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.level != Level::kCommune || fact.valid_from >= day || fact.valid_to < day) continue;
      const std::uint32_t next = GoesOnIn(spell, day);
      const bool here =
          fact.parent == district || (next != kNoRow && facts_.spells[next].parent == district);
      if (!here) continue;
      if (next == kNoRow) {
        ended = ended || !onward_.contains(spell);
        continue;
      }
      if (parted_.contains({spell, day})) continue;
      all.push_back(spell);
      const SpellFact& after = facts_.spells[next];
      const bool stem = std::any_of(created.begin(), created.end(), [&](const Created& other) {
        return facts_.spells[other.spell].name.starts_with(fact.name + " ");
      });
      if (stem || fact.name != after.name || fact.type != after.type) changed.push_back(spell);
    }
    const auto open = std::find_if(created.begin(), created.end(),
                                   [](const Created& other) { return !other.explained; });
    if (open == created.end()) return;
    if (changed.empty() && !ended) changed = all;
    for (const std::uint32_t spell : changed) {
      Loss& loss = losses_[{spell, day}];
      loss.extent = Extent::kUnknown;
      loss.flags = kInPart;
      if (loss.act.empty()) loss.act = facts_.spells[open->spell].from_act;
    }
  }

  // "Cổ Nhuế" that became "Cổ Nhuế 1" by the act that made "Cổ Nhuế 2".
  void FindSibling(Created& created) {
    const SpellFact& made = facts_.spells[created.spell];
    const std::int32_t day = made.valid_from;
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell) {
      const SpellFact& fact = facts_.spells[spell];
      if (fact.valid_to != day || fact.level != Level::kCommune) continue;
      const std::string stem = fact.name + " ";
      const std::uint32_t next = GoesOnIn(spell, day);
      if (next == kNoRow || !made.name.starts_with(stem)) continue;
      const SpellFact& after = facts_.spells[next];
      if (!after.name.starts_with(stem) || after.from_act != made.from_act) continue;
      Loss& loss = losses_[{spell, day}];
      loss.flags = kInPart;
      loss.act = made.from_act;
      loss.takers.try_emplace(created.spell, made.from_act);
      created.explained = true;
      parted_.insert({spell, day});
    }
  }

  void CutSpells() {
    std::map<std::uint32_t, std::map<std::int32_t, std::string>> cuts;
    for (const auto& [at, loss] : losses_)
      if (facts_.spells[at.first].valid_to > at.second) cuts[at.first][at.second] = loss.act;
    std::vector<SpellFact> spells;
    std::vector<EdgeFact> added;
    for (std::uint32_t old = 0; old < facts_.spells.size(); ++old) {
      first_piece_.push_back(static_cast<std::uint32_t>(spells.size()));
      spells.push_back(facts_.spells[old]);
      const auto at = cuts.find(old);
      if (at == cuts.end()) continue;
      for (const auto& [day, act] : at->second) {
        SpellFact rest = spells.back();
        spells.back().valid_to = day;
        spells.back().to_act = act;
        rest.valid_from = day;
        rest.from_act = act;
        EdgeFact edge;
        edge.from = static_cast<std::uint32_t>(spells.size() - 1);
        edge.to = edge.from + 1;
        edge.act = act;
        edge.moved = static_cast<std::uint8_t>(Moved::kUnchanged);
        edge.flags = kSameUnit;
        added.push_back(std::move(edge));
        spells.push_back(std::move(rest));
      }
    }
    first_piece_.push_back(static_cast<std::uint32_t>(spells.size()));
    Renumber(std::move(spells));
    facts_.edges.insert(facts_.edges.end(), added.begin(), added.end());
  }

  void Renumber(std::vector<SpellFact> spells) {
    std::vector<std::int32_t> days;
    for (const EdgeFact& edge : facts_.edges) days.push_back(facts_.spells[edge.from].valid_to);
    facts_.spells = std::move(spells);
    for (std::size_t i = 0; i < facts_.edges.size(); ++i) {
      facts_.edges[i].from = Piece(facts_.edges[i].from, days[i] - 1);
      facts_.edges[i].to = Piece(facts_.edges[i].to, days[i]);
    }
    for (AnswerRow& answer : facts_.answers) {
      answer.district = Piece(answer.district, kSwitch - 1);
      answer.province = Piece(answer.province, kSwitch);
    }
    facts_.by_code.clear();
    for (std::uint32_t spell = 0; spell < facts_.spells.size(); ++spell)
      facts_.by_code[facts_.spells[spell].code].push_back(spell);
  }

  // The piece of a spell as it was that covers `day`.
  std::uint32_t Piece(std::uint32_t old, std::int32_t day) const {
    std::uint32_t piece = first_piece_[old];
    while (piece + 1 < first_piece_[old + 1] && facts_.spells[piece].valid_to <= day) ++piece;
    return piece;
  }

  UnitsFacts& facts_;
  std::vector<int> arrivals_;
  std::map<std::uint32_t, std::vector<EdgeFact>> onward_;
  std::map<SpellAndDay, Loss> losses_;
  std::set<SpellAndDay> parted_;
  std::vector<std::uint32_t> first_piece_;
};

}  // namespace

void FindLostGround(UnitsFacts& facts) {
  Ground ground(facts);
  ground.FindAll();
  ground.Apply();
}

}  // namespace motcua
