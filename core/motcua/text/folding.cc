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

// Keeps what words are made of, and drops the zeros in front of a number.
void DropSpacing(std::vector<Letter>& letters) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t base = letters[i].base;
    if (!IsWordCharacter(base)) continue;
    const bool after_digit = i > 0 && IsDigit(letters[i - 1].base);
    const bool before_digit = i + 1 < letters.size() && IsDigit(letters[i + 1].base);
    if (base == '0' && before_digit &&
        !(after_digit && kept > 0 && IsDigit(letters[kept - 1].base)))
      continue;
    letters[kept++] = letters[i];
  }
  letters.resize(kept);
}

// y that is a vowel of its own is i: Mỹ, Quý, but not Tây or Thủy.
void FoldIY(std::vector<Letter>& letters) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i].base != 'y') continue;
    const char32_t before = i > 0 ? letters[i - 1].base : 0;
    const bool after_qu = before == 'u' && i > 1 && letters[i - 2].base == 'q';
    if (!IsVowel(before) || after_qu) letters[i].base = 'i';
  }
}

std::string EmitComposed(const std::vector<Letter>& letters, bool keep_case) {
  std::string text;
  for (Letter letter : letters) {
    letter.upper = letter.upper && keep_case;
    AppendUtf8(Compose(letter), text);
  }
  return text;
}

// Each tone follows the vowels that its own vowel stands among.
std::string EmitWithTonesBehindVowels(const std::vector<Letter>& letters) {
  std::string text;
  std::vector<Tone> pending;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    Letter letter = letters[i];
    if (letter.tone != Tone::kLevel) pending.push_back(letter.tone);
    letter.tone = Tone::kLevel;
    letter.upper = false;
    AppendUtf8(Compose(letter), text);
    const bool goes_on =
        IsVowel(letter.base) && i + 1 < letters.size() && IsVowel(letters[i + 1].base);
    if (goes_on) continue;
    for (const Tone tone : pending) AppendUtf8(kCombiningTone[static_cast<int>(tone)], text);
    pending.clear();
  }
  return text;
}

}  // namespace

std::string_view StageName(Stage stage) {
  const auto number = static_cast<std::int32_t>(stage);
  return number < 0 || number >= kStageCount ? "unknown" : kStageNames[number];
}

std::string Fold(std::string_view text, Stage stage) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  TakeApart(text, letters);
  if (stage >= Stage::kApostrophe)
    std::erase_if(letters, [](const Letter& letter) { return IsApostrophe(letter.base); });
  if (stage >= Stage::kSpacing) DropSpacing(letters);
  if (stage >= Stage::kIY) FoldIY(letters);
  if (stage < Stage::kTonePlacement) return EmitComposed(letters, stage == Stage::kExact);
  if (stage < Stage::kNoDiacritics) return EmitWithTonesBehindVowels(letters);
  std::string key;
  for (const Letter& letter : letters) AppendUtf8(letter.base, key);
  return key;
}

std::string PlainKey(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  TakeApart(text, letters);
  std::erase_if(letters, [](const Letter& letter) { return IsApostrophe(letter.base); });
  DropSpacing(letters);
  std::string key;
  for (const Letter& letter : letters) AppendUtf8(letter.base, key);
  return key;
}

std::string FoldIY(std::string key) {
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] != 'y') continue;
    const char before = i > 0 ? key[i - 1] : '\0';
    const bool after_qu = before == 'u' && i > 1 && key[i - 2] == 'q';
    if (!IsVowel(static_cast<unsigned char>(before)) || after_qu) key[i] = 'i';
  }
  return key;
}

std::optional<Stage> StageBetween(std::string_view a, std::string_view b) {
  for (const Stage stage : {Stage::kExact, Stage::kCase, Stage::kApostrophe, Stage::kTonePlacement,
                            Stage::kSpacing, Stage::kIY, Stage::kNoDiacritics}) {
    if (Fold(a, stage) == Fold(b, stage)) return stage;
  }
  switch (EditDistance(SearchKey(a), SearchKey(b), 2)) {
    case 1:
      return Stage::kEditDistance1;
    case 2:
      return Stage::kEditDistance2;
    default:
      return std::nullopt;
  }
}

}  // namespace motcua
