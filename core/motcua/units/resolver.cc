#include "motcua/units/resolver.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/chains.h"

namespace motcua {
namespace {

constexpr double kRival = 0.05;        // two scores this near are comparable
constexpr double kUncertain = 0.85;    // the most that an ambiguous match may claim
constexpr double kUnexplained = 0.85;  // each word after the first match that nothing explains
constexpr double kLeastScore = 0.35;
// A name with an error that nothing confirms must be this long, in letters.
constexpr std::size_t kTellingName = 10;

int Count(std::uint64_t words) { return __builtin_popcountll(words); }

std::uint64_t FirstBits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// Words behind the first one of the chain that no part of it explains.
int Unexplained(const Chain& chain, std::size_t words) {
  const std::uint64_t before = (chain.words & -chain.words) - 1;
  return Count(FirstBits(words) & ~chain.words & ~before);
}

// The words of a commune's level and name that the best chain does not explain: the
// text names a commune that is not there, and nothing above it is the answer.
std::uint64_t UnknownPlace(const MentionedText& found, const Chain& best) {
  const TypeSet communes = SetOf(UnitType::kPhuong) | SetOf(UnitType::kXa) |
                           SetOf(UnitType::kThiTran) | SetOf(UnitType::kDacKhu);
  for (const OpenRun& run : OpenRuns(found, best.words)) {
    const std::size_t type_word =
        static_cast<std::size_t>(__builtin_ctzll(run.type_words | 1ull << 63));
    const bool starts =
        type_word == 0 || (type_word < found.words.size() && found.words[type_word - 1].closes);
    if ((run.types & communes) != 0 && !run.abbreviated && starts)
      return FirstBits(run.last) & ~FirstBits(run.first);
  }
  return 0;
}

// One question, from text to ranked chains.
class Question {
 public:
  Question(const RegistryTables& tables, std::string_view text, CivilDay at)
      : tables_(tables), at_(ToNumber(at)), found_(FindMentions(tables, text)) {}

  std::vector<Chain> Answer() {
    if (found_.words.empty()) return {};
    chains_ = FindChains(tables_, found_, at_);
    Rank();
    if (NeedsNear()) {
      const std::uint64_t explained = chains_.empty() ? 0 : chains_.front().words;
      for (const OpenRun& run : OpenRuns(found_, explained)) AddNearMentions(tables_, run, found_);
      chains_ = FindChains(tables_, found_, at_);
      Rank();
    }
    if (chains_.empty()) return {};
    if (tables_.spells[chains_.front().spell].level < 3) DropIfUnknown();
    return std::move(chains_);
  }

  const MentionedText& found() const { return found_; }

 private:
  // Longer explanations first: what a chain leaves unexplained counts against it.
  void Rank() {
    int most = 1;
    for (const Chain& chain : chains_) most = std::max(most, Count(chain.words));
    for (Chain& chain : chains_) {
      chain.score *= 0.55 + 0.45 * Count(chain.words) / most;
      for (int k = 0; k < std::min(4, Unexplained(chain, found_.words.size())); ++k)
        chain.score *= kUnexplained;
    }
    std::stable_sort(chains_.begin(), chains_.end(), [&](const Chain& a, const Chain& b) {
      if (a.score != b.score) return a.score > b.score;
      if (a.covers != b.covers) return a.covers;
      return tables_.spells[a.spell].valid_from > tables_.spells[b.spell].valid_from;
    });
    std::vector<std::uint32_t> seen;
    std::erase_if(chains_, [&](const Chain& chain) {
      if (IsGuess(chain)) return true;
      const std::uint32_t identity = tables_.spells[chain.spell].identity;
      if (chain.score < kLeastScore) return true;
      if (std::find(seen.begin(), seen.end(), identity) != seen.end()) return true;
      seen.push_back(identity);
      return false;
    });
  }

  // A name with errors needs something that confirms it.
  bool IsGuess(const Chain& chain) const {
    const Mention& mention = found_.mentions[chain.mention];
    if (mention.edits == 0 || chain.words == FirstBits(found_.words.size())) {
      return mention.edits > 0 && chain.bare &&
             (mention.edits > 1 || tables_.keys[mention.key].key.size < kTellingName);
    }
    return chain.bare || Unexplained(chain, found_.words.size()) > 0;
  }

