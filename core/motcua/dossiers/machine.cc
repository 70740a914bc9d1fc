#include "motcua/dossiers/machine.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/machine_text.h"

namespace motcua {

struct Machine::Tables {
  MachineOptions options;
  MachineHead head;
  std::vector<Transition> rows;  // by status and event
  // rows of (status, event) are [first[s * kinds + e], first[s * kinds + e + 1])
  std::array<std::uint16_t, kDossierStatusCount* kEventKindCount + 1> first = {};
  // rows of (state, event): where they begin and how many they are
  std::vector<std::pair<std::uint16_t, std::uint16_t>> of_state;
};

namespace {

std::size_t KeyOf(DossierStatus status, EventKind event) {
  return static_cast<std::size_t>(status) * kEventKindCount + static_cast<std::size_t>(event);
}

bool RowIsSound(const TransitionRow& row) {
  const bool moves = row.to >= 1 && row.to < kDossierStatusCount;
  const bool target = moves || (row.from != 0 && (row.to == kToSame || row.to == kToPrevious));
  return row.from < kDossierStatusCount && row.event < kEventKindCount && target &&
         row.role < kRoleCount && row.roles < (1u << kRoleCount) && row.clock < kClockEffectCount &&
         row.option[0] < kMachineOptionCount && row.option[1] < kMachineOptionCount &&
         row.guards < (1u << kGuardCount);
}

// The head of a machine whose states are the portal's statuses.
std::vector<MachineState> PortalStates() {
  std::vector<MachineState> states;
  for (int code = 0; code < kDossierStatusCount; ++code) {
    const auto status = static_cast<DossierStatus>(code);
    states.push_back({std::string(NameOf(status)), status, std::string(VietnameseNameOf(status))});
  }
  return states;
}

bool IsInForce(const Transition& row, const MachineOptions& options) {
  for (std::size_t k = 0; k < kRowOptionCount; ++k) {
    const bool asks = row.option[k] != MachineOption::kAlways;
    if (asks && row.choice[k] != options.choice(row.option[k])) return false;
  }
  return true;
}

}  // namespace

absl::Status MachineOptions::Set(std::string_view option, std::string_view choice) {
  std::string options;
  for (std::uint8_t k = 1; k < kMachineOptionCount; ++k) {
    const auto known = static_cast<MachineOption>(k);
    absl::StrAppend(&options, k == 1 ? "one of " : ", ", ToAbsl(NameOf(known)));
    if (NameOf(known) != option) continue;
    std::string choices;
    for (std::uint8_t c = 0; !ChoiceName(known, c).empty(); ++c) {
      absl::StrAppend(&choices, c == 0 ? "one of " : ", ", ToAbsl(ChoiceName(known, c)));
      if (ChoiceName(known, c) != choice) continue;
      choices_[k] = c;
      return absl::OkStatus();
    }
    return Error(Reason::kInvalidArgument, option, choice, choices);
  }
  return Error(Reason::kInvalidArgument, "machine option", option, options);
}

Machine Machine::Of(std::vector<Transition> transitions, const MachineOptions& options,
                    MachineHead head) {
  auto tables = std::make_shared<Tables>();
  tables->options = options;
  if (head.states.empty()) head.states = PortalStates();
  tables->head = std::move(head);
  std::erase_if(transitions, [&](const Transition& row) { return !IsInForce(row, options); });
  std::stable_sort(transitions.begin(), transitions.end(),
                   [](const Transition& a, const Transition& b) {
                     return std::pair(KeyOf(a.from, a.event), a.from_state) <
                            std::pair(KeyOf(b.from, b.event), b.from_state);
                   });
  tables->rows = std::move(transitions);
  for (const Transition& row : tables->rows) ++tables->first[KeyOf(row.from, row.event) + 1];
  for (std::size_t k = 1; k < tables->first.size(); ++k) {
    tables->first[k] = static_cast<std::uint16_t>(tables->first[k] + tables->first[k - 1]);
  }
  tables->of_state.resize(tables->head.states.size() * kEventKindCount);
  for (std::size_t k = 0; k < tables->rows.size(); ++k) {
    const Transition& row = tables->rows[k];
    if (row.from_state >= tables->head.states.size()) continue;
    auto& [first, count] = tables->of_state[row.from_state * std::size_t{kEventKindCount} +
                                            static_cast<std::size_t>(row.event)];
    if (count++ == 0) first = static_cast<std::uint16_t>(k);
  }
  return Machine(std::move(tables));
}

absl::StatusOr<Machine> Machine::National(const MachineOptions& options, const Dataset& dataset) {
  std::vector<Transition> transitions;
  for (const TransitionRow& row : dataset.table<TransitionRow>("dossiers.machine")) {
    if (!RowIsSound(row) || !dataset.HasText(row.source)) {
      return Error(Reason::kMalformedData, "dataset table dossiers.machine holds an unknown word");
    }
    transitions.push_back({.from = static_cast<DossierStatus>(row.from),
                           .event = static_cast<EventKind>(row.event),
                           .guards = row.guards,
                           .to = row.to,
                           .role = static_cast<Role>(row.role),
                           .clock = static_cast<ClockEffect>(row.clock),
                           .visit = row.visit != 0,
                           .option = {static_cast<MachineOption>(row.option[0]),
                                      static_cast<MachineOption>(row.option[1])},
                           .choice = {row.choice[0], row.choice[1]},
                           .source = std::string(dataset.text(row.source)),
                           .roles = row.roles,
                           .from_state = row.from,
                           .to_state = row.to < kToSame ? row.to : std::uint8_t{0}});
  }
  if (transitions.empty()) {
    return Error(Reason::kMalformedData, "dataset has no table dossiers.machine");
  }
  return Of(std::move(transitions), options);
}

absl::StatusOr<Machine> Machine::Draft(std::string_view text, const MachineOptions& options) {
  // Windows programs begin a file with a byte order mark.
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.starts_with("from\t")) {
    MOTCUA_RETURN_IF_ERROR(ValidateMachineText(text));
    MOTCUA_ASSIGN_OR_RETURN(std::vector<Transition> rows, ParseTransitions("machine", text));
    Machine machine = Of(std::move(rows), options);
    if (!machine.transitions().empty()) return machine;
    return Error(Reason::kMalformedData, "machine, transitions", "",
                 "at least one transition that is in force");
  }
  return ReadMachineText(text, options);
}

