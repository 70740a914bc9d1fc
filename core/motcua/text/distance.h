// How many typing errors lie between two keys.
#ifndef MOTCUA_TEXT_DISTANCE_H_
#define MOTCUA_TEXT_DISTANCE_H_

#include <string_view>

namespace motcua {

// Insertions, deletions, substitutions and swaps of neighbours (optimal string
// alignment) between two byte strings; limit + 1 as soon as it is more than
// `limit`. Meant for search keys, whose letters are single bytes.
//   EditDistance("baoloc", "baolco", 2) == 1
// O(size) where one has up to 64 letters, else O(limit * size).
int EditDistance(std::string_view a, std::string_view b, int limit);

}  // namespace motcua

#endif  // MOTCUA_TEXT_DISTANCE_H_
