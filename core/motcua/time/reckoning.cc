#include "motcua/time/reckoning.h"

#include <algorithm>

#include "motcua/base/status.h"

namespace motcua {

absl::Status Reckoning::Run(MinuteNumber accepted_at, std::span<const Pause> pauses) {
  MOTCUA_RETURN_IF_ERROR(Accept(accepted_at));
  for (const Pause& pause : pauses) {
    if (pause.open() || pause.from >= due_) break;
    MOTCUA_RETURN_IF_ERROR(Apply(pause));
    ++pauses_counted_;
  }
  return absl::OkStatus();
}

absl::Status Reckoning::Accept(MinuteNumber accepted_at) {
  resumed_.clear();
  shifts_.clear();
  MOTCUA_ASSIGN_OR_RETURN(start_, walk_.Start(limit_, accepted_at));
  return Recount();
}

absl::Status Reckoning::Apply(const Pause& pause) {
  if (pause.to <= start_.accepted_at) return absl::OkStatus();  // over before the acceptance
  if (!calendar_.CoversMinute(pause.to)) return calendar_.OutsideCoverageAt(pause.to);
  if (pause.practice == PausePractice::kRestart) {
    restarted_ = true;
    return Accept(pause.to);
  }
  Pause clipped = pause;
  clipped.from = std::max(pause.from, start_.accepted_at);
  (pause.practice == PausePractice::kResume ? resumed_ : shifts_).push_back(clipped);
  return Recount();
}

absl::Status Reckoning::Recount() {
  MOTCUA_ASSIGN_OR_RETURN(counted_end_, walk_.Run(limit_, start_, resumed_));
  due_ = counted_end_;
  for (const Pause& shift : shifts_) {
    MOTCUA_ASSIGN_OR_RETURN(due_, walk_.Shift(due_, shift, resumed_));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ClockWalk::TermRecord>> Reckoning::Terms() const {
  std::vector<ClockWalk::TermRecord> terms;
  MOTCUA_RETURN_IF_ERROR(walk_.Run(limit_, start_, resumed_, &terms).status());
  return terms;
}

}  // namespace motcua
