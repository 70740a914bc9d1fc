// The second half of DossierFold: who holds the dossier, its clock and its steps.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/fold.h"

namespace motcua {
namespace {

// Whether the limit waits until the competent agency has a dossier received at `at`.
bool StartsAtCompetent(MinuteNumber at) { return ClockStart(at, at + 1).value_or(at) != at; }

bool MovesWork(EventKind kind) { return kind == EventKind::kForward || kind == EventKind::kAssign; }

// Whether a transition is an act of the applicant or of the system for the applicant.
bool IsApplicants(const Transition& transition) {
  return transition.MayBeDoneBy(Role::kApplicant) || transition.MayBeDoneBy(Role::kSystem);
}

// The level that the code of an administrative unit has; 0: another code.
unsigned LevelOfCode(std::string_view agency) {
  const bool digits = std::all_of(agency.begin(), agency.end(), [](char character) {
    return character >= '0' && character <= '9';
  });
  if (!digits) return 0;
  if (agency.size() == 5) return kLevelCommune;
  return agency.size() == 2 ? unsigned{kLevelProvince} : 0;
}

}  // namespace

absl::StatusOr<const EventDetails*> DossierFold::Details(const EventRow& row) {
  const auto known = details_.find(row.extra);
  if (known != details_.end()) return &known->second;
  MOTCUA_ASSIGN_OR_RETURN(EventDetails details, ReadDetails(log_.texts()[row.extra]));
  return &details_.emplace(row.extra, std::move(details)).first->second;
}

// EventLog::Append has interned the agency that an event names as competent.
absl::StatusOr<std::uint32_t> DossierFold::Number(std::string_view agency) const {
  const auto number = log_.texts().Find(agency);
  if (number) return *number;
  return Error(Reason::kInternal, "a competent agency that the log did not intern");
}

// An officer's act of an agency that neither holds, received nor decides the dossier, was not
// sent the work and has no step of it. What the applicant does may happen anywhere, and an
// event that moves the work names the agency that it goes to.
void DossierFold::MarkForeign(const EventRow& row, const Transition& transition) {
  const std::uint32_t agency = row.agency;
  if (agency == 0 || agency == dossier_.agency || dossier_.status == DossierStatus::kNone ||
      row.kind == EventKind::kTransfer) {
    return;
  }
  if (agency == dossier_.competent || agency == dossier_.receiving || MovesWork(row.kind) ||
      IsApplicants(transition) ||
      std::find(partners_.begin(), partners_.end(), agency) != partners_.end()) {
    return;
  }
  if (steps_.active()) {
    const std::string_view name = log_.texts()[agency];
    for (const PlannedStep& step : steps_.plan()->steps()) {
      if (step.agency == name) return;
    }
  }
  event_marks_ |= kMarkForeignAgency;
}

// Of agencies only the codes of communes and provinces tell their level; and until a dossier
// has left reception, who decides may still be named.
bool DossierFold::IsNotCompetent() const {
  if (dossier_.accepted_at == kNoMinute || dossier_.entry < 0) return false;
  const bool open =
      dossier_.status == DossierStatus::kAccepted && StartsAtCompetent(dossier_.accepted_at);
  if (open) return false;
  const auto entry = static_cast<std::size_t>(dossier_.entry);
  const Procedure& procedure = rules_.catalogue->procedures()[entry];
  const unsigned level = LevelOfCode(log_.texts()[dossier_.competent]);
  const bool local = (procedure.levels & (kLevelProvince | kLevelCommune)) != 0;
  if (level == 0 || !local || (procedure.levels & (level | kLevelOther)) != 0) return false;
  return std::none_of(procedure.agencies.begin(), procedure.agencies.end(),
                      [](const AgencyRow& row) { return row.role == "delegated"; });
}

absl::Status DossierFold::Open(const EventRow& row, const EventDetails& details) {
  if (row.agency != 0 && !IsBrought(row.kind)) {
    if (dossier_.agency != row.agency) dossier_.held_since = row.at;
    dossier_.agency = row.agency;
  }
  if (row.channel != Channel::kUnknown &&
      (dossier_.status == DossierStatus::kNone || row.kind == EventKind::kAccept)) {
    dossier_.channel = row.channel;
  }
  if (dossier_.agency == 0) {
    return Error(Reason::kInvalidArgument, "agency", "", "the agency that receives the dossier");
  }
  if (row.kind == EventKind::kAccept) dossier_.held_since = row.at;
  if (row.kind != EventKind::kTransfer) dossier_.receiving = dossier_.agency;
  if (!details.competent.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(dossier_.competent, Number(details.competent));
    competent_named_ = true;
  } else if (!competent_named_) {
    dossier_.competent = dossier_.agency;
  }
  if (!details.case_name.empty()) case_ = details.case_name;
  if (row.procedure != 0) MOTCUA_RETURN_IF_ERROR(SetProcedure(row));
  if (dossier_.procedure == 0) {
    return Error(Reason::kInvalidArgument, "procedure", "", "the code of a procedure");
  }
  if (dossier_.channel == Channel::kUnknown) {
    return Error(Reason::kInvalidArgument, "channel", "", "1 (direct), 2 (online) or 3 (postal)");
  }
  return absl::OkStatus();
}

absl::Status DossierFold::SetProcedure(const EventRow& row) {
  if (rules_.catalogue) {
    const auto all = rules_.catalogue->procedures();
    const DayNumber day = DayOf(row.at);
    const bool known = dossier_.entry >= 0 && dossier_.procedure == row.procedure &&
                       all[static_cast<std::size_t>(dossier_.entry)].ValidOn(day);
    if (!known) {
      const auto found = rules_.catalogue->Find(log_.texts()[row.procedure], DayFrom(day));
      if (!found.ok() && !IsGroup(row.procedure)) return found.status();
      dossier_.entry = found.ok() ? static_cast<std::int32_t>(*found - all.data()) : -1;
    }
  }
  if (dossier_.procedure != 0 && dossier_.procedure != row.procedure) {
    event_marks_ |= kMarkProcedureChanged;
  }
  dossier_.procedure = row.procedure;
  return absl::OkStatus();
}

absl::Status DossierFold::CheckSame(const EventRow& row) const {
  if (row.kind == EventKind::kTransfer && row.agency == 0) {
    return Error(Reason::kInvalidArgument, "agency", "", "the agency that takes the dossier over");
  }
  const bool decides = dossier_.accepted_at == kNoMinute;
  if (!decides && row.procedure != 0 && row.procedure != dossier_.procedure) {
    return Error(
        Reason::kInvalidArgument, "procedure", log_.texts()[row.procedure],
        absl::StrCat("the dossier's procedure, ", ToAbsl(log_.texts()[dossier_.procedure])));
  }
  return absl::OkStatus();
}

absl::Status DossierFold::RunClock(const EventRow& row, ClockEffect effect) {
  switch (effect) {
    case ClockEffect::kNone:
      return absl::OkStatus();
    case ClockEffect::kStart:
      return Start(row);
    case ClockEffect::kPause:
      pauses_.push_back({row.at, kNoMinute});
      return Reckon();
    case ClockEffect::kResume:
    case ClockEffect::kRestart:
    case ClockEffect::kShift:
      return GoOn(row, effect);
    case ClockEffect::kEnd:
      return End(row);
    case ClockEffect::kReopen:
      dossier_.finished_at = kNoMinute;
      return absl::OkStatus();
    case ClockEffect::kExtend:
      return Extend(row);
  }
  return Error(Reason::kInternal, "a clock effect that the fold does not know");
}

absl::Status DossierFold::Start(const EventRow& row) {
  MOTCUA_ASSIGN_OR_RETURN(dossier_.limit, LimitFor(row));
  dossier_.accepted_at = row.at;
  const bool waits = dossier_.competent != dossier_.receiving && StartsAtCompetent(row.at);
  return waits ? absl::OkStatus() : StartClock(row.at);
}

absl::Status DossierFold::StartClock(MinuteNumber at) {
  dossier_.clock_start = at;
  clock_.Stop();
  const absl::Status reckoned = Reckon();
  if (ReasonOf(reckoned) == Reason::kOutsideCoverage) {
    return Error(Reason::kOutsideCoverage, "limit",
                 limit_texts_[static_cast<std::size_t>(dossier_.limit)],
                 absl::StrCat("a limit that ends by ", ToString(rules_.calendar.last())));
  }
  MOTCUA_RETURN_IF_ERROR(reckoned);
  dossier_.original_due = dossier_.due;
  return absl::OkStatus();
}

// Who holds the dossier after an event. Where another agency decides, the event that takes
// the dossier out of reception brings it there: to the agency named at the opening; of a
// dossier received since Decree 309/2026 also to the other agency that this event names.
absl::Status DossierFold::MoveWork(const EventRow& row, const EventDetails& details) {
  if (row.kind == EventKind::kTransfer) return Transfer(row, details);
  if (!MovesWork(row.kind) || dossier_.status != DossierStatus::kAccepted) return absl::OkStatus();
  if (!competent_named_) {
    if (row.agency == 0 || !StartsAtCompetent(dossier_.accepted_at)) return absl::OkStatus();
    dossier_.competent = row.agency;
  }
  if (dossier_.competent != dossier_.agency) dossier_.held_since = row.at;
  dossier_.agency = dossier_.competent;
  if (!rules_.clock || dossier_.competent == dossier_.receiving) return absl::OkStatus();
  MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber start, ClockStart(dossier_.accepted_at, row.at));
  if (start == dossier_.clock_start) return absl::OkStatus();
  pauses_.clear();  // they lie before the start
  return StartClock(start);
}

