#include "motcua/dossiers/register.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {

namespace {

// The events of every dossier: those of number d are first[d] .. first[d + 1], as places in
// `events`, or as the rows themselves where they arrived dossier by dossier.
struct ByDossier {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> events;  // empty: the rows themselves

  explicit ByDossier(const EventLog& log) {
    const auto rows = log.rows();
    if (const auto known = log.first_rows(); !known.empty()) {
      first = {0};
      first.insert(first.end(), known.begin(), known.end());
      first.push_back(static_cast<std::uint32_t>(rows.size()));
      return;
    }
    first.assign(log.dossiers().size() + 1, 0);
    events.resize(rows.size());
    for (const EventRow& row : rows) ++first[row.dossier + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t k = 0; k < rows.size(); ++k) events[next[rows[k].dossier]++] = k;
  }

  // Into `out`, in order of arrival.
  void Copy(std::uint32_t dossier, std::vector<std::uint32_t>& out) const {
    out.resize(first[dossier + 1] - first[dossier]);
    if (events.empty()) {
      std::iota(out.begin(), out.end(), first[dossier]);
    } else {
      std::copy_n(events.begin() + first[dossier], out.size(), out.begin());
    }
  }
  // Events that did not arrive dossier by dossier lie far apart.
  void Prefetch(std::uint32_t dossier, std::span<const EventRow> rows) const {
    if (events.empty()) return;
    for (std::uint32_t k = first[dossier]; k < first[dossier + 1]; ++k) {
      __builtin_prefetch(&rows[events[k]]);
    }
  }
};

}  // namespace

struct DossierRegister::Tables {
  EventLog log;
  FoldRules rules;
  MinuteNumber as_of;
  std::vector<Dossier> dossiers;
  std::vector<std::string> limits;
  std::vector<Problem> problems;
  ByDossier by_dossier;
  std::vector<Machine> machines = {};
};

namespace {

std::vector<std::uint32_t> SortedByCode(const TextTable& dossiers) {
  std::vector<std::uint32_t> numbers(dossiers.size() - 1);
  std::iota(numbers.begin(), numbers.end(), 1u);
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return dossiers[a] < dossiers[b]; };
  // Numbers are given by arrival, which for running numbers is the order of the codes.
  if (!std::is_sorted(numbers.begin(), numbers.end(), before)) {
    std::sort(numbers.begin(), numbers.end(), before);
  }
  return numbers;
}

// The processes of the catalogue for the procedures that the log names and nobody planned. One
// that is no plan gives no steps; Catalogue::Check tells of it.
void AddProcesses(const TextTable& texts, FoldRules& rules) {
  if (!rules.catalogue || !rules.catalogue_processes) return;
  const auto groups = rules.catalogue->groups();
  if (rules.case_plans.empty()) rules.case_plans.resize(groups.size());
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const Process* process = rules.catalogue->ProcessOf(groups[k].code);
    if (process == nullptr || rules.plans.count(groups[k].code) != 0) continue;
    absl::StatusOr<StepPlan> plan = StepPlan::Of(*process, groups[k].steps);
    if (plan.ok()) rules.case_plans[k] = *std::move(plan);
  }
  for (const Process& process : rules.catalogue->processes()) {
    if (!texts.Find(process.code) || rules.plans.count(process.code) != 0) continue;
    absl::StatusOr<StepPlan> plan = StepPlan::Of(process);
    if (plan.ok()) rules.plans.emplace(process.code, *std::move(plan));
  }
}

