#include "motcua/units/row_match.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "motcua/text/distance.h"
#include "motcua/units/succession.h"

namespace motcua {
namespace {

// What a name is worth at each stage; the other columns of a row add to it.
constexpr std::array<int, kStageCount> kNameScore = {100, 98, 96, 97, 95, 94,
                                                     93,  92, 92, 88, 60, 45};
constexpr int kCodeScore = 45, kParentScore = 30, kAncestorScore = 15, kOtherParentScore = -40,
              kTypeScore = 10, kOtherTypeScore = -5, kCurrentScore = 40, kOtherLevelScore = -30,
              kNoParentScore = 5;
// Code, type and spelling are all of one unit: more than another day of a name otherwise spelt.
constexpr int kOwnSpellingScore = 9;

// More than any other row can have: such a row has the first right to its unit.
constexpr int kFaultlessScore = 1000;

// Shorter names have too many neighbours to be recognised with an error.
constexpr std::size_t kLongEnoughForOneEdit = 4, kLongEnoughForTwoEdits = 8;

// Below this a row says too little of the unit.
constexpr int kDefensibleScore = 60;

// An error in the name must be outweighed by what else the row says, and a name
// that fits nothing leaves the code, which can only tell a unit of the day.
bool IsDefensible(const RowMatch& match) {
  if (!match.named && match.code == Agreement::kYes && match.current) return true;
  if (match.score < kDefensibleScore) return false;
  if (!match.stage) return match.code == Agreement::kYes && match.current;
  if (*match.stage < Stage::kEditDistance1) return true;
  return match.code == Agreement::kYes || match.parent == Agreement::kYes ||
         match.parent == Agreement::kAncestor;
}

// "phuong1baoloc" and "phuong2baoloc" are two wards: a number is no typing error.
bool SameNumbers(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    std::string found;
    std::copy_if(text.begin(), text.end(), std::back_inserter(found),
                 [](char c) { return c >= '0' && c <= '9'; });
    return found;
  };
  return digits(a) == digits(b);
}

// What a list writes above a province: zeros, or the country.
bool IsCountry(std::string_view parent) {
  constexpr std::array<std::string_view, 6> kCountry = {"vietnam", "vn",       "chxhcnvietnam",
                                                        "canuoc",  "toanquoc", "trunguong"};
  if (parent.find_first_not_of('0') == std::string_view::npos) return true;
  return std::find(kCountry.begin(), kCountry.end(), SearchKey(parent)) != kCountry.end();
}

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xC2\xA0");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n\xC2\xA0") - first + 1);
}

}  // namespace

std::vector<std::string> PossibleCodes(std::string_view written) {
  written = Trimmed(written);
  if (written.empty() || written.size() > 5 ||
      written.find_first_not_of("0123456789") != std::string_view::npos)
    return {};
  std::vector<std::string> codes;
  for (const std::size_t size : {2u, 3u, 5u})
    if (size >= written.size())
      codes.push_back(std::string(size - written.size(), '0') + std::string(written));
  return codes;
}

RowMatcher::RowMatcher(const RegistryTables& tables, DayNumber at)
    : tables_(tables),
      at_(at),
      key_of_(tables.spells.size()),
      key_of_naming_(tables.namings.size()),
      variants_of_(tables.spells.size()) {
  for (std::uint32_t key = 0; key < tables.keys.size(); ++key) {
    const KeyRow& row = tables.keys[key];
    for (std::uint32_t k = row.first_naming; k < row.first_naming + row.naming_count; ++k) {
      const NamingRow& naming = tables.namings[k];
      key_of_naming_[k] = key;
      if (naming.variant == kNoRow) {
        key_of_[naming.spell] = key;
      } else {
        variants_of_[naming.spell].push_back(k);
      }
    }
  }
}

const RowMatcher::Parent& RowMatcher::ParentOf(std::string_view text) {
  const auto [at, added] = parents_.try_emplace(std::string(text));
  Parent& parent = at->second;
  if (!added) return parent;
  text = Trimmed(text);
  parent.given = !text.empty();
  parent.country = parent.given && IsCountry(text);
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos)
    parent.code = text;
  for (const KeyedReading& reading : Readings(text))
    if (reading.key_row != kNoRow) parent.names.emplace_back(reading.types, reading.key_row);
  return parent;
}

