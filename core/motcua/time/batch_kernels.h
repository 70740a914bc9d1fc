// How a deadline is counted in two steps over the tables of one calendar, so that the look-ups of
// many rows overlap. Used by the batch_*.cc files only.
#ifndef MOTCUA_TIME_BATCH_KERNELS_H_
#define MOTCUA_TIME_BATCH_KERNELS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "motcua/time/batch_rows.h"
#include "motcua/time/time_limit.h"

namespace motcua {

// Office hours as the kernels need them, at most two periods; four to a cache line.
struct alignas(16) Hours {
  explicit Hours(const DayPattern& pattern)
      : off(pattern.working() ? 0 : 1),
        gap(static_cast<std::uint16_t>(pattern.count == 2 ? pattern.open[1] - pattern.close[0]
                                                          : 0)) {
    for (std::size_t k = 0; k < 2; ++k) {
      open[k] = static_cast<std::int16_t>(pattern.open[k]);
      length[k] = static_cast<std::int16_t>(pattern.close[k] - pattern.open[k]);
    }
  }

  std::array<std::int16_t, 2> open, length;
  std::uint16_t off;  // 1 on a day off
  std::uint16_t gap;  // the break between the periods
};

// The tables of one index that a row needs, side by side. Minutes count from the first day.
struct MinuteTables {
  explicit MinuteTables(const DayIndex& of)
      : rank(of.rank.data()),
        pattern(of.pattern.data()),
        closing(of.closing.data()),
        minutes_before(of.minutes_before.data()),
        guess(of.guess.data()),
        select(of.day_of_ordinal.data()),
        base(StartOf(of.first())),
        days(static_cast<std::uint32_t>(of.rank.size())),
        span(of.rank.size() * kMinutesPerDay),
        working_days(static_cast<std::uint32_t>(of.working_day_count())),
        guess_steps(of.guess_steps),
        index(&of),
        hours(of.patterns.begin(), of.patterns.end()) {}

  // `span` or more where the minute is not covered.
  std::uint64_t Offset(MinuteNumber minute) const {
    return static_cast<std::uint64_t>(minute) - static_cast<std::uint64_t>(base);
  }

