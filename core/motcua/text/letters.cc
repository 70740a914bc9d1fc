#include "motcua/text/letters.h"

#include <utf8proc.h>

#include <array>

namespace motcua {
namespace {

struct VowelRow {
  char base;
  Mark mark;
  const char32_t* lower;  // in the order of Tone
  const char32_t* upper;
};

constexpr std::array<VowelRow, 12> kVowels = {{
    {'a', Mark::kNone, U"aàảãáạ", U"AÀẢÃÁẠ"},
    {'a', Mark::kBreve, U"ăằẳẵắặ", U"ĂẰẲẴẮẶ"},
    {'a', Mark::kCircumflex, U"âầẩẫấậ", U"ÂẦẨẪẤẬ"},
    {'e', Mark::kNone, U"eèẻẽéẹ", U"EÈẺẼÉẸ"},
    {'e', Mark::kCircumflex, U"êềểễếệ", U"ÊỀỂỄẾỆ"},
    {'i', Mark::kNone, U"iìỉĩíị", U"IÌỈĨÍỊ"},
    {'o', Mark::kNone, U"oòỏõóọ", U"OÒỎÕÓỌ"},
    {'o', Mark::kCircumflex, U"ôồổỗốộ", U"ÔỒỔỖỐỘ"},
    {'o', Mark::kHorn, U"ơờởỡớợ", U"ƠỜỞỠỚỢ"},
    {'u', Mark::kNone, U"uùủũúụ", U"UÙỦŨÚỤ"},
    {'u', Mark::kHorn, U"ưừửữứự", U"ƯỪỬỮỨỰ"},
    {'y', Mark::kNone, U"yỳỷỹýỵ", U"YỲỶỸÝỴ"},
}};

struct Parts {
  char base = 0;  // 0: not a Vietnamese letter
  Mark mark = Mark::kNone;
  Tone tone = Tone::kLevel;
  bool upper = false;
};

// Vietnamese letters lie in two ranges: Latin-1 to Latin Extended-B, and Latin
// Extended Additional.
constexpr char32_t kLowFirst = 0xC0, kLowEnd = 0x1B1, kHighFirst = 0x1EA0, kHighEnd = 0x1EFA;
constexpr std::size_t kParts = (kLowEnd - kLowFirst) + (kHighEnd - kHighFirst);

constexpr std::size_t SlotOf(char32_t code_point) {
  if (code_point >= kLowFirst && code_point < kLowEnd) return code_point - kLowFirst;
  if (code_point >= kHighFirst && code_point < kHighEnd)
    return kLowEnd - kLowFirst + code_point - kHighFirst;
  return kParts;
}

constexpr std::array<Parts, kParts> MakeParts() {
  std::array<Parts, kParts> parts{};
  for (const VowelRow& row : kVowels) {
    for (int tone = 0; tone < 6; ++tone) {
      for (const bool upper : {false, true}) {
        const std::size_t slot = SlotOf((upper ? row.upper : row.lower)[tone]);
        if (slot < kParts) parts[slot] = {row.base, row.mark, static_cast<Tone>(tone), upper};
      }
    }
  }
  parts[SlotOf(U'đ')] = {'d', Mark::kStroke, Tone::kLevel, false};
  parts[SlotOf(U'Đ')] = {'d', Mark::kStroke, Tone::kLevel, true};
  parts[SlotOf(U'Ð')] = {'d', Mark::kStroke, Tone::kLevel, true};  // Icelandic eth, often typed
  return parts;
}

constexpr std::array<Parts, kParts> kPartsOf = MakeParts();

// Lets a combining mark act on the letter before it.
void Combine(char32_t mark, Letter& letter) {
  switch (mark) {
    case 0x300:
    case 0x340:
      letter.tone = Tone::kGrave;
      break;
    case 0x309:
      letter.tone = Tone::kHook;
      break;
    case 0x303:
      letter.tone = Tone::kTilde;
      break;
    case 0x301:
    case 0x341:
      letter.tone = Tone::kAcute;
      break;
    case 0x323:
      letter.tone = Tone::kUnderDot;
      break;
    case 0x302:
      letter.mark = Mark::kCircumflex;
      break;
    case 0x306:
      letter.mark = Mark::kBreve;
      break;
    case 0x31B:
      letter.mark = Mark::kHorn;
      break;
    default:  // no Vietnamese mark
      break;
  }
}

// A foreign letter with marks stands for its base letter, so that it can be searched for.
char32_t ForeignBase(char32_t code_point) {
  std::array<utf8proc_int32_t, 8> parts{};
  int last_boundary = 0;
  const utf8proc_ssize_t count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(code_point), parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK),
      &last_boundary);
  return count == 1 ? static_cast<char32_t>(parts[0]) : code_point;
}

