#include "motcua/time/clock_walk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/deadline.h"
#include "motcua/time/months.h"

namespace motcua {
namespace {

constexpr std::int64_t kMinutesPerWorkingDay = 480;  // a working day by_hour

bool IsLate(const Cutoff& cutoff, const DayIndex& index, MinuteNumber start) {
  const DayNumber day = DayOf(start);
  const MinuteNumber last_in_time =
      StartOf(day) + cutoff.LastInTime(index.PatternOf(day).last_close());
  return start > last_in_time;
}

// For a due time past coverage: no day that anybody gave is at fault.
absl::Status EndsPastCoverage(const WorkingCalendar& calendar) {
  return Error(Reason::kOutsideCoverage,
               absl::StrCat("limit: expected to end within the calendar's coverage, ",
                            ToString(calendar.first()), " .. ", ToString(calendar.last())));
}

}  // namespace

absl::StatusOr<ClockWalk::StartOfClock> ClockWalk::Start(const TimeLimit& limit,
                                                         MinuteNumber accepted_at) const {
  StartOfClock start{accepted_at, kNoMinute, false};
  MOTCUA_ASSIGN_OR_RETURN(start.at, calendar_.EffectiveStart(accepted_at));
  const Cutoff& cutoff = limit.cutoff();
  if (cutoff.effect == CutoffEffect::kNone || !IsLate(cutoff, index_, start.at)) return start;
  if (cutoff.effect == CutoffEffect::kResult) {
    start.result_later = true;
    return start;
  }
  const std::int32_t next = index_.Rank(DayOf(start.at)) + 1;
  if (next > index_.working_day_count()) return EndsPastCoverage(calendar_);
  start.at = index_.OpeningOf(next);
  return start;
}

absl::StatusOr<MinuteNumber> ClockWalk::Run(const TimeLimit& limit, const StartOfClock& start,
                                            std::span<const Pause> pauses,
                                            std::vector<TermRecord>* record) const {
  MinuteNumber at = start.at;
  const auto run = [&](const LimitTerm& term, bool cutoff) -> absl::Status {
    TermRecord one{.term = term, .from = at, .since = at, .cutoff = cutoff};
    if (at == start.at) one.since = start.accepted_at;
    MOTCUA_RETURN_IF_ERROR(RunTerm(one, pauses));
    if (record != nullptr) record->push_back(one);
    at = one.end;
    return absl::OkStatus();
  };
  for (const LimitTerm& term : limit.terms()) MOTCUA_RETURN_IF_ERROR(run(term, false));
  if (start.result_later) {
    MOTCUA_RETURN_IF_ERROR(run({LimitUnit::kWorkingDay, 4}, true));
  }
  return at;
}

bool ClockWalk::InMinutes(const LimitTerm& term) const {
  return term.unit == LimitUnit::kWorkingHour || term.unit == LimitUnit::kHour ||
         (term.unit == LimitUnit::kWorkingDay && policy_ == Policy::kByHour);
}

absl::Status ClockWalk::RunTerm(TermRecord& record, std::span<const Pause> pauses) const {
  const LimitTerm& term = record.term;
  record.in_minutes = !record.cutoff && InMinutes(term);
  const auto end_at = [&](absl::StatusOr<MinuteNumber> end) -> absl::Status {
    if (end.ok()) record.end = *end;
    return end.status();
  };
  switch (term.unit) {
    case LimitUnit::kWorkingDay:
      if (record.in_minutes) {
        return end_at(
            RunWorkingMinutes(term.quarters * (kMinutesPerWorkingDay / 4), record.from, pauses));
      }
      if (!term.whole()) {
        return Error(Reason::kInvalidArgument, "limit",
                     std::to_string(term.quarters / 4.0).substr(0, 6) + "wd",
                     "whole working days under by_day (by_hour counts fractions)");
      }
      // The day that >result adds is a working day under both policies.
      return end_at(RunWorkingDays(term.amount(), record.from, pauses));
    case LimitUnit::kWorkingHour:
      return end_at(RunWorkingMinutes(std::int64_t{term.quarters} * 15, record.from, pauses));
    case LimitUnit::kHour:
      return end_at(RunClockMinutes(std::int64_t{term.quarters} * 15, record.from, pauses));
    case LimitUnit::kDay:
    case LimitUnit::kMonth:
    case LimitUnit::kYear:
      break;
  }
  return RunCalendar(record, pauses);
}

absl::StatusOr<MinuteNumber> ClockWalk::RunWorkingDays(std::int64_t days, MinuteNumber at,
                                                       std::span<const Pause> pauses) const {
  const std::int64_t day_zero = index_.Rank(DayOf(at));
  // 0wd asks for day 0 itself; if that is paused, for the next day that is not.
  const std::int64_t uncounted = days == 0 ? day_zero - 1 : day_zero;
  std::int64_t due = day_zero + days;
  std::int64_t last_paused = uncounted;
  if (due > index_.working_day_count()) return EndsPastCoverage(calendar_);
  while (!pauses.empty() &&
         pauses.front().from < index_.ClosingOf(static_cast<std::int32_t>(due))) {
    const Pause& pause = pauses.front();
    const std::int64_t before = index_.MinutesBefore(std::max(pause.from, at));
    const std::int64_t through = index_.MinutesBefore(pause.to);
    if (through > before) {
      const std::int64_t first =
          std::max<std::int64_t>(index_.OrdinalOf(before + 1), last_paused + 1);
      const std::int64_t last = index_.OrdinalOf(through);
      due += std::max<std::int64_t>(last - first + 1, 0);
      last_paused = std::max(last_paused, last);
      if (due > index_.working_day_count()) return EndsPastCoverage(calendar_);
    }
    pauses = pauses.subspan(1);
  }
  return index_.ClosingOf(static_cast<std::int32_t>(due));
}

absl::StatusOr<MinuteNumber> ClockWalk::RunWorkingMinutes(std::int64_t minutes, MinuteNumber at,
                                                          std::span<const Pause> pauses) const {
  if (minutes == 0) return at;
  std::int64_t target = index_.MinutesBefore(at) + minutes;
  for (;;) {
    if (target > index_.working_minute_count()) return EndsPastCoverage(calendar_);
    const MinuteNumber due = index_.EndOf(target);
    if (pauses.empty() || pauses.front().from >= due) return due;
    const Pause& pause = pauses.front();
    const std::int64_t before = index_.MinutesBefore(std::max(pause.from, at));
    target += std::max<std::int64_t>(index_.MinutesBefore(pause.to) - before, 0);
    pauses = pauses.subspan(1);
  }
}

absl::StatusOr<MinuteNumber> ClockWalk::RunClockMinutes(std::int64_t minutes, MinuteNumber at,
                                                        std::span<const Pause> pauses) const {
  MinuteNumber end = at + minutes;
  for (;;) {
    MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber due, Land(end));
    if (pauses.empty() || pauses.front().from >= due) return due;
    const Pause& pause = pauses.front();
    end += std::max<std::int64_t>(pause.to - std::max(pause.from, at), 0);
    pauses = pauses.subspan(1);
  }
}

