#include <gmock/gmock.h>

#include "motcua/identifiers/agency_code.h"
#include "motcua/identifiers/citizen_number.h"
#include "motcua/identifiers/dossier_number.h"
#include "motcua/identifiers/procedure_code.h"
#include "motcua/identifiers/tax_code.h"
#include "motcua/identifiers/unit_code.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

TEST(AgencyCode, BothFormsAreOneCode) {
  const auto code = AgencyCode::Parse("000.00.12.H36");
  ASSERT_THAT(code, IsOk());
  EXPECT_EQ(code->text(), "H36.12");
  EXPECT_EQ(code->old_form(), "000.00.12.H36");
  EXPECT_EQ(*code, *AgencyCode::Parse("H36.12"));
  EXPECT_EQ(code->parent()->text(), "H36");
  EXPECT_TRUE(code->IsWithin(*code->parent()));
  EXPECT_FALSE(AgencyCode::Parse("H36.121")->IsWithin(*code));
  EXPECT_EQ(AgencyCode::Parse("G12.18.112.014")->old_form(), std::nullopt);
  EXPECT_THAT(AgencyCode::Parse("Z36"), FailsWith(Reason::kInvalidArgument, "agency 'Z36'"));
  EXPECT_THAT(AgencyCode::Parse(std::string(36, 'H')), FailsWith(Reason::kInvalidArgument, "35"));
}

TEST(ProcedureCode, DirtyFormsAreRepairedAndSaid) {
  const auto code = ProcedureCode::Parse("Mã TTHC: 1.013.788. H42 )");
  ASSERT_THAT(code, IsOk());
  EXPECT_EQ(code->text(), "1.013788.H42");
  EXPECT_FALSE(code->clean());
  EXPECT_TRUE(ProcedureCode::Parse("1.004616.000.00.00.H56")->clean());
  EXPECT_THAT(ProcedureCode::Parse("7.004616"), FailsWith(Reason::kInvalidArgument, "1 to 6"));
}

TEST(DossierNumber, EveryPartIsCheckedByItself) {
  const auto number = DossierNumber::Parse("G09.20-20260609-0092637");
  ASSERT_THAT(number, IsOk());
  EXPECT_EQ(number->agency(), "G09.20");
  EXPECT_EQ(number->date(), CivilDay(2026, 6, 9));
  EXPECT_EQ(number->serial(), "0092637");
  EXPECT_EQ(DossierNumber::Make("G09.20", CivilDay(2026, 6, 9), 92637, 8, 7)->text(),
            number->text());
  EXPECT_THAT(DossierNumber::Parse("H36-250230-0001"),
              FailsWith(Reason::kInvalidArgument, "a day that exists"));
  EXPECT_THAT(DossierNumber::Make("H36", CivilDay(2100), 1),
              FailsWith(Reason::kInvalidArgument, "2099"));
}

TEST(CitizenNumber, ComparesWhatIsKnownAndShowsNothing) {
  const auto number = CitizenNumber::Parse("068304012345");
  ASSERT_THAT(number, IsOk());
  EXPECT_EQ(number->sex(), Sex::kFemale);
  EXPECT_EQ(number->birth_year(), 2004);
  CitizenNumber::Claims claims;
  claims.sex = Sex::kMale;
  EXPECT_THAT(CitizenNumber::Parse("068304012345", claims),
              FailsWith(Reason::kInvalidArgument, "'068*********'"));
  EXPECT_THAT(CitizenNumber::Parse("003304012345"), FailsWith(Reason::kInvalidArgument, "63"));
  EXPECT_EQ(Masked("12a4\xff"), "12***");
}

TEST(TaxCode, TheTenthDigitChecksTheOthers) {
  EXPECT_EQ(TaxCode::Parse("0100109106-001")->branch(), "001");
  EXPECT_THAT(TaxCode::Parse("0100109107"), FailsWith(Reason::kInvalidArgument, "010*******"));
  EXPECT_THAT(TaxCode::Parse("0000000000"), FailsWith(Reason::kInvalidArgument, "by 11"));
  EXPECT_THAT(TaxCode::Parse("0000000000", TaxCode::ZeroSum::kCheckDigitZero), IsOk());
}

TEST(UnitCode, HasTwoThreeOrFiveDigits) {
  EXPECT_EQ(*UnitCodeDigits("00004"), 5u);
  EXPECT_THAT(UnitCodeDigits("0004"), FailsWith(Reason::kInvalidArgument, "code '0004'"));
}

}  // namespace
}  // namespace motcua
