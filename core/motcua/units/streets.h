// Streets, hamlets and house numbers: what stands in front of a commune and is none.
// Internal to the room.
#ifndef MOTCUA_UNITS_STREETS_H_
#define MOTCUA_UNITS_STREETS_H_

#include "motcua/units/words.h"

namespace motcua {

// Whether the word before `first` makes a name that begins there that of a street or a
// hamlet: "đường Lê Lợi", "12 Lê Lợi", but not "Thôn 3 Lê Lợi". Not for a first word.
bool StandsInStreet(const Words& words, std::size_t first);

// Whether words [first, last), a stretch of their own, may hold the name of a commune
// that was not recognised: not a house number, a street or a hamlet alone.
bool MayHoldCommune(const Words& words, std::size_t first, std::size_t last);

}  // namespace motcua

#endif  // MOTCUA_UNITS_STREETS_H_
