#include "lunar_astronomy.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/time/civil_time.h"

namespace motcua {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180.0;
constexpr double kUnixEpochJulianDay = 2440587.5;
constexpr double kSynodicMonth = 29.530588861;

double Sine(double degrees) { return std::sin(degrees * kDegree); }
double Cosine(double degrees) { return std::cos(degrees * kDegree); }

// Terrestrial minus universal time, in days (Espenak and Meeus, polynomials by era).
double DeltaT(double year) {
  const auto poly = [](double t, std::initializer_list<double> coefficients) {
    double sum = 0, power = 1;
    for (const double c : coefficients) sum += c * power, power *= t;
    return sum;
  };
  double seconds = 0;
  if (year < 1920) {
    seconds = poly(year - 1900, {-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197});
  } else if (year < 1941) {
    seconds = poly(year - 1920, {21.20, 0.84493, -0.076100, 0.0020936});
  } else if (year < 1961) {
    seconds = poly(year - 1950, {29.07, 0.407, -1.0 / 233, 1.0 / 2547});
  } else if (year < 1986) {
    seconds = poly(year - 1975, {45.45, 1.067, -1.0 / 260, -1.0 / 718});
  } else if (year < 2005) {
    seconds = poly(year - 2000, {63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599});
  } else if (year < 2050) {
    seconds = poly(year - 2000, {62.92, 0.32217, 0.005589});
  } else {
    seconds = -20 + 32 * std::pow((year - 1820) / 100, 2);
    if (year < 2150) seconds -= 0.5628 * (2150 - year);
  }
  return seconds / 86400;
}

// One periodic term: coefficient * E^power * sin(m M + p M' + f F).
struct MoonTerm {
  double coefficient;
  int power, m, p, f;
};

constexpr MoonTerm kMoonTerms[] = {
    {-0.40720, 0, 0, 1, 0},   {0.17241, 1, 1, 0, 0},   {0.01608, 0, 0, 2, 0},
    {0.01039, 0, 0, 0, 2},    {0.00739, 1, -1, 1, 0},  {-0.00514, 1, 1, 1, 0},
    {0.00208, 2, 2, 0, 0},    {-0.00111, 0, 0, 1, -2}, {-0.00057, 0, 0, 1, 2},
    {0.00056, 1, 1, 2, 0},    {-0.00042, 0, 0, 3, 0},  {0.00042, 1, 1, 0, 2},
    {0.00038, 1, 1, 0, -2},   {-0.00024, 1, -1, 2, 0}, {-0.00007, 0, 2, 1, 0},
    {0.00004, 0, 0, 2, -2},   {0.00004, 0, 3, 0, 0},   {0.00003, 0, 1, 1, -2},
    {0.00003, 0, 0, 2, 2},    {-0.00003, 0, 1, 1, 2},  {0.00003, 0, -1, 1, 2},
    {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0},  {0.00002, 0, 0, 4, 0}};

// The planets' share: coefficient (1e-6 day) * sin(phase + rate k).
struct PlanetTerm {
  double coefficient, phase, rate;
};

constexpr PlanetTerm kPlanetTerms[] = {
    {165, 251.88, 0.016321}, {164, 251.83, 26.651886}, {126, 349.42, 36.412478},
    {110, 84.66, 18.206239}, {62, 141.74, 53.303771},  {60, 207.14, 2.453732},
    {56, 154.84, 7.306860},  {47, 34.52, 27.261239},   {42, 207.19, 0.121824},
    {40, 291.34, 1.844379},  {37, 161.72, 24.198154},  {35, 239.56, 25.513099},
    {23, 331.55, 3.592518}};

// Bretagnon and Simon's series: amplitude (radians * 1e-7), phase and rate (degrees).
struct SunTerm {
  double amplitude, phase, rate;
};

constexpr SunTerm kSunTerms[] = {{403406, 270.54861, 0.9287892},
                                 {195207, 340.19128, 35999.1376958},
                                 {119433, 63.91854, 35999.4089666},
                                 {112392, 331.26220, 35998.7287385},
                                 {3891, 317.843, 71998.20261},
                                 {2819, 86.631, 71998.4403},
                                 {1721, 240.052, 36000.35726},
                                 {660, 310.26, 71997.4812},
                                 {350, 247.23, 32964.4678},
                                 {334, 260.87, -19.4410},
                                 {314, 297.82, 445267.1117},
                                 {268, 343.14, 45036.8840},
                                 {242, 166.79, 3.1008},
                                 {234, 81.53, 22518.4434},
                                 {158, 3.50, -19.9739},
                                 {132, 132.75, 65928.9345},
                                 {129, 182.95, 9038.0293},
                                 {114, 162.03, 3034.7684},
                                 {99, 29.8, 33718.148},
                                 {93, 266.4, 3034.448},
                                 {86, 249.2, -2280.773},
                                 {78, 157.6, 29929.992},
                                 {72, 257.8, 31556.493},
                                 {68, 185.1, 149.588},
                                 {64, 69.9, 9037.750},
                                 {46, 8.0, 107997.405},
                                 {38, 197.1, -4444.176},
                                 {37, 250.4, 151.771},
                                 {32, 65.3, 67555.316},
                                 {29, 162.7, 31556.080},
                                 {28, 341.5, -4561.540},
                                 {27, 291.6, 107996.706},
                                 {27, 98.5, 1221.655},
                                 {25, 146.7, 62894.167},
                                 {24, 110.0, 31437.369},
                                 {21, 5.2, 14578.298},
                                 {21, 342.6, -31931.757},
                                 {20, 230.9, 34777.243},
                                 {18, 256.1, 1221.999},
                                 {17, 45.3, 62894.511},
                                 {14, 242.9, -4442.039},
                                 {13, 115.2, 107997.909},
                                 {13, 151.8, 119.066},
                                 {13, 285.3, 16859.071},
                                 {12, 53.3, -4.578},
                                 {10, 126.6, 26895.292},
                                 {10, 205.7, -39.127},
                                 {10, 85.9, 12297.536},
                                 {10, 146.1, 90073.778}};

double YearOf(double ut) { return 1970 + ut / 365.2425; }

// A lunation cut into local days.
class LocalSky {
 public:
  explicit LocalSky(double offset_hours) : offset_(offset_hours / 24) {}

