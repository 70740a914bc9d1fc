#include "motcua/base/status.h"

#include <gmock/gmock.h>

#include <string>

namespace motcua {
namespace {

TEST(Status, NamesFieldValueAndExpectation) {
  const absl::Status status = Error(Reason::kUnknownUnit, "code", "99999", "a code valid that day");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ToStd(status.message()), "code '99999': expected a code valid that day");
  EXPECT_EQ(ReasonOf(status), Reason::kUnknownUnit);
}

TEST(Status, EveryReasonTravels) {
  for (std::int32_t number = 1; number < kReasonCount; ++number) {
    const Reason reason = static_cast<Reason>(number);
    EXPECT_EQ(ReasonOf(Error(reason, "x")), reason);
    EXPECT_NE(CodeOf(reason), absl::StatusCode::kUnknown) << number;
  }
  EXPECT_EQ(ReasonOf(absl::OkStatus()), Reason::kNone);
  EXPECT_EQ(ReasonOf(absl::InvalidArgumentError("x")), Reason::kInvalidArgument);
}

TEST(Status, PrintsBadBytesAndCutsLongValues) {
  EXPECT_EQ(Printable("Phường B'Lao"), "Phường B'Lao");
  EXPECT_EQ(Printable("a\xff\nb"), "a\\xff\\x0ab");
  EXPECT_EQ(Printable(std::string(100, 'a'), 3), "aaa…");
}

}  // namespace
}  // namespace motcua
