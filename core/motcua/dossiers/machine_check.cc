// What Machine::Check proves about a machine. The kinds, stable words:
//
//   unreachable_state     no event leads to the state
//   no_opening            no event opens a dossier
//   dead_end              a way into the state from which no way leads to an end, a state of
//                         status 3, 7, 8 or 10 without events
//   ambiguous             two rows of one state and event could both apply
//   pause_without_end     a way to pause the clock after which it never goes on
//   clock_never_starts    no event starts the clock
//   clock_out_of_order    a row acts on a clock that is not there: starts it twice,
//                         resumes it while it runs ...
//   clock_runs_at_end     a dossier that is over, its clock still running or paused
//   no_supplement         `previous` or a guard on a supplement outside status 5
#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "motcua/dossiers/machine.h"
#include "motcua/dossiers/machine_walk.h"

namespace motcua {
namespace {

using Clock = MachineWalk::Clock;

// Guards of which a dossier in status 5 meets exactly one.
constexpr std::uint16_t kAskedGuards =
    kGuardAskedBefore | kGuardAskedInReception | kGuardAskedInAppraisal;

// Two rows exclude each other if they ask for different origins of the supplement.
bool Exclude(const Transition& a, const Transition& b) {
  const auto origins = [](std::uint16_t guards) -> unsigned {
    unsigned set = guards & kAskedGuards;
    if ((guards & kGuardAskedAfter) != 0) set |= kGuardAskedInReception | kGuardAskedInAppraisal;
    return set == 0 ? kAskedGuards : set;
  };
  return (origins(a.guards) & origins(b.guards)) == 0;
}

// The portal's statuses in which a dossier may stay for good.
bool EndsDossier(DossierStatus status) {
  return status == DossierStatus::kRefused || status == DossierStatus::kWithdrawn ||
         status == DossierStatus::kStopped || status == DossierStatus::kHandedOver;
}

class MachineCheck {
 public:
  explicit MachineCheck(const Machine& machine) : machine_(machine), walk_(machine) {}

  // A row that acts on a clock that is not there leads nowhere, and what lies behind it looks
  // unreachable: it comes first.
  std::vector<Problem> Run() {
    CheckClockOrder();
    CheckReachable();
    CheckDeadEnds();
    CheckDeterminism();
    CheckClockStarts();
    CheckPauses();
    CheckEnds();
    CheckPrevious();
    return std::move(problems_);
  }

 private:
  // "status 4 (in_processing)"; an own state "state on_site (status 4)".
  std::string Name(StateNumber state) const {
    const MachineState& one = machine_.states()[state];
    const auto status = static_cast<int>(one.status);
    if (one.name == NameOf(one.status)) return absl::StrCat("status ", status, " (", one.name, ")");
    return absl::StrCat("state ", one.name, " (status ", status, ")");
  }

  // "4 finish [-] 9"; of an own machine "on_site finish [-] decided".
  std::string Name(const Transition& row) const {
    const auto label = [&](StateNumber state) -> std::string {
      const MachineState& one = machine_.states()[state];
      if (one.name != NameOf(one.status)) return one.name;
      return absl::StrCat(static_cast<int>(one.status));
    };
    return absl::StrCat(label(row.from_state), " ", ToAbsl(NameOf(row.event)), " [",
                        GuardNames(row.guards), "] ",
                        row.to_state == 0 ? TargetName(row.to) : label(row.to_state));
  }

  void Add(std::string kind, std::string subject, std::string field, std::string value,
           std::string expected) {
    problems_.push_back({Reason::kMalformedData, 0, std::move(subject), std::move(field),
                         std::move(value), std::move(expected), std::move(kind)});
  }

  void CheckReachable() {
    std::set<StateNumber> reached;
    for (std::size_t k = 0; k < walk_.size(); ++k) reached.insert(walk_[k].state);
    std::set<StateNumber> told;
    for (const Transition& row : machine_.transitions()) {
      if (reached.contains(row.from_state) || !told.insert(row.from_state).second) continue;
      Add("unreachable_state", Name(row), "from", Name(row.from_state),
          "a status that some event leads to");
    }
    // Of the portal's statuses a machine may leave some out; a declared state may not be idle.
    const bool own = !machine_.head().procedures.empty() || !machine_.head().name.empty();
    for (StateNumber state = 1; own && state < machine_.states().size(); ++state) {
      if (reached.contains(state) || told.contains(state)) continue;
      Add("unreachable_state", Name(state), "state", machine_.states()[state].name,
          "a state that some event leads to");
    }
    if (reached.size() == 1) {
      Add("no_opening", "machine", "events", "", "an event that opens a dossier");
    }
  }

