#include "motcua/time/plain_deadline.h"

#include <algorithm>

namespace motcua {
namespace {

// A clock that starts on the working day `ordinal` at minute `at` of it.
struct Start {
  std::int32_t ordinal;
  DayNumber day;
  int at;
  const DayPattern* hours;
};

// False past the last working day.
bool OpenOn(const DayIndex& index, std::int32_t ordinal, Start& start) {
  if (ordinal > index.working_day_count()) return false;
  const DayNumber day = index.Select(ordinal);
  const DayPattern& hours = index.PatternOf(day);
  start = {ordinal, day, hours.first_open(), &hours};
  return true;
}

bool EffectiveStart(const DayIndex& index, MinuteNumber accepted_at, Start& start) {
  const DayNumber day = DayOf(accepted_at);
  const DayPattern& hours = index.PatternOf(day);
  const auto minute = static_cast<int>(accepted_at - StartOf(day));
  for (std::size_t k = 0; k < hours.count; ++k) {
    if (minute > hours.close[k]) continue;
    start = {index.Rank(day), day, std::max<int>(minute, hours.open[k]), &hours};
    return true;
  }
  return OpenOn(index, index.Rank(day) + 1, start);
}

bool IsLate(const Cutoff& cutoff, const Start& start) {
  if (cutoff.effect == CutoffEffect::kNone) return false;
  return start.at > (cutoff.last_hour ? start.hours->last_close() - 60 : int{cutoff.minute});
}

}  // namespace

bool ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy,
                          MinuteNumber accepted_at, Deadline& deadline) {
  const DayIndex& index = calendar.index();
  if (limit.terms().size() != 1 || !index.CoversMinute(accepted_at)) return false;
  const LimitTerm term = limit.terms().front();
  const bool by_day = term.unit == LimitUnit::kWorkingDay && policy == Policy::kByDay;
  if (by_day ? !term.whole()
             : term.unit != LimitUnit::kWorkingDay && term.unit != LimitUnit::kWorkingHour) {
    return false;
  }
  Start start;
  if (!EffectiveStart(index, accepted_at, start)) return false;
  bool result_later = false;
  if (IsLate(limit.cutoff(), start)) {
    result_later = limit.cutoff().effect == CutoffEffect::kResult;
    if (!result_later && !OpenOn(index, start.ordinal + 1, start)) return false;
  }
  MinuteNumber due = kNoMinute;
  if (by_day) {
    const std::int32_t ordinal = start.ordinal + term.amount() + (result_later ? 1 : 0);
    if (ordinal > index.working_day_count()) return false;
    due = index.ClosingOf(ordinal);
  } else {
    if (result_later || term.quarters == 0) return false;
    const std::int64_t minutes =
        std::int64_t{term.quarters} * (term.unit == LimitUnit::kWorkingHour ? 15 : 120);
    const std::int64_t target = index.minutes_before[static_cast<std::size_t>(start.ordinal)] +
                                start.hours->MinutesBefore(start.at) + minutes;
    if (target > index.working_minute_count()) return false;
    due = index.EndOf(target);
  }
  deadline.effective_start = StartOf(start.day) + start.at;
  deadline.due = deadline.original_due = due;
  deadline.provisional = calendar.IsProvisional(start.day, DayOf(due));
  return true;
}

}  // namespace motcua
