#include "motcua/time/latest_acceptance.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/plain_deadline.h"

namespace motcua {
namespace {

// The last ordinal whose working day closes by `due`, which is covered; 0 if none does.
std::int32_t LastClosedBy(const DayIndex& index, MinuteNumber due) {
  const std::int32_t ordinal = index.Rank(DayOf(due));
  return ordinal > 0 && index.ClosingOf(ordinal) > due ? ordinal - 1 : ordinal;
}

// The last minute that starts on the working day, its cut-off not passed; kNoMinute if none does.
MinuteNumber LastStartOn(const DayIndex& index, std::int32_t ordinal, const Cutoff& cutoff) {
  if (ordinal < 1) return kNoMinute;
  const DayNumber day = index.Select(ordinal);
  const DayPattern& hours = index.PatternOf(day);
  const int last = cutoff.effect == CutoffEffect::kNone
                       ? hours.last
                       : hours.LastStartBy(cutoff.LastInTime(hours.last));
  return last < 0 ? kNoMinute : StartOf(day) + last;
}

// The answer for a limit of one term that can be counted backwards; kNoMinute for any other, and
// where nothing is in time.
MinuteNumber CountBack(const DayIndex& index, const TimeLimit& limit, Policy policy,
                       MinuteNumber due) {
  if (limit.terms().size() != 1) return kNoMinute;
  const LimitTerm& term = limit.terms().front();
  const Cutoff& cutoff = limit.cutoff();
  if (term.unit == LimitUnit::kWorkingDay && policy == Policy::kByDay) {
    if (!term.whole()) return kNoMinute;
    return LastStartOn(index, LastClosedBy(index, due) - term.amount(), cutoff);
  }
  if (term.unit == LimitUnit::kDay && cutoff.effect != CutoffEffect::kResult) {
    const std::int32_t closed = LastClosedBy(index, due);
    const std::int64_t last =
        closed < 1 ? kNoDay : std::int64_t{index.Select(closed)} - term.amount();
    if (last < index.first()) return kNoMinute;
    return LastStartOn(index, index.Rank(static_cast<DayNumber>(last)), cutoff);
  }
  if (term.unit != LimitUnit::kWorkingDay && term.unit != LimitUnit::kWorkingHour) return kNoMinute;
  if (term.quarters == 0 || cutoff.effect != CutoffEffect::kNone) return kNoMinute;
  // A start with at most this many working minutes before it: up to the beginning of the next one.
  const std::int64_t minutes =
      std::int64_t{term.quarters} * (term.unit == LimitUnit::kWorkingHour ? 15 : 120);
  const std::int64_t before = index.MinutesBefore(due) - minutes;
  if (before < 0 || before >= index.working_minute_count()) return kNoMinute;
  return index.EndOf(before + 1) - 1;
}

// Due beyond the tables is later than any due time inside them.
constexpr MinuteNumber kBeyond = std::numeric_limits<MinuteNumber>::max();

class Search {
 public:
  Search(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy)
      : calendar_(calendar), limit_(limit), policy_(policy) {
    const LimitUnit unit = limit.terms().front().unit;
    counts_from_days_ = unit == LimitUnit::kDay || unit == LimitUnit::kMonth ||
                        unit == LimitUnit::kYear ||
                        (unit == LimitUnit::kWorkingDay && policy == Policy::kByDay);
  }

  MinuteNumber Due(MinuteNumber at) const {
    const MinuteNumber due = ComputePlainDeadline(calendar_, limit_, policy_, at).due;
    return due == kNoMinute ? kBeyond : due;
  }

  // A minute from which on everything is due after `due`, given that a later acceptance is
  // due at most `slack` minutes earlier.
  MinuteNumber TooLateFrom(MinuteNumber due, MinuteNumber slack) const {
    MinuteNumber too_late = due + 1;  // nothing is due before it comes
    MinuteNumber open = StartOf(calendar_.index().first()) - 1;
    if (!calendar_.CoversMinute(due + slack)) return too_late;
    while (too_late - open > 1) {
      const MinuteNumber middle = open + (too_late - open) / 2;
      (Due(middle) > due + slack ? too_late : open) = middle;
    }
    return too_late;
  }

  // The last minute before `too_late` that is due in time; kNoMinute if there is none.
  MinuteNumber LastInTime(MinuteNumber too_late, MinuteNumber due) const {
    const MinuteNumber first = StartOf(calendar_.index().first());
    for (MinuteNumber at = too_late - 1; at >= first; at = BeforeThoseAlike(at)) {
      if (Due(at) <= due) return at;
    }
    return kNoMinute;
  }

 private:
  // The last minute before `at` that may be due at another time.
  MinuteNumber BeforeThoseAlike(MinuteNumber at) const {
    const MinuteNumber midnight = StartOf(DayOf(at));
    const DayPattern& hours = calendar_.index().PatternOf(DayOf(at));
    const int minute = static_cast<int>(at - midnight);
    if (counts_from_days_) {
      // The closing, and the last minute before the cut-off.
      if (minute > hours.last) return midnight + hours.last;
      const int in_time = hours.LastStartBy(limit_.cutoff().LastInTime(hours.last));
      return midnight + (minute > in_time ? in_time : -1);
    }
    for (std::size_t k = hours.count; k-- > 0;) {
      if (minute > hours.close[k]) return midnight + hours.close[k];
      if (minute > hours.open[k]) return at - 1;
    }
    return midnight - 1;
  }

  const WorkingCalendar& calendar_;
  const TimeLimit& limit_;
  Policy policy_;
  bool counts_from_days_;  // the minute of the start matters for the cut-off only
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
  const MinuteNumber counted = CountBack(calendar.index(), limit, policy, due);
  if (counted != kNoMinute) return counted;
  // A limit that the policy refuses is refused at any time.
  const absl::Status asked = ComputeDeadline(calendar, limit, due, {.policy = policy}).status();
  if (!asked.ok() && ReasonOf(asked) != Reason::kOutsideCoverage) return asked;
  const Search search(calendar, limit, policy);
  const MinuteNumber latest = search.LastInTime(search.TooLateFrom(due, SlackOf(limit)), due);
  if (latest != kNoMinute) return latest;
  return Error(Reason::kOutsideCoverage, "due", ToString(MinuteFrom(due)),
               absl::StrCat("a time that some acceptance from ", ToString(calendar.first()),
                            " on can meet"));
}

}  // namespace motcua
