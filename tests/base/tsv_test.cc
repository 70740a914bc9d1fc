#include "motcua/base/tsv.h"

#include <gmock/gmock.h>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

TEST(Tsv, ReadsCellsByColumn) {
  const auto tsv = Tsv::Parse("units.tsv", "code\tname\n01\tHà Nội\n04\t\n", {"code", "name"});
  ASSERT_THAT(tsv, IsOk());
  ASSERT_EQ(tsv->rows().size(), 2u);
  EXPECT_EQ(tsv->rows()[0]["name"], "Hà Nội");
  EXPECT_EQ(tsv->rows()[1]["name"], "");
  EXPECT_EQ(tsv->rows()[1].line(), 3);
  EXPECT_THAT(
      tsv->rows()[0].Refuse("code", "two digits"),
      FailsWith(Reason::kMalformedData, "units.tsv line 2, code '01': expected two digits"));
}

TEST(Tsv, RefusesWhatIsNotATable) {
  EXPECT_THAT(Tsv::Parse("f", "code\n01\n", {"name"}),
              FailsWith(Reason::kMalformedData, "named name"));
  EXPECT_THAT(Tsv::Parse("f", "", {"name"}), FailsWith(Reason::kMalformedData, "named name"));
  EXPECT_THAT(Tsv::Parse("f", "a\tb\n1\n", {"a"}), FailsWith(Reason::kMalformedData, "line 2"));
  EXPECT_THAT(
      Tsv::Parse("f", "a\tb\ta\n1\t2\t3\n", {"a"}),
      FailsWith(Reason::kMalformedData, "line 1: expected each column once, found 'a' twice"));
  EXPECT_THAT(Tsv::Parse("f", "a\n1", {"a"}), FailsWith(Reason::kMalformedData, "line feed"));
  EXPECT_THAT(Tsv::Parse("f", "a\r\n1\r\n", {"a"}), FailsWith(Reason::kMalformedData, "carriage"));
}

}  // namespace
}  // namespace motcua
