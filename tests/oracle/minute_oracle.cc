#include "tests/oracle/minute_oracle.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace oracle {
namespace {

constexpr std::int64_t kDay = 1440;

bool IsLeap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int MonthLength(std::int64_t year, int month) {
  const int lengths[] = {31, IsLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return lengths[month - 1];
}

struct Date {
  std::int64_t year;
  int month, day;
};

// Counts years, months and days, one after the other.
Date DateOf(std::int64_t number) {
  Date date{1970, 1, 1};
  while (number >= (IsLeap(date.year) ? 366 : 365)) number -= IsLeap(date.year++) ? 366 : 365;
  while (number >= MonthLength(date.year, date.month)) {
    number -= MonthLength(date.year, date.month++);
  }
  date.day += static_cast<int>(number);
  return date;
}

int Weekday(std::int64_t day) { return static_cast<int>((day + 3) % 7); }

std::int64_t ParseDate(const std::string& text) {
  return DayNumber(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
                   std::stoi(text.substr(8, 2)));
}

// The corresponding day some months later; the month's last day where it has none.
std::int64_t AddMonths(std::int64_t day, int months) {
  Date date = DateOf(day);
  for (; months > 0; --months) {
    if (++date.month == 13) date.month = 1, ++date.year;
  }
  date.day = std::min(date.day, MonthLength(date.year, date.month));
  return DayNumber(static_cast<int>(date.year), date.month, date.day);
}

}  // namespace

std::int64_t DayNumber(int year, int month, int day) {
  std::int64_t number = 0;
  for (int y = 1970; y < year; ++y) number += IsLeap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) number += MonthLength(year, m);
  return number + day - 1;
}

NationalDays ReadNationalDays(const std::string& tsv) {
  NationalDays days;
  std::istringstream lines(tsv);
  std::string line;
  std::getline(lines, line);  // day kind group name partner source tag
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    days[ParseDate(cells[0])] = cells[1] == "make_up" ? Weekday(ParseDate(cells[4])) : -1;
  }
  return days;
}

Calendar::Calendar(const NationalDays& national, const std::vector<Layer>& layers,
                   std::int64_t first_day, std::int64_t last_day)
    : first_(first_day), last_(last_day), works_((last_day - first_day + 1) * kDay, 0) {
  std::array<Hours, 7> office;
  for (int weekday = 0; weekday < 5; ++weekday) office[weekday] = {{450, 690}, {810, 1050}};
  for (std::int64_t day = first_day; day <= last_day; ++day) {
    const auto valid = [&](const Layer& layer) {
      return day >= layer.valid_from && day < layer.valid_to;
    };
    std::array<Hours, 7> week = office;
    for (const Layer& layer : layers) {
      if (layer.weekly && valid(layer)) week = *layer.weekly;
    }
    Hours hours = week[Weekday(day)];
    const auto law = national.find(day);
    if (law != national.end()) hours = law->second < 0 ? Hours{} : week[law->second];
    for (const Layer& layer : layers) {
      if (!valid(layer)) continue;
      for (const std::int64_t off : layer.days_off) {
        if (off == day) hours.clear();
      }
      for (const auto& [made, weekday] : layer.make_up) {
        if (made == day) hours = week[weekday];
      }
      for (const auto& [half, periods] : layer.half_days) {
        if (half == day && !hours.empty()) hours = periods;
      }
    }
    for (const auto& [open, close] : hours) {
      for (int minute = open; minute < close; ++minute) works_[(day - first_) * kDay + minute] = 1;
    }
  }
  // The end of each day's last worked minute; 0 for a day without one.
  for (std::int64_t minute = 0; minute < static_cast<std::int64_t>(works_.size()); ++minute) {
    if (minute % kDay == 0) last_close_.push_back(0);
    if (works_[static_cast<std::size_t>(minute)] != 0) {
      last_close_.back() = first_ * kDay + minute + 1;
    }
  }
}

bool Calendar::Works(std::int64_t minute) const {
  if (minute < first_ * kDay || minute >= (last_ + 1) * kDay) throw std::out_of_range("minute");
  return works_[minute - first_ * kDay] != 0;
}

bool Calendar::Inside(std::int64_t minute) const {
  return Works(minute) || (minute > first_ * kDay && Works(minute - 1));
}

bool Calendar::WorksOn(std::int64_t day) const {
  if (day < first_ || day > last_) throw std::out_of_range("day");
  return last_close_[static_cast<std::size_t>(day - first_)] > 0;
}

std::int64_t Calendar::CountDays(std::int64_t from, std::int64_t to) const {
  if (from > to) return -CountDays(to, from);
  std::int64_t count = 0;
  for (std::int64_t day = from + 1; day <= to; ++day) count += WorksOn(day);
  return count;
}

std::int64_t Calendar::CountMinutes(std::int64_t from, std::int64_t to) const {
  if (from > to) return -CountMinutes(to, from);
  std::int64_t count = 0;
  for (std::int64_t minute = from; minute < to; ++minute) count += Works(minute);
  return count;
}

std::int64_t Calendar::LastClose(std::int64_t day) const {
  if (!WorksOn(day)) throw std::logic_error("no office hours on that day");
  return last_close_[static_cast<std::size_t>(day - first_)];
}

std::int64_t Calendar::NextWorkingDay(std::int64_t day) const { return RollDay(day + 1); }

std::int64_t Calendar::RollDay(std::int64_t day) const {
  while (!WorksOn(day)) ++day;
  return day;
}

