#include "motcua/text/distance.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

namespace motcua {
namespace {

constexpr std::size_t kBits = 64;

std::size_t Byte(char letter) { return static_cast<unsigned char>(letter); }

// A column of the table as the differences between its rows, one bit a row: Hyyrö's
// bit-parallel algorithm with transpositions (2003). `a` has 1 to 64 bytes.
int BitDistance(std::string_view a, std::string_view b) {
  std::array<std::uint64_t, 256> at;  // where in `a` a byte stands; set where it is read
  for (const char letter : b) at[Byte(letter)] = 0;
  for (const char letter : a) at[Byte(letter)] = 0;
  for (std::size_t i = 0; i < a.size(); ++i) at[Byte(a[i])] |= std::uint64_t{1} << i;
  const std::uint64_t last = std::uint64_t{1} << (a.size() - 1);
  std::uint64_t up = ~std::uint64_t{0}, down = 0;  // rows one more, or one less, than above
  std::uint64_t same = 0, before = 0;
  int distance = static_cast<int>(a.size());
  for (const char letter : b) {
    const std::uint64_t match = at[Byte(letter)];
    const std::uint64_t swapped = ((~same & match) << 1) & before;
    same = (((match & up) + up) ^ up) | match | down | swapped;
    std::uint64_t more = down | ~(same | up);  // than in the column before
    std::uint64_t less = same & up;
    if ((more & last) != 0) ++distance;
    if ((less & last) != 0) --distance;
    more = more << 1 | 1;
    less <<= 1;
    up = less | ~(same | more);
    down = more & same;
    before = match;
  }
  return distance;
}

// Row by row, as far from the diagonal as the limit lets.
int BandDistance(std::string_view a, std::string_view b, int limit) {
  const int rows = static_cast<int>(a.size());
  const int columns = static_cast<int>(b.size());
  const int beyond = limit + 1;
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

// Takes off what both begin and end with, which no shortest way of errors touches.
void Strip(std::string_view& a, std::string_view& b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

}  // namespace

int EditDistance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > static_cast<std::size_t>(limit)) return limit + 1;
  Strip(a, b);
  if (a.empty()) return static_cast<int>(b.size());
  if (limit == 1) {  // what is left is one letter, or two that changed places
    const bool one = b.size() == 1;
    const bool swapped = a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
    return one || swapped ? 1 : 2;
  }
  if (a.size() > kBits) return BandDistance(a, b, limit);
  return std::min(BitDistance(a, b), limit + 1);
}

}  // namespace motcua
