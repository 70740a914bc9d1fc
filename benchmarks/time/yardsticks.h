// The loops that the library is measured against, written as a programmer writes them who has
// the calendar's answers for every day, and no checks.
#ifndef MOTCUA_BENCHMARKS_TIME_YARDSTICKS_H_
#define MOTCUA_BENCHMARKS_TIME_YARDSTICKS_H_

#include <cstdint>
#include <vector>

#include "rows.h"

namespace motcua::benchmarks {

// The calendar as plain arrays: by day since `first`, and by working day.
struct Tables {
  explicit Tables(const motcua_calendar* calendar);
  std::int32_t first = 0;
  std::vector<std::uint8_t> working;       // by day
  std::vector<std::int32_t> rank;          // by day: working days on or before it
  std::vector<std::int32_t> select;        // the k-th working day, from 0
  std::vector<std::int32_t> minutes;       // by day: working minutes before it
  std::vector<std::int32_t> day_of_block;  // by 60 working minutes: index into `select`
};

// Every loop writes one result a row. Office hours are the default 07:30-11:30, 13:30-17:30.
void DayLoop(const Tables& tables, const Rows& rows, std::vector<std::int32_t>& due);
void RankSelectLoop(const Tables& tables, const Rows& rows, std::vector<std::int32_t>& due);
void RankSelectLoop64(const Tables& tables, const Rows& rows, std::vector<std::int64_t>& due);
void PrefixSumLoop(const Tables& tables, const Rows& rows, std::vector<std::int64_t>& count);
void PeriodLoop(const Tables& tables, const Rows& rows, std::int64_t working_minutes,
                std::vector<std::int64_t>& due);
void RankSelectMinutes(const Tables& tables, const Rows& rows, std::int64_t working_minutes,
                       std::vector<std::int64_t>& due);
// Reads and writes what RankSelectLoop reads and writes, and looks nothing up.
void CopyLoop(const Rows& rows, std::vector<std::int32_t>& due);

}  // namespace motcua::benchmarks

#endif  // MOTCUA_BENCHMARKS_TIME_YARDSTICKS_H_
