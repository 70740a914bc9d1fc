#include "motcua/units/mentions.h"

#include <algorithm>

namespace motcua {
namespace {

constexpr std::size_t kLongestName = 6;  // words

constexpr std::uint8_t Bit(Level level) {
  return static_cast<std::uint8_t>(1u << static_cast<int>(level));
}
constexpr std::uint8_t kUpper = Bit(Level::kProvince) | Bit(Level::kDistrict);

bool IsNumber(std::string_view letters) {
  return letters.find_first_not_of("0123456789") == std::string_view::npos;
}

// Adds a name with the level word on either side: "Phường 15", "Ward 15", "Go Vap
// District".
class Finder {
 public:
  Finder(const NameIndex& index, const Words& words, Mentions& mentions)
      : index_(index), words_(words), mentions_(mentions) {}

  void FindAll(bool plain) {
    for (std::size_t first = 0; first < words_.size(); ++first) {
      if (const std::size_t behind = plain ? FindPlain(first) : first; behind > first) {
        first = behind - 1;
        continue;
      }
      LetterHash hash;
      for (std::size_t last = first; last < words_.size(); ++last) {
        if (last - first == kLongestName) break;
        hash.Add(words_[last].hash);
        const std::uint64_t mixed = MixHash(hash.hash);
        if (!index_.MayBegin(mixed)) break;
        const std::uint32_t key = index_.Find(hash.hash, mixed);
        if (key != kNoKey) AddKey(first, last + 1, key);
        if (words_[last].closes) break;
      }
    }
  }

 private:
  // The word behind a level word and the name that takes the rest of the stretch;
  // `at` itself if that is not what stands there.
  std::size_t FindPlain(std::size_t at) {
    const LevelWord& level = words_[at].level;
    const std::size_t first = at + level.words;
    if (level.words == 0 || first >= words_.size() || words_[first - 1].closes) return at;
    LetterHash hash;
    std::size_t last = first;
    while (last < words_.size() && last - first < kLongestName) {
      if (last > first && words_[last].level.words > 0) break;
      hash.Add(words_[last].hash);
      if (words_[last++].closes) break;
    }
    // "Phường 1 Bảo Lộc" is one name, or a number and a town.
    if (words_[first].number && last > first + 1) return at;
    const std::uint32_t key = index_.Find(hash.hash, MixHash(hash.hash));
    if (key == kNoKey) return at;
    const std::size_t before = mentions_.size();
    AddKey(first, last, key);
    // "Phường Tam Quan Nam" is a name, or a ward eight of a district five.
    if (mentions_.size() > before && mentions_.back().types != 0 && !mentions_.back().shortened)
      return last;
    mentions_.resize(before);
    return at;
  }

  void AddKey(std::size_t first, std::size_t last, std::uint32_t key) {
    Mention mention;
    mention.first = static_cast<std::uint8_t>(first);
    mention.last = static_cast<std::uint8_t>(last);
    mention.words = WordRange(first, last);
    mention.written = WrittenHash(words_.Written(first, last));
    mention.key = key;
    mention.levels = static_cast<std::uint8_t>(index_.keys[key].levels);
    if (mention.levels != 0) Add(mention);
    for (const AliasRow& alias : index_.Aliases(key)) {
      mention.key = alias.key;
      mention.shortened = true;
      mention.short_name = alias.written;
      mention.levels = static_cast<std::uint8_t>(index_.keys[alias.key].levels);
      if (!IsNumber(index_.Letters(alias.key))) mention.levels &= kUpper;
      Add(mention);
    }
  }

  void Add(const Mention& mention) {
    bool typed = false, taken = false;
    for (const std::size_t size : {1u, 2u}) {
      if (mention.first < size) continue;
      const std::size_t at = mention.first - size;
      if (words_[at].level.words != size || words_[mention.first - 1u].closes) continue;
      taken |= EndsName(at, mention.first);
      const bool fits = AddTyped(mention, at);
      // "Tỉnh Trung Tâm" is no ward.
      if (!fits && !taken && !words_[at].level.abbreviated) return;
      typed |= fits;
    }
    // English puts it behind.
    if (mention.last < words_.size() && !words_[mention.last - 1u].closes) {
      const Word& next = words_[mention.last];
      if (next.level.words == 1 && next.level.abbreviated && next.last - next.first > 3)
        typed |= AddTyped(mention, mention.last);
    }
    // A bare number names nothing.
    if ((!typed || taken) && !IsNumber(index_.Letters(mention.key))) mentions_.push_back(mention);
  }

  // Whether the level word [at, end) may be the end of a name: "binh xa ham yen" is Bình Xa
  // in Hàm Yên, or Xã Hàm Yên.
  bool EndsName(std::size_t at, std::size_t end) const {
    if (words_.Begins(at)) return false;
    return std::any_of(mentions_.begin(), mentions_.end(),
                       [&](const Mention& other) { return other.first < at && other.last == end; });
  }

  bool AddTyped(Mention mention, std::size_t at) {
    const LevelWord& level = words_[at].level;
    mention.levels &= LevelsOf(level.types);
    if (mention.levels == 0) return false;
    mention.types = level.types;
    mention.level_word = static_cast<std::uint8_t>(at);
    mention.level_abbreviated = level.abbreviated;
    mention.words |= WordRange(at, at + level.words);
    mentions_.push_back(mention);
    return true;
  }

  const NameIndex& index_;
  const Words& words_;
  Mentions& mentions_;
};

}  // namespace

std::uint8_t LevelsOf(TypeSet types) {
  constexpr TypeSet kProvinces = SetOf(UnitType::kTinh) | SetOf(UnitType::kThanhPho);
  constexpr TypeSet kDistricts = SetOf(UnitType::kThanhPho) | SetOf(UnitType::kQuan) |
                                 SetOf(UnitType::kHuyen) | SetOf(UnitType::kThiXa);
  constexpr TypeSet kCommunes = SetOf(UnitType::kPhuong) | SetOf(UnitType::kXa) |
                                SetOf(UnitType::kThiTran) | SetOf(UnitType::kDacKhu);
  return static_cast<std::uint8_t>(((types & kProvinces) != 0 ? Bit(Level::kProvince) : 0) |
                                   ((types & kDistricts) != 0 ? Bit(Level::kDistrict) : 0) |
                                   ((types & kCommunes) != 0 ? Bit(Level::kCommune) : 0));
}

void FindMentions(const NameIndex& index, const Words& words, bool plain, Mentions& mentions) {
  mentions.clear();
  Finder(index, words, mentions).FindAll(plain);
}

}  // namespace motcua
