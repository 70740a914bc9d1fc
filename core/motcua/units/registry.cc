#include "motcua/units/registry.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "motcua/base/status.h"
#include "motcua/text/folding.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/registry_tables.h"

namespace motcua {
namespace {

absl::Status CheckOrder(CivilDay since, CivilDay until) {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(since, "since"));
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(until, "until"));
  if (since <= until) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, "until", ToString(until),
               "a day not before since, " + ToString(since));
}

bool IsCode(std::string_view code) {
  return (code.size() == 2 || code.size() == 3 || code.size() == 5) &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Successors of the codes of a call, each traced once.
class Translator {
 public:
  Translator(const RegistryTables& tables, CivilDay since, CivilDay until)
      : tables_(tables), since_(since), until_(until), slots_(kSlots, kUntried) {}

  // The codes that `code` became; nothing if it is no unit's.
  const std::vector<std::array<char, 5>>* Of(std::string_view code) {
    const std::size_t slot = SlotOf(code);
    if (slot == kSlots) return nullptr;
    if (slots_[slot] == kUntried) slots_[slot] = Trace(code);
    return slots_[slot] == kNone ? nullptr : &found_[slots_[slot]];
  }

 private:
  static constexpr std::size_t kSlots = 101100;  // 100 provinces, 1,000 districts, 100,000 communes
  static constexpr std::uint32_t kUntried = kNoRow, kNone = kNoRow - 1;

  static std::size_t SlotOf(std::string_view code) {
    std::size_t number = 0;
    for (const char c : code) {
      if (c < '0' || c > '9') return kSlots;
      number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    switch (code.size()) {
      case 5:
        return number;
      case 3:
        return 100000 + number;
      case 2:
        return 101000 + number;
      default:
        return kSlots;
    }
  }

  std::uint32_t Trace(std::string_view code) {
    const std::uint32_t row = tables_.FindCode(code);
    const std::uint32_t spell = row == kNoRow ? kNoRow : tables_.SpellOn(row, ToNumber(since_));
    if (spell == kNoRow) return kNone;
    std::vector<std::array<char, 5>> codes;
    for (const SuccessionEdge& edge : motcua::Trace(tables_, spell, since_, until_, true).edges) {
      std::array<char, 5> text{};
      std::copy_n(edge.unit.code().begin(), edge.unit.code().size(), text.begin());
      codes.push_back(text);
    }
    found_.push_back(std::move(codes));
    return static_cast<std::uint32_t>(found_.size() - 1);
  }

  const RegistryTables& tables_;
  const CivilDay since_;
  const CivilDay until_;
  std::vector<std::uint32_t> slots_;
  std::vector<std::vector<std::array<char, 5>>> found_;
};

}  // namespace

absl::StatusOr<Registry> Registry::National(const Dataset& dataset) {
  MOTCUA_ASSIGN_OR_RETURN(auto tables, RegistryTables::Open(dataset));
  return Registry(std::move(tables));
}

absl::Status Registry::CheckDay(CivilDay day, std::string_view field) {
  if (day >= first_day() && day < CivilDay(10000)) return absl::OkStatus();
  return Error(Reason::kOutsideCoverage, field, ToString(day),
               "a day from " + ToString(first_day()) + " on");
}

std::string_view Registry::dataset_version() const { return tables_->dataset.version(); }

absl::StatusOr<std::uint32_t> Registry::FindSpell(std::string_view code, CivilDay at) const {
  MOTCUA_RETURN_IF_ERROR(CheckDay(at, "at"));
  if (!IsCode(code)) {
    return Error(Reason::kInvalidArgument, "code", code,
                 "2 digits (province), 3 (district) or 5 (commune)");
  }
  const std::uint32_t row = tables_->FindCode(code);
  const std::uint32_t spell = row == kNoRow ? kNoRow : tables_->SpellOn(row, ToNumber(at));
  if (spell == kNoRow)
    return Error(Reason::kUnknownUnit, "code", code, "the code of a unit on " + ToString(at));
  return spell;
}

absl::StatusOr<Unit> Registry::Find(std::string_view code, CivilDay at) const {
  MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t spell, FindSpell(code, at));
  return tables_->UnitOf(spell, at);
}

