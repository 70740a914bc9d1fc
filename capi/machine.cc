// motcua/c/machine.h
#include "motcua/dossiers/machine.h"

#include "dossiers_boundary.h"
#include "motcua/dossiers/machine_text.h"

namespace motcua::capi {
namespace {

absl::StatusOr<MachineOptions> ReadOptions(const motcua_machine_options* given) {
  MachineOptions options;
  if (given == nullptr) return options;
  motcua_machine_options read = MOTCUA_MACHINE_OPTIONS_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "options", read));
  const std::pair<MachineOption, std::int32_t> choices[] = {
      {MachineOption::kStop, read.stop},
      {MachineOption::kWithdrawal, read.withdrawal},
      {MachineOption::kSupplement, read.supplement},
      {MachineOption::kPayment, read.payment},
      {MachineOption::kExtension, read.extension},
      {MachineOption::kFee, read.fee}};
  for (const auto& [option, choice] : choices) {
    const std::string_view name = choice < 0 || choice > 255
                                      ? std::string_view()
                                      : ChoiceName(option, static_cast<std::uint8_t>(choice));
    if (name.empty()) {
      return Error(Reason::kInvalidArgument, NameOf(option), std::to_string(choice),
                   "the number of one of its choices");
    }
    MOTCUA_RETURN_IF_ERROR(options.Set(NameOf(option), name));
  }
  if (read.silence.size != 0) options.silence = View(read.silence);
  return options;
}

absl::Status WriteText(std::string text, motcua_buffer** out) {
  MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
  *out = new motcua_buffer{std::move(text)};
  return absl::OkStatus();
}

absl::StatusOr<GuardFacts> ReadFacts(const motcua_guard_facts* given) {
  motcua_guard_facts read = MOTCUA_GUARD_FACTS_INIT;
  if (given != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "facts", read));
  if (read.asked_in < 0 || read.asked_in >= kDossierStatusCount) {
    return Error(Reason::kInvalidArgument, "facts.asked_in", std::to_string(read.asked_in),
                 "a status, 0 to 10");
  }
  return GuardFacts{.counter = read.counter != 0,
                    .asked_in = static_cast<DossierStatus>(read.asked_in),
                    .supplement_expired = read.supplement_expired != 0,
                    .extended = read.extended != 0,
                    .day_before = read.day_before != 0,
                    .fee_paid = read.fee_paid != 0,
                    .result_ready = read.result_ready != 0};
}

}  // namespace
}  // namespace motcua::capi

using namespace motcua::capi;  // NOLINT: this file is the C face of the machine
using motcua::Error;
using motcua::Machine;
using motcua::Reason;

motcua_text motcua_dossier_status_name(int32_t status) {
  if (status < 0 || status >= motcua::kDossierStatusCount) return Text("");
  return Text(NameOf(static_cast<motcua::DossierStatus>(status)));
}

motcua_text motcua_dossier_status_name_vi(int32_t status) {
  if (status < 0 || status >= motcua::kDossierStatusCount) return Text("");
  return Text(VietnameseNameOf(static_cast<motcua::DossierStatus>(status)));
}

motcua_text motcua_outcome_name(int32_t outcome) {
  if (outcome < 0 || outcome >= motcua::kOutcomeCount) return Text("");
  return Text(NameOf(static_cast<motcua::Outcome>(outcome)));
}

motcua_status motcua_machine_national(const motcua_machine_options* options,
                                      const motcua_dataset* dataset, motcua_machine** out,
                                      motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::MachineOptions read, ReadOptions(options));
    const motcua::Dataset& facts = dataset == nullptr ? motcua::Dataset::Builtin() : dataset->value;
    MOTCUA_ASSIGN_OR_RETURN(Machine machine, Machine::National(read, facts));
    *out = new motcua_machine(std::move(machine));
    return absl::OkStatus();
  });
}

motcua_status motcua_machine_parse(motcua_text table, const motcua_machine_options* options,
                                   motcua_machine** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::MachineOptions read, ReadOptions(options));
    MOTCUA_ASSIGN_OR_RETURN(Machine machine, Machine::Parse(View(table), read));
    *out = new motcua_machine(std::move(machine));
    return absl::OkStatus();
  });
}

size_t motcua_machine_transition_count(const motcua_machine* machine) {
  return machine == nullptr ? 0 : machine->value.transitions().size();
}

