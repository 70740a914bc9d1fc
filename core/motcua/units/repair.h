// Words put right before names are looked for again. Internal to the room.
//
// Marks typed as letters (telex "Phuwowngf", VNI "Phu7o7ng2"), level words with a
// typing error ("Phườg 1", "Thành hố Huế"), without the space behind them ("QuậnHai Bà
// Trưng") or behind the name ("Việt Xuyên xã"), and the number of a name in the other
// numerals ("Mỹ Đình II" is Mỹ Đình 2, "Hải Châu 2" is Hải Châu II).
#ifndef MOTCUA_UNITS_REPAIR_H_
#define MOTCUA_UNITS_REPAIR_H_

#include <optional>

#include "motcua/units/mentions.h"

namespace motcua {

// The words of the same text with those that `explained` leaves put right; nothing
// if there is nothing to do. O(words).
std::optional<Words> Repair(const Words& words, WordSet explained);

// The same words with the numbers that end names in the other numerals, likewise.
std::optional<Words> ChangeNumerals(const Words& words, WordSet explained);

}  // namespace motcua

#endif  // MOTCUA_UNITS_REPAIR_H_
