#include "motcua/dossiers/fold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

std::string Describe(DossierStatus status) {
  return absl::StrCat("status ", static_cast<int>(status), " (", ToAbsl(NameOf(status)), ")");
}

// A message in the house form, `field 'value': expected ...`, as its three parts; any
// other message leaves them alone.
void TakeApart(std::string_view message, std::string& field, std::string& value,
               std::string& expected) {
  constexpr std::string_view kExpected = "': expected ";
  const std::size_t open = message.find(" '");
  const std::size_t close = message.find(kExpected, open);
  if (open == std::string_view::npos || close == std::string_view::npos) return;
  field = message.substr(0, open);
  value = message.substr(open + 2, close - open - 2);
  expected = message.substr(close + kExpected.size());
}

PausePractice PracticeOf(ClockEffect effect) {
  if (effect == ClockEffect::kRestart) return PausePractice::kRestart;
  if (effect == ClockEffect::kShift) return PausePractice::kShift;
  return PausePractice::kResume;
}

}  // namespace

DossierFold::DossierFold(const EventLog& log, const FoldRules& rules,
                         std::vector<Problem>& problems)
    : log_(log),
      rules_(rules),
      problems_(problems),
      limit_of_text_(log.texts().size(), -1),
      limit_of_entry_(rules.catalogue ? rules.catalogue->procedures().size() * kChannelCount : 0,
                      -1),
      calendar_of_text_(log.texts().size(), nullptr) {}

Dossier DossierFold::Run(std::span<std::uint32_t> events, MinuteNumber as_of,
                         std::vector<HistoryEntry>* history) {
  dossier_ = Dossier{};
  pauses_.clear();
  asked_at_ = kNoMinute;
  extended_to_ = kNoMinute;
  Sort(events);
  const auto rows = log_.rows();
  while (!events.empty() && rows[events.front()].at <= as_of) {
    const MinuteNumber at = rows[events.front()].at;
    std::size_t count = 1;
    while (count < events.size() && rows[events[count]].at == at) ++count;
    dossier_.dossier = rows[events.front()].dossier;
    RunMinute(events.first(count), history);
    events = events.subspan(count);
  }
  dossier_.counted_at = dossier_.finished_at == kNoMinute ? dossier_.agency : dossier_.counted_at;
  if (dossier_.accepted_at == kNoMinute) {
    dossier_.outcome = Outcome::kNone;
  } else if (dossier_.finished_at != kNoMinute) {
    dossier_.outcome = Compare(dossier_.finished_at, dossier_.due);
  } else {
    const bool late = dossier_.due != kNoMinute && DayOf(dossier_.due) < DayOf(as_of);
    dossier_.outcome = late ? Outcome::kPendingOverdue : Outcome::kPending;
  }
  return dossier_;
}

void DossierFold::Sort(std::span<std::uint32_t> events) const {
  const auto rows = log_.rows();
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (rows[a].at != rows[b].at) return rows[a].at < rows[b].at;
    if (rows[a].kind != rows[b].kind) return rows[a].kind < rows[b].kind;
    return log_.ids()[rows[a].id] < log_.ids()[rows[b].id];
  };
  if (!std::is_sorted(events.begin(), events.end(), before)) {
    std::sort(events.begin(), events.end(), before);
  }
}