// A minute outside working time moves to the next closing minute of any period.
std::int64_t Calendar::Land(std::int64_t minute) const {
  if (Inside(minute)) return minute;
  do {
    ++minute;
  } while (!(Works(minute - 1) && !Works(minute)));
  return minute;
}

std::int64_t Calendar::Start(std::int64_t accepted) const {
  while (!Inside(accepted)) ++accepted;
  return accepted;
}

std::int64_t Calendar::TermEnd(const Term& term, bool by_hour, std::int64_t at,
                               const std::vector<Pause>& pauses) const {
  const auto paused = [&](std::int64_t minute) {
    for (const Pause& pause : pauses) {
      if (minute >= pause.from && minute < pause.to) return true;
    }
    return false;
  };
  if (term.unit == "wh" || (term.unit == "wd" && by_hour)) {
    auto left = static_cast<std::int64_t>(term.amount * (term.unit == "wh" ? 60 : 480));
    while (left > 0) {
      if (Works(at) && !paused(at)) --left;
      ++at;
    }
    return at;
  }
  if (term.unit == "wd") {
    const auto counts = [&](std::int64_t day) {
      if (!WorksOn(day)) return false;
      for (std::int64_t minute = std::max(day * kDay, at); minute < (day + 1) * kDay; ++minute) {
        if (Works(minute) && paused(minute)) return false;
      }
      return true;
    };
    std::int64_t day = at / kDay;
    if (term.amount == 0) {
      // That same day; if it is paused, the next that is not.
      while (day == at / kDay ? (WorksOn(day) && !counts(day)) : !counts(day)) ++day;
      return LastClose(day);
    }
    for (int n = 0; n < static_cast<int>(term.amount);) n += counts(++day);
    return LastClose(day);
  }
  if (term.unit == "h") {
    std::int64_t end = at + static_cast<std::int64_t>(term.amount * 60);
    for (const Pause& pause : pauses) {
      for (std::int64_t minute = std::max(pause.from, at); minute < pause.to; ++minute) ++end;
    }
    return Land(end);
  }
  std::int64_t day = at / kDay;
  if (term.unit == "d") day += static_cast<std::int64_t>(term.amount);
  if (term.unit == "mo") day = AddMonths(day, static_cast<int>(term.amount));
  if (term.unit == "y") day = AddMonths(day, static_cast<int>(term.amount) * 12);
  for (const Pause& pause : pauses) day += pause.to / kDay - pause.from / kDay;
  return LastClose(RollDay(day));
}

std::int64_t Calendar::RunTerm(const Term& term, bool by_hour, std::int64_t at,
                               const std::vector<Pause>& resumed, std::size_t& used) const {
  std::vector<Pause> met;
  // No working time at all: nothing for a pause to interrupt.
  const bool in_minutes = term.unit == "wh" || (term.unit == "wd" && by_hour);
  if (in_minutes && term.amount == 0) return at;
  for (;;) {
    const std::int64_t end = TermEnd(term, by_hour, at, met);
    if (used == resumed.size() || resumed[used].from >= end) return end;
    if (resumed[used].to >= (last_ + 1) * kDay) throw std::out_of_range("pause");
    met.push_back(resumed[used++]);
  }
}

std::int64_t Calendar::Clock(const Limit& limit, bool by_hour, std::int64_t start, bool later,
                             const std::vector<Pause>& resumed) const {
  std::size_t used = 0;
  std::int64_t at = start;
  for (const Term& term : limit.terms) at = RunTerm(term, by_hour, at, resumed, used);
  if (later) at = RunTerm({1, "wd"}, false, at, resumed, used);
  return at;
}

std::int64_t Calendar::Due(const Limit& limit, bool by_hour, std::int64_t accepted,
                           const std::vector<Pause>& pauses) const {
  std::vector<Pause> resumed;
  std::vector<Pause> shifted;
  std::int64_t due = 0, start = 0;
  bool later = false;
  const auto accept = [&] {
    resumed.clear();
    shifted.clear();
    start = Start(accepted);
    const std::int64_t day = start / kDay;
    const std::int64_t cutoff =
        limit.cutoff == -2 ? LastClose(day) - 60 : day * kDay + limit.cutoff;
    const bool late = limit.cutoff != -1 && start > cutoff;
    later = late && limit.result;
    if (late && !limit.result) start = Start(NextWorkingDay(day) * kDay);
  };
  const auto count = [&] {
    due = Clock(limit, by_hour, start, later, resumed);
    for (const Pause& pause : shifted) {
      const std::int64_t from = std::max(pause.from, accepted);
      if (by_hour) {
        std::int64_t left = CountMinutes(from, pause.to);
        while (left > 0) left -= Works(due++);
      } else {
        std::int64_t days = CountDays(from / kDay, pause.to / kDay);
        if (days == 0) continue;
        const bool closing = due == LastClose(due / kDay);
        std::int64_t day = due / kDay;
        for (; days > 0; --days) day = NextWorkingDay(day);
        due = closing ? LastClose(day) : Land(day * kDay + due % kDay);
      }
    }
  };
  accept();
  count();
  for (const Pause& pause : pauses) {
    if (pause.from >= due) break;
    if (pause.practice == Pause::kRestart) {
      accepted = pause.to;
      accept();
    } else if (pause.to > accepted) {
      (pause.practice == Pause::kShift ? shifted : resumed).push_back(pause);
      if (resumed.size() > 0) resumed.back().from = std::max(resumed.back().from, accepted);
    }
    count();
  }
  return due;
}

}  // namespace oracle