  // Of a commune that nothing confirms only the namesakes elsewhere are left.
  void DropIfUnknown() {
    const std::uint64_t unknown = UnknownPlace(found_, chains_.front());
    if (unknown == 0) return;
    std::erase_if(chains_, [&](const Chain& chain) {
      return tables_.spells[chain.spell].level < 3 || (chain.words & unknown) != unknown;
    });
    for (Chain& chain : chains_) chain.score = std::min(chain.score, kUncertain);
  }

  bool NeedsNear() const {
    if (chains_.empty()) return true;
    const Chain& best = chains_.front();
    if (Unexplained(best, found_.words.size()) > 0) return true;
    // Something stands in front that may be a commune with a typing error.
    return tables_.spells[best.spell].level < 3 && (best.words & 1) == 0;
  }

  const RegistryTables& tables_;
  const DayNumber at_;
  MentionedText found_;
  std::vector<Chain> chains_;
};

// The spell of the same unit that stands on the day, if there is one.
std::uint32_t SpellOnDay(const RegistryTables& tables, std::uint32_t spell, DayNumber day) {
  if (tables.Covers(spell, day)) return spell;
  const std::uint32_t identity = tables.spells[spell].identity;
  for (const bool forward : {true, false}) {
    const DayNumber start =
        forward ? tables.spells[spell].valid_to - 1 : tables.spells[spell].valid_from;
    if (forward ? day <= start : day >= start) continue;
    for (const std::uint32_t end : TraceEnds(tables, spell, start, day, forward))
      if (tables.spells[end].identity == identity) return end;
  }
  return spell;
}

// Whether one of the two came out of the other: then they are no rivals.
bool Related(const RegistryTables& tables, std::uint32_t a, std::uint32_t b) {
  if (tables.spells[a].valid_from > tables.spells[b].valid_from) std::swap(a, b);
  const DayNumber start = tables.spells[a].valid_to - 1, end = tables.spells[b].valid_from;
  if (end <= start) return false;
  const auto ends = TraceEnds(tables, a, start, end, true);
  return std::find(ends.begin(), ends.end(), b) != ends.end();
}

}  // namespace

absl::StatusOr<std::vector<Match>> Resolver::Resolve(std::string_view text, CivilDay at,
                                                     std::size_t max) const {
  MOTCUA_RETURN_IF_ERROR(ValidateText(text, "text"));
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(at, "at"));
  const RegistryTables& tables = registry_.tables();
  Question question(tables, text, at);
  std::vector<Chain> chains = question.Answer();
  std::vector<Match> matches;
  for (std::size_t i = 0; i < chains.size() && i < max; ++i) {
    const Chain& chain = chains[i];
    const Mention& mention = question.found().mentions[chain.mention];
    Match match{tables.UnitNear(SpellOnDay(tables, chain.spell, ToNumber(at)), at),
                chain.score,
                chain.stage,
                false,
                mention.begin,
                mention.end,
                {}};
    const auto first = static_cast<std::size_t>(__builtin_ctzll(chain.words));
    std::string_view rest = text.substr(0, question.found().words[first].begin);
    rest = rest.substr(0, rest.find_last_not_of(" ,;-\t\n") + 1);
    match.rest = std::string(rest);
    matches.push_back(std::move(match));
  }
  for (std::size_t i = 1; i < chains.size(); ++i) {
    // What lies above the best is no rival of it.
    if (chains[i].words != chains[0].words && (chains[i].words & ~chains[0].words) == 0) continue;
    const bool near = chains[0].score - chains[i].score < kRival;
    // A bare name may mean any unit that ever had it.
    const bool bare = chains[0].bare && chains[i].words == chains[0].words;
    if (!near && !bare) continue;
    if (Related(tables, chains[0].spell, chains[i].spell)) continue;
    matches[0].ambiguous = true;
    if (i < matches.size()) matches[i].ambiguous = true;
  }
  for (Match& match : matches)
    if (match.ambiguous) match.score = std::min(match.score, kUncertain);
  return matches;
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
