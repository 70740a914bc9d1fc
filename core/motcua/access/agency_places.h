// Where the administrative units of a registry stand, as places of agencies: the province and,
// until 2025-06-30, the district that each stood under, a row a spell.
#ifndef MOTCUA_ACCESS_AGENCY_PLACES_H_
#define MOTCUA_ACCESS_AGENCY_PLACES_H_

#include "motcua/access/accounts.h"
#include "motcua/units/registry.h"

namespace motcua {

// Adds the places of every unit that `rows` does not list itself, under its code; so a
// department may stand under a unit.
void AddUnitPlaces(const Registry& registry, AccountRows& rows);

}  // namespace motcua

#endif  // MOTCUA_ACCESS_AGENCY_PLACES_H_
