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
#include "motcua/dossiers/event_log.h"
#include "motcua/dossiers/machine.h"
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

  // The limits met so far, in the form of TimeLimit; Dossier::limit is an index.
  const std::vector<std::string>& limits() const { return limit_texts_; }

 private:
  struct Refusal {
    Reason reason = Reason::kNone;
    std::string field, value, expected;
  };

  void Sort(std::span<std::uint32_t> events) const;
  void RunMinute(std::span<std::uint32_t> events, std::vector<HistoryEntry>* history);
  bool Apply(const EventRow& row, Refusal& refusal);
  const Transition* Choose(const EventRow& row, Refusal& refusal);
  std::uint16_t FailingGuards(const EventRow& row, std::uint16_t guards);
  bool SupplementExpired(MinuteNumber at);

  absl::Status Open(const EventRow& row);
  absl::Status SetProcedure(const EventRow& row);
  absl::Status CheckSame(const EventRow& row) const;
  absl::Status RunClock(const EventRow& row, ClockEffect effect);
  absl::Status Start(const EventRow& row);
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
  MinuteNumber asked_at_ = kNoMinute;  // the open supplement request
  MinuteNumber extended_to_ = kNoMinute;
  const Transition* chosen_ = nullptr;  // the row that the last Apply took

  // Shared by all dossiers.
  std::vector<std::string> limit_texts_;
  std::vector<TimeLimit> limits_;
  std::map<std::string, std::int32_t, std::less<>> limit_numbers_;
  std::vector<std::int32_t> limit_of_text_;   // by text number; -1: not asked yet
  std::vector<std::int32_t> limit_of_entry_;  // by catalogue entry and channel; -1: not yet
  std::vector<const WorkingCalendar*> calendar_of_text_;
  std::optional<TimeLimit> silence_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_FOLD_H_