void DossierFold::RunMinute(std::span<std::uint32_t> events, std::vector<HistoryEntry>* history) {
  const auto rows = log_.rows();
  std::vector<Refusal> refusals(events.size());
  std::size_t left = events.size();
  for (std::size_t k = 0; k < left;) {
    const DossierStatus from = dossier_.status;
    if (!Apply(rows[events[k]], refusals[k])) {
      ++k;
      continue;
    }
    if (history != nullptr) {
      history->push_back(
          {events[k], from, dossier_.status, chosen_->clock, dossier_.due, true, chosen_->source});
    }
    // Take it out, keep the order of the others, and look again from the first.
    std::rotate(events.begin() + static_cast<std::ptrdiff_t>(k),
                events.begin() + static_cast<std::ptrdiff_t>(k) + 1,
                events.begin() + static_cast<std::ptrdiff_t>(left));
    --left;
    k = 0;
  }
  for (std::size_t k = 0; k < left; ++k) {
    const EventRow& row = rows[events[k]];
    Refusal& refusal = refusals[k];
    if (history != nullptr) {
      history->push_back({events[k], dossier_.status, dossier_.status, ClockEffect::kNone,
                          dossier_.due, false, refusal.expected});
    }
    problems_.push_back({refusal.reason, row.line, std::string(log_.ids()[row.id]),
                         std::move(refusal.field), Printable(refusal.value),
                         std::move(refusal.expected)});
  }
}

bool DossierFold::Apply(const EventRow& row, Refusal& refusal) {
  const Transition* transition = Choose(row, refusal);
  if (transition == nullptr) return false;
  const Dossier before = dossier_;
  const MinuteNumber extended_to = extended_to_;
  const std::size_t pauses = pauses_.size();
  const Pause last = pauses_.empty() ? Pause{} : pauses_.back();
  absl::Status status = CheckSame(row);
  if (status.ok() && dossier_.accepted_at == kNoMinute) status = Open(row);
  if (status.ok() && rules_.clock) status = RunClock(row, transition->clock);
  if (!status.ok()) {  // nothing is half-applied
    dossier_ = before;
    extended_to_ = extended_to;
    pauses_.resize(pauses);
    if (!pauses_.empty()) pauses_.back() = last;
    refusal.reason = ReasonOf(status);
    refusal.field = NameOf(row.kind);
    refusal.value = ToString(MinuteFrom(row.at));
    refusal.expected = ToStd(status.message());
    TakeApart(ToStd(status.message()), refusal.field, refusal.value, refusal.expected);
    return false;
  }
  if (!rules_.clock && transition->clock == ClockEffect::kStart) dossier_.accepted_at = row.at;
  if (!rules_.clock && transition->clock == ClockEffect::kEnd) dossier_.finished_at = row.at;
  if (!rules_.clock && transition->clock == ClockEffect::kReopen) dossier_.finished_at = kNoMinute;
  if (transition->clock == ClockEffect::kEnd) dossier_.counted_at = dossier_.agency;
  const DossierStatus from = dossier_.status;
  if (transition->to == kToPrevious) {
    dossier_.status = dossier_.previous;
  } else if (transition->to != kToSame) {
    dossier_.status = static_cast<DossierStatus>(transition->to);
  }
  if (row.kind == EventKind::kRequestSupplement) {
    dossier_.previous = from;
    asked_at_ = row.at;
    if (dossier_.supplements < 255) ++dossier_.supplements;
  }
  if (row.kind == EventKind::kSubmit) dossier_.submitted_at = row.at;
  if (row.kind == EventKind::kHandOver) dossier_.handed_over_at = row.at;
  if (row.kind == EventKind::kTransfer) {
    dossier_.agency = row.agency;
    dossier_.held_since = row.at;
  }
  const Channel came = row.channel == Channel::kUnknown ? dossier_.channel : row.channel;
  if (transition->visit && came == Channel::kDirect && dossier_.visits < 255) ++dossier_.visits;
  dossier_.changed_at = row.at;
  chosen_ = transition;
  return true;
}

const Transition* DossierFold::Choose(const EventRow& row, Refusal& refusal) {
  const auto rows = rules_.machine.On(dossier_.status, row.kind);
  std::uint16_t failing = 0;
  for (const Transition& transition : rows) {
    const std::uint16_t missing = FailingGuards(row, transition.guards);
    if (missing == 0) return &transition;
    failing = failing == 0 ? missing : std::min(failing, missing);
  }
  refusal.reason = Reason::kIllegalTransition;
  refusal.field = "kind";
  refusal.value = NameOf(row.kind);
  refusal.expected = rows.empty() ? absl::StrCat("in ", Describe(dossier_.status), ": ",
                                                 rules_.machine.Allowed(dossier_.status))
                                  : absl::StrCat("in ", Describe(dossier_.status), " only with ",
                                                 GuardNames(failing));
  return nullptr;
}

