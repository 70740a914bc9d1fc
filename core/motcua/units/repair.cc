#include "motcua/units/repair.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

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

// Numbers that end names, Roman and Arabic.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNumerals = {
    {{"i", "1"}, {"ii", "2"}, {"iii", "3"}, {"iv", "4"}, {"v", "5"}}};

bool IsLevel(std::string_view letters) {
  return std::find(kPrefixes.begin(), kPrefixes.end(), letters) != kPrefixes.end();
}

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

// The level word that lies within one error, of marks alone ("Quân") or of a letter; empty
// if none does. Short ones only with their own first letter, so that Binh is no Tinh,
// unless a number follows.
std::string_view NearLevelWord(std::string_view letters, bool before_number) {
  for (const std::string_view level : kLevelWords) {
    const bool begins = before_number || level.size() > 4 || letters.front() == level.front() ||
                        letters.substr(1) == level || letters == level.substr(1) ||
                        (letters.front() == level[1] && letters.substr(1, 1) == level.substr(0, 1));
    if (begins && EditDistance(letters, level, 1) <= 1) return level;
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
      if (const std::size_t end = LevelBehind(i); end > i) {
        i = end - 1;
      } else if ((explained_ >> i & 1) == 0 && TornLevel(i)) {
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

  // "Việt Xuyên xã": a stretch whose level word stands behind the name, put before it.
  // Gives the end of the stretch; `first` if word `first` begins none.
  std::size_t LevelBehind(std::size_t first) {
    if (!words_.Opens(first) || words_[first].level.words > 0) return first;
    std::size_t end = first + 1;
    while (!words_[end - 1].closes) ++end;
    if ((WordRange(first, end) & ~explained_) == 0) return first;
    for (const std::size_t size : {2u, 1u}) {
      if (first + size >= end) continue;
      const std::size_t level = end - size;
      const std::string_view joined = words_.Letters(level, end);
      if (!IsLevel(joined) || !IsWrittenLevel(level, end, first)) continue;
      made_.Add(words_[level].begin, words_[end - 1].end, joined, {}, Repaired::kSpacing);
      for (std::size_t i = first; i < level; ++i)
        made_.Add(words_[i].begin, words_[i].end, words_.Letters(i),
                  i + 1 < level ? words_[i] : words_[end - 1], Repaired::kNo);
      changed_ = true;
      return end;
    }
    return first;
  }

  // "Q uận": a level word with a space behind its first letter.
  // "Phườn gPhổ Quang": or before its last one, which the name's capital gives away.
  bool TornLevel(std::size_t i) {
    if (i + 1 >= words_.size() || !Joins(i)) return false;
    const std::string_view joined = words_.Letters(i, i + 2);
    const std::size_t size = words_.Letters(i).size() + 1;
    if (words_.Opens(i) && joined.size() > size && IsLevel(joined.substr(0, size))) {
      const std::vector<Letter> letters = LettersOf(i + 1);
      if (letters[0].upper || !(letters[1].upper || IsDigit(letters[1].base))) return false;
      made_.Add(words_[i].begin, letters[0].end, joined.substr(0, size), {}, Repaired::kSpacing);
      made_.Add(letters[1].begin, words_[i + 1].end, joined.substr(size), words_[i + 1],
                Repaired::kSpacing);
      return changed_ = true;
    }
    if (size != 2 || !IsLevel(joined)) return false;
    made_.Add(words_[i].begin, words_[i + 1].end, joined, words_[i + 1], Repaired::kSpacing);
    return changed_ = true;
  }

  // "Thành hố": two words that are nearly a level word of two.
  // "Tịh xã Điện Bàn" may have been read as a commune.
  bool MergedLevel(std::size_t i) {
    if (i + 1 >= words_.size() || !Joins(i)) return false;
    if ((explained_ >> (i + 1) & 1) != 0 && words_[i + 1].level.words == 0) return false;
    const std::string_view joined = words_.Letters(i, i + 2);
    const std::string_view level = NearLevelWord(joined, true);
    if (level.size() < 5 || level == "phuong" || level == "huien") return false;
    made_.Add(words_[i].begin, words_[i + 1].end, level, words_[i + 1], Repaired::kError);
    return changed_ = true;
  }

  void One(std::size_t i) {
    const Word& word = words_[i];
    const std::string_view letters = words_.Letters(i);
    if (EndsInCapital(i) && Cut(i)) return;
    // A name stands behind a level word, and a comma before it, or there are none.
    if (!word.closes && (words_.Opens(i) || !has_commas_) && !StandsBehindLevel(i)) {
      const std::string_view level =
          IsNearXa(i) ? "xa" : NearLevelWord(letters, words_[i + 1].number);
      if (!level.empty()) return Change(word, level, Repaired::kError);
    }
    if (Cut(i)) return;
    if (IsAscii(words_.text().substr(word.begin, word.end - word.begin))) {
      const std::string bare = WithoutTypedMarks(letters);
      if (bare != letters && !bare.empty()) return Change(word, bare, Repaired::kTypedMarks);
    }
    Keep(i);
  }

  // Whether words [level, end) are a level word with its marks, or the stretch from `first`
  // has none at all: "Đồng Xá", "Văn Quan".
  bool IsWrittenLevel(std::size_t level, std::size_t end, std::size_t first) const {
    if (IsAscii(words_.Written(first, end))) return true;
    for (int type = 1; type <= 9; ++type) {
      const auto stage =
          StageBetween(words_.Written(level, end), TypeName(static_cast<UnitType>(type)));
      if (stage && *stage < Stage::kNoDiacritics) return true;
    }
    return false;
  }

  // "Phường Quảng": the name itself, whatever it looks like.
  bool StandsBehindLevel(std::size_t i) const {
    if (words_.Opens(i)) return false;
    if (i == behind_cut_) return true;
    for (std::size_t size = 1; size <= std::min<std::size_t>(i, 2); ++size)
      if (words_[i - size].level.words == size) return true;
    const std::size_t made = made_.size();
    return made > 0 && made_[made - 1].repaired != Repaired::kNo &&
           IsLevel(made_.Letters(made - 1));
  }

  // "Xuã", "ãX", "Xy": the shortest level word within one error, told by its x or its ã.
  bool IsNearXa(std::size_t i) const {
    const std::string_view letters = words_.Letters(i), written = words_.Written(i, i + 1);
    const bool told = letters.front() == 'x' || written.find("ã") != std::string_view::npos ||
                      written.find("Ã") != std::string_view::npos;
    // "Xãp Kim Liên" is cut, and Xáp put right.
    const bool cut = letters.size() > 2 && letters.starts_with("xa");
    return told && !cut && words_.Opens(i) && EditDistance(letters, "xa", 1) <= 1;
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
    behind_cut_ = i + 1;
    return changed_ = true;
  }

  // The letters of a word, with where each stands in the text.
  std::vector<Letter> LettersOf(std::size_t i) const {
    const std::uint32_t begin = words_[i].begin;
    std::vector<Letter> letters;
    TakeApart(words_.Written(i, i + 1), letters);
    std::erase_if(letters, [](const Letter& letter) { return !IsWordCharacter(letter.base); });
    for (Letter& letter : letters) {
      letter.begin += begin;
      letter.end += begin;
    }
    return letters;
  }

  // "PhườngB a Sao": the first letter of a name, not one too many.
  bool EndsInCapital(std::size_t i) const {
    const std::vector<Letter> letters = LettersOf(i);
    return letters.size() > 1 && letters.back().upper && !letters[letters.size() - 2].upper;
  }

  const Words& words_;
  const WordSet explained_;
  Words made_;
  bool has_commas_ = false;
  bool changed_ = false;
  std::size_t behind_cut_ = 0;  // the word behind the first letters of a name
};

// "Hải Châu 2": the other numeral of the number that ends a name of several words; empty
// if word `i` is none.
std::string_view OtherNumeral(const Words& words, std::size_t i) {
  for (std::size_t before = 1; before <= 2; ++before)
    if (words.Opens(i + 1 - before) || words[i - before].number ||
        words[i - before].level.words > 0)
      return {};
  if (!words[i].closes && !words[i].dashes && words[i + 1].level.words == 0) return {};
  for (const auto& [roman, arabic] : kNumerals) {
    if (words.Letters(i) == roman) return arabic;
    if (words.Letters(i) == arabic) return roman;
  }
  return {};
}

}  // namespace

std::optional<Words> Repair(const Words& words, WordSet explained) {
  return Repairer(words, explained).Run();
}

std::optional<Words> ChangeNumerals(const Words& words, WordSet explained) {
  Words changed = Words::For(words.text());
  bool any = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const std::string_view other = (explained >> i & 1) == 0 ? OtherNumeral(words, i) : "";
    any |= !other.empty();
    changed.Add(word.begin, word.end, other.empty() ? words.Letters(i) : other, word,
                other.empty() ? word.repaired : Repaired::kNumeral);
  }
  if (!any) return std::nullopt;
  changed.FindLevels();
  return changed;
}

}  // namespace motcua
