#include "motcua/time/calendar_compiler.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/time/weekday.h"

namespace motcua {

CalendarCompiler::CalendarCompiler(DayNumber first, DayNumber last)
    : first_(first),
      last_(last),
      pattern_(static_cast<std::size_t>(last - first + 1), 0),
      patterns_(1) {}

absl::StatusOr<std::uint8_t> CalendarCompiler::Intern(const DayHours& hours) {
  const DayPattern pattern = DayPattern::From(hours);
  const auto same = std::find(patterns_.begin(), patterns_.end(), pattern);
  if (same != patterns_.end()) return static_cast<std::uint8_t>(same - patterns_.begin());
  if (patterns_.size() == 256) {
    return Error(Reason::kInvalidArgument, "hours", "more than 255 different kinds of day",
                 "at most 255");
  }
  patterns_.push_back(pattern);
  return static_cast<std::uint8_t>(patterns_.size() - 1);
}

absl::Status CalendarCompiler::SetWeekly(const std::array<DayHours, 7>& weekly, DayNumber from,
                                         DayNumber to) {
  Week week{std::max(from, first_), std::min(to, last_ + 1), {}};
  for (std::size_t k = 0; k < 7; ++k) {
    MOTCUA_ASSIGN_OR_RETURN(week.pattern[k], Intern(weekly[k]));
  }
  if (week.from < week.to) {
    // One week, then copies of what stands there already.
    std::uint8_t* const start = At(week.from);
    const auto days = static_cast<std::size_t>(week.to - week.from);
    const int weekday = WeekdayOf(week.from);
    for (std::size_t k = 0; k < std::min<std::size_t>(days, 7); ++k) {
      start[k] = week.pattern[(static_cast<std::size_t>(weekday) + k) % 7];
    }
    for (std::size_t done = 7; done < days; done *= 2) {
      std::copy_n(start, std::min(done, days - done), start + done);
    }
  }
  weeks_.push_back(week);
  return absl::OkStatus();
}

std::uint8_t CalendarCompiler::HoursOf(DayNumber day, int weekday) const {
  for (auto week = weeks_.rbegin(); week != weeks_.rend(); ++week) {
    if (day >= week->from && day < week->to) {
      return week->pattern[static_cast<std::size_t>(weekday)];
    }
  }
  return 0;
}

std::uint8_t* CalendarCompiler::At(DayNumber day) {
  if (day < first_ || day > last_) return nullptr;
  return &pattern_[static_cast<std::size_t>(day - first_)];
}

void CalendarCompiler::ApplyNational(std::span<const Holiday> days) {
  for (const Holiday& holiday : days) {
    std::uint8_t* const pattern = At(holiday.day);
    if (pattern == nullptr) continue;
    *pattern = holiday.kind == HolidayKind::kMakeUp
                   ? HoursOf(holiday.day, WeekdayOf(holiday.partner))
                   : std::uint8_t{0};
  }
}

absl::Status CalendarCompiler::ApplyExceptions(const CalendarLayer& layer) {
  for (const CalendarLayer::DayOff& off : layer.days_off) {
    std::uint8_t* const pattern = At(off.day);
    if (pattern != nullptr && layer.ValidOn(off.day)) *pattern = 0;
  }
  for (const CalendarLayer::MakeUp& made : layer.make_up) {
    std::uint8_t* const pattern = At(made.day);
    if (pattern != nullptr && layer.ValidOn(made.day)) *pattern = HoursOf(made.day, made.weekday);
  }
  for (const CalendarLayer::HalfDay& half : layer.half_days) {
    std::uint8_t* const pattern = At(half.day);
    if (pattern == nullptr || *pattern == 0 || !layer.ValidOn(half.day)) continue;
    MOTCUA_ASSIGN_OR_RETURN(*pattern, Intern(half.hours));
  }
  return absl::OkStatus();
}

DayIndex CalendarCompiler::Finish() && {
  return DayIndex::Build(first_, std::move(pattern_), std::move(patterns_));
}

}  // namespace motcua
