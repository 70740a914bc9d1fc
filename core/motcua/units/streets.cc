#include "motcua/units/streets.h"

#include <algorithm>
#include <array>

namespace motcua {
namespace {

// Before the name of a street, or before a number.
constexpr std::array<std::string_view, 12> kStreetWords = {
    "duong", "pho", "ngo", "hem", "so", "ngach", "lo", "st", "street", "dai", "toa", "ql"};
// Before the name of a hamlet, or its number, behind which something else begins.
constexpr std::array<std::string_view, 8> kHamletWords = {"to",  "thon", "ap", "khu",
                                                          "xom", "doi",  "kp", "tdp"};
// The longest that such a stretch is with nothing else in it, in words.
constexpr std::size_t kLongestHamlet = 5, kLongestStreet = 6, kLongestHouse = 5;

template <std::size_t kSize>
bool Has(const std::array<std::string_view, kSize>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool HasDigit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

// "Khu 3", "Khu phố 3", "Tổ dân phố 3": whether the number at `at` counts hamlets.
bool NumbersHamlet(const Words& words, std::size_t at) {
  for (std::size_t back = 1; back <= 3 && back <= at && !words.Opens(at - back + 1); ++back)
    if (Has(kHamletWords, words.Letters(at - back))) return true;
  return false;
}

}  // namespace

bool StandsInStreet(const Words& words, std::size_t first) {
  const std::string_view before = words.Letters(first - 1);
  if (Has(kStreetWords, before) || Has(kHamletWords, before)) return true;
  if (!HasDigit(before) || NumbersHamlet(words, first - 1)) return false;
  // "P. 15 Gò Vấp": the number of a ward.
  return first < 2 || words[first - 2].level.words != 1 || words[first - 2].closes;
}

bool MayHoldCommune(const Words& words, std::size_t first, std::size_t last) {
  const std::string_view word = words.Letters(first);
  const std::string_view next = first + 1 < last ? words.Letters(first + 1) : "";
  // "45 Cách Mạng Tháng Tám", but not a number alone: "4, TX. Cai Lậy", or "4th Ward".
  if (word.front() >= '0' && word.front() <= '9') {
    const bool ordinal = last - first == 2 && (next == "ward" || next == "commune");
    return last - first == 1 || ordinal || last - first > kLongestHouse;
  }
  if (Has(kHamletWords, word)) {
    for (std::size_t i = first + 1; i < last; ++i)
      if (HasDigit(words.Letters(i))) return i + 1 < last;
    return last - first > kLongestHamlet;
  }
  // "Quốc lộ", "Tỉnh lộ", "Đại lộ", and Đại Đồng, which is none.
  const bool street = word == "dai" ? next == "lo" : next == "lo" || Has(kStreetWords, word);
  return !street || last - first > kLongestStreet;
}

}  // namespace motcua
