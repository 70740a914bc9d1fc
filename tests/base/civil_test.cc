#include "motcua/base/civil.h"

#include <gmock/gmock.h>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

TEST(Civil, NumbersCountFromTheEpoch) {
  EXPECT_EQ(ToNumber(CivilDay(1970, 1, 1)), 0);
  EXPECT_EQ(ToNumber(CivilDay(2025, 7, 1)), 20270);  // date -d 2025-07-01 +%s / 86400
  EXPECT_EQ(ToNumber(CivilMinute(1970, 1, 2, 0, 1)), 1441);
  EXPECT_EQ(DayFrom(20270), CivilDay(2025, 7, 1));
  EXPECT_EQ(MinuteFrom(-1), CivilMinute(1969, 12, 31, 23, 59));
}

TEST(Civil, DayOfFloorsOnBothSidesOfTheEpoch) {
  EXPECT_EQ(DayOf(0), 0);
  EXPECT_EQ(DayOf(1439), 0);
  EXPECT_EQ(DayOf(1440), 1);
  EXPECT_EQ(DayOf(-1), -1);
  EXPECT_EQ(DayOf(-1440), -1);
  EXPECT_EQ(DayOf(-1441), -2);
}

TEST(Civil, ParsesAndPrintsDaysAndMinutes) {
  EXPECT_EQ(*ParseDay("2024-02-29"), CivilDay(2024, 2, 29));
  EXPECT_EQ(*ParseMinute("2025-07-01T08:15"), CivilMinute(2025, 7, 1, 8, 15));
  EXPECT_EQ(ToString(CivilDay(2025, 7, 1)), "2025-07-01");
  EXPECT_EQ(ToString(CivilMinute(2025, 7, 1, 8, 5)), "2025-07-01T08:05");
}

TEST(Civil, RefusesWhatIsNotADay) {
  for (const char* text : {"", "2025-7-1", "2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01",
                           "2025-07-01 ", "+025-07-01", "2025/07/01"}) {
    EXPECT_THAT(ParseDay(text, "valid_from"), FailsWith(Reason::kInvalidArgument, "valid_from"))
        << text;
  }
}

TEST(Civil, RefusesWhatIsNotAMinute) {
  for (const char* text : {"", "2025-07-01", "2025-07-01T24:00", "2025-07-01T08:60",
                           "2025-07-01 08:15", "2025-07-01T08:15:00", "2025-07-01T8:15"}) {
    EXPECT_THAT(ParseMinute(text, "at"), FailsWith(Reason::kInvalidArgument, "at")) << text;
  }
}

}  // namespace
}  // namespace motcua
