// Walks everything a machine can do: every state with what its guards can ask about,
// what its clock does, and whether its due day has come.
//
//   const MachineWalk walk(machine);
//   for (std::size_t k = 0; k < walk.size(); ++k) if (walk[k].clock == Clock::kPaused) ...
//
// Time is three phases of the due day: before (an apology is still in time), eve (the
// last day before it has passed), late (the due day has passed). It passes while the
// clock runs, and on the wall while a finished dossier could still be sent back; a limit
// of less than two days is not told apart. Guards that only the applicant, a payment or
// the calendar decide may hold or not. Thread safety: immutable once made.
#ifndef MOTCUA_DOSSIERS_MACHINE_WALK_H_
#define MOTCUA_DOSSIERS_MACHINE_WALK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "motcua/dossiers/machine.h"

namespace motcua {

class MachineWalk {
 public:
  enum class Clock : std::uint8_t { kNotStarted, kRunning, kPaused, kEnded };
  enum class Phase : std::uint8_t { kBefore, kEve, kLate };
  // Whether an apology had to be given before the due day came, and if not why.
  enum class Apology : std::uint8_t {
    kOpen,      // the day before the due date has not passed
    kDue,       // it had to be given (Decree 118/2025 art. 19.6)
    kNoEvent,   // the state knows no `extend`
    kSpent,     // the one re-appointment was used
    kFinished,  // the dossier stood as finished and was sent back
  };

  struct Place {
    StateNumber state = 0;
    StateNumber asked = 0;  // the state in which the open supplement was asked; 0: none
    Clock clock = Clock::kNotStarted;
    Phase phase = Phase::kBefore;
    Apology apology = Apology::kOpen;
    bool extended = false;

    friend bool operator==(const Place&, const Place&) = default;
  };

  explicit MachineWalk(const Machine& machine);

  // Places in the order they were first reached, fewest events first; [0] is the start.
  std::size_t size() const { return nodes_.size(); }
  const Place& operator[](std::size_t place) const { return nodes_[place].place; }
  const std::vector<std::uint32_t>& next(std::size_t place) const { return nodes_[place].next; }

  // "accept, forward, finish": a shortest way from the start to the place. Time that
  // passes is "(the day before the due date passes)", "(the due date passes)".
  std::string PathTo(std::size_t place) const;

  // Which places can reach one of `goals` (both by place). O(places + edges).
  std::vector<bool> CanReach(const std::vector<bool>& goals) const;

  // A row that met a clock it cannot act on: a start while it runs, a resume while it is
  // not paused ...
  struct ClockFault {
    const Transition* row;
    std::size_t place;
  };
  const std::vector<ClockFault>& clock_faults() const { return clock_faults_; }

 private:
  struct Node {
    Place place;
    std::uint32_t parent = 0;
    std::string_view step;  // what led here from the parent
    std::vector<std::uint32_t> next;
  };

  void Step(std::uint32_t from, const Place& to, std::string_view step);
  void Expand(std::uint32_t place);
  void PassTime(std::uint32_t place);
  bool Acts(const Transition& row, Place& place) const;
  bool MayHold(const Transition& row, const Place& place) const;
  std::size_t KeyOf(const Place& place) const;

  const Machine& machine_;
  std::vector<std::vector<const Transition*>> rows_;  // by state
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> numbers_;  // of a place's key; 0: not met (or the start)
  std::vector<ClockFault> clock_faults_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_MACHINE_WALK_H_
