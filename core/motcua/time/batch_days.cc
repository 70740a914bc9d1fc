// The day kernels of batch.h: rank and select over plain arrays. A block of rows is checked
// first, with loops that vectorise, and then computed without checks; a block that may need
// care goes row by row.
#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <type_traits>

#include "motcua/time/batch_rows.h"

namespace motcua {
namespace {

template <typename T>
constexpr T kNone = std::numeric_limits<T>::min();

// What a row without a result holds.
template <typename Result>
constexpr Result kFailed = std::is_same_v<Result, std::uint8_t> ? Result{0} : kNone<Result>;

// The tables of one index that a row needs, side by side.
struct DayTables {
  explicit DayTables(const DayIndex& index)
      : rank(index.rank.data()),
        select(index.day_of_ordinal.data()),
        pattern(index.pattern.data()),
        first(index.first()) {}

  // Of a covered day, and back. As wide as an address, so that it needs no step of its own.
  template <typename Day>
  std::ptrdiff_t Offset(Day day) const {
    return static_cast<std::ptrdiff_t>(day) - first;
  }
  template <typename Day>
  Day At(std::ptrdiff_t offset) const {
    return static_cast<Day>(offset + first);
  }

  const std::uint16_t* rank;
  const std::uint16_t* select;
  const std::uint8_t* pattern;
  std::ptrdiff_t first;
};

bool Covers(const DayIndex& index, std::int64_t day) {
  return day >= index.first() && day <= index.last();
}

// The last day after which `n` more working days are covered; before the first if none.
std::int64_t LastRoom(const DayIndex& index, std::uint64_t n) {
  const auto count = static_cast<std::uint64_t>(index.working_day_count());
  if (n > count) return std::int64_t{index.first()} - 1;
  return n == 0 ? index.last() : index.Select(static_cast<std::int32_t>(count - n + 1)) - 1;
}

// One calendar for every row.
class OneCalendar {
 public:
  static constexpr bool kMany = false;

  explicit OneCalendar(const WorkingCalendar& calendar)
      : calendar_(&calendar), tables_(calendar.index()) {}

  bool Prepare(std::size_t) { return true; }
  DayTables TablesOf(std::size_t) const { return tables_; }
  absl::StatusOr<const WorkingCalendar*> CalendarOf(std::size_t) const { return calendar_; }
  std::int64_t first() const { return calendar_->index().first(); }
  std::int64_t last() const { return calendar_->index().last(); }
  std::int64_t LastRoomFor(std::uint64_t n) const { return LastRoom(calendar_->index(), n); }

 private:
  const WorkingCalendar* calendar_;
  DayTables tables_;
};

// A calendar by row, prepared block by block.
class CalendarByRow {
 public:
  static constexpr bool kMany = true;

  explicit CalendarByRow(const BatchCalendars& given)
      : given_(given), slots_(given.calendars), blocks_(given.of_row) {
    for (const DayIndex* index : slots_.indexes()) {
      tables_.emplace_back(*index);
      first_ = std::max<std::int64_t>(first_, index->first());
      last_ = std::min<std::int64_t>(last_, index->last());
    }
  }

  // False if some row of the block has no calendar.
  bool Prepare(std::size_t begin) {
    const std::int32_t* const calendars = blocks_.Read(begin);
    if (!AllWithin(calendars, 0, static_cast<std::int64_t>(slots_.calendar_count()) - 1)) {
      return false;
    }
    const std::span<const std::uint32_t> slots = slots_.of_calendar();
    const DayTables* const tables = tables_.data();
    for (std::size_t k = 0; k < kBlockRows; ++k) {
      tables_of_row_[k] = tables + slots[static_cast<std::uint32_t>(calendars[k])];
    }
    return true;
  }
  const DayTables& TablesOf(std::size_t k) const { return *tables_of_row_[k]; }
  absl::StatusOr<const WorkingCalendar*> CalendarOf(std::size_t row) const {
    const std::int32_t calendar = given_.of_row[row];
    if (!slots_.Has(calendar)) return NoSuchEntry("calendar", calendar, slots_.calendar_count());
    return &given_.calendars[static_cast<std::size_t>(calendar)];
  }
  // What all calendars cover.
  std::int64_t first() const { return first_; }
  std::int64_t last() const { return last_; }
  std::int64_t LastRoomFor(std::uint64_t n) {
    if (n > asked_room_) {
      asked_room_ = n;
      room_ = last_;
      for (const DayIndex* index : slots_.indexes()) room_ = std::min(room_, LastRoom(*index, n));
    }
    return room_;
  }

