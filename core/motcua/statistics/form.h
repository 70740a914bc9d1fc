// The counts as form II.06a/VPCP/KSTT prints them, as CSV and as a page.
#ifndef MOTCUA_STATISTICS_FORM_H_
#define MOTCUA_STATISTICS_FORM_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "motcua/statistics/counts.h"

namespace motcua {

// Columns 3 to 13 of the form; 1 is the number of the row, 2 the field or unit.
//   3 received, total = 4 + 5 + 6       4 in the period, online
//   5 in the period, direct and postal  6 carried over
//   7 resolved = 8 + 9 + 10             8 early     9 on time    10 overdue
//   11 in processing = 12 + 13          12 within   13 overdue         3 = 7 + 11
inline constexpr int kFormColumnCount = 11;
std::array<std::int64_t, kFormColumnCount> FormColumns(const Counts& counts);
// The heading of column 3 + k in Vietnamese.
std::string_view FormHeading(int k);

// All counts, one row a group and a last row "total"; columns named as in Counts,
// on_time_rate in percent with two decimals. RFC 4180, LF, UTF-8.
std::string ToCsv(const Statistics& statistics);

// Names to print for keys, e.g. of units: (key, name).
using KeyNames = std::vector<std::pair<std::string, std::string>>;

// The form as one self-contained page: no script, no network, readable on a
// telephone. Every text is escaped.
std::string ToHtml(const Statistics& statistics, std::string_view title, const KeyNames& names);

}  // namespace motcua

#endif  // MOTCUA_STATISTICS_FORM_H_
