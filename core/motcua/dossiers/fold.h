// The fold: a dossier's events in, the dossier out.
//
// Deterministic whatever the order of arrival. Events are taken by their own time;
// among those of one minute, the first that the machine allows, in the order of
// EventKind and then of id, until none is left that it allows. An event that is not
// allowed, or that cannot be reckoned with, changes nothing and becomes a Problem;
// the fold goes on.
#ifndef MOTCUA_DOSSIERS_FOLD_H_
#define MOTCUA_DOSSIERS_FOLD_H_

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/problem.h"
#include "motcua/dossiers/dossier.h"
#include "motcua/dossiers/event_details.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/dossiers/fold_machine.h"
#include "motcua/dossiers/machine.h"
#include "motcua/dossiers/step_run.h"
#include "motcua/dossiers/terms.h"
#include "motcua/procedures/catalogue.h"
#include "motcua/time/deadline.h"
#include "motcua/time/running_clock.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// What a fold reckons with.
struct FoldRules {
  WorkingCalendar calendar;  // of agencies without one of their own
  Machine machine;           // of procedures without one of their own; if it names procedures,
                             // it is for those alone, and the others have the national one
  std::map<std::string, WorkingCalendar, std::less<>> calendars;  // by agency, as in its events
  std::optional<Catalogue> catalogue;  // without one, procedures are not checked and `accept`
                                       // has to bring its limit
  Policy policy = Policy::kByDay;
  bool clock = true;  // false: statuses and holders alone; nothing is due, limits are not needed
  std::map<std::string, StepPlan, std::less<>> plans = {};  // internal processes, by procedure
  bool catalogue_processes = true;  // where there is no plan, a sound one of the catalogue holds
  Terms terms = {};                 // of the decree, beside the limits
  ProcedureMachines machines = {};  // of procedures that have one of their own
  // Of the cases of the catalogue's linked groups; the register makes them, like `plans` of the
  // catalogue's processes.
  std::vector<std::optional<StepPlan>> case_plans = {};
};

// Whether an event could be applied at a minute, and by what, or why not.
struct Possibility {
  EventKind kind = EventKind::kSubmit;
  bool possible = false;
  DossierStatus to = DossierStatus::kNone;
  Role role = Role::kSystem;  // of the row that would apply
  std::string reason;         // its source, or what was expected
  std::string roles;          // "applicant+system": all that the row names; empty if not possible
};

// Folds dossiers of one log one after the other; keeps what they share.
class DossierFold {
 public:
  // All three must outlive the fold.
  DossierFold(const EventLog& log, const FoldRules& rules, std::vector<Problem>& problems);

  // `events` are indices of one dossier's events in the log, in any order; they are
  // sorted. Events after `as_of` are left out. `history`, if not null, receives an
  // entry for every event taken. The dossier holds until the next run. Complexity: O(events),
  // O(events log events) out of order.
  const Dossier& Run(std::span<std::uint32_t> events, MinuteNumber as_of,
                     std::vector<HistoryEntry>* history);

  // Tells of every event after `after` whose time no calendar covers: none is left unread
  // because the register ends before it.
  void RefuseUncovered(MinuteNumber after);

  // What each kind of event would meet at `at`, after the events up to then. Guards are
  // asked; what an event would have to bring (a limit, a due time) is not.
  std::vector<Possibility> Probe(std::span<std::uint32_t> events, MinuteNumber at);

  // The steps of the dossier folded last; not active without a plan of its procedure.
  const StepRun& steps() const { return steps_; }

  // The limits met so far, in the form of TimeLimit; Dossier::limit is an index.
  const std::vector<std::string>& limits() const { return limit_texts_; }

 private:
  static PausePractice PracticeOf(ClockEffect effect) {
    if (effect == ClockEffect::kRestart) return PausePractice::kRestart;
    if (effect == ClockEffect::kShift) return PausePractice::kShift;
    return PausePractice::kResume;
  }
  // What the applicant brings, wherever that is.
  static bool IsBrought(EventKind kind) {
    return kind == EventKind::kSupply || kind == EventKind::kPaid || kind == EventKind::kWithdraw;
  }

  struct Refusal {
    Reason reason = Reason::kNone;
    std::string field, value, expected;
  };

  void Begin();
  void RunAll(std::span<std::uint32_t> events, MinuteNumber as_of,
              std::vector<HistoryEntry>* history);
  void Conclude(MinuteNumber as_of);
  bool RunPlain(std::span<const std::uint32_t> events, MinuteNumber as_of);
  const Transition* PlainTransition(const EventRow& row) const;
  bool PlainClock(const EventRow& row, ClockEffect effect);
  bool PlainOpen(const EventRow& row);
  bool PlainStart(const EventRow& row);
  bool HasPlan(std::uint32_t procedure);
  bool IsGroup(std::uint32_t procedure) const;
  absl::Status ChooseCase(const EventRow& row);
  const StepPlan* Plan() const;

