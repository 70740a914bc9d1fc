#include "motcua/units/carry.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

const CivilDay kBefore(2025, 6, 30), kAfter(2025, 7, 1);

TEST(Carry, GivesOnWhatTheActsDecideAndLeavesTheRest) {
  const Registry registry = *Registry::National();
  const CarriedValue<std::int64_t> rows[] = {{"24826", 12}, {"24838", 9}, {"673", 5}};
  const auto result = Carry<std::int64_t>(registry, rows, kBefore, kAfter);
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->given.size(), 1u);
  EXPECT_EQ(result->given[0].unit.code(), "24829");
  EXPECT_EQ(result->given[0].value, 21);
  ASSERT_EQ(result->left.size(), 1u);
  EXPECT_EQ(result->left[0].row, 2u);
  EXPECT_EQ(CarryNoteName(result->left[0].note), "split");
}

TEST(Carry, RefusesWhatItCannotAddUp) {
  const Registry registry = *Registry::National();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const CarriedValue<std::int64_t> much[] = {{"24826", kMost}, {"24838", 1}};
  EXPECT_THAT(Carry<std::int64_t>(registry, much, kBefore, kAfter),
              FailsWith(Reason::kInvalidArgument, "row 1"));
  const CarriedValue<double> none[] = {{"24826", std::nan("")}};
  EXPECT_THAT(Carry<double>(registry, none, kBefore, kAfter),
              FailsWith(Reason::kInvalidArgument, "finite"));
  const CarryWeight weights[] = {{"24826", "24820", 1}};
  const CarriedValue<double> one[] = {{"24826", 1}};
  EXPECT_THAT(Carry<double>(registry, one, kBefore, kAfter, {CarryBy::kPopulation, weights}),
              FailsWith(Reason::kInvalidArgument, "24826 to 24820"));
}

}  // namespace
}  // namespace motcua