absl::Status DossierFold::Transfer(const EventRow& row, const EventDetails& details) {
  const std::uint32_t from = dossier_.agency;
  if (dossier_.competent == from) dossier_.competent = row.agency;
  if (dossier_.receiving == from) dossier_.receiving = row.agency;
  if (!details.competent.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(dossier_.competent, Number(details.competent));
  }
  dossier_.agency = row.agency;
  dossier_.held_since = row.at;
  return absl::OkStatus();
}

absl::Status DossierFold::MoveSteps(std::uint32_t event, const Transition& transition,
                                    const EventDetails& details) {
  const EventRow& row = log_.rows()[event];
  if (transition.clock == ClockEffect::kStart) {
    const StepPlan* plan = Plan();
    if (plan == nullptr) return absl::OkStatus();
    steps_ = StepRun(plan);
    steps_.Start(row.at, event);
  }
  if (!steps_.active()) return absl::OkStatus();
  const bool at_work = dossier_.status == DossierStatus::kAccepted ||
                       dossier_.status == DossierStatus::kInProcessing;
  if (transition.clock == ClockEffect::kEnd || row.kind == EventKind::kHandOver) {
    steps_.Finish(row.kind == EventKind::kFinish, row.at, event);
  } else if (transition.clock == ClockEffect::kReopen) {
    MOTCUA_RETURN_IF_ERROR(steps_.Reopen(details, row.at, event));
  } else if ((MovesWork(row.kind) && at_work) || details.step != 0 || details.done != 0) {
    const std::string_view agency = log_.texts()[row.agency];
    MOTCUA_RETURN_IF_ERROR(steps_.Move(details, agency, row.at, event));
  }
  if (rules_.clock) {
    MOTCUA_RETURN_IF_ERROR(steps_.Reckon(CalendarOf(dossier_.agency), pauses_));
  }
  dossier_.step = static_cast<std::uint8_t>(steps_.number());
  dossier_.step_due = steps_.due();
  return absl::OkStatus();
}

