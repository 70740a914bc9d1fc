// Succession: spells that go on, history/successions.tsv, succession_2025.tsv.
#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/units/succession.h"
#include "units_facts.h"

namespace motcua {
namespace {

const std::int32_t kSwitch = ToNumber(CivilDay(2025, 7, 1));

std::uint8_t Number(Extent extent) { return static_cast<std::uint8_t>(extent); }
std::uint8_t Number(Moved moved) { return static_cast<std::uint8_t>(moved); }

std::optional<Extent> ParseExtent(std::string_view text) {
  for (const Extent extent : {Extent::kWhole, Extent::kPart, Extent::kUnknown})
    if (ExtentName(extent) == text) return extent;
  return std::nullopt;
}

std::optional<Moved> ParseMoved(std::string_view text) {
  for (int moved = 0; moved <= static_cast<int>(Moved::kUnknown); ++moved)
    if (MovedName(static_cast<Moved>(moved)) == text) return static_cast<Moved>(moved);
  return std::nullopt;
}

using CodeAndDay = std::pair<std::string, std::int32_t>;

// The unit of a code is another one from these days on.
absl::StatusOr<std::set<CodeAndDay>> ReadSuccessions(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/history/successions.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table, Tsv::Parse("units/history/successions.tsv", text,
                                                      {"from_code", "to_code", "date", "decree",
                                                       "extent", "evidence"}));
  std::set<CodeAndDay> ended;
  for (const Tsv::Row& row : table.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(const CivilDay date, ParseDay(row["date"]));
    const std::int32_t day = ToNumber(date);
    EdgeFact edge;
    edge.from = facts.SpellOn(row["from_code"], day - 1);
    if (edge.from == kNoRow || facts.spells[edge.from].valid_to != day)
      return row.Refuse("from_code", "a unit that ended on the date");
    ended.insert({std::string(row["from_code"]), day});
    if (row["to_code"].empty()) continue;  // the sources name no successor
    edge.to = facts.SpellOn(row["to_code"], day);
    if (edge.to == kNoRow) return row.Refuse("to_code", "a unit on the date");
    const auto extent = ParseExtent(row["extent"]);
    if (!extent) return row.Refuse("extent", "whole, part or unknown");
    edge.day = day;
    const bool recoded = row["evidence"].starts_with("recode:");
    edge.act = row["decree"];
    edge.extent = Number(*extent);
    edge.moved = Number(recoded                     ? Moved::kUnchanged
                        : *extent == Extent::kWhole ? Moved::kAll
                                                    : Moved::kUnknown);
    edge.flags = recoded ? kSameUnit : 0;
    facts.edges.push_back(std::move(edge));
  }
  return ended;
}

// Days on which the list only respelled a name.
absl::StatusOr<std::set<CodeAndDay>> ReadRespellings(const FactsFolder& folder) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/history/changes.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse("units/history/changes.tsv", text, {"date", "kind", "code"}));
  std::set<CodeAndDay> respelled;
  for (const Tsv::Row& row : table.rows()) {
    if (row["kind"] != "respell") continue;
    MOTCUA_ASSIGN_OR_RETURN(const CivilDay date, ParseDay(row["date"]));
    respelled.insert({std::string(row["code"]), ToNumber(date)});
  }
  return respelled;
}

// A spell whose code goes on the day it ends is followed by the same unit, unless
// the successions say that the code was handed to another.
void AddContinuations(const std::set<CodeAndDay>& ended, const std::set<CodeAndDay>& respelled,
                      UnitsFacts& facts) {
  for (std::uint32_t to = 1; to < facts.spells.size(); ++to) {
    const SpellFact& before = facts.spells[to - 1];
    const SpellFact& after = facts.spells[to];
    if (before.code != after.code || before.valid_to != after.valid_from ||
        after.valid_from == kSwitch || ended.contains({after.code, after.valid_from}))
      continue;
    EdgeFact edge;
    edge.from = to - 1;
    edge.to = to;
    edge.day = after.valid_from;
    edge.act = after.from_act;
    edge.moved = Number(Moved::kUnchanged);
    edge.flags = kSameUnit;
    if (before.name != after.name && !respelled.contains({after.code, after.valid_from}))
      edge.flags |= kRenamed;
    facts.edges.push_back(std::move(edge));
  }
}

