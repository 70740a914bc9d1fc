// Where a text names units. Internal to the room.
#ifndef MOTCUA_UNITS_MENTIONS_H_
#define MOTCUA_UNITS_MENTIONS_H_

#include <cstdint>
#include <span>

#include "absl/container/inlined_vector.h"
#include "motcua/units/name_index.h"
#include "motcua/units/words.h"

namespace motcua {

// Sets of words of a text, as bits.
using WordSet = std::uint64_t;
constexpr WordSet WordRange(std::size_t first, std::size_t last) {
  const auto below = [](std::size_t n) { return n >= 64 ? ~WordSet{0} : (WordSet{1} << n) - 1; };
  return below(last) & ~below(first);
}
// Sideways addition: without a special instruction the library's popcount is a call.
constexpr int Count(WordSet words) {
  words -= words >> 1 & 0x5555555555555555u;
  words = (words & 0x3333333333333333u) + (words >> 2 & 0x3333333333333333u);
  words = (words + (words >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return static_cast<int>(words * 0x0101010101010101u >> 56);
}
constexpr std::size_t FirstOf(WordSet words) {
  return static_cast<std::size_t>(__builtin_ctzll(words));
}

// A run of words that is some unit's name, with the level word beside it.
struct Mention {
  WordSet words = 0;       // the name and its level word
  std::uint32_t key = 0;   // row of names.keys
  std::uint8_t first = 0;  // words [first, last) are the name
  std::uint8_t last = 0;
  std::uint8_t level_word = 0;  // where the level word begins; of types != 0
  std::uint8_t levels = 0;      // bits 1 << Level that it may name
  TypeSet types = 0;            // 0: no level word
  std::uint8_t edits = 0;       // typing errors between the words and the key
  bool level_abbreviated = false;
  bool shortened = false;     // the name is a short one: HCM, Một
  TextRef short_name;         // which one
  std::uint32_t written = 0;  // WrittenHash of the words of the name
};
using Mentions = absl::InlinedVector<Mention, 24>;

// The levels that units of these types have, as bits 1 << Level.
std::uint8_t LevelsOf(TypeSet types);

// All mentions without typing errors. A name does not reach across a comma. Where
// `plain`, a stretch between commas and level words that is a level word and a name is
// not searched for shorter names. O(words).
void FindMentions(const NameIndex& index, const Words& words, bool plain, Mentions& mentions);

// Adds mentions with one or two typing errors for the words that `explained` leaves:
// of provinces and districts, and of communes inside `areas` (of all communes if there
// are none, or the words are all of the text).
void AddNearMentions(const NameIndex& index, const Words& words, WordSet explained,
                     std::span<const std::uint16_t> areas, Mentions& mentions);

}  // namespace motcua

#endif  // MOTCUA_UNITS_MENTIONS_H_
