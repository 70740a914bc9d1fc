// A stable digest of what a calendar is made of, for its version and for sharing.
#ifndef MOTCUA_TIME_CALENDAR_DIGEST_H_
#define MOTCUA_TIME_CALENDAR_DIGEST_H_

#include <cstdint>
#include <span>
#include <vector>

#include "motcua/time/calendar_layer.h"
#include "motcua/time/holiday_law.h"

namespace motcua {

// FNV-1a over every field, continued from `seed`; the same on every machine and build.
std::uint64_t DigestOf(const CalendarLayer& layer, std::uint64_t seed);
// And of the special days, and which years have a complete table.
std::uint64_t DigestOf(std::span<const Holiday> days, const std::vector<bool>& official_years);

}  // namespace motcua

#endif  // MOTCUA_TIME_CALENDAR_DIGEST_H_
