#include "motcua/text/distance.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace motcua {

int EditDistance(std::string_view a, std::string_view b, int limit) {
  const int rows = static_cast<int>(a.size());
  const int columns = static_cast<int>(b.size());
  const int beyond = limit + 1;
  if (std::abs(rows - columns) > limit) return beyond;
  const auto width = static_cast<std::size_t>(columns) + 1;
  std::vector<int> before_last(width, beyond), last(width, beyond), current(width, beyond);
  for (int j = 0; j <= std::min(columns, limit); ++j) last[j] = j;
  for (int i = 1; i <= rows; ++i) {
    std::fill(current.begin(), current.end(), beyond);
    if (i <= limit) current[0] = i;
    int best = current[0];
    for (int j = std::max(1, i - limit); j <= std::min(columns, i + limit); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      int cost = std::min({last[j - 1] + (same ? 0 : 1), last[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost = std::min(cost, before_last[j - 2] + 1);
      current[j] = std::min(cost, beyond);
      best = std::min(best, current[j]);
    }
    if (best > limit) return beyond;
    before_last.swap(last);
    last.swap(current);
  }
  return last[columns];
}

}  // namespace motcua
