// Walks a clock through the terms of a limit, around pauses. ComputeDeadline drives it; what
// counts without pauses, plain_deadline.h and the batch kernels, is tested against it.
#ifndef MOTCUA_TIME_CLOCK_WALK_H_
#define MOTCUA_TIME_CLOCK_WALK_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/time/pauses.h"
#include "motcua/time/time_limit.h"
#include "motcua/time/working_calendar.h"

namespace motcua {

enum class Policy : std::uint8_t;

class ClockWalk {
 public:
  struct StartOfClock {
    MinuteNumber accepted_at = kNoMinute;
    MinuteNumber at = kNoMinute;  // the effective start, after a cut-off's >start
    bool result_later = false;    // a cut-off's >result holds
  };

  // A term as it runs.
  struct TermRecord {
    LimitTerm term;
    MinuteNumber from = kNoMinute;
    // Where the pauses of plain days begin to count: the acceptance for the first term, which may
    // lie before the clock's start; `from` for the others.
    MinuteNumber since = kNoMinute;
    bool in_minutes = false;  // counted by working or clock minutes
    bool cutoff = false;      // the working day that >result adds
    MinuteNumber end = kNoMinute;
    DayNumber last_day = kNoDay;  // of a plain period: its last day before that is rolled
  };

  ClockWalk(const WorkingCalendar& calendar, Policy policy)
      : calendar_(calendar), index_(calendar.index()), policy_(policy) {}

  // The effective start of an acceptance, and what the limit's cut-off does to it.
  absl::StatusOr<StartOfClock> Start(const TimeLimit& limit, MinuteNumber accepted_at) const;

  // The due minute, counted around `pauses` (sorted, disjoint, closed, covered, not before the
  // acceptance). A pause that begins at or after the end of a term does not touch the term; a
  // term takes of a pause only what lies after the term's own beginning.
  absl::StatusOr<MinuteNumber> Run(const TimeLimit& limit, const StartOfClock& start,
                                   std::span<const Pause> pauses,
                                   std::vector<TermRecord>* record = nullptr) const;

  // `due` moved by the working days of a pause in (from, to]; by_hour by its working
  // minutes. They are laid off like a term, around the pauses that resume.
  absl::StatusOr<MinuteNumber> Shift(MinuteNumber due, const Pause& pause,
                                     std::span<const Pause> resumed) const;

  // `due`, a promised time that no limit leads to, moved by the working days that the pause
  // touches and that lie after day `given` (a rank; the last one touched becomes it); by_hour
  // by its working minutes.
  absl::StatusOr<MinuteNumber> GiveBack(MinuteNumber due, const Pause& pause,
                                        std::int64_t& given) const;

 private:
  // By working days; a time that is not a last closing one stays at its hour of the day.
  absl::StatusOr<MinuteNumber> MoveByDays(MinuteNumber due, std::int64_t days,
                                          std::span<const Pause> resumed) const;
  // Sets the record's end.
  absl::Status RunTerm(TermRecord& record, std::span<const Pause> pauses) const;
  // Each counts from `at`.
  absl::StatusOr<MinuteNumber> RunWorkingDays(std::int64_t days, MinuteNumber at,
                                              std::span<const Pause> pauses) const;
  absl::StatusOr<MinuteNumber> RunWorkingMinutes(std::int64_t minutes, MinuteNumber at,
                                                 std::span<const Pause> pauses) const;
  absl::StatusOr<MinuteNumber> RunClockMinutes(std::int64_t minutes, MinuteNumber at,
                                               std::span<const Pause> pauses) const;
  absl::Status RunCalendar(TermRecord& record, std::span<const Pause> pauses) const;

  // The last closing minute of the first working day not before `day`.
  absl::StatusOr<MinuteNumber> CloseOnOrAfter(std::int64_t day) const;
  // `at` if it lies in a working period, else the next closing minute.
  absl::StatusOr<MinuteNumber> Land(MinuteNumber at) const;
  // Whether the term is counted by working or clock minutes.
  bool InMinutes(const LimitTerm& term) const;

  const WorkingCalendar& calendar_;
  const DayIndex& index_;
  Policy policy_;
};

}  // namespace motcua

#endif  // MOTCUA_TIME_CLOCK_WALK_H_