  std::span<const Transition> TransitionsOn(EventKind kind) const {
    return machine_->transitions[dossier_.state * std::size_t{kEventKindCount} +
                                 static_cast<std::size_t>(kind)];
  }
  std::uint16_t MachineOf(std::uint32_t procedure);
  void UseMachine(std::uint16_t number);
  bool FollowProcedure(const EventRow& row, Refusal& refusal);
  void Sort(std::span<std::uint32_t> events) const;
  void RunMinute(std::span<std::uint32_t> events, std::vector<HistoryEntry>* history);
  bool Apply(std::uint32_t event, Refusal& refusal);
  bool ApplyByMachine(std::uint32_t event, Refusal& refusal);
  bool Covers(MinuteNumber at, Refusal& refusal) const;
  StateNumber Target(const Transition& transition) const;
  std::string Where() const;
  const Transition* Choose(const EventRow& row, Refusal& refusal);
  std::uint16_t FailingGuards(const EventRow& row, std::uint16_t guards);
  bool SupplementExpired(MinuteNumber at);
  bool ForwardedLate(MinuteNumber at);
  bool AppraisedLate(MinuteNumber at);
  void FindAnswerDue();
  bool MayFailHalfDone(const EventRow& row, const Transition& transition) const;
  void Save();
  void Undo();
  absl::Status Effect(std::uint32_t event, const Transition& transition);
  absl::Status MoveWork(const EventRow& row, const EventDetails& details);
  absl::Status Transfer(const EventRow& row, const EventDetails& details);
  absl::Status MoveSteps(std::uint32_t event, const Transition& transition,
                         const EventDetails& details);
  void AwaitAnswer(const EventRow& row);
  void Answer(const EventRow& row);
  void Ask(const EventRow& row);
  void LeaveReception(const EventRow& row);
  MinuteNumber EndOf(std::optional<TimeLimit>& limit, const std::string& text, MinuteNumber from,
                     std::uint32_t agency);
  void Settle(const EventRow& row, const Transition& transition);
  std::uint16_t Marks(MinuteNumber as_of);
  HistoryEntry Entry(std::uint32_t event, DossierStatus from, bool applied) const;
  absl::StatusOr<const EventDetails*> Details(const EventRow& row);
  absl::StatusOr<std::uint32_t> Number(std::string_view agency) const;

  absl::Status Open(const EventRow& row, const EventDetails& details);
  absl::Status SetProcedure(const EventRow& row);
  void MarkForeign(const EventRow& row, const Transition& transition);
  bool IsNotCompetent() const;
  absl::Status CheckSame(const EventRow& row) const;
  absl::Status RunClock(const EventRow& row, ClockEffect effect);
  absl::Status Start(const EventRow& row);
  absl::Status StartClock(MinuteNumber at);
  absl::Status GoOn(const EventRow& row, ClockEffect effect);
  absl::Status End(const EventRow& row);
  absl::Status Extend(const EventRow& row);
  absl::Status Reckon();
  absl::StatusOr<std::int32_t> LimitNumber(std::string_view text);
  absl::StatusOr<std::int32_t> LimitFor(const EventRow& row);
  const WorkingCalendar& CalendarOf(std::uint32_t agency);

  const EventLog& log_;
  const FoldRules& rules_;
  std::vector<Problem>& problems_;

  // Of the dossier being folded.
  Dossier dossier_;
  FoldMachine* machine_ = nullptr;  // that of its procedure, of machines_
  std::vector<Pause> pauses_;
  StepRun steps_;
  StateNumber asked_in_ = 0;      // where the supplement was asked
  bool competent_named_ = false;  // an opening event said who decides
  std::string_view case_;         // of a linked group, as the last opening event named it
  bool fee_paid_ = false;         // a payment went through
  MinuteNumber extended_at_ = kNoMinute, extended_to_ = kNoMinute;
  RunningClock clock_;
  MinuteNumber asked_at_ = kNoMinute;  // of a supplement whose answer_due is not reckoned yet
  std::uint32_t asked_by_ = 0;
  FoldMachine* asked_under_ = nullptr;      // whose silence holds
  MinuteNumber awaited_since_ = kNoMinute;  // an online dossier waits for its answer
  MinuteNumber whole_since_ = kNoMinute;    // accepted, or what was missing was supplied
  const Transition* chosen_ = nullptr;      // the row that the last Apply took
  bool visited_ = false;                    // the citizen came for it
  unsigned event_marks_ = 0;                // that it brought, of DossierMark
  std::vector<std::uint32_t> partners_;     // agencies that the work was sent to
  std::vector<Refusal> refusals_;           // of the minute being run; kept for their memory

  // What an event that fails half-way is undone to; kept for its memory.
  struct {
    Dossier dossier;
    std::vector<Pause> pauses;
    StepRun steps;
    RunningClock clock;
    MinuteNumber extended_at = kNoMinute, extended_to = kNoMinute;
    bool competent_named = false;
    std::string_view case_name;
  } saved_;

  // Shared by all dossiers.
  std::vector<FoldMachine> machines_;          // that of the rules, then those of procedures
  std::vector<std::int32_t> machine_of_text_;  // by text number of a procedure; -1: not asked
  const bool has_plans_;
  std::vector<std::int8_t> planned_;  // whether a procedure may have a plan, by text number
  std::vector<std::string> limit_texts_;
  std::deque<TimeLimit> limits_;  // the clock holds on to one
  std::map<std::string, std::int32_t, std::less<>> limit_numbers_;
  std::vector<std::int32_t> limit_of_text_;   // by text number; -1: not asked yet
  std::vector<std::int32_t> limit_of_entry_;  // by catalogue entry and channel; -1: not yet
  std::vector<const WorkingCalendar*> calendar_of_text_;
  std::map<std::uint32_t, EventDetails> details_;  // by text number
  std::optional<TimeLimit> reception_, alert_, forwarding_, passing_on_, appraisal_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_FOLD_H_