motcua_status motcua_machine_get_transition(const motcua_machine* machine, size_t i,
                                            motcua_transition* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, machine->value.transitions().size(), "i"));
    const motcua::Transition& row = machine->value.transitions()[i];
    const motcua_machine::Words& words = machine->words[i];
    return WriteStruct(
        {0, static_cast<int32_t>(row.from), Text(NameOf(row.event)), Text(words.guard),
         Text(words.to), Text(NameOf(row.role)), Text(NameOf(row.clock)), Text(words.option),
         Text(row.source), row.visit ? 1 : 0, 0, Text(words.roles), Text(words.from_state),
         Text(words.to_state)},
        out, "out");
  });
}

motcua_status motcua_machine_check(const motcua_machine* machine, motcua_problem_list** out,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_problem_list{machine->value.Check()};
    return absl::OkStatus();
  });
}

motcua_status motcua_machine_to_mermaid(const motcua_machine* machine, motcua_buffer** out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    return WriteText(machine->value.ToMermaid(), out);
  });
}

motcua_status motcua_machine_draft(motcua_text text, const motcua_machine_options* options,
                                   motcua_machine** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::MachineOptions read, ReadOptions(options));
    MOTCUA_ASSIGN_OR_RETURN(Machine machine, Machine::Draft(View(text), read));
    *out = new motcua_machine(std::move(machine));
    return absl::OkStatus();
  });
}

motcua_text motcua_machine_name(const motcua_machine* machine) {
  return machine == nullptr ? Text("") : Text(machine->value.head().name);
}

motcua_text motcua_machine_procedures(const motcua_machine* machine) {
  return machine == nullptr ? Text("") : Text(machine->procedures);
}

size_t motcua_machine_state_count(const motcua_machine* machine) {
  return machine == nullptr ? 0 : machine->value.states().size();
}

motcua_status motcua_machine_get_state(const motcua_machine* machine, size_t i,
                                       motcua_machine_state* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_machine_state_count(machine), "i"));
    const motcua::MachineState& state = machine->value.states()[i];
    const bool terminal =
        i != 0 && machine->value.IsTerminalState(static_cast<motcua::StateNumber>(i));
    return WriteStruct({0, static_cast<int32_t>(state.status), terminal ? 1 : 0, 0,
                        Text(state.name), Text(state.title)},
                       out, "out");
  });
}

motcua_status motcua_machine_to_svg(const motcua_machine* machine, motcua_buffer** out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    return WriteText(machine->value.ToSvg(), out);
  });
}

motcua_status motcua_machine_to_text(const motcua_machine* machine, motcua_buffer** out,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    return WriteText(motcua::WriteMachineText(machine->value), out);
  });
}

motcua_status motcua_machine_decide(const motcua_machine* machine, motcua_text state,
                                    motcua_text event, motcua_text role,
                                    const motcua_guard_facts* facts, size_t* transition,
                                    motcua_text* rule, motcua_buffer** expected,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    MOTCUA_RETURN_IF_ERROR(Require(transition, "transition"));
    MOTCUA_RETURN_IF_ERROR(Require(rule, "rule"));
    MOTCUA_RETURN_IF_ERROR(Require(expected, "expected"));
    const auto from = machine->value.StateNamed(View(state));
    if (!from) {
      return Error(Reason::kInvalidArgument, "state", View(state), "a state of the machine");
    }
    const auto kind = motcua::EventKindNamed(View(event));
    if (!kind) return Error(Reason::kInvalidArgument, "event", View(event), "the kind of an event");
    std::optional<motcua::Role> who;
    if (role.size != 0) {
      const auto named = motcua::RoleNamed(View(role));
      if (!named.ok()) {
        return Error(Reason::kInvalidArgument, motcua::ToStd(named.status().message()));
      }
      who = *named;
    }
    MOTCUA_ASSIGN_OR_RETURN(const motcua::GuardFacts known, ReadFacts(facts));
    motcua::MachineDecision decision = machine->value.Decide(*from, *kind, who, known);
    const motcua::Transition* row = decision.transition;
    *transition =
        row == nullptr ? SIZE_MAX : static_cast<size_t>(row - machine->value.transitions().data());
    *rule = Text(decision.rule);
    return WriteText(std::move(decision.expected), expected);
  });
}

void motcua_machine_free(motcua_machine* machine) { delete machine; }
