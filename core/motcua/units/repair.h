// Words put right before names are looked for again. Internal to the room.
//
// Marks typed as letters (telex "Phuwowngf", VNI "Phu7o7ng2"), level words with a
// typing error ("Phườg 1", "Thành hố Huế") or without the space behind them
// ("QuậnHai Bà Trưng").
#ifndef MOTCUA_UNITS_REPAIR_H_
#define MOTCUA_UNITS_REPAIR_H_

#include <optional>

#include "motcua/units/mentions.h"

namespace motcua {

// The words of the same text with those that `explained` leaves put right; nothing
// if there is nothing to do. O(words).
std::optional<Words> Repair(const Words& words, WordSet explained);

}  // namespace motcua

#endif  // MOTCUA_UNITS_REPAIR_H_
