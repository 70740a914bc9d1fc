// A slow, obvious deadline, written from the rules that the law and the practice of the
// one-stop door give; it shares no code with the library that it judges.
//
//   oracle::Question question{.accepted_at = ParseMinuteText("2025-08-28T15:10"),
//                             .limit = ParseLimit("3wd")};
//   oracle::Ask(calendar, question).due   // 2025-09-04T17:30
//
// Where the rules leave a choice, the choice is a comment marked READING.
#ifndef MOTCUA_TESTS_ORACLE_DEADLINE_ORACLE_H_
#define MOTCUA_TESTS_ORACLE_DEADLINE_ORACLE_H_

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/oracle/calendar_oracle.h"

namespace motcua::oracle {

// A question that the rules refuse.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Unit { kWorkingDay, kWorkingHour, kHour, kDay, kMonth, kYear };

struct Term {
  int quarters;  // of a unit: "2.5wd" is 10
  Unit unit;
};

struct Limit {
  std::string text;
  bool none = false;
  std::vector<Term> terms;
  bool has_cutoff = false;
  bool last_hour = false;     // the cut-off is the last closing minute less 60
  int cutoff_minute = 0;      // of the day, otherwise
  bool moves_result = false;  // else the cut-off moves the start
};
Limit ParseLimit(const std::string& text);

enum class Policy { kByDay, kByHour };
enum class Practice { kResume, kRestart, kShift };

struct Pause {
  Minute from;
  std::optional<Minute> to;  // none: still open
  Practice practice = Practice::kResume;
};

struct Question {
  Minute accepted_at = 0;
  Limit limit;
  Policy policy = Policy::kByDay;
  std::vector<Pause> pauses;  // sorted, apart
  std::optional<Minute> extension;
};

struct Answer {
  Minute effective_start = 0;           // of the last restart, if there was one
  std::optional<Minute> due;            // none: no limit, or an open pause
  std::optional<Minute> original_due;   // before the extension; at an open pause, as it stood
  std::optional<Minute> left_at_pause;  // working minutes left when the open pause began
  bool provisional = false;
};

// Throws Refused or Outside.
Answer Ask(const Calendar& calendar, const Question& question);

// The greatest minute whose due time is not after `due`, tried one by one.
Minute LatestAcceptance(const Calendar& calendar, const Limit& limit, Minute due, Policy policy);

}  // namespace motcua::oracle

#endif  // MOTCUA_TESTS_ORACLE_DEADLINE_ORACLE_H_
