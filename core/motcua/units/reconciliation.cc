#include "motcua/units/reconciliation.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "motcua/base/status.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/assignment.h"
#include "motcua/units/row_match.h"

namespace motcua {
namespace {

// Two units whose scores differ by less fit a row equally well.
constexpr int kComparable = 3;

std::string Described(const Unit& unit) {
  std::string text = std::string(unit.code()) + " " + unit.full_name();
  if (const auto parent = unit.parent()) text += ", " + parent->full_name();
  return text;
}

std::string Listed(const std::vector<Unit>& units) {
  std::string text;
  for (const Unit& unit : units) text += (text.empty() ? "" : "; ") + Described(unit);
  return text;
}

// A row may get another unit than its best, if another row has more right to that one and
// this fits nearly as well: not one that only its code names, nor one of another day.
constexpr int kSecondChoice = 40;

bool MayStandFor(const RowMatch& match, const RowMatch& best) {
  return match.current == best.current && match.score > best.score - kSecondChoice;
}

FindingKind KindOf(const RowMatch& match) {
  if (!match.current) return FindingKind::kStale;
  if (match.code == Agreement::kNo) return FindingKind::kCode;
  if (match.parent == Agreement::kNo) return FindingKind::kParent;
  if (match.type == Agreement::kNo) return FindingKind::kType;
  if (match.named && match.stage != Stage::kExact) return FindingKind::kSpelling;
  return FindingKind::kExact;
}

// One run over one catalogue.
class Reconciler {
 public:
  Reconciler(const Registry& registry, std::span<const CatalogueRow> rows, CivilDay at)
      : tables_(registry.tables()),
        rows_(rows),
        at_(at),
        findings_(rows.size()),
        matches_(rows.size()) {}

  void MatchRows() {
    RowMatcher matcher(tables_, ToNumber(at_));
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      findings_[row].row = row;
      matches_[row] = matcher.Match(rows_[row]);
    }
  }

  // All rows together, so that as many as can have a unit that fits them.
  void Assign() {
    std::unordered_map<std::uint32_t, std::uint32_t> column_of;
    std::vector<std::uint32_t> spell_of;
    std::vector<std::vector<Offer>> offers(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (const RowMatch& match : matches_[row]) {
        if (!MayStandFor(match, matches_[row].front())) continue;
        const auto [at, added] = column_of.emplace(match.spell, spell_of.size());
        if (added) spell_of.push_back(match.spell);
        offers[row].push_back({at->second, match.score});
      }
    }
    const Assignment assignment(std::move(offers), spell_of.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const auto column = assignment.ColumnOf(row);
      const bool open = Ties(row) && assignment.LossIfMoved(row, kComparable) < kComparable;
      Find(row, column ? spell_of[*column] : kNoRow, open);
    }
  }

  void AddMissing(const std::vector<Unit>& units) {
    for (const Unit& unit : units) {
      if (taken_.contains(unit.spell())) continue;
      Finding finding;
      finding.kind = FindingKind::kMissing;
      finding.unit = unit;
      finding.proposal = "add: " + Described(unit);
      findings_.push_back(std::move(finding));
    }
  }

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  bool Ties(std::size_t row) const {
    const std::vector<RowMatch>& matches = matches_[row];
    return matches.size() > 1 && matches[0].score - matches[1].score < kComparable &&
           matches[0].current == matches[1].current;
  }

  // `spell`: the unit that the row stands for, kNoRow if others have all that fit it;
  // `open`: with another one the rows would fit as well.
  void Find(std::size_t row, std::uint32_t spell, bool open) {
    Finding& finding = findings_[row];
    const std::vector<RowMatch>& matches = matches_[row];
    if (matches.empty()) {
      finding.proposal = "remove: no unit fits";
      return;
    }
    RowMatch best = matches.front();
    if (open) {
      finding.kind = FindingKind::kAmbiguous;
      finding.stage = best.stage;
      for (const RowMatch& match : matches)
        if (best.score - match.score < kComparable && match.current == best.current)
          finding.others.push_back(tables_.UnitNear(match.spell, at_));
      finding.proposal = "one of: " + Listed(finding.others);
      return;
    }
    for (const RowMatch& match : matches)
      if (match.spell == spell) best = match;
    finding.unit = tables_.UnitNear(best.spell, at_);
    finding.stage = best.stage;
    if (spell == kNoRow) {
      finding.kind = FindingKind::kSurplus;
      finding.proposal = "remove: another row stands for " + Described(*finding.unit);
      return;
    }
    taken_.insert(spell);
    finding.kind = KindOf(best);
    if (best.type == Agreement::kNo && finding.stage)
      finding.stage = std::max(*finding.stage, Stage::kType);
    Propose(best, finding);
  }

