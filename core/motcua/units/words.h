// The words of an address or a name, and which of them say a level.
#ifndef MOTCUA_UNITS_WORDS_H_
#define MOTCUA_UNITS_WORDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/text/folding.h"
#include "motcua/units/vocabulary.h"

namespace motcua {

// A run of letters and digits; an apostrophe inside does not end it. A known
// abbreviation in front of a number is a word of its own: "P15" is P and 15.
struct Word {
  std::string key;          // PlainKey: join, then FoldIY
  std::uint32_t begin = 0;  // bytes [begin, end) of the text
  std::uint32_t end = 0;
  bool closes = false;  // a comma, a semicolon, a bracket or the end follows
  bool number = false;
};

// Splits valid UTF-8. O(size).
std::vector<Word> SplitWords(std::string_view text);

// A set of types, as bits 1 << UnitType: "district" may be Quận or Huyện.
using TypeSet = std::uint16_t;
constexpr TypeSet SetOf(UnitType type) {
  return static_cast<TypeSet>(1u << static_cast<int>(type));
}

struct TypeWord {
  TypeSet types = 0;
  std::size_t words = 0;     // how many words it takes, 1 or 2
  bool abbreviated = false;  // "P.", "TP", or English: stage kAbbreviation
};

// The level word that begins at words[at]; nothing if none does.
std::optional<TypeWord> TypeWordAt(std::span<const Word> words, std::size_t at);

// One reading of a written name: its level word, if it has one, and the rest.
struct NameReading {
  std::string_view name;        // without the level word
  TypeSet types = 0;            // 0: it has none
  Stage stage = Stage::kExact;  // how the level word is written
};

// Both readings of a name: as it stands, and without a level word in front.
// "Phường Đúc" may be a ward named Đúc, or one named Phường Đúc.
std::vector<NameReading> ReadName(std::string_view text);

}  // namespace motcua

#endif  // MOTCUA_UNITS_WORDS_H_