// A machine that says which procedures it is for is folded with for those, the national one for
// all others.
absl::Status SplitMachines(FoldRules& rules) {
  const std::vector<std::string>& named = rules.machine.head().procedures;
  if (!named.empty()) {
    for (const std::string& procedure : named) {
      if (rules.machines.emplace(procedure, rules.machine).second) continue;
      return Error(Reason::kInvalidArgument, "machine of procedure", procedure,
                   "one machine a procedure");
    }
    MOTCUA_ASSIGN_OR_RETURN(rules.machine, Machine::National());
  }
  MOTCUA_RETURN_IF_ERROR(TimeLimit::Parse(rules.machine.options().silence).status());
  for (const auto& [procedure, machine] : rules.machines) {
    MOTCUA_RETURN_IF_ERROR(TimeLimit::Parse(machine.options().silence).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DossierRegister> DossierRegister::Fold(const EventLog& log, const FoldRules& rules,
                                                      MinuteNumber as_of) {
  MOTCUA_RETURN_IF_ERROR(rules.terms.Check());
  const MinuteNumber last = log.last();
  auto tables = std::make_shared<Tables>(
      Tables{log, rules, as_of == kNoMinute ? last : as_of, {}, {}, {}, ByDossier(log)});
  MOTCUA_RETURN_IF_ERROR(SplitMachines(tables->rules));
  tables->machines.push_back(tables->rules.machine);
  for (const auto& [procedure, machine] : tables->rules.machines) {
    tables->machines.push_back(machine);
  }
  AddProcesses(log.texts(), tables->rules);
  DossierFold fold(tables->log, tables->rules, tables->problems);
  tables->dossiers.reserve(log.dossiers().size());
  const std::vector<std::uint32_t> numbers = SortedByCode(log.dossiers());
  std::vector<std::uint32_t> events;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (k + 2 < numbers.size()) tables->by_dossier.Prefetch(numbers[k + 2], log.rows());
    tables->by_dossier.Copy(numbers[k], events);
    const Dossier& dossier = fold.Run(events, tables->as_of, nullptr);
    if (dossier.status != DossierStatus::kNone) tables->dossiers.push_back(dossier);
  }
  if (tables->as_of < last) fold.RefuseUncovered(tables->as_of);
  tables->limits = fold.limits();
  return DossierRegister(std::move(tables));
}

absl::StatusOr<DossierRegister> DossierRegister::AsOf(MinuteNumber as_of) const {
  if (as_of == tables_->as_of) return *this;
  return Fold(tables_->log, tables_->rules, as_of);
}

MinuteNumber DossierRegister::as_of() const { return tables_->as_of; }
const EventLog& DossierRegister::log() const { return tables_->log; }
const FoldRules& DossierRegister::rules() const { return tables_->rules; }
std::span<const Dossier> DossierRegister::dossiers() const { return tables_->dossiers; }
const std::vector<Problem>& DossierRegister::problems() const { return tables_->problems; }

absl::StatusOr<const Dossier*> DossierRegister::Find(std::string_view dossier) const {
  const auto at = std::lower_bound(
      tables_->dossiers.begin(), tables_->dossiers.end(), dossier,
      [&](const Dossier& row, std::string_view wanted) { return code(row) < wanted; });
  if (at == tables_->dossiers.end() || code(*at) != dossier) {
    return Error(Reason::kUnknownDossier, "dossier", dossier,
                 "a dossier of the log with an event that could be applied" + WhyNone(dossier));
  }
  return &*at;
}

// What was wrong with the first event of a dossier of which none could be applied.
std::string DossierRegister::WhyNone(std::string_view dossier) const {
  const auto events = Events(dossier);
  if (!events.ok()) return "";
  for (const Problem& problem : problems()) {
    const bool of_it = std::any_of(events->begin(), events->end(), [&](std::uint32_t event) {
      return log().event(event).id == problem.subject;
    });
    if (of_it) {
      const absl::Status why =
          Error(problem.reason, problem.field, problem.value, problem.expected);
      return absl::StrCat("; of event '", problem.subject, "' ", why.message());
    }
  }
  return "";
}

absl::StatusOr<std::vector<std::uint32_t>> DossierRegister::Events(std::string_view dossier) const {
  const auto number = tables_->log.dossiers().Find(dossier);
  if (!number || dossier.empty()) {
    return Error(Reason::kUnknownDossier, "dossier", dossier, "a dossier of the log");
  }
  std::vector<std::uint32_t> events;
  tables_->by_dossier.Copy(*number, events);
  return events;
}

absl::StatusOr<std::vector<Possibility>> DossierRegister::Possible(std::string_view dossier,
                                                                   MinuteNumber at) const {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<std::uint32_t> events, Events(dossier));
  std::vector<Problem> problems;
  DossierFold fold(tables_->log, tables_->rules, problems);
  return fold.Probe(events, at);
}

absl::StatusOr<StepRun> DossierRegister::Steps(std::string_view dossier) const {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<std::uint32_t> events, Events(dossier));
  std::vector<Problem> problems;
  DossierFold fold(tables_->log, tables_->rules, problems);
  fold.Run(events, tables_->as_of, nullptr);
  return fold.steps();
}

absl::StatusOr<std::vector<HistoryEntry>> DossierRegister::History(std::string_view dossier) const {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<std::uint32_t> events, Events(dossier));
  std::vector<Problem> problems;
  std::vector<HistoryEntry> history;
  DossierFold fold(tables_->log, tables_->rules, problems);
  fold.Run(events, tables_->as_of, &history);
  return history;
}

std::string_view DossierRegister::code(const Dossier& dossier) const {
  return tables_->log.dossiers()[dossier.dossier];
}
std::string_view DossierRegister::agency(const Dossier& dossier) const {
  return tables_->log.texts()[dossier.agency];
}
std::string_view DossierRegister::counted_at(const Dossier& dossier) const {
  return tables_->log.texts()[dossier.counted_at];
}
std::string_view DossierRegister::procedure(const Dossier& dossier) const {
  return tables_->log.texts()[dossier.procedure];
}
std::string_view DossierRegister::field(const Dossier& dossier) const {
  if (dossier.entry < 0) return {};
  return tables_->rules.catalogue->procedures()[static_cast<std::size_t>(dossier.entry)].field;
}
std::string_view DossierRegister::case_name(std::int32_t group) const {
  if (group < 0 || !tables_->rules.catalogue) return {};
  const auto groups = tables_->rules.catalogue->groups();
  const auto index = static_cast<std::size_t>(group);
  return index < groups.size() ? groups[index].case_name : std::string_view();
}
const Machine& DossierRegister::machine(std::uint16_t number) const {
  return tables_->machines[number];
}
std::string_view DossierRegister::limit(const Dossier& dossier) const {
  return limit(dossier.limit);
}
std::string_view DossierRegister::limit(std::int32_t number) const {
  if (number < 0 || static_cast<std::size_t>(number) >= tables_->limits.size()) return {};
  return tables_->limits[static_cast<std::size_t>(number)];
}

}  // namespace motcua
