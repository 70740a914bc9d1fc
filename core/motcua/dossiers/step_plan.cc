#include "motcua/dossiers/step_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

absl::Status Refuse(const PlannedStep& step, std::string_view field, std::string_view value,
                    std::string_view expected) {
  return Error(Reason::kInvalidArgument,
               absl::StrCat("step ", static_cast<int>(step.number), ", ", ToAbsl(field)), value,
               expected);
}

}  // namespace

absl::StatusOr<StepPlan> StepPlan::Of(std::vector<PlannedStep> steps) {
  if (steps.empty()) return Error(Reason::kInvalidArgument, "steps", "", "at least one step");
  std::stable_sort(steps.begin(), steps.end(),
                   [](const PlannedStep& a, const PlannedStep& b) { return a.number < b.number; });
  StepPlan plan;
  plan.steps_ = std::move(steps);
  const std::size_t count = plan.steps_.size();
  plan.limits_.resize(count);
  plan.before_.resize(count);
  plan.shared_.resize(count);
  plan.earlier_.resize(count);
  for (std::size_t k = 0; k < count; ++k) MOTCUA_RETURN_IF_ERROR(plan.Link(k));
  return plan;
}

absl::StatusOr<StepPlan> StepPlan::Of(const Process& process, std::span<const std::int32_t> only) {
  // What comes before each step, those left out replaced by what comes before them. Steps are by
  // number, and name only earlier ones; Link refuses others.
  std::map<std::int32_t, std::set<int>> before;
  const auto counts = [&](std::int32_t number) {
    return only.empty() || std::find(only.begin(), only.end(), number) != only.end();
  };
  std::vector<PlannedStep> steps;
  for (const Step& step : process.steps) {
    std::set<int>& after = before[step.number];
    for (const std::int32_t number : step.after) {
      if (counts(number)) {
        after.insert(number);
      } else if (const auto left_out = before.find(number); left_out != before.end()) {
        after.insert(left_out->second.begin(), left_out->second.end());
      }
    }
    if (!counts(step.number)) continue;
    for (const std::int32_t number : {step.number, step.shares}) {
      if (number >= 0 && number <= 255) continue;
      return Error(Reason::kInvalidArgument, "step", absl::StrCat(number), "1 to 255");
    }
    steps.push_back({.number = static_cast<std::uint8_t>(step.number),
                     .name = std::string(step.name),
                     .agency = std::string(step.agency),
                     .limit = step.limit,
                     .shares = static_cast<std::uint8_t>(step.shares),
                     .after = {after.begin(), after.end()},
                     .follows_nothing = after.empty()});
  }
  return Of(std::move(steps));
}

absl::Status StepPlan::Link(std::size_t k) {
  const PlannedStep& step = steps_[k];
  if (step.number == 0) return Refuse(step, "number", "0", "1 to 255");
  if (k > 0 && steps_[k - 1].number == step.number) {
    return Refuse(step, "number", absl::StrCat(static_cast<int>(step.number)), "each number once");
  }
  if (!step.limit.empty() && step.limit != "none") {
    const absl::StatusOr<TimeLimit> limit = TimeLimit::Parse(step.limit);
    if (!limit.ok()) return Refuse(step, "limit", step.limit, "a time limit, as \"0.5wd\"");
    limits_[k] = *limit;
  }
  for (const int number : step.after) {
    const auto earlier = Find(number);
    if (!earlier || *earlier >= k) {
      return Refuse(step, "after", absl::StrCat(number), "an earlier step of the plan");
    }
    before_[k].push_back(*earlier);
  }
  if (step.after.empty() && !step.follows_nothing && k > 0) before_[k].push_back(k - 1);
  for (const std::size_t earlier : before_[k]) {
    earlier_[k] |= earlier_[earlier];
    earlier_[k].set(earlier);
  }
  shared_[k] = k;
  if (step.shares != 0) {
    const auto owner = Find(step.shares);
    if (!owner || *owner >= k || !limits_[*owner]) {
      return Refuse(step, "shares", absl::StrCat(static_cast<int>(step.shares)),
                    "an earlier step that has a limit");
    }
    shared_[k] = *owner;
    limits_[k] = limits_[*owner];
  }
  return absl::OkStatus();
}

std::optional<std::size_t> StepPlan::Find(int number) const {
  for (std::size_t k = 0; k < steps_.size(); ++k) {
    if (steps_[k].number == number) return k;
  }
  return std::nullopt;
}

}  // namespace motcua
