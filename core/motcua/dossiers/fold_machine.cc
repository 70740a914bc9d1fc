// Which machine a dossier is folded by: that of its procedure.
#include "motcua/dossiers/fold_machine.h"

#include "absl/strings/str_cat.h"
#include "motcua/dossiers/fold.h"

namespace motcua {

FoldMachine::FoldMachine(const Machine& made_of) : machine(&made_of) {
  for (std::size_t state = 0; state < made_of.states().size(); ++state) {
    statuses.push_back(made_of.states()[state].status);
    for (int code = 0; code < kEventKindCount; ++code) {
      transitions.push_back(
          made_of.From(static_cast<StateNumber>(state), static_cast<EventKind>(code)));
    }
  }
}

std::optional<StateNumber> FoldMachine::StateLike(const Machine& other, StateNumber state) const {
  if (state == 0) return StateNumber{0};
  const MachineState& wanted = other.states()[state];
  if (const auto named = machine->StateNamed(wanted.name)) {
    if (statuses[*named] == wanted.status) return named;
  }
  std::optional<StateNumber> found;
  for (std::size_t k = 1; k < statuses.size(); ++k) {
    if (statuses[k] != wanted.status) continue;
    if (found) return std::nullopt;
    found = static_cast<StateNumber>(k);
  }
  return found;
}

std::uint16_t DossierFold::MachineOf(std::uint32_t procedure) {
  if (machine_of_text_.empty()) machine_of_text_.assign(log_.texts().size(), -1);
  std::int32_t& number = machine_of_text_[procedure];
  if (number < 0) {
    const auto own = rules_.machines.find(log_.texts()[procedure]);
    number = own == rules_.machines.end()
                 ? 0
                 : 1 + static_cast<std::int32_t>(std::distance(rules_.machines.begin(), own));
  }
  return static_cast<std::uint16_t>(number);
}

void DossierFold::UseMachine(std::uint16_t number) {
  dossier_.machine = number;
  machine_ = &machines_[number];
}

// Until a dossier is accepted its procedure may be corrected; a machine that knows no such
// state cannot go on with it.
bool DossierFold::FollowProcedure(const EventRow& row, Refusal& refusal) {
  if (machines_.size() == 1 || row.procedure == 0 || dossier_.accepted_at != kNoMinute) return true;
  const std::uint16_t number = MachineOf(row.procedure);
  if (number == dossier_.machine) return true;
  const auto state = machines_[number].StateLike(*machine_->machine, dossier_.state);
  const auto asked_in = machines_[number].StateLike(*machine_->machine, asked_in_);
  if (!state || !asked_in) {
    refusal = {Reason::kIllegalTransition, "procedure", std::string(log_.texts()[row.procedure]),
               absl::StrCat("a procedure whose machine has the dossier's state, ", Where())};
    return false;
  }
  UseMachine(number);
  dossier_.state = *state;
  asked_in_ = *asked_in;
  return true;
}

}  // namespace motcua
