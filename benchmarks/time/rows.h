// What every benchmark of the room time works on: the same rows for every peer, made from the
// row's number alone (benchmarks/rows.py makes the same ones), and the library's calendar
// through the C ABI.
#ifndef MOTCUA_BENCHMARKS_TIME_ROWS_H_
#define MOTCUA_BENCHMARKS_TIME_ROWS_H_

#include <motcua.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace motcua::benchmarks {

inline constexpr std::size_t kRows = 1'000'000;
inline constexpr std::int64_t kMinutesPerDay = 1440;
inline constexpr std::size_t kUnits = 1'000;  // units of the mixed rows
inline constexpr std::size_t kRuleSets = 40;  // that the units share

// 64 well mixed bits of a row and a column (splitmix64).
std::uint64_t Bits(std::uint64_t row, std::uint64_t column);

// Acceptances from 2015-01-01 to 2030-06-30 and 1 to 60 working days.
struct Rows {
  explicit Rows(std::size_t rows = kRows);
  std::vector<std::int32_t> days;     // of acceptance
  std::vector<std::int64_t> days64;   // the same, as NumPy's datetime64[D]
  std::vector<std::int64_t> amounts;  // working days granted
  std::vector<std::int32_t> amounts32;
  std::vector<std::int32_t> later;    // `amounts` and up to a year of days after `days`
  std::vector<std::int64_t> minutes;  // of acceptance, any minute of the day
  std::vector<std::int32_t> unit;     // below kUnits
};

template <typename T, void (*Free)(T*)>
struct Freer {
  void operator()(T* handle) const { Free(handle); }
};
using Calendar = std::unique_ptr<motcua_calendar, Freer<motcua_calendar, motcua_calendar_free>>;
using Limit = std::unique_ptr<motcua_time_limit, Freer<motcua_time_limit, motcua_time_limit_free>>;

// Each ends the program if the library refuses.
Calendar National();
Limit Parse(const char* text);
void Check(motcua_status status, motcua_error* error);

// kUnits calendars over kRuleSets sets of hours and closures, each set unlike the others.
std::vector<Calendar> CalendarsOfUnits(const motcua_calendar* national);

}  // namespace motcua::benchmarks

#endif  // MOTCUA_BENCHMARKS_TIME_ROWS_H_
