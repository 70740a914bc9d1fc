// When is it due? The deadline (hạn trả kết quả) of one dossier.
//
//   MOTCUA_ASSIGN_OR_RETURN(const TimeLimit limit, TimeLimit::Parse("3wd"));
//   MOTCUA_ASSIGN_OR_RETURN(const Deadline deadline,
//                           ComputeDeadline(calendar, limit, ToNumber(accepted_at)));
//   // Thu 2025-08-28 15:10 + 3 working days, 1 and 2 September off: Thu 2025-09-04 17:30
//
// The effective start is the acceptance minute if it lies in a working period, its closing
// minute included, else the next opening. Then, term by term:
//   wd, by_day   the day of the start is day 0 and not counted (Civil Code art. 147); due is
//                the last closing minute of the n-th working day after it
//   wd, by_hour  n x 480 working minutes, laid off through the working periods
//   wh           working minutes, under both policies
//   h            clock minutes; an end outside working time moves to the next closing minute
//   d, mo, y     calendar time to the corresponding day (art. 148); a last day that is off
//                moves to the next working day; due at its last closing minute
// A term begins where the one before it ended. The office closes before the law's 24:00.
#ifndef MOTCUA_TIME_DEADLINE_H_
#define MOTCUA_TIME_DEADLINE_H_

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/pauses.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

// How working days are counted. Numbers stand in the C ABI.
enum class Policy : std::uint8_t {
  kByDay = 0,   // Civil Code arts 147-148
  kByHour = 1,  // one-stop software: a working day is 480 working minutes
};

struct DeadlineOptions {
  Policy policy = Policy::kByDay;
  std::span<const Pause> pauses = {};  // sorted and disjoint; borrowed for the call
  MinuteNumber extension = kNoMinute;  // the new due minute, given once
};

struct Deadline {
  MinuteNumber effective_start = kNoMinute;  // of the clock that runs: the last restart's
  MinuteNumber due = kNoMinute;  // last minute in time; kNoMinute: no limit, or an open pause
  // Before the extension; where a pause is open, as it stood when the pause began.
  MinuteNumber original_due = kNoMinute;
  std::int64_t left_at_pause = 0;    // working minutes left when the open pause began
  std::uint32_t pauses_counted = 0;  // leading pauses that changed something or are open
  bool paused = false;               // a pause is open
  bool provisional = false;          // leans on a year without a complete official table
};

// Errors: kInvalidArgument for a fraction of a working day under kByDay, for pauses that
// CheckPauses refuses, for an extension before the old due minute; kOutsideCoverage for an
// acceptance, pause or due time outside the calendar.
// Complexity: O(terms), and O(pauses x (terms + pauses)) with pauses. Pure.
absl::StatusOr<Deadline> ComputeDeadline(const WorkingCalendar& calendar, const TimeLimit& limit,
                                         MinuteNumber accepted_at,
                                         const DeadlineOptions& options = {});

// Where the clock of a dossier starts: at reception; from 2026-08-05 on, where another
// agency than the receiving one is competent, when that agency receives it (Decree
// 309/2026 art. 8). `competent_at` is kNoMinute where reception is not boundary-free.
// Errors: kInvalidArgument if the competent agency received it before the counter did.
absl::StatusOr<MinuteNumber> ClockStart(MinuteNumber received_at, MinuteNumber competent_at);

}  // namespace motcua

#endif  // MOTCUA_TIME_DEADLINE_H_
