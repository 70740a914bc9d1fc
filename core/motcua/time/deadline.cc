#include "motcua/time/deadline.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/clock_walk.h"

namespace motcua {
namespace {

// The state of a computation: the clock that runs, and what the pauses did to it.
class Reckoning {
 public:
  Reckoning(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy)
      : walk_(calendar, policy), limit_(limit) {}

  // (Re)starts the clock at an acceptance minute.
  absl::Status Accept(MinuteNumber accepted_at) {
    resumed_.clear();
    shifts_.clear();
    MOTCUA_ASSIGN_OR_RETURN(start_, walk_.Start(limit_, accepted_at));
    return Recount();
  }

  absl::Status Apply(const Pause& pause) {
    Pause clipped = pause;
    clipped.from = std::max(pause.from, start_.accepted_at);
    if (clipped.from >= clipped.to && pause.practice != PausePractice::kRestart) {
      return absl::OkStatus();  // over before the acceptance
    }
    switch (pause.practice) {
      case PausePractice::kRestart:
        return Accept(pause.to);
      case PausePractice::kResume:
        // Past the counted end only a shift's tail is left, and that moves like a shift.
        (clipped.from < counted_end_ ? resumed_ : shifts_).push_back(clipped);
        return Recount();
      case PausePractice::kShift:
        shifts_.push_back(clipped);
        return Recount();
    }
    return absl::OkStatus();
  }

  MinuteNumber due() const { return due_; }
  MinuteNumber effective_start() const { return start_.at; }

 private:
  absl::Status Recount() {
    MOTCUA_ASSIGN_OR_RETURN(counted_end_, walk_.Run(limit_, start_, resumed_));
    due_ = counted_end_;
    for (const Pause& shift : shifts_) {
      MOTCUA_ASSIGN_OR_RETURN(due_, walk_.Shift(due_, shift));
    }
    return absl::OkStatus();
  }

