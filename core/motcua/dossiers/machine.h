// The dossier machine: which event may happen in which status, and what it does.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Machine machine, Machine::National());
//   for (const Transition& row : machine.On(DossierStatus::kNew, EventKind::kAccept)) ...
//
// The national machine is a table of law, compiled into the dataset; where its
// sources contradict each other MachineOptions says which reading is in force. A
// procedure may bring a machine of its own, with states of its own (machine_text.h).
// A Machine is a value: copies share the rows. Thread safety: immutable.
#ifndef MOTCUA_DOSSIERS_MACHINE_H_
#define MOTCUA_DOSSIERS_MACHINE_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
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
//   fee         unchecked   or checked: acceptance and hand-over wait for what has to be
//                           paid first, hand-over also for the electronic result
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

// A state of a machine, and the portal's status that it counts as.
struct MachineState {
  std::string name;  // "in_processing"; of an own machine its own word
  DossierStatus status = DossierStatus::kNone;
  std::string title;  // for people: "Đang xử lý"

  friend bool operator==(const MachineState&, const MachineState&) = default;
};

// What an own machine says of itself.
struct MachineHead {
  std::string name;
  std::vector<std::string> procedures;  // the codes it is for
  std::vector<MachineState> states;     // states[0] is "none"
};

// Whether an event may happen, and if not why.
struct MachineDecision {
  const Transition* transition = nullptr;  // null: not allowed
  std::string_view rule;                   // "allowed", "no_transition", "guard" or "role"
  std::string expected;                    // what would have been allowed; the source if it is
};

class Machine {
 public:
  // The national machine. Errors: kMalformedData if `dataset` has no sound table.
  static absl::StatusOr<Machine> National(const MachineOptions& options = {},
                                          const Dataset& dataset = Dataset::Builtin());

  // A machine from text: a table as ParseTransitions reads it, or the form of
  // machine_text.h. Rows of options not chosen are left out. Errors: kMalformedData,
  // also if Check finds anything (the first finding is told).
  static absl::StatusOr<Machine> Parse(std::string_view text, const MachineOptions& options = {});

  // The same, sound or not; ask Check. Errors: kMalformedData if it cannot be read.
  static absl::StatusOr<Machine> Draft(std::string_view text, const MachineOptions& options = {});

  // A machine of any rows, sound or not. Without states in `head` the states are the
  // portal's statuses.
  static Machine Of(std::vector<Transition> transitions, const MachineOptions& options = {},
                    MachineHead head = {});

  const MachineOptions& options() const;

  const MachineHead& head() const;
  // By number; the national machine's are the statuses. "none" (no dossier) is 0.
  std::span<const MachineState> states() const { return head().states; }
  std::optional<StateNumber> StateNamed(std::string_view name) const;

  // The rows in force, by status, event and state.
  std::span<const Transition> transitions() const;
  // Those of one status and event; in a machine whose states are the statuses their
  // guards exclude each other. O(1).
  std::span<const Transition> On(DossierStatus from, EventKind event) const;
  // Those of one state and event; their guards exclude each other. O(1).
  std::span<const Transition> From(StateNumber state, EventKind event) const;
  bool IsTerminal(DossierStatus status) const;
  bool IsTerminalState(StateNumber state) const;

  // Whether `event` may happen in `state`, done by `role` (any if not given).
  MachineDecision Decide(StateNumber state, EventKind event, std::optional<Role> role,
                         const GuardFacts& facts) const;

  // "accept, refuse": what the state allows, guards aside; "nothing" if terminal.
  std::string Allowed(StateNumber state) const;

  // What is wrong; see machine_check.cc for the kinds. `subject` is the transition or
  // state. Empty for a sound machine.
  std::vector<Problem> Check() const;

  // A Mermaid state diagram (stateDiagram-v2): states by status number and title, events
  // with guards and clock on the arrows. Events that stay in a state are left out.
  std::string ToMermaid() const;

  // An SVG image: states as columns, every row of the machine as an arrow between two of
  // them with its event, guards, clock effect and roles, so that no label is covered.
  // Final states end in a double bar. The source of a row is its tooltip.
  std::string ToSvg() const;

 private:
  struct Tables;
  explicit Machine(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

// Machines by the code of the procedure that has one of its own.
using ProcedureMachines = std::map<std::string, Machine, std::less<>>;

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_MACHINE_H_
