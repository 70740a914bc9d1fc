// The clock of one dossier while it runs: started, paused, going on, event by event.
//
//   RunningClock clock;
//   MOTCUA_RETURN_IF_ERROR(clock.Start(calendar, limit, Policy::kByDay, accepted_at));
//   pauses.push_back({asked_at});
//   MOTCUA_RETURN_IF_ERROR(clock.Take(pauses));   // clock.due() == kNoMinute
//
// Says of the pauses taken so far what ComputeDeadline says of them, but reckons only with what
// is new, and allocates nothing that it does not keep. A value.
#ifndef MOTCUA_TIME_RUNNING_CLOCK_H_
#define MOTCUA_TIME_RUNNING_CLOCK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "motcua/base/civil.h"
#include "motcua/time/clock_walk.h"
#include "motcua/time/deadline.h"
#include "motcua/time/pauses.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

class RunningClock {
 public:
  // Starts anew; calendar and limit must outlive the run. Errors, of this and of Take: those of
  // ComputeDeadline. After an error the clock stands still.
  absl::Status Start(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy,
                     MinuteNumber accepted_at);

  // All pauses so far, sorted and disjoint, the last perhaps open: those before the last call,
  // and what has come since. O(new pauses x (terms + resumed pauses)).
  absl::Status Take(std::span<const motcua::Pause> pauses);

  // The same one at a time: it stands still from `from`; it goes on, or not having stood still at
  // all, at `to`. Only of a clock that runs, and GoOn of one that stands still.
  void Pause(MinuteNumber from) { paused_from_ = from; }
  absl::Status GoOn(MinuteNumber to, PausePractice practice) {
    const motcua::Pause pause{paused_from_, to, practice};
    paused_from_ = kNoMinute;
    ++taken_;
    return due_ == kNoMinute || pause.from >= latest() ? absl::OkStatus() : Apply(pause);
  }
  bool paused() const { return paused_from_ != kNoMinute; }

  // The due time is put off to `due` at `at`. From then on a pause moves the promised time as
  // its practice moves any due time: what is due is the later of it and of the clock's own.
  void Promise(MinuteNumber at, MinuteNumber due) {
    promised_at_ = at;
    promised_ = due;
    given_back_ = 0;
  }

  void Stop() { calendar_ = nullptr; }
  bool RunsBy(const WorkingCalendar& calendar) const { return calendar_ == &calendar; }

  // The last minute in time; kNoMinute: no limit, or a pause is open that began before it.
  MinuteNumber due() const { return stands() ? kNoMinute : latest(); }
  // Whether it leans on a year without a complete official table.
  bool provisional() const;

 private:
  MinuteNumber latest() const { return std::max(due_, promised_); }
  bool stands() const { return paused_from_ != kNoMinute && paused_from_ < latest(); }
  absl::Status Accept(MinuteNumber at);
  absl::Status Apply(const motcua::Pause& pause);
  absl::Status MovePromise(const motcua::Pause& pause);
  absl::Status Recount();

  const WorkingCalendar* calendar_ = nullptr;  // null: it does not run
  const TimeLimit* limit_ = nullptr;
  Policy policy_ = Policy::kByDay;
  ClockWalk::StartOfClock start_;
  MinuteNumber due_ = kNoMinute;       // by the closed pauses
  MinuteNumber promised_ = kNoMinute;  // by the pauses since promised_at_
  MinuteNumber promised_at_ = kNoMinute;
  std::int64_t given_back_ = 0;                  // the last day, by rank, that moved promised_
  MinuteNumber paused_from_ = kNoMinute;         // of an open pause
  std::size_t taken_ = 0;                        // closed pauses
  std::vector<motcua::Pause> resumed_, shifts_;  // since the last restart
};

}  // namespace motcua

#endif  // MOTCUA_TIME_RUNNING_CLOCK_H_
