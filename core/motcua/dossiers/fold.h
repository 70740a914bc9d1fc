// The fold: a dossier's events in, the dossier out.
//
// Deterministic whatever the order of arrival. Events are taken by their own time;
// among those of one minute, the first that the machine allows, in the order of
// EventKind and then of id, until none is left that it allows. An event that is not
// allowed, or that cannot be reckoned with, changes nothing and becomes a Problem;
// the fold goes on.
#ifndef MOTCUA_DOSSIERS_FOLD_H_
#define MOTCUA_DOSSIERS_FOLD_H_

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
#include "motcua/dossiers/machine.h"
#include "motcua/dossiers/step_run.h"
#include "motcua/procedures/catalogue.h"
#include "motcua/time/deadline.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// What a fold reckons with.
struct FoldRules {
  WorkingCalendar calendar;  // of agencies without one of their own
  Machine machine;
  std::map<std::string, WorkingCalendar, std::less<>> calendars;  // by agency, as in its events
  std::optional<Catalogue> catalogue;  // without one, procedures are not checked and `accept`
                                       // has to bring its limit
  Policy policy = Policy::kByDay;
  bool clock = true;  // false: statuses and holders alone; nothing is due, limits are not needed
  std::map<std::string, StepPlan, std::less<>> plans = {};  // internal processes, by procedure
  std::string reception = "8wh";  // how long an online dossier may wait for its answer
};

// Whether an event could be applied at a minute, and by what, or why not.
struct Possibility {
  EventKind kind = EventKind::kSubmit;
  bool possible = false;
  DossierStatus to = DossierStatus::kNone;
  Role role = Role::kSystem;  // of the row that would apply
  std::string reason;         // its source, or what was expected
};

// Folds dossiers of one log one after the other; keeps what they share.
class DossierFold {
 public:
  // All three must outlive the fold.
  DossierFold(const EventLog& log, const FoldRules& rules, std::vector<Problem>& problems);

  // `events` are indices of one dossier's events in the log, in any order; they are
  // sorted. Events after `as_of` are left out. `history`, if not null, receives an
  // entry for every event taken. Complexity: O(events log events).
  Dossier Run(std::span<std::uint32_t> events, MinuteNumber as_of,
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
  struct Refusal {
    Reason reason = Reason::kNone;
    std::string field, value, expected;
  };

  void Sort(std::span<std::uint32_t> events) const;
  void RunMinute(std::span<std::uint32_t> events, std::vector<HistoryEntry>* history);
  bool Apply(std::uint32_t event, Refusal& refusal);
  bool Covers(MinuteNumber at, Refusal& refusal) const;
  StateNumber Target(const Transition& transition) const;
  std::string Where() const;
  const Transition* Choose(const EventRow& row, Refusal& refusal);
  std::uint16_t FailingGuards(const EventRow& row, std::uint16_t guards);
  bool SupplementExpired(MinuteNumber at) const;
  absl::Status Effect(std::uint32_t event, const Transition& transition);
  absl::Status MoveWork(const EventRow& row, const EventDetails& details);
  absl::Status Transfer(const EventRow& row, const EventDetails& details);
  absl::Status MoveSteps(std::uint32_t event, const Transition& transition,
                         const EventDetails& details);
  void Watch(const EventRow& row);
  MinuteNumber EndOf(std::optional<TimeLimit>& limit, const std::string& text, MinuteNumber from);
  void Settle(const EventRow& row, const Transition& transition);
  std::uint8_t Marks(MinuteNumber as_of) const;
  HistoryEntry Entry(std::uint32_t event, DossierStatus from, bool applied) const;
  absl::StatusOr<const EventDetails*> Details(const EventRow& row);
  absl::StatusOr<std::uint32_t> Number(std::string_view agency) const;

  absl::Status Open(const EventRow& row, const EventDetails& details);
  absl::Status SetProcedure(const EventRow& row);
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
  std::vector<Pause> pauses_;
  StepRun steps_;
  StateNumber asked_in_ = 0;      // where the supplement was asked
  bool competent_named_ = false;  // an opening event said who decides
  bool fee_paid_ = false;         // a payment went through
  MinuteNumber extended_to_ = kNoMinute;
  const Transition* chosen_ = nullptr;  // the row that the last Apply took
  bool visited_ = false;                // the citizen came for it
  std::vector<Refusal> refusals_;       // of the minute being run; kept for their memory

  // Shared by all dossiers.
  std::vector<std::string> limit_texts_;
  std::vector<TimeLimit> limits_;
  std::map<std::string, std::int32_t, std::less<>> limit_numbers_;
  std::vector<std::int32_t> limit_of_text_;   // by text number; -1: not asked yet
  std::vector<std::int32_t> limit_of_entry_;  // by catalogue entry and channel; -1: not yet
  std::vector<const WorkingCalendar*> calendar_of_text_;
  std::map<std::uint32_t, EventDetails> details_;  // by text number
  std::optional<TimeLimit> silence_, reception_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_FOLD_H_
