// motcua/c/machine.h
#include "motcua/dossiers/machine.h"

#include "dossiers_boundary.h"

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
      {MachineOption::kExtension, read.extension}};
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

}  // namespace
}  // namespace motcua::capi

using namespace motcua::capi;  // NOLINT: this file is the C face of the machine
using motcua::Machine;

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
         Text(row.source), row.visit ? 1 : 0, 0},
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
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_buffer{machine->value.ToMermaid()};
    return absl::OkStatus();
  });
}

void motcua_machine_free(motcua_machine* machine) { delete machine; }
