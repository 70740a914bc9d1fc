// The rows of the tables "names.*" of a dataset image: the resolver's index.
//
// Every spelling of every unit under its letters, what lies inside each province
// and district, and what lies above each unit, in both epochs. All of it follows
// from "units.*" and is compiled with them, so that a start-up computes nothing.
#ifndef MOTCUA_UNITS_NAME_ROWS_H_
#define MOTCUA_UNITS_NAME_ROWS_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "motcua/units/units_rows.h"

namespace motcua {

// "names.keys", sorted by letters. Letters are the search key with every y as i, so
// that the letters of a name are those of its words, joined.
struct NameKeyRow {
  std::uint64_t hash;  // HashOf(letters).hash
  TextRef letters;
  std::uint32_t letter_set;    // LetterSet(letters)
  std::uint32_t first_naming;  // rows of names.namings: provinces, districts, communes
  std::uint32_t first_within;  // rows of names.within
  std::uint32_t first_alias;   // rows of names.aliases
  std::uint16_t naming_count;
  std::uint16_t upper_count;  // of the namings, those of provinces and districts
  std::uint16_t within_count;
  std::uint16_t alias_count;
  std::uint32_t levels;  // bits 1 << Level of the namings
  std::uint32_t reserved;
};

// "names.namings": a spelling of a spell, sorted by key, then spell, with what the
// resolver asks of it first, so that a candidate costs one look into memory.
struct NameRow {
  std::uint32_t spell;
  std::uint32_t variant;  // row of units.variants, or kNoRow for the spell's own name
  std::uint32_t written;  // WrittenHash of the spelling
  std::int32_t valid_from;
  std::int32_t valid_to;
  std::uint32_t first_above;  // rows of names.above
  std::uint16_t above_count;
  std::uint8_t level;     // Level
  std::uint8_t type;      // UnitType
  std::uint16_t area;     // of a province or district
  std::uint16_t goes_on;  // 1: another spell is the same unit
};

// "names.aliases": what a short name, which has these letters, stands for.
struct AliasRow {
  std::uint32_t key;  // of the full name
  TextRef written;    // the short name with its marks
};

// "names.areas": a province or a district (a code) in one of the two epochs.
struct AreaRow {
  std::uint32_t code;          // row of units.codes
  std::uint32_t first_inside;  // rows of names.inside: keys of the communes inside
  std::uint32_t inside_count;
  std::uint16_t level;      // Level
  std::uint16_t new_epoch;  // 1: from 2025-07-01
};
// "names.inside": uint16, rows of names.keys, sorted within an area.
// "names.upper": uint16, the keys that name a province or a district.

// "names.within": the communes' namings of a key, sorted by the area they lie in.
struct WithinRow {
  std::uint16_t area;
  std::uint16_t naming;  // counted from the key's first_naming
};
// "names.above": uint16, the areas that a spell lies in: districts before provinces, and
// its own epoch before the other.

// "names.slots": uint16, key + 1 or 0 for empty, at the mixed hash of the letters.
// "names.filter": uint64 words of bits, one bit a key. "names.prefixes": likewise, one
// bit for everything that a key begins with.
inline constexpr std::uint32_t kSlotBits = 14, kFilterBits = 16, kPrefixBits = 18;

inline constexpr std::uint64_t kHashBase = 0x9E3779B97F4A7C15u;

// A polynomial, so that the hash of joined words follows from those of the words:
//   hash(ab) = hash(a) * scale(b) + hash(b)
struct LetterHash {
  std::uint64_t hash = 0;
  std::uint64_t scale = 1;
  constexpr void Add(char letter) {
    hash = hash * kHashBase + static_cast<unsigned char>(letter);
    scale *= kHashBase;
  }
  constexpr void Add(const LetterHash& next) {
    hash = hash * next.scale + next.hash;
    scale *= next.scale;
  }
};

// Of the bytes of a spelling: equal spellings have equal ones.
constexpr std::uint32_t WrittenHash(std::string_view bytes) {
  std::uint32_t hash = 2166136261u;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619u;
  return hash;
}

// kHashBase to the power `size`: the scale of a hash of that many letters.
inline constexpr std::array<std::uint64_t, 64> kHashScales = [] {
  std::array<std::uint64_t, 64> scales{};
  std::uint64_t scale = 1;
  for (std::uint64_t& power : scales) {
    power = scale;
    scale *= kHashBase;
  }
  return scales;
}();
constexpr std::uint64_t HashScale(std::size_t size) {
  if (size < kHashScales.size()) return kHashScales[size];
  return kHashScales.back() * kHashBase * HashScale(size - kHashScales.size());
}

constexpr LetterHash HashOf(std::string_view letters) {
  LetterHash hash;
  for (const char letter : letters) hash.Add(letter);
  return hash;
}

// The upper bits are good for slots, the middle ones for the filter.
constexpr std::uint64_t MixHash(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93u;
  hash ^= hash >> 32;
  return hash * 0xD6E8FEB86659FD93u;
}
constexpr std::size_t SlotOfHash(std::uint64_t mixed) { return mixed >> (64 - kSlotBits); }
constexpr std::size_t FilterBitOfHash(std::uint64_t mixed) {
  return mixed >> (64 - kSlotBits - kFilterBits) & ((1u << kFilterBits) - 1);
}

constexpr std::size_t PrefixBitOfHash(std::uint64_t mixed) {
  return mixed & ((1u << kPrefixBits) - 1);
}

// The letters and digits a key has, as bits: keys within n edits differ in at most
// 2n of them.
constexpr std::uint32_t LetterSet(std::string_view letters) {
  std::uint32_t set = 0;
  for (const char letter : letters) set |= 1u << (static_cast<unsigned char>(letter) & 31);
  return set;
}

}  // namespace motcua

#endif  // MOTCUA_UNITS_NAME_ROWS_H_
