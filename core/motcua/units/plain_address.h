// The plain address: a commune, its district and its province, or a commune of today and
// its province, each with its level word and written as the registry has it, and nothing
// else. Internal to the room.
//
// Most addresses are like that, and for them the answer follows from a few look-ups: it
// is the one that Read would find, without weighing what else the words may mean.
#ifndef MOTCUA_UNITS_PLAIN_ADDRESS_H_
#define MOTCUA_UNITS_PLAIN_ADDRESS_H_

#include <optional>

#include "motcua/units/chains.h"

namespace motcua {

// The best chain of a plain address: certain or of another day, without a rival. Nothing
// where the text is no plain address or several units fit.
std::optional<UnitChain> ReadPlainAddress(const RegistryTables& tables, const Words& words,
                                          DayNumber at);

}  // namespace motcua

#endif  // MOTCUA_UNITS_PLAIN_ADDRESS_H_
