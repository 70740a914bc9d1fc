#include "motcua/time/day_index.h"

#include <algorithm>

namespace motcua {

DayPattern DayPattern::From(const DayHours& hours) {
  DayPattern pattern;
  for (const OfficePeriod& period : hours) {
    pattern.open[pattern.count] = period.open;
    pattern.close[pattern.count] = period.close;
    pattern.minutes = static_cast<std::uint16_t>(pattern.minutes + period.close - period.open);
    ++pattern.count;
  }
  return pattern;
}

int DayPattern::MinutesBefore(int at) const {
  int before = 0;
  for (std::size_t k = 0; k < count; ++k) {
    before += std::clamp(at - open[k], 0, close[k] - open[k]);
  }
  return before;
}

int DayPattern::EndOf(int k) const {
  for (std::size_t period = 0; period < count; ++period) {
    const int length = close[period] - open[period];
    if (k <= length) return open[period] + k;
    k -= length;
  }
  return last_close();
}

bool DayPattern::Within(int at) const {
  for (std::size_t k = 0; k < count; ++k) {
    if (at >= open[k] && at <= close[k]) return true;
  }
  return false;
}

DayIndex DayIndex::Build(DayNumber first, std::vector<std::uint8_t> pattern_of_day,
                         std::vector<DayPattern> patterns) {
  DayIndex index;
  const std::size_t days = pattern_of_day.size();
  index.first_ = first;
  index.rank.resize(days);
  index.day_of_ordinal.reserve(days + 1);
  index.closing.reserve(days + 1);
  index.minutes_before.reserve(days + 2);
  index.day_of_ordinal.push_back(0);
  index.closing.push_back(0);
  index.minutes_before.push_back(0);
  std::uint32_t total = 0;
  std::uint16_t ordinal = 0;
  for (std::size_t day = 0; day < days; ++day) {
    const DayPattern& hours = patterns[pattern_of_day[day]];
    if (hours.count != 0) {
      ++ordinal;
      index.day_of_ordinal.push_back(static_cast<std::uint16_t>(day));
      index.closing.push_back(
          static_cast<std::uint32_t>(day * kMinutesPerDay + hours.last_close()));
      index.minutes_before.push_back(total);
      total += hours.minutes;
    }
    index.rank[day] = ordinal;
  }
  index.minutes_before.push_back(total);
  index.guess.reserve((total >> kGuessShift) + 1);
  std::uint16_t at = 1;
  for (std::uint32_t count = 0; count < total; count += 1u << kGuessShift) {
    while (index.minutes_before[at + 1u] <= count) ++at;
    index.guess.push_back(at);
  }
  if (index.guess.empty()) index.guess.push_back(1);
  for (const DayPattern& hours : patterns) {
    index.two_periods = index.two_periods && hours.count <= 2;
    if (hours.count != 0) {
      // A bucket can begin in the last minute of one day and reach over whole short days.
      index.guess_steps =
          std::max(index.guess_steps, ((1 << kGuessShift) - 2 + hours.minutes) / hours.minutes);
    }
  }
  index.pattern = std::move(pattern_of_day);
  index.patterns = std::move(patterns);
  return index;
}

std::int64_t DayIndex::MinutesBefore(MinuteNumber at) const {
  const DayNumber day = DayOf(at);
  if (day > last()) return working_minute_count();
  const DayPattern& hours = PatternOf(day);
  const std::size_t next = static_cast<std::size_t>(Rank(day)) + (hours.working() ? 0 : 1);
  return std::int64_t{minutes_before[next]} +
         hours.MinutesBefore(static_cast<int>(at - StartOf(day)));
}

std::int32_t DayIndex::OrdinalOf(std::int64_t count) const {
  std::size_t ordinal = guess[static_cast<std::size_t>((count - 1) >> kGuessShift)];
  while (minutes_before[ordinal + 1] < count) ++ordinal;
  return static_cast<std::int32_t>(ordinal);
}

MinuteNumber DayIndex::EndOf(std::int64_t count) const {
  const std::int32_t ordinal = OrdinalOf(count);
  const DayNumber day = Select(ordinal);
  return StartOf(day) + PatternOf(day).EndOf(static_cast<int>(
                            count - minutes_before[static_cast<std::size_t>(ordinal)]));
}

std::size_t DayIndex::bytes() const {
  return sizeof(*this) + rank.capacity() * 2 + pattern.capacity() + day_of_ordinal.capacity() * 2 +
         closing.capacity() * 4 + minutes_before.capacity() * 4 + guess.capacity() * 2 +
         patterns.capacity() * sizeof(DayPattern);
}

}  // namespace motcua
