#include "motcua/units/assignment.h"

#include <gmock/gmock.h>

#include <functional>
#include <random>

#include "motcua/units/reconciliation.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using Offers = std::vector<std::vector<Offer>>;

int WorthOf(const Offers& offers, std::size_t row, std::uint32_t column) {
  for (const Offer& offer : offers[row])
    if (offer.column == column) return offer.worth;
  return 0;
}

int Total(const Offers& offers, const Assignment& assignment) {
  int total = 0;
  for (std::size_t row = 0; row < offers.size(); ++row)
    if (const auto column = assignment.ColumnOf(row)) total += WorthOf(offers, row, *column);
  return total;
}

// The most that any assignment is worth in which `row`, if given, has not `other`: all of
// them tried. With `must`, only those in which that row has a column.
int MostOfAll(const Offers& offers, std::size_t columns, std::size_t row = 99,
              std::uint32_t other = 99, bool must = false) {
  std::vector<bool> taken(columns, false);
  const std::function<int(std::size_t)> from = [&](std::size_t at) -> int {
    if (at == offers.size()) return 0;
    int most = must && at == row ? -1000000 : from(at + 1);
    for (const Offer& offer : offers[at]) {
      if (taken[offer.column] || (at == row && offer.column == other)) continue;
      taken[offer.column] = true;
      most = std::max(most, offer.worth + from(at + 1));
      taken[offer.column] = false;
    }
    return most;
  };
  return from(0);
}

TEST(Assignment, GivesUpTheBestPairWhereAllTogetherAreWorthMore) {
  // The best pair first would leave the second row with nothing.
  const Offers offers = {{{0, 180}, {1, 165}}, {{0, 175}}};
  const Assignment assignment(offers, 2);
  EXPECT_EQ(assignment.ColumnOf(0), 1u);
  EXPECT_EQ(assignment.ColumnOf(1), 0u);
}

TEST(Assignment, LeavesARowOutWhereThereAreNotEnough) {
  const Offers offers = {{{0, 10}}, {{0, 12}}, {}};
  const Assignment assignment(offers, 1);
  EXPECT_EQ(assignment.ColumnOf(0), std::nullopt);
  EXPECT_EQ(assignment.ColumnOf(1), 0u);
  EXPECT_EQ(assignment.ColumnOf(2), std::nullopt);
  EXPECT_EQ(assignment.LossIfMoved(0, 100), 2);
}

TEST(Assignment, IsTheBestOfAllThatCanBe) {
  std::mt19937 random(20250701);
  for (int round = 0; round < 400; ++round) {
    const std::size_t rows = 1 + random() % 6, columns = 1 + random() % 5;
    Offers offers(rows);
    for (auto& row : offers)
      for (std::uint32_t column = 0; column < columns; ++column)
        if (random() % 3 != 0) row.push_back({column, 1 + static_cast<int>(random() % 9)});
    const Assignment assignment(offers, columns);
    const int total = Total(offers, assignment);
    ASSERT_EQ(total, MostOfAll(offers, columns));
    std::vector<bool> taken(columns, false);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto column = assignment.ColumnOf(row);
      if (column) {
        ASSERT_FALSE(taken[*column]);
        taken[*column] = true;
      }
      const int moved = MostOfAll(offers, columns, row, column.value_or(99), true);
      ASSERT_EQ(assignment.LossIfMoved(row, 50), std::min(50, total - moved));
    }
  }
}

TEST(Reconcile, TellsNamesakesByWhatTheOtherRowsStandFor) {
  const Registry registry = *Registry::National();
  // Gia Lâm had Thị trấn Yên Viên (00526) and Xã Yên Viên (00532).
  const CatalogueRow rows[] = {{"", "Yên Viên", "Huyện Gia Lâm"},
                               {"", "Thị trấn Yên Viên", "Huyện Gia Lâm"}};
  const auto findings = *Reconcile(registry, rows, CivilDay(2025, 6, 30));
  EXPECT_EQ(findings[0].unit->code(), "00532");
  EXPECT_EQ(findings[1].unit->code(), "00526");
  const auto alone = *Reconcile(registry, std::span(rows).first(1), CivilDay(2025, 6, 30));
  EXPECT_EQ(alone[0].kind, FindingKind::kAmbiguous);
  const CatalogueRow twice[] = {rows[0], rows[0]};
  for (const std::size_t row : {0u, 1u})
    EXPECT_EQ((*Reconcile(registry, twice, CivilDay(2025, 6, 30)))[row].kind,
              FindingKind::kAmbiguous);
}

}  // namespace
}  // namespace motcua
