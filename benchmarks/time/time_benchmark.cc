// The batches of the room time through the C ABI, beside the plain loops of yardsticks.h, in one
// process and on the same rows. `run.py` sets them beside the peers in other languages.
//
// Read ratios, not nanoseconds: machines differ and are shared. Each benchmark also reports the
// sum of its results (modulo 2^52), which run.py compares.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "rows.h"
#include "yardsticks.h"

namespace motcua::benchmarks {
namespace {

constexpr std::int64_t kHourLimit = 24 * 60;  // working minutes of the by_hour rows

// Everything the benchmarks read; made once.
struct World {
  Rows rows;
  Calendar national = National();
  Tables tables{national.get()};
  std::vector<Calendar> units = CalendarsOfUnits(national.get());
  std::vector<const motcua_calendar*> unit_handles;
  std::vector<Limit> limits;  // 1wd .. 60wd
  std::vector<const motcua_time_limit*> limit_handles;
  std::vector<std::int32_t> limit_of_row;

  World() {
    for (const Calendar& unit : units) unit_handles.push_back(unit.get());
    for (int n = 1; n <= 60; ++n) {
      limits.push_back(Parse((std::to_string(n) + "wd").c_str()));
      limit_handles.push_back(limits.back().get());
    }
    for (const std::int64_t n : rows.amounts) {
      limit_of_row.push_back(static_cast<std::int32_t>(n - 1));
    }
  }
};

const World& Given() {
  static const World world;
  return world;
}

// Runs `work` over a result column and reports time a row and the sum of the results.
template <typename T, typename Work>
void Measure(benchmark::State& state, Work&& work) {
  Given();
  std::vector<T> results(kRows);
  for (auto _ : state) {
    work(results);
    benchmark::DoNotOptimize(results.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
  const std::uint64_t sum = std::accumulate(
      results.begin(), results.end(), std::uint64_t{0},
      [](std::uint64_t total, T value) { return total + static_cast<std::uint64_t>(value); });
  state.counters["sum"] = static_cast<double>(sum % (std::uint64_t{1} << 52));
}

// A C function whose last parameter is the error.
template <typename Function, typename... Arguments>
void Call(Function* function, Arguments... arguments) {
  motcua_error* error = nullptr;
  const motcua_status status = function(arguments..., &error);
  Check(status, error);
}

constexpr ptrdiff_t kStep32 = sizeof(std::int32_t);
constexpr ptrdiff_t kStep64 = sizeof(std::int64_t);

using Days = std::vector<std::int32_t>;
using Numbers = std::vector<std::int64_t>;

void CopyOnly(benchmark::State& state) {
  Measure<std::int32_t>(state, [](Days& due) { CopyLoop(Given().rows, due); });
}
BENCHMARK(CopyOnly);

void PlainDayLoop(benchmark::State& state) {
  Measure<std::int32_t>(state, [](Days& due) { DayLoop(Given().tables, Given().rows, due); });
}
BENCHMARK(PlainDayLoop);

void PlainRankSelect32(benchmark::State& state) {
  Measure<std::int32_t>(state,
                        [](Days& due) { RankSelectLoop(Given().tables, Given().rows, due); });
}
BENCHMARK(PlainRankSelect32);

void AddWorkingDays32(benchmark::State& state) {
  Measure<std::int32_t>(state, [](Days& due) {
    const Rows& rows = Given().rows;
    Call(motcua_calendar_add_working_days32, Given().national.get(), kRows, rows.days.data(),
         kStep32, rows.amounts.data(), kStep64, due.data(), kStep32);
  });
}
BENCHMARK(AddWorkingDays32);

void PlainRankSelect64(benchmark::State& state) {
  Measure<std::int64_t>(state,
                        [](Numbers& due) { RankSelectLoop64(Given().tables, Given().rows, due); });
}
BENCHMARK(PlainRankSelect64);

void AddWorkingDays64(benchmark::State& state) {
  Measure<std::int64_t>(state, [](Numbers& due) {
    const Rows& rows = Given().rows;
    Call(motcua_calendar_add_working_days64, Given().national.get(), kRows, rows.days64.data(),
         kStep64, rows.amounts.data(), kStep64, due.data(), kStep64);
  });
}
BENCHMARK(AddWorkingDays64);

void PlainPrefixSums(benchmark::State& state) {
  Measure<std::int64_t>(state,
                        [](Numbers& count) { PrefixSumLoop(Given().tables, Given().rows, count); });
}
BENCHMARK(PlainPrefixSums);

void CountWorkingDays32(benchmark::State& state) {
  Measure<std::int64_t>(state, [](Numbers& count) {
    const Rows& rows = Given().rows;
    Call(motcua_calendar_count_working_days32, Given().national.get(), kRows, rows.days.data(),
         kStep32, rows.later.data(), kStep32, count.data(), kStep64);
  });
}
BENCHMARK(CountWorkingDays32);

// Deadlines in minutes under `rules`, whose calendars and limits are set here if they are not.
void MeasureDeadlines(benchmark::State& state, motcua_deadline_rules rules, const char* limit) {
  const motcua_calendar* const national = Given().national.get();
  const Limit parsed = Parse(limit);
  const motcua_time_limit* const one = parsed.get();
  if (rules.calendars == nullptr) rules.calendars = &national, rules.calendar_count = 1;
  if (rules.limits == nullptr) rules.limits = &one, rules.limit_count = 1;
  Measure<std::int64_t>(state, [&](Numbers& due) {
    Call(motcua_deadline_batch, &rules, kRows, Given().rows.minutes.data(), kStep64, due.data(),
         kStep64);
  });
}

void DeadlinesByDay(benchmark::State& state) {
  MeasureDeadlines(state, MOTCUA_DEADLINE_RULES_INIT, "20wd@15:00>start");
}
BENCHMARK(DeadlinesByDay);

// The limits that are rare: plain days have a kernel, the others go row by row.
void DeadlinesOfPlainDays(benchmark::State& state) {
  MeasureDeadlines(state, MOTCUA_DEADLINE_RULES_INIT, "30d");
}
BENCHMARK(DeadlinesOfPlainDays);

void DeadlinesOfMonths(benchmark::State& state) {
  MeasureDeadlines(state, MOTCUA_DEADLINE_RULES_INIT, "2mo");
}
BENCHMARK(DeadlinesOfMonths);

void DeadlinesOfClockHours(benchmark::State& state) {
  MeasureDeadlines(state, MOTCUA_DEADLINE_RULES_INIT, "24h");
}
BENCHMARK(DeadlinesOfClockHours);

void DeadlinesOfSums(benchmark::State& state) {
  MeasureDeadlines(state, MOTCUA_DEADLINE_RULES_INIT, "5wd+7d+5d");
}
BENCHMARK(DeadlinesOfSums);

// The inverse of a million due times.
void MeasureLatest(benchmark::State& state, const char* text) {
  const motcua_calendar* const national = Given().national.get();
  const Limit limit = Parse(text);
  const motcua_time_limit* const one = limit.get();
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.calendars = &national, rules.calendar_count = 1;
  rules.limits = &one, rules.limit_count = 1;
  Measure<std::int64_t>(state, [&](Numbers& latest) {
    Call(motcua_latest_acceptance_batch, &rules, kRows, Given().rows.minutes.data(), kStep64,
         latest.data(), kStep64);
  });
}

void LatestAcceptances(benchmark::State& state) { MeasureLatest(state, "20wd@15:00>start"); }
BENCHMARK(LatestAcceptances);

void LatestAcceptancesOfMonths(benchmark::State& state) { MeasureLatest(state, "2mo"); }
BENCHMARK(LatestAcceptancesOfMonths);

void PlainPeriodLoop(benchmark::State& state) {
  Measure<std::int64_t>(
      state, [](Numbers& due) { PeriodLoop(Given().tables, Given().rows, kHourLimit, due); });
}
BENCHMARK(PlainPeriodLoop);

void PlainRankSelectMinutes(benchmark::State& state) {
  Measure<std::int64_t>(state, [](Numbers& due) {
    RankSelectMinutes(Given().tables, Given().rows, kHourLimit, due);
  });
}
BENCHMARK(PlainRankSelectMinutes);

void DeadlinesByHour(benchmark::State& state) {
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.policy = MOTCUA_BY_HOUR;
  MeasureDeadlines(state, rules, "3wd");
}
BENCHMARK(DeadlinesByHour);

void DeadlinesLimitByRow(benchmark::State& state) {
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.limits = Given().limit_handles.data();
  rules.limit_count = Given().limit_handles.size();
  rules.limit_of_row = Given().limit_of_row.data();
  MeasureDeadlines(state, rules, "none");
}
BENCHMARK(DeadlinesLimitByRow);

void DeadlinesMixed(benchmark::State& state) {
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.calendars = Given().unit_handles.data();
  rules.calendar_count = Given().unit_handles.size();
  rules.calendar_of_row = Given().rows.unit.data();
  MeasureDeadlines(state, rules, "20wd");
}
BENCHMARK(DeadlinesMixed);

// Working days under the calendars of kUnits units, with an index by row.
void AddWorkingDaysMixed32(benchmark::State& state) {
  motcua_calendar_rules rules = MOTCUA_CALENDAR_RULES_INIT;
  rules.calendars = Given().unit_handles.data();
  rules.calendar_count = Given().unit_handles.size();
  rules.calendar_of_row = Given().rows.unit.data();
  Measure<std::int32_t>(state, [&](Days& due) {
    const Rows& rows = Given().rows;
    Call(motcua_add_working_days_batch32, &rules, kRows, rows.days.data(), kStep32,
         rows.amounts32.data(), kStep32, due.data(), kStep32);
  });
}
BENCHMARK(AddWorkingDaysMixed32);

void AddWorkingDaysBatch32(benchmark::State& state) {
  const motcua_calendar* const national = Given().national.get();
  motcua_calendar_rules rules = MOTCUA_CALENDAR_RULES_INIT;
  rules.calendars = &national;
  rules.calendar_count = 1;
  rules.threads = static_cast<std::int32_t>(state.range(0));
  Measure<std::int32_t>(state, [&](Days& due) {
    const Rows& rows = Given().rows;
    Call(motcua_add_working_days_batch32, &rules, kRows, rows.days.data(), kStep32,
         rows.amounts32.data(), kStep32, due.data(), kStep32);
  });
}
BENCHMARK(AddWorkingDaysBatch32)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

void DeadlinesInThreads(benchmark::State& state) {
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.threads = static_cast<std::int32_t>(state.range(0));
  MeasureDeadlines(state, rules, "20wd@15:00>start");
}
BENCHMARK(DeadlinesInThreads)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

// One dossier again and again, as the peers' single calls are measured; with options, as Python
// asks.
void MeasureOne(benchmark::State& state, const motcua_deadline_options* options) {
  constexpr std::int64_t kAcceptedAt = 20328 * kMinutesPerDay + 15 * 60 + 10;  // 2025-08-28T15:10
  const motcua_calendar* const calendar = Given().national.get();
  const Limit limit = Parse("20wd");
  for (auto _ : state) {
    motcua_deadline deadline = MOTCUA_DEADLINE_INIT;
    Call(motcua_deadline_compute, calendar, static_cast<const motcua_time_limit*>(limit.get()),
         kAcceptedAt, options, &deadline);
    benchmark::DoNotOptimize(deadline);
  }
}

void OneDeadline(benchmark::State& state) { MeasureOne(state, nullptr); }
BENCHMARK(OneDeadline);

void OneDeadlineWithOptions(benchmark::State& state) {
  const motcua_deadline_options options = MOTCUA_DEADLINE_OPTIONS_INIT;
  MeasureOne(state, &options);
}
BENCHMARK(OneDeadlineWithOptions);

void CompileCalendar(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(National());
}
BENCHMARK(CompileCalendar)->Unit(benchmark::kMicrosecond);

void CompileUnits(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(CalendarsOfUnits(Given().national.get()));
}
BENCHMARK(CompileUnits)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua::benchmarks

BENCHMARK_MAIN();
