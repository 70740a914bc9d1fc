// One deadline in the making: the clock that runs, the pauses laid into it, and the record
// that explanations are told from. Used by ComputeDeadline and Explain.
#ifndef MOTCUA_TIME_RECKONING_H_
#define MOTCUA_TIME_RECKONING_H_

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

class Reckoning {
 public:
  // `limit` is borrowed and must not be none.
  Reckoning(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy)
      : calendar_(calendar), walk_(calendar, policy), limit_(limit) {}

  // Accepts, and applies every closed pause that begins before the due time of its moment.
  // `pauses` have passed CheckPauses. Errors: those of ComputeDeadline.
  absl::Status Run(MinuteNumber accepted_at, std::span<const Pause> pauses);

  MinuteNumber due() const { return due_; }
  // The end of the counted terms, before any shift.
  MinuteNumber counted_end() const { return counted_end_; }
  const ClockWalk::StartOfClock& start() const { return start_; }
  std::uint32_t pauses_counted() const { return pauses_counted_; }
  bool restarted() const { return restarted_; }
  std::span<const Pause> resumed() const { return resumed_; }

  // The terms as they ran, one entry each; a cut-off's later result is one more.
  absl::StatusOr<std::vector<ClockWalk::TermRecord>> Terms() const;

 private:
  absl::Status Accept(MinuteNumber accepted_at);
  absl::Status Apply(const Pause& pause);
  absl::Status Recount();

  const WorkingCalendar& calendar_;
  ClockWalk walk_;
  const TimeLimit& limit_;
  ClockWalk::StartOfClock start_;
  std::vector<Pause> resumed_, shifts_;
  MinuteNumber counted_end_ = kNoMinute;
  MinuteNumber due_ = kNoMinute;
  std::uint32_t pauses_counted_ = 0;
  bool restarted_ = false;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_RECKONING_H_