std::uint16_t DossierFold::FailingGuards(const EventRow& row, std::uint16_t guards) {
  if (guards == 0) return 0;
  unsigned failing = 0;
  const auto require = [&](GuardBit guard, bool holds) {
    if ((guards & guard) != 0 && !holds) failing |= guard;
  };
  const DossierStatus previous = dossier_.previous;
  const bool accepted = previous == DossierStatus::kAccepted;
  const bool appraised = previous == DossierStatus::kInProcessing;
  require(kGuardCounter, row.channel == Channel::kDirect || row.channel == Channel::kPostal);
  require(kGuardAskedBefore, previous == DossierStatus::kNew);
  require(kGuardAskedInReception, accepted);
  require(kGuardAskedInAppraisal, appraised);
  require(kGuardAskedAfter, accepted || appraised);
  require(kGuardFirstExtension, !dossier_.extended);
  if ((guards & kGuardSupplementExpired) != 0) {
    require(kGuardSupplementExpired, SupplementExpired(row.at));
  }
  require(kGuardDayBefore, dossier_.due == kNoMinute || DayOf(row.at) < DayOf(dossier_.due));
  return static_cast<std::uint16_t>(failing);
}

bool DossierFold::SupplementExpired(MinuteNumber at) {
  if (asked_at_ == kNoMinute) return false;
  if (!silence_) {
    absl::StatusOr<TimeLimit> silence = TimeLimit::Parse(rules_.machine.options().silence);
    if (!silence.ok()) return false;  // DossierRegister::Fold has refused it already
    silence_ = *silence;
  }
  const auto last = ComputeDeadline(CalendarOf(dossier_.agency), *silence_, asked_at_);
  return last.ok() && DayOf(at) > DayOf(last->due);
}

absl::Status DossierFold::Open(const EventRow& row) {
  if (row.agency != 0) {
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
      MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure,
                              rules_.catalogue->Find(log_.texts()[row.procedure], DayFrom(day)));
      dossier_.entry = static_cast<std::int32_t>(procedure - all.data());
    }
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
  MOTCUA_RETURN_IF_ERROR(Reckon());
  dossier_.original_due = dossier_.due;
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
  if (due == kNoMinute || due < dossier_.due) {
    return Error(Reason::kInvalidArgument, "due",
                 due == kNoMinute ? "none" : ToString(MinuteFrom(due)),
                 "a time not before the old due time, " + ToString(MinuteFrom(dossier_.due)));
  }
  extended_to_ = due;
  dossier_.extended = true;
  dossier_.due = due;
  return absl::OkStatus();
}

// The due time from acceptance, pauses and extension. A pause after an extension
// never brings the promised day nearer: the later of the two holds.
absl::Status DossierFold::Reckon() {
  MOTCUA_ASSIGN_OR_RETURN(
      const Deadline deadline,
      ComputeDeadline(CalendarOf(dossier_.agency),
                      limits_[static_cast<std::size_t>(dossier_.limit)], dossier_.accepted_at,
                      {.policy = rules_.policy, .pauses = pauses_}));
  dossier_.due = deadline.due;
  dossier_.provisional = deadline.provisional;
  if (extended_to_ != kNoMinute && deadline.due != kNoMinute) {
    dossier_.due = std::max(deadline.due, extended_to_);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int32_t> DossierFold::LimitNumber(std::string_view text) {
  if (const auto known = limit_numbers_.find(text); known != limit_numbers_.end()) {
    return known->second;
  }
  MOTCUA_ASSIGN_OR_RETURN(TimeLimit limit, TimeLimit::Parse(text));
  const auto number = static_cast<std::int32_t>(limits_.size());
  limits_.push_back(std::move(limit));
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
