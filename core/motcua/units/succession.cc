#include "motcua/units/succession.h"

#include <algorithm>
#include <map>

#include "motcua/units/registry_tables.h"
#include "motcua/units/share.h"

namespace motcua {
namespace {

// The first day without districts.
const DayNumber kTwoLevels = ToNumber(CivilDay(2025, 7, 1));

// What is known of the way from the start to one spell.
struct Way {
  Share share;
  Extent extent = Extent::kWhole;
  bool same_unit = true;
  bool renamed = false;
  std::vector<std::uint32_t> edges;  // rows of units.edges, each once
};

Extent Worse(Extent a, Extent b) { return std::max(a, b); }

Way Extended(const Way& way, const EdgeRow& edge, std::uint32_t row) {
  Way longer = way;
  longer.share = Along(way.share, ShareOf(static_cast<Moved>(edge.moved)));
  longer.extent = Worse(way.extent, static_cast<Extent>(edge.extent));
  longer.same_unit = way.same_unit && (edge.flags & kSameUnit) != 0;
  longer.renamed = way.renamed || (edge.flags & kRenamed) != 0;
  longer.edges.push_back(row);
  return longer;
}

void Join(Way& way, const Way& other) {
  way.share = Beside(way.share, other.share);
  way.extent = Worse(way.extent, other.extent);
  way.same_unit = way.same_unit || other.same_unit;
  way.renamed = way.renamed || other.renamed;
  way.edges.insert(way.edges.end(), other.edges.begin(), other.edges.end());
  std::sort(way.edges.begin(), way.edges.end());
  way.edges.erase(std::unique(way.edges.begin(), way.edges.end()), way.edges.end());
}

// All that bulk work asks of the ways to a spell.
struct Hint {
  bool in_part = false;  // ground may have gone elsewhere on the way
};

Hint Extended(Hint hint, const EdgeRow& edge, std::uint32_t /*row*/) {
  hint.in_part |= (edge.flags & kInPart) != 0;
  return hint;
}

void Join(Hint& hint, Hint other) { hint.in_part |= other.in_part; }

// All ways from a spell to the spells that cover `end`, each with what is known of it: a
// Way or a Hint. What a unit was between two days on which edges leave it is a stop.
// Stops are left in the order of their days, so that every way to one is joined before.
template <typename Known>
class Walk {
 public:
  struct Stop {
    std::uint32_t spell;
    DayNumber day;  // forward: on which it is left; back: until which it is looked at
    Known known;
  };

  Walk(const RegistryTables& tables, DayNumber end, bool forward)
      : tables_(tables), end_(end), forward_(forward) {}

  // By spell.
  std::vector<Stop> From(std::uint32_t spell, DayNumber start) {
    Arrive(spell, start, Known());
    while (!open_.empty()) {
      const auto next = std::min_element(
          open_.begin(), open_.end(),
          [&](const Stop& a, const Stop& b) { return forward_ ? a.day < b.day : a.day > b.day; });
      const Stop stop = std::move(*next);
      *next = std::move(open_.back());
      open_.pop_back();
      if (forward_) {
        GoOn(stop);
      } else {
        GoBack(stop);
      }
    }
    std::sort(ends_.begin(), ends_.end(),
              [](const Stop& a, const Stop& b) { return a.spell < b.spell; });
    return std::move(ends_);
  }

 private:
  // On `day` the way leads to the spell, or back to it.
  void Arrive(std::uint32_t spell, DayNumber day, Known known) {
    if (forward_) {
      const auto edges = tables_.NextEdges(spell, day);
      day = edges.empty() ? tables_.spells[spell].valid_to : edges.front().day;
    }
    const auto same = std::find_if(open_.begin(), open_.end(), [&](const Stop& stop) {
      return stop.spell == spell && stop.day == day;
    });
    if (same == open_.end()) {
      open_.push_back({spell, day, std::move(known)});
    } else {
      Join(same->known, known);
    }
  }

