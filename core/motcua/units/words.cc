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

// In letters: every y as i. Two words before one, so that "thị trấn" is not read as
// something shorter.
constexpr std::array<KnownWord, 41> kKnownWords = {{
    {"thanh", "pho", kThanhPho, false},
    {"thanh", "ph", kThanhPho, true},
    {"thi", "xa", kThiXa, false},
    {"thi", "tran", kThiTran, false},
    {"dac", "khu", kDacKhu, false},
    {"t", "p", kThanhPho, true},
    {"t", "x", kThiXa, true},
    {"t", "t", kThiTran, true},
    {"tinh", "", kTinh, false},
    {"quan", "", kQuan, false},
    {"huien", "", kHuyen, false},
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
    {"ph", "", kPhuong, true},
    {"phg", "", kPhuong, true},
    {"ttr", "", kThiTran, true},
    {"x", "", kXa, true},
    {"t", "", kTinh, true},
    {"dk", "", kDacKhu, true},
    {"ward", "", kPhuong, true},
    {"commune", "", kXa, true},
    {"district", "", kQuan | kHuyen, true},
    {"dist", "", kQuan | kHuyen, true},
    {"citi", "", kThanhPho, true},
    {"province", "", kTinh, true},
    {"prov", "", kTinh, true},
    {"town", "", kThiXa | kThiTran, true},
    {"township", "", kThiTran, true},
    {"tpho", "", kThanhPho, true},
    {"thpho", "", kThanhPho, true},
}};