absl::StatusOr<std::vector<Unit>> Registry::Units(CivilDay at, std::optional<Level> level,
                                                  std::optional<std::string_view> parent) const {
  MOTCUA_RETURN_IF_ERROR(CheckDay(at, "at"));
  std::uint32_t parent_code = kNoRow;
  if (parent) {
    MOTCUA_RETURN_IF_ERROR(FindSpell(*parent, at).status());
    parent_code = tables_->FindCode(*parent);
  }
  std::vector<Unit> units;
  for (std::uint32_t spell = 0; spell < tables_->spells.size(); ++spell) {
    const SpellRow& row = tables_->spells[spell];
    if (!tables_->Covers(spell, ToNumber(at))) continue;
    if (level && row.level != static_cast<std::uint8_t>(*level)) continue;
    if (parent && row.parent != parent_code) continue;
    units.push_back(tables_->UnitOf(spell, at));
  }
  return units;
}

absl::StatusOr<std::vector<Unit>> Registry::Named(std::string_view name, CivilDay at) const {
  MOTCUA_RETURN_IF_ERROR(CheckDay(at, "at"));
  MOTCUA_RETURN_IF_ERROR(ValidateText(name, "name"));
  const std::string wanted = SearchKey(name);
  std::vector<Unit> units;
  const auto collect = [&](std::string_view key, std::optional<UnitType> type) {
    const std::uint32_t row = tables_->FindKey(key);
    if (row == kNoRow) return;
    const KeyRow& found = tables_->keys[row];
    for (const NamingRow& naming :
         tables_->namings.subspan(found.first_naming, found.naming_count)) {
      if (!tables_->Covers(naming.spell, ToNumber(at))) continue;
      if (type && tables_->spells[naming.spell].type != static_cast<std::uint8_t>(*type)) continue;
      units.push_back(tables_->UnitOf(naming.spell, at));
    }
  };
  collect(wanted, std::nullopt);
  for (int type = 1; type <= 9; ++type) {
    const std::string word = SearchKey(TypeName(static_cast<UnitType>(type)));
    if (wanted.size() > word.size() && wanted.starts_with(word))
      collect(std::string_view(wanted).substr(word.size()), static_cast<UnitType>(type));
  }
  std::sort(units.begin(), units.end(),
            [](const Unit& a, const Unit& b) { return a.spell() < b.spell(); });
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

absl::StatusOr<Succession> Registry::Successors(std::string_view code, CivilDay since,
                                                CivilDay until) const {
  MOTCUA_RETURN_IF_ERROR(CheckOrder(since, until));
  MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t spell, FindSpell(code, since));
  return Trace(*tables_, spell, since, until, true);
}

absl::StatusOr<Succession> Registry::Predecessors(std::string_view code, CivilDay until,
                                                  CivilDay since) const {
  MOTCUA_RETURN_IF_ERROR(CheckOrder(since, until));
  MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t spell, FindSpell(code, until));
  return Trace(*tables_, spell, until, since, false);
}

absl::StatusOr<Translation> Registry::Translate(const char* codes, std::size_t count,
                                                std::size_t stride, CivilDay since,
                                                CivilDay until) const {
  MOTCUA_RETURN_IF_ERROR(CheckOrder(since, until));
  Translator translator(*tables_, since, until);
  Translation result;
  result.offsets.reserve(count + 1);
  result.codes.reserve(count);
  result.offsets.push_back(0);
  for (std::size_t i = 0; i < count; ++i) {
    const char* code = codes + i * stride;
    if (const auto* found = translator.Of({code, strnlen(code, stride)})) {
      result.codes.insert(result.codes.end(), found->begin(), found->end());
    } else {
      result.unknown.push_back(i);
    }
    result.offsets.push_back(static_cast<std::int64_t>(result.codes.size()));
  }
  return result;
}

}  // namespace motcua
