// The rows of the tables "units.*" of a dataset image.
//
// Spells, codes and names are sorted so that every look-up is a binary search;
// rows refer to each other by index. Everything a start-up would have to compute
// (identities, search keys, both directions of succession) is in the image.
#ifndef MOTCUA_UNITS_UNITS_ROWS_H_
#define MOTCUA_UNITS_UNITS_ROWS_H_

#include <array>
#include <cstdint>
#include <limits>

#include "motcua/base/dataset.h"

namespace motcua {

inline constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint16_t kNoAct = std::numeric_limits<std::uint16_t>::max();
// valid_to of a spell that is still open.
inline constexpr std::int32_t kOpenEnd = std::numeric_limits<std::int32_t>::max();

using UnitCode = std::array<char, 6>;  // NUL-padded: "68", "673", "24829"

// "units.spells", sorted by code (shorter first), then valid_from. A spell
// (khoảng hiệu lực) is an interval in which type, name and parent stand still.
struct SpellRow {
  UnitCode code;
  std::uint8_t level;  // Level
  std::uint8_t type;   // UnitType
  TextRef name;        // without the type
  std::int32_t valid_from;
  std::int32_t valid_to;   // exclusive; kOpenEnd
  std::uint32_t parent;    // row of units.codes, or kNoRow
  std::uint32_t identity;  // the first spell of the same unit
  std::uint16_t from_act;  // row of units.acts, or kNoAct
  std::uint16_t to_act;
};

// "units.codes": one row a code, sorted alike; its spells lie together.
struct CodeRow {
  UnitCode code;
  std::uint16_t spell_count;
  std::uint32_t first_spell;
};

// "units.acts": the name of an act, e.g. "1671/NQ-UBTVQH15".
struct ActRow {
  TextRef name;
};

// What an edge tells beside its extent.
enum EdgeFlag : std::uint8_t {
  kSameUnit = 1,  // the unit goes on: unchanged, renamed, retyped, reparented, recoded
  kRenamed = 2,   // by an act; a respelling of the list is no renaming
  kInPart = 4,    // read out of the lists: other ground may have gone elsewhere
};

// "units.edges", sorted by from, day, to. On its day something of the spell `from`
// goes to the spell `to`: everything on the day on which `from` ends. Before that day
// the unit loses ground and its spell goes on; what it keeps is an edge to itself.
struct EdgeRow {
  std::uint32_t from;
  std::uint32_t to;
  std::int32_t day;
  std::uint16_t act;     // row of units.acts, or kNoAct
  std::uint16_t clause;  // 0: the act has none, or it is not known
  std::uint8_t article;  // 0 likewise
  std::uint8_t extent;   // Extent
  std::uint8_t moved;    // Moved
  std::uint8_t flags;    // EdgeFlag
};

// "units.edges_from" and "units.edges_to": for spell s the edges that leave it are
// rows [edges_from[s], edges_from[s + 1]) of units.edges; those that reach it are
// units.edges[arrivals[k]] for k in [edges_to[s], edges_to[s + 1]).
// "units.answers": which province answers for an abolished district.
struct AnswerRow {
  std::uint32_t district;  // spell
  std::uint32_t province;  // spell
};

// "units.keys": the distinct search keys of names, sorted by bytes.
struct KeyRow {
  TextRef key;
  std::uint32_t first_naming;
  std::uint32_t naming_count;
};

// "units.namings": a spelling of a spell, sorted by key, then spell.
struct NamingRow {
  std::uint32_t spell;
  std::uint32_t variant;  // row of units.variants, or kNoRow for the spell's own name
};

// "units.variants": a spelling that a source really has.
struct VariantRow {
  TextRef name;
};

// "units.measures": what weighs a commune from 2025-07-01, sorted by spell.
struct MeasureRow {
  std::uint32_t spell;
  std::uint32_t population;     // 0: unknown
  std::uint32_t area_hectares;  // 0: unknown
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_UNITS_ROWS_H_