bool RowMatcher::IsParent(const Parent& parent, std::uint32_t spell) const {
  const SpellRow& row = tables_.spells[spell];
  if (!parent.code.empty() && CodeText(row.code) == parent.code) return true;
  return std::any_of(parent.names.begin(), parent.names.end(), [&](const auto& name) {
    const auto& [types, key] = name;
    if (types != 0 && (types & SetOf(static_cast<UnitType>(row.type))) == 0) return false;
    if (key_of_[spell] == key) return true;
    const KeyRow& found = tables_.keys[key];
    return std::any_of(
        variants_of_[spell].begin(), variants_of_[spell].end(), [&](std::uint32_t naming) {
          return naming >= found.first_naming && naming < found.first_naming + found.naming_count;
        });
  });
}

Agreement RowMatcher::CompareParent(const Parent& parent, std::uint32_t spell) const {
  if (!parent.given) return Agreement::kNotGiven;
  const SpellRow& row = tables_.spells[spell];
  const DayNumber day = std::clamp(at_, row.valid_from, row.valid_to - 1);
  const std::uint32_t direct = tables_.ParentOf(spell, day);
  if (direct == kNoRow) return parent.country ? Agreement::kNotGiven : Agreement::kNo;
  if (IsParent(parent, direct)) return Agreement::kYes;
  const std::uint32_t above = tables_.ParentOf(direct, day);
  if (above != kNoRow && IsParent(parent, above)) return Agreement::kAncestor;
  return IsParentOfSuccessor(parent, spell) ? Agreement::kAncestor : Agreement::kNo;
}

bool RowMatcher::IsParentOfSuccessor(const Parent& parent, std::uint32_t spell) const {
  const DayNumber end = tables_.spells[spell].valid_to;
  if (end > at_) return false;
  const auto successors = TraceEnds(tables_, spell, end - 1, at_, true);
  return std::any_of(successors.begin(), successors.end(), [&](std::uint32_t successor) {
    const std::uint32_t above = tables_.ParentOf(successor, at_);
    return above != kNoRow && IsParent(parent, above);
  });
}

// The name of the province that a short name stands for, as the resolver knows it: "HCM".
std::string_view RowMatcher::LongName(std::string_view search_key) const {
  std::string letters(search_key);
  std::replace(letters.begin(), letters.end(), 'y', 'i');
  const std::uint64_t hash = HashOf(letters).hash;
  const std::uint32_t key = tables_.names.Find(hash, MixHash(hash));
  if (key == kNoKey) return {};
  for (const AliasRow& alias : tables_.names.Aliases(key))
    for (const NameRow& naming : tables_.names.Namings(alias.key))
      if (tables_.spells[naming.spell].parent == kNoRow) return tables_.NameOf(naming.spell);
  return {};
}

std::vector<RowMatcher::KeyedReading> RowMatcher::Readings(std::string_view name) const {
  std::vector<KeyedReading> readings;
  for (const NameReading& reading : ReadName(name)) {
    KeyedReading keyed{reading, SearchKey(reading.name)};
    keyed.key_row = tables_.FindKey(keyed.key);
    // A unit's own name stands for it before it is short for another: Phường Sài Gòn.
    const std::string_view meant =
        keyed.key_row == kNoRow ? LongName(keyed.key) : std::string_view();
    if (!meant.empty()) {
      keyed.name = meant;
      keyed.key = SearchKey(meant);
      keyed.key_row = tables_.FindKey(keyed.key);
      keyed.stage = Stage::kAbbreviation;
    }
    readings.push_back(std::move(keyed));
  }
  return readings;
}

