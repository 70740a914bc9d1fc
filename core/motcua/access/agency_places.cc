#include "motcua/access/agency_places.h"

#include <set>
#include <string>
#include <utility>

namespace motcua {

void AddUnitPlaces(const Registry& registry, AccountRows& rows) {
  std::set<std::string, std::less<>> listed;
  for (const AgencyPlace& row : rows.agencies) listed.insert(row.id);
  for (const Unit& unit : registry.Spells()) {
    if (listed.contains(unit.code())) continue;
    AgencyPlace place{.id = std::string(unit.code()), .valid_from = ToNumber(unit.valid_from())};
    if (const auto end = unit.valid_to()) place.valid_to = ToNumber(*end);
    if (const auto parent = unit.parent()) place.parent = parent->code();
    if (unit.level() == Level::kProvince) place.province = unit.code();
    rows.agencies.push_back(std::move(place));
  }
}

}  // namespace motcua
