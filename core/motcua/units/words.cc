#include "motcua/units/words.h"

#include <algorithm>
#include <array>

#include "motcua/text/letters.h"

namespace motcua {
namespace {

struct KnownWord {
  std::string_view first;
  std::string_view second;  // empty: one word
  TypeSet types;
  bool abbreviated;
};

constexpr TypeSet kTinh = SetOf(UnitType::kTinh), kThanhPho = SetOf(UnitType::kThanhPho),
                  kQuan = SetOf(UnitType::kQuan), kHuyen = SetOf(UnitType::kHuyen),
                  kThiXa = SetOf(UnitType::kThiXa), kPhuong = SetOf(UnitType::kPhuong),
                  kXa = SetOf(UnitType::kXa), kThiTran = SetOf(UnitType::kThiTran),
                  kDacKhu = SetOf(UnitType::kDacKhu);

// Two words before one, so that "thị trấn" is not read as something shorter.
constexpr std::array<KnownWord, 31> kKnownWords = {{
    {"thanh", "pho", kThanhPho, false},
    {"thi", "xa", kThiXa, false},
    {"thi", "tran", kThiTran, false},
    {"dac", "khu", kDacKhu, false},
    {"t", "p", kThanhPho, true},
    {"t", "x", kThiXa, true},
    {"t", "t", kThiTran, true},
    {"tinh", "", kTinh, false},
    {"quan", "", kQuan, false},
    {"huyen", "", kHuyen, false},
    {"phuong", "", kPhuong, false},
    {"xa", "", kXa, false},
    {"thanhpho", "", kThanhPho, false},
    {"thixa", "", kThiXa, false},
    {"thitran", "", kThiTran, false},
    {"dackhu", "", kDacKhu, false},
    {"tp", "", kThanhPho, true},
    {"tx", "", kThiXa, true},
    {"tt", "", kThiTran, true},
    {"q", "", kQuan, true},
    {"h", "", kHuyen, true},
    {"p", "", kPhuong, true},
    {"f", "", kPhuong, true},
    {"x", "", kXa, true},
    {"t", "", kTinh, true},
    {"ward", "", kPhuong, true},
    {"commune", "", kXa, true},
    {"district", "", kQuan | kHuyen, true},
    {"city", "", kThanhPho, true},
    {"province", "", kTinh, true},
    {"town", "", kThiXa | kThiTran, true},
}};

bool EndsAWord(char32_t base) { return !IsWordCharacter(base) && !IsApostrophe(base); }

bool Closes(char32_t base) {
  return base == ',' || base == ';' || base == '(' || base == ')' || base == '\n' || base == '|' ||
         base == '/';
}

// Letters that may stand directly in front of a number, "P15", "quận1".
bool StandsBeforeNumber(std::string_view key) {
  return key == "p" || key == "f" || key == "q" || key == "phuong" || key == "quan" ||
         key == "ward" || key == "tp";
}

void Push(std::string_view text, const std::vector<Letter>& letters, std::size_t first,
          std::size_t last, std::vector<Word>& words) {
  Word word;
  word.begin = letters[first].begin;
  word.end = letters[last - 1].end;
  word.key = PlainKey(text.substr(word.begin, word.end - word.begin));
  word.number = !word.key.empty() && word.key.find_first_not_of("0123456789") == std::string::npos;
  if (!word.key.empty()) words.push_back(std::move(word));
}

}  // namespace

std::vector<Word> SplitWords(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  TakeApart(text, letters);
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < letters.size()) {
    if (EndsAWord(letters[at].base)) {
      if (!words.empty() && Closes(letters[at].base)) words.back().closes = true;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < letters.size() && !EndsAWord(letters[end].base)) ++end;
    std::size_t digits = at;
    while (digits < end && !IsDigit(letters[digits].base)) ++digits;
    std::string front;
    for (std::size_t i = at; i < digits; ++i) AppendUtf8(letters[i].base, front);
    if (digits > at && digits < end && StandsBeforeNumber(front)) {
      Push(text, letters, at, digits, words);
      at = digits;
    }
    Push(text, letters, at, end, words);
    at = end;
  }
  if (!words.empty()) words.back().closes = true;
  return words;
}

std::optional<TypeWord> TypeWordAt(std::span<const Word> words, std::size_t at) {
  if (at >= words.size() || words[at].number) return std::nullopt;
  for (const KnownWord& known : kKnownWords) {
    if (words[at].key != known.first) continue;
    if (known.second.empty()) return TypeWord{known.types, 1, known.abbreviated};
    if (at + 1 < words.size() && !words[at].closes && words[at + 1].key == known.second)
      return TypeWord{known.types, 2, known.abbreviated};
  }
  return std::nullopt;
}

std::vector<NameReading> ReadName(std::string_view text) {
  const std::vector<Word> words = SplitWords(text);
  if (words.empty()) return {};
  const auto from = [&](std::size_t word) {
    return text.substr(words[word].begin, words.back().end - words[word].begin);
  };
  std::vector<NameReading> readings = {{from(0), 0, Stage::kExact}};
  const auto type = TypeWordAt(words, 0);
  if (!type || type->words >= words.size()) return readings;
  NameReading reading{from(type->words), type->types, Stage::kAbbreviation};
  if (!type->abbreviated) {
    const std::string_view written =
        text.substr(words[0].begin, words[type->words - 1].end - words[0].begin);
    for (int number = 1; number <= 9; ++number) {
      if ((type->types & (1u << number)) == 0) continue;
      reading.stage = StageBetween(written, TypeName(static_cast<UnitType>(number)))
                          .value_or(Stage::kNoDiacritics);
    }
  }
  readings.push_back(reading);
  return readings;
}

}  // namespace motcua
