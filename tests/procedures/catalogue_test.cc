#include "motcua/procedures/catalogue.h"

#include <gmock/gmock.h>

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
  EXPECT_EQ(birth.limits[2].limit, "");  // nothing told is not that there is none
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
  EXPECT_THAT(LimitOf(birth, Channel::kPostal), FailsWith(Reason::kInvalidArgument, "unit none"));
  EXPECT_EQ(*LimitOf(permit, Channel::kOnline), "1.5wd");
  EXPECT_EQ(*LimitOf(odd, Channel::kPostal), "4mo");
  EXPECT_EQ(*LimitOf(odd, Channel::kOnline), "0h");
  EXPECT_THAT(LimitOf(birth, Channel::kOnline),
              FailsWith(Reason::kInvalidArgument, "unit unspecified"));
  EXPECT_THAT(LimitOf(permit, Channel::kDirect), FailsWith(Reason::kInvalidArgument, "10wd, 20wd"));
  EXPECT_THAT(LimitOf(permit, Channel::kPostal), FailsWith(Reason::kInvalidArgument, "postal"));
  EXPECT_THAT(LimitOf(odd, Channel::kDirect), FailsWith(Reason::kInvalidArgument, "unit text"));
}

std::vector<std::string> Found(const Catalogue& catalogue, DayNumber at = kNoDay) {
  std::vector<std::string> found;
  for (const Problem& problem : catalogue.Check({.at = at})) {
    found.push_back(problem.kind + " " + problem.subject + " " + problem.field);
  }
  return found;
}

TEST(Catalogue, FindsWhatIsDoubtful) {
  const auto catalogue = Parsed();
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_THAT(
      Found(*catalogue),
      testing::UnorderedElementsAre(
          "limit_without_unit 1.000001 time limit, channel online, row 1",
          "limit_by_channel 1.000001 time limit", "limit_channel_variants 1.000001 time limit",
          "fee_free_with_note 1.000001 fee, channel direct, row 1",
          "fee_free_by_default 1.000001 fee, channel online, row 1",
          "limit_variants 1.000002 time limit, channel direct",  // before
          "limit_by_channel 1.000002 time limit",
          "limit_variants 1.000002 time limit, channel direct",  // and after
          "limit_by_channel 1.000002 time limit", "level_missing 1.000003 levels",
          "limit_in_words 1.000003 time limit, channel direct, row 1",
          "limit_zero 1.000003 time limit, channel online, row 1",
          "limit_by_channel 1.000003 time limit", "limit_channel_variants 1.000003 time limit",
          "fee_decimal_point 1.000003 fee, channel direct, row 1"));
}

// One sound procedure; each defect is put into it alone.
struct Sound {
  std::string procedures =
      "code\tname_vi\tfield_vi\tlevels\tsubjects\tdecision_no\tresult_vi\tsource_commit_date\t"
      "valid_from\tvalid_to\n"
      "1.000001\tĐăng ký khai sinh\tHộ tịch\tcommune\tcitizen\t1/QĐ-BTP\tGiấy khai sinh\t"
      "2026-06-10\t2025-07-01\t\n";
  std::string limits =
      "code\tchannel\trow_no\tvalue\tunit\traw_text\n"
      "1.000001\tdirect\t1\t3\tworking_day\t3 Ngày làm việc\n"
      "1.000001\tonline\t1\t3\tworking_day\t3 Ngày làm việc\n";
  std::string fees =
      "code\tchannel\trow_no\tamount_vnd\tkind\traw_text\n"
      "1.000001\tdirect\t1\t8000\tcharge\t8,000 VNĐ\n";
  std::string agencies =
      "code\trole\tagency_vi\n"
      "1.000001\tdecides\tUỷ ban nhân dân cấp xã\n1.000001\timplements\tSở Tư pháp\n";
  std::string legal = "code\tdocument_no\tdate\n1.000001\t118/2025/NĐ-CP\t\n";
  std::string cases = "code\tcase_no\tcomponents\tinstructions\twith_form\n1.000001\t1\t2\t0\t1\n";
  std::string details =
      "code\tpart\tcase_no\trow_no\tid\ttext\textra\n"
      "1.000001\tsequence\t1\t1\t\tNộp hồ sơ\t\n";
  std::string steps =
      "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\trole\tafter\n"
      "1.000001\t1\tTiếp nhận\tBộ phận Một cửa\t0.25\tworking_day\ts\tone_stop_officer\t\n"
      "1.000001\t2\tThụ lý\tPhòng\t2\tworking_day\ts\tspecialist\t\n"
      "1.000001\t3\tKý\tLãnh đạo\t6\tworking_hour\ts\tagency_head\t\n"
      "1.000001\t4\tTrình\tPhòng\t\tgroup_of_step_3\ts\tspecialist\t1\n"
      "1.000001\t5\tTrả kết quả\tBộ phận Một cửa\t0\tuntimed\ts\tresult_returner\t3+4\n";
  std::string groups =
      "group\tcode\tname_vi\tcase\tlimit\tsteps\tsource\n"
      "g\t1.000001\tN\tall\t3wd@15:00>start\t1+2+3\ts\n";

