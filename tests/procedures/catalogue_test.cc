#include "motcua/procedures/catalogue.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

constexpr std::string_view kProcedures =
    "code\tname_vi\tfield_vi\tlevels\tvalid_from\tvalid_to\n"
    "1.000001\tĐăng ký khai sinh\tHộ tịch\tprovince+commune\t\t\n"
    "1.000002\tCấp giấy phép\tXây dựng\tprovince\t\t2025-07-01\n"
    "1.000002\tCấp giấy phép xây dựng\tXây dựng\tcommune\t2025-07-01\t\n"
    "1.000003\tThủ tục lạ\tKhác\t\t\t\n";
constexpr std::string_view kLimits =
    "code\tchannel\trow_no\tvalue\tunit\traw_text\n"
    "1.000001\tdirect\t1\t3\tworking_day\t3 Ngày làm việc\n"
    "1.000001\tonline\t1\t5\tunspecified\t5\n"
    "1.000001\tpostal\t1\t\tnone\tKhông có thông tin\n"
    "1.000002\tdirect\t1\t10\tworking_day\t10 Ngày làm việc\n"
    "1.000002\tdirect\t2\t20\tworking_day\t20 Ngày làm việc\n"
    "1.000002\tonline\t1\t1.5\tworking_day\t1.5 Ngày làm việc\n"
    "1.000002\tonline\t2\t1.5\tworking_day\t1.5 Ngày làm việc\n"
    "1.000003\tdirect\t1\t\ttext\tTrước khi tàu rời cảng\n"
    "1.000003\tonline\t1\t0\thour\t0 Giờ\n"
    "1.000003\tpostal\t1\t4\tmonth\t4 Tháng\n";
constexpr std::string_view kFees =
    "code\tchannel\trow_no\tamount_vnd\tkind\traw_text\n"
    "1.000001\tdirect\t1\t8000\tcharge\t8,000 VNĐ\n"
    "1.000001\tdirect\t1\t\tunknown\tMiễn phí (do Hội đồng nhân dân cấp tỉnh quy định)\n"
    "1.000001\tonline\t1\t0\tunknown\tMiễn phí\n"
    "1.000003\tdirect\t1\t\tunknown\t20 VNĐ\n";

absl::StatusOr<Catalogue> Parsed(std::string_view procedures = kProcedures,
                                 std::string_view limits = kLimits, std::string_view fees = kFees) {
  return Catalogue::Parse({procedures, limits, fees, "", ""});
}

TEST(Catalogue, FindsTheVersionOfTheDay) {
  const auto catalogue = Parsed();
  ASSERT_THAT(catalogue, IsOk());
  const auto before = catalogue->Find("1.000002", CivilDay(2025, 6, 30));
  const auto after = catalogue->Find("1.000002", CivilDay(2025, 7, 1));
  ASSERT_THAT(before, IsOk());
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ((*before)->levels, kLevelProvince);
  EXPECT_EQ((*after)->levels, kLevelCommune);
  EXPECT_EQ((*after)->name, "Cấp giấy phép xây dựng");
  EXPECT_THAT(catalogue->Find("1.999999", CivilDay(2025, 7, 1)),
              FailsWith(Reason::kUnknownProcedure, "on 2025-07-01"));
}

TEST(Catalogue, KeepsLimitsByChannelAndRowAsPrinted) {
  const auto catalogue = Parsed();
  ASSERT_THAT(catalogue, IsOk());
  const Procedure& birth = **catalogue->Find("1.000001", CivilDay(2025, 7, 1));
  ASSERT_EQ(birth.limits.size(), 3u);
  EXPECT_EQ(birth.limits[0].limit, "3wd");
  EXPECT_EQ(birth.limits[1].unit, PrintedUnit::kUnspecified);
  EXPECT_EQ(birth.limits[1].limit, "");
  EXPECT_EQ(birth.limits[2].limit, "none");
  ASSERT_EQ(birth.fees.size(), 3u);
  EXPECT_EQ(birth.fees[0].amount_vnd, 8000);
  EXPECT_EQ(birth.fees[1].amount_vnd, kNoAmount);  // empty is never free
}

TEST(LimitOf, TakesRowOneOnlyIfTheChannelAgrees) {
  const auto catalogue = Parsed();
  ASSERT_THAT(catalogue, IsOk());
  const CivilDay day(2025, 7, 1);
  const Procedure& birth = **catalogue->Find("1.000001", day);
  const Procedure& permit = **catalogue->Find("1.000002", day);
  const Procedure& odd = **catalogue->Find("1.000003", day);
  EXPECT_EQ(*LimitOf(birth, Channel::kDirect), "3wd");
  EXPECT_EQ(*LimitOf(birth, Channel::kPostal), "none");
  EXPECT_EQ(*LimitOf(permit, Channel::kOnline), "1.5wd");
  EXPECT_EQ(*LimitOf(odd, Channel::kPostal), "4mo");
  EXPECT_EQ(*LimitOf(odd, Channel::kOnline), "0h");
  EXPECT_THAT(LimitOf(birth, Channel::kOnline),
              FailsWith(Reason::kInvalidArgument, "unit unspecified"));
  EXPECT_THAT(LimitOf(permit, Channel::kDirect), FailsWith(Reason::kInvalidArgument, "10wd, 20wd"));
  EXPECT_THAT(LimitOf(permit, Channel::kPostal), FailsWith(Reason::kInvalidArgument, "postal"));
  EXPECT_THAT(LimitOf(odd, Channel::kDirect), FailsWith(Reason::kInvalidArgument, "unit text"));
}

