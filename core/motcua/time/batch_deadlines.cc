// The deadline kernels of batch.h. A limit of one term in working days or hours, which is
// nearly every limit there is, becomes a plan: a few numbers and one threshold for each kind
// of day. Any other limit goes row by row through ComputeDeadline.
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/time/batch.h"

namespace motcua {
namespace {

constexpr std::int64_t kMinutesPerWorkingDay = 480;

// How a (calendar, limit) pair is counted.
struct Plan {
  enum class Kind { kByDay, kByMinute, kRowByRow } kind = Kind::kRowByRow;
  const DayIndex* index = nullptr;
  std::int32_t days = 0;      // kByDay
  std::uint32_t minutes = 0;  // kByMinute
  // The last minute of the day at which the day itself still is day 0 and no cut-off has
  // passed; -1 on a day off. Later acceptances count from the next working day.
  std::array<std::int16_t, 256> last_in_time{};
};

// The last minute of a working day whose effective start, on that day, is not after `limit`.
int LastStartBy(const DayPattern& hours, int limit) {
  for (std::size_t k = hours.count; k-- > 0;) {
    if (limit >= hours.close[k]) return hours.close[k];
    if (limit >= hours.open[k]) return limit;
    // Before this period's opening: a minute in the break before it already starts in it.
  }
  return -1;
}

// Fills the thresholds; false if some day opens after its cut-off, where the next day's
// opening would be late again.
bool FillThresholds(const TimeLimit& limit, Plan& plan) {
  const Cutoff& cutoff = limit.cutoff();
  for (std::size_t k = 0; k < plan.index->patterns.size(); ++k) {
    const DayPattern& hours = plan.index->patterns[k];
    int last = hours.last_close();
    if (hours.working() && cutoff.effect != CutoffEffect::kNone) {
      const int in_time = cutoff.last_hour ? hours.last_close() - 60 : int{cutoff.minute};
      if (in_time < hours.first_open()) return false;
      last = LastStartBy(hours, in_time);
    }
    plan.last_in_time[k] = static_cast<std::int16_t>(last);
  }
  return true;
}

Plan MakePlan(const WorkingCalendar& calendar, const TimeLimit& limit, Policy policy) {
  Plan plan;
  plan.index = &calendar.index();
  if (limit.terms().size() != 1 || !plan.index->two_periods) return plan;
  const LimitTerm term = limit.terms().front();
  const bool in_minutes = term.unit == LimitUnit::kWorkingHour ||
                          (term.unit == LimitUnit::kWorkingDay && policy == Policy::kByHour);
  if (in_minutes) {
    const std::int64_t minutes =
        std::int64_t{term.quarters} *
        (term.unit == LimitUnit::kWorkingHour ? 15 : kMinutesPerWorkingDay / 4);
    // The result of a late day is due a day later, and 0 minutes are due at the start.
    if (minutes == 0 || limit.cutoff().effect == CutoffEffect::kResult) return plan;
    plan.minutes = static_cast<std::uint32_t>(minutes);
  } else {
    if (term.unit != LimitUnit::kWorkingDay || !term.whole()) return plan;
    plan.days = term.amount();
  }
  if (FillThresholds(limit, plan)) {
    plan.kind = in_minutes ? Plan::Kind::kByMinute : Plan::Kind::kByDay;
  }
  return plan;
}

// kNoMinute where the row is none, or fails, or must be asked of ComputeDeadline.
inline MinuteNumber DueByDay(const Plan& plan, MinuteNumber accepted_at) {
  const DayIndex& index = *plan.index;
  const MinuteNumber base = StartOf(index.first());
  const auto since = static_cast<std::uint64_t>(accepted_at) - static_cast<std::uint64_t>(base);
  if (since >= index.rank.size() * kMinutesPerDay) return kNoMinute;
  const auto minute = static_cast<std::uint32_t>(since);
  const std::uint32_t day = minute / kMinutesPerDay;
  const auto at = static_cast<std::int32_t>(minute - day * kMinutesPerDay);
  const std::int32_t ordinal =
      index.rank[day] + plan.days + (at > plan.last_in_time[index.pattern[day]] ? 1 : 0);
  if (ordinal > index.working_day_count()) return kNoMinute;
  return base + index.closing[static_cast<std::size_t>(ordinal)];
}

inline MinuteNumber DueByMinute(const Plan& plan, MinuteNumber accepted_at) {
  const DayIndex& index = *plan.index;
  const MinuteNumber base = StartOf(index.first());
  const auto since = static_cast<std::uint64_t>(accepted_at) - static_cast<std::uint64_t>(base);
  if (since >= index.rank.size() * kMinutesPerDay) return kNoMinute;
  const auto minute = static_cast<std::uint32_t>(since);
  const std::uint32_t day = minute / kMinutesPerDay;
  const auto at = static_cast<std::int32_t>(minute - day * kMinutesPerDay);
  const std::uint8_t kind = index.pattern[day];
  const DayPattern& hours = index.patterns[kind];
  const std::size_t next = std::size_t{index.rank[day]} + 1;
  const auto part = [&](std::size_t k) {
    return std::clamp(at - hours.open[k], 0, hours.close[k] - hours.open[k]);
  };
  // Too late for the day, or a day off: from the next opening.
  const std::uint32_t before =
      at > plan.last_in_time[kind]
          ? index.minutes_before[next]
          : index.minutes_before[next - 1] + static_cast<std::uint32_t>(part(0) + part(1));
  const std::uint32_t target = before + plan.minutes;
  if (target > index.minutes_before.back()) return kNoMinute;
  std::size_t ordinal = index.guess[(target - 1) >> DayIndex::kGuessShift];
  for (int step = 0; step < index.guess_steps; ++step) {
    ordinal += index.minutes_before[ordinal + 1] < target;
  }
  const std::uint32_t due_day = index.day_of_ordinal[ordinal];
  const DayPattern& due_hours = index.patterns[index.pattern[due_day]];
  const std::uint32_t left = target - index.minutes_before[ordinal];
  const std::uint32_t morning = std::uint32_t{due_hours.close[0]} - due_hours.open[0];
  const std::uint32_t end =
      left <= morning ? due_hours.open[0] + left : due_hours.open[1] + left - morning;
  return base + MinuteNumber{due_day} * kMinutesPerDay + end;
}

// The plans of every (calendar, limit) pair; calendars that share an index share plans.
class Planner {
 public:
  explicit Planner(const BatchRules& rules) : rules_(rules) {
    std::vector<const DayIndex*> indexes;
    for (const WorkingCalendar& calendar : rules.calendars) {
      const auto known = std::find(indexes.begin(), indexes.end(), &calendar.index());
      slot_.push_back(static_cast<std::uint32_t>(known - indexes.begin()));
      if (known != indexes.end()) continue;
      indexes.push_back(&calendar.index());
      for (const TimeLimit& limit : rules.limits) {
        plans_.push_back(MakePlan(calendar, limit, rules.policy));
      }
    }
  }

