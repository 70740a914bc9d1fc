// Spells and spellings: history/spells.tsv, units_2025.tsv, changes_after_2025.tsv,
// units_2024.tsv and names_variants.tsv.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/text/folding.h"
#include "units_facts.h"

namespace motcua {
namespace {

const std::int32_t kSwitch = ToNumber(CivilDay(2025, 7, 1));

absl::StatusOr<std::int32_t> DayIn(const Tsv::Row& row, std::string_view column) {
  const auto day = ParseDay(row[column], column);
  if (!day.ok()) return row.Refuse(column, "a date, YYYY-MM-DD");
  return ToNumber(*day);
}

// Code, level, type, name and parent, which every file of units has.
absl::StatusOr<SpellFact> UnitIn(const Tsv::Row& row) {
  SpellFact fact;
  fact.code = row["code"];
  const auto level = ParseLevel(row["level"]);
  if (!level) return row.Refuse("level", "province, district or commune");
  const std::size_t digits = *level == Level::kProvince ? 2 : *level == Level::kDistrict ? 3 : 5;
  if (fact.code.size() != digits || fact.code.find_first_not_of("0123456789") != std::string::npos)
    return row.Refuse("code", "as many digits as the level has");
  const auto type = ParseType(row["type_vi"]);
  if (!type) return row.Refuse("type_vi", "the type of a unit");
  if (row["name_vi"].empty()) return row.Refuse("name_vi", "a name");
  if (row["parent_code"].empty() != (*level == Level::kProvince))
    return row.Refuse("parent_code", "the code of a parent, but none for a province");
  fact.level = *level;
  fact.type = *type;
  fact.name = row["name_vi"];
  fact.parent = row["parent_code"];
  return fact;
}

absl::Status ReadHistory(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/history/spells.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/history/spells.tsv", text,
                                     {"code", "level", "type_vi", "name_vi", "parent_code",
                                      "valid_from", "valid_to", "from_decree", "to_decree"}));
  for (const Tsv::Row& row : table.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(SpellFact fact, UnitIn(row));
    MOTCUA_ASSIGN_OR_RETURN(fact.valid_from, DayIn(row, "valid_from"));
    MOTCUA_ASSIGN_OR_RETURN(fact.valid_to, DayIn(row, "valid_to"));
    if (fact.valid_to <= fact.valid_from || fact.valid_to > kSwitch)
      return row.Refuse("valid_to", "a day after valid_from, not after 2025-07-01");
    fact.from_act = row["from_decree"];
    fact.to_act = row["to_decree"];
    facts.spells.push_back(std::move(fact));
  }
  return absl::OkStatus();
}

// An empty cell is 0; else a number, times `scale`, rounded.
absl::StatusOr<std::uint32_t> MeasureIn(const Tsv::Row& row, std::string_view column,
                                        double scale) {
  const std::string_view cell = row[column];
  if (cell.empty()) return 0u;
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size() || value <= 0 || value > 1e8)
    return row.Refuse(column, "a positive number, or nothing");
  return static_cast<std::uint32_t>(std::lround(value * scale));
}

absl::Status ReadUnitsOf2025(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/units_2025.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/units_2025.tsv", text,
                                     {"code", "level", "type_vi", "name_vi", "parent_code",
                                      "valid_from", "resolution", "area_km2", "population"}));
  for (const Tsv::Row& row : table.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(SpellFact fact, UnitIn(row));
    MOTCUA_ASSIGN_OR_RETURN(fact.valid_from, DayIn(row, "valid_from"));
    if (fact.valid_from != kSwitch) return row.Refuse("valid_from", "2025-07-01");
    fact.from_act = row["resolution"];
    MOTCUA_ASSIGN_OR_RETURN(fact.area_hectares, MeasureIn(row, "area_km2", 100));
    MOTCUA_ASSIGN_OR_RETURN(fact.population, MeasureIn(row, "population", 1));
    facts.spells.push_back(std::move(fact));
  }
  return absl::OkStatus();
}

// Cuts the open spell of a retyped unit in two. "Xã Kép" -> "Phường Kép".
absl::Status Retype(const Tsv::Row& row, std::int32_t date, UnitsFacts& facts) {
  const auto open = std::find_if(facts.spells.begin(), facts.spells.end(), [&](const auto& fact) {
    return fact.code == row["code"] && fact.valid_to == kOpenEnd && fact.valid_from < date;
  });
  if (open == facts.spells.end()) return row.Refuse("code", "a unit that stood before the change");
  const auto full_name = [&](UnitType type) {
    return std::string(TypeName(type)) + " " + open->name;
  };
  if (row["old"] != full_name(open->type)) return row.Refuse("old", full_name(open->type));
  SpellFact next = *open;
  for (int type = 1; type <= 9; ++type)
    if (row["new"] == full_name(static_cast<UnitType>(type)))
      next.type = static_cast<UnitType>(type);
  if (next.type == open->type) return row.Refuse("new", "another type before the same name");
  next.valid_from = date;
  next.from_act = row["resolution"];
  open->valid_to = date;
  open->to_act = next.from_act;
  facts.spells.push_back(std::move(next));
  return absl::OkStatus();
}

