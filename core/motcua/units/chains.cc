#include "motcua/units/chains.h"

#include <algorithm>
#include <array>

#include "motcua/text/letters.h"

namespace motcua {
namespace {

const DayNumber kTwoLevels = ToNumber(CivilDay(2025, 7, 1));

// What a part is worth at each stage; a chain is worth the product of its parts.
constexpr std::array<double, kStageCount> kStageWorth = {1, 1,    0.998, 1,    0.998, 0.995,
                                                         1, 0.85, 0.985, 0.97, 0.85,  0.7};
// Written with marks, but with other ones.
constexpr double kOtherMarks = 0.8;
constexpr double kNoTypeWord = 0.985, kNoDistrict = 0.94, kNoProvince = 0.97, kNothingAbove = 0.96,
                 kOtherEra = 0.91, kOtherDay = 0.96, kStreet = 0.6;

// What stands in front of the name of a street, a hamlet or a house.
constexpr std::array<std::string_view, 12> kStreetWords = {
    "duong", "pho", "ngo", "hem", "so", "kiet", "ngach", "to", "thon", "ap", "khu", "lo"};

constexpr TypeSet kProvinceTypes = SetOf(UnitType::kTinh) | SetOf(UnitType::kThanhPho);
constexpr TypeSet kDistrictTypes = SetOf(UnitType::kThanhPho) | SetOf(UnitType::kQuan) |
                                   SetOf(UnitType::kHuyen) | SetOf(UnitType::kThiXa);
constexpr TypeSet kCommuneTypes = SetOf(UnitType::kPhuong) | SetOf(UnitType::kXa) |
                                  SetOf(UnitType::kThiTran) | SetOf(UnitType::kDacKhu);

TypeSet TypesOfLevel(std::uint8_t level) {
  return level == 1 ? kProvinceTypes : level == 2 ? kDistrictTypes : kCommuneTypes;
}

bool HasMarks(std::string_view text) {
  std::vector<Letter> letters;
  TakeApart(text, letters);
  return std::any_of(letters.begin(), letters.end(), [](const Letter& letter) {
    return letter.mark != Mark::kNone || letter.tone != Tone::kLevel;
  });
}

// A unit named by a mention, as part of a chain.
struct Part {
  std::uint32_t spell = 0;
  std::uint32_t mention = 0;
  std::uint32_t naming = 0;
  std::uint32_t code = 0;  // row of units.codes; of what chains lean on
};

struct Worth {
  double score = 1;
  Stage stage = Stage::kExact;
};

class ChainFinder {
 public:
  ChainFinder(const RegistryTables& tables, const MentionedText& found, DayNumber at)
      : tables_(tables), found_(found), at_(at) {
    CollectAbove();
  }

  std::vector<Chain> FindAll() {
    for (std::uint32_t m = 0; m < found_.mentions.size(); ++m) {
      const KeyRow& key = tables_.keys[found_.mentions[m].key];
      for (std::uint32_t k = key.first_naming; k < key.first_naming + key.naming_count; ++k) {
        const Part part{tables_.namings[k].spell, m, k, 0};
        if (Fits(part)) Build(part);
      }
    }
    return std::move(chains_);
  }

 private:
  // Whether the level word allows the unit's level.
  bool Fits(const Part& part) const {
    const Mention& mention = found_.mentions[part.mention];
    return mention.types == 0 ||
           (mention.types & TypesOfLevel(tables_.spells[part.spell].level)) != 0;
  }

  // Provinces and districts that the text names: what chains may lean on.
  void CollectAbove() {
    for (std::uint32_t m = 0; m < found_.mentions.size(); ++m) {
      const KeyRow& key = tables_.keys[found_.mentions[m].key];
      for (std::uint32_t k = key.first_naming; k < key.first_naming + key.naming_count; ++k) {
        Part part{tables_.namings[k].spell, m, k, 0};
        if (tables_.spells[part.spell].level == 3 || !Fits(part)) continue;
        part.code = tables_.FindCode(CodeText(tables_.spells[part.spell].code));
        above_.push_back(part);
      }
    }
  }

