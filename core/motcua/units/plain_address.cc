#include "motcua/units/plain_address.h"

#include <algorithm>
#include <array>

#include "motcua/units/part_worth.h"

namespace motcua {
namespace {

constexpr std::uint8_t kProvince = 1u << 1, kDistrict = 1u << 2, kCommune = 1u << 3;
constexpr std::size_t kMostParts = 3;
constexpr std::uint16_t kNoArea = 0xFFFF;

class PlainReader {
 public:
  PlainReader(const RegistryTables& tables, const Words& words, DayNumber at)
      : tables_(tables), index_(tables.names), words_(words), at_(at) {}

  std::optional<UnitChain> Run() {
    FindMentions(index_, words_, true, mentions_);
    if (mentions_.size() < 2 || mentions_.size() > kMostParts) return std::nullopt;
    const Mention* commune = nullptr;
    std::array<const Mention*, 2> above{};
    std::size_t above_count = 0;
    WordSet all = 0;
    for (const Mention& mention : mentions_) {
      if (mention.types == 0 || mention.shortened || (all & mention.words) != 0)
        return std::nullopt;
      all |= mention.words;
      if ((mention.levels & kCommune) == 0) {
        if (above_count == above.size()) return std::nullopt;
        above[above_count++] = &mention;
      } else if (commune == nullptr) {
        commune = &mention;
      } else {
        return std::nullopt;
      }
    }
    if (commune == nullptr || all != WordRange(0, words_.size())) return std::nullopt;
    if (above_count == 1) return OfToday(*commune, *above[0]);
    // "Thành phố Thanh Hóa, Tỉnh Thanh Hóa" is told by the level words, Huế, Huế is not.
    if (above[0]->key == above[1]->key && above[0]->types == above[1]->types) return std::nullopt;
    auto chain = OfDistrict(*commune, *above[0], *above[1]);
    return chain ? chain : OfDistrict(*commune, *above[1], *above[0]);
  }

 private:
  static bool IsNewEpoch(DayNumber day) {
    static const DayNumber kNewEpoch = ToNumber(CivilDay(2025, 7, 1));
    return day >= kNewEpoch;
  }
  bool Covers(const NameRow& naming) const {
    return naming.valid_from <= at_ && at_ < naming.valid_to;
  }

  // One of today, which only took the name of an older unit over, is no rival of it.
  std::optional<UnitChain> OfDistrict(const Mention& commune, const Mention& district,
                                      const Mention& province) const {
    if ((district.levels & kDistrict) == 0 || (province.levels & kProvince) == 0)
      return std::nullopt;
    auto best = BestInside(commune, district, 2, false,
                           [&](const NameRow& naming, std::uint16_t area, UnitChain& chain) {
                             return Lean(district, area, chain) &&
                                    Lean(province, AreaAbove(naming, 1), chain) &&
                                    AreaAbove(naming, 2) == area;
                           });
    if (best && !best->covers && !IsNewEpoch(at_)) return std::nullopt;
    return best;
  }

  // Another unit of the day's epoch in the province would be a rival.
  std::optional<UnitChain> OfToday(const Mention& commune, const Mention& province) const {
    if (!IsNewEpoch(at_) || (province.levels & kProvince) == 0) return std::nullopt;
    auto best = BestInside(commune, province, 1, true,
                           [&](const NameRow&, std::uint16_t area, UnitChain& chain) {
                             return Lean(province, area, chain);
                           });
    return best && best->covers ? best : std::nullopt;
  }

  // The best chain of one unit that `commune` names in an area of `above`. Nothing where
  // another unit would be a rival, or `lean` finds something above that is not plain.
  template <typename LeanAbove>
  std::optional<UnitChain> BestInside(const Mention& commune, const Mention& above, int level,
                                      bool is_new, LeanAbove lean) const {
    std::optional<UnitChain> best;
    for (const NameRow& naming : Upper(above)) {
      if (naming.level != level || (index_.areas[naming.area].new_epoch != 0) != is_new) continue;
      for (const WithinRow& row : index_.Within(commune.key, naming.area)) {
        const NameRow& found = index_.Namings(commune.key)[row.naming];
        if (IsNewEpoch(found.valid_from) != is_new) continue;
        if (best && !IsSameUnit(found, *best)) return std::nullopt;
        UnitChain chain;
        if (!Begin(commune, found, chain) || !lean(found, naming.area, chain)) return std::nullopt;
        if (!best || IsBefore(chain, *best)) best = chain;
      }
    }
    if (best && !best->typed) return std::nullopt;
    return best;
  }

  bool IsSameUnit(const NameRow& naming, const UnitChain& chain) const {
    return tables_.spells[naming.spell].identity == tables_.spells[chain.spell].identity;
  }

  // As Reading ranks what explains the same words; of one spell the first of a score is kept.
  static bool IsBefore(const UnitChain& a, const UnitChain& b) {
    if (a.score != b.score || a.spell == b.spell) return a.score > b.score;
    if (a.covers != b.covers) return a.covers;
    if (a.stage != b.stage) return a.stage < b.stage;
    return a.naming->valid_from > b.naming->valid_from;
  }

  std::span<const NameRow> Upper(const Mention& mention) const {
    return index_.Namings(mention.key).first(index_.keys[mention.key].upper_count);
  }

  // The district or province of its own epoch that a commune lay in first.
  std::uint16_t AreaAbove(const NameRow& naming, int level) const {
    const auto above = index_.Above(naming);
    const auto own = std::find_if(above.begin(), above.end(), [&](std::uint16_t area) {
      return index_.areas[area].level == level && index_.areas[area].new_epoch == 0;
    });
    return own == above.end() ? kNoArea : *own;
  }

  bool Begin(const Mention& mention, const NameRow& naming, UnitChain& chain) const {
    chain.spell = naming.spell;
    chain.naming = &naming;
    chain.mention = static_cast<std::uint32_t>(&mention - mentions_.data());
    chain.covers = Covers(naming);
    chain.score = chain.covers ? 1 : kOtherDay;
    chain.typed = IsOfType(mention, naming);
    return Add(mention, naming, chain);
  }

  // The best spelling of an area that the mention names: as ChainFinder ranks them.
  bool Lean(const Mention& mention, std::uint16_t area, UnitChain& chain) const {
    const NameRow* named = nullptr;
    for (const NameRow& naming : Upper(mention)) {
      if (naming.area != area || naming.variant != kNoRow || !IsOfType(mention, naming)) continue;
      if (named == nullptr || (Covers(naming) && !Covers(*named))) named = &naming;
    }
    return named != nullptr && Add(mention, *named, chain);
  }

  bool IsOfType(const Mention& mention, const NameRow& naming) const {
    return (mention.types & SetOf(static_cast<UnitType>(naming.type))) != 0;
  }

  // False for what is written without its marks: no plain address.
  bool Add(const Mention& mention, const NameRow& naming, UnitChain& chain) const {
    const PartWorth worth = WorthOf(tables_, words_, mention, naming);
    chain.words |= mention.words;
    chain.score *= worth.score;
    chain.stage = std::max(chain.stage, worth.stage);
    return !worth.missing_marks;
  }

  const RegistryTables& tables_;
  const NameIndex& index_;
  const Words& words_;
  const DayNumber at_;
  Mentions mentions_;
};

}  // namespace

std::optional<UnitChain> ReadPlainAddress(const RegistryTables& tables, const Words& words,
                                          DayNumber at) {
  return PlainReader(tables, words, at).Run();
}

}  // namespace motcua