  void CheckDeadEnds() {
    std::vector<bool> ends(walk_.size());
    for (std::size_t k = 0; k < walk_.size(); ++k) {
      ends[k] = machine_.IsTerminalState(walk_[k].state) &&
                EndsDossier(machine_.states()[walk_[k].state].status);
    }
    TellFirstOfEach(walk_.CanReach(ends), [&](std::size_t place) {
      Add("dead_end", Name(walk_[place].state), "events", walk_.PathTo(place),
          "a way to an end: a state of status 3, 7, 8 or 10 without events");
    });
  }

  // Calls `tell` with the first place of each state for which `fine` is false.
  template <typename Tell>
  void TellFirstOfEach(const std::vector<bool>& fine, Tell tell) {
    std::set<StateNumber> told;
    for (std::size_t k = 0; k < walk_.size(); ++k) {
      if (!fine[k] && told.insert(walk_[k].state).second) tell(k);
    }
  }

  void CheckDeterminism() {
    const auto rows = machine_.transitions();
    for (std::size_t k = 0; k < rows.size(); ++k) {
      for (std::size_t m = k + 1; m < rows.size(); ++m) {
        if (rows[k].from_state != rows[m].from_state || rows[k].event != rows[m].event) break;
        if (Exclude(rows[k], rows[m])) continue;
        Add("ambiguous", Name(rows[m]), "guard", GuardNames(rows[m].guards),
            "guards that exclude those of: " + Name(rows[k]));
      }
    }
  }

  void CheckClockStarts() {
    const auto rows = machine_.transitions();
    if (std::none_of(rows.begin(), rows.end(),
                     [](const Transition& row) { return row.clock == ClockEffect::kStart; })) {
      Add("clock_never_starts", "machine", "clock", "", "an event that starts the clock");
    }
  }

  void CheckClockOrder() {
    std::set<const Transition*> told;
    for (const MachineWalk::ClockFault& fault : walk_.clock_faults()) {
      if (!told.insert(fault.row).second) continue;
      constexpr std::string_view kClocks[] = {"has not started", "runs", "stands still",
                                              "has ended"};
      Add("clock_out_of_order", Name(*fault.row), "clock", std::string(NameOf(fault.row->clock)),
          absl::StrCat("an effect that fits: after ", walk_.PathTo(fault.place), " the clock ",
                       ToAbsl(kClocks[static_cast<std::size_t>(walk_[fault.place].clock)])));
    }
  }

  void CheckPauses() {
    std::vector<bool> runs(walk_.size());
    for (std::size_t k = 0; k < walk_.size(); ++k) runs[k] = walk_[k].clock == Clock::kRunning;
    std::vector<bool> fine = walk_.CanReach(runs);
    for (std::size_t k = 0; k < walk_.size(); ++k) {
      fine[k] = fine[k] || walk_[k].clock != Clock::kPaused;
    }
    TellFirstOfEach(fine, [&](std::size_t place) {
      Add("pause_without_end", Name(walk_[place].state), "clock", walk_.PathTo(place),
          "an event that lets the clock go on");
    });
  }

  void CheckEnds() {
    std::vector<bool> fine(walk_.size());
    for (std::size_t k = 0; k < walk_.size(); ++k) {
      const bool over = walk_[k].state != 0 && machine_.IsTerminalState(walk_[k].state);
      fine[k] = !over || walk_[k].clock == Clock::kNotStarted || walk_[k].clock == Clock::kEnded;
    }
    TellFirstOfEach(fine, [&](std::size_t place) {
      Add("clock_runs_at_end", Name(walk_[place].state), "clock", walk_.PathTo(place),
          "a clock that has ended, or was never started, where the dossier is over");
    });
  }

  void CheckPrevious() {
    for (const Transition& row : machine_.transitions()) {
      const bool asks =
          (row.guards & (kAskedGuards | kGuardAskedAfter | kGuardSupplementExpired)) != 0;
      if ((asks || row.to == kToPrevious) && row.from != DossierStatus::kAwaitingSupplement) {
        Add("no_supplement", Name(row), "from", Name(row.from_state),
            "status 5: only there a supplement is waited for");
      }
    }
  }

  const Machine& machine_;
  const MachineWalk walk_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> Machine::Check() const { return MachineCheck(*this).Run(); }

}  // namespace motcua