  int MonthStart(int k) const { return static_cast<int>(std::floor(NewMoon(k) + offset_)); }

  // The principal term (0..11, 0 = equinox of March) that is current at local midnight of `day`.
  int PrincipalTerm(int day) const { return static_cast<int>(SolarLongitude(day - offset_) / 30); }

  // The lunation whose month holds the winter solstice of `year`: month 11.
  int MonthEleven(int year) const {
    const int day = static_cast<int>(absl::CivilDay(year, 12, 31) - absl::CivilDay(1970));
    int k = static_cast<int>((day + kUnixEpochJulianDay - 2451550.1) / kSynodicMonth) + 1;
    while (MonthStart(k) > day) --k;
    // Still winter's term when this month begins: the solstice lies in the month before.
    if (PrincipalTerm(MonthStart(k)) >= 9) --k;
    return k;
  }

 private:
  double offset_;
};

// The lunation of each month of a lunar year, in order, and the leap month.
struct YearPlan {
  std::vector<int> starts;  // local day of each month, and of the next year's first
  int leap_month = 0;
};

// No lunation at all; -1 would be the one of December 1999.
constexpr int kNoLunation = std::numeric_limits<int>::min();

// The first leap lunation between two months 11; none where there are 12 months.
int LeapLunation(const LocalSky& sky, int eleven, int next_eleven) {
  if (next_eleven - eleven != 13) return kNoLunation;
  for (int k = eleven + 1; k < next_eleven; ++k) {
    if (sky.PrincipalTerm(sky.MonthStart(k)) == sky.PrincipalTerm(sky.MonthStart(k + 1))) return k;
  }
  return kNoLunation;
}

// Lunation of month 1 of `year`, given month 11 of the year before and its leap lunation.
int MonthOne(int eleven, int leap) {
  return eleven + 2 + ((leap == eleven + 1 || leap == eleven + 2) ? 1 : 0);
}

YearPlan PlanYear(const LocalSky& sky, int year) {
  const int eleven = sky.MonthEleven(year - 1);
  const int next_eleven = sky.MonthEleven(year);
  const int leap = LeapLunation(sky, eleven, next_eleven);
  const int next_leap = LeapLunation(sky, next_eleven, sky.MonthEleven(year + 1));
  const int first = MonthOne(eleven, leap);
  const int next_first = MonthOne(next_eleven, next_leap);
  YearPlan plan;
  for (int k = first; k <= next_first; ++k) {
    plan.starts.push_back(sky.MonthStart(k));
    if (k > first && k < next_first && (k == leap || k == next_leap)) {
      plan.leap_month = k - first;  // it repeats the month before it
    }
  }
  return plan;
}

}  // namespace

