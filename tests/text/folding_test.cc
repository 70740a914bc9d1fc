#include "motcua/text/folding.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "motcua/text/distance.h"
#include "motcua/text/normal_form.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

TEST(NormalForm, ComposesWhateverWasTyped) {
  EXPECT_EQ(*ToNfc("Ho\u0300a"), "Hòa");
  EXPECT_EQ(*ToNfc(""), "");
}

TEST(Caseless, IsTheSameHoweverCaseAndMarksAreTyped) {
  EXPECT_EQ(*ToCaseless("MẸ"), "mẹ");
  EXPECT_EQ(*ToCaseless("ME\u0323"), *ToCaseless("mẹ"));
  EXPECT_EQ(*ToCaseless("ĐỊA CHỈ"), "địa chỉ");
  // CaseFolding.txt of Unicode: 0424 folds to 0444, 00DF to two letters.
  EXPECT_EQ(*ToCaseless("\u0424"), "\u0444");
  EXPECT_EQ(*ToCaseless("Stra\u00DFe"), "strasse");
  EXPECT_NE(*ToCaseless("hoà"), *ToCaseless("hòa"));
  EXPECT_FALSE(ToCaseless("\xff").ok());
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

// The textbook's table, with transpositions of neighbours.
int SlowDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = static_cast<int>(i + j);
        continue;
      }
      cost[i][j] = std::min({cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                             cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

TEST(EditDistance, IsThatOfTheTableUpToItsLimit) {
  std::mt19937 random(20250701);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t most = round % 8 == 0 ? 90 : 12;
    std::string a, b;
    for (std::size_t i = random() % most; i > 0; --i) a += static_cast<char>('a' + random() % 3);
    b = a;
    for (std::size_t edits = random() % 4; edits > 0; --edits)
      b.insert(random() % (b.size() + 1), 1, static_cast<char>('a' + random() % 3));
    if (round % 3 == 0 && b.size() > 1) std::swap(b[0], b[1]);
    if (round % 5 == 0) b.assign(random() % most, 'b');
    for (const int limit : {0, 1, 2, 5})
      ASSERT_EQ(EditDistance(a, b, limit), std::min(SlowDistance(a, b), limit + 1))
          << a << " " << b;
  }
}

}  // namespace
}  // namespace motcua
