// What every event that goes through leaves behind, and the short way for the dossiers that
// nothing unusual happens to, which are nearly all.
#include "motcua/dossiers/fold.h"
#include "motcua/time/plain_deadline.h"

namespace motcua {

StateNumber DossierFold::Target(const Transition& transition) const {
  if (transition.to == kToSame) return dossier_.state;
  return transition.to == kToPrevious ? asked_in_ : transition.to_state;
}

// What an event that went through leaves behind beside clock, holder and steps.
void DossierFold::Settle(const EventRow& row, const Transition& transition) {
  // A term ends with whatever takes the dossier out of its status: that it was missed stays true.
  const bool leaves = machine_->statuses[Target(transition)] != dossier_.status;
  if (leaves) Answer(row);
  if (leaves || row.kind == EventKind::kAssign || row.kind == EventKind::kForward) {
    LeaveReception(row);
  }
  const bool asked = dossier_.status == DossierStatus::kAwaitingSupplement &&
                     dossier_.accepted_at != kNoMinute && transition.clock != ClockEffect::kStart;
  if (asked && (leaves || row.kind == EventKind::kRequestSupplement) && SupplementExpired(row.at)) {
    event_marks_ |= kMarkSupplementSilent;
  }
  switch (row.kind) {
    case EventKind::kSubmit:
      dossier_.submitted_at = row.at;
      AwaitAnswer(row);
      break;
    case EventKind::kRequestSupplement:
      Ask(row);
      break;
    case EventKind::kSupply:
      if (dossier_.previous == DossierStatus::kNew) AwaitAnswer(row);
      if (dossier_.accepted_at != kNoMinute) whole_since_ = row.at;
      break;
    case EventKind::kAssign:
    case EventKind::kForward:
      if (row.agency != 0 && row.agency != dossier_.agency) partners_.push_back(row.agency);
      break;
    case EventKind::kPaid:
      fee_paid_ = true;
      break;
    case EventKind::kHandOver:
      dossier_.handed_over_at = row.at;
      break;
    default:
      break;
  }
  if (transition.clock == ClockEffect::kStart) whole_since_ = row.at;
  if (transition.clock == ClockEffect::kEnd) dossier_.counted_at = dossier_.competent;
  dossier_.state = Target(transition);
  dossier_.status = machine_->statuses[dossier_.state];
  // The term of a supplement outlasts a move within 5.
  if (dossier_.status != DossierStatus::kAwaitingSupplement &&
      row.kind != EventKind::kRequestSupplement) {
    dossier_.answer_due = asked_at_ = kNoMinute;
  }
  visited_ = false;
  if (transition.visit) {
    const Channel came = row.channel == Channel::kUnknown ? dossier_.channel : row.channel;
    visited_ = came == Channel::kDirect;
    if (visited_ && dossier_.visits < 255) ++dossier_.visits;
  }
  dossier_.marks = static_cast<std::uint16_t>(dossier_.marks | event_marks_);
  dossier_.changed_at = row.at;
}

// An online dossier waits for its answer. A day outside the calendar leaves the term open.
void DossierFold::AwaitAnswer(const EventRow& row) {
  if (!rules_.clock) return;
  awaited_since_ = row.at;
  dossier_.reception_due = EndOf(reception_, rules_.terms.reception, row.at, dossier_.agency);
}

void DossierFold::Answer(const EventRow& row) {
  const bool late = dossier_.reception_due != kNoMinute && row.at > dossier_.reception_due;
  if (dossier_.status == DossierStatus::kNew && late) event_marks_ |= kMarkReceptionLate;
}

// What came online has no term, and what goes on the day it came is in time: that spares nearly
// all the reckoning.
void DossierFold::LeaveReception(const EventRow& row) {
  if (dossier_.channel == Channel::kOnline || dossier_.status != DossierStatus::kAccepted ||
      DayOf(row.at) == DayOf(whole_since_)) {
    return;
  }
  if (ForwardedLate(row.at)) event_marks_ |= kMarkForwardLate;
}

void DossierFold::Ask(const EventRow& row) {
  if (dossier_.status == DossierStatus::kInProcessing && AppraisedLate(row.at)) {
    event_marks_ |= kMarkSupplementLate;
  }
  asked_at_ = row.at;
  asked_by_ = dossier_.agency;
  asked_under_ = machine_;
  asked_in_ = dossier_.state;
  dossier_.previous = dossier_.status;
  if (dossier_.supplements < 255) ++dossier_.supplements;
  if (dossier_.supplements > 1) event_marks_ |= kMarkSupplementTwice;
}

MinuteNumber DossierFold::EndOf(std::optional<TimeLimit>& limit, const std::string& text,
                                MinuteNumber from, std::uint32_t agency) {
  if (!limit) {
    absl::StatusOr<TimeLimit> parsed = TimeLimit::Parse(text);
    if (!parsed.ok()) return kNoMinute;  // DossierRegister::Fold has refused it already
    limit = *parsed;
  }
  const WorkingCalendar& calendar = CalendarOf(agency);
  const PlainDeadline plain = ComputePlainDeadline(calendar, *limit, Policy::kByDay, from);
  if (plain.due != kNoMinute) return plain.due;
  const auto deadline = ComputeDeadline(calendar, *limit, from);
  return deadline.ok() ? deadline->due : kNoMinute;
}

// The events of a dossier that stays with one agency, in the order of their times, each allowed
// by guards that look at no clock: no more than a look-up and its clock effect. False where
// anything else comes. RunAll says the same of every dossier. Flat, because calls took a sixth of
// the time.
[[gnu::flatten]] bool DossierFold::RunPlain(std::span<const std::uint32_t> events,
                                            MinuteNumber as_of) {
  const EventRow* const rows = log_.rows().data();
  const DayIndex& days = rules_.calendar.index();
  const MinuteNumber end = StartOf(days.last() + 1);
  MinuteNumber last = StartOf(days.first()) - 1;
  for (const std::uint32_t event : events) {
    const EventRow& row = rows[event];
    if (row.at <= last) return false;
    last = row.at;
    if (row.at > as_of) continue;  // but their order counts
    const bool elsewhere = row.agency != dossier_.agency && row.agency != 0 && dossier_.agency != 0;
    const bool other = row.procedure != dossier_.procedure && row.procedure != 0;
    const bool unusual = row.extra != 0 || row.kind == EventKind::kTransfer;
    if (elsewhere || unusual || row.at >= end) return false;
    if (other && machines_.size() > 1) {
      if (dossier_.state != 0) return false;
      UseMachine(MachineOf(row.procedure));
    }
    const auto candidates = TransitionsOn(row.kind);
    if (candidates.empty()) return false;
    const Transition* transition = candidates.data();
    if (transition->guards != 0) transition = PlainTransition(row);
    if (transition == nullptr) return false;
    event_marks_ = 0;
    if (dossier_.accepted_at == kNoMinute) {
      if (!PlainOpen(row)) return false;
      dossier_.dossier = row.dossier;
    } else if (other) {
      return false;
    }
    const bool moves_clock = transition->clock != ClockEffect::kNone;
    if (moves_clock && !PlainClock(row, transition->clock)) return false;
    Settle(row, *transition);
  }
  if (dossier_.clock_start != kNoMinute) dossier_.due = clock_.due();
  return true;
}

// The transition that channel and origin allow; null where there is none, or another guard
// decides.
const Transition* DossierFold::PlainTransition(const EventRow& row) const {
  constexpr std::uint16_t kTimeless = kGuardCounter | kGuardAskedBefore | kGuardAskedInReception |
                                      kGuardAskedInAppraisal | kGuardAskedAfter;
  const GuardFacts facts{
      .counter = row.channel == Channel::kDirect || row.channel == Channel::kPostal,
      .asked_in = dossier_.previous};
  const unsigned failing = motcua::FailingGuards(kTimeless, facts);
  for (const Transition& transition : TransitionsOn(row.kind)) {
    if ((transition.guards & ~kTimeless) != 0) return nullptr;
    if ((transition.guards & failing) == 0) return &transition;
  }
  return nullptr;
}

bool DossierFold::PlainClock(const EventRow& row, ClockEffect effect) {
  if (effect == ClockEffect::kStart) return PlainStart(row);
  if (dossier_.accepted_at == kNoMinute || effect == ClockEffect::kExtend) return false;
  if (effect == ClockEffect::kEnd) dossier_.finished_at = row.at;
  if (effect == ClockEffect::kReopen) dossier_.finished_at = kNoMinute;
  if (!rules_.clock || effect == ClockEffect::kReopen) return true;
  switch (effect) {
    case ClockEffect::kPause:
      if (clock_.paused()) return false;
      clock_.Pause(row.at);
      return true;
    case ClockEffect::kEnd:
      return !clock_.paused() || clock_.GoOn(row.at, PausePractice::kResume).ok();
    default:
      return clock_.paused() && clock_.GoOn(row.at, PracticeOf(effect)).ok();
  }
}

bool DossierFold::PlainOpen(const EventRow& row) {
  if (row.agency != 0 && !IsBrought(row.kind)) {
    if (dossier_.agency != row.agency) dossier_.held_since = row.at;
    dossier_.agency = row.agency;
  }
  if (row.kind == EventKind::kAccept) dossier_.held_since = row.at;
  if (row.channel != Channel::kUnknown &&
      (dossier_.status == DossierStatus::kNone || row.kind == EventKind::kAccept)) {
    dossier_.channel = row.channel;
  }
  dossier_.receiving = dossier_.competent = dossier_.agency;
  if (row.procedure != 0) {
    const bool changed = dossier_.procedure != 0 && dossier_.procedure != row.procedure;
    if (changed || !SetProcedure(row).ok()) return false;
  }
  return dossier_.agency != 0 && dossier_.procedure != 0 && dossier_.channel != Channel::kUnknown;
}

bool DossierFold::PlainStart(const EventRow& row) {
  if (dossier_.accepted_at != kNoMinute || HasPlan(dossier_.procedure)) return false;
  dossier_.accepted_at = row.at;
  if (!rules_.clock) return true;
  const absl::StatusOr<std::int32_t> limit = LimitFor(row);
  if (!limit.ok()) return false;
  dossier_.limit = *limit;
  dossier_.clock_start = row.at;
  const TimeLimit& granted = limits_[static_cast<std::size_t>(*limit)];
  if (!clock_.Start(CalendarOf(dossier_.agency), granted, rules_.policy, row.at).ok()) return false;
  dossier_.original_due = clock_.due();
  return true;
}

bool DossierFold::HasPlan(std::uint32_t procedure) {
  if (rules_.plans.empty() && !rules_.catalogue) return false;
  if (planned_.empty()) planned_.assign(log_.texts().size(), -1);
  if (planned_[procedure] < 0) {
    const bool planned = rules_.plans.count(log_.texts()[procedure]) != 0 || IsGroup(procedure);
    planned_[procedure] = planned ? 1 : 0;
  }
  return planned_[procedure] != 0;
}

}  // namespace motcua
