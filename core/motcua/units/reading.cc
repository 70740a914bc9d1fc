#include "motcua/units/reading.h"

#include <algorithm>

#include "motcua/units/part_worth.h"
#include "motcua/units/repair.h"
#include "motcua/units/streets.h"
#include "motcua/units/succession.h"

namespace motcua {
namespace {

constexpr float kRival = 0.05f;        // two scores this near are comparable
constexpr float kOtherType = 0.12f;    // less than another level word costs
constexpr float kUnexplained = 0.85f;  // each word after the first match that nothing explains
constexpr float kOneError = 0.84f;     // a name with one error is worth more
constexpr float kLeastScore = 0.35f, kTornLeast = 0.75f;
// A name with an error that nothing confirms, beside other words, must be this long, in
// letters.
constexpr std::size_t kTellingName = 10;

// Words that say nothing of a unit: the country, "cũ", "nay là", a postcode.
WordSet Fillers(const Words& words) {
  WordSet fillers = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words.Letters(i);
    const std::string_view next = i + 1 < words.size() ? words.Letters(i + 1) : "";
    const auto pair = [&](std::string_view a, std::string_view b) {
      return word == a && next == b;
    };
    if (pair("viet", "nam") || pair("nai", "la") || pair("truoc", "dai") || pair("truoc", "la"))
      fillers |= WordRange(i, i + 2);
    // "Đông Cử" is no "Đông cũ".
    const auto says = [&](std::string_view letters, std::string_view filler) {
      return word == letters && OnlyLacksMarks(words.Written(i, i + 1), filler);
    };
    if (word == "vietnam" || word == "vn" || says("cu", "cũ") || says("moi", "mới") ||
        says("thuoc", "thuộc") || (words[i].number && word.size() >= 5 && word.size() <= 6))
      fillers |= WordRange(i, i + 1);
  }
  return fillers;
}

// Xa lộ, a road, which is not Xã Ló Phiêng. The words begin with a level word's letters.
bool IsRoad(const Words& words, std::size_t first) {
  return first + 1 < words.size() && words.Letters(first) == "xa" &&
         words.Letters(first + 1) == "lo" &&
         OnlyLacksMarks(words.Written(first, first + 2), "Xa lộ");
}

bool HasMarks(std::string_view written) {
  return std::any_of(written.begin(), written.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

void Reading::AddNear(WordSet explained) {
  const auto areas = NamedAreas(*tables_, mentions_);
  AddNearMentions(tables_->names, words_, explained, areas, mentions_);
  Build();
}

void Reading::AddNearIfDoubtful() {
  if (chains_.empty()) return;
  const UnitChain& best = chains_.front();
  const bool whole = best.words == WordRange(0, words_.size()) &&
                     (best.bare || best.stage == Stage::kNoDiacritics);
  if (whole && best.score < kCertain && !best.edited && MentionOf(best).types != 0) AddNear(0);
}

bool Reading::IsSettled() const {
  if (chains_.empty()) return false;
  const UnitChain& best = chains_.front();
  if (Unexplained(best) > 0 || best.torn || best.street || MayHideCommune(best)) return false;
  if ((best.words & 1) != 0) return true;
  return LevelOf(best) == Level::kCommune && LeftOutBefore(best) == words_.size();
}

bool Reading::IsBetterThan(const Reading& other) const {
  if (chains_.empty() || other.chains_.empty()) return !chains_.empty();
  if (IsSettled() != other.IsSettled()) return IsSettled();
  if (IsWhole() != other.IsWhole()) return IsWhole();
  const UnitChain& mine = chains_.front();
  const UnitChain& theirs = other.chains_.front();
  const int left = Unexplained(mine), theirs_left = other.Unexplained(theirs);
  if (left != theirs_left) return left < theirs_left;
  return mine.score > theirs.score;
}

int Reading::Unexplained(const UnitChain& chain) const {
  const WordSet left = WordRange(FirstOf(chain.words), words_.size()) & ~chain.words;
  if (left == 0) return 0;
  if (!fillers_) fillers_ = Fillers(words_);
  return Count(left & ~*fillers_);
}

void Reading::Rank() {
  int most = 1;
  for (const UnitChain& chain : chains_)
    if (!chain.street) most = std::max(most, Count(chain.words));
  for (UnitChain& chain : chains_) {
    chain.score *= 0.45f + 0.55f * std::min(1.0f, static_cast<float>(Count(chain.words)) /
                                                      static_cast<float>(most));
    for (int k = 0; k < std::min(4, Unexplained(chain)); ++k) chain.score *= kUnexplained;
  }
  if (chains_.size() > 1)
    std::stable_sort(chains_.begin(), chains_.end(), [&](const UnitChain& a, const UnitChain& b) {
      if (a.score != b.score) return a.score > b.score;
      if (a.covers != b.covers) return a.covers;
      if (a.stage != b.stage) return a.stage < b.stage;
      return tables_->spells[a.spell].valid_from > tables_->spells[b.spell].valid_from;
    });
  absl::InlinedVector<std::uint32_t, 16> seen;
  std::size_t kept = 0;
  for (const UnitChain& chain : chains_) {
    if (chain.score < kLeastScore || IsGuess(chain)) continue;
    const std::uint32_t identity = tables_->spells[chain.spell].identity;
    if (std::find(seen.begin(), seen.end(), identity) != seen.end()) continue;
    seen.push_back(identity);
    chains_[kept++] = chain;
  }
  chains_.resize(kept);
}

bool Reading::IsGuess(const UnitChain& chain) const {
  const Mention& mention = mentions_[chain.mention];
  const int left = Unexplained(chain);
  if (chain.edited && left > 0) return true;
  // The end of a street's name: "12 Nguyễn Huệ" is not Huế.
  if (chain.torn && LevelOf(chain) != Level::kCommune && chain.score < kTornLeast) return true;
  if (chain.bare && chain.street) return true;
  if (mention.edits == 0) return chain.bare && left > 2;
  if (!chain.bare) return false;
  if (mention.edits > 1) return true;
  // The whole text is a name with an error, "Phường Hồng Ga": then its level word holds.
  // One word alone says too little.
  if (chain.words == WordRange(0, words_.size()))
    return mention.types == 0 ? words_.size() == 1 : (mention.types & SetOf(TypeOf(chain))) == 0;
  return tables_->names.keys[mention.key].letters.size < kTellingName;
}

// The first word of a stretch before the best chain that names a unit below it (or
// another commune), which the chain leaves out; the size of the text if there is none.
std::size_t Reading::LeftOutBefore(const UnitChain& best) const {
  const std::size_t front = FirstOf(best.words);
  const bool commune = LevelOf(best) == Level::kCommune;
  const int lowest = commune ? 3 : static_cast<int>(LevelOf(best)) + 1;
  for (std::size_t i = 0; i < front; ++i) {
    const LevelWord& word = words_[i].level;
    if (word.words == 0 || !words_.Begins(i) || (LevelsOf(word.types) >> lowest) == 0) continue;
    const std::size_t name = i + word.words;
    if (name >= front || IsRoad(words_, i)) continue;
    std::size_t end = name;
    while (end < front && !words_[end].closes && !words_[end].dashes) ++end;
    const bool next_to_it = end + 1 >= front;
    // "P. 302" is a room.
    if (word.abbreviated && (!next_to_it || (commune && words_[name].number))) continue;
    return i;
  }
  return words_.size();
}

void Reading::DoubtIfRepaired() {
  if (chains_.empty()) return;
  const UnitChain& best = chains_.front();
  const Mention& mention = MentionOf(best);
  if (!best.bare && !words_.AreRepaired()) return;
  int marks = 0, others = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if ((best.words >> i & 1) == 0) continue;
    marks += words_[i].repaired == Repaired::kTypedMarks ? 1 : 0;
    others += words_[i].repaired == Repaired::kSpacing || words_[i].repaired == Repaired::kError;
  }
  bool doubtful = marks == 1 && Count(best.words) > 2;
  if (best.bare) doubtful |= others > 0;
  if (best.bare && best.stage == Stage::kNoDiacritics && best.typed)
    doubtful |= HasMarks(words_.Written(mention.level_word, mention.first));
  if (!doubtful) return;
  for (UnitChain& chain : chains_) chain.score = std::min(chain.score, kUncertain);
}

void Reading::DoubtIfAdrift() {
  if (chains_.empty() || !chains_.front().adrift || chains_.front().bare) return;
  const UnitChain& best = chains_.front();
  Mentions near;
  AddNearMentions(tables_->names, words_, ~MentionOf(best).words, NamedAreas(*tables_, mentions_),
                  near);
  if (std::none_of(near.begin(), near.end(),
                   [&](const Mention& mention) { return IsNeighbour(mention, best); }))
    return;
  for (UnitChain& chain : chains_) chain.score = std::min(chain.score, kUncertain);
}

// "Bình Xa Hàm Yên" is not certain to be Bình Xa, nor Xã Hàm Yên, nor "phường 4, phường 5"
// the latter: another name takes the level word in, or gives it up, or stands beside with a
// level word of its own.
void Reading::DoubtIfReadTwice() {
  if (chains_.empty()) return;
  const UnitChain& best = chains_.front();
  const Mention& mention = MentionOf(best);
  const bool typed = mention.types != 0;
  if (!typed && !HoldsLevelWord(mention)) return;
  const auto areas = NamedAreas(*tables_, mentions_);
  Mentions all;
  FindMentions(tables_->names, words_, false, all);
  const auto is_rival = [&](const Mention& other) {
    if (other.edits != 0 || other.shortened) return false;
    const std::size_t level_word = typed ? mention.level_word : other.level_word;
    const Mention& taker = typed ? other : mention;
    const bool takes_in = taker.first < level_word && level_word < taker.last &&
                          (typed ? words_.Begins(level_word) || (best.words >> other.first & 1) == 0
                                 : other.types != 0);
    const bool beside = typed && LevelOf(best) == Level::kCommune && other.types != 0 &&
                        (LevelsOf(other.types) >> 3) != 0 && (other.words & best.words) == 0 &&
                        !words_[other.level_word].level.abbreviated;
    if (!takes_in && !beside) return false;
    if (takes_in && (other.levels & 6) != 0) return true;
    const auto namings = tables_->names.Namings(other.key);
    return std::any_of(areas.begin(), areas.end(), [&](std::uint16_t area) {
      const auto within = tables_->names.Within(other.key, area);
      return std::any_of(within.begin(), within.end(), [&](const WithinRow& row) {
        return !Related(namings[row.naming].spell, best.spell);
      });
    });
  };
  if (std::none_of(all.begin(), all.end(), is_rival)) return;
  for (UnitChain& chain : chains_) chain.score = std::min(chain.score, kUncertain);
}

// Whether a word of the name but the first says a level: "Tứ Xã".
bool Reading::HoldsLevelWord(const Mention& mention) const {
  for (std::size_t i = mention.first + 1u; i < mention.last; ++i)
    if (words_[i].level.words > 0) return true;
  return false;
}

// Whether a name with one error is that of another commune of the day.
bool Reading::IsNeighbour(const Mention& near, const UnitChain& best) const {
  if (near.edits != 1) return false;
  const auto areas = NamedAreas(*tables_, mentions_);
  return std::any_of(areas.begin(), areas.end(), [&](std::uint16_t area) {
    const auto namings = tables_->names.Namings(near.key);
    const auto within = tables_->names.Within(near.key, area);
    return std::any_of(within.begin(), within.end(), [&](const WithinRow& row) {
      const NameRow& naming = namings[row.naming];
      return naming.valid_from <= at_ && at_ < naming.valid_to &&
             WorthOf(*tables_, words_, near, naming).score > kOneError &&
             tables_->spells[naming.spell].identity != tables_->spells[best.spell].identity;
    });
  });
}

void Reading::DropIfUnknown() {
  if (chains_.empty()) return;
  const UnitChain best = chains_.front();
  const std::size_t left_out = LeftOutBefore(best);
  const bool named = LevelOf(best) == Level::kCommune && MentionOf(best).types != 0;
  if (named || left_out == words_.size()) {
    const bool doubtful = left_out < words_.size() || MayHideCommune(best) || MayBeStreet(best);
    for (UnitChain& chain : chains_)
      if (doubtful) chain.score = std::min(chain.score, kUncertain);
    return;
  }
  // Only namesakes of it elsewhere may be meant.
  const std::size_t name = left_out + words_[left_out].level.words;
  std::size_t end = name;
  while (!words_[end].closes) ++end;
  const WordSet unknown = WordRange(name, end + 1);
  std::size_t kept = 0;
  for (UnitChain chain : chains_) {
    if (LevelOf(chain) != Level::kCommune || (chain.words & unknown) != unknown) continue;
    chain.score = std::min(chain.score, kUncertain);
    chains_[kept++] = chain;
  }
  chains_.resize(kept);
}

// Whether what stands right before the best may be a commune that was not recognised: a
// province or a district is then only where it lies, and so is a name without a level
// word, which may be that of the district. Behind "Xã Tân Bình" only what stands in one
// stretch with it counts, and only if nothing above is named.
bool Reading::MayHideCommune(const UnitChain& best) const {
  const std::size_t front = FirstOf(best.words);
  if (front == 0) return false;
  if (LevelOf(best) == Level::kCommune && MentionOf(best).types != 0 &&
      (!best.bare || words_.Begins(front)))
    return false;
  std::size_t first = front - 1;
  while (!words_.Begins(first)) --first;
  return LeavesOutInside(best) || MayHoldCommune(words_, first, front);
}

// Whether a level word below the best stands anywhere before it, and no number behind it,
// which may be that of a room: "Đội 4 thôn Đông X. Thượng Hạ, Lào Cai".
bool Reading::LeavesOutInside(const UnitChain& best) const {
  const std::size_t front = FirstOf(best.words);
  const int lowest = std::min(3, static_cast<int>(LevelOf(best)) + 1);
  for (std::size_t i = 0; i < front; ++i) {
    const LevelWord& word = words_[i].level;
    const std::size_t name = i + word.words;
    if (word.words > 0 && (LevelsOf(word.types) >> lowest) != 0 && name < front &&
        !words_[name].number && !IsRoad(words_, i))
      return true;
  }
  return false;
}

// Whether what was taken for a street is a commune that lies in the best.
bool Reading::MayBeStreet(const UnitChain& best) const {
  if (LevelOf(best) == Level::kCommune && MentionOf(best).types != 0) return false;
  return std::any_of(chains_.begin(), chains_.end(), [&](const UnitChain& chain) {
    return chain.street && chain.words != best.words && (best.words & ~chain.words) == 0;
  });
}

// Whether one of the two came out of the other: then they are no rivals.
bool Reading::Related(std::uint32_t a, std::uint32_t b) const {
  if (tables_->spells[a].valid_from > tables_->spells[b].valid_from) std::swap(a, b);
  const std::uint32_t goal = tables_->spells[b].identity;
  if (tables_->spells[a].identity == goal) return true;
  // Not what only took some of its ground: both stand side by side.
  for (const EdgeRow& edge : tables_->NextEdges(a, tables_->spells[a].valid_to - 1))
    if (edge.to == b || tables_->spells[edge.to].identity == goal) return true;
  const DayNumber start = tables_->spells[a].valid_to - 1, end = tables_->spells[b].valid_from;
  if (end <= start + 1) return false;
  const auto ends = TraceEnds(*tables_, a, start, end, true);
  return std::find(ends.begin(), ends.end(), b) != ends.end();
}

bool Reading::YieldsTo(const UnitChain& best, const UnitChain& other) const {
  const bool whole = best.typed && !best.other && best.stage < Stage::kAbbreviation;
  if (!whole || (other.words & ~best.words) != 0) return false;
  if (!other.typed || (best.covers && !other.covers)) return true;
  // Every level word has marks, so that who writes it well leaves none out.
  return best.stage <= Stage::kTonePlacement && other.stage >= Stage::kNoDiacritics;
}

absl::InlinedVector<bool, 16> Reading::Ambiguous() const {
  absl::InlinedVector<bool, 16> ambiguous(chains_.size(), false);
  for (std::size_t i = 1; i < chains_.size(); ++i) {
    const UnitChain& best = chains_[0];
    // What lies above the best is no rival of it.
    if (chains_[i].words != best.words && (chains_[i].words & ~best.words) == 0) continue;
    const bool near = best.score - chains_[i].score < kRival;
    // A bare name may mean any unit of the level word that ever had it.
    const bool bare =
        best.bare && chains_[i].words == best.words && best.score - chains_[i].score < kOtherType;
    if ((!near && !bare) || YieldsTo(best, chains_[i]) || Related(best.spell, chains_[i].spell))
      continue;
    ambiguous[0] = ambiguous[i] = true;
  }
  return ambiguous;
}

namespace {

Reading ReadInTurn(const RegistryTables& tables, const Words& words, DayNumber at) {
  Reading best(tables, words, at, true);
  if (best.IsSettled() || words.empty()) return best;
  best = Reading(tables, words, at);
  if (best.IsSettled()) return best;
  // A unit that leaves words open before it, or that nothing confirms, may be none.
  const WordSet explained = best.IsWhole() && !best.chains().front().bare ? best.Explained() : 0;
  const auto settles = [&best](Reading& reading) {
    if (reading.IsBetterThan(best)) best = reading;
    return best.IsSettled();
  };
  const auto repaired = Repair(words, explained);
  if (repaired) {
    Reading again(tables, *repaired, at);
    if (settles(again)) return best;
    again.AddNear();
    if (settles(again)) return best;
  }
  if (const auto changed = ChangeNumerals(words, explained)) {
    Reading again(tables, *changed, at);
    if (settles(again)) return best;
  }
  Reading near(tables, words, at);
  near.AddNear();
  if (settles(near)) return best;
  Reading joined(tables, (repaired ? *repaired : words).WithoutCommas(), at);
  joined.AddNear();
  joined.Doubt();
  settles(joined);
  return best;
}

}  // namespace

Reading Read(const RegistryTables& tables, const Words& words, DayNumber at) {
  Reading reading = ReadInTurn(tables, words, at);
  reading.AddNearIfDoubtful();
  reading.DropIfUnknown();
  reading.DoubtIfRepaired();
  reading.DoubtIfAdrift();
  reading.DoubtIfReadTwice();
  return reading;
}

}  // namespace motcua
