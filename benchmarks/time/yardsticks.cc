#include "yardsticks.h"

#include <algorithm>
#include <array>

namespace motcua::benchmarks {
namespace {

struct Period {
  std::int32_t open, close;
};
constexpr std::array<Period, 2> kHours{{{450, 690}, {810, 1050}}};
constexpr std::int32_t kMinutesOfDay = 480;
constexpr std::int32_t kBlock = 60;

std::size_t At(std::int32_t value) { return static_cast<std::size_t>(value); }

// Working minutes of a working day before minute `at` of it.
std::int32_t MinutesBefore(std::int32_t at) {
  std::int32_t before = 0;
  for (const Period& period : kHours) {
    before += std::clamp(at - period.open, 0, period.close - period.open);
  }
  return before;
}

}  // namespace

Tables::Tables(const motcua_calendar* calendar) : first(motcua_calendar_first(calendar)) {
  const std::int32_t last = motcua_calendar_last(calendar);
  for (std::int64_t day = first; day <= last; ++day) {
    std::uint8_t works = 0;
    motcua_error* error = nullptr;
    Check(motcua_calendar_is_working_day(calendar, 1, &day, 0, &works, 0, &error), error);
    minutes.push_back(static_cast<std::int32_t>(select.size()) * kMinutesOfDay);
    if (works != 0) {
      for (int k = 0; k < kMinutesOfDay / kBlock; ++k) {
        day_of_block.push_back(static_cast<std::int32_t>(select.size()));
      }
      select.push_back(static_cast<std::int32_t>(day));
    }
    working.push_back(works);
    rank.push_back(static_cast<std::int32_t>(select.size()));
  }
}

void DayLoop(const Tables& tables, const Rows& rows, std::vector<std::int32_t>& due) {
  for (std::size_t row = 0; row < due.size(); ++row) {
    std::int32_t at = rows.days[row];
    for (std::int64_t left = rows.amounts[row]; left > 0;) {
      ++at;
      left -= tables.working[At(at - tables.first)];
    }
    due[row] = at;
  }
}

void RankSelectLoop(const Tables& tables, const Rows& rows, std::vector<std::int32_t>& due) {
  const std::int32_t* const rank = tables.rank.data();
  const std::int32_t* const select = tables.select.data() - 1;
  const std::int32_t* const days = rows.days.data();
  const std::int64_t* const amounts = rows.amounts.data();
  std::int32_t* const out = due.data();
  const std::int32_t first = tables.first;
  for (std::size_t row = 0, count = due.size(); row < count; ++row) {
    out[row] = select[rank[days[row] - first] + amounts[row]];
  }
}

void RankSelectLoop64(const Tables& tables, const Rows& rows, std::vector<std::int64_t>& due) {
  const std::int32_t* const rank = tables.rank.data();
  const std::int32_t* const select = tables.select.data() - 1;
  const std::int64_t* const days = rows.days64.data();
  const std::int64_t* const amounts = rows.amounts.data();
  std::int64_t* const out = due.data();
  const std::int32_t first = tables.first;
  for (std::size_t row = 0, count = due.size(); row < count; ++row) {
    out[row] = select[rank[days[row] - first] + amounts[row]];
  }
}

void PrefixSumLoop(const Tables& tables, const Rows& rows, std::vector<std::int64_t>& count) {
  const std::int32_t* const rank = tables.rank.data();
  const std::int32_t* const from = rows.days.data();
  const std::int32_t* const to = rows.later.data();
  std::int64_t* const out = count.data();
  const std::int32_t first = tables.first;
  for (std::size_t row = 0, size = count.size(); row < size; ++row) {
    out[row] = rank[to[row] - first] - rank[from[row] - first];
  }
}

void PeriodLoop(const Tables& tables, const Rows& rows, std::int64_t working_minutes,
                std::vector<std::int64_t>& due) {
  for (std::size_t row = 0; row < due.size(); ++row) {
    std::int32_t day = rows.days[row];
    std::int32_t at = static_cast<std::int32_t>(rows.minutes[row] - day * kMinutesPerDay);
    std::int64_t left = working_minutes;
    for (bool found = false; !found; ++day, at = 0) {
      if (tables.working[At(day - tables.first)] == 0) continue;
      for (const Period& period : kHours) {
        const std::int32_t from = std::max(at, period.open);
        if (from >= period.close) continue;
        if (left <= period.close - from) {
          due[row] = day * kMinutesPerDay + from + left;
          found = true;
          break;
        }
        left -= period.close - from;
      }
    }
  }
}

void RankSelectMinutes(const Tables& tables, const Rows& rows, std::int64_t working_minutes,
                       std::vector<std::int64_t>& due) {
  for (std::size_t row = 0; row < due.size(); ++row) {
    const std::int32_t day = rows.days[row];
    const auto at = static_cast<std::int32_t>(rows.minutes[row] - day * kMinutesPerDay);
    const std::size_t index = At(day - tables.first);
    const std::int64_t before =
        tables.minutes[index] + (tables.working[index] != 0 ? MinutesBefore(at) : 0);
    const std::int64_t target = before + working_minutes;
    const std::int32_t ordinal =
        tables.day_of_block[static_cast<std::size_t>((target - 1) / kBlock)];
    const auto left = static_cast<std::int32_t>(target - std::int64_t{ordinal} * kMinutesOfDay);
    const std::int32_t morning = kHours[0].close - kHours[0].open;
    due[row] = tables.select[At(ordinal)] * kMinutesPerDay +
               (left <= morning ? kHours[0].open + left : kHours[1].open + left - morning);
  }
}

void CopyLoop(const Rows& rows, std::vector<std::int32_t>& due) {
  for (std::size_t row = 0; row < due.size(); ++row) {
    due[row] = rows.days[row] + static_cast<std::int32_t>(rows.amounts[row]);
  }
}

}  // namespace motcua::benchmarks