absl::StatusOr<Machine> Machine::Parse(std::string_view text, const MachineOptions& options) {
  MOTCUA_ASSIGN_OR_RETURN(Machine machine, Draft(text, options));
  const std::vector<Problem> problems = machine.Check();
  if (problems.empty()) return machine;
  const Problem& first = problems.front();
  return Error(Reason::kMalformedData, absl::StrCat("machine, ", first.subject, ", ", first.field),
               first.value, first.expected);
}

const MachineOptions& Machine::options() const { return tables_->options; }

const MachineHead& Machine::head() const { return tables_->head; }

std::optional<StateNumber> Machine::StateNamed(std::string_view name) const {
  for (std::size_t k = 0; k < states().size(); ++k) {
    if (states()[k].name == name) return static_cast<StateNumber>(k);
  }
  return std::nullopt;
}

std::span<const Transition> Machine::transitions() const { return tables_->rows; }

std::span<const Transition> Machine::On(DossierStatus from, EventKind event) const {
  const std::size_t key = KeyOf(from, event);
  return transitions().subspan(tables_->first[key], tables_->first[key + 1] - tables_->first[key]);
}

std::span<const Transition> Machine::From(StateNumber state, EventKind event) const {
  if (state >= states().size()) return {};
  const auto [first, count] =
      tables_->of_state[state * std::size_t{kEventKindCount} + static_cast<std::size_t>(event)];
  return transitions().subspan(first, count);
}

bool Machine::IsTerminal(DossierStatus status) const {
  return tables_->first[KeyOf(status, EventKind::kSubmit)] ==
         tables_->first[KeyOf(status, EventKind::kTransfer) + 1];
}

bool Machine::IsTerminalState(StateNumber state) const {
  return std::none_of(tables_->rows.begin(), tables_->rows.end(),
                      [&](const Transition& row) { return row.from_state == state; });
}

MachineDecision Machine::Decide(StateNumber state, EventKind event, std::optional<Role> role,
                                const GuardFacts& facts) const {
  const auto rows = From(state, event);
  if (rows.empty()) return {nullptr, "no_transition", Allowed(state)};
  std::uint16_t failing = 0;
  for (const Transition& row : rows) {
    const std::uint16_t missing = motcua::FailingGuards(row.guards, facts);
    if (missing == 0 && role && !row.MayBeDoneBy(*role)) return {nullptr, "role", RoleNames(row)};
    if (missing == 0) return {&row, "allowed", row.source};
    failing = CloserGuards(failing, missing);
  }
  return {nullptr, "guard", GuardNames(failing)};
}

std::string Machine::Allowed(StateNumber state) const {
  std::string names;
  for (int code = 0; code < kEventKindCount; ++code) {
    const auto event = static_cast<EventKind>(code);
    if (From(state, event).empty()) continue;
    absl::StrAppend(&names, names.empty() ? "" : ", ", ToAbsl(NameOf(event)));
  }
  return names.empty() ? "nothing" : names;
}

}  // namespace motcua
