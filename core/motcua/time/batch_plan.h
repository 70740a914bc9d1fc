// What a batch of deadlines prepares once: a limit of one term in working days, working hours or
// plain days, which is nearly every limit there is, is a kind and an amount for a kernel, and needs
// one threshold for each kind of day. Used by the batch_*.cc files only.
#ifndef MOTCUA_TIME_BATCH_PLAN_H_
#define MOTCUA_TIME_BATCH_PLAN_H_

#include <cstdint>
#include <span>
#include <vector>

#include "motcua/time/batch_kernels.h"

namespace motcua {

// A limit as the kernels count it.
struct Plan {
  enum class Kind : std::uint32_t {
    kByDay,
    kByMinute,
    kByPlainDay,
    kRowByRow
  } kind = Kind::kRowByRow;
  std::uint32_t amount = 0;  // working days, working minutes or plain days
  std::uint32_t cutoff = 0;  // among the distinct ones of the batch
};

// The tables of every distinct index and the plan of every limit.
class Planner {
 public:
  // A calendar under a cut-off.
  struct Rule {
    const MinuteTables* tables;
    const std::int16_t* last_in_time;  // null where no kernel can count
  };

  explicit Planner(const BatchRules& rules);

  const Slots& slots() const { return slots_; }
  std::span<const Plan> plans() const { return plans_; }
  std::span<const MinuteTables> tables() const { return tables_; }
  std::span<const Rule> rules() const { return rules_; }  // by slot and cut-off
  std::size_t cutoff_count() const { return cutoffs_.size(); }

  // Of known indices.
  const Plan& PlanOf(std::int32_t limit) const { return plans_[static_cast<std::size_t>(limit)]; }
  const Rule& RuleOf(std::int32_t calendar, const Plan& plan) const {
    return rules_[slots_.Of(calendar) * cutoffs_.size() + plan.cutoff];
  }
  static bool Counts(const Rule& rule, Plan::Kind kind) {
    return rule.last_in_time != nullptr && kind != Plan::Kind::kRowByRow &&
           (kind != Plan::Kind::kByMinute || rule.tables->index->two_periods);
  }

  // The kind of every limit under every calendar; kRowByRow if they differ or one must be asked.
  Plan::Kind CommonKind() const;

 private:
  Slots slots_;
  std::vector<Cutoff> cutoffs_;         // distinct
  std::vector<Plan> plans_;             // by limit
  std::vector<MinuteTables> tables_;    // by slot
  std::vector<Thresholds> thresholds_;  // by slot and cut-off
  std::vector<Rule> rules_;             // likewise
};

}  // namespace motcua

#endif  // MOTCUA_TIME_BATCH_PLAN_H_
