#include "tests/oracle/dossier_oracle.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "motcua/dossiers/event_details.h"

namespace motcua {
namespace {

// Decree 309/2026/NĐ-CP art. 8, in force on 5 August 2026.
bool Since309(MinuteNumber at) { return at >= ToNumber(CivilMinute(2026, 8, 5, 0, 0)); }

struct State {
  OracleDossier d;
  DossierStatus asked_in = DossierStatus::kNone;
  std::string limit;
  std::vector<Pause> pauses;
  MinuteNumber extended_at = kNoMinute, extended_to = kNoMinute, promised = kNoMinute,
               restarted_at = kNoMinute;  // the last two by the pauses since the extension
  MinuteNumber whole_since = kNoMinute, awaited_since = kNoMinute;
  std::set<DayNumber> given_back;
  bool named = false, fee_paid = false;
  std::set<std::string> partners;
};

class Walk {
 public:
  explicit Walk(const FoldRules& rules) : rules_(rules) {}

  // False if the event is not possible; `state` is unspecified then.
  bool Apply(State& state, const Event& event) const {
    OracleDossier& d = state.d;
    if (!rules_.calendar.CoversMinute(event.at)) return false;
    const Transition* row = Choose(state, event);
    if (row == nullptr) return false;
    const auto details = ReadDetails(event.extra);
    if (!details.ok()) return false;
    unsigned brought = 0;
    if (event.kind == EventKind::kTransfer && event.agency.empty()) return false;
    if (Foreign(state, event, *row)) brought |= kMarkForeignAgency;
    if (d.accepted_at == kNoMinute) {
      if (!Open(state, event, *details, brought)) return false;
    } else if (!event.procedure.empty() && event.procedure != d.procedure) {
      return false;
    }
    if (!Clock(state, event, row->clock) || !Move(state, event, *details)) return false;
    if (row->clock == ClockEffect::kEnd) d.counted_at = d.competent;
    Leave(state, event, *row, brought);
    return true;
  }

  // Minutes of the limit, reckoned anew; false where it cannot be.
  bool Reckon(State& state) const {
    if (state.d.clock_start == kNoMinute) return true;
    const MinuteNumber start =
        state.restarted_at == kNoMinute ? state.d.clock_start : state.restarted_at;
    DeadlineOptions options{.policy = rules_.policy, .pauses = state.pauses};
    const TimeLimit limit = *TimeLimit::Parse(state.limit);
    if (state.promised != kNoMinute) {
      // The promised time is in force unless the clock's own is later.
      std::vector<Pause> closed = state.pauses;
      if (!closed.empty() && closed.back().open()) closed.pop_back();
      const auto own = ComputeDeadline(rules_.calendar, limit, start,
                                       {.policy = rules_.policy, .pauses = closed});
      if (!own.ok()) return false;
      options.extension = std::max(own->due, state.promised);
    }
    const auto deadline = ComputeDeadline(rules_.calendar, limit, start, options);
    if (!deadline.ok()) return false;
    state.d.due = deadline->due;
    state.d.provisional = deadline->provisional;
    return true;
  }

  // Whether a term that began at `since` is over on the day of `at`.
  bool DayPassed(const std::string& term, MinuteNumber since, MinuteNumber at) const {
    if (since == kNoMinute) return false;
    const auto deadline = ComputeDeadline(rules_.calendar, *TimeLimit::Parse(term), since);
    return deadline.ok() && deadline->due != kNoMinute && DayOf(at) > DayOf(deadline->due);
  }

  // Papers that are still in reception at `at`, or leave it then.
  bool PapersLate(const State& state, MinuteNumber at) const {
    const OracleDossier& d = state.d;
    if (d.status != DossierStatus::kAccepted || d.channel == Channel::kOnline) return false;
    const bool elsewhere = d.competent != d.receiving;
    return DayPassed(elsewhere ? rules_.terms.passing_on : rules_.terms.forwarding,
                     state.whole_since, at);
  }