  absl::StatusOr<Catalogue> Read() const {
    return Catalogue::Parse(
        {procedures, limits, fees, agencies, legal, cases, details, steps, groups});
  }
};

std::string Swapped(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(CatalogueCheck, RefusesNothingSound) {
  const auto catalogue = Sound().Read();
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_THAT(Found(*catalogue), testing::IsEmpty());
}

// Puts one defect into the sound procedure; a finding of that kind has to come.
void Finds(const std::string& kind, std::string Sound::*table, const std::string& from,
           const std::string& to) {
  Sound broken;
  broken.*table = Swapped(broken.*table, from, to);
  const auto catalogue = broken.Read();
  ASSERT_THAT(catalogue, IsOk()) << kind;
  EXPECT_THAT(Found(*catalogue), testing::Contains(testing::StartsWith(kind + " "))) << kind;
}

TEST(CatalogueCheck, NamesEachDefectOfAProcedure) {
  const auto procedures = &Sound::procedures;
  Finds("name_missing", procedures, "Đăng ký khai sinh", "");
  Finds("name_holds_code", procedures, "Đăng ký khai sinh", "Đăng ký (1.000001)");
  Finds("name_holds_level", procedures, "Đăng ký khai sinh", "Đăng ký khai sinh (cấp xã)");
  Finds("name_holds_level", procedures, "khai sinh", "khai sinh thực hiện tại Cấp tỉnh");
  Finds("name_holds_level", procedures, "khai sinh", "khai sinh - cấp Trung ương");
  Finds("name_holds_level", procedures, "khai sinh", "khai sinh (thay thế - cấp Bộ)");
  Finds("subject_unknown", procedures, "\tcitizen\t", "\tcitizen+alien\t");
  Finds("name_too_long", procedures, "Đăng ký khai sinh", std::string(1001, 'a'));
  Finds("cell_cut", procedures, "Đăng ký khai sinh", "Đăng ký khai …");
  Finds("field_missing", procedures, "Hộ tịch", "");
  Finds("level_missing", procedures, "commune", "");
  Finds("decision_junk", procedures, "1/QĐ-BTP", "QĐ/0001-BCA");
  Finds("limit_without_unit", &Sound::limits, "3\tworking_day", "3\tunspecified");
  Finds("limit_in_words", &Sound::limits, "3\tworking_day\t3 Ngày làm việc", "\ttext\tNgay");
  Finds("limit_range", &Sound::limits, "3\tworking_day\t3 Ngày làm việc", "\ttext\t10-25");
  Finds("limit_unreadable", &Sound::limits, "3\tworking_day", "0.5\tday");
  Finds("limit_row_twice", &Sound::limits, "online\t1", "direct\t1");
  Finds("fee_without_row", &Sound::fees, "direct\t1", "direct\t2");
  Finds("fee_without_row", &Sound::fees, "direct\t1", "postal\t1");
  Finds("result_junk", &Sound::details, "sequence\t1\t1\t", "result\t0\t1\tTest_P001");
  Finds("limit_zero", &Sound::limits, "3\tworking_day", "0\tworking_day");
  Finds("limit_by_channel", &Sound::limits, "3\tworking_day", "4\tworking_day");
  Finds("limit_variants", &Sound::limits, "online\t1\t3", "direct\t2\t4");
  Finds("limit_split_from_fee", &Sound::limits, "3\tworking_day", "3\tunspecified");
  Finds("fee_decimal_point", &Sound::fees, "8000\tcharge\t8,000 VNĐ", "\tcharge\t8 VNĐ");
  Finds("fee_currency", &Sound::fees, "8000\tcharge\t8,000 VNĐ", "\tcharge\t8 VNĐ (8 USD)");
  Finds("fee_free_by_default", &Sound::fees, "8000\tcharge\t8,000 VNĐ", "0\tunknown\tMiễn phí");
  Finds("fee_free_with_note", &Sound::fees, "8000\tcharge\t8,000 VNĐ",
        "\tunknown\tMiễn phí (theo Nghị quyết)");
  Finds("fee_reduced_until", &Sound::fees, "8,000 VNĐ", "8,000 VNĐ (Thông tư 64/2025/TT-BTC)");
  Finds("agency_abolished", &Sound::agencies, "Sở Tư pháp", "UBND cấp huyện");
  Finds("agency_abolished", &Sound::agencies, "Sở Tư pháp", "Sở Giao thông vận tải");
  Finds("agency_abolished", &Sound::steps, "Phòng\t2", "UBND huyện X\t2");
  Finds("agency_of_one_place", &Sound::agencies, "Sở Tư pháp", "Sở Tư pháp Thành phố Hà Nội");
  Finds("agency_of_one_place", &Sound::agencies, "Sở Tư pháp", "Sở Tư pháp - tỉnh Đồng Nai");
  Finds("agency_unreadable", &Sound::agencies, "Sở Tư pháp", "Sở Tư pháp, Sở …");
  Finds("document_junk", &Sound::legal, "118/2025/NĐ-CP", "54");
  Finds("document_future", &Sound::legal, "118/2025/NĐ-CP", "40/2029/QH14");
  Finds("component_instruction", &Sound::cases, "2\t0\t1", "2\t1\t1");
}

TEST(LimitOf, TellsNoLimitFromNothingTold) {
  const std::string limits =
      "code\tchannel\trow_no\tvalue\tunit\traw_text\n"
      "1.000001\tdirect\t1\t\tnone\tKhông quy định thời hạn\n"
      "1.000002\tdirect\t1\t\tnone\tKhông có thông tin | Theo kế hoạch\n"
      "1.000003\tdirect\t1\t\tnone\t\n";
  const auto catalogue = Parsed(kProcedures, limits, "");
  ASSERT_THAT(catalogue, IsOk());
  const CivilDay day(2025, 7, 1);
  EXPECT_EQ(*LimitOf(**catalogue->Find("1.000001", day), Channel::kDirect), "none");
  EXPECT_THAT(LimitOf(**catalogue->Find("1.000002", day), Channel::kDirect),
              FailsWith(Reason::kInvalidArgument, "Không có thông tin"));
  EXPECT_THAT(Found(*catalogue, ToNumber(day)),
              testing::UnorderedElementsAre("part_missing_limit 1.000002 time limit",
                                            "part_missing_limit 1.000003 time limit",
                                            "level_missing 1.000003 levels"));
}

TEST(CatalogueCheck, LeavesBodiesInNamesAlone) {
  for (const char* name : {"Hỗ trợ của Quỹ bảo vệ và phát triển rừng cấp tỉnh",
                           "Phê duyệt thuộc thẩm quyền của Chủ tịch UBND cấp tỉnh",
                           "Khiếu nại lần hai cấp Bộ Quốc phòng", "Cấp thẻ tại Công an cấp xã",
                           "Phân bổ dự toán (cho UBND cấp xã thực hiện)"}) {
    Sound one;
    one.procedures = Swapped(one.procedures, "Đăng ký khai sinh", name);
    EXPECT_THAT(Found(*one.Read()), testing::IsEmpty()) << name;
  }
}

TEST(CatalogueCheck, HoldsTheColumnOfTheAgencyAgainstTheDayToo) {
  Sound one;
  one.procedures =
      "code\tname_vi\tfield_vi\tlevels\tagency_vi\tsubjects\tdecision_no\tresult_vi\n"
      "1.000001\tA\tB\tcommune\tUBND huyện X\tcitizen\t1/QĐ-BTP\tC\n";
  EXPECT_THAT(Found(*one.Read()), testing::ElementsAre("agency_abolished 1.000001 agency_vi"));
}

TEST(CatalogueCheck, HoldsStepsAgainstTheLimitOfEachChannel) {
  // Working days by hand: 25 are five weeks, whose last Friday is 32 days after the first Monday.
  const auto with = [](const std::string& amount, const std::string& limits) {
    Sound one;
    one.steps =
        "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\n1.000001\t1\tA\tB\t" +
        amount + "\tworking_day\ts\n";
    one.groups = "";
    one.limits = "code\tchannel\trow_no\tvalue\tunit\traw_text\n" + limits;
    std::vector<std::string> found;
    for (const std::string& finding : Found(*one.Read())) {
      if (finding.starts_with("steps_")) found.push_back(finding);
    }
    return found;
  };
  const std::string both = "steps_exceed_limit 1.000001 steps";
  EXPECT_THAT(with("25", "1.000001\tdirect\t1\t30\tday\t30\n"), testing::ElementsAre(both));
  EXPECT_THAT(with("25", "1.000001\tdirect\t1\t1\tmonth\t1\n"), testing::ElementsAre(both));
  EXPECT_THAT(with("25", "1.000001\tdirect\t1\t33\tday\t33\n"), testing::IsEmpty());
  EXPECT_THAT(with("5", "1.000001\tdirect\t1\t5\tday\t5\n"), testing::IsEmpty());
  EXPECT_THAT(with("6", "1.000001\tdirect\t1\t7\tday\t7\n"), testing::ElementsAre(both));
  EXPECT_THAT(with("3",
                   "1.000001\tdirect\t1\t3\tworking_day\t3\n"
                   "1.000001\tonline\t1\t1\tworking_day\t1\n"),
              testing::ElementsAre("steps_exceed_limit 1.000001 steps, channel online"));
}

TEST(Catalogue, ReadsLineEndsAndByteOrderMarksAsOtherReadersDo) {
  const auto plain = Parsed();
  std::string dressed = "\xEF\xBB\xBF";
  for (const char c : std::string(kProcedures)) dressed += c == '\n' ? "\r\n" : std::string(1, c);
  dressed.resize(dressed.size() - 2);
  const auto catalogue = Parsed(dressed);
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_EQ(catalogue->Write("procedures"), plain->Write("procedures"));
  EXPECT_EQ(catalogue->Write("fees"), plain->Write("fees"));
}

TEST(CatalogueCheck, NamesEachDefectOfAProcess) {
  Finds("steps_exceed_limit", &Sound::steps, "\t2\tworking_day", "\t2.25\tworking_day");
  Finds("steps_mixed_units", &Sound::steps, "\t2\tworking_day", "\t1\tday");
  Finds("steps_wait_in_circle", &Sound::steps, "one_stop_officer\t", "one_stop_officer\t3");
  Finds("step_shares_nothing", &Sound::steps, "group_of_step_3", "group_of_step_5");
  Finds("step_after_unknown", &Sound::steps, "3+4", "3+9");
  Finds("step_after_later", &Sound::steps, "\tspecialist\t\n", "\tspecialist\t4\n");
  Finds("step_limit_unreadable", &Sound::steps, "\t2\tworking_day", "\t0.5\tday");
  Finds("step_role_unknown", &Sound::steps, "agency_head", "king");
  Finds("step_agency_missing", &Sound::steps, "Lãnh đạo", "");
  Finds("group_limit_exceeded", &Sound::groups, "3wd", "2wd");
  Finds("group_step_unknown", &Sound::groups, "1+2+3", "1+2+9");
  Finds("group_limit_unreadable", &Sound::groups, "3wd@15:00>start", "soon");
  Sound other;
  other.steps += "9.999999\t1\tA\tB\t1\tday\ts\t\t\n";
  EXPECT_THAT(Found(*other.Read()), testing::ElementsAre("process_of_unknown_code 9.999999 code"));
  Sound many;
  many.steps += "1.000001\t256\tA\tB\t\tuntimed\ts\t\t5\n";
  EXPECT_THAT(Found(*many.Read()), testing::ElementsAre("step_number_large 1.000001 step 256"));
}

TEST(CatalogueCheck, AsksForThePartsOfDecree63) {
  Sound two;
  two.procedures += "1.000002\tKhai tử\tHộ tịch\tcommune\t\t\t\t\t2025-07-01\t\n";
  two.groups = "";
  std::vector<std::string> expected = {"legal_basis_missing 1.000002 legal basis",
                                       "decision_missing 1.000002 decision_no"};
  for (const char* part :
       {"sequence sequence", "components components", "subjects subjects", "agency agency",
        "result result", "channel channels", "limit time limit"}) {
    const std::string text = part;
    const std::size_t space = text.find(' ');
    expected.push_back("part_missing_" + text.substr(0, space) + " 1.000002 " +
                       text.substr(space + 1));
  }
  EXPECT_THAT(Found(*two.Read()), testing::UnorderedElementsAreArray(expected));
}

TEST(CatalogueCheck, HoldsAuthoritiesAgainstTheDay) {
  Sound old;
  old.agencies = Swapped(old.agencies, "Sở Tư pháp", "UBND cấp huyện");
  old.procedures = Swapped(old.procedures, "2025-07-01\t\n", "2020-01-01\t2025-07-01\n");
  EXPECT_THAT(Found(*old.Read()), testing::IsEmpty());  // a district was right until then
  old.procedures = Swapped(old.procedures, "2025-07-01\n", "2025-07-02\n");
  EXPECT_THAT(Found(*old.Read()),
              testing::ElementsAre("agency_abolished 1.000001 agency that implements"));
  EXPECT_THAT(Found(*old.Read(), ToNumber(CivilDay(2025, 6, 30))), testing::IsEmpty());
  EXPECT_THAT(Found(*old.Read(), ToNumber(CivilDay(2025, 7, 1))),
              testing::ElementsAre("agency_abolished 1.000001 agency that implements"));
  EXPECT_THAT(Found(*old.Read(), ToNumber(CivilDay(2026, 1, 1))), testing::IsEmpty());
  Sound early;
  early.procedures = Swapped(early.procedures, "2025-07-01\t\n", "2024-01-01\t2025-01-01\n");
  early.agencies = Swapped(early.agencies, "Sở Tư pháp", "Sở Nông nghiệp và Môi trường");
  EXPECT_THAT(Found(*early.Read()),
              testing::ElementsAre("agency_not_yet 1.000001 agency that implements"));
}

TEST(Catalogue, KeepsRowsOfTheirVersionAndWritesThemBack) {
  Sound one;
  one.procedures =
      "code\tname_vi\tfield_vi\tlevels\tvalid_from\tvalid_to\n"
      "1.000001\tA\tB\tprovince\t\t2025-07-01\n1.000001\tA\tB\tcommune\t2025-07-01\t\n";
  one.limits =
      "code\tchannel\trow_no\tvalue\tunit\traw_text\tvalid_from\n"
      "1.000001\tdirect\t1\t5\tworking_day\t5\t-\n"
      "1.000001\tdirect\t1\t3\tworking_day\t3\t2025-07-01\n"
      "1.000001\tpostal\t1\t4\tworking_day\t4\t\n";
  auto catalogue = one.Read();
  ASSERT_THAT(catalogue, IsOk());
  for (int round = 0; round < 2; ++round) {
    const Procedure& before = **catalogue->Find("1.000001", CivilDay(2025, 6, 30));
    const Procedure& after = **catalogue->Find("1.000001", CivilDay(2025, 7, 1));
    EXPECT_EQ(*LimitOf(before, Channel::kDirect), "5wd");
    EXPECT_EQ(*LimitOf(after, Channel::kDirect), "3wd");
    EXPECT_EQ(*LimitOf(before, Channel::kPostal), "4wd");
    EXPECT_EQ(*LimitOf(after, Channel::kPostal), "4wd");
    EXPECT_EQ(before.limits.size(), 2u);
    std::vector<std::string> texts;
    for (const std::string_view table : kCatalogueTables) texts.push_back(catalogue->Write(table));
    catalogue = Catalogue::Parse(
        {texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], texts[7], texts[8]});
    ASSERT_THAT(catalogue, IsOk());
  }
  one.limits += "1.000001\tdirect\t1\t3\tworking_day\t3\t2025-08-01\n";
  EXPECT_THAT(one.Read(), FailsWith(Reason::kMalformedData, "valid_from '2025-08-01'"));
}

