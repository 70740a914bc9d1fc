// The deadline kernels of batch.h. A limit of one term in working days or hours, which is
// nearly every limit there is, is a kind and an amount, and needs one threshold for each kind of
// day. Any other limit goes row by row through ComputeDeadline.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "motcua/time/batch_rows.h"

namespace motcua {
namespace {

constexpr std::uint32_t kMinutesPerWorkingDay = 480;

// Office hours as the kernels need them, at most two periods; four to a cache line.
struct alignas(16) Hours {
  explicit Hours(const DayPattern& pattern)
      : off(pattern.working() ? 0 : 1),
        gap(static_cast<std::uint16_t>(pattern.count == 2 ? pattern.open[1] - pattern.close[0]
                                                          : 0)) {
    for (std::size_t k = 0; k < 2; ++k) {
      open[k] = static_cast<std::int16_t>(pattern.open[k]);
      length[k] = static_cast<std::int16_t>(pattern.close[k] - pattern.open[k]);
    }
  }

  std::array<std::int16_t, 2> open, length;
  std::uint16_t off;  // 1 on a day off
  std::uint16_t gap;  // the break between the periods
};

// The tables of one index that a row needs, side by side. Minutes count from the first day.
struct MinuteTables {
  explicit MinuteTables(const DayIndex& of)
      : rank(of.rank.data()),
        pattern(of.pattern.data()),
        closing(of.closing.data()),
        minutes_before(of.minutes_before.data()),
        guess(of.guess.data()),
        select(of.day_of_ordinal.data()),
        base(StartOf(of.first())),
        span(of.rank.size() * kMinutesPerDay),
        working_days(static_cast<std::uint32_t>(of.working_day_count())),
        guess_steps(of.guess_steps),
        index(&of),
        hours(of.patterns.begin(), of.patterns.end()) {}

  // `span` or more where the minute is not covered.
  std::uint64_t Offset(MinuteNumber minute) const {
    return static_cast<std::uint64_t>(minute) - static_cast<std::uint64_t>(base);
  }

  const std::uint16_t* rank;
  const std::uint8_t* pattern;
  const std::uint32_t* closing;
  const std::uint32_t* minutes_before;
  const std::uint16_t* guess;
  const std::uint16_t* select;
  MinuteNumber base;
  std::uint64_t span;
  std::uint32_t working_days;
  int guess_steps;
  const DayIndex* index;
  std::vector<Hours> hours;
};

// By kind of day: the last minute at which the day itself still is day 0 and no cut-off has
// passed; -1 on a day off. Later acceptances count from the next working day.
using Thresholds = std::vector<std::int16_t>;

// The last minute of a working day whose effective start, on that day, is not after `limit`.
int LastStartBy(const DayPattern& hours, int limit) {
  for (std::size_t k = hours.count; k-- > 0;) {
    if (limit >= hours.close[k]) return hours.close[k];
    if (limit >= hours.open[k]) return limit;
    // Before this period's opening: a minute in the break before it already starts in it.
  }
  return -1;
}

// Empty if some day opens after its cut-off, where the next day's opening would be late again.
Thresholds MakeThresholds(const DayIndex& index, const Cutoff& cutoff) {
  Thresholds thresholds;
  for (const DayPattern& hours : index.patterns) {
    int last = hours.last_close();
    if (hours.working() && cutoff.effect != CutoffEffect::kNone) {
      const int in_time = cutoff.last_hour ? hours.last_close() - 60 : int{cutoff.minute};
      if (in_time < hours.first_open()) return {};
      last = LastStartBy(hours, in_time);
    }
    thresholds.push_back(static_cast<std::int16_t>(last));
  }
  return thresholds;
}

// A limit as the kernels count it.
struct Plan {
  enum class Kind : std::uint32_t { kByDay, kByMinute, kRowByRow } kind = Kind::kRowByRow;
  std::uint32_t amount = 0;  // working days or working minutes
  std::uint32_t cutoff = 0;  // among the distinct ones of the batch
};

Plan MakePlan(const TimeLimit& limit, Policy policy) {
  if (limit.terms().size() != 1) return {};
  const LimitTerm term = limit.terms().front();
  const auto quarters = static_cast<std::uint32_t>(term.quarters);
  if (term.unit == LimitUnit::kWorkingDay && policy == Policy::kByDay) {
    if (!term.whole()) return {};
    return {Plan::Kind::kByDay, quarters / 4, 0};
  }
  if (term.unit != LimitUnit::kWorkingDay && term.unit != LimitUnit::kWorkingHour) return {};
  // The result of a late day is due a day later, and 0 minutes are due at the start.
  if (quarters == 0 || limit.cutoff().effect == CutoffEffect::kResult) return {};
  return {Plan::Kind::kByMinute,
          quarters * (term.unit == LimitUnit::kWorkingHour ? 15 : kMinutesPerWorkingDay / 4), 0};
}

// A minute since the first day, taken apart.
struct DayAndMinute {
  explicit DayAndMinute(std::uint32_t minute)
      : day(minute / static_cast<std::uint32_t>(kMinutesPerDay)),
        at(static_cast<std::int32_t>(minute - day * static_cast<std::uint32_t>(kMinutesPerDay))) {}
  std::uint32_t day;
  std::int32_t at;  // of the day
};

// A kernel takes a minute since the first day in two steps, so that the look-ups of many rows
// overlap: Seek finds the ordinal of the due day, or the working minute that is due, and Land
// the due minute. What Seek gives is at most Last if the limit ends within coverage. Both are
// free of branches: half of all acceptances are late, in the afternoon, and so on.
struct ByDay {
  static std::uint32_t Seek(const MinuteTables& tables, const std::int16_t* last_in_time,
                            std::uint32_t days, std::uint32_t minute) {
    const DayAndMinute accepted(minute);
    return tables.rank[accepted.day] + days +
           (accepted.at > last_in_time[tables.pattern[accepted.day]] ? 1u : 0u);
  }
  static std::uint32_t Last(const MinuteTables& tables) { return tables.working_days; }
  static std::uint32_t Land(const MinuteTables& tables, std::uint32_t ordinal) {
    return tables.closing[ordinal];
  }
  // Acceptances before the start of this working day leave room for the limit; 0: none.
  static std::uint32_t RoomBefore(const MinuteTables& tables, std::uint32_t days) {
    return days < tables.working_days ? tables.working_days - days : 0;
  }
};

struct ByMinute {
  static std::uint32_t Seek(const MinuteTables& tables, const std::int16_t* last_in_time,
                            std::uint32_t minutes, std::uint32_t minute) {
    const DayAndMinute accepted(minute);
    const std::uint32_t kind = tables.pattern[accepted.day];
    const Hours& hours = tables.hours[kind];
    // Too late for the day is later than all of its periods.
    const int at = accepted.at | (-static_cast<int>(accepted.at > last_in_time[kind]) & 2048);
    const auto worked = [&](std::size_t k) {
      return std::min<int>(std::max(at - hours.open[k], 0), hours.length[k]);
    };
    return tables.minutes_before[tables.rank[accepted.day] + hours.off] +
           static_cast<std::uint32_t>(worked(0) + worked(1)) + minutes;
  }
  static std::uint32_t Last(const MinuteTables& tables) {
    return tables.minutes_before[tables.working_days + 1];
  }
  static std::uint32_t Land(const MinuteTables& tables, std::uint32_t target) {
    std::uint32_t ordinal = *Guess(tables, target);
    for (int step = 0; step < tables.guess_steps; ++step) {
      ordinal += tables.minutes_before[ordinal + 1] < target ? 1 : 0;
    }
    // Back from the closing minute, over the break if the afternoon is shorter than that.
    const std::uint32_t unused = tables.minutes_before[ordinal + 1] - target;
    const Hours& hours = tables.hours[tables.pattern[tables.select[ordinal]]];
    const auto morning = static_cast<std::uint32_t>(static_cast<int>(unused) >= hours.length[1]);
    return tables.closing[ordinal] - unused - (hours.gap & (0 - morning));
  }
  static std::uint32_t RoomBefore(const MinuteTables& tables, std::uint32_t minutes) {
    const std::uint32_t total = Last(tables);
    if (minutes >= total) return 0;
    return static_cast<std::uint32_t>(tables.index->OrdinalOf(std::int64_t{total} - minutes));
  }

