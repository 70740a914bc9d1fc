#include "motcua/time/running_clock.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/time/plain_deadline.h"

namespace motcua {

absl::Status RunningClock::Start(const WorkingCalendar& calendar, const TimeLimit& limit,
                                 Policy policy, MinuteNumber accepted_at) {
  calendar_ = &calendar;
  limit_ = &limit;
  policy_ = policy;
  due_ = paused_from_ = promised_ = promised_at_ = kNoMinute;
  taken_ = 0;
  return Accept(accepted_at);
}

absl::Status RunningClock::Take(std::span<const motcua::Pause> pauses) {
  paused_from_ = kNoMinute;
  while (taken_ < pauses.size()) {
    const motcua::Pause& pause = pauses[taken_];
    paused_from_ = pause.from;
    if (pause.open()) return absl::OkStatus();
    MOTCUA_RETURN_IF_ERROR(GoOn(pause.to, pause.practice));
  }
  return absl::OkStatus();
}

absl::Status RunningClock::Accept(MinuteNumber at) {
  resumed_.clear();
  shifts_.clear();
  if (limit_->cutoff().effect != CutoffEffect::kResult) {
    const PlainDeadline plain = ComputePlainDeadline(*calendar_, *limit_, policy_, at);
    if (plain.due != kNoMinute) {
      start_ = {at, plain.effective_start, false};
      due_ = plain.due;
      return absl::OkStatus();
    }
  }
  const ClockWalk walk(*calendar_, policy_);
  auto start = walk.Start(*limit_, at);
  if (!start.ok()) {
    Stop();
    return start.status();
  }
  start_ = *start;
  return limit_->is_none() ? absl::OkStatus() : Recount();
}

// One that began when all was due is not among them: it changes nothing.
absl::Status RunningClock::Apply(const motcua::Pause& pause) {
  if (pause.to <= start_.accepted_at) return absl::OkStatus();
  if (!calendar_->CoversMinute(pause.to)) {
    const absl::Status outside = calendar_->OutsideCoverageAt(pause.to);
    Stop();
    return outside;
  }
  const bool concerns_promise = promised_ != kNoMinute && pause.to > promised_at_;
  if (!concerns_promise && pause.from >= due_) return absl::OkStatus();
  if (pause.practice == PausePractice::kRestart) return Accept(pause.to);
  if (concerns_promise && pause.from < promised_) MOTCUA_RETURN_IF_ERROR(MovePromise(pause));
  if (pause.from >= due_) return absl::OkStatus();
  motcua::Pause clipped = pause;
  clipped.from = std::max(pause.from, start_.accepted_at);
  (pause.practice == PausePractice::kResume ? resumed_ : shifts_).push_back(clipped);
  return Recount();
}

absl::Status RunningClock::MovePromise(const motcua::Pause& pause) {
  const ClockWalk walk(*calendar_, policy_);
  motcua::Pause since = pause;
  since.from = std::max(pause.from, promised_at_);
  const auto moved = pause.practice == PausePractice::kResume
                         ? walk.GiveBack(promised_, since, given_back_)
                         : walk.Shift(promised_, since, {});
  if (!moved.ok()) {
    Stop();
    return moved.status();
  }
  promised_ = *moved;
  return absl::OkStatus();
}

absl::Status RunningClock::Recount() {
  const ClockWalk walk(*calendar_, policy_);
  auto end = walk.Run(*limit_, start_, resumed_);
  for (std::size_t k = 0; end.ok() && k < shifts_.size(); ++k) {
    end = walk.Shift(*end, shifts_[k], resumed_);
  }
  if (!end.ok()) {
    Stop();
    return end.status();
  }
  due_ = *end;
  return absl::OkStatus();
}

bool RunningClock::provisional() const {
  if (calendar_ == nullptr) return false;
  const DayNumber start = DayOf(start_.at);
  if (limit_->is_none()) return calendar_->IsProvisional(start, start);
  return calendar_->IsProvisional(
      start, stands() ? std::max(start, DayOf(paused_from_)) : DayOf(latest()));
}

}  // namespace motcua
