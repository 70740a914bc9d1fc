// Chains: a unit that a text names, and the units above it that the text names too.
// Internal to the room.
#ifndef MOTCUA_UNITS_CHAINS_H_
#define MOTCUA_UNITS_CHAINS_H_

#include <vector>

#include "motcua/units/mentions.h"

namespace motcua {

struct Chain {
  std::uint32_t spell = 0;
  std::uint32_t mention = 0;  // of the unit itself
  std::uint64_t words = 0;    // all words of the chain
  double score = 0;
  Stage stage = Stage::kExact;
  bool covers = false;  // the unit stands on the day of the question
  bool bare = false;    // nothing above the unit is named
};

// Every chain of the mentions, each with its score; the best one a spell.
std::vector<Chain> FindChains(const RegistryTables& tables, const MentionedText& found,
                              DayNumber at);

}  // namespace motcua

#endif  // MOTCUA_UNITS_CHAINS_H_
