#include "motcua/dossiers/fold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

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

}  // namespace

DossierFold::DossierFold(const EventLog& log, const FoldRules& rules,
                         std::vector<Problem>& problems)
    : log_(log),
      rules_(rules),
      problems_(problems),
      has_plans_(!rules.plans.empty() || !rules.case_plans.empty()),
      limit_of_text_(log.texts().size(), -1),
      limit_of_entry_(rules.catalogue ? rules.catalogue->procedures().size() * kChannelCount : 0,
                      -1),
      calendar_of_text_(log.texts().size(), nullptr) {
  machines_.emplace_back(rules.machine);
  for (const auto& [procedure, machine] : rules.machines) machines_.emplace_back(machine);
}

const Dossier& DossierFold::Run(std::span<std::uint32_t> events, MinuteNumber as_of,
                                std::vector<HistoryEntry>* history) {
  Begin();
  if (history != nullptr || !RunPlain(events, as_of)) {
    Begin();
    RunAll(events, as_of, history);
  }
  Conclude(as_of);
  return dossier_;
}

void DossierFold::Begin() {
  dossier_ = Dossier{};
  machine_ = machines_.data();
  pauses_.clear();
  if (steps_.active()) steps_ = StepRun{};
  asked_in_ = 0;
  competent_named_ = false;
  case_ = {};
  fee_paid_ = false;
  extended_at_ = extended_to_ = asked_at_ = awaited_since_ = whole_since_ = kNoMinute;
  clock_.Stop();
  partners_.clear();
}

void DossierFold::RunAll(std::span<std::uint32_t> events, MinuteNumber as_of,
                         std::vector<HistoryEntry>* history) {
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
}

// What holds of the dossier at the minute of the fold.
void DossierFold::Conclude(MinuteNumber as_of) {
  FindAnswerDue();
  dossier_.provisional = clock_.provisional();
  if (dossier_.finished_at == kNoMinute) dossier_.counted_at = dossier_.competent;
  if (dossier_.accepted_at == kNoMinute) {
    dossier_.outcome = Outcome::kNone;
  } else if (dossier_.finished_at != kNoMinute) {
    dossier_.outcome = Compare(dossier_.finished_at, dossier_.due);
  } else {
    const bool late = dossier_.due != kNoMinute && DayOf(dossier_.due) < DayOf(as_of);
    dossier_.outcome = late ? Outcome::kPendingOverdue : Outcome::kPending;
  }
  dossier_.marks = Marks(as_of);
}

std::vector<Possibility> DossierFold::Probe(std::span<std::uint32_t> events, MinuteNumber at) {
  Run(events, at, nullptr);
  std::vector<Possibility> possibilities;
  for (int code = 0; code < kEventKindCount; ++code) {
    EventRow row{};
    row.at = at;
    row.kind = static_cast<EventKind>(code);
    row.channel = Channel::kDirect;
    Refusal refusal;
    const Transition* transition = Choose(row, refusal);
    const bool extends = row.kind == EventKind::kExtend && rules_.clock;
    if (transition != nullptr && extends && dossier_.due == kNoMinute) {
      transition = nullptr;
      refusal.expected = "a dossier that has a due time";
    }
    Possibility possibility{row.kind, transition != nullptr, dossier_.status, Role::kSystem, {},
                            {}};
    if (transition == nullptr) {
      possibility.reason = "expected " + refusal.expected;
    } else {
      possibility.role = transition->role;
      possibility.roles = RoleNames(*transition);
      possibility.reason = transition->source;
      possibility.to = machine_->statuses[Target(*transition)];
    }
    possibilities.push_back(std::move(possibility));
  }
  return possibilities;
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
  if (refusals_.size() < events.size()) refusals_.resize(events.size());
  std::size_t left = events.size();
  for (std::size_t k = 0; k < left;) {
    const DossierStatus from = dossier_.status;
    if (!Apply(events[k], refusals_[k])) {
      ++k;
      continue;
    }
    if (history != nullptr) history->push_back(Entry(events[k], from, true));
    // Take it out, keep the order of the others, and look again from the first.
    std::rotate(events.begin() + static_cast<std::ptrdiff_t>(k),
                events.begin() + static_cast<std::ptrdiff_t>(k) + 1,
                events.begin() + static_cast<std::ptrdiff_t>(left));
    --left;
    k = 0;
  }
  for (std::size_t k = 0; k < left; ++k) {
    const EventRow& row = rows[events[k]];
    Refusal& refusal = refusals_[k];
    if (history != nullptr) {
      history->push_back(Entry(events[k], dossier_.status, false));
      history->back().reason = refusal.expected;
    }
    problems_.push_back({refusal.reason, row.line, std::string(log_.ids()[row.id]),
                         std::move(refusal.field), Printable(refusal.value),
                         std::move(refusal.expected)});
  }
}