TEST(Process, TakesTheLongestWayAndRefusesWhatItCannotRead) {
  const Catalogue catalogue = *Sound().Read();
  const Process* process = catalogue.ProcessOf("1.000001");
  ASSERT_NE(process, nullptr);
  EXPECT_EQ(LengthOf(*process)->working_minutes, 120 + 960 + 360);
  EXPECT_EQ(process->steps[3].shares, 3);
  EXPECT_EQ(process->steps[3].limit, "");
  EXPECT_EQ(process->steps[0].limit, "0.25wd");
  EXPECT_EQ(catalogue.ProcessOf("1.000009"), nullptr);
  const auto refused = [](const std::string& from, const std::string& to) {
    Sound broken;
    broken.steps = Swapped(broken.steps, from, to);
    return broken.Read();
  };
  EXPECT_THAT(refused("0.25", "0.3"), FailsWith(Reason::kMalformedData, "time_value '0.3'"));
  EXPECT_THAT(refused("0.25", "-1"), FailsWith(Reason::kMalformedData, "time_value '-1'"));
  EXPECT_THAT(refused("untimed", "someday"), FailsWith(Reason::kMalformedData, "time_unit"));
  EXPECT_THAT(refused("group_of_step_3", "group_of_step_x"),
              FailsWith(Reason::kMalformedData, "group_of_step_x"));
  EXPECT_THAT(refused("1.000001\t2\t", "1.000001\t1\t"),
              FailsWith(Reason::kMalformedData, "each step of a code once"));
  EXPECT_THAT(refused("3+4", "3,4"), FailsWith(Reason::kMalformedData, "after '3,4'"));
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
  EXPECT_THAT(Parsed("", "", ""), FailsWith(Reason::kMalformedData, "a column named code"));
  EXPECT_THAT(Parsed(head + "1.1\tA\tB\t\t2025-07-01\t2025-07-01\n", "", ""),
              FailsWith(Reason::kMalformedData, "valid_to '2025-07-01'"));
  EXPECT_THAT(Parsed(kProcedures, kLimits, fees + "1.000001\tdirect\t1\t5\tbribe\t\n"),
              FailsWith(Reason::kMalformedData, "kind 'bribe'"));
  for (const auto& [column, cell] : {std::pair<std::string, std::string>("status", "gone"),
                                     {"online_level", "most"},
                                     {"source_commit_date", "2026-02-30"}}) {
    EXPECT_THAT(
        Parsed("code\tname_vi\tfield_vi\tlevels\t" + column + "\n1.1\tA\tB\t\t" + cell + "\n", "",
               ""),
        FailsWith(Reason::kMalformedData, column + " '" + cell + "'"));
  }
}

}  // namespace
}  // namespace motcua
