// The internal process (quy trình nội bộ) of a procedure: its steps, each with a limit.
//
//   MOTCUA_ASSIGN_OR_RETURN(const StepPlan plan, StepPlan::Of({
//       {.number = 1, .name = "Tiếp nhận", .limit = "0.5wd"},
//       {.number = 2, .name = "Thẩm định", .limit = "2wd"},
//       {.number = 3, .name = "Trả kết quả"}}));
//
// Steps run one after the other in the order of their numbers; where a step names in
// `after` what must be done before it, that rules instead, and steps that come after the
// same one run in parallel (Decree 118/2025 art. 20, electronic transfer). A step may share
// the limit of another (`shares`: eight steps of Hà Nội in seven days), or be untimed, as
// the return of the result mostly is.
#ifndef MOTCUA_DOSSIERS_STEP_PLAN_H_
#define MOTCUA_DOSSIERS_STEP_PLAN_H_

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/procedures/process.h"
#include "motcua/time/time_limit.h"

namespace motcua {

struct PlannedStep {
  std::uint8_t number = 0;  // 1 to 255
  std::string name;
  std::string agency;            // who does it; may be empty
  std::string limit;             // as TimeLimit, reckoned by working hours; empty: untimed
  std::uint8_t shares = 0;       // the step whose limit it shares; 0: its own
  std::vector<int> after;        // done before it begins; empty: the step before
  bool follows_nothing = false;  // begins with the acceptance although it is not the first
};

class StepPlan {
 public:
  // Errors: kInvalidArgument naming step and field: a number out of range or given twice, a
  // limit that cannot be read, `after` or `shares` that is no earlier step, no step at all.
  static absl::StatusOr<StepPlan> Of(std::vector<PlannedStep> steps);
  // The process that a catalogue holds; of `only`, if not empty, the steps of these numbers,
  // each after what came before those left out. Errors as above.
  static absl::StatusOr<StepPlan> Of(const Process& process,
                                     std::span<const std::int32_t> only = {});

  const std::vector<PlannedStep>& steps() const { return steps_; }  // by number
  const std::optional<TimeLimit>& limit(std::size_t k) const { return limits_[k]; }
  // Indices of what has to be done before step k, and of the step whose limit it shares.
  const std::vector<std::size_t>& before(std::size_t k) const { return before_[k]; }
  std::size_t shared(std::size_t k) const { return shared_[k]; }
  // Whether step `later` comes, directly or not, after step k.
  bool Follows(std::size_t later, std::size_t k) const { return earlier_[later].test(k); }
  std::optional<std::size_t> Find(int number) const;

 private:
  absl::Status Link(std::size_t k);

  std::vector<PlannedStep> steps_;
  std::vector<std::optional<TimeLimit>> limits_;
  std::vector<std::vector<std::size_t>> before_;
  std::vector<std::size_t> shared_;
  std::vector<std::bitset<255>> earlier_;  // all that comes before, directly or not
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_STEP_PLAN_H_
