// The national tables: read whole, written back, and their dirt found, all of it.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "motcua/procedures/catalogue.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/core/data/procedures/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The counts that core/data/procedures/README.md tells, made by another program.
class NationalCatalogue : public testing::Test {
 protected:
  static const Catalogue& Get() {
    static const Catalogue catalogue = [] {
      std::vector<std::string> texts;
      for (const std::string_view table : kCatalogueTables) {
        texts.push_back(ReadData(std::string(table) + ".tsv"));
      }
      const auto read = Catalogue::Parse({texts[0], texts[1], texts[2], texts[3], texts[4],
                                          texts[5], texts[6], texts[7], texts[8]});
      EXPECT_THAT(read, IsOk());
      return *read;
    }();
    return catalogue;
  }
};

TEST_F(NationalCatalogue, IsReadWhole) {
  const Catalogue& catalogue = Get();
  EXPECT_EQ(catalogue.procedures().size(), 2849u);
  std::size_t limit_rows = 0, fee_rows = 0, agency_rows = 0, legal_rows = 0, cases = 0;
  std::size_t communes = 0;
  std::array<int, kPrintedUnitCount> units = {};
  for (const Procedure& procedure : catalogue.procedures()) {
    limit_rows += procedure.limits.size();
    fee_rows += procedure.fees.size();
    agency_rows += procedure.agencies.size();
    legal_rows += procedure.legal_basis.size();
    cases += procedure.cases.size();
    communes += (procedure.levels & kLevelCommune) != 0;
    for (const LimitRow& row : procedure.limits) ++units[static_cast<std::size_t>(row.unit)];
  }
  EXPECT_EQ(limit_rows, 7546u);
  EXPECT_EQ(fee_rows, 7511u);
  EXPECT_EQ(agency_rows, 5588u);
  EXPECT_EQ(legal_rows, 11155u);
  EXPECT_EQ(cases, 4299u);
  EXPECT_EQ(communes, 662u);
  EXPECT_THAT(units, testing::ElementsAre(4301, 0, 1756, 181, 14, 0, 341, 861, 92));
  EXPECT_EQ(catalogue.processes().size(), 45u);
}

TEST_F(NationalCatalogue, ComesOutAsItWentIn) {
  for (const std::string_view table : kCatalogueTables) {
    const std::string text = ReadData(std::string(table) + ".tsv");
    if (table == "procedure_steps") continue;  // rows come out by code
    EXPECT_TRUE(Get().Write(table) == text) << table;
  }
}

TEST_F(NationalCatalogue, ShowsItsDirt) {
  std::map<std::string, std::size_t> rows;
  std::map<std::string, std::set<std::string>> codes;
  for (const Problem& problem : Get().Check()) {
    ++rows[problem.kind];
    codes[problem.kind].insert(problem.subject);
  }
  EXPECT_EQ(rows["limit_without_unit"], 861u);
  EXPECT_EQ(codes["limit_without_unit"].size(), 357u);
  EXPECT_EQ(rows["limit_in_words"] + rows["limit_range"], 92u);
  EXPECT_EQ(rows["limit_range"], 2u);
  EXPECT_EQ(codes["limit_zero"].size(), 8u);  // 6 of Defence, 1.115148, 3.000027
  EXPECT_EQ(codes["limit_variants"].size(), 89u);
  EXPECT_EQ(codes["limit_by_channel"].size(), 166u);
  EXPECT_EQ(rows["limit_split_from_fee"], 104u);
  EXPECT_EQ(codes["limit_split_from_fee"].size(), 55u);
  EXPECT_EQ(rows["fee_decimal_point"], 193u);
  EXPECT_EQ(codes["fee_decimal_point"].size(), 96u);
  EXPECT_EQ(rows["fee_currency"], 5u);
  EXPECT_THAT(codes["fee_currency"], testing::ElementsAre("1.003358", "1.009094"));
  EXPECT_EQ(rows["fee_free_by_default"], 3503u);
  EXPECT_EQ(rows["fee_free_with_note"], 830u);
  EXPECT_EQ(codes["fee_reduced_until"].size(), 69u);
  EXPECT_EQ(codes["page_missing"].size(), 17u);
  EXPECT_EQ(codes["part_missing_limit"].size(), 17u + 127);  // list_only; no row tells one
  EXPECT_TRUE(codes["part_missing_limit"].contains("1.000221"));
  EXPECT_EQ(codes["part_missing_agency"].size(), 20u);      // 15 published, 5 of list_only
  EXPECT_EQ(codes["part_missing_components"].size(), 41u);  // 2,849 less 2,808
  EXPECT_EQ(codes["level_missing"].size(), 5u);
  EXPECT_EQ(codes["legal_basis_missing"].size(), 104u);
  EXPECT_TRUE(codes["name_holds_level"].contains("1.010732"));   // (cấp Bộ)
  EXPECT_TRUE(codes["name_holds_level"].contains("1.010733"));   // (Cấp tỉnh)
  EXPECT_FALSE(codes["name_holds_level"].contains("1.000071"));  // a fund of the province
  for (const char* kind : {"subject_unknown", "limit_row_twice", "fee_without_row"}) {
    EXPECT_EQ(rows[kind], 0u) << kind;
  }
  EXPECT_TRUE(codes["name_holds_code"].contains("1.010719"));
  EXPECT_THAT(codes["name_shared"], testing::ElementsAre("1.014363", "2.000281"));
  EXPECT_EQ(codes["document_future"].size(), 8u);
  EXPECT_TRUE(codes["decision_junk"].size() >= 29u + 3 + 11);  // QĐ/0001-BCA, 1681, SỐ 64/...
  EXPECT_EQ(codes["code_junk"].size(), 0u);
  // A quarter and half of a plain day, as the decisions on land print them.
  EXPECT_THAT(codes["step_limit_unreadable"],
              testing::ElementsAre("1.013823", "1.013977", "1.013980", "1.013988", "1.013992",
                                   "1.013993", "2.002750"));
  EXPECT_THAT(codes["steps_mixed_units"],
              testing::IsSupersetOf({"1.013161", "1.014275", "1.013140"}));
}

