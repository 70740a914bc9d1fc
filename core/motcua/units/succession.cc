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

using Ends = std::map<std::uint32_t, Way>;

// All ways from `start` to the spells that cover `day`. Spells are left in order
// of their ends, so that every way into a spell is joined before it is left.
class Walk {
 public:
  Walk(const RegistryTables& tables, DayNumber from_day, DayNumber day, bool forward)
      : tables_(tables), from_day_(from_day), day_(day), forward_(forward) {}

  Ends From(std::uint32_t start) {
    Arrive(start, Way());
    while (!open_.empty()) {
      const auto next = open_.extract(open_.begin());
      const std::uint32_t spell = next.key().second;
      if (tables_.Covers(spell, day_)) ends_.emplace(spell, next.mapped());
      if (forward_) {
        GoOn(spell, next.mapped());
      } else {
        GoBack(spell, next.mapped());
      }
    }
    return std::move(ends_);
  }

 private:
  void Arrive(std::uint32_t spell, const Way& way) {
    const std::int64_t end = tables_.spells[spell].valid_to;
    const auto [at, added] = open_.try_emplace({forward_ ? end : -end, spell}, way);
    if (!added) Join(at->second, way);
  }

  void GoOn(std::uint32_t spell, const Way& way) {
    if (tables_.spells[spell].valid_to > day_) return;
    for (const EdgeRow& edge : tables_.EdgesFrom(spell))
      Arrive(edge.to,
             Extended(way, edge, static_cast<std::uint32_t>(&edge - tables_.edges.data())));
  }

  // A unit takes others in while its spell lasts: those that came after the day
  // looked for, and not after the day looked from, are predecessors too.
  void GoBack(std::uint32_t spell, const Way& way) {
    for (const std::uint32_t row : tables_.ArrivalsAt(spell)) {
      const EdgeRow& edge = tables_.edges[row];
      const DayNumber date = tables_.spells[edge.from].valid_to;
      if (date > day_ && date <= from_day_) Arrive(edge.from, Extended(way, edge, row));
    }
  }

  const RegistryTables& tables_;
  const DayNumber from_day_;
  const DayNumber day_;
  const bool forward_;
  std::map<std::pair<std::int64_t, std::uint32_t>, Way> open_;
  Ends ends_;
};

std::vector<SuccessionStep> StepsOf(const RegistryTables& tables, const Way& way) {
  std::vector<SuccessionStep> steps;
  for (const std::uint32_t row : way.edges) {
    const EdgeRow& edge = tables.edges[row];
    if (edge.act == kNoAct && (edge.flags & kSameUnit) != 0 && (edge.flags & kRenamed) == 0 &&
        tables.spells[edge.from].code == tables.spells[edge.to].code)
      continue;  // the list respelled a name
    const SuccessionStep step{DayFrom(tables.spells[edge.from].valid_to), tables.ActOf(edge.act),
                              edge.article, edge.clause};
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
  for (const std::uint32_t part : PartsOfDistrict(tables, district, ToNumber(start))) {
    Walk walk(tables, ToNumber(start), ToNumber(end), true);
    for (auto& [spell, way] : walk.From(part)) {
      const auto [at, added] = ends.try_emplace(spell, way);
      if (!added) Join(at->second, way);
    }
  }
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
  for (const std::uint32_t last :
       TraceEnds(tables, district, ToNumber(start), kTwoLevels - 1, true)) {
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
                                     DayNumber start, DayNumber end, bool forward) {
  // The same walk without what is known of the ways. The unit whose spell ends first
  // (last, looking back) goes on first, so that each is visited once.
  std::vector<std::uint32_t> open = {spell}, ends;
  const auto later = [&](std::uint32_t a, std::uint32_t b) {
    return tables.spells[a].valid_to > tables.spells[b].valid_to;
  };
  const auto arrive = [&](std::uint32_t next) {
    if (std::find(open.begin(), open.end(), next) == open.end()) open.push_back(next);
  };
  while (!open.empty()) {
    const auto next = forward ? std::max_element(open.begin(), open.end(), later)
                              : std::min_element(open.begin(), open.end(), later);
    const std::uint32_t at = *next;
    open.erase(next);
    if (tables.Covers(at, end)) ends.push_back(at);
    if (forward) {
      if (tables.spells[at].valid_to > end) continue;
      for (const EdgeRow& edge : tables.EdgesFrom(at)) arrive(edge.to);
    } else {
      for (const std::uint32_t row : tables.ArrivalsAt(at)) {
        const DayNumber date = tables.spells[tables.edges[row].from].valid_to;
        if (date > end && date <= start) arrive(tables.edges[row].from);
      }
    }
  }
  std::sort(ends.begin(), ends.end());
  return ends;
}

Succession Trace(const RegistryTables& tables, std::uint32_t spell, CivilDay start, CivilDay end,
                 bool forward) {
  const DayNumber start_day = ToNumber(start);
  const DayNumber end_day = ToNumber(end);
  const bool district = tables.spells[spell].level == static_cast<std::uint8_t>(Level::kDistrict);
  if (district && forward && start_day < kTwoLevels && end_day >= kTwoLevels)
    return TraceDistrict(tables, spell, start, end);
  const Ends ends = Walk(tables, start_day, end_day, forward).From(spell);
  Succession result;
  result.kind = KindOf(tables, spell, ends, start_day, end_day, forward);
  result.edges = EdgesOf(tables, ends, end);
  return result;
}

}  // namespace motcua
