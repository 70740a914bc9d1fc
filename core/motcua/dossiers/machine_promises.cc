#include "motcua/dossiers/machine_promises.h"

#include <algorithm>
#include <map>

#include "motcua/dossiers/machine_walk.h"

namespace motcua {
namespace {

using Apology = MachineWalk::Apology;

std::string_view ReasonFor(Apology apology) {
  switch (apology) {
    case Apology::kNoEvent:
      return "no_event";
    case Apology::kSpent:
      return "spent";
    case Apology::kFinished:
      return "sent_back";
    case Apology::kOpen:
    case Apology::kDue:
      break;
  }
  return {};
}

bool IsAnswer(const Machine& machine, StateNumber state) {
  const DossierStatus status = machine.states()[state].status;
  return machine.IsTerminalState(state) &&
         (status == DossierStatus::kRefused || status == DossierStatus::kStopped ||
          status == DossierStatus::kFinished || status == DossierStatus::kHandedOver);
}

}  // namespace

std::vector<StatePromise> CheckPromises(const Machine& machine) {
  const MachineWalk walk(machine);
  std::vector<bool> answers(walk.size());
  for (std::size_t k = 0; k < walk.size(); ++k) answers[k] = IsAnswer(machine, walk[k].state);
  const std::vector<bool> answered = walk.CanReach(answers);

  std::map<StateNumber, StatePromise> promises;
  for (std::size_t k = 0; k < walk.size(); ++k) {
    const MachineWalk::Place& place = walk[k];
    if (place.state == 0) continue;
    StatePromise& promise = promises[place.state];
    promise.state = place.state;
    const bool given_up = machine.states()[place.state].status == DossierStatus::kWithdrawn &&
                          machine.IsTerminalState(place.state);
    if (!answered[k] && !given_up && promise.answered) {
      promise.answered = false;
      promise.unanswered = walk.PathTo(k);
    }
    const std::string_view reason = ReasonFor(place.apology);
    const bool late =
        place.phase == MachineWalk::Phase::kLate && place.clock == MachineWalk::Clock::kRunning;
    const bool told = std::any_of(promise.late.begin(), promise.late.end(),
                                  [&](const auto& one) { return one.reason == reason; });
    if (late && !reason.empty() && !told) {
      promise.late.push_back({std::string(reason), walk.PathTo(k)});
    }
  }
  std::vector<StatePromise> list;
  for (auto& [state, promise] : promises) list.push_back(std::move(promise));
  return list;
}

}  // namespace motcua
