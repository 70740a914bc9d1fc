// The steps of one dossier as its events move them.
#ifndef MOTCUA_DOSSIERS_STEP_RUN_H_
#define MOTCUA_DOSSIERS_STEP_RUN_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "motcua/base/civil.h"
#include "motcua/dossiers/event_details.h"
#include "motcua/dossiers/step_plan.h"
#include "motcua/time/pauses.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// Where a step of a dossier stands. Minutes are kNoMinute until they happen; events are
// indices in the log. A step sent back to begins anew, and keeps the last time alone.
struct StepState {
  MinuteNumber begun_at = kNoMinute;
  MinuteNumber ended_at = kNoMinute;
  MinuteNumber original_due = kNoMinute;  // as it stood when the step began
  MinuteNumber due = kNoMinute;           // none: untimed, not begun, or the clock stands still
  std::uint32_t begun_by = 0;
  std::uint32_t ended_by = 0;

  bool open() const { return begun_at != kNoMinute && ended_at == kNoMinute; }
  bool done() const { return ended_at != kNoMinute; }
};

// A value; the fold copies it to undo an event.
class StepRun {
 public:
  StepRun() = default;
  explicit StepRun(const StepPlan* plan) : plan_(plan), states_(plan->steps().size()) {}

  bool active() const { return plan_ != nullptr; }
  const StepPlan* plan() const { return plan_; }
  const std::vector<StepState>& states() const { return states_; }

  // The dossier is accepted: what comes after nothing begins.
  void Start(MinuteNumber at, std::uint32_t event);
  // An event that moves the work. Ends the step `done` names, else the open step that
  // `agency` does, else the first open one that something follows; then begins what waited
  // for it. Where it names `step`, the dossier goes there instead, and what comes after it
  // has to be done again. Errors: kInvalidArgument for a step that is not in the plan, or a
  // `done` that is not open.
  absl::Status Move(const EventDetails& details, std::string_view agency, MinuteNumber at,
                    std::uint32_t event);
  // The work is over: open steps end; with `result` the last step, if untimed, begins.
  void Finish(bool result, MinuteNumber at, std::uint32_t event);
  // Sent back before the hand-over: to `step`, else to the last step that has a limit.
  absl::Status Reopen(const EventDetails& details, MinuteNumber at, std::uint32_t event);

  // Due times of the open steps, by working hours, with the pauses since each began.
  absl::Status Reckon(const WorkingCalendar& calendar, std::span<const Pause> pauses);

  // The lowest open step, 0 if none is; the earliest due time of the open ones.
  int number() const;
  MinuteNumber due() const;

 private:
  void Begin(std::size_t k, MinuteNumber at, std::uint32_t event);
  void End(std::size_t k, MinuteNumber at, std::uint32_t event);
  void BeginWhatMay(MinuteNumber at, std::uint32_t event);
  void GoTo(std::size_t k, MinuteNumber at, std::uint32_t event);
  std::size_t Current(std::string_view agency) const;

  const StepPlan* plan_ = nullptr;
  std::vector<StepState> states_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_STEP_RUN_H_
