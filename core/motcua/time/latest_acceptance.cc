#include "motcua/time/latest_acceptance.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

// Due beyond the tables is later than any due time inside them.
constexpr MinuteNumber kBeyond = std::numeric_limits<MinuteNumber>::max();

class Search {
 public:
  Search(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy)
      : calendar_(calendar), limit_(limit), policy_(policy) {}

  absl::StatusOr<MinuteNumber> Due(MinuteNumber at) const {
    const absl::StatusOr<Deadline> deadline =
        ComputeDeadline(calendar_, limit_, at, {.policy = policy_});
    if (deadline.ok()) return deadline->due;
    if (ReasonOf(deadline.status()) == Reason::kOutsideCoverage) return kBeyond;
    return deadline.status();
  }

  // A minute from which on everything is due after `due`, given that a later acceptance is
  // due at most `slack` minutes earlier.
  absl::StatusOr<MinuteNumber> TooLateFrom(MinuteNumber due, MinuteNumber slack) const {
    MinuteNumber too_late = due + 1;  // nothing is due before it comes
    MinuteNumber open = StartOf(calendar_.index().first()) - 1;
    if (!calendar_.CoversMinute(due + slack)) return too_late;
    while (too_late - open > 1) {
      const MinuteNumber middle = open + (too_late - open) / 2;
      MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber found, Due(middle));
      (found > due + slack ? too_late : open) = middle;
    }
    return too_late;
  }

  // The last minute before `too_late` that is due in time; kNoMinute if there is none.
  absl::StatusOr<MinuteNumber> LastInTime(MinuteNumber too_late, MinuteNumber due) const {
    const MinuteNumber first = StartOf(calendar_.index().first());
    for (MinuteNumber at = too_late - 1; at >= first; --at) {
      MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber found, Due(at));
      if (found <= due) return at;
      // Outside a period, every minute since the last close has the same start.
      const DayPattern& hours = calendar_.index().PatternOf(DayOf(at));
      if (!hours.working()) at = StartOf(DayOf(at));
    }
    return kNoMinute;
  }

 private:
  const WorkingCalendar& calendar_;
  const TimeLimit& limit_;
  Policy policy_;
};

// How much earlier a later acceptance can be due. Clock hours that end outside working time
// wait for the next closing minute, and a cut-off holds back only those who come after it: a
// day or so, which a following plain term can stretch over the days off it meets.
MinuteNumber SlackOf(const TimeLimit& limit) {
  bool steady = limit.cutoff().effect != CutoffEffect::kResult;
  for (const LimitTerm& term : limit.terms()) steady = steady && term.unit != LimitUnit::kHour;
  if (steady) return 0;
  return 15 * kMinutesPerDay * static_cast<MinuteNumber>(1 + limit.terms().size());
}

}  // namespace

absl::StatusOr<MinuteNumber> LatestAcceptance(const WorkingCalendar& calendar,
                                              const TimeLimit& limit, MinuteNumber due,
                                              Policy policy) {
  if (limit.is_none()) {
    return Error(Reason::kInvalidArgument, "limit", "none", "a limit with an amount");
  }
  if (!calendar.CoversMinute(due)) return calendar.OutsideCoverageAt(due);
  const Search search(calendar, limit, policy);
  MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber too_late, search.TooLateFrom(due, SlackOf(limit)));
  MOTCUA_ASSIGN_OR_RETURN(const MinuteNumber latest, search.LastInTime(too_late, due));
  if (latest != kNoMinute) return latest;
  return Error(Reason::kOutsideCoverage, "due", ToString(MinuteFrom(due)),
               absl::StrCat("a time that some acceptance from ", ToString(calendar.first()),
                            " on can meet"));
}

}  // namespace motcua