  bool ToBeAlerted(const State& state, MinuteNumber at) const {
    if (state.d.status != DossierStatus::kNew || state.d.reception_due == kNoMinute) return false;
    const auto alert = ComputeDeadline(rules_.calendar, *TimeLimit::Parse(rules_.terms.alert),
                                       state.awaited_since);
    return at <= state.d.reception_due && alert.ok() && at > alert->due;
  }

 private:
  // Of the procedure, which may be corrected until acceptance.
  const Machine& MachineFor(const OracleDossier& d, const Event& event) const {
    const bool open = d.accepted_at == kNoMinute && !event.procedure.empty();
    const auto own = rules_.machines.find(open ? event.procedure : std::string_view(d.procedure));
    return own == rules_.machines.end() ? rules_.machine : own->second;
  }

  const Transition* Choose(const State& state, const Event& event) const {
    const OracleDossier& d = state.d;
    const auto details = ReadDetails(event.extra);
    for (const Transition& row : MachineFor(d, event).transitions()) {
      if (row.from != d.status || row.event != event.kind) continue;
      const bool spoken = event.channel == Channel::kDirect || event.channel == Channel::kPostal;
      const GuardFacts facts{
          .counter = spoken,
          .asked_in = state.asked_in,
          .supplement_expired = d.answer_due != kNoMinute && DayOf(event.at) > DayOf(d.answer_due),
          .extended = d.extended,
          .day_before = d.due == kNoMinute || DayOf(event.at) < DayOf(d.due),
          .fee_paid = state.fee_paid || !details.ok() || details->fee_paid,
          .result_ready = !details.ok() || details->result_ready};
      if (FailingGuards(row.guards, facts) == 0) return &row;
    }
    return nullptr;
  }

  static bool Foreign(const State& state, const Event& event, const Transition& row) {
    const std::string agency(event.agency);
    const bool elsewhere = row.MayBeDoneBy(Role::kApplicant) || row.MayBeDoneBy(Role::kSystem) ||
                           event.kind == EventKind::kForward || event.kind == EventKind::kAssign ||
                           event.kind == EventKind::kTransfer;
    return !agency.empty() && state.d.status != DossierStatus::kNone && !elsewhere &&
           agency != state.d.agency && agency != state.d.receiving && agency != state.d.competent &&
           state.partners.count(agency) == 0;
  }

  static bool Open(State& state, const Event& event, const EventDetails& details,
                   unsigned& brought) {
    OracleDossier& d = state.d;
    const bool by_applicant = event.kind == EventKind::kSupply || event.kind == EventKind::kPaid ||
                              event.kind == EventKind::kWithdraw;
    if (!event.agency.empty() && !by_applicant) {
      if (d.agency != event.agency) d.held_since = event.at;
      d.agency = event.agency;
    }
    const bool accepts = event.kind == EventKind::kAccept;
    if (event.channel != Channel::kUnknown && (d.status == DossierStatus::kNone || accepts)) {
      d.channel = event.channel;
    }
    if (d.agency.empty()) return false;
    if (accepts) d.held_since = event.at;
    if (event.kind != EventKind::kTransfer) d.receiving = d.agency;
    if (!details.competent.empty()) state.named = true;
    if (state.named && !details.competent.empty()) d.competent = details.competent;
    if (!state.named) d.competent = d.agency;
    if (!event.procedure.empty()) {
      if (!d.procedure.empty() && d.procedure != event.procedure) brought |= kMarkProcedureChanged;
      d.procedure = event.procedure;
    }
    return !d.procedure.empty() && d.channel != Channel::kUnknown;
  }

  bool Works(MinuteNumber minute) const {
    const auto worked = rules_.calendar.WorkingMinutes(minute, minute + 1);
    return worked.ok() && *worked == 1;
  }