absl::Status ReadChangesAfter2025(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/changes_after_2025.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/changes_after_2025.tsv", text,
                                     {"date", "code", "kind", "old", "new", "resolution"}));
  for (const Tsv::Row& row : table.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(const std::int32_t date, DayIn(row, "date"));
    if (row["kind"] == "catalogue_correction") continue;  // a published list erred, not the law
    if (row["kind"] != "retype") return row.Refuse("kind", "retype or catalogue_correction");
    MOTCUA_RETURN_IF_ERROR(Retype(row, date, facts));
  }
  return absl::OkStatus();
}

absl::Status IndexSpells(UnitsFacts& facts) {
  std::sort(facts.spells.begin(), facts.spells.end(), [](const SpellFact& a, const SpellFact& b) {
    if (a.code.size() != b.code.size()) return a.code.size() < b.code.size();
    return a.code != b.code ? a.code < b.code : a.valid_from < b.valid_from;
  });
  for (std::uint32_t i = 0; i < facts.spells.size(); ++i) {
    const SpellFact& fact = facts.spells[i];
    if (i > 0 && facts.spells[i - 1].code == fact.code &&
        facts.spells[i - 1].valid_to > fact.valid_from)
      return Error(Reason::kMalformedData, "units: code", fact.code, "spells that do not overlap");
    facts.by_code[fact.code].push_back(i);
  }
  for (const SpellFact& fact : facts.spells) {
    if (!fact.parent.empty() && facts.SpellOn(fact.parent, fact.valid_from) == kNoRow)
      return Error(Reason::kMalformedData, "units: parent of " + fact.code, fact.parent,
                   "a unit on the day the spell begins");
  }
  return absl::OkStatus();
}

}  // namespace

std::uint32_t UnitsFacts::SpellOn(std::string_view code, std::int32_t day) const {
  const auto at = by_code.find(code);
  if (at == by_code.end()) return kNoRow;
  for (const std::uint32_t spell : at->second)
    if (spells[spell].valid_from <= day && day < spells[spell].valid_to) return spell;
  return kNoRow;
}

absl::Status ReadSpells(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_RETURN_IF_ERROR(ReadHistory(folder, facts));
  MOTCUA_RETURN_IF_ERROR(ReadUnitsOf2025(folder, facts));
  MOTCUA_RETURN_IF_ERROR(ReadChangesAfter2025(folder, facts));
  return IndexSpells(facts);
}

absl::Status ReadVariants(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string of_2024, folder.Read("units/units_2024.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(
      const Tsv units, Tsv::Parse("units/units_2024.tsv", of_2024, {"code", "name_vi", "type_vi"}));
  for (const Tsv::Row& row : units.rows()) {
    // The resolutions' spelling, where the list of the day had another.
    const std::uint32_t spell = facts.SpellOn(row["code"], kSwitch - 1);
    if (spell == kNoRow) return row.Refuse("code", "a unit of 2025-06-30");
    if (facts.spells[spell].name != row["name_vi"])
      facts.variants.push_back({spell, std::string(row["name_vi"])});
  }
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/names_variants.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/names_variants.tsv", text, {"code", "variant", "era"}));
  for (const Tsv::Row& row : table.rows()) {
    const bool old = row["era"] == "2024";
    if (!old && row["era"] != "2025") return row.Refuse("era", "2024 or 2025");
    const std::int32_t day = old ? kSwitch - 1 : kSwitch;
    if (facts.SpellOn(row["code"], day) == kNoRow) return row.Refuse("code", "a unit of that era");
    for (const std::uint32_t spell : facts.by_code.find(row["code"])->second) {
      const bool open = facts.spells[spell].valid_to > day;
      const bool known = std::any_of(
          facts.variants.begin(), facts.variants.end(), [&](const VariantFact& variant) {
            return variant.spell == spell && variant.name == row["variant"];
          });
      if (open && !known && facts.spells[spell].valid_from <= (old ? day : kOpenEnd) &&
          facts.spells[spell].name != row["variant"])
        facts.variants.push_back({spell, std::string(row["variant"])});
    }
  }
  return absl::OkStatus();
}

}  // namespace motcua
