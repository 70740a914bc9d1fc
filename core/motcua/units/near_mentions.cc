// Mentions with typing errors: AddNearMentions of mentions.h.
#include <algorithm>
#include <string>

#include "motcua/text/distance.h"
#include "motcua/units/mentions.h"

namespace motcua {
namespace {

// Shorter names have too many neighbours to be recognised with an error.
constexpr std::size_t kLongEnoughForOneEdit = 4, kLongEnoughForTwoEdits = 9;
// But not those of provinces and districts with their level word, "Thành phố Hế", nor where
// all of the text is a level word and a name, which has one error at most.
constexpr std::size_t kLongEnoughTyped = 2;
constexpr std::size_t kLongestName = 6;  // words
constexpr std::uint8_t kCommune = 1u << static_cast<int>(Level::kCommune);
constexpr std::uint8_t kUpper =
    1u << static_cast<int>(Level::kProvince) | 1u << static_cast<int>(Level::kDistrict);

std::string Digits(std::string_view letters) {
  std::string digits;
  for (const char letter : letters)
    if (letter >= '0' && letter <= '9') digits += letter;
  return digits;
}

// One stretch of words that may be a name: how it differs from each key.
class NearFinder {
 public:
  NearFinder(const NameIndex& index, std::string_view wanted, const Mention& pattern, bool alone,
             Mentions& mentions)
      : index_(index),
        wanted_(wanted),
        pattern_(pattern),
        mentions_(mentions),
        set_(LetterSet(wanted)),
        least_(pattern.types != 0 && (alone || (pattern.levels & kCommune) == 0)
                   ? kLongEnoughTyped
                   : kLongEnoughForOneEdit),
        limit_(alone || wanted.size() < kLongEnoughForTwoEdits ? 1 : 2) {}

  bool MayHaveError() const { return wanted_.size() >= least_; }

  void Compare(std::uint32_t key, std::uint8_t levels) {
    const NameKeyRow& row = index_.keys[key];
    const std::size_t size = row.letters.size;
    const auto limit = static_cast<std::size_t>(limit_);
    if (size + limit < wanted_.size() || size > wanted_.size() + limit) return;
    if (size < least_) return;
    if (Count(set_ ^ row.letter_set) > 2 * limit_) return;
    const auto allowed = static_cast<std::uint8_t>(row.levels & levels & pattern_.levels);
    if (allowed == 0) return;
    const std::string_view letters = index_.Letters(key);
    const int edits = EditDistance(wanted_, letters, limit_);
    // A number with an error is another number.
    if (edits == 0 || edits > limit_ || Digits(letters) != Digits(wanted_)) return;
    if (edits > 1 && size + 1 < kLongEnoughForTwoEdits) return;
    Mention mention = pattern_;
    mention.key = key;
    mention.levels = allowed;
    mention.edits = static_cast<std::uint8_t>(edits);
    mentions_.push_back(mention);
  }

 private:
  const NameIndex& index_;
  const std::string_view wanted_;
  const Mention& pattern_;
  Mentions& mentions_;
  const std::uint32_t set_;
  const std::size_t least_;  // letters of a name that may have an error
  const int limit_;
};

// A stretch up to the next comma or level word; `name` is where it begins behind its
// own level word.
struct Stretch {
  std::size_t begin = 0;
  std::size_t name = 0;
  std::size_t end = 0;
};

std::vector<Stretch> Stretches(const Words& words) {
  std::vector<Stretch> stretches;
  std::size_t at = 0;
  while (at < words.size()) {
    Stretch stretch{at, at, at};
    const LevelWord& level = words[at].level;
    if (level.words > 0 && at + level.words < words.size() && !words[at + level.words - 1].closes)
      stretch.name = at + level.words;
    at = stretch.name;
    while (at < words.size()) {
      if (at > stretch.name && words[at].level.words > 0) break;
      if (words[at++].closes) break;
    }
    stretch.end = at;
    stretches.push_back(stretch);
  }
  return stretches;
}

// A mention of words [first, last), with the level word of their stretch if they stand
// right behind it.
Mention Pattern(const Words& words, const Stretch& stretch, std::size_t first, std::size_t last) {
  Mention pattern;
  pattern.first = static_cast<std::uint8_t>(first);
  pattern.last = static_cast<std::uint8_t>(last);
  pattern.words = WordRange(first, last);
  pattern.levels = 0xF;
  if (first > stretch.name || stretch.name == stretch.begin) return pattern;
  const LevelWord& level = words[stretch.begin].level;
  pattern.types = level.types;
  pattern.levels = LevelsOf(level.types);
  pattern.level_word = static_cast<std::uint8_t>(stretch.begin);
  pattern.level_abbreviated = level.abbreviated;
  pattern.words |= WordRange(stretch.begin, stretch.name);
  return pattern;
}

}  // namespace

void AddNearMentions(const NameIndex& index, const Words& words, WordSet explained,
                     std::span<const std::uint16_t> areas, Mentions& mentions) {
  const auto compare = [&](const Stretch& stretch, std::size_t first, std::size_t last) {
    if ((WordRange(first, last) & ~explained) == 0) return;
    const std::string_view wanted = words.Letters(first, last);
    const Mention pattern = Pattern(words, stretch, first, last);
    const bool alone = pattern.words == WordRange(0, words.size());
    NearFinder finder(index, wanted, pattern, alone, mentions);
    if (!finder.MayHaveError()) return;
    if ((pattern.levels & kUpper) != 0)
      for (const std::uint16_t key : index.upper) finder.Compare(key, kUpper);
    if ((pattern.levels & kCommune) == 0) return;
    // A name that is all of the text may have an area's name in it: "Xã Leong Vĩnh".
    if (areas.empty() || alone) {
      for (std::uint32_t key = 0; key < index.keys.size(); ++key) finder.Compare(key, kCommune);
      return;
    }
    for (const std::uint16_t area : areas)
      for (const std::uint16_t key : index.Inside(area)) finder.Compare(key, kCommune);
  };
  for (const Stretch& stretch : Stretches(words)) {
    if ((WordRange(stretch.begin, stretch.end) & ~explained) == 0) continue;
    // The whole of it, and what stands before the first word that is explained.
    std::size_t open = stretch.name;
    while (open < stretch.end && (explained >> open & 1) == 0) ++open;
    const auto compare_up_to = [&](std::size_t end) {
      std::size_t first = std::max(stretch.name, end - std::min(end, kLongestName));
      const bool typed = stretch.name > stretch.begin;
      const std::size_t last_start = typed ? first + 1 : end;
      for (; first < last_start; ++first) compare(stretch, first, end);
    };
    if (stretch.end > stretch.name) compare_up_to(stretch.end);
    if (open > stretch.name && open < stretch.end) compare_up_to(open);
  }
}

}  // namespace motcua