  void Propose(const RowMatch& match, Finding& finding) {
    if (finding.kind == FindingKind::kStale) return ProposeSuccessors(finding);
    const auto add = [&](const std::string& part) {
      finding.proposal += (finding.proposal.empty() ? "" : "; ") + part;
    };
    const Unit& unit = *finding.unit;
    if (match.code == Agreement::kNo) add("code: " + std::string(unit.code()));
    if (match.named && (match.stage != Stage::kExact || match.type == Agreement::kNo)) {
      // As the list writes its names, unless this one was short for another.
      const bool bare =
          match.type == Agreement::kNotGiven && match.stage && match.stage != Stage::kAbbreviation;
      add("name: " + (bare ? std::string(unit.name()) : unit.full_name()));
    }
    if (match.parent == Agreement::kNo) {
      const auto parent = unit.parent();
      add("parent: " + (parent ? std::string(parent->code()) + " " + parent->full_name()
                               : std::string("none, as of every province")));
    }
  }

  void ProposeSuccessors(Finding& finding) {
    const bool past = finding.unit->as_of() < at_;
    const Succession succession =
        Trace(tables_, finding.unit->spell(), finding.unit->as_of(), at_, past);
    for (const SuccessionEdge& edge : succession.edges) finding.others.push_back(edge.unit);
    finding.proposal =
        finding.others.empty()
            ? "remove: no longer a unit, and no successor is known"
            : (past ? "replace by: " : "not yet a unit; it came from: ") + Listed(finding.others);
  }

  const RegistryTables& tables_;
  std::span<const CatalogueRow> rows_;
  const CivilDay at_;
  std::vector<Finding> findings_;
  std::vector<std::vector<RowMatch>> matches_;
  std::set<std::uint32_t> taken_;  // spells that have a row
};

// Whether `code` is above the unit, at any distance.
bool LiesWithin(const Unit& unit, std::string_view code) {
  for (auto above = unit.parent(); above; above = above->parent())
    if (above->code() == code) return true;
  return false;
}

}  // namespace

std::string_view FindingKindName(FindingKind kind) {
  constexpr std::array<std::string_view, kFindingKindCount> kNames = {
      "exact", "spelling", "type", "parent", "code", "stale", "ambiguous", "surplus", "missing"};
  return kNames[static_cast<std::size_t>(kind)];
}

absl::StatusOr<std::vector<Finding>> Reconcile(const Registry& registry,
                                               std::span<const CatalogueRow> rows, CivilDay at,
                                               const ReconciliationScope& scope) {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Unit> wanted, registry.Units(at, scope.level));
  if (scope.within) {
    MOTCUA_RETURN_IF_ERROR(registry.Find(*scope.within, at).status());
    std::erase_if(wanted, [&](const Unit& unit) { return !LiesWithin(unit, *scope.within); });
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string at_row = "row " + std::to_string(row) + ": ";
    MOTCUA_RETURN_IF_ERROR(ValidateText(rows[row].code, at_row + "code"));
    MOTCUA_RETURN_IF_ERROR(ValidateText(rows[row].name, at_row + "name"));
    MOTCUA_RETURN_IF_ERROR(ValidateText(rows[row].parent, at_row + "parent"));
  }
  Reconciler reconciler(registry, rows, at);
  reconciler.MatchRows();
  reconciler.Assign();
  reconciler.AddMissing(wanted);
  return reconciler.Take();
}

}  // namespace motcua
