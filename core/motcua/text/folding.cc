#include "motcua/text/folding.h"

#include <algorithm>
#include <array>
#include <vector>

#include "motcua/text/distance.h"
#include "motcua/text/letters.h"

namespace motcua {
namespace {

constexpr std::array<std::string_view, kStageCount> kStageNames = {
    "exact",          "case",          "apostrophe",      "tone_placement",
    "spacing",        "i_y",           "abbreviation",    "type",
    "listed_variant", "no_diacritics", "edit_distance_1", "edit_distance_2"};

constexpr std::array<char32_t, 6> kCombiningTone = {0, 0x300, 0x309, 0x303, 0x301, 0x323};

bool IsCombiningTone(char32_t base) { return base >= 0x300 && base <= 0x323; }

// Keeps what words are made of (and tones), and drops the zeros in front of a number.
void DropSpacing(std::vector<Letter>& letters) {
  std::size_t kept = 0;
  bool in_number = false;  // a digit that was kept stands right before
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t base = letters[i].base;
    const bool before_digit = i + 1 < letters.size() && IsDigit(letters[i + 1].base);
    const bool kept_too = (IsWordCharacter(base) || IsCombiningTone(base)) &&
                          !(base == '0' && before_digit && !in_number);
    if (kept_too) letters[kept++] = letters[i];
    in_number = kept_too && IsDigit(base);
  }
  letters.resize(kept);
}

// y that is a vowel of its own is i: Mỹ, Quý, but not Tây or Thủy.
void FoldIY(std::vector<Letter>& letters) {
  char32_t last = 0, last_but_one = 0;  // tones are no letters
  for (Letter& letter : letters) {
    if (IsCombiningTone(letter.base)) continue;
    const bool after_qu = last == 'u' && last_but_one == 'q';
    if (letter.base == 'y' && (!IsVowel(last) || after_qu)) letter.base = 'i';
    last_but_one = last;
    last = letter.base;
  }
}

// Makes each tone a letter of its own, behind the vowels among which it stands.
void MoveTonesBehindVowels(std::vector<Letter>& letters) {
  std::vector<Letter> moved;
  moved.reserve(letters.size() + 8);
  std::vector<char32_t> tones;
  const auto flush = [&] {
    for (const char32_t tone : tones) moved.push_back(Letter{tone});
    tones.clear();
  };
  for (Letter letter : letters) {
    if (IsCombiningTone(letter.base)) {
      tones.push_back(letter.base);
      continue;
    }
    if (!IsVowel(letter.base)) flush();
    if (letter.tone != Tone::kLevel) tones.push_back(kCombiningTone[static_cast<int>(letter.tone)]);
    letter.tone = Tone::kLevel;
    moved.push_back(letter);
  }
  flush();
  letters.swap(moved);
}

// Forgets the one kind of difference that `stage` stands for; those of all stages
// before it are forgotten already.
void Forget(Stage stage, std::vector<Letter>& letters) {
  switch (stage) {
    case Stage::kCase:
      for (Letter& letter : letters) letter.upper = false;
      return;
    case Stage::kApostrophe:
      std::erase_if(letters, [](const Letter& letter) { return IsApostrophe(letter.base); });
      return;
    case Stage::kTonePlacement:
      MoveTonesBehindVowels(letters);
      return;
    case Stage::kSpacing:
      DropSpacing(letters);
      MoveTonesBehindVowels(letters);  // vowels that now meet share their tones
      return;
    case Stage::kIY:
      FoldIY(letters);
      return;
    case Stage::kNoDiacritics:
      std::erase_if(letters, [](const Letter& letter) { return IsCombiningTone(letter.base); });
      for (Letter& letter : letters) letter.mark = Mark::kNone;
      return;
    default:  // folds no letters
      return;
  }
}

bool SameLetters(const std::vector<Letter>& a, const std::vector<Letter>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Letter& x, const Letter& y) {
    return x.base == y.base && x.mark == y.mark && x.tone == y.tone && x.upper == y.upper;
  });
}

std::vector<Letter> LettersOf(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  TakeApart(text, letters);
  return letters;
}

bool IsStop(char32_t base) { return base == 'c' || base == 'k' || base == 'p' || base == 't'; }

std::string Written(const std::vector<Letter>& letters) {
  std::string text;
  text.reserve(letters.size());
  for (const Letter& letter : letters) AppendUtf8(Compose(letter), text);
  return text;
}

}  // namespace

std::string_view StageName(Stage stage) {
  const auto number = static_cast<std::int32_t>(stage);
  return number < 0 || number >= kStageCount ? "unknown" : kStageNames[number];
}

std::string Fold(std::string_view text, Stage stage) {
  std::vector<Letter> letters = LettersOf(text);
  for (std::int32_t number = 1; number <= static_cast<std::int32_t>(stage); ++number)
    Forget(static_cast<Stage>(number), letters);
  return Written(letters);
}

std::optional<Stage> StageBetween(std::string_view a, std::string_view b) {
  std::vector<Letter> of_a = LettersOf(a), of_b = LettersOf(b);
  for (std::int32_t number = 0; number <= static_cast<std::int32_t>(Stage::kNoDiacritics);
       ++number) {
    const auto stage = static_cast<Stage>(number);
    Forget(stage, of_a);
    Forget(stage, of_b);
    if (SameLetters(of_a, of_b)) return stage;
  }
  switch (EditDistance(Written(of_a), Written(of_b), 2)) {
    case 1:
      return Stage::kEditDistance1;
    case 2:
      return Stage::kEditDistance2;
    default:
      return std::nullopt;
  }
}

bool OnlyLacksMarks(std::string_view written, std::string_view name) {
  std::vector<Letter> of_written = LettersOf(written), of_name = LettersOf(name);
  const auto is_no_word = [](const Letter& letter) { return !IsWordCharacter(letter.base); };
  std::erase_if(of_written, is_no_word);
  std::erase_if(of_name, is_no_word);
  if (of_written.size() != of_name.size()) return false;
  FoldIY(of_written);
  FoldIY(of_name);
  for (std::size_t i = 0; i < of_name.size(); ++i) {
    const Letter& has = of_written[i];
    const Letter& wants = of_name[i];
    if (has.base != wants.base) return false;
    if (has.mark != wants.mark && has.mark != Mark::kNone) return false;
    if (has.tone == wants.tone || has.tone == Tone::kLevel) continue;
    const bool sounds_acute = has.tone == Tone::kAcute && wants.tone == Tone::kLevel;
    if (!sounds_acute || !IsStop(i + 1 < of_name.size() ? of_name[i + 1].base : 0)) return false;
  }
  return true;
}

}  // namespace motcua
