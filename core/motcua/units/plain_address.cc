#include "motcua/units/plain_address.h"

#include <algorithm>
#include <array>

#include "motcua/units/part_worth.h"

namespace motcua {
namespace {

constexpr std::uint8_t kProvince = 1u << 1, kDistrict = 1u << 2, kCommune = 1u << 3;
constexpr std::size_t kMostParts = 3;

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

  bool IsWritten(const Mention& mention, const NameRow& naming) const {
    return naming.variant == kNoRow && naming.written == mention.written &&
           (mention.types & SetOf(static_cast<UnitType>(naming.type))) != 0;
  }

  // The spelling of an area that the mention is, if all its official ones are the same.
  const NameRow* Names(const Mention& mention, std::uint16_t area) const {
    const NameRow* found = nullptr;
    const auto upper = index_.Namings(mention.key).first(index_.keys[mention.key].upper_count);
    for (const NameRow& naming : upper) {
      if (naming.area != area || (mention.levels >> naming.level & 1) == 0) continue;
      if ((mention.types & SetOf(static_cast<UnitType>(naming.type))) == 0) continue;
      if (!IsWritten(mention, naming)) return nullptr;
      found = &naming;
    }
    return found;
  }

  // Another older unit in the district would be a rival; one of today, which only took its
  // name over, is none.
  std::optional<UnitChain> OfDistrict(const Mention& commune, const Mention& district,
                                      const Mention& province) const {
    if ((district.levels & kDistrict) == 0 || (province.levels & kProvince) == 0)
      return std::nullopt;
    const auto upper = index_.Namings(district.key).first(index_.keys[district.key].upper_count);
    const NameRow* own = nullptr;
    std::uint16_t area = 0;
    for (const NameRow& naming : upper) {
      if (naming.level != 2) continue;
      for (const WithinRow& row : index_.Within(commune.key, naming.area)) {
        const NameRow& found = index_.Namings(commune.key)[row.naming];
        if (IsNewEpoch(found.valid_from) || &found == own) continue;
        if (own != nullptr || !IsWritten(commune, found)) return std::nullopt;
        own = &found;
        area = naming.area;
      }
    }
    if (own == nullptr) return std::nullopt;
    return Chain(commune, *own, area, district, province);
  }

  // Another unit of the day's epoch in the province would be a rival.
  std::optional<UnitChain> OfToday(const Mention& commune, const Mention& province) const {
    if (!IsNewEpoch(at_) || (province.levels & kProvince) == 0) return std::nullopt;
    const auto upper = index_.Namings(province.key).first(index_.keys[province.key].upper_count);
    const NameRow* own = nullptr;
    std::uint16_t area = 0;
    for (const NameRow& naming : upper) {
      if (naming.level != 1 || index_.areas[naming.area].new_epoch == 0) continue;
      for (const WithinRow& row : index_.Within(commune.key, naming.area)) {
        const NameRow& found = index_.Namings(commune.key)[row.naming];
        if (!IsNewEpoch(found.valid_from) || &found == own) continue;
        if (own != nullptr || !IsWritten(commune, found)) return std::nullopt;
        own = &found;
        area = naming.area;
      }
    }
    if (own == nullptr || own->valid_from > at_ || at_ >= own->valid_to) return std::nullopt;
    const NameRow* named = Names(province, area);
    if (named == nullptr) return std::nullopt;
    UnitChain chain = Begin(commune, *own);
    Lean(province, *named, chain);
    return chain;
  }

  std::optional<UnitChain> Chain(const Mention& commune, const NameRow& own, std::uint16_t area,
                                 const Mention& district, const Mention& province) const {
    const auto above = index_.Above(own);
    const auto is_own = [&](std::uint16_t a, std::uint16_t level) {
      return index_.areas[a].level == level && index_.areas[a].new_epoch == 0;
    };
    const auto of_level = [&](std::uint16_t level) {
      return std::find_if(above.begin(), above.end(),
                          [&](std::uint16_t a) { return is_own(a, level); });
    };
    const auto lies_in = of_level(2), in_province = of_level(1);
    if (lies_in == above.end() || *lies_in != area || in_province == above.end())
      return std::nullopt;
    const NameRow* named_district = Names(district, area);
    const NameRow* named_province = Names(province, *in_province);
    if (named_district == nullptr || named_province == nullptr) return std::nullopt;
    UnitChain chain = Begin(commune, own);
    chain.covers = own.valid_from <= at_ && at_ < own.valid_to;
    if (!chain.covers && !IsNewEpoch(at_)) return std::nullopt;
    if (!chain.covers) chain.score = kOtherDay;
    Lean(district, *named_district, chain);
    Lean(province, *named_province, chain);
    return chain;
  }

  UnitChain Begin(const Mention& mention, const NameRow& naming) const {
    UnitChain chain;
    chain.spell = naming.spell;
    chain.naming = &naming;
    chain.mention = static_cast<std::uint32_t>(&mention - mentions_.data());
    chain.score = 1;
    chain.covers = chain.typed = true;
    Lean(mention, naming, chain);
    return chain;
  }

  void Lean(const Mention& mention, const NameRow& naming, UnitChain& chain) const {
    const auto type = static_cast<UnitType>(naming.type);
    chain.words |= mention.words;
    chain.stage = std::max(chain.stage, StageOfLevel(words_, mention, type));
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
