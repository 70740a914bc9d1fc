// The deadlines of batch.h: blocks that need no care by a kernel, the others row by row.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "motcua/time/batch_plan.h"
#include "motcua/time/plain_deadline.h"

namespace motcua {
namespace {

absl::StatusOr<MinuteNumber> AskRow(const BatchRules& rules, std::int32_t calendar,
                                    std::int32_t limit, MinuteNumber accepted_at) {
  MOTCUA_RETURN_IF_ERROR(CheckEntries(rules, calendar, limit));
  if (accepted_at == kNoMinute) return accepted_at;
  MOTCUA_ASSIGN_OR_RETURN(const Deadline deadline,
                          ComputeDeadline(rules.calendars[static_cast<std::size_t>(calendar)],
                                          rules.limits[static_cast<std::size_t>(limit)],
                                          accepted_at, {.policy = rules.policy}));
  return deadline.due;
}

// A row without an answer so far: NaT, a limit of none, or a failure, whose reason is asked here.
void AnswerSlowly(const BatchRules& rules, std::size_t row, std::int32_t calendar,
                  std::int32_t limit, MinuteNumber accepted_at, MinuteNumber& due,
                  Failures& failures) {
  due = kNoMinute;
  const absl::StatusOr<MinuteNumber> answer = AskRow(rules, calendar, limit, accepted_at);
  if (answer.ok()) {
    due = *answer;
    return;
  }
  failures.Add(row, [&] { return answer.status(); });
}

// Every row of a batch; the blocks that need no care by a kernel.
class DeadlineBatch {
 public:
  DeadlineBatch(const BatchRules& rules, Strided<const MinuteNumber> accepted_at,
                Strided<MinuteNumber> due)
      : rules_(rules),
        planner_(rules),
        accepted_at_(accepted_at),
        due_(due),
        calendar_(rules.calendar_of_row ? rules.calendar_of_row : kZeros),
        limit_(rules.limit_of_row ? rules.limit_of_row : kZeros) {}

  BatchErrors Run(std::size_t rows) {
    const bool mixed = rules_.calendar_of_row || rules_.limit_of_row;
    switch (planner_.CommonKind()) {
      case Plan::Kind::kByDay:
        mixed ? RunMixed<ByDay>(rows) : RunAlike<ByDay>(rows);
        break;
      case Plan::Kind::kByMinute:
        mixed ? RunMixed<ByMinute>(rows) : RunAlike<ByMinute>(rows);
        break;
      case Plan::Kind::kByPlainDay:
        mixed ? RunMixed<ByPlainDay>(rows) : RunAlike<ByPlainDay>(rows);
        break;
      case Plan::Kind::kRowByRow:
        RunRows(0, rows);
    }
    return failures_.Take();
  }

 private:
  static constexpr std::int32_t kZero = 0;
  static inline const Strided<const std::int32_t> kZeros{&kZero, 0};

  // One calendar and one limit: rows in [base, last] all leave room for the limit.
  template <typename Kernel>
  void RunAlike(std::size_t rows) {
    const Plan& plan = planner_.plans().front();
    const Planner::Rule rule = planner_.RuleOf(0, plan);
    const MinuteTables& tables = *rule.tables;
    const MinuteNumber base = tables.base;
    const std::uint32_t room = Kernel::RoomBefore(tables, plan.amount);
    const MinuteNumber last = base + (room == 0 ? 0 : tables.select[room] * kMinutesPerDay) - 1;
    BlockReader<MinuteNumber> reader(accepted_at_);
    BlockWriter<MinuteNumber> writer(due_);
    std::array<std::uint32_t, kBlockRows> found;
    for (std::size_t begin = 0; begin < rows; begin += kBlockRows) {
      const MinuteNumber* from = nullptr;
      if (last < base || rows - begin < kBlockRows ||
          !AllWithin(from = reader.Read(begin), base, last)) {
        RunRows(begin, std::min(begin + kBlockRows, rows));
        continue;
      }
      for (std::size_t k = 0; k < kBlockRows; ++k) {
        found[k] = Kernel::Seek(tables, rule.last_in_time, plan.amount,
                                static_cast<std::uint32_t>(from[k] - base));
      }
      MinuteNumber* const to = writer.Begin(begin);
      for (std::size_t k = 0; k < kBlockRows; ++k) to[k] = base + Kernel::Land(tables, found[k]);
      writer.End(begin);
    }
  }