 private:
  const BatchCalendars& given_;
  Slots slots_;
  std::vector<DayTables> tables_;
  BlockReader<std::int32_t> blocks_;
  std::array<const DayTables*, kBlockRows> tables_of_row_;  // of the block at hand
  std::int64_t first_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t last_ = std::numeric_limits<std::int64_t>::max();
  std::uint64_t asked_room_ = 0;
  std::int64_t room_ = 0;
};

absl::Status NoSuchDay(const WorkingCalendar& calendar, std::int64_t day) {
  if (day > std::numeric_limits<DayNumber>::min() && day <= std::numeric_limits<DayNumber>::max()) {
    return calendar.OutsideCoverage(static_cast<DayNumber>(day));
  }
  return Error(Reason::kOutsideCoverage, "day", absl::StrCat(day),
               "a day in the calendar's coverage");
}

// The n-th working day after each day.
template <typename Day, typename N>
struct Add {
  using Result = Day;
  Strided<const Day> days;
  Strided<const N> n;
  BlockReader<Day> day_blocks{days};
  BlockReader<N> n_blocks{n};

  template <typename Calendars>
  bool Block(Calendars& calendars, std::size_t begin, Day* out) {
    const Day* const from = day_blocks.Read(begin);
    const N* const steps = n_blocks.Read(begin);
    // At least the greatest of the steps; beyond every room if one is negative. That of the steps
    // less one tells in the same loop whether one is nought.
    using Bound = std::make_unsigned_t<N>;
    Bound bound = 0;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kBlockRows; ++k) bound |= static_cast<Bound>(steps[k]) - 1;
    const bool some_stay = static_cast<N>(bound) < 0;
    if (some_stay) {
      bound = 0;
      for (std::size_t k = 0; k < kBlockRows; ++k) bound |= static_cast<Bound>(steps[k]);
    } else {
      ++bound;
    }
    const std::int64_t last = calendars.LastRoomFor(bound);
    if (last < calendars.first() || !AllWithin(from, calendars.first(), last)) return false;
    some_stay ? Compute<true>(calendars, from, steps, out)
              : Compute<false>(calendars, from, steps, out);
    return true;
  }

  // Without checks. `kSomeStay`: a step of nought gives the day itself, any other a later one.
  template <bool kSomeStay, typename Calendars>
  static void Compute(const Calendars& calendars, const Day* from, const N* steps, Day* out) {
    // Where the tables of many calendars go beyond the cache, two short loops let the look-ups
    // of more rows overlap than one long loop.
    std::array<std::uint32_t, kBlockRows> ordinals;
    if constexpr (Calendars::kMany) {
      for (std::size_t k = 0; k < kBlockRows; ++k) {
        const DayTables& tables = calendars.TablesOf(k);
        ordinals[k] = tables.rank[tables.Offset(from[k])] + static_cast<std::uint32_t>(steps[k]);
      }
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kBlockRows; ++k) {
      const DayTables& tables = calendars.TablesOf(k);
      const auto day = tables.Offset(from[k]);
      const std::ptrdiff_t found = Calendars::kMany ? tables.select[ordinals[k]]
                                                    : tables.select[tables.rank[day] + steps[k]];
      out[k] = tables.At<Day>(kSomeStay ? std::max(found, day) : found);
    }
  }

  absl::StatusOr<Day> Row(const WorkingCalendar& calendar, std::size_t row) const {
    const Day day = days[row];
    const std::int64_t steps = n[row];
    if (day == kNone<Day>) return day;
    const DayIndex& index = calendar.index();
    if (!Covers(index, day)) return NoSuchDay(calendar, day);
    const auto number = static_cast<DayNumber>(day);
    if (steps > 0 && steps <= index.working_day_count() - index.Rank(number)) {
      return index.Select(index.Rank(number) + static_cast<std::int32_t>(steps));
    }
    return calendar.AddWorkingDays(number, steps);
  }
};

// Working days in (start, end].
template <typename Day, typename Number>
struct Count {
  using Result = Number;
  Strided<const Day> start, end;
  BlockReader<Day> start_blocks{start}, end_blocks{end};

  template <typename Calendars>
  bool Block(Calendars& calendars, std::size_t begin, Number* out) {
    const Day* const from = start_blocks.Read(begin);
    const Day* const to = end_blocks.Read(begin);
    if (!AllWithin(from, calendars.first(), calendars.last())) return false;
    if (!AllWithin(to, calendars.first(), calendars.last())) return false;
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kBlockRows; ++k) {
      const DayTables& tables = calendars.TablesOf(k);
      out[k] = tables.rank[tables.Offset(to[k])] - tables.rank[tables.Offset(from[k])];
    }
    return true;
  }