TEST_F(NationalCatalogue, NamesAuthoritiesThatAreGone) {
  std::set<std::string> districts, ministries, one_city;
  std::size_t instructions = 0;
  for (const Problem& problem : Get().Check()) {
    const auto holds = [&](std::string_view words) {
      return problem.value.find(words) != std::string::npos;
    };
    if (problem.kind == "agency_abolished" &&
        problem.expected.find("district") != std::string::npos) {
      districts.insert(problem.subject);
    } else if (problem.kind == "agency_abolished" && !holds("công chánh") &&
               problem.subject != "1.004163") {  // a list the other count did not look into
      ministries.insert(problem.subject);
    }
    if (problem.kind == "agency_of_one_place" && (holds("hành phố") || holds("TP.Đà Nẵng"))) {
      one_city.insert(problem.subject);
    }
    if (problem.kind == "component_instruction") {
      instructions += std::stoul(problem.value);
    }
  }
  EXPECT_EQ(districts.size(), 73u);
  EXPECT_EQ(ministries.size(), 12u);
  EXPECT_EQ(one_city.size(), 68u);
  EXPECT_EQ(instructions, 1204u);
}

TEST_F(NationalCatalogue, HoldsTheLinkedGroupsWithinTheirLimits) {
  // Decree 63/2024, Decision 296/QĐ-VPCP 2024 and Decree 297/2025 by hand.
  const std::map<std::string, std::pair<std::string, int>> expected = {
      {"birth standard", {"3wd@15:00>start", 3}},
      {"birth verification", {"5wd@15:00>start", 3}},
      {"death social_insurance", {"9wd@15:00>start", 9}},
      {"death social_protection", {"6wd@15:00>start", 6}},
      {"death aged_80_monthly_allowance", {"11wd@15:00>start", 11}},
      {"death merit", {"18wd@15:00>start", 18}},
      {"karaoke standard", {"16wd@last_hour>start", 16}}};
  ASSERT_EQ(Get().groups().size(), expected.size());
  for (const LinkedGroup& group : Get().groups()) {
    const std::string name = std::string(group.group) + " " + std::string(group.case_name);
    ASSERT_TRUE(expected.contains(name)) << name;
    EXPECT_EQ(group.limit, expected.at(name).first);
    EXPECT_EQ(LengthOf(*Get().ProcessOf(group.code), group.steps)->working_minutes,
              480 * expected.at(name).second)
        << name;
  }
}

TEST_F(NationalCatalogue, SharesOneLimitBetweenSteps) {
  // Hà Nội 1594/QĐ-TTPVHCC: 240 working hours, eight steps in 7 days.
  const Process* permit = Get().ProcessOf("1.012644");
  ASSERT_NE(permit, nullptr);
  EXPECT_EQ(LengthOf(*permit)->working_minutes, 240 * 60);
  EXPECT_EQ(std::count_if(permit->steps.begin(), permit->steps.end(),
                          [](const Step& step) { return step.shares == 8; }),
            7);
  // Nghệ An: 168 hours are 21 days, 96 are 12.
  EXPECT_EQ(LengthOf(*Get().ProcessOf("1.012994"))->working_minutes, 168 * 60);
  EXPECT_EQ(LengthOf(*Get().ProcessOf("2.002755"))->working_minutes, 96 * 60);
}

}  // namespace
}  // namespace motcua
