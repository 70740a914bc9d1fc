// Snapshots are immutable: many threads ask the same registry and calendar at
// once, first use included, and agree. Meant for the thread sanitizer.
#include <gtest/gtest.h>

#include <barrier>
#include <string>
#include <thread>
#include <vector>

#include "motcua/time/deadline.h"
#include "motcua/time/working_calendar.h"
#include "motcua/units/registry.h"

namespace motcua {
namespace {

constexpr int kThreads = 128;

// What one thread sees: a unit, its predecessors, a deadline under a shared layer.
std::string Ask(const Registry& registry, const WorkingCalendar& calendar) {
  const auto unit = registry.Find("24829", CivilDay(2025, 7, 1));
  const auto from = registry.Predecessors("24829", CivilDay(2025, 7, 1), CivilDay(2025, 6, 30));
  const auto deadline = ComputeDeadline(calendar, *TimeLimit::Parse("3wd"),
                                        ToNumber(CivilMinute(2025, 4, 29, 15, 10)));
  return std::string(unit->full_name()) + " of " + std::to_string(from->edges.size()) + ", due " +
         ToString(MinuteFrom(deadline->due));
}

TEST(SharedSnapshot, ManyThreadsAgree) {
  std::barrier start(kThreads);
  std::vector<std::string> answers(kThreads);
  const auto registry = Registry::National();
  const auto calendar = WorkingCalendar::National();
  ASSERT_TRUE(registry.ok() && calendar.ok());
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        const Registry own_registry = *registry;  // copies share the snapshot
        const WorkingCalendar own_calendar = *calendar;
        answer = Ask(own_registry, own_calendar);
      });
    }
  }
  for (const std::string& answer : answers) {
    EXPECT_EQ(answer, "Phường B'Lao of 3, due 2025-05-07T17:30");
  }
}

TEST(SharedSnapshot, ManyThreadsOpenTheFactsAtOnce) {
  std::barrier start(kThreads);
  std::vector<std::string> answers(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        answer = Ask(*Registry::National(), *WorkingCalendar::National());
      });
    }
  }
  for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
}

}  // namespace
}  // namespace motcua
