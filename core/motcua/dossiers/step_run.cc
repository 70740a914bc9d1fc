#include "motcua/dossiers/step_run.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/deadline.h"

namespace motcua {
namespace {

absl::Status UnknownStep(std::string_view field, int number, std::string_view expected) {
  return Error(Reason::kInvalidArgument, field, absl::StrCat(number), expected);
}

}  // namespace

void StepRun::Start(MinuteNumber at, std::uint32_t event) {
  for (std::size_t k = 0; k < states_.size(); ++k) {
    if (plan_->before(k).empty()) Begin(k, at, event);
  }
}

absl::Status StepRun::Move(const EventDetails& details, std::string_view agency, MinuteNumber at,
                           std::uint32_t event) {
  if (details.step != 0) {
    const auto k = plan_->Find(details.step);
    if (!k) return UnknownStep("step", details.step, "a step of the procedure");
    if (!states_[*k].open()) GoTo(*k, at, event);
    return absl::OkStatus();
  }
  std::size_t k = Current(agency);
  if (details.done != 0) {
    const auto named = plan_->Find(details.done);
    if (!named || !states_[*named].open()) {
      return UnknownStep("done", details.done, "a step that is open");
    }
    k = *named;
  }
  if (k == states_.size()) return absl::OkStatus();
  End(k, at, event);
  BeginWhatMay(at, event);
  return absl::OkStatus();
}

void StepRun::Finish(bool result, MinuteNumber at, std::uint32_t event) {
  const std::size_t last = states_.size() - 1;
  for (std::size_t k = 0; k < states_.size(); ++k) {
    if (states_[k].open()) End(k, at, event);
  }
  if (result && !plan_->limit(last) && !states_[last].done()) Begin(last, at, event);
}

absl::Status StepRun::Reopen(const EventDetails& details, MinuteNumber at, std::uint32_t event) {
  std::size_t k = states_.size() - 1;
  while (k > 0 && !plan_->limit(k)) --k;
  if (details.step != 0) {
    const auto named = plan_->Find(details.step);
    if (!named) return UnknownStep("step", details.step, "a step of the procedure");
    k = *named;
  }
  GoTo(k, at, event);
  return absl::OkStatus();
}

absl::Status StepRun::Reckon(const WorkingCalendar& calendar, std::span<const Pause> pauses) {
  for (std::size_t k = 0; k < states_.size(); ++k) {
    StepState& state = states_[k];
    const auto& limit = plan_->limit(k);
    if (!state.open() || !limit) continue;
    const StepState& owner = states_[plan_->shared(k)];
    const MinuteNumber from = owner.begun_at == kNoMinute ? state.begun_at : owner.begun_at;
    // Working hours, so that halves and quarters of a day add up; the same day is its end.
    const bool same_day = limit->terms().size() == 1 && limit->terms()[0].quarters == 0;
    MOTCUA_ASSIGN_OR_RETURN(
        const Deadline deadline,
        ComputeDeadline(calendar, *limit, from,
                        {.policy = same_day ? Policy::kByDay : Policy::kByHour, .pauses = pauses}));
    state.due = deadline.due;
    if (state.original_due == kNoMinute) state.original_due = deadline.due;
  }
  return absl::OkStatus();
}

int StepRun::number() const {
  for (std::size_t k = 0; k < states_.size(); ++k) {
    if (states_[k].open()) return plan_->steps()[k].number;
  }
  return 0;
}

MinuteNumber StepRun::due() const {
  MinuteNumber due = kNoMinute;
  for (const StepState& state : states_) {
    if (!state.open() || state.due == kNoMinute) continue;
    due = due == kNoMinute ? state.due : std::min(due, state.due);
  }
  return due;
}

void StepRun::Begin(std::size_t k, MinuteNumber at, std::uint32_t event) {
  states_[k] = {.begun_at = at, .begun_by = event};
}

void StepRun::End(std::size_t k, MinuteNumber at, std::uint32_t event) {
  states_[k].ended_at = at;
  states_[k].ended_by = event;
}

void StepRun::BeginWhatMay(MinuteNumber at, std::uint32_t event) {
  for (std::size_t k = 0; k < states_.size(); ++k) {
    const auto& before = plan_->before(k);
    const bool ready = std::all_of(before.begin(), before.end(),
                                   [&](std::size_t earlier) { return states_[earlier].done(); });
    if (states_[k].begun_at == kNoMinute && ready) Begin(k, at, event);
  }
}

// Whatever is open ends; what comes after step k is as if it had not begun; what must come
// before it counts as done.
void StepRun::GoTo(std::size_t k, MinuteNumber at, std::uint32_t event) {
  for (std::size_t other = 0; other < states_.size(); ++other) {
    if (plan_->Follows(other, k)) {
      states_[other] = {};
    } else if (states_[other].open() ||
               (states_[other].begun_at == kNoMinute && plan_->Follows(k, other))) {
      if (states_[other].begun_at == kNoMinute) Begin(other, at, event);
      End(other, at, event);
    }
  }
  Begin(k, at, event);
}

// The open step that an event of `agency` ends; states_.size() if none.
std::size_t StepRun::Current(std::string_view agency) const {
  std::size_t found = states_.size();
  for (std::size_t k = 0; k < states_.size(); ++k) {
    bool followed = false;
    for (std::size_t later = k + 1; later < states_.size(); ++later)
      followed |= plan_->Follows(later, k);
    if (!states_[k].open() || !followed) continue;
    if (!agency.empty() && plan_->steps()[k].agency == agency) return k;
    if (found == states_.size()) found = k;
  }
  return found;
}

}  // namespace motcua