  // A pause after an extension: a restart begins the clock anew, another pause moves the
  // promised time. False where the calendar ends before it.
  bool AfterExtension(State& state, Pause pause, MinuteNumber due) const {
    if (pause.to <= state.extended_at || pause.from >= due) return true;
    if (pause.practice == PausePractice::kRestart) {
      state.restarted_at = pause.to;
      state.pauses.clear();
      return true;
    }
    if (pause.from >= state.promised) return true;
    pause.from = std::max(pause.from, state.extended_at);
    const MinuteNumber end = StartOf(ToNumber(rules_.calendar.last()) + 1);
    if (rules_.policy == Policy::kByHour) {
      std::int64_t lost = *rules_.calendar.WorkingMinutes(pause.from, pause.to);
      for (; lost > 0; ++state.promised) {
        if (state.promised >= end) return false;
        lost -= Works(state.promised) ? 1 : 0;
      }
      return true;
    }
    int days = 0;
    for (DayNumber day = DayOf(pause.from); day <= DayOf(pause.to); ++day) {
      if (pause.practice == PausePractice::kShift) {
        days += day > DayOf(pause.from) && *rules_.calendar.IsWorkingDay(day) ? 1 : 0;
        continue;
      }
      const MinuteNumber from = std::max(pause.from, StartOf(day));
      const MinuteNumber to = std::min(pause.to, StartOf(day + 1));
      const bool touched = from<to&& * rules_.calendar.WorkingMinutes(from, to)> 0;
      days += touched && state.given_back.insert(day).second ? 1 : 0;
    }
    if (days == 0) return true;
    DayNumber day = DayOf(state.promised);
    const auto last_close = [&](DayNumber of) {
      MinuteNumber minute = StartOf(of + 1);
      while (minute > StartOf(of) && !Works(minute - 1)) --minute;
      return minute;
    };
    const bool at_close = Works(last_close(day) - 1) && state.promised == last_close(day);
    const MinuteNumber hour = state.promised - StartOf(day);
    while (days > 0) {
      if (++day > ToNumber(rules_.calendar.last())) return false;
      days -= *rules_.calendar.IsWorkingDay(day) ? 1 : 0;
    }
    state.promised = at_close ? last_close(day) : StartOf(day) + hour;
    const auto closes = [&] { return Works(state.promised - 1) && !Works(state.promised); };
    if (Works(state.promised)) return true;
    while (!closes()) {
      if (++state.promised >= end) return false;
    }
    return true;
  }

  bool Begin(State& state, MinuteNumber at) const {
    state.d.clock_start = at;
    state.restarted_at = kNoMinute;
    state.promised = state.extended_to;
    state.given_back.clear();
    if (!Reckon(state)) return false;
    state.d.original_due = state.d.due;
    return true;
  }

  bool Clock(State& state, const Event& event, ClockEffect effect) const {
    OracleDossier& d = state.d;
    const bool stands = !state.pauses.empty() && state.pauses.back().open();
    const auto go_on = [&](PausePractice practice) {
      if (!stands) return false;
      state.pauses.back().to = event.at;
      state.pauses.back().practice = practice;
      const Pause pause = state.pauses.back();
      if (pause.from == event.at) {
        state.pauses.pop_back();
      } else if (state.promised != kNoMinute) {
        state.pauses.pop_back();
        if (!Reckon(state)) return false;
        state.pauses.push_back(pause);
        if (!AfterExtension(state, pause, d.due)) return false;
      }
      return Reckon(state);
    };
    switch (effect) {
      case ClockEffect::kNone:
        return true;
      case ClockEffect::kStart:
        if (!TimeLimit::Parse(event.limit).ok()) return false;
        state.limit = event.limit;
        d.accepted_at = event.at;
        if (d.competent != d.receiving && Since309(event.at)) return true;
        return Begin(state, event.at);
      case ClockEffect::kPause:
        state.pauses.push_back({event.at, kNoMinute});
        return Reckon(state);
      case ClockEffect::kResume:
        return go_on(PausePractice::kResume);
      case ClockEffect::kRestart:
        return go_on(PausePractice::kRestart);
      case ClockEffect::kShift:
        return go_on(PausePractice::kShift);
      case ClockEffect::kEnd:
        d.finished_at = event.at;
        if (d.clock_start == kNoMinute && !Begin(state, d.accepted_at)) return false;
        return !stands || go_on(PausePractice::kResume);
      case ClockEffect::kReopen:
        d.finished_at = kNoMinute;
        return true;
      case ClockEffect::kExtend:
        return Extend(state, event);
    }
    return false;
  }

