#include "motcua/units/registry.h"

#include <gmock/gmock.h>

#include <thread>

#include "motcua/units/reconciliation.h"
#include "motcua/units/resolver.h"
#include "motcua/units/share.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

const CivilDay kBefore(2025, 6, 30), kAfter(2025, 7, 1);

TEST(Registry, AnswersByCodeAndDay) {
  const auto registry = Registry::National();
  ASSERT_THAT(registry, IsOk());
  const auto unit = registry->Find("24829", kAfter);
  ASSERT_THAT(unit, IsOk());
  EXPECT_EQ(unit->full_name(), "Phường B'Lao");
  EXPECT_EQ(unit->parent()->full_name(), "Tỉnh Lâm Đồng");
  EXPECT_EQ(unit->key(), "24829@2025-07-01");
  EXPECT_EQ(registry->Find("24829", kBefore)->full_name(), "Phường Lộc Sơn");
  EXPECT_EQ(registry->Units(kAfter)->size(), 3355u);
}

TEST(Registry, RefusesCodesAndDaysItDoesNotKnow) {
  const Registry registry = *Registry::National();
  EXPECT_THAT(registry.Find("99999", kAfter), FailsWith(Reason::kUnknownUnit, "99999"));
  EXPECT_THAT(registry.Find("2482", kAfter), FailsWith(Reason::kInvalidArgument, "code"));
  EXPECT_THAT(registry.Find("\xff\xff", kAfter), FailsWith(Reason::kInvalidArgument, "code"));
  EXPECT_THAT(registry.Find("68", CivilDay(2004, 8, 30)),
              FailsWith(Reason::kOutsideCoverage, "2004-08-30"));
  EXPECT_THAT(registry.Successors("68", kAfter, kBefore),
              FailsWith(Reason::kInvalidArgument, "until"));
  EXPECT_THAT(registry.Named("\xff", kAfter), FailsWith(Reason::kInvalidArgument, "UTF-8"));
  EXPECT_THAT(Resolver(registry).Resolve("Ph\xff", kAfter),
              FailsWith(Reason::kInvalidArgument, "UTF-8"));
  const CatalogueRow rows[] = {{"", "ok", ""}, {"", "", "\xff"}};
  EXPECT_THAT(Reconcile(registry, rows, kAfter), FailsWith(Reason::kInvalidArgument, "row 1"));
}

TEST(Registry, ADatasetWithoutUnitsIsRefused) {
  const auto image = Dataset::Parse(std::string(16, 'x'));
  EXPECT_THAT(image, FailsWith(Reason::kMalformedData, "dataset image"));
}

TEST(Registry, IsSharedByThreads) {
  const Registry registry = *Registry::National();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&registry] {
      const Resolver resolver(registry);
      for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(registry.Successors("24826", kBefore, kAfter)->edges[0].unit.code(), "24829");
        EXPECT_EQ(resolver.Resolve("Phường BLao, Lâm Đồng", kAfter)->front().unit.code(), "24829");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Share, SharesCombineAlongAPathAndBesideEachOther) {
  const auto along = [](Moved a, Moved b) { return MovedOf(Along(ShareOf(a), ShareOf(b))); };
  const auto beside = [](Moved a, Moved b) { return MovedOf(Beside(ShareOf(a), ShareOf(b))); };
  for (int moved = 0; moved <= 6; ++moved) {
    const auto any = static_cast<Moved>(moved);
    EXPECT_EQ(along(Moved::kUnchanged, any), any);
    EXPECT_EQ(along(any, Moved::kUnchanged), any);
    EXPECT_EQ(along(any, Moved::kUnknown), Moved::kUnknown);
  }
  EXPECT_EQ(along(Moved::kAreaAllPopulation, Moved::kArea), Moved::kArea);
  EXPECT_EQ(along(Moved::kAll, Moved::kAreaAllPopulation), Moved::kAreaAllPopulation);
  EXPECT_EQ(beside(Moved::kArea, Moved::kPopulation), Moved::kAreaPopulation);
  EXPECT_EQ(beside(Moved::kArea, Moved::kAreaAllPopulation), Moved::kAreaAllPopulation);
}

}  // namespace
}  // namespace motcua
