#include "motcua/units/registry.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/identifiers/unit_code.h"
#include "motcua/text/folding.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/registry_tables.h"

namespace motcua {
absl::StatusOr<Registry> Registry::National(const Dataset& dataset) {
  MOTCUA_ASSIGN_OR_RETURN(auto tables, RegistryTables::Open(dataset));
  return Registry(std::move(tables));
}

absl::Status Registry::CheckDay(CivilDay day, std::string_view field) {
  if (day >= first_day() && day < CivilDay(10000)) return absl::OkStatus();
  return Error(Reason::kOutsideCoverage, field, ToString(day),
               "a day from " + ToString(first_day()) + " on");
}

absl::Status Registry::CheckOrder(CivilDay since, CivilDay until) {
  MOTCUA_RETURN_IF_ERROR(CheckDay(since, "since"));
  MOTCUA_RETURN_IF_ERROR(CheckDay(until, "until"));
  if (since <= until) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, "until", ToString(until),
               "a day not before since, " + ToString(since));
}

std::string_view Registry::dataset_version() const { return tables_->dataset.version(); }

absl::StatusOr<std::uint32_t> Registry::FindSpell(std::string_view code, CivilDay at) const {
  MOTCUA_RETURN_IF_ERROR(CheckDay(at, "at"));
  MOTCUA_RETURN_IF_ERROR(UnitCodeDigits(code).status());
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

std::vector<Unit> Registry::Spells() const {
  std::vector<Unit> units;
  units.reserve(tables_->spells.size());
  for (std::uint32_t spell = 0; spell < tables_->spells.size(); ++spell) {
    units.push_back(tables_->UnitOf(spell, DayFrom(tables_->spells[spell].valid_from)));
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

}  // namespace motcua
