#include "motcua/dossiers/handover.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/event_details.h"
#include "motcua/dossiers/event_json.h"
#include "motcua/dossiers/register.h"

namespace motcua {
namespace {

// States and holders alone: no limit is needed to know who holds a dossier.
absl::StatusOr<DossierRegister> Holders(const EventLog& log, const Machine& machine,
                                        const ProcedureMachines& machines, MinuteNumber as_of) {
  MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::National());
  const FoldRules rules{.calendar = std::move(calendar),
                        .machine = machine,
                        .calendars = {},
                        .catalogue = std::nullopt,
                        .policy = Policy::kByDay,
                        .clock = false,
                        .machines = machines};
  return DossierRegister::Fold(log, rules, as_of);
}

// The last place that the events of a dossier name, up to a minute; what comes later wins.
EventDetails PlaceOf(const EventLog& log, const std::vector<HistoryEntry>& history) {
  EventDetails place;
  for (const HistoryEntry& entry : history) {
    const auto details = ReadDetails(log.event(entry.event).extra);
    if (!entry.applied || !details.ok()) continue;
    if (!details->hamlet.empty()) place.hamlet = details->hamlet;
    if (!details->parcel.empty()) place.parcel = details->parcel;
    if (!details->successor.empty()) place.successor = details->successor;
  }
  return place;
}

class Handover {
 public:
  Handover(const DossierRegister& holders, AgencyJudge& judge, const HandoverHints& hints)
      : holders_(holders), judge_(judge), hints_(hints) {}

  // What becomes of what an agency has to do with a dossier since a day.
  absl::StatusOr<AgencyVerdict> On(const Dossier& dossier, std::string_view agency,
                                   DayNumber since) const {
    AgencyVerdict verdict = judge_.On(agency, since);
    if (verdict.kind != AgencyVerdict::kUndecided) return verdict;
    const std::string_view code = holders_.code(dossier);
    MOTCUA_ASSIGN_OR_RETURN(const auto history, holders_.History(code));
    const EventDetails place = PlaceOf(holders_.log(), history);
    const HandoverHint* hint = hints_.ForDossier(code, agency, place.parcel, place.hamlet);
    if (hint != nullptr) {
      verdict.DecideBy(*hint);
    } else if (!place.successor.empty()) {
      verdict.DecideBy({.dossier = std::string(code),
                        .successor = place.successor,
                        .source = "chosen in an event of the dossier"});
    }
    return verdict;
  }

 private:
  const DossierRegister& holders_;
  AgencyJudge& judge_;
  const HandoverHints& hints_;
};

// A text as JSON has it.
std::string Quoted(std::string_view text) {
  std::string object;
  AppendJson({.id = text}, object);  // {"id":TEXT,"kind":...
  const std::size_t begin = object.find(':') + 1;
  return object.substr(begin, object.find(",\"kind\"") - begin);
}

// The transfer of a handover; `competent` where that agency changes beside the holder.
absl::Status AppendTransfer(EventLog& log, CivilDay date, const HandoverRow& row,
                            std::string_view competent) {
  // The basis is no note: a note is a citizen's, and may be erased.
  std::string extra = absl::StrCat("\"basis\":", Quoted(row.basis));
  if (!competent.empty()) absl::StrAppend(&extra, ",\"competent\":\"", ToAbsl(competent), "\"");
  const std::string id = absl::StrCat("handover:", ToString(date), ":", row.dossier);
  return log
      .Append({.id = id,
               .dossier = row.dossier,
               .kind = EventKind::kTransfer,
               .at = StartOf(ToNumber(date)),
               .agency = row.to,
               .extra = extra})
      .status();
}

}  // namespace

absl::StatusOr<HandoverReport> HandOver(EventLog& log, const Registry& registry, CivilDay date,
                                        const AgencySuccession& agencies, const Machine& machine,
                                        const HandoverHints& hints,
                                        const ProcedureMachines& machines) {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(date, "date"));
  const MinuteNumber minute = StartOf(ToNumber(date));
  MOTCUA_ASSIGN_OR_RETURN(const DossierRegister holders, Holders(log, machine, machines, minute));
  AgencyJudge judge(registry, date, agencies);
  const Handover handover(holders, judge, hints);
  HandoverReport report;
  EventLog extended = log;
  for (const Dossier& dossier : holders.dossiers()) {
    const Machine& its = holders.machine(dossier.machine);
    const bool moves = !its.From(dossier.state, EventKind::kTransfer).empty();
    if (!moves || dossier.held_since >= minute) continue;
    const std::string from(holders.agency(dossier));
    MOTCUA_ASSIGN_OR_RETURN(AgencyVerdict verdict,
                            handover.On(dossier, from, DayOf(dossier.held_since)));
    HandoverRow row{std::string(holders.code(dossier)), from, verdict.to, verdict.basis,
                    verdict.candidates};
    if (verdict.kind == AgencyVerdict::kUndecided) {
      report.undecided.push_back(std::move(row));
      continue;
    }
    std::string competent;
    if (dossier.competent != dossier.agency) {
      const std::string_view decides = holders.log().texts()[dossier.competent];
      MOTCUA_ASSIGN_OR_RETURN(const AgencyVerdict other,
                              handover.On(dossier, decides, DayOf(dossier.held_since)));
      if (other.kind == AgencyVerdict::kPasses && other.to != decides) competent = other.to;
      if (!competent.empty() && verdict.kind == AgencyVerdict::kStays) {
        row.to = from;  // the holder stays, who decides does not
        row.basis = other.basis;
      }
    }
    if (verdict.kind == AgencyVerdict::kStays && competent.empty()) continue;
    row.candidates.clear();
    MOTCUA_RETURN_IF_ERROR(AppendTransfer(extended, date, row, competent));
    report.transferred.push_back(std::move(row));
  }
  log = std::move(extended);
  return report;
}

}  // namespace motcua