// Where to look for a first word in kKnownWords: by its hash, then to the next slot.
constexpr std::size_t kLevelSlots = 256;
constexpr std::size_t LevelSlot(std::uint64_t hash) { return MixHash(hash) >> 56; }
constexpr std::array<std::uint8_t, kLevelSlots> MakeLevelSlots() {
  std::array<std::uint8_t, kLevelSlots> slots{};
  for (std::size_t i = 0; i < kKnownWords.size(); ++i) {
    std::size_t slot = LevelSlot(HashOf(kKnownWords[i].first).hash);
    while (slots[slot] != 0) slot = (slot + 1) % kLevelSlots;
    slots[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return slots;
}
constexpr std::array<std::uint8_t, kLevelSlots> kLevelSlotsOf = MakeLevelSlots();
constexpr std::array<std::uint64_t, kKnownWords.size()> kLevelHashes = [] {
  std::array<std::uint64_t, kKnownWords.size()> hashes{};
  for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = HashOf(kKnownWords[i].first).hash;
  return hashes;
}();

// Level words that may stand directly in front of a number, "P15", "quận1".
bool StandsBeforeNumber(std::string_view letters) {
  return letters == "p" || letters == "f" || letters == "q" || letters == "phuong" ||
         letters == "quan" || letters == "ward" || letters == "tp" || letters == "district";
}

enum class Kind : std::uint8_t { kEnds, kDash, kCloses, kLetter, kDigit, kApostrophe, kMark };

// A code point as words see it: what it does, and as what it is kept.
struct Cell {
  Kind kind = Kind::kEnds;
  char letter = 0;
};

// Stands for a letter that no Vietnamese name has.
constexpr char kForeign = '\x01';

bool Closes(char32_t base) {
  return base == ',' || base == ';' || base == '(' || base == ')' || base == '\n' || base == '|' ||
         base == '/' || base == '[' || base == ']' || base == U'，' || base == U'、';
}

bool IsDash(char32_t base) {
  return base == '-' || (base >= 0x2010 && base <= 0x2015) || base == 0x2212;
}

Cell CellOf(char32_t code_point) {
  const char32_t base = BaseLetter(code_point);
  if (base == 0) return {Kind::kMark, 0};
  if (IsApostrophe(base)) return {Kind::kApostrophe, 0};
  if (IsDigit(base)) return {Kind::kDigit, static_cast<char>(base)};
  if (IsWordCharacter(base))
    return {Kind::kLetter, base >= 0x80 ? kForeign : base == 'y' ? 'i' : static_cast<char>(base)};
  return {Closes(base) ? Kind::kCloses : IsDash(base) ? Kind::kDash : Kind::kEnds, 0};
}

// The cells of the two ranges that Vietnamese is written in.
constexpr char32_t kLowEnd = 0x250, kHighFirst = 0x1E00, kHighEnd = 0x1F00;
using Cells = std::array<Cell, kLowEnd + kHighEnd - kHighFirst>;
const Cells& VietnameseCells() {
  static const Cells kCells = [] {
    Cells cells;
    for (char32_t c = 0; c < kLowEnd; ++c) cells[c] = CellOf(c);
    for (char32_t c = kHighFirst; c < kHighEnd; ++c) cells[kLowEnd + c - kHighFirst] = CellOf(c);
    return cells;
  }();
  return kCells;
}

// The cell of the code point at `at`; moves `at` behind it.
Cell NextCell(const Cells& cells, std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return cells[(++at, lead)];
  const char32_t code_point = NextCodePoint(text, at);
  if (code_point < kLowEnd) return cells[code_point];
  if (code_point >= kHighFirst && code_point < kHighEnd)
    return cells[kLowEnd + code_point - kHighFirst];
  return CellOf(code_point);
}

// Whether the marks that are written are those of the level word: "Quán" is no "Quận".
bool MayBe(std::string_view written, TypeSet types) {
  const std::string_view name = TypeName(static_cast<UnitType>(__builtin_ctz(types)));
  if (written.size() == name.size() && written.substr(1) == name.substr(1)) return true;
  const bool ascii = std::all_of(written.begin(), written.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii || OnlyLacksMarks(written, name);
}

}  // namespace

Words::Words(std::string_view text) : text_(text) {
  Split();
  KeepLast();
  FindLevels();
}

void Words::Add(std::uint32_t begin, std::uint32_t end, std::string_view letters, const Word& like,
                Repaired repaired) {
  if (letters.empty()) return;
  Word word;
  word.begin = begin;
  word.end = end;
  word.first = static_cast<std::uint16_t>(letters_.size());
  letters_.insert(letters_.end(), letters.begin(), letters.end());
  word.last = static_cast<std::uint16_t>(letters_.size());
  word.closes = like.closes;
  word.dashes = like.dashes;
  word.repaired = repaired;
  repaired_ = true;
  word.number = true;
  for (const char letter : letters) {
    word.hash.Add(letter);
    word.number = word.number && letter >= '0' && letter <= '9';
  }
  words_.push_back(word);
}

// Adds the word gathered so far, as two if it is a level word and a number.
void Words::AddGathered(const Gathered& gathered, std::size_t last) {
  Word& word = words_.emplace_back();
  word.begin = gathered.begin;
  word.end = gathered.end;
  word.first = static_cast<std::uint16_t>(gathered.first);
  word.last = static_cast<std::uint16_t>(last);
  word.hash = {gathered.hash, HashScale(last - gathered.first)};
  word.number = gathered.number;
  const std::size_t middle = gathered.first_digit;
  if (middle == 0) return;
  const std::string_view front(letters_.data() + word.first, middle - word.first);
  if (!StandsBeforeNumber(front)) return;
  word.end = gathered.digit_begin;
  word.last = static_cast<std::uint16_t>(middle);
  word.hash = HashOf(front);
  const std::string_view back(letters_.data() + middle, last - middle);
  Word& number = words_.emplace_back();
  number.begin = gathered.digit_begin;
  number.end = gathered.end;
  number.first = static_cast<std::uint16_t>(middle);
  number.last = static_cast<std::uint16_t>(last);
  number.hash = HashOf(back);
  number.number = back.find_first_not_of("0123456789") == std::string_view::npos;
}

void Words::Split() {
  const Cells& cells = VietnameseCells();
  letters_.resize(text_.size());  // no code point is kept as more than one
  char* const letters = letters_.data();
  Gathered word;
  bool in_word = false;
  std::size_t size = 0, at = 0;
  const auto end_word = [&] {
    if (size > word.first) AddGathered(word, size);
    word = {};
    word.first = size;
    in_word = false;
  };
  const auto keep = [&](char letter) {
    word.hash = word.hash * kHashBase + static_cast<unsigned char>(letter);
    letters[size++] = letter;
  };
  while (at < text_.size()) {
    const auto here = static_cast<std::uint32_t>(at);
    const Cell cell = NextCell(cells, text_, at);
    const auto behind = static_cast<std::uint32_t>(at);
    if (cell.kind == Kind::kLetter) {
      if (!in_word) word.begin = here;
      in_word = true;
      word.end = behind;
      word.number = false;
      keep(cell.letter);
      continue;
    }
    if (cell.kind == Kind::kMark) {  // belongs to the letter before it
      if (word.end == here) word.end = behind;
      continue;
    }
    if (cell.kind < Kind::kLetter) {
      end_word();
      if (words_.empty()) continue;
      if (cell.kind == Kind::kCloses) words_.back().closes = true;
      const auto is_space = [&](std::size_t i) { return i < text_.size() && text_[i] == ' '; };
      if (cell.kind == Kind::kDash && (is_space(here - 1u) || is_space(behind)))
        words_.back().dashes = true;
      continue;
    }
    if (!in_word) word.begin = here;
    in_word = true;
    if (cell.kind == Kind::kApostrophe) {
      if (size > word.first) word.end = behind;
      continue;
    }
    word.end = behind;
    if (word.first_digit == 0 && size > word.first) {
      word.first_digit = size;
      word.digit_begin = here;
    }
    const bool in_number =
        size > word.first && IsDigit(static_cast<unsigned char>(letters[size - 1]));
    const bool before_digit = at < text_.size() && IsDigit(static_cast<unsigned char>(text_[at]));
    if (cell.letter == '0' && before_digit && !in_number) continue;
    keep(cell.letter);
  }
  end_word();
  letters_.resize(size);
  if (!words_.empty()) words_.back().closes = true;
}

Words Words::WithoutCommas() const {
  Words words = *this;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) words.words_[i].closes = false;
  words.FindLevels();
  return words;
}

void Words::KeepLast() {
  if (words_.size() > kMost)
    words_.erase(words_.begin(), words_.end() - static_cast<std::ptrdiff_t>(kMost));
}

// Whether a level word that is no abbreviation ends right before word `i`.
bool Words::IsWholeLevelBefore(std::size_t i) const {
  for (std::size_t size = 1; size <= std::min<std::size_t>(i, 2); ++size)
    if (words_[i - size].level.words == size) return !words_[i - size].level.abbreviated;
  return false;
}

void Words::FindLevels() {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Word& word = words_[i];
    word.level = {};
    if (word.number || word.last - word.first > 8) continue;
    if (i > 0 && words_[i - 1].level.words == 2) continue;  // its second half
    for (std::size_t slot = LevelSlot(word.hash.hash); kLevelSlotsOf[slot] != 0;
         slot = (slot + 1) % kLevelSlots) {
      const KnownWord& known = kKnownWords[kLevelSlotsOf[slot] - 1u];
      if (kLevelHashes[kLevelSlotsOf[slot] - 1u] != word.hash.hash) continue;
      const bool two = !known.second.empty();
      if (two && (word.closes || i + 1 == words_.size() || Letters(i + 1) != known.second))
        continue;
      const std::string_view written = Written(i, i + (two ? 2u : 1u));
      // At the end of a stretch it is a part of the name: "Xã Thượng Quan".
      const Word& last = words_[i + (two ? 1u : 0u)];
      const bool ends = last.closes || last.dashes;
      if (!known.abbreviated && word.repaired == Repaired::kNo &&
          (ends || !MayBe(written, known.types)))
        continue;
      // "Bum T" is Bum Tở but for a letter, "HuyệnT ương Dương" Tương Dương, "Xa" in "Xã Xa
      // Dung" a name.
      const bool initials = known.abbreviated && word.last - word.first <= 3;
      if (initials && (last.closes || word.repaired == Repaired::kSpacing)) continue;
      if (i > 0 && !words_[i - 1].closes && IsWholeLevelBefore(i)) continue;
      word.level = {known.types, static_cast<std::uint8_t>(two ? 2 : 1), known.abbreviated};
      break;
    }
  }
}

