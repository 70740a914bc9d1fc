#include "motcua/units/repair.h"

#include <algorithm>
#include <array>
#include <string>

#include "motcua/text/distance.h"
#include "motcua/text/letters.h"

namespace motcua {
namespace {

constexpr std::array<std::string_view, 8> kLevelWords = {"phuong",   "huien",   "quan",  "tinh",
                                                         "thanhpho", "thitran", "thixa", "dackhu"};
// Longer ones first, so that "thixa" is not cut as something shorter.
constexpr std::array<std::string_view, 9> kPrefixes = {
    "thanhpho", "thitran", "dackhu", "phuong", "thixa", "huien", "quan", "tinh", "xa"};
// The second halves of level words, behind their first halves.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kHalves = {
    {{"thanh", "pho"}, {"thi", "tran"}, {"thi", "xa"}, {"dac", "khu"}}};

bool IsVowelLetter(char letter) { return IsVowel(static_cast<unsigned char>(letter)); }
bool IsDigitLetter(char letter) { return IsDigit(static_cast<unsigned char>(letter)); }

// The letters of a word without what telex or VNI types for marks.
std::string WithoutTypedMarks(std::string_view letters) {
  std::string bare;
  bool after_vowel = false;
  const bool has_digits = std::any_of(letters.begin(), letters.end(), IsDigitLetter);
  for (const char letter : letters) {
    const char before = bare.empty() ? '\0' : bare.back();
    if (has_digits && IsDigitLetter(letter) && bare.size() >= 1) continue;
    if (letter == 'w') {
      if (!IsVowelLetter(before)) bare += 'u';
      after_vowel = true;
      continue;
    }
    const bool doubled =
        letter == before && (letter == 'a' || letter == 'e' || letter == 'o' || letter == 'd');
    const bool tone = after_vowel && (letter == 's' || letter == 'f' || letter == 'r' ||
                                      letter == 'x' || letter == 'j');
    if (doubled || tone) continue;
    after_vowel = after_vowel || IsVowelLetter(letter);
    bare += letter;
  }
  return bare;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The level word that lies within one error; empty if none does. Short ones only with
// their own first letter, so that Binh is no Tinh, unless a number follows.
std::string_view NearLevelWord(std::string_view letters, bool before_number) {
  for (const std::string_view level : kLevelWords) {
    const bool begins = before_number || level.size() > 4 || letters.front() == level.front() ||
                        letters.substr(1) == level || letters == level.substr(1) ||
                        (letters.front() == level[1] && letters.substr(1, 1) == level.substr(0, 1));
    if (begins && EditDistance(letters, level, 1) == 1) return level;
  }
  return {};
}

// The byte behind the first `count` letters of a word.
std::uint32_t ByteBehind(const Words& words, const Word& word, std::size_t count) {
  std::size_t at = word.begin;
  while (count > 0 && at < word.end) {
    const char32_t base = BaseLetter(NextCodePoint(words.text(), at));
    if (base != 0 && IsWordCharacter(base)) --count;
  }
  return static_cast<std::uint32_t>(at);
}

class Repairer {
 public:
  Repairer(const Words& words, WordSet explained)
      : words_(words), explained_(explained), made_(Words::For(words.text())) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) has_commas_ |= words[i].closes;
  }

  std::optional<Words> Run() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((explained_ >> i & 1) == 0 && TornLevel(i)) {
        ++i;
      } else if ((explained_ >> i & 1) != 0 || words_[i].level.words > 0 || words_[i].number) {
        Keep(i);
      } else if (!MergedLevel(i)) {
        One(i);
      } else {
        ++i;
      }
    }
    if (!changed_) return std::nullopt;
    made_.FindLevels();
    return std::move(made_);
  }

 private:
  void Keep(std::size_t i) {
    const Word& word = words_[i];
    made_.Add(word.begin, word.end, words_.Letters(i), word, Repaired::kNo);
  }

  bool Joins(std::size_t i) const { return !words_[i].closes && !words_[i].dashes; }

  // "Q uận": a level word with a space behind its first letter.
  bool TornLevel(std::size_t i) {
    if (i + 1 >= words_.size() || words_.Letters(i).size() != 1) return false;
    const std::string_view joined = words_.Letters(i, i + 2);
    if (std::find(kPrefixes.begin(), kPrefixes.end(), joined) == kPrefixes.end()) return false;
    made_.Add(words_[i].begin, words_[i + 1].end, joined, words_[i + 1], Repaired::kSpacing);
    return changed_ = true;
  }

  // "Thành hố": two words that are nearly a level word of two.
  bool MergedLevel(std::size_t i) {
    if (i + 1 >= words_.size() || !Joins(i) || (explained_ >> (i + 1) & 1) != 0) return false;
    const std::string_view joined = words_.Letters(i, i + 2);
    const std::string_view level = NearLevelWord(joined, true);
    if (level.size() < 5 || level == "phuong" || level == "huien") return false;
    made_.Add(words_[i].begin, words_[i + 1].end, level, words_[i + 1], Repaired::kError);
    return changed_ = true;
  }

  void One(std::size_t i) {
    const Word& word = words_[i];
    const std::string_view letters = words_.Letters(i);
    // A name stands behind a level word, and a comma before it, or there are none.
    if (!word.closes && (words_.Opens(i) || !has_commas_)) {
      const std::string_view level = NearLevelWord(letters, words_[i + 1].number);
      if (!level.empty()) return Change(word, level, Repaired::kError);
    }
    if (Cut(i)) return;
    if (IsAscii(words_.text().substr(word.begin, word.end - word.begin))) {
      const std::string bare = WithoutTypedMarks(letters);
      if (bare != letters && !bare.empty()) return Change(word, bare, Repaired::kTypedMarks);
    }
    Keep(i);
  }

  void Change(const Word& word, std::string_view letters, Repaired how) {
    made_.Add(word.begin, word.end, letters, word, how);
    changed_ = true;
  }

  // "QuậnHai", "thành phốHuế": a level word without the space behind it.
  bool Cut(std::size_t i) {
    const std::string_view letters = words_.Letters(i);
    std::size_t size = 0;
    const bool may_open = words_.Opens(i) || !has_commas_;
    for (const std::string_view prefix : kPrefixes)
      if (size == 0 && may_open && letters.starts_with(prefix) && letters.size() > prefix.size())
        size = prefix.size();
    for (const auto& [first, second] : kHalves)
      if (i > 0 && words_.Letters(i - 1) == first && letters.starts_with(second))
        size = second.size();
    if (size == 0 || letters.size() == size) return false;
    const std::uint32_t middle = ByteBehind(words_, words_[i], size);
    made_.Add(words_[i].begin, middle, letters.substr(0, size), {}, Repaired::kSpacing);
    made_.Add(middle, words_[i].end, letters.substr(size), words_[i], Repaired::kSpacing);
    return changed_ = true;
  }

  const Words& words_;
  const WordSet explained_;
  Words made_;
  bool has_commas_ = false;
  bool changed_ = false;
};

}  // namespace

std::optional<Words> Repair(const Words& words, WordSet explained) {
  return Repairer(words, explained).Run();
}

}  // namespace motcua
