// What the kernels of batch.h share: how failures are gathered, how a column is read in blocks,
// and which of the distinct indexes a row's calendar has. Used by the batch_*.cc files only.
#ifndef MOTCUA_TIME_BATCH_ROWS_H_
#define MOTCUA_TIME_BATCH_ROWS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/batch.h"

namespace motcua {

// Rows that fail, in order; why the first one failed is asked only once.
class Failures {
 public:
  template <typename Why>
  void Add(std::size_t row, Why&& why) {
    if (errors_.rows.empty()) errors_.first = why();
    errors_.rows.push_back(row);
  }
  BatchErrors Take() { return std::move(errors_); }

 private:
  BatchErrors errors_;
};

inline absl::Status NoSuchEntry(std::string_view field, std::int32_t index, std::size_t size) {
  return Error(Reason::kInvalidArgument, field, absl::StrCat(index),
               absl::StrCat("an index below ", size));
}

// That a row's calendar and limit are among those of the batch.
inline absl::Status CheckEntries(const BatchRules& rules, std::int32_t calendar,
                                 std::int32_t limit) {
  const auto has = [](std::int32_t at, std::size_t size) {
    return at >= 0 && static_cast<std::size_t>(at) < size;
  };
  if (!has(calendar, rules.calendars.size())) {
    return NoSuchEntry("calendar", calendar, rules.calendars.size());
  }
  return has(limit, rules.limits.size()) ? absl::OkStatus()
                                         : NoSuchEntry("limit", limit, rules.limits.size());
}

// Rows are checked and computed a block at a time, so that the checks vectorise; the rows after
// the last whole block go one by one. Small, so that reading ahead never stops for long.
inline constexpr std::size_t kBlockRows = 128;

// Whether every value of a block lies in [low, high]. The sign of either difference tells, and OR
// collects the signs, which vectorises.
template <typename T>
bool AllWithin(const T* values, std::int64_t low, std::int64_t high) {
  using Unsigned = std::make_unsigned_t<T>;
  const auto first = static_cast<Unsigned>(low);
  const auto last = static_cast<Unsigned>(high);
  Unsigned signs = 0;
#pragma GCC unroll 8
  for (std::size_t k = 0; k < kBlockRows; ++k) {
    const auto value = static_cast<Unsigned>(values[k]);
    signs |= (value - first) | (last - value);
  }
  return static_cast<T>(signs) >= 0;
}

// A column, block by block: in place where it is contiguous, else gathered.
template <typename T>
class BlockReader {
 public:
  explicit BlockReader(Strided<const T> column) : column_(column) {}

  const T* Read(std::size_t begin) {
    if (column_.contiguous()) return Ahead(column_.data() + begin);
    if (column_.constant() && filled_) return gathered_.data();
    for (std::size_t k = 0; k < kBlockRows; ++k) gathered_[k] = column_[begin + k];
    filled_ = true;
    return gathered_.data();
  }

 private:
  // Asks for the rows four blocks on: the checks would else wait for memory before any row is
  // computed. Past the end of a column that does no harm.
  static const T* Ahead(const T* block) {
    for (std::size_t k = 0; k < kBlockRows; k += kCacheLine / sizeof(T)) {
      __builtin_prefetch(block + 4 * kBlockRows + k);
    }
    return block;
  }
  static constexpr std::size_t kCacheLine = 64;

  Strided<const T> column_;
  bool filled_ = false;
  std::array<T, kBlockRows> gathered_;
};

// A result column, block by block likewise: compute at Begin(), then End().
template <typename T>
class BlockWriter {
 public:
  explicit BlockWriter(Strided<T> column) : column_(column) {}

  T* Begin(std::size_t begin) {
    return column_.contiguous() ? column_.data() + begin : scattered_.data();
  }
  void End(std::size_t begin) {
    if (column_.contiguous()) return;
    for (std::size_t k = 0; k < kBlockRows; ++k) column_[begin + k] = scattered_[k];
  }

 private:
  Strided<T> column_;
  std::array<T, kBlockRows> scattered_;
};

// Units that share rules share an index; a batch works with the distinct indexes only, so that
// what it reads by row stays in the cache. Slots number them in order of first use.
class Slots {
 public:
  explicit Slots(std::span<const WorkingCalendar> calendars);

  std::span<const DayIndex* const> indexes() const { return indexes_; }
  std::size_t calendar_count() const { return slot_.size(); }
  std::span<const std::uint32_t> of_calendar() const { return slot_; }
  std::uint32_t Of(std::int32_t calendar) const {
    return slot_[static_cast<std::size_t>(calendar)];
  }
  bool Has(std::int32_t calendar) const {
    return static_cast<std::uint32_t>(calendar) < slot_.size();
  }

 private:
  std::vector<const DayIndex*> indexes_;
  std::vector<std::uint32_t> slot_;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_BATCH_ROWS_H_
