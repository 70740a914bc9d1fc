// One call of one kernel, for counting its instructions: `time_kernels NAME`. counts.py runs it
// under callgrind, which collects inside the C function only.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "rows.h"

namespace motcua::benchmarks {
namespace {

// Enough rows that the cost of a call vanishes; few enough that callgrind is quick.
constexpr std::size_t kCounted = 100'000;
constexpr ptrdiff_t kStep32 = sizeof(std::int32_t);
constexpr ptrdiff_t kStep64 = sizeof(std::int64_t);

struct World {
  Rows rows{kCounted};
  Calendar calendar = National();
  std::vector<std::int32_t> days = std::vector<std::int32_t>(kCounted);
  std::vector<std::int64_t> numbers = std::vector<std::int64_t>(kCounted);
};

void AddWorkingDays32(World& world) {
  motcua_error* error = nullptr;
  Check(motcua_calendar_add_working_days32(world.calendar.get(), kCounted, world.rows.days.data(),
                                           kStep32, world.rows.amounts.data(), kStep64,
                                           world.days.data(), kStep32, &error),
        error);
}

void AddWorkingDays64(World& world) {
  motcua_error* error = nullptr;
  Check(motcua_calendar_add_working_days64(world.calendar.get(), kCounted, world.rows.days64.data(),
                                           kStep64, world.rows.amounts.data(), kStep64,
                                           world.numbers.data(), kStep64, &error),
        error);
}

void CountWorkingDays32(World& world) {
  motcua_error* error = nullptr;
  Check(motcua_calendar_count_working_days32(world.calendar.get(), kCounted, world.rows.days.data(),
                                             kStep32, world.rows.later.data(), kStep32,
                                             world.numbers.data(), kStep64, &error),
        error);
}

template <typename Batch>
void RunMinutes(World& world, motcua_deadline_rules rules, const char* text, Batch* batch) {
  const Limit limit = Parse(text);
  const motcua_time_limit* const limits = limit.get();
  const motcua_calendar* const national = world.calendar.get();
  if (rules.calendars == nullptr) rules.calendars = &national, rules.calendar_count = 1;
  rules.limits = &limits, rules.limit_count = 1;
  motcua_error* error = nullptr;
  Check(batch(&rules, kCounted, world.rows.minutes.data(), kStep64, world.numbers.data(), kStep64,
              &error),
        error);
}

void Deadlines(World& world, motcua_deadline_rules rules, const char* text) {
  RunMinutes(world, rules, text, motcua_deadline_batch);
}

void DeadlinesOfPlainDays(World& world) { Deadlines(world, MOTCUA_DEADLINE_RULES_INIT, "30d"); }

void DeadlinesOfSums(World& world) { Deadlines(world, MOTCUA_DEADLINE_RULES_INIT, "5wd+7d+5d"); }

void LatestAcceptances(World& world) {
  RunMinutes(world, MOTCUA_DEADLINE_RULES_INIT, "20wd@15:00>start", motcua_latest_acceptance_batch);
}

void DeadlinesByDay(World& world) {
  Deadlines(world, MOTCUA_DEADLINE_RULES_INIT, "20wd@15:00>start");
}

void DeadlinesByHour(World& world) {
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.policy = MOTCUA_BY_HOUR;
  Deadlines(world, rules, "3wd");
}

void DeadlinesMixed(World& world) {
  const std::vector<Calendar> units = CalendarsOfUnits(world.calendar.get());
  std::vector<const motcua_calendar*> handles;
  for (const Calendar& unit : units) handles.push_back(unit.get());
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  rules.calendars = handles.data(), rules.calendar_count = handles.size();
  rules.calendar_of_row = world.rows.unit.data();
  Deadlines(world, rules, "20wd");
}

void OneDeadline(World& world) {
  const Limit limit = Parse("20wd");
  motcua_error* error = nullptr;
  motcua_deadline deadline = MOTCUA_DEADLINE_INIT;
  for (std::size_t row = 0; row < 1'000; ++row) {
    Check(motcua_deadline_compute(world.calendar.get(), limit.get(), world.rows.minutes[row],
                                  nullptr, &deadline, &error),
          error);
  }
}

void CompileCalendar(World&) { National(); }

// The function that callgrind collects in, and by how much its count is divided.
struct Kernel {
  const char* name;
  const char* function;
  std::size_t per;
  void (*run)(World&);
};
constexpr Kernel kKernels[] = {
    {"add_working_days32", "motcua_calendar_add_working_days32", kCounted, AddWorkingDays32},
    {"add_working_days64", "motcua_calendar_add_working_days64", kCounted, AddWorkingDays64},
    {"count_working_days32", "motcua_calendar_count_working_days32", kCounted, CountWorkingDays32},
    {"deadlines_by_day", "motcua_deadline_batch", kCounted, DeadlinesByDay},
    {"deadlines_by_hour", "motcua_deadline_batch", kCounted, DeadlinesByHour},
    {"deadlines_mixed", "motcua_deadline_batch", kCounted, DeadlinesMixed},
    {"deadlines_of_plain_days", "motcua_deadline_batch", kCounted, DeadlinesOfPlainDays},
    {"deadlines_of_sums", "motcua_deadline_batch", kCounted, DeadlinesOfSums},
    {"latest_acceptances", "motcua_latest_acceptance_batch", kCounted, LatestAcceptances},
    {"one_deadline", "motcua_deadline_compute", 1'000, OneDeadline},
    {"compile_calendar", "motcua_calendar_national", 2, CompileCalendar},  // World makes one too
};

}  // namespace
}  // namespace motcua::benchmarks

// Without a name: lists `name function per`, a line each.
int main(int argc, char** argv) {
  using motcua::benchmarks::kKernels;
  for (const auto& kernel : kKernels) {
    if (argc < 2) {
      std::printf("%s %s %zu\n", kernel.name, kernel.function, kernel.per);
    } else if (std::strcmp(argv[1], kernel.name) == 0) {
      motcua::benchmarks::World world;
      kernel.run(world);
      return 0;
    }
  }
  return argc < 2 ? 0 : 2;
}
