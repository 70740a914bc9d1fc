#include "motcua/units/agencies.h"

#include <gmock/gmock.h>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

AgencyEntry Department(std::string code, std::string unit) {
  AgencyEntry row;
  row.code = std::move(code);
  row.name = "Sở Tư pháp";
  row.unit = std::move(unit);
  row.valid_from = CivilDay(2025, 7, 1);
  return row;
}

TEST(AgencyDirectory, HangsOnUnitsInTime) {
  const auto national = AgencyDirectory::National(*Registry::National());
  ASSERT_THAT(national, IsOk());
  EXPECT_EQ(national->Find("000.00.00.H36", CivilDay(2025, 7, 1))->unit->full_name(),
            "Tỉnh Lâm Đồng");
  EXPECT_THAT(national->Find("H02", CivilDay(2025, 7, 1)), FailsWith(Reason::kUnknownUnit, "H02"));
  const AgencyEntry rows[] = {Department("000.00.02.H36", "68")};
  const auto more = national->With(rows);
  ASSERT_THAT(more, IsOk());
  EXPECT_EQ(more->Agencies(CivilDay(2025, 8, 1), "68")->size(), 2u);
  EXPECT_EQ(more->Agencies(CivilDay(2025, 8, 1), std::nullopt, "H36.02")->size(), 1u);
  EXPECT_THAT(more->With(rows), FailsWith(Reason::kInvalidArgument, "H36.02"));
  const AgencyEntry nowhere[] = {rows[0], Department("H36.03", "673")};
  EXPECT_THAT(national->With(nowhere), FailsWith(Reason::kUnknownUnit, "row 1"));
}

}  // namespace
}  // namespace motcua
