#include "motcua/time/batch_rows.h"

#include <unordered_map>

namespace motcua {

Slots::Slots(std::span<const WorkingCalendar> calendars) {
  std::unordered_map<const DayIndex*, std::uint32_t> known;
  slot_.reserve(calendars.size());
  for (const WorkingCalendar& calendar : calendars) {
    const auto [entry, is_new] =
        known.emplace(&calendar.index(), static_cast<std::uint32_t>(indexes_.size()));
    if (is_new) indexes_.push_back(&calendar.index());
    slot_.push_back(entry->second);
  }
}

}  // namespace motcua
