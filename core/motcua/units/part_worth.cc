#include "motcua/units/part_worth.h"

#include <algorithm>
#include <array>
#include <vector>

#include "motcua/text/distance.h"
#include "motcua/text/letters.h"

namespace motcua {
namespace {

// What a part is worth at each stage; a chain is worth the product of its parts.
constexpr std::array<float, kStageCount> kStageWorth = {
    1, 1, 0.998f, 1, 0.998f, 0.995f, 1, 0.85f, 0.985f, kMissingMarks, 0.85f, 0.7f};
// Written with marks, but with other ones.
constexpr float kOtherMarks = 0.8f;
// Written with marks in some words only.
constexpr float kSomeMarks = 0.89f;
// Perhaps without the first letter.
constexpr float kLostLetter = 0.89f;
// With the same letters in other words.
constexpr float kOtherBreaks = 0.89f;
// With a typing error, and not the nearest once marks are compared too.
constexpr float kOtherMarksToo = 0.92f;

std::vector<Letter> WordLetters(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  TakeApart(text, letters);
  std::erase_if(letters, [](const Letter& letter) { return !IsWordCharacter(letter.base); });
  return letters;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool IsMarked(const Letter& letter) {
  return letter.mark != Mark::kNone || letter.tone != Tone::kLevel;
}

bool HasMarks(const std::vector<Letter>& letters) {
  return std::any_of(letters.begin(), letters.end(), IsMarked);
}

// Each letter as one byte of base and one of its marks, so that a wrong mark is an error.
std::string MarkedLetters(const std::vector<Letter>& letters) {
  std::string text;
  for (const Letter& letter : letters) {
    text += static_cast<char>(letter.base);
    if (IsMarked(letter))
      text += static_cast<char>(0x80 + 8 * static_cast<int>(letter.mark) +
                                static_cast<int>(letter.tone));
  }
  return text;
}

PartWorth WorthOfErrors(const Mention& mention, std::string_view written, std::string_view name) {
  PartWorth worth;
  worth.stage = mention.edits == 1 ? Stage::kEditDistance1 : Stage::kEditDistance2;
  worth.score = kStageWorth[static_cast<int>(worth.stage)];
  const std::vector<Letter> a = WordLetters(written), b = WordLetters(name);
  if (!HasMarks(a)) return worth;
  const int limit = 2 * mention.edits + 1;
  const int edits = EditDistance(MarkedLetters(a), MarkedLetters(b), limit);
  // A letter with its mark may count twice.
  if (edits > 2 * mention.edits) {
    worth.score *= kOtherMarksToo * kOtherMarksToo;
  } else if (edits > mention.edits) {
    worth.score *= kOtherMarksToo;
  }
  return worth;
}

// The acute of a syllable that ends in a stop may be left out: Đăk is Đắk.
bool HasAllOf(const Letter& written, const Letter& name) {
  if (written.mark != name.mark) return false;
  return written.tone == name.tone ||
         (name.mark == Mark::kBreve && written.tone == Tone::kLevel && name.tone == Tone::kAcute);
}

// Whether some words of the name are written with their marks and others without any,
// or some with all of them and others not: "Diễn hong" may be Diễn Hồng, or Diễn Phong
// without a letter; "Quỳnh hâu" Quỳnh Hậu, or Quỳnh Châu.
bool MarksStopShort(std::string_view written, std::string_view name) {
  std::vector<Letter> of_name;
  TakeApart(name, of_name);
  const std::vector<Letter> of_written = WordLetters(written);
  bool some = false, none = false, all = false, fewer = false;  // of any word
  bool has = false, wants = false, lacks = false;               // of this one
  std::size_t k = 0;
  const auto end_word = [&] {
    some |= has;
    none |= wants && !has;
    all |= has && !lacks;
    fewer |= lacks;
    has = wants = lacks = false;
  };
  for (const Letter& letter : of_name) {
    if (!IsWordCharacter(letter.base)) {
      if (!IsApostrophe(letter.base)) end_word();
      continue;
    }
    if (k == of_written.size()) break;
    const Letter& at = of_written[k++];
    has |= IsMarked(at);
    wants |= IsMarked(letter);
    lacks |= !HasAllOf(at, letter);
  }
  end_word();
  return (some && none) || (all && fewer);
}

// Whether the words of the mention and the name each part words where the other does
// not: "i Toong" may be Ít Ong, or Pi Toong without a letter; "IaKha" is Ia Kha. Where
// marks are missing too ("EaBa" is Ea Bá, or EaBar) both must part the same.
bool BreaksElsewhere(const Words& words, const Mention& mention, std::string_view name,
                     bool marks) {
  std::vector<std::size_t> written, official;  // how many letters stand before a break
  for (std::size_t i = mention.first + 1u; i < mention.last; ++i)
    written.push_back(words.Letters(mention.first, i).size());
  std::vector<Letter> letters;
  TakeApart(name, letters);
  std::size_t before = 0;
  for (const Letter& letter : letters) {
    if (IsWordCharacter(letter.base)) {
      ++before;
    } else if (!IsApostrophe(letter.base)) {
      official.push_back(before);
    }
  }
  official.erase(std::unique(official.begin(), official.end()), official.end());
  if (!marks) return written != official;
  return !std::includes(written.begin(), written.end(), official.begin(), official.end()) &&
         !std::includes(official.begin(), official.end(), written.begin(), written.end());
}

// Same letters, perhaps with other marks.
PartWorth WorthOfSpelling(std::string_view written, std::string_view name) {
  PartWorth worth;
  if (written == name) return worth;
  // Bare letters meet a name with marks only where the marks are forgotten.
  if (IsAscii(written) && !IsAscii(name)) {
    const std::vector<Letter> of_name = WordLetters(name);
    if (HasMarks(of_name)) {
      worth.stage = Stage::kNoDiacritics;
      worth.missing_marks = OnlyLacksMarks(written, name);
      worth.score = worth.missing_marks ? kMissingMarks : kOtherMarks;
      return worth;
    }
  }
  worth.stage = StageBetween(written, name).value_or(Stage::kNoDiacritics);
  worth.stage = std::min(worth.stage, Stage::kNoDiacritics);  // the keys are the same
  worth.score = kStageWorth[static_cast<int>(worth.stage)];
  if (worth.stage == Stage::kNoDiacritics) {
    worth.missing_marks = OnlyLacksMarks(written, name);
    if (!worth.missing_marks) worth.score = kOtherMarks;
    if (worth.missing_marks && MarksStopShort(written, name)) worth.score = kSomeMarks;
  }
  return worth;
}

bool BeginsWithCapital(std::string_view word) {
  if (static_cast<unsigned char>(word.front()) < 0x80)
    return word.front() >= 'A' && word.front() <= 'Z';
  std::size_t end = 0;
  NextCodePoint(word, end);
  std::vector<Letter> letters;
  TakeApart(word.substr(0, end), letters);
  return !letters.empty() && letters.front().upper;
}

// Whether a name may lack the first letter of a word, which then begins small where others
// do not: "ân Mỹ" may be Tân Mỹ, "Nam iang" Nam Giang rather than Nam Yang.
bool MayLackFirstLetter(const Words& words, const Mention& mention, Stage stage) {
  bool capital = false, small_first = false, small_i = false;
  for (std::size_t i = mention.first; i < mention.last; ++i) {
    if (BeginsWithCapital(words.Written(i, i + 1))) {
      capital = true;
    } else {
      small_first |= i == mention.first && !words[i].number;
      small_i |= words.Letters(i).front() == 'i';
    }
  }
  return capital && (small_first || (small_i && stage == Stage::kIY));
}

PartWorth WorthOfLetters(const Words& words, const Mention& mention, std::string_view name) {
  // "Hải Châu 2" is Hải Châu II but for the numeral.
  if (mention.last - mention.first > 1 && words[mention.last - 1u].repaired == Repaired::kNumeral) {
    PartWorth worth = WorthOfSpelling(words.Written(mention.first, mention.last - 1u),
                                      name.substr(0, name.find_last_of(' ')));
    worth.stage = std::max(worth.stage, Stage::kAbbreviation);
    return worth;
  }
  for (std::size_t i = mention.first; i < mention.last; ++i)
    if (words[i].repaired == Repaired::kTypedMarks)
      return {kMissingMarks, Stage::kNoDiacritics, true};
  return WorthOfSpelling(words.Written(mention.first, mention.last), name);
}

PartWorth WorthOfName(const Words& words, const Mention& mention, std::string_view name,
                      std::string_view short_name) {
  if (mention.edits > 0)
    return WorthOfErrors(mention, words.Written(mention.first, mention.last), name);
  const bool number = IsDigit(static_cast<unsigned char>(name.front()));
  if (mention.shortened) name = short_name;
  PartWorth worth = WorthOfLetters(words, mention, name);
  if (mention.shortened) worth.stage = std::max(worth.stage, Stage::kAbbreviation);
  // "Phường Tam Quan" has its marks, so that Tam is not eight.
  if (mention.shortened && number && worth.missing_marks && mention.types != 0 &&
      HasMarks(WordLetters(words.Written(mention.level_word, mention.first))))
    worth.score = kOtherMarks;
  if (worth.stage >= Stage::kSpacing &&
      BreaksElsewhere(words, mention, name, worth.stage < Stage::kNoDiacritics)) {
    worth.missing_marks = false;
    worth.score = std::min(worth.score, kOtherBreaks);
  }
  // "Phường y" is hardly Phường I.
  const bool lone_letter =
      mention.last - mention.first == 1 && words.Letters(mention.first).size() == 1;
  if (MayLackFirstLetter(words, mention, worth.stage) || (lone_letter && worth.stage == Stage::kIY))
    worth.score = std::min(worth.score, kLostLetter);
  return worth;
}

}  // namespace

Stage StageOfLevel(const Words& words, const Mention& mention, UnitType type) {
  if (mention.level_abbreviated) return Stage::kAbbreviation;
  const std::size_t first = mention.level_word;
  const std::size_t last = first + words[first].level.words;
  switch (words[first].repaired) {
    case Repaired::kTypedMarks:
      return Stage::kNoDiacritics;
    case Repaired::kSpacing:
      return Stage::kSpacing;
    case Repaired::kError:
      return Stage::kEditDistance1;
    case Repaired::kNumeral:
    case Repaired::kNo:
      break;
  }
  return StageOfLevelWord(words.Written(first, last), type);
}

PartWorth WorthOf(const RegistryTables& tables, const Words& words, const Mention& mention,
                  const NameRow& naming) {
  // Nearly always it is written just so, and that shows without a look at the name.
  PartWorth worth;
  if (mention.written != naming.written || mention.edits > 0 || mention.shortened)
    worth = WorthOfName(words, mention, tables.Written({naming.spell, naming.variant}),
                        tables.dataset.text(mention.short_name));
  const auto meet = [&](Stage stage) {
    worth.stage = std::max(worth.stage, stage);
    worth.score *= kStageWorth[static_cast<int>(stage)];
  };
  if (naming.variant != kNoRow) meet(Stage::kListedVariant);
  const auto type = static_cast<UnitType>(naming.type);
  if (mention.types == 0) {
    worth.stage = std::max(worth.stage, Stage::kType);
    worth.score *= kNoLevelWord;
  } else {
    if (words[mention.level_word].repaired == Repaired::kError) meet(Stage::kEditDistance1);
    if ((mention.types & SetOf(type)) == 0) {
      meet(Stage::kType);
    } else {
      worth.stage = std::max(worth.stage, StageOfLevel(words, mention, type));
    }
  }
  return worth;
}

}  // namespace motcua