// StageBetween, which is an edit distance wherever the search keys differ.
std::optional<Stage> RowMatcher::StageOf(const KeyedReading& reading, std::string_view name,
                                         std::uint32_t key_row) const {
  if (reading.name == name) return Stage::kExact;
  if (reading.key_row == key_row) return StageBetween(reading.name, name);
  const std::string_view key = tables_.dataset.text(tables_.keys[key_row].key);
  switch (EditDistance(reading.key, key, 2)) {
    case 1:
      return SameNumbers(reading.key, key) ? std::optional(Stage::kEditDistance1) : std::nullopt;
    case 2:
      return SameNumbers(reading.key, key) ? std::optional(Stage::kEditDistance2) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<Stage> RowMatcher::NameStage(const KeyedReading& reading, std::uint32_t spell) const {
  std::optional<Stage> best = StageOf(reading, tables_.NameOf(spell), key_of_[spell]);
  if (best && *best < Stage::kListedVariant) return best;
  for (const std::uint32_t naming : variants_of_[spell]) {
    const auto stage =
        StageOf(reading, tables_.Written(tables_.namings[naming]), key_of_naming_[naming]);
    if (!stage) continue;
    const Stage listed = std::max(*stage, Stage::kListedVariant);
    if (!best || listed < *best) best = listed;
  }
  return best;
}

RowMatch RowMatcher::Weigh(const CatalogueRow& row, const std::vector<KeyedReading>& readings,
                           const Parent& parent, std::uint32_t spell) const {
  const SpellRow& unit = tables_.spells[spell];
  RowMatch match;
  match.spell = spell;
  match.current = tables_.Covers(spell, at_);
  match.named = !readings.empty();
  int best = 0;
  for (const KeyedReading& reading : readings) {
    const auto stage = NameStage(reading, spell);
    if (!stage) continue;
    const bool has_type = reading.types != 0;
    const bool same_type = (reading.types & SetOf(static_cast<UnitType>(unit.type))) != 0;
    const int score = kNameScore[static_cast<int>(*stage)] + (!has_type   ? 0
                                                              : same_type ? kTypeScore
                                                                          : kOtherTypeScore);
    if (match.stage && score <= best) continue;
    best = score;
    match.stage = std::max(*stage, reading.stage);
    match.type = !has_type ? Agreement::kNotGiven : same_type ? Agreement::kYes : Agreement::kNo;
  }
  match.score = best + (match.current ? kCurrentScore : 0);
  const std::string_view code = Trimmed(row.code);
  if (!code.empty()) {
    match.code = code == CodeText(unit.code) ? Agreement::kYes : Agreement::kNo;
    const auto possible = PossibleCodes(code);
    if (std::find(possible.begin(), possible.end(), CodeText(unit.code)) != possible.end()) {
      match.score += kCodeScore - (match.code == Agreement::kYes ? 0 : 5);
      if (match.code == Agreement::kYes && match.stage == Stage::kExact &&
          match.type == Agreement::kYes)
        match.score += kOwnSpellingScore;
    } else if (match.type != Agreement::kYes && code.size() != CodeText(unit.code).size()) {
      match.score += kOtherLevelScore;
    }
  }
  const bool is_province = unit.parent == kNoRow;
  match.parent = CompareParent(parent, spell);
  switch (match.parent) {
    case Agreement::kYes:
      match.score += kParentScore;
      break;
    case Agreement::kAncestor:
      match.score += kAncestorScore;
      break;
    case Agreement::kNo:
      match.score += is_province ? kOtherLevelScore : kOtherParentScore;
      break;
    case Agreement::kNotGiven:  // a row without a parent rather means a province
      if (is_province) match.score += kNoParentScore;
      break;
  }
  return match;
}

void RowMatcher::AddByName(const std::vector<KeyedReading>& readings,
                           std::vector<std::uint32_t>& spells) const {
  for (const KeyedReading& reading : readings) {
    if (reading.key_row == kNoRow) continue;
    const KeyRow& row = tables_.keys[reading.key_row];
    for (std::uint32_t k = row.first_naming; k < row.first_naming + row.naming_count; ++k)
      spells.push_back(tables_.namings[k].spell);
  }
}

void RowMatcher::AddByCode(std::string_view code, std::vector<std::uint32_t>& spells) const {
  for (const std::string& possible : PossibleCodes(code)) {
    const std::uint32_t row = tables_.FindCode(possible);
    if (row == kNoRow) continue;
    for (std::uint32_t k = 0; k < tables_.codes[row].spell_count; ++k)
      spells.push_back(tables_.codes[row].first_spell + k);
  }
}

void RowMatcher::AddNear(const std::vector<KeyedReading>& readings,
                         std::vector<std::uint32_t>& spells) const {
  for (const KeyedReading& reading : readings) {
    const std::string& wanted = reading.key;
    if (wanted.size() < kLongEnoughForOneEdit) continue;
    const int limit = wanted.size() < kLongEnoughForTwoEdits ? 1 : 2;
    for (const KeyRow& row : tables_.keys) {
      if (row.key.size + limit < wanted.size() || row.key.size > wanted.size() + limit) continue;
      if (EditDistance(wanted, tables_.dataset.text(row.key), limit) > limit) continue;
      for (std::uint32_t k = row.first_naming; k < row.first_naming + row.naming_count; ++k)
        if (tables_.Covers(tables_.namings[k].spell, at_))
          spells.push_back(tables_.namings[k].spell);
    }
  }
}

std::optional<RowMatch> RowMatcher::FaultlessMatch(const CatalogueRow& row) {
  const std::uint32_t code = tables_.FindCode(row.code);
  const std::uint32_t spell = code == kNoRow ? kNoRow : tables_.SpellOn(code, at_);
  if (spell == kNoRow) return std::nullopt;
  const std::string_view name = tables_.NameOf(spell);
  const std::string_view type = TypeName(static_cast<UnitType>(tables_.spells[spell].type));
  const bool full = row.name.size() == type.size() + 1 + name.size() && row.name.ends_with(name) &&
                    row.name.starts_with(type) && row.name[type.size()] == ' ';
  if (!full) return std::nullopt;
  RowMatch match;
  match.spell = spell;
  match.stage = Stage::kExact;
  match.code = match.type = Agreement::kYes;
  match.current = match.named = true;
  match.score = kFaultlessScore;
  if (Trimmed(row.parent).empty()) return match;
  match.parent = CompareParent(ParentOf(row.parent), spell);
  if (match.parent == Agreement::kNo) return std::nullopt;
  return match;
}

std::vector<RowMatch> RowMatcher::WeighAll(const CatalogueRow& row,
                                           const std::vector<KeyedReading>& readings,
                                           std::vector<std::uint32_t> spells) {
  std::sort(spells.begin(), spells.end());
  spells.erase(std::unique(spells.begin(), spells.end()), spells.end());
  const Parent& parent = ParentOf(row.parent);
  std::vector<RowMatch> matches;
  for (const std::uint32_t spell : spells) {
    RowMatch match = Weigh(row, readings, parent, spell);
    if (IsDefensible(match)) matches.push_back(match);
  }
  std::stable_sort(matches.begin(), matches.end(), [&](const RowMatch& a, const RowMatch& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.current != b.current) return a.current;
    return tables_.spells[a.spell].valid_from > tables_.spells[b.spell].valid_from;
  });
  // Of several spells of one unit the best is enough.
  std::vector<std::uint32_t> seen;
  std::erase_if(matches, [&](const RowMatch& match) {
    const std::uint32_t identity = tables_.spells[match.spell].identity;
    if (std::find(seen.begin(), seen.end(), identity) != seen.end()) return true;
    seen.push_back(identity);
    return false;
  });
  return matches;
}

std::vector<RowMatch> RowMatcher::Match(const CatalogueRow& row) {
  if (const auto faultless = FaultlessMatch(row)) return {*faultless};
  const std::vector<KeyedReading> readings = Readings(row.name);
  std::vector<std::uint32_t> spells;
  AddByName(readings, spells);
  AddByCode(row.code, spells);
  std::vector<RowMatch> matches = WeighAll(row, readings, spells);
  const bool found = std::any_of(matches.begin(), matches.end(), [&](const RowMatch& match) {
    if (!match.stage) return false;
    const bool is_province = tables_.spells[match.spell].parent == kNoRow;
    if (match.parent != Agreement::kNo || is_province) return true;
    // Code and full name of one unit: the parent is wrong, not both of them.
    return match.code == Agreement::kYes && match.type == Agreement::kYes &&
           match.stage == Stage::kExact;
  });
  if (found || readings.empty()) return matches;
  AddNear(readings, spells);
  return WeighAll(row, readings, std::move(spells));
}

}  // namespace motcua
