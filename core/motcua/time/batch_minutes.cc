// Working minutes of whole columns.
#include "motcua/time/batch_rows.h"

namespace motcua {
namespace {

// One row; a failure is added.
std::int64_t MinutesOf(const WorkingCalendar& calendar, MinuteNumber start, MinuteNumber end,
                       std::size_t row, Failures& failures) {
  const DayIndex& index = calendar.index();
  if (index.CoversMinute(start) && index.CoversMinute(end)) {
    return index.MinutesBefore(end) - index.MinutesBefore(start);
  }
  if (start == kNoMinute || end == kNoMinute) return kNoMinute;
  const absl::StatusOr<std::int64_t> minutes = calendar.WorkingMinutes(start, end);
  if (minutes.ok()) return *minutes;
  failures.Add(row, [&] { return minutes.status(); });
  return kNoMinute;
}

}  // namespace

BatchErrors WorkingMinutes(const BatchCalendars& calendars, std::size_t rows,
                           Strided<const MinuteNumber> start, Strided<const MinuteNumber> end,
                           Strided<std::int64_t> out) {
  Failures failures;
  const std::size_t known = calendars.calendars.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int32_t calendar = calendars.of_row ? calendars.of_row[row] : 0;
    if (static_cast<std::uint32_t>(calendar) < known) [[likely]] {
      out[row] = MinutesOf(calendars.calendars[static_cast<std::size_t>(calendar)], start[row],
                           end[row], row, failures);
    } else {
      out[row] = kNoMinute;
      failures.Add(row, [&] { return NoSuchEntry("calendar", calendar, known); });
    }
  }
  return failures.Take();
}

}  // namespace motcua
