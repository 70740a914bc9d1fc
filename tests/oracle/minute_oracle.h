// The slow oracle: deadlines written from the rules, minute by minute. It shares no code
// with the library, not even for dates, and is as plain as it can be.
#ifndef MOTCUA_TESTS_ORACLE_MINUTE_ORACLE_H_
#define MOTCUA_TESTS_ORACLE_MINUTE_ORACLE_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oracle {

using Hours = std::vector<std::pair<int, int>>;  // opening and closing minutes of a day

struct Layer {
  std::optional<std::array<Hours, 7>> weekly;  // Monday first
  std::vector<std::int64_t> days_off;
  std::vector<std::pair<std::int64_t, int>> make_up;
  std::vector<std::pair<std::int64_t, Hours>> half_days;
  std::int64_t valid_from = INT64_MIN, valid_to = INT64_MAX;  // [from, to)
};

// Days off of law (-1) and make-up days (the weekday they replace), by day number.
using NationalDays = std::map<std::int64_t, int>;
// From core/data/time/notices.tsv, for the official years.
NationalDays ReadNationalDays(const std::string& tsv);

std::int64_t DayNumber(int year, int month, int day);

struct Term {
  double amount;
  std::string unit;  // wd wh h d mo y
};

struct Limit {
  std::vector<Term> terms;
  int cutoff = -1;  // minute of the day; -2: last hour; -1: none
  bool result = false;
};

struct Pause {
  std::int64_t from, to;
  enum { kResume, kRestart, kShift } practice;
};

// Every minute of the covered days, worked or not.
class Calendar {
 public:
  Calendar(const NationalDays& national, const std::vector<Layer>& layers, std::int64_t first_day,
           std::int64_t last_day);

  // All throw std::out_of_range where the answer lies outside the covered days.
  bool WorksOn(std::int64_t day) const;
  std::int64_t CountDays(std::int64_t from, std::int64_t to) const;     // in (from, to]
  std::int64_t CountMinutes(std::int64_t from, std::int64_t to) const;  // in [from, to)
  std::int64_t Due(const Limit& limit, bool by_hour, std::int64_t accepted,
                   const std::vector<Pause>& pauses) const;
  std::int64_t Start(std::int64_t accepted) const;

 private:
  bool Works(std::int64_t minute) const;
  bool Inside(std::int64_t minute) const;  // a working period, closing minute included
  std::int64_t LastClose(std::int64_t day) const;
  std::int64_t NextWorkingDay(std::int64_t day) const;
  std::int64_t RollDay(std::int64_t day) const;
  std::int64_t Land(std::int64_t minute) const;
  std::int64_t Clock(const Limit& limit, bool by_hour, std::int64_t start, bool later,
                     const std::vector<Pause>& resumed) const;
  std::int64_t RunTerm(const Term& term, bool by_hour, std::int64_t at,
                       const std::vector<Pause>& resumed, std::size_t& used) const;
  std::int64_t TermEnd(const Term& term, bool by_hour, std::int64_t at,
                       const std::vector<Pause>& pauses) const;

  std::int64_t first_, last_;
  std::vector<std::uint8_t> works_;
  std::vector<std::int64_t> last_close_;  // by day
};

}  // namespace oracle

#endif  // MOTCUA_TESTS_ORACLE_MINUTE_ORACLE_H_