  // Calendars and limits by row. The tables of all calendars may be larger than the cache: the
  // loops over a block are short, so that the look-ups of many rows overlap.
  template <typename Kernel>
  void RunMixed(std::size_t rows) {
    MinuteNumber first = std::numeric_limits<MinuteNumber>::min();
    MinuteNumber last = std::numeric_limits<MinuteNumber>::max();
    for (const MinuteTables& tables : planner_.tables()) {
      first = std::max(first, tables.base);
      last = std::min(last, tables.base + static_cast<MinuteNumber>(tables.span) - 1);
    }
    BlockReader<MinuteNumber> reader(accepted_at_);
    BlockReader<std::int32_t> calendars(calendar_), limits(limit_);
    const std::span<const Planner::Rule> rules = planner_.rules();
    BlockWriter<MinuteNumber> writer(due_);
    const auto last_calendar = static_cast<std::int64_t>(planner_.slots().calendar_count()) - 1;
    const auto last_limit = static_cast<std::int64_t>(planner_.plans().size()) - 1;
    for (std::size_t begin = 0; begin < rows; begin += kBlockRows) {
      const std::size_t end = std::min(begin + kBlockRows, rows);
      if (end - begin < kBlockRows) {
        RunRows(begin, end);
        break;
      }
      const MinuteNumber* const from = reader.Read(begin);
      const std::int32_t* const calendar = calendars.Read(begin);
      const std::int32_t* const limit = limits.Read(begin);
      if (AllWithin(from, first, last) && AllWithin(calendar, 0, last_calendar) &&
          AllWithin(limit, 0, last_limit) && SeekBlock<Kernel>(from, calendar, limit)) {
        MinuteNumber* const to = writer.Begin(begin);
        for (std::size_t k = 0; k < kBlockRows; ++k) {
          const MinuteTables& tables = *rules[rule_[k]].tables;
          to[k] = tables.base + Kernel::Land(tables, found_[k]);
        }
        writer.End(begin);
      } else {
        RunRows(begin, end);
      }
    }
  }

  // False if a row of the block ends past the coverage of its calendar.
  template <typename Kernel>
  bool SeekBlock(const MinuteNumber* from, const std::int32_t* calendar,
                 const std::int32_t* limit) {
    const std::span<const Plan> plans = planner_.plans();
    const std::span<const Planner::Rule> rules = planner_.rules();
    const std::span<const std::uint32_t> slots = planner_.slots().of_calendar();
    const auto cutoffs = static_cast<std::uint32_t>(planner_.cutoff_count());
    std::int32_t signs = 0;
    for (std::size_t k = 0; k < kBlockRows; ++k) {
      const Plan& plan = plans[static_cast<std::uint32_t>(limit[k])];
      const std::uint32_t at =
          slots[static_cast<std::uint32_t>(calendar[k])] * cutoffs + plan.cutoff;
      const MinuteTables& tables = *rules[at].tables;
      const std::uint32_t found = Kernel::Seek(tables, rules[at].last_in_time, plan.amount,
                                               static_cast<std::uint32_t>(from[k] - tables.base));
      signs |= static_cast<std::int32_t>(Kernel::Last(tables) - found);
      found_[k] = found;
      rule_[k] = at;
    }
    return signs >= 0;
  }

  void RunRows(std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const MinuteNumber accepted = accepted_at_[row];
      due_[row] = DueOf(calendar_[row], limit_[row], accepted);
      if (due_[row] == kNoMinute) {
        AnswerSlowly(rules_, row, calendar_[row], limit_[row], accepted, due_[row], failures_);
      }
    }
  }

  // kNoMinute where the row is none, or fails.
  MinuteNumber DueOf(std::int32_t calendar, std::int32_t limit, MinuteNumber accepted) const {
    const bool known = planner_.slots().Has(calendar) &&
                       static_cast<std::uint32_t>(limit) < planner_.plans().size();
    if (!known) return kNoMinute;
    const Plan& plan = planner_.PlanOf(limit);
    const Planner::Rule& rule = planner_.RuleOf(calendar, plan);
    switch (Planner::Counts(rule, plan.kind) ? plan.kind : Plan::Kind::kRowByRow) {
      case Plan::Kind::kByDay:
        return DueBy<ByDay>(rule, plan.amount, accepted);
      case Plan::Kind::kByMinute:
        return DueBy<ByMinute>(rule, plan.amount, accepted);
      case Plan::Kind::kByPlainDay:
        return DueBy<ByPlainDay>(rule, plan.amount, accepted);
      case Plan::Kind::kRowByRow:
        break;
    }
    return ComputePlainDeadline(rules_.calendars[static_cast<std::size_t>(calendar)],
                                rules_.limits[static_cast<std::size_t>(limit)], rules_.policy,
                                accepted)
        .due;
  }

  template <typename Kernel>
  static MinuteNumber DueBy(const Planner::Rule& rule, std::uint32_t amount,
                            MinuteNumber accepted) {
    const MinuteTables& tables = *rule.tables;
    const std::uint64_t minute = tables.Offset(accepted);
    if (minute >= tables.span) return kNoMinute;
    const std::uint32_t found =
        Kernel::Seek(tables, rule.last_in_time, amount, static_cast<std::uint32_t>(minute));
    return found > Kernel::Last(tables) ? kNoMinute : tables.base + Kernel::Land(tables, found);
  }

  const BatchRules& rules_;
  const Planner planner_;
  Strided<const MinuteNumber> accepted_at_;
  Strided<MinuteNumber> due_;
  Strided<const std::int32_t> calendar_, limit_;
  Failures failures_;
  // Of the block at hand, by row.
  std::array<std::uint32_t, kBlockRows> found_, rule_;
};

}  // namespace

BatchErrors Deadlines(const BatchRules& rules, std::size_t rows,
                      Strided<const MinuteNumber> accepted_at, Strided<MinuteNumber> due) {
  return DeadlineBatch(rules, accepted_at, due).Run(rows);
}

}  // namespace motcua
