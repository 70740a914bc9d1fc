// Chains: a unit that a text names, and the units above it that the text names too.
// Internal to the room.
#ifndef MOTCUA_UNITS_CHAINS_H_
#define MOTCUA_UNITS_CHAINS_H_

#include "motcua/units/mentions.h"
#include "motcua/units/registry_tables.h"

namespace motcua {

struct UnitChain {
  std::uint32_t spell = 0;
  std::uint32_t mention = 0;  // of the unit itself
  const NameRow* naming = nullptr;
  WordSet words = 0;  // all words of the chain
  float score = 0;
  Stage stage = Stage::kExact;
  bool covers = false;  // the unit stands on the day of the question
  bool typed = false;   // its own level word stands before its name, without errors
  bool other = false;   // something above it is named as it was in the other epoch
  bool bare = false;    // nothing above the unit is named
  bool street = false;  // more likely the name of a street
  bool edited = false;  // a part of it has typing errors
  bool adrift = false;  // of another day, and nothing above it says so
  bool torn = false;    // something stands right before it that may belong to the name
};
// What a unit of another day than the one asked for is worth.
inline constexpr float kOtherDay = 0.96f;
using Chains = absl::InlinedVector<UnitChain, 16>;

// Every chain of the mentions that may be the answer, each with its score; the best
// one a spell. Chains without anything above them come in only where no chain with
// something above them explains as much.
void FindChains(const RegistryTables& tables, const Words& words, const Mentions& mentions,
                DayNumber at, Chains& chains);

// The areas that the mentions without typing errors name.
absl::InlinedVector<std::uint16_t, 8> NamedAreas(const RegistryTables& tables,
                                                 const Mentions& mentions);

}  // namespace motcua

#endif  // MOTCUA_UNITS_CHAINS_H_
