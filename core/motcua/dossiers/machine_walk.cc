#include "motcua/dossiers/machine_walk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::string_view kEvePasses = "(the day before the due date passes)";
constexpr std::string_view kDuePasses = "(the due date passes)";

}  // namespace

MachineWalk::MachineWalk(const Machine& machine)
    : machine_(machine), rows_(machine.states().size()) {
  for (const Transition& row : machine.transitions()) rows_[row.from_state].push_back(&row);
  numbers_.resize(KeyOf({.state = static_cast<StateNumber>(machine.states().size())}), 0);
  nodes_.push_back({});
  for (std::uint32_t place = 0; place < nodes_.size(); ++place) {
    Expand(place);
    PassTime(place);
  }
}

// Dense, so that a place is found by one look.
std::size_t MachineWalk::KeyOf(const Place& place) const {
  std::size_t key = place.state * machine_.states().size() + place.asked;
  key = key * 4 + static_cast<std::size_t>(place.clock);
  key = key * 3 + static_cast<std::size_t>(place.phase);
  key = key * 5 + static_cast<std::size_t>(place.apology);
  return key * 2 + (place.extended ? 1 : 0);
}

void MachineWalk::Step(std::uint32_t from, const Place& to, std::string_view step) {
  if (to == nodes_[0].place) return nodes_[from].next.push_back(0);
  std::uint32_t& number = numbers_[KeyOf(to)];
  if (number == 0) {
    number = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({to, from, step, {}});
  }
  nodes_[from].next.push_back(number);
}

// Whether the guards can hold at the place; what the place does not decide may be so.
bool MachineWalk::MayHold(const Transition& row, const Place& place) const {
  const GuardFacts facts = {.counter = true,
                            .asked_in = machine_.states()[place.asked].status,
                            .supplement_expired = true,
                            .extended = place.extended,
                            .day_before = place.phase == Phase::kBefore,
                            .fee_paid = true,
                            .result_ready = true};
  return FailingGuards(row.guards, facts) == 0;
}

// Lets the row act on the clock of `place`; false if it cannot.
bool MachineWalk::Acts(const Transition& row, Place& place) const {
  const Clock was = place.clock;
  switch (row.clock) {
    case ClockEffect::kNone:
      return true;
    case ClockEffect::kStart:
    case ClockEffect::kRestart:
      place.phase = Phase::kBefore;
      place.apology = Apology::kOpen;
      place.clock = Clock::kRunning;
      return was == (row.clock == ClockEffect::kStart ? Clock::kNotStarted : Clock::kPaused);
    case ClockEffect::kPause:
      place.clock = Clock::kPaused;
      return was == Clock::kRunning;
    case ClockEffect::kResume:
    case ClockEffect::kShift:
      place.clock = Clock::kRunning;
      return was == Clock::kPaused;
    case ClockEffect::kEnd:
      place.clock = Clock::kEnded;
      return was != Clock::kEnded;
    case ClockEffect::kReopen:
      place.clock = Clock::kRunning;
      return was == Clock::kEnded;
    case ClockEffect::kExtend:
      place.extended = true;
      place.phase = Phase::kBefore;
      place.apology = Apology::kOpen;
      return was == Clock::kRunning;
  }
  return false;
}

void MachineWalk::Expand(std::uint32_t from) {
  const Place here = nodes_[from].place;
  for (const Transition* taken : rows_[here.state]) {
    const Transition& row = *taken;
    if (!MayHold(row, here)) continue;
    if (row.to == kToPrevious && here.asked == 0) continue;  // nothing was asked: no way back
    Place there = here;
    if (!Acts(row, there)) {
      clock_faults_.push_back({&row, from});
      continue;
    }
    if (row.to == kToPrevious) {
      there.state = here.asked;
    } else if (row.to != kToSame) {
      there.state = row.to_state;
    }
    if (row.event == EventKind::kRequestSupplement) there.asked = here.state;
    const bool waits = machine_.states()[there.state].status == DossierStatus::kAwaitingSupplement;
    if (!waits) there.asked = 0;
    Step(from, there, NameOf(row.event));
  }
}

void MachineWalk::PassTime(std::uint32_t from) {
  Place there = nodes_[from].place;
  if (there.clock != Clock::kRunning && there.clock != Clock::kEnded) return;
  if (there.phase == Phase::kLate || rows_[there.state].empty()) return;
  if (there.phase == Phase::kEve) {
    there.phase = Phase::kLate;
    return Step(from, there, kDuePasses);
  }
  const auto rows = machine_.From(there.state, EventKind::kExtend);
  const bool open = std::any_of(rows.begin(), rows.end(),
                                [&](const Transition& row) { return MayHold(row, there); });
  there.phase = Phase::kEve;
  if (there.clock == Clock::kEnded) {
    there.apology = Apology::kFinished;
  } else if (open) {
    there.apology = Apology::kDue;
  } else {
    there.apology = rows.empty() ? Apology::kNoEvent : Apology::kSpent;
  }
  Step(from, there, kEvePasses);
}

std::string MachineWalk::PathTo(std::size_t place) const {
  std::vector<std::string_view> steps;
  for (std::size_t k = place; k != 0; k = nodes_[k].parent) steps.push_back(nodes_[k].step);
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    absl::StrAppend(&path, path.empty() ? "" : ", ", ToAbsl(*step));
  }
  return path;
}

std::vector<bool> MachineWalk::CanReach(const std::vector<bool>& goals) const {
  std::vector<std::vector<std::uint32_t>> before(nodes_.size());
  for (std::uint32_t k = 0; k < nodes_.size(); ++k) {
    for (const std::uint32_t to : nodes_[k].next) before[to].push_back(k);
  }
  std::vector<bool> reaches(nodes_.size(), false);
  std::vector<std::uint32_t> open;
  const auto add = [&](std::uint32_t k) {
    if (reaches[k]) return;
    reaches[k] = true;
    open.push_back(k);
  };
  for (std::uint32_t k = 0; k < nodes_.size(); ++k) {
    if (goals[k]) add(k);
  }
  while (!open.empty()) {
    const std::uint32_t place = open.back();
    open.pop_back();
    for (const std::uint32_t k : before[place]) add(k);
  }
  return reaches;
}

}  // namespace motcua
