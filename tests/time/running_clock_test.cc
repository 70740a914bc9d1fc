// A running clock says after every pause what a deadline of the same pauses says.
#include "motcua/time/running_clock.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

constexpr std::string_view kLimits[] = {"none",
                                        "0wd",
                                        "1wd",
                                        "5wd",
                                        "10wd",
                                        "1.5wd",
                                        "2wh",
                                        "8wh",
                                        "30wh",
                                        "24h",
                                        "15d",
                                        "1mo",
                                        "same_day@15:00",
                                        "3wd@15:00>start",
                                        "3wd@15:00>result",
                                        "5wd+7d+5d",
                                        "8wh+2d"};

TEST(RunningClock, AgreesWithTheDeadlineOfTheSamePauses) {
  const auto national = WorkingCalendar::National();
  // A calendar that ends soon, so that clocks run out of it.
  const auto brief = WorkingCalendar::National(Dataset::Builtin(), {}, CivilDay(2025, 6, 1),
                                               CivilDay(2025, 9, 30));
  ASSERT_THAT(national, IsOk());
  ASSERT_THAT(brief, IsOk());
  std::mt19937 draw(153);
  const auto up_to = [&](int most) {
    return static_cast<int>(draw() % static_cast<unsigned>(most));
  };
  RunningClock clock;
  int paused = 0, failed = 0;
  for (int round = 0; round < 60'000; ++round) {
    const WorkingCalendar& calendar = up_to(3) == 0 ? *brief : *national;
    const auto limit = TimeLimit::Parse(kLimits[up_to(std::size(kLimits))]);
    const Policy policy = up_to(2) == 0 ? Policy::kByDay : Policy::kByHour;
    MinuteNumber at = ToNumber(CivilMinute(2025, 6, 1, 0, 0)) + up_to(110 * kMinutesPerDay);
    const MinuteNumber accepted_at = at;
    std::vector<Pause> pauses;
    absl::Status status = clock.Start(calendar, *limit, policy, accepted_at);
    for (int change = 0; change < 7; ++change) {
      const auto expected =
          ComputeDeadline(calendar, *limit, accepted_at, {.policy = policy, .pauses = pauses});
      ASSERT_EQ(status.code(), expected.status().code())
          << limit->ToString() << " " << status << " " << expected.status();
      ASSERT_EQ(status.message(), expected.status().message());
      if (!status.ok()) {
        ++failed;
        break;
      }
      ASSERT_EQ(clock.due(), expected->due) << limit->ToString() << " after " << pauses.size();
      ASSERT_EQ(clock.provisional(), expected->provisional) << limit->ToString();
      paused += expected->paused ? 1 : 0;
      at += up_to(3) == 0 ? up_to(30) : up_to(6 * kMinutesPerDay);
      if (pauses.empty() || !pauses.back().open()) {
        pauses.push_back({std::max(at, pauses.empty() ? at : pauses.back().to), kNoMinute});
      } else if (up_to(9) == 0) {
        pauses.pop_back();  // within one minute nothing stood still
      } else {
        pauses.back().to = std::max(at, pauses.back().from + 1);
        pauses.back().practice = static_cast<PausePractice>(up_to(3));
      }
      at = std::max(at, pauses.empty() ? at : std::max(pauses.back().from, pauses.back().to));
      status = clock.Take(pauses);
    }
  }
  EXPECT_GT(paused, 10'000);
  EXPECT_GT(failed, 1000);
}

}  // namespace
}  // namespace motcua