HistoryEntry DossierFold::Entry(std::uint32_t event, DossierStatus from, bool applied) const {
  return {.event = event,
          .from = from,
          .to = dossier_.status,
          .clock = applied ? chosen_->clock : ClockEffect::kNone,
          .due = dossier_.due,
          .applied = applied,
          .visit = applied && visited_,
          .step = dossier_.step,
          .step_due = dossier_.step_due,
          .original_due = dossier_.original_due,
          .holder = dossier_.agency,
          .competent = dossier_.competent,
          .marks = static_cast<std::uint16_t>(applied ? event_marks_ : 0),
          .reason = applied ? chosen_->source : std::string(),
          .state = dossier_.state,
          .machine = dossier_.machine};
}

bool DossierFold::Apply(std::uint32_t event, Refusal& refusal) {
  const EventRow& row = log_.rows()[event];
  if (!Covers(row.at, refusal)) return false;
  const std::uint16_t machine = dossier_.machine;
  const StateNumber state = dossier_.state, asked_in = asked_in_;
  if (!FollowProcedure(row, refusal)) return false;
  if (ApplyByMachine(event, refusal)) return true;
  UseMachine(machine);
  dossier_.state = state;
  asked_in_ = asked_in;
  return false;
}

bool DossierFold::ApplyByMachine(std::uint32_t event, Refusal& refusal) {
  const EventRow& row = log_.rows()[event];
  const Transition* transition = Choose(row, refusal);
  if (transition == nullptr) return false;
  const bool saved = MayFailHalfDone(row, *transition);
  if (saved) Save();
  event_marks_ = 0;
  const absl::Status status = Effect(event, *transition);
  if (!status.ok()) {
    if (saved) Undo();
    refusal.reason = ReasonOf(status);
    refusal.field = NameOf(row.kind);
    refusal.value = ToString(MinuteFrom(row.at));
    refusal.expected = ToStd(status.message());
    TakeApart(ToStd(status.message()), refusal.field, refusal.value, refusal.expected);
    return false;
  }
  Settle(row, *transition);
  chosen_ = transition;
  return true;
}

// Whether an event changes something before the last thing that may refuse it.
bool DossierFold::MayFailHalfDone(const EventRow& row, const Transition& transition) const {
  const bool leaves_reception = dossier_.status == DossierStatus::kAccepted &&
                                (row.kind == EventKind::kForward || row.kind == EventKind::kAssign);
  return dossier_.accepted_at == kNoMinute || transition.clock != ClockEffect::kNone ||
         leaves_reception || has_plans_;
}

void DossierFold::Save() {
  saved_.dossier = dossier_;
  saved_.extended_at = extended_at_;
  saved_.extended_to = extended_to_;
  saved_.competent_named = competent_named_;
  saved_.case_name = case_;
  saved_.pauses = pauses_;
  saved_.clock = clock_;
  if (has_plans_) saved_.steps = steps_;
}

void DossierFold::Undo() {
  dossier_ = saved_.dossier;
  extended_at_ = saved_.extended_at;
  extended_to_ = saved_.extended_to;
  competent_named_ = saved_.competent_named;
  case_ = saved_.case_name;
  pauses_ = saved_.pauses;
  if (has_plans_) steps_ = saved_.steps;
  clock_ = saved_.clock;
}

bool DossierFold::Covers(MinuteNumber at, Refusal& refusal) const {
  const WorkingCalendar& calendar = rules_.calendar;
  if (calendar.CoversMinute(at)) return true;
  refusal.reason = Reason::kOutsideCoverage;
  refusal.field = "at";
  refusal.value = ToString(MinuteFrom(at));
  refusal.expected =
      absl::StrCat("a time from ", ToString(calendar.first()), " to ", ToString(calendar.last()));
  return false;
}

