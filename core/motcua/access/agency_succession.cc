#include "motcua/access/agency_succession.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/text/folding.h"

namespace motcua {
namespace {

std::string BasisOf(const SuccessionEdge& edge) {
  std::string basis;
  for (const SuccessionStep& step : edge.steps) {
    absl::StrAppend(&basis, basis.empty() ? "" : "; ", ToAbsl(step.act));
    if (step.article != 0) absl::StrAppend(&basis, " art. ", step.article);
    if (step.clause != 0) absl::StrAppend(&basis, " cl. ", step.clause);
  }
  return basis;
}

AgencyVerdict Judge(const Succession& succession) {
  AgencyVerdict verdict;
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
    verdict.kind = AgencyVerdict::kPasses;
    verdict.to = succession.edges.front().unit.code();
    verdict.basis = BasisOf(succession.edges.front());
    return verdict;
  }
  verdict.kind = AgencyVerdict::kUndecided;
  for (const SuccessionEdge& edge : succession.edges) {
    verdict.candidates.push_back({std::string(edge.unit.code()), std::string(MovedName(edge.moved)),
                                  std::string(ExtentName(edge.extent))});
  }
  // What a district did is now the commune's or the province's.
  if (succession.answered_by) {
    verdict.candidates.push_back(
        {std::string(succession.answered_by->code()), "business", "unknown"});
  }
  return verdict;
}

// A hamlet however its name is set: "thôn 05" is "Thôn 5".
std::string HamletKey(std::string_view hamlet) { return Fold(hamlet, Stage::kSpacing); }

// What a hint is about, as a key.
std::string KeyOf(std::string_view kind, std::string_view agency, std::string_view name) {
  return absl::StrCat(ToAbsl(kind), "\n", ToAbsl(agency), "\n", ToAbsl(name));
}

}  // namespace

absl::StatusOr<HandoverHints> HandoverHints::Of(std::vector<HandoverHint> hints) {
  HandoverHints made;
  for (std::size_t k = 0; k < hints.size(); ++k) {
    HandoverHint& hint = hints[k];
    const std::string row = absl::StrCat("hints row ", k, ", ");
    if (hint.successor.empty()) {
      return Error(Reason::kInvalidArgument, row + "successor", "", "the agency that takes over");
    }
    const bool place = !hint.hamlet.empty() || !hint.parcel.empty();
    const int named = int{!hint.dossier.empty()} + int{!hint.account.empty()} +
                      int{!hint.hamlet.empty()} + int{!hint.parcel.empty()};
    if (named != 1 || place != !hint.agency.empty()) {
      return Error(Reason::kInvalidArgument, row + "dossier", hint.dossier,
                   "a dossier, an account, or an agency with a hamlet or a parcel");
    }
    const std::string key = !hint.dossier.empty()   ? KeyOf("dossier", "", hint.dossier)
                            : !hint.account.empty() ? KeyOf("account", "", hint.account)
                            : !hint.parcel.empty()
                                ? KeyOf("parcel", hint.agency, hint.parcel)
                                : KeyOf("hamlet", hint.agency, HamletKey(hint.hamlet));
    const auto [at, is_new] = made.hints_.emplace(key, hint);
    if (!is_new && at->second.successor != hint.successor) {
      return Error(Reason::kInvalidArgument, row + "successor", hint.successor,
                   "one successor for one thing; " + at->second.successor + " stands there");
    }
  }
  return made;
}

const HandoverHint* HandoverHints::ForDossier(std::string_view dossier, std::string_view agency,
                                              std::string_view parcel,
                                              std::string_view hamlet) const {
  for (const std::string& key : {KeyOf("dossier", "", dossier), KeyOf("parcel", agency, parcel),
                                 KeyOf("hamlet", agency, HamletKey(hamlet))}) {
    if (const auto at = hints_.find(key); at != hints_.end()) return &at->second;
  }
  return nullptr;
}

const HandoverHint* HandoverHints::ForAccount(std::string_view account) const {
  const auto at = hints_.find(KeyOf("account", "", account));
  return at == hints_.end() ? nullptr : &at->second;
}

bool AgencyVerdict::DecideBy(const HandoverHint& hint) {
  const bool known = std::any_of(
      candidates.begin(), candidates.end(),
      [&](const HandoverCandidate& candidate) { return candidate.agency == hint.successor; });
  if (!candidates.empty() && !known) return false;
  kind = kPasses;
  to = hint.successor;
  const std::string_view thing = !hint.dossier.empty()   ? "dossier"
                                 : !hint.account.empty() ? "account"
                                 : !hint.parcel.empty()  ? "parcel"
                                                         : "hamlet";
  const std::string name = !hint.parcel.empty() ? hint.parcel : hint.hamlet;
  basis = absl::StrCat("hint by ", ToAbsl(thing), name.empty() ? "" : " ", name,
                       hint.source.empty() ? "" : ": ", hint.source);
  return true;
}

const AgencyVerdict& AgencyJudge::On(std::string_view agency, DayNumber since) {
  const auto [at, is_new] = verdicts_.try_emplace({std::string(agency), since});
  if (is_new) at->second = Decide(agency, since);
  return at->second;
}

AgencyVerdict AgencyJudge::Decide(std::string_view agency, DayNumber since) const {
  if (const auto listed = agencies_.find(agency); listed != agencies_.end()) {
    return AgencyVerdict{
        AgencyVerdict::kPasses, listed->second, "agency succession given by the host", {}};
  }
  const auto succession = registry_.Successors(agency, DayFrom(since), date_);
  if (succession.ok()) return Judge(*succession);
  // Not the form of a unit code: a department or centre that goes on.
  if (ReasonOf(succession.status()) == Reason::kInvalidArgument) return AgencyVerdict{};
  // A unit that nobody knows on that day, or a day before the registry begins.
  return AgencyVerdict{AgencyVerdict::kUndecided, "", "", {}};
}

}  // namespace motcua
