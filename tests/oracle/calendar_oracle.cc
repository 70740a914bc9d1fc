#include "tests/oracle/calendar_oracle.h"

#include <cstdio>

namespace motcua::oracle {
namespace {

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool ValidOn(const Layer& layer, Day day) {
  return day >= layer.valid_from.value_or(day) && day < layer.valid_to.value_or(day + 1);
}

const std::array<Hours, 7>& NationalHours() {
  static const Hours kOffice = {{7 * 60 + 30, 11 * 60 + 30}, {13 * 60 + 30, 17 * 60 + 30}};
  static const std::array<Hours, 7> kWeek = {kOffice, kOffice, kOffice, kOffice, kOffice, {}, {}};
  return kWeek;
}

}  // namespace

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

Day DayAt(int year, int month, int day) {
  Day days = 0;
  for (int y = 1970; y < year; ++y) days += IsLeap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += DaysInMonth(year, m);
  return days + day - 1;
}

Civil CivilOf(Day day) {
  Civil civil{1970, 1, 1};
  while (day >= (IsLeap(civil.year) ? 366 : 365)) day -= IsLeap(civil.year++) ? 366 : 365;
  while (day >= DaysInMonth(civil.year, civil.month)) {
    day -= DaysInMonth(civil.year, civil.month++);
  }
  civil.day += day;
  return civil;
}

Day ParseDayText(const std::string& text) {
  int y = 0, m = 0, d = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d", &y, &m, &d) != 3) {
    throw std::invalid_argument("not a day: '" + text + "'");
  }
  return DayAt(y, m, d);
}

Minute ParseMinuteText(const std::string& text) {
  int hour = 0, minute = 0;
  if (text.size() != 16 || std::sscanf(text.c_str() + 10, "T%2d:%2d", &hour, &minute) != 2) {
    throw std::invalid_argument("not a minute: '" + text + "'");
  }
  return MinuteAt(ParseDayText(text.substr(0, 10)), hour * 60 + minute);
}

std::string DayText(Day day) {
  const Civil civil = CivilOf(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return text;
}

std::string MinuteText(Minute minute) {
  const int of_day = static_cast<int>(minute - MinuteAt(DayOf(minute), 0));
  char text[16];
  std::snprintf(text, sizeof text, "T%02d:%02d", of_day / 60, of_day % 60);
  return DayText(DayOf(minute)) + text;
}

Calendar::Calendar(std::vector<Layer> layers, Day first, Day last)
    : layers_(std::move(layers)),
      first_(first),
      last_(last),
      known_(static_cast<std::size_t>(last - first + 1)) {}

const Hours& Calendar::HoursOf(Day day) const {
  if (day < first_ || day > last_) throw Outside(day);
  std::optional<Hours>& known = known_[static_cast<std::size_t>(day - first_)];
  if (!known) known = Compute(day);
  return *known;
}

// From the nation to the last layer; on one day the last word counts. The weekly hours are a
// pattern and the dated entries exceptions to whatever pattern holds on their day, so a later
// layer's weekly hours do not undo an earlier layer's exception.
Hours Calendar::Compute(Day day) const {
  const std::array<Hours, 7>* weekly = &NationalHours();
  bool closed = OfficialDaysOff().count(day) > 0;
  int weekday = WeekdayOf(day);
  std::optional<Hours> half;
  for (const auto& [worked, instead_of] : OfficialMakeUpDays()) {
    if (worked == day) weekday = WeekdayOf(instead_of);
  }
  for (const Layer& layer : layers_) {
    if (!ValidOn(layer, day)) continue;
    if (layer.weekly) weekly = &*layer.weekly;
    for (Day off : layer.days_off) {
      if (off == day) closed = true;
    }
    for (const auto& [worked, like] : layer.make_up) {
      if (worked != day) continue;
      closed = false;
      weekday = like;
      half.reset();
    }
    for (const auto& [shortened, hours] : layer.half_days) {
      if (shortened == day) half = hours;
    }
  }
  const Hours& whole = (*weekly)[static_cast<std::size_t>(weekday)];
  if (closed || whole.empty()) return {};  // only a make-up day opens a day
  return half.value_or(whole);
}

Day Calendar::NextWorkingDay(Day day) const {
  do {
    ++day;
  } while (!IsWorkingDay(day));
  return day;
}

Day Calendar::RollForward(Day day) const { return IsWorkingDay(day) ? day : NextWorkingDay(day); }

Day Calendar::AddWorkingDays(Day day, int n) const {
  HoursOf(day);
  for (int k = 0; k < n; ++k) day = NextWorkingDay(day);
  return day;
}

int Calendar::CountWorkingDays(Day start, Day end) const {
  if (start > end) return -CountWorkingDays(end, start);
  HoursOf(start);
  int count = 0;
  for (Day day = start + 1; day <= end; ++day) count += IsWorkingDay(day) ? 1 : 0;
  return count;
}

bool Calendar::IsWorkingMinute(Minute minute) const {
  const Day day = DayOf(minute);
  for (const Period& period : HoursOf(day)) {
    if (MinuteAt(day, period.open) <= minute && minute < MinuteAt(day, period.close)) return true;
  }
  return false;
}

bool Calendar::IsOpenAt(Minute minute) const {
  const Day day = DayOf(minute);
  for (const Period& period : HoursOf(day)) {
    if (MinuteAt(day, period.open) <= minute && minute <= MinuteAt(day, period.close)) return true;
  }
  return false;
}

Minute Calendar::WorkingMinutes(Minute start, Minute end) const {
  if (start > end) return -WorkingMinutes(end, start);
  Minute count = 0;
  for (Day day = DayOf(start); day <= DayOf(end); ++day) {
    for (const Period& period : HoursOf(day)) {
      for (int m = period.open; m < period.close; ++m) {
        const Minute minute = MinuteAt(day, m);
        if (start <= minute && minute < end) ++count;
      }
    }
  }
  return count;
}

Minute Calendar::EffectiveStart(Minute at) const {
  if (IsOpenAt(at)) return at;
  for (Day day = DayOf(at);; ++day) {
    for (const Period& period : HoursOf(day)) {
      if (MinuteAt(day, period.open) > at) return MinuteAt(day, period.open);
    }
  }
}

Minute Calendar::NextClosing(Minute at) const {
  if (IsOpenAt(at)) return at;
  for (Day day = DayOf(at);; ++day) {
    for (const Period& period : HoursOf(day)) {
      if (MinuteAt(day, period.close) > at) return MinuteAt(day, period.close);
    }
  }
}

}  // namespace motcua::oracle
