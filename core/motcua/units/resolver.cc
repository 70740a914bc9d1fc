#include "motcua/units/resolver.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/plain_address.h"
#include "motcua/units/reading.h"

namespace motcua {
namespace {

// The spell in which the unit of `spell` went on, or out of which it came; kNoRow if none.
std::uint32_t NextOfUnit(const RegistryTables& tables, std::uint32_t spell) {
  for (const EdgeRow& edge : tables.EdgesFrom(spell))
    if ((edge.flags & kSameUnit) != 0 && edge.to != spell) return edge.to;
  return kNoRow;
}
std::uint32_t LastOfUnit(const RegistryTables& tables, std::uint32_t spell) {
  for (const std::uint32_t row : tables.ArrivalsAt(spell))
    if ((tables.edges[row].flags & kSameUnit) != 0 && tables.edges[row].from != spell)
      return tables.edges[row].from;
  return kNoRow;
}

// The spell of the same unit that stands on the day, if its ground is that of the spell
// of the name: Quận 2 is not what its code was then given to, the larger Thành phố Thủ Đức.
std::uint32_t SpellOnDay(const RegistryTables& tables, const NameRow& naming, DayNumber day) {
  const std::uint32_t spell = naming.spell;
  if (naming.goes_on == 0 || tables.Covers(spell, day)) return spell;
  const bool later = day >= naming.valid_to;
  std::uint32_t at = spell;
  while (at != kNoRow && !tables.Covers(at, day))
    at = later ? NextOfUnit(tables, at) : LastOfUnit(tables, at);
  if (at == kNoRow) return spell;
  const DayNumber named = later ? naming.valid_to - 1 : naming.valid_from;
  bool in_part = false;
  const auto went = TraceEnds(tables, spell, named, day, later, &in_part);
  const auto came = TraceEnds(tables, at, day, named, !later, &in_part);
  const bool same_ground = went.size() == 1 && came.size() == 1 && !in_part;
  return same_ground ? at : spell;
}

// What stands before the first of the words that matched.
std::string RestBefore(const Words& words, WordSet matched) {
  std::size_t begin = words.text().size();
  for (std::size_t i = FirstOf(matched); i < words.size(); ++i)
    if ((matched >> i & 1) != 0) begin = std::min<std::size_t>(begin, words[i].begin);
  const std::string_view rest = words.text().substr(0, begin);
  return std::string(rest.substr(0, rest.find_last_not_of(" ,;-\t\n") + 1));
}

BestMatch BestOf(const RegistryTables& tables, const UnitChain& chain, float score, bool ambiguous,
                 DayNumber at) {
  const SpellRow& spell = tables.spells[SpellOnDay(tables, *chain.naming, at)];
  return {true, CodeText(spell.code), spell.valid_from, score, chain.stage, ambiguous};
}

absl::Status CheckQuestion(std::string_view text, CivilDay at) {
  MOTCUA_RETURN_IF_ERROR(ValidateText(text, "text"));
  return Registry::CheckDay(at, "at");
}

}  // namespace

absl::StatusOr<std::vector<Match>> Resolver::Resolve(std::string_view text, CivilDay at,
                                                     std::size_t max) const {
  MOTCUA_RETURN_IF_ERROR(CheckQuestion(text, at));
  const RegistryTables& tables = registry_.tables();
  const Reading reading = Read(tables, Words(text), ToNumber(at));
  const auto ambiguous = reading.Ambiguous();
  std::vector<Match> matches;
  for (std::size_t i = 0; i < reading.chains().size() && i < max; ++i) {
    const UnitChain& chain = reading.chains()[i];
    const Mention& mention = reading.MentionOf(chain);
    const Words& words = reading.words();
    // Only the best is ever certain, and only without a rival.
    const float score = i > 0 || ambiguous[i] ? std::min(chain.score, kUncertain) : chain.score;
    matches.push_back({tables.UnitNear(SpellOnDay(tables, *chain.naming, ToNumber(at)), at), score,
                       chain.stage, ambiguous[i], words[mention.first].begin,
                       words[mention.last - 1u].end, RestBefore(words, chain.words)});
  }
  return matches;
}

BestMatch ResolveBestOfAll(const RegistryTables& tables, const Words& words, DayNumber at) {
  const Reading reading = Read(tables, words, at);
  if (reading.chains().empty()) return {};
  const UnitChain& best = reading.chains().front();
  const bool ambiguous = reading.Ambiguous().front();
  return BestOf(tables, best, ambiguous ? std::min(best.score, kUncertain) : best.score, ambiguous,
                at);
}

absl::StatusOr<BestMatch> Resolver::ResolveBest(std::string_view text, CivilDay at) const {
  MOTCUA_RETURN_IF_ERROR(CheckQuestion(text, at));
  const RegistryTables& tables = registry_.tables();
  const Words words(text);
  if (const auto plain = ReadPlainAddress(tables, words, ToNumber(at)))
    return BestOf(tables, *plain, plain->score, false, ToNumber(at));
  return ResolveBestOfAll(tables, words, ToNumber(at));
}

std::vector<SuccessionEdge> Resolver::Current(const Unit& unit, CivilDay today) const {
  const RegistryTables& tables = registry_.tables();
  const CivilDay since = std::min(unit.as_of(), today);
  std::vector<SuccessionEdge> edges =
      Trace(tables, unit.spell(), since, std::max(since, today), true).edges;
  std::stable_sort(edges.begin(), edges.end(),
                   [](const SuccessionEdge& a, const SuccessionEdge& b) {
                     const auto empty = [](Moved moved) { return moved == Moved::kArea; };
                     return empty(a.moved) < empty(b.moved);
                   });
  return edges;
}

}  // namespace motcua