  bool Extend(State& state, const Event& event) const {
    OracleDossier& d = state.d;
    if (d.due == kNoMinute || (event.due == kNoMinute) == event.limit.empty()) return false;
    MinuteNumber due = event.due;
    if (due == kNoMinute) {
      const auto limit = TimeLimit::Parse(event.limit);
      if (!limit.ok()) return false;
      const auto later = ComputeDeadline(rules_.calendar, *limit, d.due, {.policy = rules_.policy});
      if (!later.ok()) return false;
      due = later->due;
    }
    if (due == kNoMinute || due <= d.due || !rules_.calendar.CoversMinute(due)) return false;
    state.extended_at = event.at;
    state.extended_to = state.promised = d.due = due;
    state.given_back.clear();
    if (!Reckon(state)) return false;
    d.extended = true;
    return true;
  }

  bool Move(State& state, const Event& event, const EventDetails& details) const {
    OracleDossier& d = state.d;
    if (event.kind == EventKind::kTransfer) {
      const std::string from = d.agency;
      if (d.competent == from) d.competent = event.agency;
      if (d.receiving == from) d.receiving = event.agency;
      if (!details.competent.empty()) d.competent = details.competent;
      d.agency = event.agency;
      d.held_since = event.at;
      return true;
    }
    const bool moves = event.kind == EventKind::kForward || event.kind == EventKind::kAssign;
    if (!moves || d.status != DossierStatus::kAccepted) return true;
    if (!state.named) {
      if (event.agency.empty() || !Since309(d.accepted_at)) return true;
      d.competent = event.agency;
    }
    if (d.competent != d.agency) d.held_since = event.at;
    d.agency = d.competent;
    if (d.competent == d.receiving) return true;
    const MinuteNumber start = Since309(d.accepted_at) ? event.at : d.accepted_at;
    if (start == d.clock_start) return true;
    state.pauses.clear();
    return Begin(state, start);
  }