  const Plan& Of(std::size_t calendar, std::size_t limit) const {
    return plans_[slot_[calendar] * rules_.limits.size() + limit];
  }

 private:
  const BatchRules& rules_;
  std::vector<std::uint32_t> slot_;
  std::vector<Plan> plans_;
};

absl::StatusOr<MinuteNumber> AskRow(const BatchRules& rules, std::int32_t calendar,
                                    std::int32_t limit, MinuteNumber accepted_at) {
  const auto check = [](std::string_view field, std::int32_t at, std::size_t size) {
    if (at >= 0 && static_cast<std::size_t>(at) < size) return absl::OkStatus();
    return Error(Reason::kInvalidArgument, field, absl::StrCat(at),
                 absl::StrCat("an index below ", size));
  };
  MOTCUA_RETURN_IF_ERROR(check("calendar", calendar, rules.calendars.size()));
  MOTCUA_RETURN_IF_ERROR(check("limit", limit, rules.limits.size()));
  MOTCUA_ASSIGN_OR_RETURN(const Deadline deadline,
                          ComputeDeadline(rules.calendars[static_cast<std::size_t>(calendar)],
                                          rules.limits[static_cast<std::size_t>(limit)],
                                          accepted_at, {.policy = rules.policy}));
  return deadline.due;
}

// A row that no kernel could answer: NaT, a failure, or a limit to be asked row by row.
void AnswerSlowly(const BatchRules& rules, std::size_t row, std::int32_t calendar,
                  std::int32_t limit, MinuteNumber accepted_at, MinuteNumber& due,
                  BatchErrors& errors) {
  due = kNoMinute;
  if (accepted_at == kNoMinute) return;
  const absl::StatusOr<MinuteNumber> answer = AskRow(rules, calendar, limit, accepted_at);
  if (answer.ok()) {
    due = *answer;
    return;
  }
  if (errors.rows.empty()) errors.first = answer.status();
  errors.rows.push_back(row);
}

template <typename Due>
void RunOnePlan(const BatchRules& rules, std::size_t rows, const Plan& plan,
                Strided<const MinuteNumber> accepted_at, Strided<MinuteNumber> due, Due&& kernel,
                BatchErrors& errors) {
  for (std::size_t row = 0; row < rows; ++row) {
    const MinuteNumber answer = kernel(plan, accepted_at[row]);
    due[row] = answer;
    if (answer == kNoMinute) [[unlikely]] {
      AnswerSlowly(rules, row, 0, 0, accepted_at[row], due[row], errors);
    }
  }
}

void RunMixed(const BatchRules& rules, std::size_t rows, const Planner& planner,
              Strided<const MinuteNumber> accepted_at, Strided<MinuteNumber> due,
              BatchErrors& errors) {
  for (std::size_t row = 0; row < rows; ++row) {
    const std::int32_t calendar = rules.calendar_of_row ? rules.calendar_of_row[row] : 0;
    const std::int32_t limit = rules.limit_of_row ? rules.limit_of_row[row] : 0;
    MinuteNumber answer = kNoMinute;
    if (static_cast<std::uint32_t>(calendar) < rules.calendars.size() &&
        static_cast<std::uint32_t>(limit) < rules.limits.size()) [[likely]] {
      const Plan& plan =
          planner.Of(static_cast<std::size_t>(calendar), static_cast<std::size_t>(limit));
      if (plan.kind == Plan::Kind::kByDay) {
        answer = DueByDay(plan, accepted_at[row]);
      } else if (plan.kind == Plan::Kind::kByMinute) {
        answer = DueByMinute(plan, accepted_at[row]);
      }
    }
    due[row] = answer;
    if (answer == kNoMinute) [[unlikely]] {
      AnswerSlowly(rules, row, calendar, limit, accepted_at[row], due[row], errors);
    }
  }
}

}  // namespace

BatchErrors Deadlines(const BatchRules& rules, std::size_t rows,
                      Strided<const MinuteNumber> accepted_at, Strided<MinuteNumber> due) {
  BatchErrors errors;
  const Planner planner(rules);
  if (rules.calendar_of_row || rules.limit_of_row) {
    RunMixed(rules, rows, planner, accepted_at, due, errors);
    return errors;
  }
  const Plan& plan = planner.Of(0, 0);
  if (plan.kind == Plan::Kind::kByDay) {
    RunOnePlan(rules, rows, plan, accepted_at, due, DueByDay, errors);
  } else if (plan.kind == Plan::Kind::kByMinute) {
    RunOnePlan(rules, rows, plan, accepted_at, due, DueByMinute, errors);
  } else {
    for (std::size_t row = 0; row < rows; ++row) {
      AnswerSlowly(rules, row, 0, 0, accepted_at[row], due[row], errors);
    }
  }
  return errors;
}

}  // namespace motcua
