// The Vietnamese lunar calendar from the sky: true new moons and the sun's true
// longitude, cut into days at local midnight. Used once, when the facts are compiled.
//
// Rules: a month begins on the local day of the new moon; month 11 holds the winter
// solstice; where 13 months lie between two months 11, the first without a principal
// solar term is a leap month. Hồ Ngọc Đức describes them; the series are those of
// J. Meeus, Astronomical Algorithms, ch. 49, and Bretagnon and Simon (1986).
#ifndef MOTCUA_DATA_COMPILER_LUNAR_ASTRONOMY_H_
#define MOTCUA_DATA_COMPILER_LUNAR_ASTRONOMY_H_

#include <vector>

#include "motcua/time/time_rows.h"

namespace motcua {

// The instant of the k-th new moon (k = 0: 6 January 2000), in days since
// 1970-01-01T00:00 UT. Good to about ten seconds between 1900 and 2200.
double NewMoon(int k);

// The sun's apparent longitude in degrees, [0, 360), `ut` as above.
double SolarLongitude(double ut);

// The lunar years `first` .. `last`, in order; those before 1968 are reckoned at UTC+8,
// the civil time of their day, and not marked as verified.
std::vector<LunarYearRow> LunarYears(int first, int last);

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_LUNAR_ASTRONOMY_H_
