// What the reform of 2025-07-01 must be as a whole: no unit lost, none made of nothing, none
// divided into one part, and each clause that of one unit, as the resolutions number them.
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "facts_folder.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"

namespace motcua {
namespace {

using Rows = std::vector<const Tsv::Row*>;

std::set<std::string_view> Column(const Tsv& table, std::string_view column) {
  std::set<std::string_view> values;
  for (const Tsv::Row& row : table.rows()) values.insert(row[column]);
  return values;
}

absl::Status CheckAll(const Tsv& units, const std::set<std::string_view>& codes,
                      std::string_view expected) {
  for (const Tsv::Row& unit : units.rows())
    if (!codes.contains(unit["code"])) return unit.Refuse("code", expected);
  return absl::OkStatus();
}

// A whole unit has one successor of a level, a part has fellows. An island district became a
// commune, and lies in a province.
absl::Status CheckExtents(const Tsv& reform) {
  std::map<std::pair<std::string_view, std::string_view>, Rows> successors;
  for (const Tsv::Row& row : reform.rows())
    successors[{row["from_code"], row["level"]}].push_back(&row);
  for (const auto& [unit, rows] : successors)
    for (const Tsv::Row* row : rows)
      if (((*row)["extent"] == "whole") != (rows.size() == 1))
        return row->Refuse("extent", rows.size() == 1 ? "whole, as the unit has no other successor"
                                                      : "part, as the unit has other successors");
  return absl::OkStatus();
}

// All new communes of a province are in one resolution.
absl::Status CheckResolutions(const Tsv& reform, const Tsv& after) {
  std::map<std::string_view, std::string_view> province_of, resolution_of;
  for (const Tsv::Row& unit : after.rows()) province_of[unit["code"]] = unit["parent_code"];
  for (const Tsv::Row& row : reform.rows()) {
    if (row["level"] != "commune") continue;
    const auto [at, first] =
        resolution_of.try_emplace(province_of[row["to_code"]], row["resolution"]);
    if (at->second != row["resolution"])
      return row.Refuse("resolution", std::string(at->second) + ", that of the province");
  }
  return absl::OkStatus();
}

// A unit stands in one clause; a clause makes one unit, or lists those left alone.
absl::Status CheckClauses(const Tsv& reform) {
  std::map<std::string_view, const Tsv::Row*> first_of_unit;
  std::map<std::string, const Tsv::Row*> first_of_clause;
  std::map<std::string, std::map<int, const Tsv::Row*>> numbers;  // by resolution and article
  for (const Tsv::Row& row : reform.rows()) {
    if (row["level"] != "commune") continue;
    const std::string_view clause = row["clause"];
    const std::size_t dot = clause.find('.');
    int number = 0;
    if (dot != std::string_view::npos)
      std::from_chars(clause.data() + dot + 1, clause.data() + clause.size(), number);
    if (number < 1) return row.Refuse("clause", "article.clause");
    const Tsv::Row& of_unit = *first_of_unit.try_emplace(row["to_code"], &row).first->second;
    if (of_unit["clause"] != clause)
      return row.Refuse("clause", std::string(of_unit["clause"]) + ", that of the unit in line " +
                                      std::to_string(of_unit.line()));
    const std::string resolution(row["resolution"]);
    const Tsv::Row& of_clause =
        *first_of_clause.try_emplace(resolution + " " + std::string(clause), &row).first->second;
    const bool alone = row["moved"] == "unchanged" && of_clause["moved"] == "unchanged";
    if (of_clause["to_code"] != row["to_code"] && !alone)
      return row.Refuse(
          "clause", "a clause of its own, not that of line " + std::to_string(of_clause.line()));
    numbers[resolution + " " + std::string(clause.substr(0, dot))].try_emplace(number, &row);
  }
  for (const auto& [article, rows] : numbers) {
    int expected = 0;
    for (const auto& [number, row] : rows)
      if (number != ++expected)
        return row->Refuse(
            "clause", "clauses without a gap, but no row has clause " + std::to_string(expected));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckReform(const FactsFolder& folder) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string reform_text, folder.Read("units/succession_2025.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const std::string before_text, folder.Read("units/units_2024.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const std::string after_text, folder.Read("units/units_2025.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv reform, Tsv::Parse("units/succession_2025.tsv", reform_text,
                                                       {"from_code", "to_code", "extent", "level",
                                                        "resolution", "moved", "clause"}));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv before,
                          Tsv::Parse("units/units_2024.tsv", before_text, {"code"}));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv after,
                          Tsv::Parse("units/units_2025.tsv", after_text, {"code", "parent_code"}));
  MOTCUA_RETURN_IF_ERROR(
      CheckAll(before, Column(reform, "from_code"), "a unit with a row in succession_2025.tsv"));
  MOTCUA_RETURN_IF_ERROR(CheckAll(after, Column(reform, "to_code"),
                                  "a unit that a row in succession_2025.tsv leads to"));
  MOTCUA_RETURN_IF_ERROR(CheckExtents(reform));
  MOTCUA_RETURN_IF_ERROR(CheckResolutions(reform, after));
  return CheckClauses(reform);
}

}  // namespace motcua
