#include "motcua/units/registry_tables.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "motcua/base/status.h"

namespace motcua {
namespace {

absl::Status Malformed(std::string_view table, std::size_t row, std::string_view expected) {
  return Error(Reason::kMalformedData, table, "row " + std::to_string(row), expected);
}

// Shorter codes first, then by digits: the order of units.codes.
bool CodeLess(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// What a calendar can still write; a spell outside is damage.
const DayNumber kFirstDay = ToNumber(CivilDay(1900)), kLastDay = ToNumber(CivilDay(9999));

// Digits of a code of each level.
std::size_t CodeSize(std::uint8_t level) { return level == 1 ? 2 : level == 2 ? 3 : 5; }

// Digits, then nothing but padding.
bool IsWholeCode(const UnitCode& code) {
  const std::string_view text = CodeText(code);
  return text.size() < code.size() &&
         text.find_first_not_of("0123456789") == std::string_view::npos &&
         std::all_of(code.begin() + text.size(), code.end(), [](char c) { return c == '\0'; });
}

auto Order(const EdgeRow& row) { return std::tie(row.from, row.day, row.to); }

// That offsets rise from 0 to `total`, one a spell and one more.
absl::Status CheckOffsets(std::span<const std::uint32_t> offsets, std::size_t spells,
                          std::size_t total, std::string_view table) {
  if (offsets.size() != spells + 1 || offsets.front() != 0 || offsets.back() != total ||
      !std::is_sorted(offsets.begin(), offsets.end()))
    return Malformed(table, offsets.size(), "rising offsets, one a spell and one more");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const RegistryTables>> RegistryTables::Open(const Dataset& dataset) {
  auto tables = std::make_shared<RegistryTables>(dataset);
  tables->spells = dataset.table<SpellRow>("units.spells");
  tables->codes = dataset.table<CodeRow>("units.codes");
  tables->acts = dataset.table<ActRow>("units.acts");
  tables->edges = dataset.table<EdgeRow>("units.edges");
  tables->edges_from = dataset.table<std::uint32_t>("units.edges_from");
  tables->edges_to = dataset.table<std::uint32_t>("units.edges_to");
  tables->arrivals = dataset.table<std::uint32_t>("units.arrivals");
  tables->answers = dataset.table<AnswerRow>("units.answers");
  tables->keys = dataset.table<KeyRow>("units.keys");
  tables->namings = dataset.table<NamingRow>("units.namings");
  tables->variants = dataset.table<VariantRow>("units.variants");
  tables->measures = dataset.table<MeasureRow>("units.measures");
  MOTCUA_RETURN_IF_ERROR(tables->Check());
  MOTCUA_RETURN_IF_ERROR(tables->names.Open(dataset, tables->spells.size(), tables->codes.size(),
                                            tables->variants.size()));
  return tables;
}

absl::Status RegistryTables::Check() const {
  MOTCUA_RETURN_IF_ERROR(CheckSpells());
  MOTCUA_RETURN_IF_ERROR(CheckCodes());
  MOTCUA_RETURN_IF_ERROR(CheckEdges());
  return CheckNames();
}

absl::Status RegistryTables::CheckSpells() const {
  if (spells.empty()) return Malformed("units.spells", 0, "at least one spell of a unit");
  const auto act_ok = [&](std::uint16_t act) { return act == kNoAct || act < acts.size(); };
  for (std::size_t i = 0; i < acts.size(); ++i)
    if (!dataset.HasText(acts[i].name)) return Malformed("units.acts", i, "a name");
  for (std::size_t i = 0; i < spells.size(); ++i) {
    const SpellRow& row = spells[i];
    if (row.level < 1 || row.level > 3 || row.type < 1 || row.type > 9 ||
        row.valid_from >= row.valid_to || row.valid_from < kFirstDay ||
        (row.valid_to != kOpenEnd && row.valid_to > kLastDay) || row.identity >= spells.size() ||
        (row.parent == kNoRow) != (row.level == 1) ||
        (row.parent != kNoRow && row.parent >= codes.size()) || !act_ok(row.from_act) ||
        !act_ok(row.to_act) || row.name.size == 0 || !dataset.HasText(row.name))
      return Malformed("units.spells", i, "a level, a type, an interval and rows that exist");
  }
  for (std::size_t i = 0; i < measures.size(); ++i)
    if (measures[i].spell >= spells.size() || (i > 0 && measures[i].spell <= measures[i - 1].spell))
      return Malformed("units.measures", i, "spells in order");
  return absl::OkStatus();
}

absl::Status RegistryTables::CheckCodes() const {
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::string_view code = CodeText(codes[i].code);
    if (codes[i].first_spell != next || codes[i].spell_count == 0 ||
        codes[i].spell_count > spells.size() - next || !IsWholeCode(codes[i].code) ||
        (i > 0 && !CodeLess(CodeText(codes[i - 1].code), code)))
      return Malformed("units.codes", i, "codes in order, each with its spells");
    for (; next < codes[i].first_spell + codes[i].spell_count; ++next) {
      const SpellRow& row = spells[next];
      const bool follows =
          next == codes[i].first_spell || row.valid_from >= spells[next - 1].valid_to;
      if (row.code != codes[i].code || code.size() != CodeSize(row.level) || !follows)
        return Malformed("units.spells", next, "spells of one code, one after the other");
      // A parent is of a higher level, so that no way upwards turns back.
      if (row.parent != kNoRow && CodeText(codes[row.parent].code).size() >= code.size())
        return Malformed("units.spells", next, "a parent of a higher level");
    }
  }
  if (next != spells.size()) return Malformed("units.codes", codes.size(), "a code a spell");
  return absl::OkStatus();
}

absl::Status RegistryTables::CheckEdges() const {
  MOTCUA_RETURN_IF_ERROR(CheckOffsets(edges_from, spells.size(), edges.size(), "units.edges_from"));
  MOTCUA_RETURN_IF_ERROR(CheckOffsets(edges_to, spells.size(), edges.size(), "units.edges_to"));
  if (arrivals.size() != edges.size())
    return Malformed("units.arrivals", arrivals.size(), "one an edge");
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const EdgeRow& row = edges[i];
    // `from` is valid the day before: every way leads on, so that every walk ends.
    if (row.from >= spells.size() || row.to >= spells.size() ||
        (row.act != kNoAct && row.act >= acts.size()) || row.day == kOpenEnd ||
        row.day <= spells[row.from].valid_from || row.day > spells[row.from].valid_to ||
        !Covers(row.to, row.day) || row.extent > 2 || row.moved > 6 ||
        row.flags > (kSameUnit | kRenamed | kInPart))
      return Malformed("units.edges", i,
                       "a successor valid on the day, a predecessor the day before");
    if (i > 0 && Order(edges[i - 1]) >= Order(row))
      return Malformed("units.edges", i, "edges by from, day, to");
  }
  for (std::uint32_t spell = 0; spell < spells.size(); ++spell) {
    for (const EdgeRow& edge : EdgesFrom(spell)) {
      if (edge.from != spell) return Malformed("units.edges_from", spell, "edges of the spell");
      MOTCUA_RETURN_IF_ERROR(CheckUnitGoesOn(edge));
    }
    for (const std::uint32_t row : ArrivalsAt(spell))
      if (row >= edges.size() || edges[row].to != spell)
        return Malformed("units.arrivals", spell, "edges to the spell");
  }
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (answers[i].district >= spells.size() || answers[i].province >= spells.size() ||
        spells[answers[i].district].level != 2 || spells[answers[i].province].level != 1 ||
        (i > 0 && answers[i].district <= answers[i - 1].district))
      return Malformed("units.answers", i, "districts in order, each with a province");
  return absl::OkStatus();
}

// A unit that only loses ground goes on in its spell, and in no other.
absl::Status RegistryTables::CheckUnitGoesOn(const EdgeRow& edge) const {
  if (edge.day == spells[edge.from].valid_to) return absl::OkStatus();
  const auto of_day = NextEdges(edge.from, edge.day - 1);
  const bool in_itself = std::any_of(of_day.begin(), of_day.end(),
                                     [](const EdgeRow& other) { return other.to == other.from; });
  if (in_itself && (edge.to == edge.from || (edge.flags & kSameUnit) == 0)) return absl::OkStatus();
  return Malformed("units.edges", static_cast<std::size_t>(&edge - edges.data()),
                   "an edge to itself on a day that the unit outlives");
}

absl::Status RegistryTables::CheckNames() const {
  for (std::size_t i = 0; i < variants.size(); ++i)
    if (variants[i].name.size == 0 || !dataset.HasText(variants[i].name))
      return Malformed("units.variants", i, "a name");
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].first_naming != next || keys[i].naming_count > namings.size() - next ||
        !dataset.HasText(keys[i].key) ||
        (i > 0 && dataset.text(keys[i - 1].key) >= dataset.text(keys[i].key)))
      return Malformed("units.keys", i, "keys in order, each with its namings");
    next += keys[i].naming_count;
  }
  if (next != namings.size()) return Malformed("units.keys", keys.size(), "a key a naming");
  for (std::size_t i = 0; i < namings.size(); ++i)
    if (namings[i].spell >= spells.size() ||
        (namings[i].variant != kNoRow && namings[i].variant >= variants.size()))
      return Malformed("units.namings", i, "a spell and a variant");
  return absl::OkStatus();
}

