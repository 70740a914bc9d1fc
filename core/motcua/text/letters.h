// Vietnamese letters, taken apart: base letter, quality mark, tone, case.
//
// Composed and decomposed writing give the same letters, so that folding works
// on letters and never on encodings.
//   "Ộ" is {base 'o', mark kCircumflex, tone kUnderDot, upper}
#ifndef MOTCUA_TEXT_LETTERS_H_
#define MOTCUA_TEXT_LETTERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

enum class Mark : std::uint8_t { kNone, kCircumflex, kBreve, kHorn, kStroke };
enum class Tone : std::uint8_t { kLevel, kGrave, kHook, kTilde, kAcute, kUnderDot };

struct Letter {
  char32_t base = 0;  // lower case; a code point that is no Vietnamese letter stands for itself
  Mark mark = Mark::kNone;
  Tone tone = Tone::kLevel;
  bool upper = false;
  std::uint32_t begin = 0;  // bytes [begin, end) of the source
  std::uint32_t end = 0;
};

// Takes valid UTF-8 apart; marks that belong to no Vietnamese letter are dropped
// with the code point they follow. Appends to `letters`. O(size).
void TakeApart(std::string_view text, std::vector<Letter>& letters);

// The code point at `at` of valid UTF-8; moves `at` behind it.
inline char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t k) -> char32_t {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0;
  };
  const char32_t lead = byte(at);
  const std::size_t first = at;
  if (lead < 0x80) {
    at += 1;
    return lead;
  }
  if (lead < 0xE0) {
    at += 2;
    return (lead & 0x1F) << 6 | (byte(first + 1) & 0x3F);
  }
  if (lead < 0xF0) {
    at += 3;
    return (lead & 0x0F) << 12 | (byte(first + 1) & 0x3F) << 6 | (byte(first + 2) & 0x3F);
  }
  at += 4;
  return (lead & 0x07) << 18 | (byte(first + 1) & 0x3F) << 12 | (byte(first + 2) & 0x3F) << 6 |
         (byte(first + 3) & 0x3F);
}

// The lower-case base letter of a code point, as TakeApart gives it; 0 for what only
// changes the letter before it (a combining mark) or shows nothing (a zero-width space).
char32_t BaseLetter(char32_t code_point);

// Appends a code point as UTF-8.
void AppendUtf8(char32_t code_point, std::string& text);

// The composed code point of base, mark and tone, lower or upper case; the base
// itself where no such letter exists.
char32_t Compose(const Letter& letter);

constexpr bool IsVowel(char32_t base) {
  return base == 'a' || base == 'e' || base == 'i' || base == 'o' || base == 'u' || base == 'y';
}
constexpr bool IsDigit(char32_t base) { return base >= '0' && base <= '9'; }
// ' ’ ‘ ʼ ʻ ′ ` ´ ‛: what stands for the glottal stop in B'Lao.
bool IsApostrophe(char32_t base);
// White space and every kind of hyphen and dash.
bool IsSpacing(char32_t base);
// A letter or a digit: what words are made of.
bool IsWordCharacter(char32_t base);

}  // namespace motcua

#endif  // MOTCUA_TEXT_LETTERS_H_
