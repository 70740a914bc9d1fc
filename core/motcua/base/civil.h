// Days and minutes: the civil types at the surface, and their array forms.
//
// Vietnam is UTC+7 without daylight saving, so civil time is all there is.
// Scalars are absl::CivilDay and absl::CivilMinute; arrays hold DayNumber (days
// since 1970-01-01) and MinuteNumber (minutes since 1970-01-01T00:00, local),
// which are NumPy's datetime64[D] and datetime64[m].
#ifndef MOTCUA_BASE_CIVIL_H_
#define MOTCUA_BASE_CIVIL_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace motcua {

using CivilDay = absl::CivilDay;
using CivilMinute = absl::CivilMinute;
using DayNumber = std::int32_t;
using MinuteNumber = std::int64_t;

inline constexpr MinuteNumber kMinutesPerDay = 24 * 60;

// "No such time" in arrays, as NumPy's NaT.
inline constexpr DayNumber kNoDay = std::numeric_limits<DayNumber>::min();
inline constexpr MinuteNumber kNoMinute = std::numeric_limits<MinuteNumber>::min();

inline DayNumber ToNumber(CivilDay day) { return static_cast<DayNumber>(day - CivilDay(1970)); }
inline MinuteNumber ToNumber(CivilMinute minute) { return minute - CivilMinute(1970); }
inline CivilDay DayFrom(DayNumber number) { return CivilDay(1970) + number; }
inline CivilMinute MinuteFrom(MinuteNumber number) { return CivilMinute(1970) + number; }

// The day a minute lies in; floors, also before 1970.
constexpr DayNumber DayOf(MinuteNumber minute) {
  return static_cast<DayNumber>(minute >= 0 ? minute / kMinutesPerDay
                                            : -((-minute + kMinutesPerDay - 1) / kMinutesPerDay));
}
constexpr MinuteNumber StartOf(DayNumber day) { return MinuteNumber{day} * kMinutesPerDay; }

// "2025-07-01". Strict: four-digit year, zero-padded, a day that exists, nothing else.
// Errors: kInvalidArgument naming `field`.
absl::StatusOr<CivilDay> ParseDay(std::string_view text, std::string_view field = "date");

// "2025-07-01T08:15"; seconds are refused. Errors: kInvalidArgument naming `field`.
absl::StatusOr<CivilMinute> ParseMinute(std::string_view text, std::string_view field = "time");

std::string ToString(CivilDay day);
std::string ToString(CivilMinute minute);

}  // namespace motcua

#endif  // MOTCUA_BASE_CIVIL_H_