void DossierFold::RefuseUncovered(MinuteNumber after) {
  for (const EventRow& row : log_.rows()) {
    Refusal refusal;
    if (row.at <= after || Covers(row.at, refusal)) continue;
    problems_.push_back({refusal.reason, row.line, std::string(log_.ids()[row.id]),
                         std::move(refusal.field), std::move(refusal.value),
                         std::move(refusal.expected)});
  }
}

absl::Status DossierFold::Effect(std::uint32_t event, const Transition& transition) {
  static const EventDetails kNoDetails;
  const EventRow& row = log_.rows()[event];
  const EventDetails* details = &kNoDetails;
  if (row.extra != 0) {
    MOTCUA_ASSIGN_OR_RETURN(details, Details(row));
  }
  MOTCUA_RETURN_IF_ERROR(CheckSame(row));
  MarkForeign(row, transition);
  if (dossier_.accepted_at == kNoMinute) MOTCUA_RETURN_IF_ERROR(Open(row, *details));
  if (transition.clock == ClockEffect::kStart) MOTCUA_RETURN_IF_ERROR(ChooseCase(row));
  if (rules_.clock) {
    MOTCUA_RETURN_IF_ERROR(RunClock(row, transition.clock));
  } else {
    if (transition.clock == ClockEffect::kStart) dossier_.accepted_at = row.at;
    if (transition.clock == ClockEffect::kEnd) dossier_.finished_at = row.at;
    if (transition.clock == ClockEffect::kReopen) dossier_.finished_at = kNoMinute;
  }
  MOTCUA_RETURN_IF_ERROR(MoveWork(row, *details));
  if (!has_plans_) return absl::OkStatus();
  return MoveSteps(event, transition, *details);
}

// "status 4 (in_processing)"; of an own machine "state on_site, status 4 (in_processing)".
std::string DossierFold::Where() const {
  const std::string_view status = NameOf(dossier_.status);
  const std::string_view own = machine_->machine->states()[dossier_.state].name;
  return absl::StrCat(own == status ? "" : absl::StrCat("state ", ToAbsl(own), ", "), "status ",
                      static_cast<int>(dossier_.status), " (", ToAbsl(status), ")");
}

const Transition* DossierFold::Choose(const EventRow& row, Refusal& refusal) {
  const auto rows = TransitionsOn(row.kind);
  std::uint16_t failing = 0;
  for (const Transition& transition : rows) {
    const std::uint16_t missing = FailingGuards(row, transition.guards);
    if (missing == 0) return &transition;
    failing = CloserGuards(failing, missing);
  }
  if (failing == kGuardCounter && row.channel == Channel::kUnknown) {
    refusal = {Reason::kInvalidArgument, "channel", "",
               absl::StrCat("1 (direct) or 3 (postal): in ", Where(), " ", ToAbsl(NameOf(row.kind)),
                            " happens at the counter")};
    return nullptr;
  }
  refusal.reason = Reason::kIllegalTransition;
  refusal.field = "kind";
  refusal.value = NameOf(row.kind);
  refusal.expected =
      rows.empty() ? absl::StrCat("in ", Where(), ": ", machine_->machine->Allowed(dossier_.state))
                   : absl::StrCat("in ", Where(), " only with ", GuardNames(failing));
  return nullptr;
}

std::uint16_t DossierFold::FailingGuards(const EventRow& row, std::uint16_t guards) {
  if (guards == 0) return 0;
  GuardFacts facts{
      .counter = row.channel == Channel::kDirect || row.channel == Channel::kPostal,
      .asked_in = dossier_.previous,
      .supplement_expired = (guards & kGuardSupplementExpired) != 0 && SupplementExpired(row.at),
      .extended = dossier_.extended,
      .day_before = dossier_.due == kNoMinute || DayOf(row.at) < DayOf(dossier_.due),
      .fee_paid = fee_paid_,
      .result_ready = false};
  if ((guards & (kGuardFeePaid | kGuardResultReady)) != 0 && row.extra != 0) {
    const auto details = Details(row);
    const bool unreadable = !details.ok();  // Effect will say so
    facts.fee_paid |= unreadable || (*details)->fee_paid;
    facts.result_ready = unreadable || (*details)->result_ready;
  }
  return motcua::FailingGuards(guards, facts);
}

}  // namespace motcua