TEST(Catalogue, FindsWhatIsDoubtful) {
  const auto catalogue = Parsed();
  ASSERT_THAT(catalogue, IsOk());
  std::vector<std::string> found;
  for (const Problem& problem : catalogue->Check()) {
    found.push_back(problem.subject + " " + problem.field);
  }
  EXPECT_THAT(found, testing::UnorderedElementsAre(
                         "1.000001 time limit, channel online, row 1",  // no unit
                         "1.000001 fee, channel direct, row 1",         // free, but for a note
                         "1.000002 time limit, channel direct",         // variants, before
                         "1.000002 time limit, channel direct",         // and after
                         "1.000003 levels", "1.000003 time limit, channel direct, row 1",
                         "1.000003 time limit, channel online, row 1",  // limit 0
                         "1.000003 fee, channel direct, row 1"));       // 20 dong
}

TEST(Catalogue, RefusesTablesThatCannotBeRead) {
  const std::string head = "code\tname_vi\tfield_vi\tlevels\tvalid_from\tvalid_to\n";
  EXPECT_THAT(Parsed(head + "1.1\tA\tB\tdistrict\t\t\n", "", ""),
              FailsWith(Reason::kMalformedData, "levels 'district'"));
  EXPECT_THAT(Parsed(head + "1.1\tA\tB\t\t2025-02-30\t\n", "", ""),
              FailsWith(Reason::kMalformedData, "valid_from '2025-02-30'"));
  EXPECT_THAT(Parsed(head + "\tA\tB\t\t\t\n", "", ""), FailsWith(Reason::kMalformedData, "code"));
  EXPECT_THAT(Parsed(head + "1.1\tA\tB\t\t\t\n1.1\tA\tB\t\t2025-01-01\t\n", "", ""),
              FailsWith(Reason::kMalformedData, "do not overlap"));
  const std::string limits = "code\tchannel\trow_no\tvalue\tunit\traw_text\n";
  EXPECT_THAT(Parsed(kProcedures, limits + "1.000001\tby hand\t1\t3\tday\t\n"),
              FailsWith(Reason::kMalformedData, "channel 'by hand'"));
  EXPECT_THAT(Parsed(kProcedures, limits + "1.000001\tdirect\t0\t3\tday\t\n"),
              FailsWith(Reason::kMalformedData, "row_no '0'"));
  EXPECT_THAT(Parsed(kProcedures, limits + "1.000001\tdirect\t1\t3\tweek\t\n"),
              FailsWith(Reason::kMalformedData, "unit 'week'"));
  EXPECT_THAT(Parsed(kProcedures, limits + "1.000001\tdirect\t1\t10-25\tday\t\n"),
              FailsWith(Reason::kMalformedData, "value '10-25'"));
  EXPECT_THAT(Parsed(kProcedures, limits + "1.777777\tdirect\t1\t3\tday\t\n"),
              FailsWith(Reason::kMalformedData, "time_limits.tsv code '1.777777'"));
  const std::string fees = "code\tchannel\trow_no\tamount_vnd\tkind\traw_text\n";
  EXPECT_THAT(Parsed(kProcedures, kLimits, fees + "1.000001\tdirect\t1\t-5\tfee\t\n"),
              FailsWith(Reason::kMalformedData, "amount_vnd '-5'"));
  EXPECT_THAT(Parsed("code\tname_vi\n", "", ""), FailsWith(Reason::kMalformedData, "field_vi"));
}

std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/core/data/procedures/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The counts of core/data/procedures/README.md, which were made by another program.
TEST(Catalogue, ReadsTheNationalTables) {
  const std::string procedures = ReadData("procedures.tsv"), limits = ReadData("time_limits.tsv"),
                    fees = ReadData("fees.tsv"), agencies = ReadData("agencies.tsv"),
                    legal = ReadData("legal_basis.tsv");
  const auto catalogue = Catalogue::Parse({procedures, limits, fees, agencies, legal});
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_EQ(catalogue->procedures().size(), 2849u);
  std::size_t limit_rows = 0, fee_rows = 0, communes = 0;
  std::array<int, kPrintedUnitCount> units = {};
  for (const Procedure& procedure : catalogue->procedures()) {
    limit_rows += procedure.limits.size();
    fee_rows += procedure.fees.size();
    communes += (procedure.levels & kLevelCommune) != 0;
    for (const LimitRow& row : procedure.limits) ++units[static_cast<std::size_t>(row.unit)];
  }
  EXPECT_EQ(limit_rows, 7546u);
  EXPECT_EQ(fee_rows, 7511u);
  EXPECT_EQ(communes, 662u);
  EXPECT_THAT(units, testing::ElementsAre(4301, 0, 1756, 181, 14, 0, 341, 861, 92));
  int without_unit = 0;
  for (const Problem& problem : catalogue->Check()) {
    without_unit += problem.expected == "a number with its unit";
  }
  EXPECT_EQ(without_unit, 861);
}

}  // namespace
}  // namespace motcua
