#include "motcua/time/batch_plan.h"

#include <algorithm>

namespace motcua {
namespace {

constexpr std::uint32_t kMinutesPerWorkingDay = 480;

Plan MakePlan(const TimeLimit& limit, Policy policy) {
  if (limit.terms().size() != 1) return {};
  const LimitTerm term = limit.terms().front();
  const auto quarters = static_cast<std::uint32_t>(term.quarters);
  if (term.unit == LimitUnit::kWorkingDay && policy == Policy::kByDay) {
    if (!term.whole()) return {};
    return {Plan::Kind::kByDay, quarters / 4, 0};
  }
  if (term.unit == LimitUnit::kDay && limit.cutoff().effect != CutoffEffect::kResult) {
    return {Plan::Kind::kByPlainDay, quarters / 4, 0};
  }
  if (term.unit != LimitUnit::kWorkingDay && term.unit != LimitUnit::kWorkingHour) return {};
  // The result of a late day is due a day later, and 0 minutes are due at the start.
  if (quarters == 0 || limit.cutoff().effect == CutoffEffect::kResult) return {};
  return {Plan::Kind::kByMinute,
          quarters * (term.unit == LimitUnit::kWorkingHour ? 15 : kMinutesPerWorkingDay / 4), 0};
}

}  // namespace

Thresholds MakeThresholds(const DayIndex& index, const Cutoff& cutoff) {
  Thresholds thresholds;
  for (const DayPattern& hours : index.patterns) {
    int last = hours.last_close();
    if (hours.working() && cutoff.effect != CutoffEffect::kNone) {
      const int in_time = cutoff.LastInTime(hours.last_close());
      if (in_time < hours.first_open()) return {};
      last = hours.LastStartBy(in_time);
    }
    thresholds.push_back(static_cast<std::int16_t>(last));
  }
  return thresholds;
}

Planner::Planner(const BatchRules& rules) : slots_(rules.calendars) {
  for (const TimeLimit& limit : rules.limits) {
    Plan plan = MakePlan(limit, rules.policy);
    const auto known = std::find(cutoffs_.begin(), cutoffs_.end(), limit.cutoff());
    plan.cutoff = static_cast<std::uint32_t>(known - cutoffs_.begin());
    if (known == cutoffs_.end()) cutoffs_.push_back(limit.cutoff());
    plans_.push_back(plan);
  }
  tables_.reserve(slots_.indexes().size());
  thresholds_.reserve(tables_.capacity() * cutoffs_.size());
  for (const DayIndex* index : slots_.indexes()) {
    tables_.emplace_back(*index);
    for (const Cutoff& cutoff : cutoffs_) {
      thresholds_.push_back(MakeThresholds(*index, cutoff));
      rules_.push_back(
          {&tables_.back(), thresholds_.back().empty() ? nullptr : thresholds_.back().data()});
    }
  }
}

Plan::Kind Planner::CommonKind() const {
  const Plan::Kind kind = plans_.front().kind;
  const bool common = std::all_of(plans_.begin(), plans_.end(),
                                  [&](const Plan& plan) { return plan.kind == kind; }) &&
                      std::all_of(rules_.begin(), rules_.end(),
                                  [&](const Rule& rule) { return Counts(rule, kind); });
  return common ? kind : Plan::Kind::kRowByRow;
}

}  // namespace motcua
