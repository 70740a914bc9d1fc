#include "motcua/units/mentions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "motcua/text/distance.h"

namespace motcua {
namespace {

constexpr std::size_t kLongestName = 6;  // words
constexpr std::size_t kLongEnoughForOneEdit = 4, kLongEnoughForTwoEdits = 8;

// Names that everybody shortens, by their search keys.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kShortNames = {{
    {"hcm", "hochiminh"},
    {"tphcm", "hochiminh"},
    {"saigon", "hochiminh"},
    {"hn", "hanoi"},
    {"brvt", "bariavungtau"},
    {"tthue", "thuathienhue"},
    {"dn", "danang"},
    {"bmt", "buonmathuot"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNumerals = {{
    {"mot", "1"},
    {"hai", "2"},
    {"ba", "3"},
    {"bon", "4"},
    {"tu", "4"},
    {"nam", "5"},
    {"sau", "6"},
    {"bay", "7"},
    {"tam", "8"},
    {"chin", "9"},
    {"muoi", "10"},
    {"muoimot", "11"},
}};

template <typename Table>
std::string_view Look(const Table& table, std::string_view key) {
  for (const auto& [from, to] : table)
    if (from == key) return to;
  return {};
}

std::uint64_t Bits(std::size_t first, std::size_t last) {
  std::uint64_t bits = 0;
  for (std::size_t i = first; i < last; ++i) bits |= std::uint64_t{1} << i;
  return bits;
}

// The level word on either side of a name: "Phường 15", "Ward 15", "Bến Nghé Ward".
class Finder {
 public:
  Finder(const RegistryTables& tables, MentionedText& found) : tables_(tables), found_(found) {
    for (std::size_t i = 0; i < found.words.size(); ++i)
      types_.push_back(TypeWordAt(found.words, i));
  }

  void FindAll() {
    for (std::size_t first = 0; first < found_.words.size(); ++first) {
      std::string key;
      for (std::size_t last = first; last < found_.words.size(); ++last) {
        if (last - first == kLongestName) break;
        key += found_.words[last].key;
        Try(first, last + 1, FoldIY(key));
        if (found_.words[last].closes) break;
      }
    }
  }

 private:
  void Try(std::size_t first, std::size_t last, const std::string& key) {
    const bool number = last - first == 1 && found_.words[first].number;
    if (const std::uint32_t row = tables_.FindKey(key); row != kNoRow) {
      Add(first, last, row, false, number);
    }
    if (const auto full = Look(kShortNames, key); !full.empty()) {
      if (const std::uint32_t row = tables_.FindKey(full); row != kNoRow)
        Add(first, last, row, true, false);
    }
    if (const auto digits = Look(kNumerals, key); !digits.empty()) {
      if (const std::uint32_t row = tables_.FindKey(digits); row != kNoRow)
        Add(first, last, row, true, true);
    }
  }

  void Add(std::size_t first, std::size_t last, std::uint32_t key, bool shortened, bool number) {
    Mention mention;
    mention.begin = found_.words[first].begin;
    mention.end = found_.words[last - 1].end;
    mention.key = key;
    mention.abbreviated = shortened;
    mention.words = Bits(first, last);
    bool typed = false;
    // A level word right before, of one word or of two.
    for (const std::size_t size : {1u, 2u}) {
      if (first < size || !types_[first - size] || types_[first - size]->words != size) continue;
      if (found_.words[first - 1].closes) continue;
      AddTyped(mention, *types_[first - size], Bits(first - size, first));
      typed = true;
    }
    // English puts it behind.
    if (last < found_.words.size() && types_[last] && types_[last]->abbreviated &&
        types_[last]->words == 1 && found_.words[last].key.size() > 3 &&
        !found_.words[last - 1].closes) {
      AddTyped(mention, *types_[last], Bits(last, last + 1));
      typed = true;
    }
    // A bare number names nothing, and a single letter hardly does.
    if (!number && !(typed && shortened)) found_.mentions.push_back(mention);
  }

  void AddTyped(Mention mention, const TypeWord& type, std::uint64_t words) {
    mention.types = type.types;
    mention.abbreviated = mention.abbreviated || type.abbreviated;
    mention.words |= words;
    found_.mentions.push_back(mention);
  }

  const RegistryTables& tables_;
  MentionedText& found_;
  std::vector<std::optional<TypeWord>> types_;
};

// The letters and digits a key has, as bits: keys within n edits differ in at most
// 2n of them.
std::uint64_t LettersOf(std::string_view key) {
  std::uint64_t letters = 0;
  for (const char c : key) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63);
  return letters;
}

}  // namespace

MentionedText FindMentions(const RegistryTables& tables, std::string_view text) {
  MentionedText found;
  found.text = text;
  found.words = SplitWords(text);
  if (found.words.size() > kMaxWords)
    found.words.erase(found.words.begin(),
                      found.words.end() - static_cast<std::ptrdiff_t>(kMaxWords));
  Finder(tables, found).FindAll();
  return found;
}

void AddNearMentions(const RegistryTables& tables, const OpenRun& open, MentionedText& found) {
  std::string wanted;
  for (std::size_t i = open.first; i < open.last; ++i) wanted += found.words[i].key;
  wanted = FoldIY(std::move(wanted));
  if (wanted.size() < kLongEnoughForOneEdit) return;
  const int limit = wanted.size() < kLongEnoughForTwoEdits ? 1 : 2;
  const std::uint64_t letters = LettersOf(wanted);
  for (std::uint32_t row = 0; row < tables.keys.size(); ++row) {
    const std::size_t size = tables.keys[row].key.size;
    if (size + limit < wanted.size() || size > wanted.size() + limit) continue;
    const std::string_view key = tables.dataset.text(tables.keys[row].key);
    if (__builtin_popcountll(letters ^ LettersOf(key)) > 2 * limit) continue;
    const int edits = EditDistance(wanted, key, limit);
    if (edits == 0 || edits > limit) continue;
    Mention mention;
    mention.words = Bits(open.first, open.last) | open.type_words;
    mention.begin = found.words[open.first].begin;
    mention.end = found.words[open.last - 1].end;
    mention.key = row;
    mention.types = open.types;
    mention.abbreviated = open.abbreviated;
    mention.edits = edits;
    found.mentions.push_back(mention);
  }
}

std::vector<OpenRun> OpenRuns(const MentionedText& found, std::uint64_t explained) {
  std::vector<OpenRun> runs;
  const auto is_open = [&](std::size_t i) { return (explained >> i & 1) == 0; };
  std::size_t at = 0;
  while (at < found.words.size()) {
    if (!is_open(at)) {
      ++at;
      continue;
    }
    OpenRun run;
    if (const auto type = TypeWordAt(found.words, at); type && !found.words[at].closes) {
      run.types = type->types;
      run.abbreviated = type->abbreviated;
      run.type_words = Bits(at, at + type->words);
      at += type->words;
    }
    run.first = at;
    while (at < found.words.size() && is_open(at)) {
      if (at > run.first && TypeWordAt(found.words, at)) break;
      if (found.words[at++].closes) break;
    }
    run.last = at;
    if (run.last > run.first) runs.push_back(run);
  }
  return runs;
}

}  // namespace motcua
