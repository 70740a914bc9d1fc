#include "motcua/time/plain_deadline.h"

#include <algorithm>

#include "motcua/time/months.h"

namespace motcua {
namespace {

constexpr auto kDayLength = static_cast<std::uint32_t>(kMinutesPerDay);
constexpr std::uint32_t kMinutesPerWorkingDay = 480;  // a working day by_hour

// A clock that starts on the working day `ordinal` at minute `at` of it.
struct Start {
  std::uint32_t ordinal;
  std::uint32_t day;  // since the first covered one
  std::uint32_t at;
  const DayPattern* hours;

  std::uint32_t minute() const { return day * kDayLength + at; }  // since the first covered day
};

// The first period that does not close before `at`. Not inlined, like all that is rare here: what
// it keeps in registers would cost the calls that need little.
[[gnu::noinline]] std::size_t PeriodOf(const DayPattern& hours, std::uint32_t at) {
  std::size_t period = 0;
  while (at > hours.close[period]) ++period;
  return period;
}

// The working day `ordinal`, not before minute `at` of it, which is not after its last closing.
// False past the last working day.
inline bool StartOn(const DayIndex& index, std::uint32_t ordinal, std::uint32_t at, Start& start) {
  if (ordinal > static_cast<std::uint32_t>(index.working_day_count())) return false;
  const std::uint32_t day = index.day_of_ordinal[ordinal];
  const DayPattern& hours = index.patterns[index.pattern[day]];
  std::size_t period = at > hours.close[0] ? 1 : 0;
  if (!index.two_periods) [[unlikely]]
    period = PeriodOf(hours, at);
  start = {ordinal, day, std::max<std::uint32_t>(at, hours.open[period]), &hours};
  return true;
}

// Without branches on the minute: where in its day a dossier arrives is as good as random, and a
// branch guessed wrong costs more than all else here. `since` counts from the first covered day.
inline bool EffectiveStart(const DayIndex& index, std::uint32_t since, Start& start) {
  const std::uint32_t day = since / kDayLength;
  const std::uint32_t at = since - day * kDayLength;
  const std::int32_t last = index.patterns[index.pattern[day]].last;
  const std::uint32_t over = static_cast<std::int32_t>(at) > last ? 1 : 0;
  return StartOn(index, index.rank[day] + over, at & (over - 1), start);
}

bool IsLate(const Cutoff& cutoff, const Start& start) {
  return cutoff.effect != CutoffEffect::kNone &&
         static_cast<int>(start.at) > cutoff.LastInTime(start.hours->last);
}

MinuteNumber WorkingMinutesLater(const DayIndex& index, std::size_t ordinal, int worked,
                                 std::int64_t minutes) {
  const std::int64_t target = std::int64_t{index.minutes_before[ordinal]} + worked + minutes;
  return target > index.working_minute_count() ? kNoMinute : index.EndOf(target);
}

// The end of a term that begins in a working period; kNoMinute past coverage, and for a fraction
// of a working day by day.
MinuteNumber EndOf(const DayIndex& index, const LimitTerm& term, Policy policy, MinuteNumber from) {
  const DayNumber day = DayOf(from);
  switch (term.unit) {
    case LimitUnit::kWorkingDay:
      if (policy == Policy::kByDay) {
        const std::int64_t ordinal = std::int64_t{index.Rank(day)} + term.amount();
        if (!term.whole() || ordinal > index.working_day_count()) return kNoMinute;
        return index.ClosingOf(static_cast<std::int32_t>(ordinal));
      }
      [[fallthrough]];
    case LimitUnit::kWorkingHour: {
      if (term.quarters == 0) return from;
      const std::int64_t quarter =
          term.unit == LimitUnit::kWorkingHour ? 15 : kMinutesPerWorkingDay / 4;
      const int worked = index.PatternOf(day).MinutesBefore(static_cast<int>(from - StartOf(day)));
      return WorkingMinutesLater(index, static_cast<std::size_t>(index.Rank(day)), worked,
                                 term.quarters * quarter);
    }
    case LimitUnit::kHour:
      return index.LandingOf(from + std::int64_t{term.quarters} * 15);
    case LimitUnit::kDay:
      return index.ClosingOnOrAfter(std::int64_t{day} + term.amount());
    case LimitUnit::kMonth:
      return index.ClosingOnOrAfter(MonthsLater(day, term.amount()));
    case LimitUnit::kYear:
      break;
  }
  return index.ClosingOnOrAfter(MonthsLater(day, std::int64_t{term.amount()} * 12));
}

// Any limit: its terms one after the other, and then a late result.
MinuteNumber DueOf(const DayIndex& index, const TimeLimit& limit, Policy policy, MinuteNumber start,
                   bool result_later) {
  if (limit.is_none()) return kNoMinute;
  MinuteNumber at = start;
  for (const LimitTerm& term : limit.terms()) {
    at = EndOf(index, term, policy, at);
    if (at == kNoMinute) return kNoMinute;
  }
  return result_later ? EndOf(index, {LimitUnit::kWorkingDay, 4}, Policy::kByDay, at) : at;
}

// Any limit. `since` counts from the first covered day, which begins at `base`.
[[gnu::noinline]] PlainDeadline ComputeAny(const DayIndex& index, const TimeLimit& limit,
                                           Policy policy, MinuteNumber base, std::uint32_t since) {
  Start start;
  if (!EffectiveStart(index, since, start)) return {};
  bool result_later = false;
  if (IsLate(limit.cutoff(), start)) {
    result_later = limit.cutoff().effect == CutoffEffect::kResult;
    if (!result_later && !StartOn(index, start.ordinal + 1, 0, start)) return {};
  }
  const MinuteNumber started = base + start.minute();
  return {started, DueOf(index, limit, policy, started, result_later)};
}

// Whole working days by day, alone and without a cut-off: nearly every limit.
bool IsWorkingDays(const TimeLimit& limit, Policy policy) {
  if (limit.terms().size() != 1 || policy != Policy::kByDay) return false;
  const LimitTerm& term = limit.terms().front();
  return term.unit == LimitUnit::kWorkingDay && term.whole() &&
         limit.cutoff().effect == CutoffEffect::kNone;
}

}  // namespace

PlainDeadline ComputePlainDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                   Policy policy, MinuteNumber accepted_at) {
  const DayIndex& index = calendar.index();
  const MinuteNumber base = StartOf(index.first());
  const std::uint64_t since =
      static_cast<std::uint64_t>(accepted_at) - static_cast<std::uint64_t>(base);
  if (since >= index.rank.size() * kDayLength) return {};
  if (!IsWorkingDays(limit, policy)) {
    return ComputeAny(index, limit, policy, base, static_cast<std::uint32_t>(since));
  }
  Start start;
  if (!EffectiveStart(index, static_cast<std::uint32_t>(since), start)) return {};
  const auto days = static_cast<std::uint32_t>(limit.terms().front().amount());
  if (days > static_cast<std::uint32_t>(index.working_day_count()) - start.ordinal) return {};
  return {base + start.minute(), base + index.closing[start.ordinal + days]};
}

}  // namespace motcua