 private:
  static const std::uint16_t* Guess(const MinuteTables& tables, std::uint32_t target) {
    return tables.guess + ((target - 1) >> DayIndex::kGuessShift);
  }
};

// The tables of every distinct index and the plan of every limit.
class Planner {
 public:
  // A calendar under a cut-off.
  struct Rule {
    const MinuteTables* tables;
    const std::int16_t* last_in_time;  // null where no kernel can count
  };

  explicit Planner(const BatchRules& rules) : slots_(rules.calendars) {
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
    return rule.last_in_time != nullptr &&
           (kind == Plan::Kind::kByDay ||
            (kind == Plan::Kind::kByMinute && rule.tables->index->two_periods));
  }

  // The kind of every limit under every calendar; kRowByRow if they differ or one must be asked.
  Plan::Kind CommonKind() const {
    const Plan::Kind kind = plans_.front().kind;
    const bool common = std::all_of(plans_.begin(), plans_.end(),
                                    [&](const Plan& plan) { return plan.kind == kind; }) &&
                        std::all_of(rules_.begin(), rules_.end(),
                                    [&](const Rule& rule) { return Counts(rule, kind); });
    return common ? kind : Plan::Kind::kRowByRow;
  }

 private:
  Slots slots_;
  std::vector<Cutoff> cutoffs_;         // distinct
  std::vector<Plan> plans_;             // by limit
  std::vector<MinuteTables> tables_;    // by slot
  std::vector<Thresholds> thresholds_;  // by slot and cut-off
  std::vector<Rule> rules_;             // likewise
};

absl::StatusOr<MinuteNumber> AskRow(const BatchRules& rules, std::int32_t calendar,
                                    std::int32_t limit, MinuteNumber accepted_at) {
  const auto check = [](std::string_view field, std::int32_t at, std::size_t size) {
    const bool known = at >= 0 && static_cast<std::size_t>(at) < size;
    return known ? absl::OkStatus() : NoSuchEntry(field, at, size);
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
                  Failures& failures) {
  due = kNoMinute;
  if (accepted_at == kNoMinute) return;
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

  // kNoMinute where the row is none, or fails, or no kernel can count it.
  MinuteNumber DueOf(std::int32_t calendar, std::int32_t limit, MinuteNumber accepted) const {
    const bool known = planner_.slots().Has(calendar) &&
                       static_cast<std::uint32_t>(limit) < planner_.plans().size();
    if (!known) return kNoMinute;
    const Plan& plan = planner_.PlanOf(limit);
    const Planner::Rule& rule = planner_.RuleOf(calendar, plan);
    if (!Planner::Counts(rule, plan.kind)) return kNoMinute;
    return plan.kind == Plan::Kind::kByDay ? DueBy<ByDay>(rule, plan.amount, accepted)
                                           : DueBy<ByMinute>(rule, plan.amount, accepted);
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