Stage StageOfLevelWord(std::string_view written, UnitType type) {
  const std::string_view name = TypeName(type);
  if (written == name) return Stage::kExact;
  // Every level word has marks.
  const bool bare = std::all_of(written.begin(), written.end(),
                                [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (bare) return Stage::kNoDiacritics;
  const auto stage = StageBetween(written, name);
  if (!stage || *stage > Stage::kNoDiacritics) return Stage::kNoDiacritics;
  // In running text "phường" is as it should be; "PHƯỜNG" is not.
  const bool small = !written.empty() && written[0] >= 'a' && written[0] <= 'z';
  if (*stage == Stage::kCase && small) return Stage::kExact;
  return *stage;
}

std::vector<NameReading> ReadName(std::string_view text) {
  const Words words(text);
  if (words.size() == 0) return {};
  const auto from = [&](std::size_t word) { return words.Written(word, words.size()); };
  std::vector<NameReading> readings = {{from(0), 0, Stage::kExact}};
  const LevelWord& level = words[0].level;
  if (level.words == 0 || level.words >= words.size()) return readings;
  NameReading reading{from(level.words), level.types, Stage::kAbbreviation};
  if (!level.abbreviated) {
    const std::string_view written = words.Written(0, level.words);
    for (int number = 1; number <= 9; ++number) {
      if ((level.types & (1u << number)) == 0) continue;
      reading.stage = StageBetween(written, TypeName(static_cast<UnitType>(number)))
                          .value_or(Stage::kNoDiacritics);
    }
  }
  readings.push_back(reading);
  return readings;
}

}  // namespace motcua