  Worth WorthOf(const Part& part) const {
    const Mention& mention = found_.mentions[part.mention];
    Worth worth;
    const std::string_view written = found_.text.substr(mention.begin, mention.end - mention.begin);
    const NamingRow& naming = tables_.namings[part.naming];
    const std::string_view name = tables_.Written(naming);
    if (mention.edits > 0) {
      worth.stage = mention.edits == 1 ? Stage::kEditDistance1 : Stage::kEditDistance2;
    } else if (written != name && !mention.abbreviated) {
      worth.stage = StageBetween(written, name).value_or(Stage::kNoDiacritics);
    }
    worth.score = kStageWorth[static_cast<int>(worth.stage)];
    if (worth.stage == Stage::kNoDiacritics && HasMarks(written)) worth.score = kOtherMarks;
    const auto meet = [&](Stage stage) {
      worth.stage = std::max(worth.stage, stage);
      worth.score *= kStageWorth[static_cast<int>(stage)];
    };
    if (naming.variant != kNoRow) meet(Stage::kListedVariant);
    if (mention.abbreviated) meet(Stage::kAbbreviation);
    const auto type = static_cast<UnitType>(tables_.spells[part.spell].type);
    if (mention.types == 0) {
      worth.stage = std::max(worth.stage, Stage::kType);
      worth.score *= kNoTypeWord;
    } else if ((mention.types & SetOf(type)) == 0) {
      meet(Stage::kType);
    }
    return worth;
  }

  // The best mention of one of the spells of `code` that meet `unit` in time.
  const Part* Above(std::uint32_t code, const SpellRow& unit, std::uint64_t words) const {
    const Part* best = nullptr;
    for (const Part& part : above_) {
      const SpellRow& row = tables_.spells[part.spell];
      if (part.code != code) continue;
      if (row.valid_from >= unit.valid_to || unit.valid_from >= row.valid_to) continue;
      const Mention& mention = found_.mentions[part.mention];
      if ((mention.words & words) != 0) continue;
      if (best == nullptr || Rank(part) > Rank(*best)) best = &part;
    }
    return best;
  }

  // More words, the right level word, the official spelling, the day: in this order.
  int Rank(const Part& part) const {
    const Mention& mention = found_.mentions[part.mention];
    const auto type = static_cast<UnitType>(tables_.spells[part.spell].type);
    return 8 * (__builtin_popcountll(mention.words) - 3 * mention.edits) +
           ((mention.types & SetOf(type)) != 0 ? 4 : 0) +
           (tables_.namings[part.naming].variant == kNoRow ? 2 : 0) +
           (tables_.Covers(part.spell, at_) ? 1 : 0);
  }

  // The codes above a unit in another era: those of its predecessors, or of its
  // province's successor.
  void OtherEra(std::uint32_t spell, std::vector<std::uint32_t>& districts,
                std::vector<std::uint32_t>& provinces) const {
    const SpellRow& row = tables_.spells[spell];
    if (row.valid_from >= kTwoLevels) {
      const std::uint32_t first = row.identity;
      for (const std::uint32_t arrival : tables_.ArrivalsAt(first)) {
        const std::uint32_t from = tables_.edges[arrival].from;
        districts.push_back(tables_.spells[from].parent);
        const std::uint32_t district = tables_.ParentOf(from, tables_.spells[from].valid_to - 1);
        if (district != kNoRow) provinces.push_back(tables_.spells[district].parent);
      }
      return;
    }
  }

  // The province of today in which an old province went up.
  std::uint32_t ProvinceToday(std::uint32_t province_code) const {
    const CodeRow& code = tables_.codes[province_code];
    for (std::uint32_t k = 0; k < code.spell_count; ++k) {
      for (const EdgeRow& edge : tables_.EdgesFrom(code.first_spell + k))
        if (tables_.spells[edge.to].valid_from >= kTwoLevels) return edge.to;
    }
    return kNoRow;
  }

  void Lean(const Part& part, double factor, Chain& chain) const {
    const Worth worth = WorthOf(part);
    chain.words |= found_.mentions[part.mention].words;
    // A level word that is missing above the unit is no fault.
    const bool bare = found_.mentions[part.mention].types == 0;
    chain.score *= factor * (bare ? worth.score / kNoTypeWord : worth.score);
    // Marks that are missing everywhere are missing once.
    if (worth.stage == Stage::kNoDiacritics && chain.stage == Stage::kNoDiacritics &&
        worth.score > kOtherMarks)
      chain.score /= kStageWorth[static_cast<int>(Stage::kNoDiacritics)];
    const bool only_bare = bare && worth.stage == Stage::kType;
    chain.stage = std::max(chain.stage, only_bare ? StageOfShort(part) : worth.stage);
  }

  // A missing level word set aside, "HCM" is short and "Lâm Đồng" is not.
  Stage StageOfShort(const Part& part) const {
    return found_.mentions[part.mention].abbreviated ? Stage::kAbbreviation : Stage::kExact;
  }

  void Build(const Part& part) {
    const SpellRow& row = tables_.spells[part.spell];
    const Worth worth = WorthOf(part);
    Chain chain{part.spell,  part.mention, found_.mentions[part.mention].words,
                worth.score, worth.stage,  tables_.Covers(part.spell, at_),
                false};
    if (row.level == 3) LeanCommune(row, chain);
    if (row.level == 2) LeanDistrict(row, chain);
    if (row.level == 3 && IsStreet(found_.mentions[part.mention])) chain.score *= kStreet;
    if (row.level == 1 && found_.mentions[part.mention].types == 0) {
      chain.score /= kNoTypeWord;  // "Lâm Đồng" is a full name to everybody
      if (chain.stage == Stage::kType) chain.stage = StageOfShort(part);
    }
    if (!chain.covers) chain.score *= kOtherDay;
    Keep(chain);
  }

