#include "motcua/text/folding.h"

#include <gmock/gmock.h>

#include "motcua/text/distance.h"
#include "motcua/text/normal_form.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

TEST(NormalForm, ComposesWhateverWasTyped) {
  EXPECT_EQ(*ToNfc("Ho\u0300a"), "Hòa");
  EXPECT_EQ(*ToNfc(""), "");
}

TEST(NormalForm, RefusesWhatIsNotUtf8AndNamesTheByte) {
  for (const std::string_view bad :
       {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    EXPECT_THAT(ToNfc(bad, "name"), FailsWith(Reason::kInvalidArgument, "name"));
    EXPECT_THAT(ValidateText(bad, "name"), FailsWith(Reason::kInvalidArgument, "UTF-8"));
  }
  EXPECT_THAT(ValidateText("ab\xff", "name"), FailsWith(Reason::kInvalidArgument, "byte 2"));
  EXPECT_THAT(ValidateText(std::string(4097, 'a'), "name"),
              FailsWith(Reason::kInvalidArgument, "4096"));
}

TEST(Folding, EveryStageKeepsWhatTheOnesBeforeItFolded) {
  const std::string_view a = "XÃ HOÀ MĨ", b = "Xã Hòa Mỹ";
  bool same = false;
  for (int stage = 0; stage <= static_cast<int>(Stage::kNoDiacritics); ++stage) {
    const bool now = Fold(a, static_cast<Stage>(stage)) == Fold(b, static_cast<Stage>(stage));
    EXPECT_TRUE(now || !same) << stage;
    same = now;
  }
  EXPECT_EQ(StageBetween(a, b), Stage::kIY);
  EXPECT_EQ(StageBetween("BLao", "B'Lao"), Stage::kApostrophe);
  EXPECT_EQ(StageName(Stage::kEditDistance2), "edit_distance_2");
}

TEST(Folding, MarksMayLackAndMayNotDiffer) {
  EXPECT_TRUE(OnlyLacksMarks("Ben Nghe", "Bến Nghé"));
  EXPECT_TRUE(OnlyLacksMarks("Đak", "Đắk"));
  EXPECT_TRUE(OnlyLacksMarks("Đắk", "Đăk"));  // a closed syllable sounds acute anyhow
  EXPECT_FALSE(OnlyLacksMarks("Quán", "Quận"));
  EXPECT_FALSE(OnlyLacksMarks("Hồng", "Hông"));
  EXPECT_FALSE(OnlyLacksMarks("Ben", "Bến Nghé"));
}

TEST(Distance, StopsAtTheLimit) {
  EXPECT_EQ(EditDistance("", "", 2), 0);
  EXPECT_EQ(EditDistance("baoloc", "baolco", 2), 1);
  EXPECT_EQ(EditDistance("abc", "abcdef", 2), 3);
  EXPECT_EQ(EditDistance("abcdef", "fedcba", 2), 3);
}

}  // namespace
}  // namespace motcua