  // After the clock and the move.
  void Leave(State& state, const Event& event, const Transition& row, unsigned brought) const {
    OracleDossier& d = state.d;
    const auto end_of = [&](const std::string& limit) {
      const auto deadline = ComputeDeadline(rules_.calendar, *TimeLimit::Parse(limit), event.at);
      return deadline.ok() ? deadline->due : kNoMinute;
    };
    const bool asks = event.kind == EventKind::kRequestSupplement;
    DossierStatus next = d.status;
    if (row.to == kToPrevious) {
      next = state.asked_in;
    } else if (row.to != kToSame) {
      next = static_cast<DossierStatus>(row.to);
    }
    const bool leaves = next != d.status;
    if (leaves && d.status == DossierStatus::kNew && d.reception_due != kNoMinute &&
        event.at > d.reception_due) {
      brought |= kMarkReceptionLate;
    }
    const bool accepted = d.accepted_at != kNoMinute && row.clock != ClockEffect::kStart;
    if ((leaves || asks) && d.status == DossierStatus::kAwaitingSupplement && accepted &&
        d.answer_due != kNoMinute && DayOf(event.at) > DayOf(d.answer_due)) {
      brought |= kMarkSupplementSilent;
    }
    if (event.kind == EventKind::kSubmit ||
        (event.kind == EventKind::kSupply && state.asked_in == DossierStatus::kNew)) {
      d.reception_due = end_of(rules_.terms.reception);
      state.awaited_since = event.at;
    }
    const bool moves = event.kind == EventKind::kForward || event.kind == EventKind::kAssign;
    if ((moves || leaves) && PapersLate(state, event.at)) brought |= kMarkForwardLate;
    if (asks && d.status == DossierStatus::kInProcessing) {
      const MinuteNumber since = std::max(state.whole_since, d.clock_start);
      if (DayPassed(rules_.terms.appraisal, since, event.at)) brought |= kMarkSupplementLate;
    }
    const bool supplied = event.kind == EventKind::kSupply && d.accepted_at != kNoMinute;
    if (row.clock == ClockEffect::kStart || supplied) state.whole_since = event.at;
    const DossierStatus from = d.status;
    d.status = next;
    if (asks) {
      d.answer_due = end_of(MachineFor(d, event).options().silence);
      state.asked_in = from;
      if (++d.supplements > 1) brought |= kMarkSupplementTwice;
    } else if (d.status != DossierStatus::kAwaitingSupplement) {
      d.answer_due = kNoMinute;
    }
    if (event.kind == EventKind::kForward || event.kind == EventKind::kAssign) {
      if (event.agency != d.agency) state.partners.insert(std::string(event.agency));
    }
    if (event.kind == EventKind::kPaid) state.fee_paid = true;
    if (event.kind == EventKind::kSubmit) d.submitted_at = event.at;
    if (event.kind == EventKind::kHandOver) d.handed_over_at = event.at;
    const Channel came = event.channel == Channel::kUnknown ? d.channel : event.channel;
    if (row.visit && came == Channel::kDirect) ++d.visits;
    d.changed_at = event.at;
    d.marks |= brought;
  }

  const FoldRules& rules_;
};

}  // namespace

OracleDossier FoldSlowly(std::vector<Event> events, const FoldRules& rules, MinuteNumber as_of) {
  std::erase_if(events, [&](const Event& event) { return event.at > as_of; });
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.at, a.kind, a.id) < std::tie(b.at, b.kind, b.id);
  });
  const Walk walk(rules);
  State state;
  while (!events.empty()) {
    std::vector<Event> minute;
    while (!events.empty() && (minute.empty() || events[0].at == minute[0].at)) {
      minute.push_back(events[0]);
      events.erase(events.begin());
    }
    for (std::size_t k = 0; k < minute.size();) {
      State next = state;
      if (!walk.Apply(next, minute[k])) {
        ++k;
        continue;
      }
      state = std::move(next);
      minute.erase(minute.begin() + static_cast<std::ptrdiff_t>(k));
      k = 0;
    }
    for (const Event& event : minute) state.d.refused.emplace_back(event.id);
  }
  OracleDossier& d = state.d;
  if (d.finished_at == kNoMinute) d.counted_at = d.competent;
  if (d.accepted_at == kNoMinute) {
    d.outcome = Outcome::kNone;
  } else if (d.finished_at != kNoMinute) {
    d.outcome = Compare(d.finished_at, d.due);
  } else {
    const bool late = d.due != kNoMinute && DayOf(d.due) < DayOf(as_of);
    d.outcome = late ? Outcome::kPendingOverdue : Outcome::kPending;
  }
  if (d.status == DossierStatus::kNew && d.reception_due != kNoMinute && as_of > d.reception_due) {
    d.marks |= kMarkReceptionLate;
  }
  if (walk.ToBeAlerted(state, as_of)) d.marks |= kMarkReceptionAlert;
  if (walk.PapersLate(state, as_of)) d.marks |= kMarkForwardLate;
  if (d.accepted_at != kNoMinute && d.answer_due != kNoMinute &&
      DayOf(as_of) > DayOf(d.answer_due)) {
    d.marks |= kMarkSupplementSilent;
  }
  const bool late = d.outcome == Outcome::kOverdue || d.outcome == Outcome::kPendingOverdue;
  if (late && !d.extended) d.marks |= kMarkNoApology;
  return d;
}

}  // namespace motcua
