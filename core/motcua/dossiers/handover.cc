#include "motcua/dossiers/handover.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/register.h"

namespace motcua {
namespace {

// What becomes of everything that one agency held since before the day.
struct Verdict {
  enum Kind { kStays, kPasses, kUndecided } kind = kStays;
  std::string to;
  std::string basis;
  std::vector<HandoverCandidate> candidates;
};

std::string BasisOf(const SuccessionEdge& edge) {
  std::string basis;
  for (const SuccessionStep& step : edge.steps) {
    absl::StrAppend(&basis, basis.empty() ? "" : "; ", ToAbsl(step.act));
    if (step.article != 0) absl::StrAppend(&basis, " art. ", step.article);
    if (step.clause != 0) absl::StrAppend(&basis, " cl. ", step.clause);
  }
  return basis;
}

Verdict Judge(const Succession& succession) {
  Verdict verdict;
  switch (succession.kind) {
    case SuccessionKind::kUnchanged:
    case SuccessionKind::kRenamed:
    case SuccessionKind::kRetyped:
      return verdict;
    default:
      break;
  }
  const bool decided = succession.edges.size() == 1 &&
                       succession.edges.front().extent == Extent::kWhole &&
                       succession.kind != SuccessionKind::kAbolished;
  if (decided) {
    verdict.kind = Verdict::kPasses;
    verdict.to = succession.edges.front().unit.code();
    verdict.basis = BasisOf(succession.edges.front());
    return verdict;
  }
  verdict.kind = Verdict::kUndecided;
  for (const SuccessionEdge& edge : succession.edges) {
    verdict.candidates.push_back({std::string(edge.unit.code()), std::string(MovedName(edge.moved)),
                                  std::string(ExtentName(edge.extent))});
  }
  return verdict;
}

class Handover {
 public:
  Handover(const Registry& registry, CivilDay date, const AgencySuccession& agencies)
      : registry_(registry), date_(date), agencies_(agencies) {}

  // Succession is asked once for an agency and a day since when it holds.
  absl::StatusOr<const Verdict*> On(std::string_view agency, DayNumber since) {
    const auto [at, is_new] = verdicts_.try_emplace({std::string(agency), since});
    if (is_new) {
      MOTCUA_ASSIGN_OR_RETURN(at->second, Decide(agency, since));
    }
    return &at->second;
  }

 private:
  absl::StatusOr<Verdict> Decide(std::string_view agency, DayNumber since) const {
    if (const auto listed = agencies_.find(agency); listed != agencies_.end()) {
      return Verdict{Verdict::kPasses, listed->second, "agency succession given by the host", {}};
    }
    const auto succession = registry_.Successors(agency, DayFrom(since), date_);
    if (succession.ok()) return Judge(*succession);
    const Reason reason = ReasonOf(succession.status());
    if (reason == Reason::kOutsideCoverage) return succession.status();
    // Not the form of a unit code: a department or centre that goes on.
    if (reason == Reason::kInvalidArgument) return Verdict{};
    return Verdict{Verdict::kUndecided, "", "", {}};
  }

  const Registry& registry_;
  CivilDay date_;
  const AgencySuccession& agencies_;
  std::map<std::pair<std::string, DayNumber>, Verdict> verdicts_;
};

// States and holders alone: no limit is needed to know who holds a dossier.
absl::StatusOr<DossierRegister> Holders(const EventLog& log, const Machine& machine,
                                        MinuteNumber as_of) {
  MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::National());
  const FoldRules rules{.calendar = std::move(calendar),
                        .machine = machine,
                        .calendars = {},
                        .catalogue = std::nullopt,
                        .policy = Policy::kByDay,
                        .clock = false};
  return DossierRegister::Fold(log, rules, as_of);
}

}  // namespace

absl::StatusOr<HandoverReport> HandOver(EventLog& log, const Registry& registry, CivilDay date,
                                        const AgencySuccession& agencies, const Machine& machine) {
  const MinuteNumber minute = StartOf(ToNumber(date));
  MOTCUA_ASSIGN_OR_RETURN(const DossierRegister holders, Holders(log, machine, minute));
  Handover handover(registry, date, agencies);
  HandoverReport report;
  EventLog extended = log;
  for (const Dossier& dossier : holders.dossiers()) {
    const bool moves = !machine.On(dossier.status, EventKind::kTransfer).empty();
    if (!moves || dossier.held_since >= minute) continue;
    const std::string_view from = holders.agency(dossier);
    MOTCUA_ASSIGN_OR_RETURN(const Verdict* verdict, handover.On(from, DayOf(dossier.held_since)));
    if (verdict->kind == Verdict::kStays) continue;
    HandoverRow row{std::string(holders.code(dossier)), std::string(from), verdict->to,
                    verdict->basis, verdict->candidates};
    if (verdict->kind == Verdict::kUndecided) {
      report.undecided.push_back(std::move(row));
      continue;
    }
    const std::string id = absl::StrCat("handover:", ToString(date), ":", row.dossier);
    const std::string note = row.basis;
    MOTCUA_RETURN_IF_ERROR(extended
                               .Append({.id = id,
                                        .dossier = row.dossier,
                                        .kind = EventKind::kTransfer,
                                        .at = minute,
                                        .agency = row.to,
                                        .note = note})
                               .status());
    report.transferred.push_back(std::move(row));
  }
  log = std::move(extended);
  return report;
}

}  // namespace motcua