void AppendLetter(char32_t code_point, std::uint32_t begin, std::uint32_t end,
                  std::vector<Letter>& letters) {
  if (code_point < 0x80) {
    const bool upper = code_point >= 'A' && code_point <= 'Z';
    letters.push_back(
        {upper ? code_point + 0x20 : code_point, Mark::kNone, Tone::kLevel, upper, begin, end});
    return;
  }
  const std::size_t slot = SlotOf(code_point);
  if (slot < kParts && kPartsOf[slot].base != 0) {
    const Parts& parts = kPartsOf[slot];
    letters.push_back(
        {static_cast<char32_t>(parts.base), parts.mark, parts.tone, parts.upper, begin, end});
    return;
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category == UTF8PROC_CATEGORY_MN) {
    if (letters.empty() || letters.back().end != begin) return;
    Combine(code_point, letters.back());
    letters.back().end = end;
    return;
  }
  if (category == UTF8PROC_CATEGORY_CF) return;  // zero-width space, byte order mark
  const char32_t base = ForeignBase(code_point);
  letters.push_back(
      {base, Mark::kNone, Tone::kLevel, category == UTF8PROC_CATEGORY_LU, begin, end});
}

}  // namespace

void TakeApart(std::string_view text, std::vector<Letter>& letters) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto begin = static_cast<std::uint32_t>(at);
    const char32_t code_point = NextCodePoint(text, at);
    AppendLetter(code_point, begin, static_cast<std::uint32_t>(at), letters);
  }
}

char32_t BaseLetter(char32_t code_point) {
  if (code_point < 0x80) {
    return code_point >= 'A' && code_point <= 'Z' ? code_point + 0x20 : code_point;
  }
  const std::size_t slot = SlotOf(code_point);
  if (slot < kParts && kPartsOf[slot].base != 0) return static_cast<char32_t>(kPartsOf[slot].base);
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_CF) return 0;
  return ForeignBase(code_point);
}

void AppendUtf8(char32_t code_point, std::string& text) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
  }
  put(0x80 | (code_point & 0x3F));
}

char32_t Compose(const Letter& letter) {
  if (letter.base == 'd' && letter.mark == Mark::kStroke) return letter.upper ? U'Đ' : U'đ';
  for (const VowelRow& row : kVowels) {
    if (letter.base == static_cast<char32_t>(row.base) && letter.mark == row.mark)
      return (letter.upper ? row.upper : row.lower)[static_cast<int>(letter.tone)];
  }
  const bool ascii = letter.base >= 'a' && letter.base <= 'z';
  return letter.upper && ascii ? letter.base - 0x20 : letter.base;
}

bool IsApostrophe(char32_t base) {
  switch (base) {
    case U'\'':
    case U'`':
    case U'´':
    case U'ʻ':
    case U'ʼ':
    case U'ʹ':
    case U'‘':
    case U'’':
    case U'‛':
    case U'′':
    case U'＇':
      return true;
    default:
      return false;
  }
}

bool IsSpacing(char32_t base) {
  if (base < 0x80) return base == ' ' || base == '-' || (base >= '\t' && base <= '\r');
  return base == 0xA0 || (base >= 0x2000 && base <= 0x200B) || base == 0x202F || base == 0x3000 ||
         (base >= 0x2010 && base <= 0x2015) || base == 0x2212;
}

bool IsWordCharacter(char32_t base) {
  if (base < 0x80) return (base >= 'a' && base <= 'z') || IsDigit(base);
  if (IsApostrophe(base) || IsSpacing(base)) return false;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(base));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         category == UTF8PROC_CATEGORY_ND;
}

}  // namespace motcua
