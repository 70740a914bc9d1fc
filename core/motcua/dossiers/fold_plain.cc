// What every event that goes through leaves behind, and the short way for the dossiers that
// nothing unusual happens to, which are nearly all.
#include "motcua/dossiers/fold.h"
#include "motcua/time/plain_deadline.h"

namespace motcua {
namespace {

// Where a supplement was asked.
constexpr unsigned kGuardsOfOrigin =
    kGuardAskedBefore | kGuardAskedInReception | kGuardAskedInAppraisal | kGuardAskedAfter;

unsigned OriginsOf(DossierStatus asked_in) {
  return kGuardsOfOrigin & ~unsigned{FailingGuards(kGuardsOfOrigin, {.asked_in = asked_in})};
}

}  // namespace

StateNumber DossierFold::Target(const Transition& transition) const {
  if (transition.to == kToSame) return dossier_.state;
  return transition.to == kToPrevious ? asked_in_ : transition.to_state;
}

// What an event that went through leaves behind beside clock, holder and steps.
void DossierFold::Settle(const EventRow& row, const Transition& transition) {
  Watch(row);
  if (transition.clock == ClockEffect::kEnd) dossier_.counted_at = dossier_.competent;
  const StateNumber from = dossier_.state;
  dossier_.state = Target(transition);
  if (row.kind == EventKind::kRequestSupplement) {
    asked_in_ = from;
    dossier_.previous = dossier_.status;
    if (dossier_.supplements < 255) ++dossier_.supplements;
    if (dossier_.supplements > 1) event_marks_ |= kMarkSupplementTwice;
  }
  dossier_.status = statuses_[dossier_.state];
  const bool waits = dossier_.status == DossierStatus::kAwaitingSupplement;
  if (!waits && row.kind != EventKind::kRequestSupplement) {
    dossier_.answer_due = asked_at_ = kNoMinute;
  }
  if (row.kind == EventKind::kPaid) fee_paid_ = true;
  const bool sent = row.kind == EventKind::kForward || row.kind == EventKind::kAssign;
  if (sent && row.agency != 0 && row.agency != dossier_.agency) partners_.push_back(row.agency);
  if (row.kind == EventKind::kSubmit) dossier_.submitted_at = row.at;
  if (row.kind == EventKind::kHandOver) dossier_.handed_over_at = row.at;
  const Channel came = row.channel == Channel::kUnknown ? dossier_.channel : row.channel;
  visited_ = transition.visit && came == Channel::kDirect;
  if (visited_ && dossier_.visits < 255) ++dossier_.visits;
  dossier_.marks = static_cast<std::uint8_t>(dossier_.marks | event_marks_);
  dossier_.changed_at = row.at;
}

// The terms that run beside the limit: for the answer to an online dossier, and for the
// applicant's supplement. A day outside the calendar leaves them without an end.
void DossierFold::Watch(const EventRow& row) {
  const bool is_new = dossier_.status == DossierStatus::kNew;
  const bool answers = row.kind == EventKind::kAccept || row.kind == EventKind::kRefuse ||
                       row.kind == EventKind::kRequestSupplement;
  if (is_new && answers && dossier_.reception_due != kNoMinute && row.at > dossier_.reception_due) {
    event_marks_ |= kMarkReceptionLate;
  }
  const bool back = row.kind == EventKind::kSupply && dossier_.previous == DossierStatus::kNew;
  if (rules_.clock && (row.kind == EventKind::kSubmit || back)) {
    dossier_.reception_due = EndOf(reception_, rules_.reception, row.at, dossier_.agency);
  }
  if (row.kind == EventKind::kRequestSupplement) {
    asked_at_ = row.at;
    asked_by_ = dossier_.agency;
  }
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

// Reckoned when it is first asked for: most supplements come without anybody asking.
void DossierFold::FindAnswerDue() {
  if (asked_at_ == kNoMinute) return;
  dossier_.answer_due = EndOf(silence_, rules_.machine.options().silence, asked_at_, asked_by_);
  asked_at_ = kNoMinute;
}

// The events of a dossier that stays with one agency, in the order of their times, each allowed
// by guards that look at no clock: no more than a look-up and its clock effect. False where
// anything else comes. RunAll says the same of every dossier.
bool DossierFold::RunPlain(std::span<const std::uint32_t> events, MinuteNumber as_of) {
  const EventRow* const rows = log_.rows().data();
  const DayIndex& days = rules_.calendar.index();
  const MinuteNumber end = StartOf(days.last() + 1);
  MinuteNumber last = StartOf(days.first()) - 1;
  unsigned origins = 0;
  for (const std::uint32_t event : events) {
    const EventRow& row = rows[event];
    if (row.at <= last) return false;
    last = row.at;
    if (row.at > as_of) continue;  // but their order counts
    const bool elsewhere = row.agency != dossier_.agency && row.agency != 0 && dossier_.agency != 0;
    if (row.at >= end || row.extra != 0 || elsewhere) return false;
    const bool counter = row.channel == Channel::kDirect || row.channel == Channel::kPostal;
    const Transition* transition =
        PlainTransition(row.kind, origins | (counter ? unsigned{kGuardCounter} : 0u));
    if (transition == nullptr || !PlainEffect(row, *transition)) return false;
    if (row.kind == EventKind::kRequestSupplement) origins = OriginsOf(dossier_.status);
    dossier_.dossier = row.dossier;
    event_marks_ = 0;
    Settle(row, *transition);
  }
  if (dossier_.clock_start != kNoMinute) dossier_.due = clock_.due();
  return true;
}

// The transition that `holding` allows; null where there is none, or another guard decides.
const Transition* DossierFold::PlainTransition(EventKind kind, unsigned holding) const {
  for (const Transition& transition : TransitionsOn(kind)) {
    if ((transition.guards & ~(kGuardsOfOrigin | kGuardCounter)) != 0) return nullptr;
    if ((transition.guards & ~holding) == 0) return &transition;
  }
  return nullptr;
}

bool DossierFold::PlainEffect(const EventRow& row, const Transition& transition) {
  if (row.kind == EventKind::kTransfer) return false;
  if (dossier_.accepted_at == kNoMinute) {
    if (!PlainOpen(row)) return false;
  } else if (row.procedure != 0 && row.procedure != dossier_.procedure) {
    return false;
  }
  if (transition.clock == ClockEffect::kNone) return true;
  if (transition.clock == ClockEffect::kStart) return PlainStart(row);
  if (dossier_.accepted_at == kNoMinute || transition.clock == ClockEffect::kExtend) return false;
  if (transition.clock == ClockEffect::kEnd) dossier_.finished_at = row.at;
  if (transition.clock == ClockEffect::kReopen) dossier_.finished_at = kNoMinute;
  if (!rules_.clock || transition.clock == ClockEffect::kReopen) return true;
  switch (transition.clock) {
    case ClockEffect::kPause:
      if (clock_.paused()) return false;
      clock_.Pause(row.at);
      return true;
    case ClockEffect::kEnd:
      return !clock_.paused() || clock_.GoOn(row.at, PausePractice::kResume).ok();
    default:
      return clock_.paused() && clock_.GoOn(row.at, PracticeOf(transition.clock)).ok();
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
  if (rules_.plans.empty()) return false;
  if (planned_.empty()) planned_.assign(log_.texts().size(), -1);
  if (planned_[procedure] < 0) {
    planned_[procedure] = rules_.plans.count(log_.texts()[procedure]) != 0 ? 1 : 0;
  }
  return planned_[procedure] != 0;
}

}  // namespace motcua