double NewMoon(int k) {
  const double t = k / 1236.85;
  const double jde = 2451550.09766 + kSynodicMonth * k +
                     t * t * (0.00015437 + t * (-0.000000150 + t * 0.00000000073));
  const double e = 1 - t * (0.002516 + t * 0.0000074);
  const double m = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011);
  const double p =
      201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
  const double f =
      160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
  const double node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215);
  double correction = -0.00017 * Sine(node);
  for (const MoonTerm& term : kMoonTerms) {
    correction +=
        term.coefficient * std::pow(e, term.power) * Sine(term.m * m + term.p * p + term.f * f);
  }
  correction += 0.000325 * Sine(299.77 + 0.107408 * k - 0.009173 * t * t);
  for (const PlanetTerm& term : kPlanetTerms) {
    correction += 1e-6 * term.coefficient * Sine(term.phase + term.rate * k);
  }
  const double terrestrial = jde + correction - kUnixEpochJulianDay;
  return terrestrial - DeltaT(YearOf(terrestrial));
}

double SolarLongitude(double ut) {
  const double c = (ut + DeltaT(YearOf(ut)) + kUnixEpochJulianDay - 2451545.0) / 36525;
  double sum = 0;
  for (const SunTerm& term : kSunTerms) sum += term.amplitude * Sine(term.phase + term.rate * c);
  const double geometric = 282.7771834 + 36000.76953744 * c + 0.000005729577951308232 * sum;
  const double aberration = 0.0000974 * Cosine(177.63 + 35999.01848 * c) - 0.005575;
  const double nutation = -0.004778 * Sine(124.90 - 1934.134 * c + 0.002063 * c * c) -
                          0.0003667 * Sine(201.11 + 72001.5377 * c + 0.00057 * c * c);
  const double longitude = std::fmod(geometric + aberration + nutation, 360.0);
  return longitude < 0 ? longitude + 360 : longitude;
}

std::vector<LunarYearRow> LunarYears(int first, int last) {
  const LocalSky before_1968(8), since_1968(7);
  std::vector<LunarYearRow> rows;
  for (int year = first; year <= last; ++year) {
    const YearPlan plan = PlanYear(year < 1968 ? before_1968 : since_1968, year);
    LunarYearRow row{};
    row.first_day = plan.starts.front();
    row.year = static_cast<std::uint16_t>(year);
    row.month_count = static_cast<std::uint8_t>(plan.starts.size() - 1);
    row.leap_month = static_cast<std::uint8_t>(plan.leap_month);
    row.verified = year >= 1968;
    std::vector<int> starts = plan.starts;
    // The clock changed: the last year at UTC+8 ends where the first at UTC+7 begins.
    if (year == 1967) starts.back() = PlanYear(since_1968, 1968).starts.front();
    for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
      if (starts[k + 1] - starts[k] == 30) {
        row.long_months = static_cast<std::uint16_t>(row.long_months | (1u << k));
      }
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace motcua