// "1.107": article 1, clause 107.
absl::Status ReadClause(const Tsv::Row& row, EdgeFact& edge) {
  const std::string_view clause = row["clause"];
  if (clause.empty()) return absl::OkStatus();
  const char* const end = clause.data() + clause.size();
  const auto [dot, bad_article] = std::from_chars(clause.data(), end, edge.article);
  if (bad_article == std::errc() && dot != end && *dot == '.') {
    const auto [rest, bad_clause] = std::from_chars(dot + 1, end, edge.clause);
    if (bad_clause == std::errc() && rest == end) return absl::OkStatus();
  }
  return row.Refuse("clause", "article.clause");
}

absl::Status ReadReformOf2025(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("units/succession_2025.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table, Tsv::Parse("units/succession_2025.tsv", text,
                                                      {"from_code", "to_code", "extent", "level",
                                                       "resolution", "moved", "clause"}));
  std::map<std::uint32_t, int> predecessors;
  std::vector<EdgeFact> edges;
  for (const Tsv::Row& row : table.rows()) {
    EdgeFact edge;
    edge.from = facts.SpellOn(row["from_code"], kSwitch - 1);
    if (edge.from == kNoRow) return row.Refuse("from_code", "a unit of 2025-06-30");
    edge.to = facts.SpellOn(row["to_code"], kSwitch);
    if (edge.to == kNoRow) return row.Refuse("to_code", "a unit of 2025-07-01");
    if (row["level"] == "district") {
      facts.answers.push_back({edge.from, edge.to});
      continue;
    }
    const auto extent = ParseExtent(row["extent"]);
    if (!extent) return row.Refuse("extent", "whole or part");
    const auto moved = ParseMoved(row["moved"]);
    if (!moved) return row.Refuse("moved", "what moved");
    edge.day = kSwitch;
    edge.act = row["resolution"];
    MOTCUA_RETURN_IF_ERROR(ReadClause(row, edge));
    edge.extent = Number(*extent);
    edge.moved = Number(*moved);
    ++predecessors[edge.to];
    edges.push_back(std::move(edge));
  }
  // A unit goes on if the law left it alone, or if it alone, whole, became one unit
  // of the same level: then it was renamed or retyped.
  for (EdgeFact& edge : edges) {
    const SpellFact& before = facts.spells[edge.from];
    const SpellFact& after = facts.spells[edge.to];
    const bool alone = edge.extent == Number(Extent::kWhole) && predecessors[edge.to] == 1 &&
                       before.level == after.level;
    if (edge.moved == Number(Moved::kUnchanged)) {
      edge.flags = kSameUnit;  // another spelling of it is no renaming
    } else if (alone) {
      edge.flags = kSameUnit | (before.name != after.name ? kRenamed : 0);
    }
  }
  facts.edges.insert(facts.edges.end(), edges.begin(), edges.end());
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadEdges(const FactsFolder& folder, UnitsFacts& facts) {
  MOTCUA_ASSIGN_OR_RETURN(const auto ended, ReadSuccessions(folder, facts));
  MOTCUA_ASSIGN_OR_RETURN(const auto respelled, ReadRespellings(folder));
  AddContinuations(ended, respelled, facts);
  MOTCUA_RETURN_IF_ERROR(ReadReformOf2025(folder, facts));
  AddLostGround(facts);
  std::sort(facts.edges.begin(), facts.edges.end(), [](const EdgeFact& a, const EdgeFact& b) {
    return std::tie(a.from, a.day, a.to) < std::tie(b.from, b.day, b.to);
  });
  std::sort(facts.answers.begin(), facts.answers.end(),
            [](const AnswerRow& a, const AnswerRow& b) { return a.district < b.district; });
  return absl::OkStatus();
}

}  // namespace motcua