std::span<const EdgeRow> RegistryTables::NextEdges(std::uint32_t spell, DayNumber day) const {
  const auto all = EdgesFrom(spell);
  const auto first =
      std::find_if(all.begin(), all.end(), [&](const EdgeRow& edge) { return edge.day > day; });
  const auto last =
      std::find_if(first, all.end(), [&](const EdgeRow& edge) { return edge.day != first->day; });
  return {first, last};
}

Unit RegistryTables::UnitOf(std::uint32_t spell, CivilDay as_of) const {
  return Unit(shared_from_this(), spell, as_of);
}

Unit RegistryTables::UnitNear(std::uint32_t spell, CivilDay wish) const {
  const SpellRow& row = spells[spell];
  DayNumber day = std::max(ToNumber(wish), row.valid_from);
  if (row.valid_to != kOpenEnd) day = std::min(day, row.valid_to - 1);
  return UnitOf(spell, DayFrom(day));
}

std::uint32_t RegistryTables::FindCode(std::string_view code) const {
  const auto at = std::lower_bound(codes.begin(), codes.end(), code,
                                   [](const CodeRow& row, std::string_view wanted) {
                                     return CodeLess(CodeText(row.code), wanted);
                                   });
  if (at == codes.end() || CodeText(at->code) != code) return kNoRow;
  return static_cast<std::uint32_t>(at - codes.begin());
}

std::uint32_t RegistryTables::SpellOn(std::uint32_t code, DayNumber day) const {
  const CodeRow& row = codes[code];
  for (std::uint32_t spell = row.first_spell; spell < row.first_spell + row.spell_count; ++spell)
    if (Covers(spell, day)) return spell;
  return kNoRow;
}

std::uint32_t RegistryTables::FindKey(std::string_view search_key) const {
  const auto at = std::lower_bound(
      keys.begin(), keys.end(), search_key,
      [&](const KeyRow& row, std::string_view wanted) { return dataset.text(row.key) < wanted; });
  if (at == keys.end() || dataset.text(at->key) != search_key) return kNoRow;
  return static_cast<std::uint32_t>(at - keys.begin());
}

std::uint32_t RegistryTables::AnswerFor(std::uint32_t district_spell) const {
  const auto at = std::lower_bound(
      answers.begin(), answers.end(), district_spell,
      [](const AnswerRow& row, std::uint32_t wanted) { return row.district < wanted; });
  return at == answers.end() || at->district != district_spell ? kNoRow : at->province;
}

}  // namespace motcua
