#include "motcua/time/day_index.h"

#include <algorithm>

namespace motcua {
namespace {

constexpr auto kDayLength = static_cast<std::uint32_t>(kMinutesPerDay);

}  // namespace

DayPattern DayPattern::From(const DayHours& hours) {
  DayPattern pattern;
  for (const OfficePeriod& period : hours) {
    pattern.open[pattern.count] = period.open;
    pattern.close[pattern.count] = period.close;
    pattern.minutes = static_cast<std::uint16_t>(pattern.minutes + period.close - period.open);
    ++pattern.count;
    pattern.last = period.close;
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

int DayPattern::LastStartBy(int at) const {
  for (std::size_t k = count; k-- > 0;) {
    if (at >= close[k]) return close[k];
    if (at >= open[k]) return at;
    // Before this period's opening: a minute in the break before it already starts in it.
  }
  return -1;
}

DayIndex DayIndex::Build(DayNumber first, std::vector<std::uint8_t> pattern_of_day,
                         std::vector<DayPattern> patterns) {
  DayIndex index;
  index.first_ = first;
  index.pattern = std::move(pattern_of_day);
  index.patterns = std::move(patterns);
  index.FillDays();
  index.FillGuesses();
  return index;
}

void DayIndex::FillDays() {
  struct Kind {  // eight bytes: one step of an address
    std::uint32_t minutes;
    std::uint16_t last_close, working;
  };
  std::vector<Kind> kinds;
  for (const DayPattern& hours : patterns) {
    two_periods = two_periods && hours.count <= 2;
    kinds.push_back({hours.minutes, static_cast<std::uint16_t>(std::max(hours.last_close(), 0)),
                     static_cast<std::uint16_t>(hours.working())});
  }
  const std::size_t days = pattern.size();
  std::size_t count = 0;
  for (const std::uint8_t kind : pattern) count += kind != 0 ? 1 : 0;
  working_days_ = static_cast<std::int32_t>(count);
  rank = Table<std::uint16_t>(days);
  day_of_ordinal = Table<std::uint16_t>(count + 2);
  closing = Table<std::uint32_t>(count + 2);
  minutes_before = Table<std::uint32_t>(count + 2);
  day_of_ordinal[0] = 0, closing[0] = 0, minutes_before[0] = 0;
  // Every day writes the next ordinal's entries; only a working day moves on, without a branch.
  const Kind* const kind_of = kinds.data();
  const std::uint8_t* const pattern_of = pattern.data();
  std::uint16_t* const ranks = rank.data();
  std::uint16_t* const day_after = day_of_ordinal.data() + 1;
  std::uint32_t* const closing_after = closing.data() + 1;
  std::uint32_t* const before_after = minutes_before.data() + 1;
  std::uint32_t ordinal = 0;
  std::uint32_t total = 0;
  for (std::size_t day = 0; day < days; ++day) {
    const Kind kind = kind_of[pattern_of[day]];
    day_after[ordinal] = static_cast<std::uint16_t>(day);
    closing_after[ordinal] = static_cast<std::uint32_t>(day) * kDayLength + kind.last_close;
    before_after[ordinal] = total;
    ordinal += kind.working;
    total += kind.minutes;
    ranks[day] = static_cast<std::uint16_t>(ordinal);
  }
  day_after[ordinal] = static_cast<std::uint16_t>(days);
  closing_after[ordinal] = static_cast<std::uint32_t>(days) * kDayLength;
  before_after[ordinal] = total;
}

void DayIndex::FillGuesses() {
  const std::uint32_t* const before = minutes_before.data();
  const auto total = static_cast<std::uint32_t>(working_minute_count());
  // Two buckets of every day without asking whether they begin in it: the next day, or the end,
  // writes over what is not this day's.
  constexpr std::uint32_t kBucket = 1u << kGuessShift;
  const std::size_t size = (total >> kGuessShift) + 1;
  guess = Table<std::uint16_t>(size + 2);
  guess[0] = 1;
  std::uint16_t* const guesses = guess.data();
  std::uint32_t bucket = 0;
  const auto last = static_cast<std::uint32_t>(working_day_count());
  for (std::uint32_t ordinal = 1; ordinal <= last; ++ordinal) {
    const auto day = static_cast<std::uint16_t>(ordinal);
    const std::uint32_t end = (before[ordinal + 1] + kBucket - 1) >> kGuessShift;
    guesses[bucket] = day;
    guesses[bucket + 1] = day;
    for (bucket += 2; bucket < end; ++bucket) guesses[bucket] = day;
    bucket = end;
  }
  for (const DayPattern& hours : patterns) {
    if (hours.count == 0) continue;
    // A bucket can begin in the last minute of one day and reach over whole short days.
    guess_steps = std::max(guess_steps, ((1 << kGuessShift) - 2 + hours.minutes) / hours.minutes);
  }
}

std::int64_t DayIndex::MinutesBefore(MinuteNumber at) const {
  const auto since = static_cast<std::uint32_t>(at - StartOf(first_));
  const std::uint32_t day = since / kDayLength;
  if (day >= rank.size()) return working_minute_count();
  const DayPattern& hours = patterns[pattern[day]];
  const std::size_t next = rank[day] + (hours.working() ? 0u : 1u);
  return std::int64_t{minutes_before[next]} +
         hours.MinutesBefore(static_cast<int>(since - day * kDayLength));
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

MinuteNumber DayIndex::ClosingOnOrAfter(std::int64_t day) const {
  if (day > last()) return kNoMinute;
  const auto number = static_cast<DayNumber>(day);
  const std::int32_t ordinal = Rank(number) + (IsWorking(number) ? 0 : 1);
  return ordinal > working_day_count() ? kNoMinute : ClosingOf(ordinal);
}

MinuteNumber DayIndex::LandingOf(MinuteNumber at) const {
  if (!CoversMinute(at)) return kNoMinute;
  const DayNumber day = DayOf(at);
  const DayPattern& hours = PatternOf(day);
  const int minute = static_cast<int>(at - StartOf(day));
  for (std::size_t k = 0; k < hours.count; ++k) {
    if (minute > hours.close[k]) continue;
    return minute >= hours.open[k] ? at : StartOf(day) + hours.close[k];
  }
  const std::int32_t next = Rank(day) + 1;
  if (next > working_day_count()) return kNoMinute;
  const DayNumber next_day = Select(next);
  return StartOf(next_day) + PatternOf(next_day).close[0];
}

std::size_t DayIndex::bytes() const {
  return sizeof(*this) + rank.bytes() + pattern.capacity() + day_of_ordinal.bytes() +
         closing.bytes() + minutes_before.bytes() + guess.bytes() +
         patterns.capacity() * sizeof(DayPattern);
}

}  // namespace motcua
