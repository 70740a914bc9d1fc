// The day kernels of batch.h: rank and select over plain arrays.
#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/batch.h"

namespace motcua {
namespace {

constexpr std::size_t kBlock = 1024;

template <typename Day>
constexpr Day kNone = std::numeric_limits<Day>::min();

// Whether every day lies in [low, high]: then the loop over them needs no checks. The sign
// of either difference tells, and OR collects the signs, which vectorises.
template <typename Day>
bool AllWithin(const Day* days, std::size_t rows, std::int64_t low, std::int64_t high) {
  using Unsigned = std::make_unsigned_t<Day>;
  const auto first = static_cast<Unsigned>(low);
  const auto last = static_cast<Unsigned>(high);
  Unsigned signs = 0;
  for (std::size_t k = 0; k < rows; ++k) {
    const auto day = static_cast<Unsigned>(days[k]);
    signs |= (day - first) | (last - day);
  }
  return static_cast<Day>(signs) >= 0;
}

absl::Status NoSuchDay(const WorkingCalendar& calendar, std::int64_t day) {
  if (day > std::numeric_limits<DayNumber>::min() && day <= std::numeric_limits<DayNumber>::max()) {
    return calendar.OutsideCoverage(static_cast<DayNumber>(day));
  }
  return Error(Reason::kOutsideCoverage, "day", absl::StrCat(day),
               "a day in the calendar's coverage");
}

// Rows that fail are counted by number; why the first failed is asked of the scalar form.
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

bool CoversDay(const DayIndex& index, std::int64_t day) {
  return day >= index.first() && day <= index.last();
}

template <typename Day>
Day AddOne(const WorkingCalendar& calendar, std::size_t row, Day day, std::int64_t n,
           Failures& failures) {
  if (day == kNone<Day>) return day;
  if (!CoversDay(calendar.index(), day)) {
    failures.Add(row, [&] { return NoSuchDay(calendar, day); });
    return kNone<Day>;
  }
  const absl::StatusOr<DayNumber> result = calendar.AddWorkingDays(static_cast<DayNumber>(day), n);
  if (result.ok()) return *result;
  failures.Add(row, [&] { return result.status(); });
  return kNone<Day>;
}

// The last day after which n > 0 more working days are covered; before the first if none.
std::int64_t LastDayWithRoom(const DayIndex& index, std::int64_t n) {
  if (n <= 0 || n > index.working_day_count()) return std::int64_t{index.first()} - 1;
  return index.Select(static_cast<std::int32_t>(index.working_day_count() - n + 1)) - 1;
}

}  // namespace

template <typename Day>
BatchErrors AddWorkingDays(const WorkingCalendar& calendar, std::size_t rows,
                           Strided<const Day> days, Strided<const std::int64_t> n,
                           Strided<Day> out) {
  const DayIndex& index = calendar.index();
  Failures failures;
  const std::int64_t one_n = rows > 0 && n.constant() ? n[0] : -1;
  const std::int64_t last_day = LastDayWithRoom(index, one_n);
  const bool fast = one_n > 0 && days.contiguous() && out.contiguous() && last_day >= index.first();
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    const std::size_t count = std::min(kBlock, rows - begin);
    if (fast && AllWithin(days.data() + begin, count, index.first(), last_day)) {
      const Day* const from = days.data() + begin;
      Day* const to = out.data() + begin;
      const std::uint16_t* const rank = index.rank.data();
      const std::uint16_t* const select = index.day_of_ordinal.data() + one_n;
      const Day first = index.first();
      for (std::size_t k = 0; k < count; ++k) {
        to[k] = static_cast<Day>(select[rank[from[k] - first]] + first);
      }
      continue;
    }
    for (std::size_t row = begin; row < begin + count; ++row) {
      out[row] = AddOne(calendar, row, days[row], n[row], failures);
    }
  }
  return failures.Take();
}

template <typename Day>
BatchErrors CountWorkingDays(const WorkingCalendar& calendar, std::size_t rows,
                             Strided<const Day> start, Strided<const Day> end,
                             Strided<std::int64_t> out) {
  const DayIndex& index = calendar.index();
  Failures failures;
  const bool fast = start.contiguous() && end.contiguous() && out.contiguous();
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    const std::size_t count = std::min(kBlock, rows - begin);
    if (fast && AllWithin(start.data() + begin, count, index.first(), index.last()) &&
        AllWithin(end.data() + begin, count, index.first(), index.last())) {
      const Day* const from = start.data() + begin;
      const Day* const to = end.data() + begin;
      std::int64_t* const result = out.data() + begin;
      const std::uint16_t* const rank = index.rank.data();
      const Day first = index.first();
      for (std::size_t k = 0; k < count; ++k) {
        result[k] = rank[to[k] - first] - rank[from[k] - first];
      }
      continue;
    }
    for (std::size_t row = begin; row < begin + count; ++row) {
      const Day from = start[row];
      const Day to = end[row];
      out[row] = std::numeric_limits<std::int64_t>::min();
      if (from == kNone<Day> || to == kNone<Day>) continue;
      if (!CoversDay(index, from) || !CoversDay(index, to)) {
        failures.Add(row, [&] { return NoSuchDay(calendar, CoversDay(index, from) ? to : from); });
        continue;
      }
      out[row] = index.Rank(static_cast<DayNumber>(to)) - index.Rank(static_cast<DayNumber>(from));
    }
  }
  return failures.Take();
}

template <typename Day>
BatchErrors IsWorkingDay(const WorkingCalendar& calendar, std::size_t rows, Strided<const Day> days,
                         Strided<std::uint8_t> out) {
  const DayIndex& index = calendar.index();
  Failures failures;
  for (std::size_t row = 0; row < rows; ++row) {
    const Day day = days[row];
    out[row] = 0;
    if (day == kNone<Day>) continue;
    if (!CoversDay(index, day)) {
      failures.Add(row, [&] { return NoSuchDay(calendar, day); });
      continue;
    }
    out[row] = index.IsWorking(static_cast<DayNumber>(day));
  }
  return failures.Take();
}

BatchErrors WorkingMinutes(const WorkingCalendar& calendar, std::size_t rows,
                           Strided<const MinuteNumber> start, Strided<const MinuteNumber> end,
                           Strided<std::int64_t> out) {
  Failures failures;
  for (std::size_t row = 0; row < rows; ++row) {
    out[row] = kNoMinute;
    if (start[row] == kNoMinute || end[row] == kNoMinute) continue;
    const absl::StatusOr<std::int64_t> minutes = calendar.WorkingMinutes(start[row], end[row]);
    if (minutes.ok()) {
      out[row] = *minutes;
    } else {
      failures.Add(row, [&] { return minutes.status(); });
    }
  }
  return failures.Take();
}

#define MOTCUA_BATCH_OF(Day)                                                                      \
  template BatchErrors AddWorkingDays<Day>(const WorkingCalendar&, std::size_t,                   \
                                           Strided<const Day>, Strided<const std::int64_t>,       \
                                           Strided<Day>);                                         \
  template BatchErrors CountWorkingDays<Day>(const WorkingCalendar&, std::size_t,                 \
                                             Strided<const Day>, Strided<const Day>,              \
                                             Strided<std::int64_t>);                              \
  template BatchErrors IsWorkingDay<Day>(const WorkingCalendar&, std::size_t, Strided<const Day>, \
                                         Strided<std::uint8_t>);
MOTCUA_BATCH_OF(std::int32_t)
MOTCUA_BATCH_OF(std::int64_t)
#undef MOTCUA_BATCH_OF

}  // namespace motcua
