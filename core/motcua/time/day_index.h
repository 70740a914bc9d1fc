// The compiled form of a working calendar: rank and select over days and working minutes.
//
// "The n-th working day after d" is two loads, select[rank[d] + n], whatever n. Working
// minutes are ranked the same way: minutes before a working day by its ordinal, and back by
// a table of guesses that is at most a few steps off. Ordinals count working days from 1.
//
// About 170 KiB for 37 years. Immutable; the arrays are plain so that the batch kernels of
// batch.h can walk them.
#ifndef MOTCUA_TIME_DAY_INDEX_H_
#define MOTCUA_TIME_DAY_INDEX_H_

#include <array>
#include <cstdint>
#include <vector>

#include "motcua/base/civil.h"
#include "motcua/time/calendar_layer.h"
#include "motcua/time/table.h"

namespace motcua {

// The hours of a day in fixed form; a day off has no periods.
struct DayPattern {
  std::uint16_t count = 0;    // periods
  std::uint16_t minutes = 0;  // working minutes of the day
  std::array<std::uint16_t, kMaxPeriods> open{};
  std::array<std::uint16_t, kMaxPeriods> close{};
  std::int32_t last = -1;  // the last closing minute; -1 on a day off

  static DayPattern From(const DayHours& hours);
  bool working() const { return count > 0; }
  int first_open() const { return open[0]; }
  int last_close() const { return last; }
  // Working minutes of the day before minute `at` of it.
  int MinutesBefore(int at) const;
  // The minute of the day whose predecessor is the k-th working minute, 1 <= k <= minutes.
  int EndOf(int k) const;
  // The last minute whose effective start is on this day and not after `at`; -1 if none is.
  int LastStartBy(int at) const;
  friend bool operator==(const DayPattern&, const DayPattern&) = default;
};

class DayIndex {
 public:
  // `pattern_of_day[i]` is the pattern of day `first + i`; pattern 0 must be the day off.
  static DayIndex Build(DayNumber first, std::vector<std::uint8_t> pattern_of_day,
                        std::vector<DayPattern> patterns);

  DayNumber first() const { return first_; }
  DayNumber last() const { return first_ + static_cast<DayNumber>(rank.size()) - 1; }
  bool Covers(DayNumber day) const { return day >= first_ && day <= last(); }
  bool CoversMinute(MinuteNumber at) const {
    return at >= StartOf(first_) && at < StartOf(last() + 1);
  }
  std::int32_t working_day_count() const { return working_days_; }
  std::int64_t working_minute_count() const {
    return minutes_before[static_cast<std::size_t>(working_days_) + 1];
  }

  // For days that are covered:
  const DayPattern& PatternOf(DayNumber day) const { return patterns[pattern[Offset(day)]]; }
  bool IsWorking(DayNumber day) const { return pattern[Offset(day)] != 0; }
  // Working days in [first, day]: the ordinal of the last one.
  std::int32_t Rank(DayNumber day) const { return rank[Offset(day)]; }

  // For ordinals 1 .. working_day_count():
  DayNumber Select(std::int32_t ordinal) const {
    return first_ + day_of_ordinal[static_cast<std::size_t>(ordinal)];
  }
  // The last closing minute of the working day.
  MinuteNumber ClosingOf(std::int32_t ordinal) const {
    return StartOf(first_) + closing[static_cast<std::size_t>(ordinal)];
  }
  MinuteNumber OpeningOf(std::int32_t ordinal) const {
    return StartOf(Select(ordinal)) + PatternOf(Select(ordinal)).first_open();
  }

  // Working minutes before `at`, whose day is covered (or is the day after the last).
  std::int64_t MinutesBefore(MinuteNumber at) const;
  // The minute at which `count` working minutes since the first day are complete,
  // 1 <= count <= working_minute_count(): at a closing minute exactly, that minute.
  MinuteNumber EndOf(std::int64_t count) const;
  // The ordinal of the day that holds the `count`-th working minute.
  std::int32_t OrdinalOf(std::int64_t count) const;

  // Where a plain period or clock hours may end; kNoMinute past the last working day.
  // The last closing minute of the first working day not before `day`, which is not before the
  // first covered one.
  MinuteNumber ClosingOnOrAfter(std::int64_t day) const;
  // `at` if it lies in a working period, closing minutes included, else the next closing minute;
  // `at` is not before the first covered day.
  MinuteNumber LandingOf(MinuteNumber at) const;

  // The tables. `rank`, `pattern` by day; the others by ordinal, entry 0 nought, with one entry
  // past the last: the day after all, and of `minutes_before` the total.
  Table<std::uint16_t> rank;
  std::vector<std::uint8_t> pattern;
  Table<std::uint16_t> day_of_ordinal;
  Table<std::uint32_t> closing;  // minutes since the start of the first day
  Table<std::uint32_t> minutes_before;
  Table<std::uint16_t> guess;  // by (count - 1) >> kGuessShift: an ordinal
  std::vector<DayPattern> patterns;
  int guess_steps = 0;      // a guess is at most this many days early
  bool two_periods = true;  // no day has more than two

  static constexpr int kGuessShift = 8;

  std::size_t bytes() const;

 private:
  // The tables by day and by ordinal from `pattern`, then `guess`.
  void FillDays();
  void FillGuesses();
  std::size_t Offset(DayNumber day) const { return static_cast<std::size_t>(day - first_); }

  DayNumber first_ = 0;
  std::int32_t working_days_ = 0;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_DAY_INDEX_H_
