// Matchers for absl::Status and StatusOr: EXPECT_THAT(result, IsOk()).
#ifndef MOTCUA_TESTS_STATUS_MATCHERS_H_
#define MOTCUA_TESTS_STATUS_MATCHERS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "motcua/base/status.h"

namespace motcua {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// A failure with this reason, whose message contains `part`.
MATCHER_P2(FailsWith, reason, part, "fails with the reason, saying: " + std::string(part)) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << status.ToString();
  return ReasonOf(status) == reason &&
         std::string(status.message()).find(part) != std::string::npos;
}

}  // namespace motcua

#endif  // MOTCUA_TESTS_STATUS_MATCHERS_H_
