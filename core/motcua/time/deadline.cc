#include "motcua/time/deadline.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/plain_deadline.h"
#include "motcua/time/reckoning.h"

namespace motcua {
namespace {

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
  if (options.pauses.empty() && options.extension == kNoMinute) {
    const PlainDeadline plain = ComputePlainDeadline(calendar, limit, options.policy, accepted_at);
    if (plain.due != kNoMinute) {
      return Deadline{.effective_start = plain.effective_start,
                      .due = plain.due,
                      .original_due = plain.due,
                      .provisional = plain.provisional(calendar)};
    }
  }
  MOTCUA_RETURN_IF_ERROR(CheckPauses(options.pauses));
  if (limit.is_none()) return WithoutLimit(calendar, accepted_at, options);
  Reckoning reckoning(calendar, limit, options.policy);
  MOTCUA_RETURN_IF_ERROR(reckoning.Run(accepted_at, options.pauses));
  Deadline deadline;
  deadline.pauses_counted = reckoning.pauses_counted();
  deadline.effective_start = reckoning.start().at;
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

absl::StatusOr<MinuteNumber> ClockStart(MinuteNumber received_at, MinuteNumber competent_at) {
  // Decree 309/2026/NĐ-CP, in force on the day it was signed.
  static const MinuteNumber in_force = StartOf(ToNumber(CivilDay(2026, 8, 5)));
  if (competent_at == kNoMinute || received_at < in_force) return received_at;
  if (competent_at < received_at) {
    return Error(
        Reason::kInvalidArgument, "competent_at", ToString(MinuteFrom(competent_at)),
        absl::StrCat("a minute not before the reception ", ToString(MinuteFrom(received_at))));
  }
  return competent_at;
}

}  // namespace motcua