  // A bare name behind a number or the word for a street is hardly a commune.
  bool IsStreet(const Mention& mention) const {
    const auto first = static_cast<std::size_t>(__builtin_ctzll(mention.words));
    if (mention.types != 0 || first == 0 || found_.words[first - 1].closes) return false;
    const Word& before = found_.words[first - 1];
    return before.key.find_first_of("0123456789") != std::string::npos ||
           std::find(kStreetWords.begin(), kStreetWords.end(), before.key) != kStreetWords.end();
  }

  void LeanDistrict(const SpellRow& row, Chain& chain) const {
    if (const Part* province = Above(row.parent, row, chain.words))
      return Lean(*province, 1, chain);
    if (const Part* today = AboveToday(row.parent, chain.words))
      return Lean(*today, kOtherEra, chain);
    chain.score *= kNothingAbove;
    chain.bare = true;
  }

  const Part* AboveToday(std::uint32_t province_code, std::uint64_t words) const {
    const std::uint32_t today = ProvinceToday(province_code);
    if (today == kNoRow) return nullptr;
    const std::uint32_t code = tables_.FindCode(CodeText(tables_.spells[today].code));
    return Above(code, tables_.spells[today], words);
  }

  void LeanCommune(const SpellRow& row, Chain& chain) const {
    if (row.valid_from >= kTwoLevels) return LeanNewCommune(row, chain);
    const Part* district = Above(row.parent, row, chain.words);
    if (district != nullptr) Lean(*district, 1, chain);
    const std::uint32_t above =
        tables_.ParentOf(chain.spell, std::clamp(at_, row.valid_from, row.valid_to - 1));
    const std::uint32_t province_code = above == kNoRow ? kNoRow : tables_.spells[above].parent;
    const Part* province =
        province_code == kNoRow ? nullptr : Above(province_code, row, chain.words);
    const Part* today = province != nullptr || province_code == kNoRow
                            ? nullptr
                            : AboveToday(province_code, chain.words);
    if (province != nullptr) Lean(*province, 1, chain);
    if (today != nullptr) Lean(*today, kOtherEra, chain);
    const bool has_province = province != nullptr || today != nullptr;
    chain.bare = district == nullptr && !has_province;
    chain.score *= chain.bare            ? kNothingAbove * kNoDistrict
                   : district == nullptr ? (chain.covers ? kNoProvince : kNoDistrict)
                   : !has_province       ? kNoProvince
                                         : 1;
  }

  void LeanNewCommune(const SpellRow& row, Chain& chain) const {
    const Part* province = Above(row.parent, row, chain.words);
    if (province != nullptr) Lean(*province, 1, chain);
    std::vector<std::uint32_t> districts, provinces;
    OtherEra(chain.spell, districts, provinces);
    const auto lean_on_any = [&](const std::vector<std::uint32_t>& codes) {
      for (const std::uint32_t code : codes) {
        if (code == kNoRow) continue;
        SpellRow era = row;  // what stood before the reform
        era.valid_from = kTwoLevels - 1;
        era.valid_to = kTwoLevels;
        if (const Part* part = Above(code, era, chain.words)) {
          Lean(*part, kOtherEra, chain);
          return true;
        }
      }
      return false;
    };
    const bool has_district = lean_on_any(districts);
    const bool has_old_province = province == nullptr && lean_on_any(provinces);
    if (province != nullptr || has_old_province) return;
    chain.score *= has_district ? kNoProvince : kNothingAbove;
    chain.bare = !has_district;
  }

  void Keep(const Chain& chain) {
    for (Chain& other : chains_) {
      if (other.spell != chain.spell) continue;
      const auto better = [](const Chain& a, const Chain& b) {
        const int size_a = __builtin_popcountll(a.words), size_b = __builtin_popcountll(b.words);
        return size_a != size_b ? size_a > size_b : a.score > b.score;
      };
      if (better(chain, other)) other = chain;
      return;
    }
    chains_.push_back(chain);
  }

  const RegistryTables& tables_;
  const MentionedText& found_;
  const DayNumber at_;
  std::vector<Part> above_;
  std::vector<Chain> chains_;
};

}  // namespace

std::vector<Chain> FindChains(const RegistryTables& tables, const MentionedText& found,
                              DayNumber at) {
  return ChainFinder(tables, found, at).FindAll();
}

}  // namespace motcua
