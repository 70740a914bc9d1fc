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

// Level words that may stand directly in front of a number, "P15", "quận1".
bool StandsBeforeNumber(std::string_view letters) {
  return letters == "p" || letters == "f" || letters == "q" || letters == "phuong" ||
         letters == "quan" || letters == "ward" || letters == "tp" || letters == "district";
}

enum class Kind : std::uint8_t { kEnds, kCloses, kLetter, kDigit, kApostrophe };

bool Closes(char32_t base) {
  return base == ',' || base == ';' || base == '(' || base == ')' || base == '\n' || base == '|' ||
         base == '/' || base == '[' || base == ']' || base == U'，' || base == U'、';
}

constexpr std::array<Kind, 128> MakeKinds() {
  std::array<Kind, 128> kinds{};
  for (int c = 'a'; c <= 'z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::kLetter;
  for (int c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::kDigit;
  for (const char c : {',', ';', '(', ')', '\n', '|', '/', '[', ']'})
    kinds[static_cast<std::size_t>(c)] = Kind::kCloses;
  for (const char c : {'\'', '`'}) kinds[static_cast<std::size_t>(c)] = Kind::kApostrophe;
  return kinds;
}
constexpr std::array<Kind, 128> kKinds = MakeKinds();

Kind KindOf(char32_t base) {
  if (base < 0x80) return kKinds[base];
  if (IsApostrophe(base)) return Kind::kApostrophe;
  if (IsWordCharacter(base)) return Kind::kLetter;
  return Closes(base) ? Kind::kCloses : Kind::kEnds;
}

// Whether the marks that are written are those of the level word: "Quán" is no "Quận".
bool MayBe(std::string_view written, TypeSet types) {
  const std::string_view name = TypeName(static_cast<UnitType>(__builtin_ctz(types)));
  if (written.size() == name.size() && written.substr(1) == name.substr(1)) return true;
  const bool ascii = std::all_of(written.begin(), written.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii || OnlyLacksMarks(written, name);
}

// Stands for a letter that no Vietnamese name has.
constexpr char kForeign = '\x01';

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
  word.number = true;
  for (const char letter : letters) {
    word.hash.Add(letter);
    word.number = word.number && letter >= '0' && letter <= '9';
  }
  words_.push_back(word);
}

// Adds the word gathered so far, as two if it is a level word and a number.
void Words::AddGathered(const Gathered& word) {
  const std::string_view all(word.letters.data(), word.letters.size());
  const std::string_view front = all.substr(0, word.first_digit);
  if (front.empty() || !StandsBeforeNumber(front))
    return Add(word.begin, word.end, all, {}, Repaired::kNo);
  Add(word.begin, word.digit_begin, front, {}, Repaired::kNo);
  Add(word.digit_begin, word.end, all.substr(word.first_digit), {}, Repaired::kNo);
}

void Words::Split() {
  Gathered word;
  bool in_word = false;
  std::size_t at = 0;
  while (at < text_.size()) {
    const auto here = static_cast<std::uint32_t>(at);
    const char32_t base = BaseLetter(NextCodePoint(text_, at));
    const auto behind = static_cast<std::uint32_t>(at);
    if (base == 0) {  // a mark: belongs to the letter before it
      if (word.end == here) word.end = behind;
      continue;
    }
    const Kind kind = KindOf(base);
    if (kind == Kind::kEnds || kind == Kind::kCloses) {
      AddGathered(word);
      word.letters.clear();
      word.first_digit = 0;
      in_word = false;
      if (kind == Kind::kCloses && !words_.empty()) words_.back().closes = true;
      if (base != ' ' && IsLooseDash(here, behind, base)) words_.back().dashes = true;
      continue;
    }
    if (!in_word) word.begin = here;
    in_word = true;
    if (kind != Kind::kApostrophe || !word.letters.empty()) word.end = behind;
    if (kind == Kind::kApostrophe) continue;
    if (kind == Kind::kDigit) {
      if (word.first_digit == 0 && !word.letters.empty()) {
        word.first_digit = word.letters.size();
        word.digit_begin = here;
      }
      const bool in_number =
          !word.letters.empty() && IsDigit(static_cast<unsigned char>(word.letters.back()));
      const bool before_digit = at < text_.size() && IsDigit(static_cast<unsigned char>(text_[at]));
      if (base == '0' && before_digit && !in_number) continue;
    }
    word.letters.push_back(base >= 0x80 ? kForeign : base == 'y' ? 'i' : static_cast<char>(base));
  }
  AddGathered(word);
  if (!words_.empty()) words_.back().closes = true;
}

bool Words::IsLooseDash(std::size_t begin, std::size_t end, char32_t base) const {
  return !words_.empty() && IsSpacing(base) && base != '\t' && base != 0xA0 &&
         (text_[begin - 1] == ' ' || (end < text_.size() && text_[end] == ' '));
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

void Words::FindLevels() {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    Word& word = words_[i];
    word.level = {};
    if (word.number || word.last - word.first > 8) continue;
    if (i > 0 && words_[i - 1].level.words == 2) continue;  // its second half
    for (std::size_t slot = LevelSlot(word.hash.hash); kLevelSlotsOf[slot] != 0;
         slot = (slot + 1) % kLevelSlots) {
      const KnownWord& known = kKnownWords[kLevelSlotsOf[slot] - 1u];
      if (known.first != Letters(i)) continue;
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
      word.level = {known.types, static_cast<std::uint8_t>(two ? 2 : 1), known.abbreviated};
      break;
    }
  }
}

Stage StageOfLevelWord(std::string_view written, UnitType type) {
  const std::string_view name = TypeName(type);
  if (written == name) return Stage::kExact;
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