absl::Status DossierFold::GoOn(const EventRow& row, ClockEffect effect) {
  if (pauses_.empty() || pauses_.back().to != kNoMinute) {
    return Error(Reason::kInvalidArgument, "kind", NameOf(row.kind), "a clock that stands still");
  }
  pauses_.back().to = row.at;
  pauses_.back().practice = PracticeOf(effect);
  if (pauses_.back().from == row.at) pauses_.pop_back();  // within one minute nothing stood still
  return Reckon();
}

absl::Status DossierFold::End(const EventRow& row) {
  dossier_.finished_at = row.at;
  // Answered before the record says that the competent agency had it: from reception.
  if (dossier_.clock_start == kNoMinute) MOTCUA_RETURN_IF_ERROR(StartClock(dossier_.accepted_at));
  if (!pauses_.empty() && pauses_.back().to == kNoMinute) {
    pauses_.back().to = row.at;
    if (pauses_.back().from == row.at) pauses_.pop_back();
    return Reckon();
  }
  return absl::OkStatus();
}

absl::Status DossierFold::Extend(const EventRow& row) {
  if (dossier_.due == kNoMinute) {
    return Error(Reason::kInvalidArgument, "kind", "extend", "a dossier that has a due time");
  }
  MinuteNumber due = row.due;
  if ((due == kNoMinute) == (row.limit == 0)) {
    return Error(Reason::kInvalidArgument, "due", "",
                 "either `due`, the new due time, or `limit`, the time granted beyond the old one");
  }
  if (due == kNoMinute) {
    MOTCUA_ASSIGN_OR_RETURN(const std::int32_t number, LimitNumber(log_.texts()[row.limit]));
    MOTCUA_ASSIGN_OR_RETURN(
        const Deadline deadline,
        ComputeDeadline(CalendarOf(dossier_.agency), limits_[static_cast<std::size_t>(number)],
                        dossier_.due, {.policy = rules_.policy}));
    due = deadline.due;
  }
  // An apology that grants no time is none, and may not use up the one that the law allows.
  if (due == kNoMinute || due <= dossier_.due) {
    return Error(Reason::kInvalidArgument, "due",
                 due == kNoMinute ? "none" : ToString(MinuteFrom(due)),
                 "a time after the old due time, " + ToString(MinuteFrom(dossier_.due)));
  }
  const WorkingCalendar& calendar = CalendarOf(dossier_.agency);
  if (!calendar.CoversMinute(due)) {
    return Error(Reason::kOutsideCoverage, "due", ToString(MinuteFrom(due)),
                 absl::StrCat("a time by ", ToString(calendar.last())));
  }
  extended_at_ = row.at;
  extended_to_ = due;
  clock_.Promise(extended_at_, extended_to_);
  dossier_.extended = true;
  dossier_.due = due;
  return absl::OkStatus();
}