  void GoOn(const Stop& stop) {
    if (stop.day > end_) {
      ends_.push_back(stop);
      return;
    }
    for (const EdgeRow& edge : tables_.NextEdges(stop.spell, stop.day - 1))
      Arrive(edge.to, edge.day, Extended(stop.known, edge, RowOf(edge)));
  }

  // A unit takes others in while its spell lasts: those that came after the day looked
  // for are predecessors too. What it kept of itself is where the stop begins.
  void GoBack(const Stop& stop) {
    DayNumber begin = tables_.spells[stop.spell].valid_from;
    for (const EdgeRow& edge : tables_.EdgesFrom(stop.spell))
      if (edge.to == stop.spell && edge.day <= stop.day) begin = edge.day;
    if (begin <= end_) ends_.push_back(stop);
    for (const std::uint32_t row : tables_.ArrivalsAt(stop.spell)) {
      const EdgeRow& edge = tables_.edges[row];
      if (edge.day >= begin && edge.day > end_ && edge.day <= stop.day)
        Arrive(edge.from, edge.day - 1, Extended(stop.known, edge, row));
    }
  }

  std::uint32_t RowOf(const EdgeRow& edge) const {
    return static_cast<std::uint32_t>(&edge - tables_.edges.data());
  }

  const RegistryTables& tables_;
  const DayNumber end_;
  const bool forward_;
  std::vector<Stop> open_, ends_;
};

using Ends = std::map<std::uint32_t, Way>;

void AddWays(const RegistryTables& tables, std::uint32_t spell, DayNumber start, DayNumber end,
             bool forward, Ends& ends) {
  for (auto& stop : Walk<Way>(tables, end, forward).From(spell, start)) {
    const auto [at, added] = ends.try_emplace(stop.spell, stop.known);
    if (!added) Join(at->second, stop.known);
  }
}

std::vector<SuccessionStep> StepsOf(const RegistryTables& tables, const Way& way) {
  std::vector<SuccessionStep> steps;
  for (const std::uint32_t row : way.edges) {
    const EdgeRow& edge = tables.edges[row];
    if (edge.act == kNoAct && (edge.flags & kSameUnit) != 0 && (edge.flags & kRenamed) == 0 &&
        tables.spells[edge.from].code == tables.spells[edge.to].code)
      continue;  // the list respelled a name
    const SuccessionStep step{DayFrom(edge.day), tables.ActOf(edge.act), edge.article, edge.clause};
    const bool known = std::any_of(steps.begin(), steps.end(), [&](const SuccessionStep& other) {
      return other.date == step.date && other.act == step.act && other.article == step.article &&
             other.clause == step.clause;
    });
    if (!known) steps.push_back(step);
  }
  std::stable_sort(
      steps.begin(), steps.end(),
      [](const SuccessionStep& a, const SuccessionStep& b) { return a.date < b.date; });
  return steps;
}

std::vector<SuccessionEdge> EdgesOf(const RegistryTables& tables, const Ends& ends, CivilDay end) {
  std::vector<SuccessionEdge> edges;
  for (const auto& [spell, way] : ends) {
    edges.push_back(
        {tables.UnitOf(spell, end), way.extent, MovedOf(way.share), StepsOf(tables, way)});
  }
  return edges;
}

// The kind of a unit that goes on under its own identity.
SuccessionKind KindOfSame(const SpellRow& older, const SpellRow& newer, std::string_view older_name,
                          std::string_view newer_name, bool renamed) {
  if (older.code != newer.code) return SuccessionKind::kRecoded;
  if (renamed && older_name != newer_name) return SuccessionKind::kRenamed;
  if (older.type != newer.type) return SuccessionKind::kRetyped;
  return SuccessionKind::kUnchanged;
}

SuccessionKind KindOf(const RegistryTables& tables, std::uint32_t start, const Ends& ends,
                      DayNumber start_day, DayNumber end_day, bool forward) {
  if (ends.empty()) return SuccessionKind::kUnknown;
  if (ends.size() > 1) return forward ? SuccessionKind::kSplit : SuccessionKind::kMerged;
  const auto& [only, way] = *ends.begin();
  const std::uint32_t older = forward ? start : only;
  const std::uint32_t newer = forward ? only : start;
  if (way.same_unit) {
    return KindOfSame(tables.spells[older], tables.spells[newer], tables.NameOf(older),
                      tables.NameOf(newer), way.renamed);
  }
  const auto others =
      TraceEnds(tables, forward ? newer : older, end_day, start_day, !forward).size();
  if (others > 1) return forward ? SuccessionKind::kMerged : SuccessionKind::kSplit;
  // One unit became one unit: the same place under a new entry of the list.
  return tables.NameOf(older) == tables.NameOf(newer) ? SuccessionKind::kRecoded
                                                      : SuccessionKind::kRenamed;
}

// The communes that a district had on a day; the district itself if it had none.
std::vector<std::uint32_t> PartsOfDistrict(const RegistryTables& tables, std::uint32_t district,
                                           DayNumber day) {
  std::vector<std::uint32_t> parts;
  const std::uint32_t code = tables.FindCode(CodeText(tables.spells[district].code));
  for (std::uint32_t spell = 0; spell < tables.spells.size(); ++spell)
    if (tables.spells[spell].parent == code && tables.Covers(spell, day)) parts.push_back(spell);
  if (parts.empty()) parts.push_back(district);
  return parts;
}

// A district across the day on which districts ended: where its communes went.
Succession TraceDistrict(const RegistryTables& tables, std::uint32_t district, CivilDay start,
                         CivilDay end) {
  Ends ends;
  for (const std::uint32_t part : PartsOfDistrict(tables, district, ToNumber(start)))
    AddWays(tables, part, ToNumber(start), ToNumber(end), true, ends);
  if (ends.size() > 1) {
    // Each successor has a part of the district, whatever it has of its communes.
    for (auto& [spell, way] : ends) {
      way.extent = Worse(way.extent, Extent::kPart);
      way.share = Along(way.share, {Amount::kPart, Amount::kPart, false, true});
    }
  }
  Succession result;
  result.kind = SuccessionKind::kAbolished;
  result.edges = EdgesOf(tables, ends, end);
  auto lasts = TraceEnds(tables, district, ToNumber(start), kTwoLevels - 1, true);
  // The unit itself before those that took communes of it.
  std::stable_partition(lasts.begin(), lasts.end(), [&](std::uint32_t last) {
    return tables.spells[last].identity == tables.spells[district].identity;
  });
  for (const std::uint32_t last : lasts) {
    const std::uint32_t province = tables.AnswerFor(last);
    if (province == kNoRow) continue;
    const auto now = TraceEnds(tables, province, kTwoLevels, ToNumber(end), true);
    if (!now.empty()) result.answered_by = tables.UnitOf(now.front(), end);
    break;
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> TraceEnds(const RegistryTables& tables, std::uint32_t spell,
                                     DayNumber start, DayNumber end, bool forward, bool* in_part) {
  std::vector<std::uint32_t> ends;
  for (const auto& stop : Walk<Hint>(tables, end, forward).From(spell, start)) {
    ends.push_back(stop.spell);
    if (in_part != nullptr) *in_part |= stop.known.in_part;
  }
  return ends;
}

Succession Trace(const RegistryTables& tables, std::uint32_t spell, CivilDay start, CivilDay end,
                 bool forward) {
  const DayNumber start_day = ToNumber(start);
  const DayNumber end_day = ToNumber(end);
  const bool district = tables.spells[spell].level == static_cast<std::uint8_t>(Level::kDistrict);
  if (district && forward && start_day < kTwoLevels && end_day >= kTwoLevels)
    return TraceDistrict(tables, spell, start, end);
  Ends ends;
  AddWays(tables, spell, start_day, end_day, forward, ends);
  Succession result;
  result.kind = KindOf(tables, spell, ends, start_day, end_day, forward);
  result.edges = EdgesOf(tables, ends, end);
  return result;
}

}  // namespace motcua
