#include "motcua/dossiers/machine.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {

struct Machine::Tables {
  MachineOptions options;
  std::vector<Transition> rows;  // by status and event
  // rows of (status, event) are [first[s * kinds + e], first[s * kinds + e + 1])
  std::array<std::uint16_t, kDossierStatusCount* kEventKindCount + 1> first = {};
};

namespace {

std::size_t KeyOf(DossierStatus status, EventKind event) {
  return static_cast<std::size_t>(status) * kEventKindCount + static_cast<std::size_t>(event);
}

bool RowIsSound(const TransitionRow& row) {
  const bool target =
      (row.to >= 1 && row.to < kDossierStatusCount) || row.to == kToSame || row.to == kToPrevious;
  return row.from < kDossierStatusCount && row.event < kEventKindCount && target &&
         row.role < kRoleCount && row.clock < kClockEffectCount &&
         row.option < kMachineOptionCount && row.guards < (1u << kGuardCount);
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

Machine Machine::Of(std::vector<Transition> transitions, const MachineOptions& options) {
  auto tables = std::make_shared<Tables>();
  tables->options = options;
  std::erase_if(transitions, [&](const Transition& row) {
    return row.option != MachineOption::kAlways && row.choice != options.choice(row.option);
  });
  std::stable_sort(transitions.begin(), transitions.end(),
                   [](const Transition& a, const Transition& b) {
                     return KeyOf(a.from, a.event) < KeyOf(b.from, b.event);
                   });
  tables->rows = std::move(transitions);
  for (const Transition& row : tables->rows) ++tables->first[KeyOf(row.from, row.event) + 1];
  for (std::size_t k = 1; k < tables->first.size(); ++k) {
    tables->first[k] = static_cast<std::uint16_t>(tables->first[k] + tables->first[k - 1]);
  }
  return Machine(std::move(tables));
}

absl::StatusOr<Machine> Machine::National(const MachineOptions& options, const Dataset& dataset) {
  std::vector<Transition> transitions;
  for (const TransitionRow& row : dataset.table<TransitionRow>("dossiers.machine")) {
    if (!RowIsSound(row)) {
      return Error(Reason::kMalformedData, "dataset table dossiers.machine holds an unknown word");
    }
    transitions.push_back({.from = static_cast<DossierStatus>(row.from),
                           .event = static_cast<EventKind>(row.event),
                           .guards = row.guards,
                           .to = row.to,
                           .role = static_cast<Role>(row.role),
                           .clock = static_cast<ClockEffect>(row.clock),
                           .visit = row.visit != 0,
                           .option = static_cast<MachineOption>(row.option),
                           .choice = row.choice,
                           .source = std::string(dataset.text(row.source))});
  }
  if (transitions.empty()) {
    return Error(Reason::kMalformedData, "dataset has no table dossiers.machine");
  }
  return Of(std::move(transitions), options);
}

absl::StatusOr<Machine> Machine::Parse(std::string_view text, const MachineOptions& options) {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Transition> rows, ParseTransitions("machine", text));
  Machine machine = Of(std::move(rows), options);
  const std::vector<Problem> problems = machine.Check();
  if (problems.empty()) return machine;
  const Problem& first = problems.front();
  return Error(Reason::kMalformedData, absl::StrCat("machine, ", first.subject, ", ", first.field),
               first.value, first.expected);
}

const MachineOptions& Machine::options() const { return tables_->options; }

std::span<const Transition> Machine::transitions() const { return tables_->rows; }

std::span<const Transition> Machine::On(DossierStatus from, EventKind event) const {
  const std::size_t key = KeyOf(from, event);
  return transitions().subspan(tables_->first[key], tables_->first[key + 1] - tables_->first[key]);
}

bool Machine::IsTerminal(DossierStatus status) const {
  return tables_->first[KeyOf(status, EventKind::kSubmit)] ==
         tables_->first[KeyOf(status, EventKind::kTransfer) + 1];
}

std::string Machine::Allowed(DossierStatus status) const {
  std::string names;
  for (int code = 0; code < kEventKindCount; ++code) {
    const auto event = static_cast<EventKind>(code);
    if (On(status, event).empty()) continue;
    absl::StrAppend(&names, names.empty() ? "" : ", ", ToAbsl(NameOf(event)));
  }
  return names.empty() ? "nothing" : names;
}

std::string Machine::ToMermaid() const {
  std::string text = "stateDiagram-v2\n";
  for (int status = 1; status < kDossierStatusCount; ++status) {
    absl::StrAppend(&text, "    s", status, " : ", status, " ",
                    ToAbsl(VietnameseNameOf(static_cast<DossierStatus>(status))), "\n");
  }
  for (const Transition& row : transitions()) {
    if (row.to == kToSame) continue;  // they would only cross the drawing
    std::string label(NameOf(row.event));
    if (row.guards != 0) absl::StrAppend(&label, " [", GuardNames(row.guards), "]");
    if (row.clock != ClockEffect::kNone) absl::StrAppend(&label, " / ", ToAbsl(NameOf(row.clock)));
    const std::string from =
        row.from == DossierStatus::kNone ? "[*]" : absl::StrCat("s", static_cast<int>(row.from));
    std::vector<int> targets = {row.to};
    if (row.to == kToPrevious) {
      targets.clear();
      if ((row.guards & kGuardAskedBefore) != 0) targets.push_back(1);
      if ((row.guards & (kGuardAskedInReception | kGuardAskedAfter)) != 0) targets.push_back(2);
      if ((row.guards & (kGuardAskedInAppraisal | kGuardAskedAfter)) != 0) targets.push_back(4);
    }
    for (const int to : targets)
      absl::StrAppend(&text, "    ", from, " --> s", to, " : ", label, "\n");
  }
  for (int status = 1; status < kDossierStatusCount; ++status) {
    if (IsTerminal(static_cast<DossierStatus>(status))) {
      absl::StrAppend(&text, "    s", status, " --> [*]\n");
    }
  }
  return text;
}

}  // namespace motcua
