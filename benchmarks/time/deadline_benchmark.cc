// Batch deadlines beside a plain day loop and a plain rank/select loop, in one run.
//
// One million rows, 1 to 60 working days, 2015-2026, a fixed seed. Read the ratios,
// not the nanoseconds: machines differ and are shared.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <vector>

#include "motcua/time/batch.h"
#include "motcua/time/working_calendar.h"

namespace motcua {
namespace {

constexpr std::size_t kRows = 1'000'000;

// The rows, and tables as a careful programmer would lay them out by hand.
struct Input {
  WorkingCalendar calendar = WorkingCalendar::National().value();
  DayNumber first = ToNumber(calendar.first());
  std::vector<DayNumber> days;
  std::vector<std::int64_t> amounts;
  std::vector<MinuteNumber> minutes;
  std::vector<bool> working;       // by day since `first`
  std::vector<std::int32_t> rank;  // working days on or before the day
  std::vector<DayNumber> select;   // the k-th working day

  Input() {
    std::mt19937 random(20250701);
    std::uniform_int_distribution<DayNumber> day(ToNumber(CivilDay(2015, 1, 1)),
                                                 ToNumber(CivilDay(2026, 6, 30)));
    std::uniform_int_distribution<int> amount(1, 60);
    std::uniform_int_distribution<int> minute(0, 24 * 60 - 1);
    for (std::size_t row = 0; row < kRows; ++row) {
      days.push_back(day(random));
      amounts.push_back(amount(random));
      minutes.push_back(StartOf(days.back()) + minute(random));
    }
    for (DayNumber at = first; at <= ToNumber(calendar.last()); ++at) {
      working.push_back(calendar.IsWorkingDay(at).value());
      if (working.back()) select.push_back(at);
      rank.push_back(static_cast<std::int32_t>(select.size()));
    }
  }
};

const Input& Rows() {
  static const Input input;
  return input;
}

void PerRow(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}

void BM_DayLoop(benchmark::State& state) {
  const Input& in = Rows();
  std::vector<DayNumber> due(kRows);
  for (auto _ : state) {
    for (std::size_t row = 0; row < kRows; ++row) {
      DayNumber at = in.days[row];
      for (std::int64_t left = in.amounts[row]; left > 0;) {
        ++at;
        left -= in.working[static_cast<std::size_t>(at - in.first)];
      }
      due[row] = at;
    }
    benchmark::DoNotOptimize(due.data());
    benchmark::ClobberMemory();
  }
  PerRow(state);
}
BENCHMARK(BM_DayLoop)->Unit(benchmark::kMillisecond);

void BM_RankSelectLoop(benchmark::State& state) {
  const Input& in = Rows();
  std::vector<DayNumber> due(kRows);
  for (auto _ : state) {
    for (std::size_t row = 0; row < kRows; ++row) {
      const std::int32_t rank = in.rank[static_cast<std::size_t>(in.days[row] - in.first)];
      due[row] = in.select[static_cast<std::size_t>(rank + in.amounts[row] - 1)];
    }
    benchmark::DoNotOptimize(due.data());
    benchmark::ClobberMemory();
  }
  PerRow(state);
}
BENCHMARK(BM_RankSelectLoop)->Unit(benchmark::kMillisecond);

void BM_AddWorkingDays(benchmark::State& state) {
  const Input& in = Rows();
  std::vector<DayNumber> due(kRows);
  for (auto _ : state) {
    benchmark::DoNotOptimize(AddWorkingDays<DayNumber>(in.calendar, kRows, {in.days.data()},
                                                       {in.amounts.data()}, {due.data()}));
    benchmark::ClobberMemory();
  }
  PerRow(state);
}
BENCHMARK(BM_AddWorkingDays)->Unit(benchmark::kMillisecond);

// Whole deadlines: effective start, limit, closing minute.
void BM_Deadlines(benchmark::State& state) {
  const Input& in = Rows();
  const std::vector<WorkingCalendar> calendars = {in.calendar};
  const std::vector<TimeLimit> limits = {TimeLimit::Parse("20wd").value()};
  BatchRules rules;
  rules.calendars = calendars;
  rules.limits = limits;
  rules.policy = static_cast<Policy>(state.range(0));
  std::vector<MinuteNumber> due(kRows);
  for (auto _ : state) {
    benchmark::DoNotOptimize(Deadlines(rules, kRows, {in.minutes.data()}, {due.data()}));
    benchmark::ClobberMemory();
  }
  PerRow(state);
}
BENCHMARK(BM_Deadlines)
    ->ArgName("by_hour")
    ->Arg(static_cast<int>(Policy::kByDay))
    ->Arg(static_cast<int>(Policy::kByHour))
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
