// The latest acceptances of batch.h.
#include "motcua/time/batch_rows.h"
#include "motcua/time/latest_acceptance.h"

namespace motcua {
namespace {

absl::StatusOr<MinuteNumber> LatestOf(const BatchRules& rules, std::int32_t calendar,
                                      std::int32_t limit, MinuteNumber due) {
  MOTCUA_RETURN_IF_ERROR(CheckEntries(rules, calendar, limit));
  if (due == kNoMinute) return due;
  return LatestAcceptance(rules.calendars[static_cast<std::size_t>(calendar)],
                          rules.limits[static_cast<std::size_t>(limit)], due, rules.policy);
}

}  // namespace

BatchErrors LatestAcceptances(const BatchRules& rules, std::size_t rows,
                              Strided<const MinuteNumber> due, Strided<MinuteNumber> latest) {
  Failures failures;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int32_t calendar = rules.calendar_of_row ? rules.calendar_of_row[row] : 0;
    const std::int32_t limit = rules.limit_of_row ? rules.limit_of_row[row] : 0;
    const absl::StatusOr<MinuteNumber> found = LatestOf(rules, calendar, limit, due[row]);
    latest[row] = found.ok() ? *found : kNoMinute;
    if (!found.ok()) failures.Add(row, [&] { return found.status(); });
  }
  return failures.Take();
}

}  // namespace motcua
