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

// Without branches on the minute: where in its day a dossier arrives is as good as random, and a
// branch guessed wrong costs more than all else here. `since` counts from the first covered day.
bool EffectiveStart(const DayIndex& index, std::uint32_t since, Start& start) {
  constexpr auto kDayLength = static_cast<std::uint32_t>(kMinutesPerDay);
  const DayNumber day = index.first() + static_cast<DayNumber>(since / kDayLength);
  const auto minute = static_cast<int>(since % kDayLength);
  const DayPattern& hours = index.PatternOf(day);
  const std::size_t most = index.two_periods ? 2 : kMaxPeriods;
  std::size_t passed = 0;
  for (std::size_t k = 0; k < most; ++k) {
    passed += static_cast<std::size_t>((k < hours.count) & (minute > hours.close[k]));
  }
  const bool over = passed == hours.count;
  const std::int32_t ordinal = index.Rank(day) + static_cast<std::int32_t>(over);
  if (!OpenOn(index, ordinal, start)) return false;
  start.at = over ? start.at : std::max<int>(minute, start.hours->open[passed % kMaxPeriods]);
  return true;
}

bool IsLate(const Cutoff& cutoff, const Start& start) {
  if (cutoff.effect == CutoffEffect::kNone) return false;
  return start.at > (cutoff.last_hour ? start.hours->last_close() - 60 : int{cutoff.minute});
}

}  // namespace

PlainDeadline ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                   Policy policy, MinuteNumber accepted_at) {
  const DayIndex& index = calendar.index();
  const std::uint64_t since =
      static_cast<std::uint64_t>(accepted_at) - static_cast<std::uint64_t>(StartOf(index.first()));
  if (limit.terms().size() != 1 || since >= index.rank.size() * kMinutesPerDay) return {};
  const LimitTerm term = limit.terms().front();
  const bool by_day = term.unit == LimitUnit::kWorkingDay && policy == Policy::kByDay;
  if (by_day ? !term.whole()
             : term.unit != LimitUnit::kWorkingDay && term.unit != LimitUnit::kWorkingHour) {
    return {};
  }
  Start start;
  if (!EffectiveStart(index, static_cast<std::uint32_t>(since), start)) return {};
  bool result_later = false;
  if (IsLate(limit.cutoff(), start)) {
    result_later = limit.cutoff().effect == CutoffEffect::kResult;
    if (!result_later && !OpenOn(index, start.ordinal + 1, start)) return {};
  }
  MinuteNumber due = kNoMinute;
  if (by_day) {
    const std::int32_t ordinal = start.ordinal + term.amount() + (result_later ? 1 : 0);
    if (ordinal > index.working_day_count()) return {};
    due = index.ClosingOf(ordinal);
  } else {
    if (result_later || term.quarters == 0) return {};
    const std::int64_t minutes =
        std::int64_t{term.quarters} * (term.unit == LimitUnit::kWorkingHour ? 15 : 120);
    const std::int64_t target = index.minutes_before[static_cast<std::size_t>(start.ordinal)] +
                                start.hours->MinutesBefore(start.at) + minutes;
    if (target > index.working_minute_count()) return {};
    due = index.EndOf(target);
  }
  return {StartOf(start.day) + start.at, due};
}

}  // namespace motcua
