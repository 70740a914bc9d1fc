// The words of an address or a name, folded in one pass, and which of them say a level.
#ifndef MOTCUA_UNITS_WORDS_H_
#define MOTCUA_UNITS_WORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "motcua/text/folding.h"
#include "motcua/units/name_rows.h"
#include "motcua/units/vocabulary.h"

namespace motcua {

// A set of types, as bits 1 << UnitType: "district" may be Quận or Huyện.
using TypeSet = std::uint16_t;
constexpr TypeSet SetOf(UnitType type) {
  return static_cast<TypeSet>(1u << static_cast<int>(type));
}

struct LevelWord {
  TypeSet types = 0;         // 0: it says no level
  std::uint8_t words = 0;    // how many words it takes, 1 or 2
  bool abbreviated = false;  // "P.", "TP", or English: stage kAbbreviation
};

// What was put right in a word whose letters are not those of the text.
enum class Repaired : std::uint8_t { kNo, kTypedMarks, kSpacing, kError, kNumeral };

// A run of letters and digits; an apostrophe inside does not end it. A known
// abbreviation in front of a number is a word of its own: "P15" is P and 15.
struct Word {
  std::uint32_t begin = 0;  // bytes [begin, end) of the text
  std::uint32_t end = 0;
  std::uint16_t first = 0;  // letters [first, last) of Words::letters
  std::uint16_t last = 0;
  bool closes = false;  // a comma, a semicolon, a bracket or the end follows
  bool dashes = false;  // a dash beside a space follows
  bool number = false;
  Repaired repaired = Repaired::kNo;
  LevelWord level;  // the level word that begins here
  LetterHash hash;
};

class Words {
 public:
  // The most that are kept: of a longer text the last ones.
  static constexpr std::size_t kMost = 48;

  Words() = default;
  // Splits valid UTF-8 that outlives this. O(size).
  explicit Words(std::string_view text);
  // An empty one for the same text, to Add to.
  static Words For(std::string_view text) {
    Words words;
    words.text_ = text;
    return words;
  }
  // What follows the word is what follows `like`.
  void Add(std::uint32_t begin, std::uint32_t end, std::string_view letters, const Word& like,
           Repaired repaired);
  // The same, as if no comma stood between them.
  Words WithoutCommas() const;
  // Recognises the level words; last, after every Add.
  void FindLevels();

  std::string_view text() const { return text_; }
  std::size_t size() const { return words_.size(); }
  bool empty() const { return words_.empty(); }
  // Whether a word was added from outside, that is, put right.
  bool AreRepaired() const { return repaired_; }
  const Word& operator[](std::size_t i) const { return words_[i]; }
  // The letters of words [first, last), joined, every y as i.
  std::string_view Letters(std::size_t first, std::size_t last) const {
    return {letters_.data() + words_[first].first,
            static_cast<std::size_t>(words_[last - 1].last - words_[first].first)};
  }
  std::string_view Letters(std::size_t i) const { return Letters(i, i + 1); }
  std::string_view Written(std::size_t first, std::size_t last) const {
    return text_.substr(words_[first].begin, words_[last - 1].end - words_[first].begin);
  }
  // Whether word i is the first one behind a comma or of the text.
  bool Opens(std::size_t i) const { return i == 0 || words_[i - 1].closes; }
  // Likewise, or behind a dash: "Khu 2 - Hồng Hà".
  bool Begins(std::size_t i) const { return Opens(i) || words_[i - 1].dashes; }

 private:
  // A word while its letters are gathered: those from `first` on.
  struct Gathered {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::size_t first = 0;
    std::size_t first_digit = 0;  // the place of a digit behind letters; 0: none
    std::uint32_t digit_begin = 0;
    bool number = true;
    std::uint64_t hash = 0;
  };
  void AddGathered(const Gathered& gathered, std::size_t last);
  void Split();
  void KeepLast();
  bool IsWholeLevelBefore(std::size_t i) const;

  std::string_view text_;
  bool repaired_ = false;
  absl::InlinedVector<Word, 24> words_;
  absl::InlinedVector<char, 128> letters_;
};

inline Words SplitWords(std::string_view text) { return Words(text); }

// One reading of a written name: its level word, if it has one, and the rest.
struct NameReading {
  std::string_view name;        // without the level word
  TypeSet types = 0;            // 0: it has none
  Stage stage = Stage::kExact;  // how the level word is written
};

// Both readings of a name: as it stands, and without a level word in front.
// "Phường Đúc" may be a ward named Đúc, or one named Phường Đúc.
std::vector<NameReading> ReadName(std::string_view text);

// How a level word is written for a unit of `type`: "PHƯỜNG" is kCase.
Stage StageOfLevelWord(std::string_view written, UnitType type);

}  // namespace motcua

#endif  // MOTCUA_UNITS_WORDS_H_