  const std::uint16_t* rank;
  const std::uint8_t* pattern;
  const std::uint32_t* closing;
  const std::uint32_t* minutes_before;
  const std::uint16_t* guess;
  const std::uint16_t* select;
  MinuteNumber base;
  std::uint32_t days;
  std::uint64_t span;
  std::uint32_t working_days;
  int guess_steps;
  const DayIndex* index;
  std::vector<Hours> hours;
};

// By kind of day: the last minute at which the day itself still is day 0 and no cut-off has
// passed; -1 on a day off. Later acceptances count from the next working day.
using Thresholds = std::vector<std::int16_t>;

// Empty if some day opens after its cut-off, where the next day's opening would be late again.
Thresholds MakeThresholds(const DayIndex& index, const Cutoff& cutoff);

// A minute since the first day, taken apart.
struct DayAndMinute {
  explicit DayAndMinute(std::uint32_t minute)
      : day(minute / static_cast<std::uint32_t>(kMinutesPerDay)),
        at(static_cast<std::int32_t>(minute - day * static_cast<std::uint32_t>(kMinutesPerDay))) {}
  std::uint32_t day;
  std::int32_t at;  // of the day
};

// A kernel takes a minute since the first day in two steps, so that the look-ups of many rows
// overlap: Seek finds the ordinal of the due day, or the working minute that is due, and Land
// the due minute. What Seek gives is at most Last if the limit ends within coverage. Both are
// free of branches: half of all acceptances are late, in the afternoon, and so on.
struct ByDay {
  static std::uint32_t Seek(const MinuteTables& tables, const std::int16_t* last_in_time,
                            std::uint32_t days, std::uint32_t minute) {
    const DayAndMinute accepted(minute);
    return tables.rank[accepted.day] + days +
           (accepted.at > last_in_time[tables.pattern[accepted.day]] ? 1u : 0u);
  }
  static std::uint32_t Last(const MinuteTables& tables) { return tables.working_days; }
  static std::uint32_t Land(const MinuteTables& tables, std::uint32_t ordinal) {
    return tables.closing[ordinal];
  }
  // Acceptances before the start of this working day leave room for the limit; 0: none.
  static std::uint32_t RoomBefore(const MinuteTables& tables, std::uint32_t days) {
    return days < tables.working_days ? tables.working_days - days : 0;
  }
};

// Plain days, which may end on a day off.
struct ByPlainDay {
  static std::uint32_t Seek(const MinuteTables& tables, const std::int16_t* last_in_time,
                            std::uint32_t days, std::uint32_t minute) {
    const DayAndMinute accepted(minute);
    const std::uint32_t kind = tables.pattern[accepted.day];
    const std::uint32_t late = accepted.at > last_in_time[kind] ? 1 : 0;
    const std::uint32_t last = tables.select[tables.rank[accepted.day] + late] + days;
    const std::uint32_t there = std::min(last, tables.days - 1);
    return tables.rank[there] + tables.hours[tables.pattern[there]].off + (last - there);
  }
  static std::uint32_t Last(const MinuteTables& tables) { return tables.working_days; }
  static std::uint32_t Land(const MinuteTables& tables, std::uint32_t ordinal) {
    return tables.closing[ordinal];
  }
  static std::uint32_t RoomBefore(const MinuteTables& tables, std::uint32_t days) {
    const std::uint32_t end = tables.select[tables.working_days];
    return days < end ? tables.rank[end - days] : 0;
  }
};

struct ByMinute {
  static std::uint32_t Seek(const MinuteTables& tables, const std::int16_t* last_in_time,
                            std::uint32_t minutes, std::uint32_t minute) {
    const DayAndMinute accepted(minute);
    const std::uint32_t kind = tables.pattern[accepted.day];
    const Hours& hours = tables.hours[kind];
    // Too late for the day is later than all of its periods.
    const int at = accepted.at | (-static_cast<int>(accepted.at > last_in_time[kind]) & 2048);
    const auto worked = [&](std::size_t k) {
      return std::min<int>(std::max(at - hours.open[k], 0), hours.length[k]);
    };
    return tables.minutes_before[tables.rank[accepted.day] + hours.off] +
           static_cast<std::uint32_t>(worked(0) + worked(1)) + minutes;
  }
  static std::uint32_t Last(const MinuteTables& tables) {
    return tables.minutes_before[tables.working_days + 1];
  }
  static std::uint32_t Land(const MinuteTables& tables, std::uint32_t target) {
    std::uint32_t ordinal = *Guess(tables, target);
    for (int step = 0; step < tables.guess_steps; ++step) {
      ordinal += tables.minutes_before[ordinal + 1] < target ? 1 : 0;
    }
    // Back from the closing minute, over the break if the afternoon is shorter than that.
    const std::uint32_t unused = tables.minutes_before[ordinal + 1] - target;
    const Hours& hours = tables.hours[tables.pattern[tables.select[ordinal]]];
    const auto morning = static_cast<std::uint32_t>(static_cast<int>(unused) >= hours.length[1]);
    return tables.closing[ordinal] - unused - (hours.gap & (0 - morning));
  }
  static std::uint32_t RoomBefore(const MinuteTables& tables, std::uint32_t minutes) {
    const std::uint32_t total = Last(tables);
    if (minutes >= total) return 0;
    return static_cast<std::uint32_t>(tables.index->OrdinalOf(std::int64_t{total} - minutes));
  }

 private:
  static const std::uint16_t* Guess(const MinuteTables& tables, std::uint32_t target) {
    return tables.guess + ((target - 1) >> DayIndex::kGuessShift);
  }
};

}  // namespace motcua

#endif  // MOTCUA_TIME_BATCH_KERNELS_H_