absl::Status ClockWalk::RunCalendar(TermRecord& record, std::span<const Pause> pauses) const {
  const LimitTerm& term = record.term;
  const DayNumber day_zero = DayOf(record.from);
  std::int64_t last_day = 0;
  if (term.unit == LimitUnit::kDay) {
    last_day = std::int64_t{day_zero} + term.amount();
  } else {
    const std::int64_t months =
        std::int64_t{term.amount()} * (term.unit == LimitUnit::kYear ? 12 : 1);
    last_day = MonthsLater(day_zero, months);
  }
  for (;;) {
    MOTCUA_ASSIGN_OR_RETURN(record.end, CloseOnOrAfter(last_day));
    record.last_day = static_cast<DayNumber>(last_day);
    if (pauses.empty() || pauses.front().from >= record.end) return absl::OkStatus();
    const Pause& pause = pauses.front();
    last_day += std::max(DayOf(pause.to) - DayOf(std::max(pause.from, record.since)), 0);
    pauses = pauses.subspan(1);
  }
}

absl::StatusOr<MinuteNumber> ClockWalk::Shift(MinuteNumber due, const Pause& pause,
                                              std::span<const Pause> resumed) const {
  if (policy_ == Policy::kByHour) {
    const std::int64_t minutes = index_.MinutesBefore(pause.to) - index_.MinutesBefore(pause.from);
    return RunWorkingMinutes(minutes, due, resumed);
  }
  return MoveByDays(due, index_.Rank(DayOf(pause.to)) - index_.Rank(DayOf(pause.from)), resumed);
}

absl::StatusOr<MinuteNumber> ClockWalk::GiveBack(MinuteNumber due, const Pause& pause,
                                                 std::int64_t& given) const {
  const std::int64_t before = index_.MinutesBefore(pause.from);
  const std::int64_t through = index_.MinutesBefore(pause.to);
  if (through <= before) return due;
  if (policy_ == Policy::kByHour) return RunWorkingMinutes(through - before, due, {});
  const std::int64_t first = std::max<std::int64_t>(index_.OrdinalOf(before + 1), given + 1);
  given = std::max<std::int64_t>(given, index_.OrdinalOf(through));
  return MoveByDays(due, given - first + 1, {});
}

absl::StatusOr<MinuteNumber> ClockWalk::MoveByDays(MinuteNumber due, std::int64_t days,
                                                   std::span<const Pause> resumed) const {
  if (days <= 0) return due;
  MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber closing, RunWorkingDays(days, due, resumed));
  if (due == index_.ClosingOf(index_.Rank(DayOf(due)))) return closing;
  // A limit in hours is due within a day: at the same time of the later day.
  return Land(StartOf(DayOf(closing)) + (due - StartOf(DayOf(due))));
}

absl::StatusOr<MinuteNumber> ClockWalk::CloseOnOrAfter(std::int64_t day) const {
  const MinuteNumber closing = index_.ClosingOnOrAfter(day);
  if (closing == kNoMinute) return EndsPastCoverage(calendar_);
  return closing;
}

absl::StatusOr<MinuteNumber> ClockWalk::Land(MinuteNumber at) const {
  const MinuteNumber landing = index_.LandingOf(at);
  if (landing != kNoMinute) return landing;
  return EndsPastCoverage(calendar_);
}

}  // namespace motcua
