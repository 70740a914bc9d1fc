// A time limit (thời hạn giải quyết): how much time a procedure grants, and in what unit.
//
//   TimeLimit::Parse("3wd")             three working days
//   TimeLimit::Parse("5wd+7d+5d")       one after the other, as real procedures have it
//   TimeLimit::Parse("3wd@15:00>start") received after 15:00: the clock starts next working day
//   TimeLimit::Parse("same_day@15:00")  received after 15:00: the result is due next working day
//
// Grammar: `none`, or terms joined by `+` and then an optional cut-off. A term is an amount
// and `wd` working days, `wh` working hours, `h` clock hours, `d` calendar days, `mo` months
// or `y` years; quarters are allowed for wd, wh and h (0.25, 0.5, 0.75). `same_day` is `0wd`.
// Cut-off: `@HH:MM` or `@last_hour`, then `>start` or `>result`; only `same_day` may leave
// the effect out, and means `>result`. A plain value: trivially copyable, 80 bytes.
#ifndef MOTCUA_TIME_TIME_LIMIT_H_
#define MOTCUA_TIME_TIME_LIMIT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace motcua {

enum class LimitUnit : std::uint8_t {
  kWorkingDay,   // ngày làm việc
  kWorkingHour,  // giờ làm việc
  kHour,         // giờ
  kDay,          // ngày
  kMonth,        // tháng
  kYear,         // năm
};

struct LimitTerm {
  LimitUnit unit = LimitUnit::kWorkingDay;
  std::int32_t quarters = 0;  // the amount times four
  bool whole() const { return quarters % 4 == 0; }
  std::int32_t amount() const { return quarters / 4; }
  friend bool operator==(const LimitTerm&, const LimitTerm&) = default;
};

enum class CutoffEffect : std::uint8_t {
  kNone,
  kStart,   // the clock starts with the next working day
  kResult,  // the result is due one working day later
};

struct Cutoff {
  CutoffEffect effect = CutoffEffect::kNone;
  bool last_hour = false;    // later than the day's last closing minute less 60
  std::uint16_t minute = 0;  // of the day; still in time itself

  // The last minute in time of a day that closes at `last_close`.
  int LastInTime(int last_close) const { return last_hour ? last_close - 60 : int{minute}; }
  friend bool operator==(const Cutoff&, const Cutoff&) = default;
};

class TimeLimit {
 public:
  static constexpr std::size_t kMaxTerms = 8;
  static constexpr std::int32_t kMaxAmount = 100000;

  // No limit: a deadline under it is none.
  TimeLimit() = default;

  // Errors: kInvalidArgument, with what stood where and what was expected.
  static absl::StatusOr<TimeLimit> Parse(std::string_view text);

  // The canonical text; Parse(ToString()) gives an equal limit.
  std::string ToString() const;

  bool is_none() const { return count_ == 0; }
  std::span<const LimitTerm> terms() const { return {terms_.data(), count_}; }
  const Cutoff& cutoff() const { return cutoff_; }

  // This limit and then `extra`, e.g. +10 working days in a disadvantaged commune. A last
  // term of the same unit is lengthened. The cut-off stays this limit's.
  // Errors: kInvalidArgument for none, for an extra with a cut-off, for too many terms.
  absl::StatusOr<TimeLimit> Plus(const TimeLimit& extra) const;

  friend bool operator==(const TimeLimit&, const TimeLimit&) = default;

 private:
  absl::Status Append(LimitTerm term, std::string_view text);

  std::array<LimitTerm, kMaxTerms> terms_{};
  std::size_t count_ = 0;
  Cutoff cutoff_;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_TIME_LIMIT_H_
