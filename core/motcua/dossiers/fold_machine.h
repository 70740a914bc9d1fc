// A machine as a fold asks it: by state and kind of event, in one look.
#ifndef MOTCUA_DOSSIERS_FOLD_MACHINE_H_
#define MOTCUA_DOSSIERS_FOLD_MACHINE_H_

#include <optional>
#include <span>
#include <vector>

#include "motcua/dossiers/machine.h"
#include "motcua/time/time_limit.h"

namespace motcua {

struct FoldMachine {
  // `made_of` must outlive it.
  explicit FoldMachine(const Machine& made_of);

  // The state here that stands for one of another machine: of the same name and status, else the
  // only one of its status. Nothing if there is none, or several.
  std::optional<StateNumber> StateLike(const Machine& other, StateNumber state) const;

  const Machine* machine;
  std::vector<DossierStatus> statuses;                   // by state
  std::vector<std::span<const Transition>> transitions;  // by state and event
  std::optional<TimeLimit> silence;                      // of its options, once it was asked for
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_FOLD_MACHINE_H_