  ClockWalk walk_;
  const TimeLimit& limit_;
  ClockWalk::StartOfClock start_;
  std::vector<Pause> resumed_, shifts_;
  MinuteNumber counted_end_ = kNoMinute;
  MinuteNumber due_ = kNoMinute;
};

// A limit of none: the clock starts and nothing is due.
absl::StatusOr<Deadline> WithoutLimit(const WorkingCalendar& calendar, MinuteNumber accepted_at,
                                      const DeadlineOptions& options) {
  if (options.extension != kNoMinute) {
    return Error(Reason::kInvalidArgument, "extension", ToString(MinuteFrom(options.extension)),
                 "none, because the limit is none");
  }
  Deadline deadline;
  MOTCUA_ASSIGN_OR_RETURN(deadline.effective_start, calendar.EffectiveStart(accepted_at));
  deadline.paused = !options.pauses.empty() && options.pauses.back().open();
  const DayNumber day = DayOf(deadline.effective_start);
  deadline.provisional = calendar.IsProvisional(day, day);
  return deadline;
}

// The extension replaces the due time once; the old one is kept for the record.
absl::Status Extend(const WorkingCalendar& calendar, MinuteNumber extension, Deadline& deadline) {
  if (extension == kNoMinute) return absl::OkStatus();
  if (extension < deadline.due) {
    return Error(
        Reason::kInvalidArgument, "extension", ToString(MinuteFrom(extension)),
        absl::StrCat("a minute not before the due time ", ToString(MinuteFrom(deadline.due))));
  }
  if (!calendar.CoversMinute(extension)) return calendar.OutsideCoverageAt(extension);
  deadline.due = extension;
  return absl::OkStatus();
}

// An open pause that began before the due time: nothing is due until it ends.
absl::Status StopAt(const WorkingCalendar& calendar, const Pause& pause, Deadline& deadline) {
  const MinuteNumber from = std::max(pause.from, deadline.effective_start);
  MOTCUA_ASSIGN_OR_RETURN(deadline.left_at_pause, calendar.WorkingMinutes(from, deadline.due));
  deadline.paused = true;
  deadline.due = kNoMinute;
  const DayNumber start = DayOf(deadline.effective_start);
  deadline.provisional = calendar.IsProvisional(start, std::max(start, DayOf(pause.from)));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Deadline> ComputeDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                         MinuteNumber accepted_at, const DeadlineOptions& options) {
  MOTCUA_RETURN_IF_ERROR(CheckPauses(options.pauses));
  if (limit.is_none()) return WithoutLimit(calendar, accepted_at, options);
  Reckoning reckoning(calendar, limit, options.policy);
  MOTCUA_RETURN_IF_ERROR(reckoning.Accept(accepted_at));
  Deadline deadline;
  for (const Pause& pause : options.pauses) {
    if (pause.open() || pause.from >= reckoning.due()) break;
    MOTCUA_RETURN_IF_ERROR(reckoning.Apply(pause));
    ++deadline.pauses_counted;
  }
  deadline.effective_start = reckoning.effective_start();
  deadline.due = deadline.original_due = reckoning.due();
  MOTCUA_RETURN_IF_ERROR(Extend(calendar, options.extension, deadline));
  if (!options.pauses.empty() && options.pauses.back().open() &&
      options.pauses.back().from < deadline.due) {
    ++deadline.pauses_counted;
    MOTCUA_RETURN_IF_ERROR(StopAt(calendar, options.pauses.back(), deadline));
    return deadline;
  }
  deadline.provisional =
      calendar.IsProvisional(DayOf(deadline.effective_start), DayOf(deadline.due));
  return deadline;
}

absl::StatusOr<MinuteNumber> LatestAcceptance(const WorkingCalendar& calendar,
                                              const TimeLimit& limit, MinuteNumber due,
                                              Policy policy) {
  if (limit.is_none()) {
    return Error(Reason::kInvalidArgument, "limit", "none", "a limit with an amount");
  }
  if (!calendar.CoversMinute(due)) return calendar.OutsideCoverageAt(due);
  const DeadlineOptions options{.policy = policy};
  // The due time never decreases with the acceptance: search for the last that is in time.
  MinuteNumber in_time = StartOf(calendar.index().first());
  MinuteNumber too_late = due + kMinutesPerDay;
  const auto meets = [&](MinuteNumber at) -> absl::StatusOr<bool> {
    const absl::StatusOr<Deadline> deadline = ComputeDeadline(calendar, limit, at, options);
    if (deadline.ok()) return deadline->due <= due;
    // Due beyond the tables is later than any due time inside them.
    if (ReasonOf(deadline.status()) == Reason::kOutsideCoverage) return false;
    return deadline.status();
  };
  MOTCUA_ASSIGN_OR_RETURN(const bool any, meets(in_time));
  if (!any) {
    return Error(Reason::kOutsideCoverage, "due", ToString(MinuteFrom(due)),
                 absl::StrCat("a time that some acceptance from ", ToString(calendar.first()),
                              " on can meet"));
  }
  while (too_late - in_time > 1) {
    const MinuteNumber middle = in_time + (too_late - in_time) / 2;
    MOTCUA_ASSIGN_OR_RETURN(const bool met, meets(middle));
    (met ? in_time : too_late) = middle;
  }
  return in_time;
}

absl::StatusOr<MinuteNumber> ClockStart(MinuteNumber received_at, MinuteNumber competent_at) {
  // Decree 309/2026/NĐ-CP, in force on the day it was signed.
  static const DayNumber in_force = ToNumber(CivilDay(2026, 8, 5));
  if (competent_at == kNoMinute || DayOf(received_at) < in_force) return received_at;
  if (competent_at < received_at) {
    return Error(
        Reason::kInvalidArgument, "competent_at", ToString(MinuteFrom(competent_at)),
        absl::StrCat("a minute not before the reception ", ToString(MinuteFrom(received_at))));
  }
  return competent_at;
}

}  // namespace motcua
