#include "motcua/units/resolver.h"

#include <gmock/gmock.h>

#include "motcua/units/plain_address.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

const CivilDay kToday(2026, 10, 1);

Resolver National() { return Resolver(*Registry::National()); }

TEST(Resolver, GivesTheOldWardItsRestAndWhatItIsToday) {
  const Resolver resolver = National();
  const std::string_view text = "12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM";
  const auto matches = *resolver.Resolve(text, kToday);
  ASSERT_FALSE(matches.empty());
  const Match& best = matches.front();
  EXPECT_EQ(best.unit.code(), "26740");
  EXPECT_EQ(best.stage, Stage::kAbbreviation);
  EXPECT_GE(best.score, 0.9);
  EXPECT_EQ(best.rest, "12 Lê Lợi");
  EXPECT_EQ(text.substr(best.begin, best.end - best.begin), "Bến Nghé");
  EXPECT_EQ(resolver.Current(best.unit, kToday).front().unit.full_name(), "Phường Sài Gòn");
}

TEST(Resolver, BestIsTheFirstOfAll) {
  const Resolver resolver = National();
  for (const std::string_view text :
       {"Phường B'Lao, Lâm Đồng", "Xã Tân Lập", "Phường Bến Ngé, Quận 1, TP.HCM", "Huyện Củ Chi",
        "P. Không Đâu, Q. 1, TP.HCM", "", "số 5 Lê Lợi, Hà Nội"}) {
    const auto all = *resolver.Resolve(text, kToday);
    const BestMatch best = *resolver.ResolveBest(text, kToday);
    ASSERT_EQ(best.found, !all.empty()) << text;
    if (!best.found) continue;
    EXPECT_EQ(best.code, all.front().unit.code()) << text;
    EXPECT_EQ(best.score, all.front().score) << text;
    EXPECT_EQ(best.stage, all.front().stage) << text;
    EXPECT_EQ(best.ambiguous, all.front().ambiguous) << text;
  }
}

// What ResolveBest reads at a glance against what Resolve weighs.
TEST(Resolver, APlainAddressIsReadAsAnyOther) {
  const Resolver resolver = National();
  const CivilDay yesterday(2025, 6, 30);
  int plain = 0, all_texts = 0;
  for (const CivilDay day : {CivilDay(2005, 1, 1), CivilDay(2013, 6, 1), yesterday, kToday}) {
    const auto communes = resolver.registry().Units(day, Level::kCommune);
    for (const Unit& commune : *communes) {
      std::string text, reversed;
      for (std::optional<Unit> unit = commune; unit; unit = unit->parent()) {
        text += (text.empty() ? "" : ", ") + unit->full_name();
        reversed = unit->full_name() + (reversed.empty() ? "" : " ") + reversed;
      }
      for (const CivilDay at : {yesterday, kToday}) {
        for (const std::string& written : {text, reversed}) {
          ++all_texts;
          if (!ReadPlainAddress(resolver.registry().tables(), Words(written), ToNumber(at)))
            continue;
          ++plain;
          const auto all = *resolver.Resolve(written, at, 1);
          const BestMatch best = *resolver.ResolveBest(written, at);
          ASSERT_FALSE(all.empty()) << written;
          ASSERT_EQ(best.code, all.front().unit.code()) << written;
          ASSERT_EQ(best.valid_from, ToNumber(all.front().unit.valid_from())) << written;
          ASSERT_EQ(best.score, all.front().score) << written;
          ASSERT_EQ(best.stage, all.front().stage) << written;
          ASSERT_EQ(best.ambiguous, all.front().ambiguous) << written;
        }
      }
    }
  }
  EXPECT_GT(plain, all_texts / 2);
}

TEST(Resolver, ATextWithoutEndIsReadToItsLastWords) {
  const Resolver resolver = National();
  std::string text;
  while (text.size() < 3900) text += "abc, ";
  const auto best = *resolver.ResolveBest(text + "Phường B'Lao, Lâm Đồng", kToday);
  EXPECT_EQ(best.code, "24829");
  // Nothing but marks, commas and numbers.
  for (const std::string& odd : {std::string(4000, ','), std::string(4000, '1'),
                                 std::string("\u0301\u0323"), std::string("0 00 000")})
    EXPECT_FALSE(resolver.ResolveBest(odd, kToday)->found);
}

TEST(Resolver, RefusesWhatIsNoQuestion) {
  const Resolver resolver = National();
  EXPECT_THAT(resolver.Resolve("\xff", kToday), FailsWith(Reason::kInvalidArgument, "UTF-8"));
  EXPECT_THAT(resolver.ResolveBest(std::string(4097, 'a'), kToday),
              FailsWith(Reason::kInvalidArgument, "4096"));
  EXPECT_THAT(resolver.ResolveBest("Hà Nội", CivilDay(1999, 1, 1)),
              FailsWith(Reason::kOutsideCoverage, "at"));
}

}  // namespace
}  // namespace motcua
