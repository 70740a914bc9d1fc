// The dossier machine: which event may happen in which status, and what it does.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Machine machine, Machine::National());
//   for (const Transition& row : machine.On(DossierStatus::kNew, EventKind::kAccept)) ...
//
// The national machine is a table of law, compiled into the dataset; where its
// sources contradict each other MachineOptions says which reading is in force.
// A Machine is a value: copies share the rows. Thread safety: immutable.
#ifndef MOTCUA_DOSSIERS_MACHINE_H_
#define MOTCUA_DOSSIERS_MACHINE_H_

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/dataset.h"
#include "motcua/base/problem.h"
#include "motcua/dossiers/transition.h"

namespace motcua {

// The declared choices. Defaults:
//   stop        terminal    status 8 ends the dossier; resumable: it is a pause
//   withdrawal  status_7    or finished_9: stored as finished, with a result type
//   supplement  restart     after acceptance the whole limit begins again when the
//                           supplement is in (Decree 118/2025 art. 17.3, 19.5);
//                           resume: what was left goes on; shift: the due date moves
//   payment     resume      or shift
//   extension   day_before  an apology is valid at the latest the day before the due
//                           date (art. 19.6); any: whenever it comes
class MachineOptions {
 public:
  // Sets one choice by name. Errors: kInvalidArgument naming what is known.
  absl::Status Set(std::string_view option, std::string_view choice);
  std::uint8_t choice(MachineOption option) const {
    return choices_[static_cast<std::size_t>(option)];
  }

  // Days without an answer after which a supplement has expired: calendar days by
  // Decree 118/2025 art. 19.5 ("15d"); some sectors say working days ("15wd").
  std::string silence = "15d";

 private:
  std::array<std::uint8_t, kMachineOptionCount> choices_ = {};
};

class Machine {
 public:
  // The national machine. Errors: kMalformedData if `dataset` has no sound table.
  static absl::StatusOr<Machine> National(const MachineOptions& options = {},
                                          const Dataset& dataset = Dataset::Builtin());

  // A machine from the text of a table as ParseTransitions reads it; rows of
  // options not chosen are left out. Errors: kMalformedData, also if Check finds anything.
  static absl::StatusOr<Machine> Parse(std::string_view text, const MachineOptions& options = {});

  // A machine of any rows, sound or not; ask Check.
  static Machine Of(std::vector<Transition> transitions, const MachineOptions& options = {});

  const MachineOptions& options() const;

  // The rows in force, by status and event.
  std::span<const Transition> transitions() const;
  // Those of one status and event; their guards exclude each other. O(1).
  std::span<const Transition> On(DossierStatus from, EventKind event) const;
  bool IsTerminal(DossierStatus status) const;

  // "accept, refuse": what the status allows, guards aside; "nothing" if terminal.
  std::string Allowed(DossierStatus status) const;

  // What is wrong: a status that cannot be reached, one without a way to an end, two
  // rows that could both apply, a pause no event ends, a clock that starts twice or
  // never, `previous` outside status 5. `subject` is the transition or status.
  std::vector<Problem> Check() const;

  // A Mermaid state diagram (stateDiagram-v2), statuses by number and Vietnamese name.
  std::string ToMermaid() const;

 private:
  struct Tables;
  explicit Machine(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_MACHINE_H_