  absl::StatusOr<Number> Row(const WorkingCalendar& calendar, std::size_t row) const {
    if (start[row] == kNone<Day> || end[row] == kNone<Day>) return kNone<Number>;
    const DayIndex& index = calendar.index();
    if (!Covers(index, start[row])) return NoSuchDay(calendar, start[row]);
    if (!Covers(index, end[row])) return NoSuchDay(calendar, end[row]);
    return index.Rank(static_cast<DayNumber>(end[row])) -
           index.Rank(static_cast<DayNumber>(start[row]));
  }
};

template <typename Day>
struct IsWorking {
  using Result = std::uint8_t;
  Strided<const Day> days;
  BlockReader<Day> day_blocks{days};

  template <typename Calendars>
  bool Block(Calendars& calendars, std::size_t begin, std::uint8_t* out) {
    const Day* const from = day_blocks.Read(begin);
    if (!AllWithin(from, calendars.first(), calendars.last())) return false;
    for (std::size_t k = 0; k < kBlockRows; ++k) {
      const DayTables& tables = calendars.TablesOf(k);
      out[k] = tables.pattern[tables.Offset(from[k])] != 0;
    }
    return true;
  }

  absl::StatusOr<std::uint8_t> Row(const WorkingCalendar& calendar, std::size_t row) const {
    if (days[row] == kNone<Day>) return std::uint8_t{0};
    if (!Covers(calendar.index(), days[row])) return NoSuchDay(calendar, days[row]);
    return std::uint8_t{calendar.index().IsWorking(static_cast<DayNumber>(days[row]))};
  }
};

template <typename Question, typename Calendars>
BatchErrors RunWith(Calendars calendars, Question& question, std::size_t rows,
                    Strided<typename Question::Result> out) {
  using Result = typename Question::Result;
  Failures failures;
  BlockWriter<Result> writer(out);
  for (std::size_t begin = 0; begin < rows; begin += kBlockRows) {
    const std::size_t end = std::min(begin + kBlockRows, rows);
    if (end - begin == kBlockRows && calendars.Prepare(begin) &&
        question.Block(calendars, begin, writer.Begin(begin))) {
      writer.End(begin);
      continue;
    }
    for (std::size_t row = begin; row < end; ++row) {
      const absl::StatusOr<const WorkingCalendar*> calendar = calendars.CalendarOf(row);
      const absl::StatusOr<Result> result =
          calendar.ok() ? question.Row(**calendar, row) : calendar.status();
      out[row] = result.ok() ? *result : kFailed<Result>;
      if (!result.ok()) failures.Add(row, [&] { return result.status(); });
    }
  }
  return failures.Take();
}

template <typename Question>
BatchErrors Run(const BatchCalendars& calendars, Question question, std::size_t rows,
                Strided<typename Question::Result> out) {
  if (calendars.of_row) return RunWith(CalendarByRow(calendars), question, rows, out);
  return RunWith(OneCalendar(calendars.calendars.front()), question, rows, out);
}

}  // namespace

template <typename Day, typename N>
BatchErrors AddWorkingDays(const BatchCalendars& calendars, std::size_t rows,
                           Strided<const Day> days, Strided<const N> n, Strided<Day> out) {
  return Run(calendars, Add<Day, N>{days, n}, rows, out);
}

template <typename Day, typename Number>
BatchErrors CountWorkingDays(const BatchCalendars& calendars, std::size_t rows,
                             Strided<const Day> start, Strided<const Day> end,
                             Strided<Number> out) {
  return Run(calendars, Count<Day, Number>{start, end}, rows, out);
}

template <typename Day>
BatchErrors IsWorkingDay(const BatchCalendars& calendars, std::size_t rows, Strided<const Day> days,
                         Strided<std::uint8_t> out) {
  return Run(calendars, IsWorking<Day>{days}, rows, out);
}

#define MOTCUA_BATCH_OF(Day, Number)                                                          \
  template BatchErrors AddWorkingDays<Day, Number>(const BatchCalendars&, std::size_t,        \
                                                   Strided<const Day>, Strided<const Number>, \
                                                   Strided<Day>);                             \
  template BatchErrors CountWorkingDays<Day, Number>(const BatchCalendars&, std::size_t,      \
                                                     Strided<const Day>, Strided<const Day>,  \
                                                     Strided<Number>);
MOTCUA_BATCH_OF(std::int32_t, std::int32_t)
MOTCUA_BATCH_OF(std::int32_t, std::int64_t)
MOTCUA_BATCH_OF(std::int64_t, std::int64_t)
#undef MOTCUA_BATCH_OF
template BatchErrors IsWorkingDay<std::int32_t>(const BatchCalendars&, std::size_t,
                                                Strided<const std::int32_t>, Strided<std::uint8_t>);
template BatchErrors IsWorkingDay<std::int64_t>(const BatchCalendars&, std::size_t,
                                                Strided<const std::int64_t>, Strided<std::uint8_t>);

}  // namespace motcua