// The due time from acceptance, pauses and extension.
absl::Status DossierFold::Reckon() {
  if (dossier_.clock_start == kNoMinute) return absl::OkStatus();  // on its way
  const WorkingCalendar& calendar = CalendarOf(dossier_.agency);
  if (!clock_.RunsBy(calendar)) {
    MOTCUA_RETURN_IF_ERROR(clock_.Start(calendar, limits_[static_cast<std::size_t>(dossier_.limit)],
                                        rules_.policy, dossier_.clock_start));
    if (extended_to_ != kNoMinute) clock_.Promise(extended_at_, extended_to_);
  }
  MOTCUA_RETURN_IF_ERROR(clock_.Take(pauses_));
  dossier_.due = clock_.due();
  return absl::OkStatus();
}

absl::StatusOr<std::int32_t> DossierFold::LimitNumber(std::string_view text) {
  if (const auto known = limit_numbers_.find(text); known != limit_numbers_.end()) {
    return known->second;
  }
  absl::StatusOr<TimeLimit> limit = TimeLimit::Parse(text);
  if (!limit.ok()) {
    const std::string_view said = ToStd(limit.status().message());
    const std::size_t at = said.find("': expected ");
    return Error(Reason::kInvalidArgument, "limit", text,
                 at == std::string_view::npos ? said : said.substr(at + 12));
  }
  const auto number = static_cast<std::int32_t>(limits_.size());
  limits_.push_back(*std::move(limit));
  limit_texts_.emplace_back(text);
  limit_numbers_.emplace(text, number);
  return number;
}

absl::StatusOr<std::int32_t> DossierFold::LimitFor(const EventRow& row) {
  if (row.limit != 0) {
    std::int32_t& number = limit_of_text_[row.limit];
    if (number < 0) {
      MOTCUA_ASSIGN_OR_RETURN(number, LimitNumber(log_.texts()[row.limit]));
    }
    return number;
  }
  if (!rules_.catalogue) {
    return Error(Reason::kInvalidArgument, "limit", "",
                 "a time limit in the event, or a catalogue to take it from");
  }
  if (dossier_.group >= 0) {
    return LimitNumber(rules_.catalogue->groups()[static_cast<std::size_t>(dossier_.group)].limit);
  }
  const auto entry = static_cast<std::size_t>(dossier_.entry);
  std::int32_t& number =
      limit_of_entry_[entry * kChannelCount + static_cast<std::size_t>(dossier_.channel)];
  if (number < 0) {
    MOTCUA_ASSIGN_OR_RETURN(const std::string text,
                            LimitOf(rules_.catalogue->procedures()[entry], dossier_.channel));
    MOTCUA_ASSIGN_OR_RETURN(number, LimitNumber(text));
  }
  return number;
}

const WorkingCalendar& DossierFold::CalendarOf(std::uint32_t agency) {
  const WorkingCalendar*& calendar = calendar_of_text_[agency];
  if (calendar == nullptr) {
    const auto own = rules_.calendars.find(log_.texts()[agency]);
    calendar = own == rules_.calendars.end() ? &rules_.calendar : &own->second;
  }
  return *calendar;
}

}  // namespace motcua
