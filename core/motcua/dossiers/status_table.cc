#include "motcua/dossiers/status_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "motcua/base/status.h"

namespace motcua {
namespace {

struct Node {
  StateNumber state = 0;
  StateNumber asked_in = 0;
  bool extended = false;

  auto operator<=>(const Node&) const = default;
};

// Where an event leads; nothing where the machine does not allow it.
std::optional<Node> After(const Machine& machine, const Node& node, EventKind kind, bool counter) {
  constexpr unsigned kAsked = kGuardCounter | kGuardAskedBefore | kGuardAskedInReception |
                              kGuardAskedInAppraisal | kGuardAskedAfter | kGuardFirstExtension;
  const GuardFacts facts{.counter = counter,
                         .asked_in = machine.states()[node.asked_in].status,
                         .extended = node.extended};
  for (const Transition& row : machine.From(node.state, kind)) {
    if (FailingGuards(static_cast<std::uint16_t>(row.guards & kAsked), facts) != 0) continue;
    Node next = node;
    if (row.to == kToPrevious) {
      next.state = node.asked_in;
    } else if (row.to != kToSame) {
      next.state = row.to_state;
    }
    if (kind == EventKind::kRequestSupplement) next.asked_in = node.state;
    next.extended |= row.clock == ClockEffect::kExtend;
    return next;
  }
  return std::nullopt;
}

}  // namespace

StatusTable::StatusTable(const Machine& machine) {
  std::vector<Node> nodes = {Node{}};
  std::map<Node, std::uint32_t> numbers = {{Node{}, 0}};
  for (std::uint32_t number = 0; number < nodes.size(); ++number) {
    const Node node = nodes[number];
    statuses_.push_back(static_cast<std::uint8_t>(machine.states()[node.state].status));
    for (unsigned symbol = 0; symbol < kSymbols; ++symbol) {
      const auto kind = static_cast<EventKind>(symbol % kEventKindCount);
      const auto next = After(machine, node, kind, symbol >= kEventKindCount);
      std::uint32_t to = number;
      if (next) {
        const auto fresh = static_cast<std::uint32_t>(nodes.size());
        const auto [known, is_new] = numbers.emplace(*next, fresh);
        if (is_new) nodes.push_back(*next);
        to = known->second;
      }
      next_.push_back(to * kSymbols * 2 + (next ? 0u : 1u));
    }
  }
}

namespace {

absl::Status CheckColumns(std::span<const std::int64_t> offsets,
                          std::span<const std::uint8_t> kinds,
                          std::span<const std::uint8_t> channels, std::size_t dossiers) {
  const auto count = static_cast<std::int64_t>(kinds.size());
  const auto refuse = [](std::string_view field, std::size_t k, std::string_view expected) {
    return Error(Reason::kInvalidArgument, std::string(field) + " of row " + std::to_string(k), "",
                 expected);
  };
  if (offsets.size() != dossiers + 1 || offsets.front() != 0 || offsets.back() != count) {
    return refuse("offsets", 0, "one more than dossiers, from 0 to the number of events");
  }
  if (!channels.empty() && channels.size() != kinds.size()) {
    return refuse("channels", 0, "one an event, or none at all");
  }
  for (std::size_t d = 0; d < dossiers; ++d) {
    if (offsets[d + 1] < offsets[d]) return refuse("offsets", d, "offsets that do not fall");
  }
  const auto known = [](std::span<const std::uint8_t> codes, unsigned count_of_codes) {
    std::uint8_t largest = 0;  // in one sweep without branches
    for (const std::uint8_t code : codes) largest = std::max(largest, code);
    return largest < count_of_codes;
  };
  const auto row_of = [](std::span<const std::uint8_t> codes, unsigned count_of_codes) {
    const auto bad = std::find_if(codes.begin(), codes.end(),
                                  [&](std::uint8_t code) { return code >= count_of_codes; });
    return static_cast<std::size_t>(bad - codes.begin());
  };
  if (!known(kinds, kEventKindCount)) {
    return refuse("kinds", row_of(kinds, kEventKindCount), "the number of a kind, 0 to 15");
  }
  if (!known(channels, kChannelCount)) {
    return refuse("channels", row_of(channels, kChannelCount), "0 to 3");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status StatusTable::Fold(std::span<const std::int64_t> offsets,
                               std::span<const std::uint8_t> kinds,
                               std::span<const std::uint8_t> channels,
                               std::span<std::uint8_t> statuses,
                               std::span<std::uint32_t> refused) const {
  MOTCUA_RETURN_IF_ERROR(CheckColumns(offsets, kinds, channels, statuses.size()));
  for (std::size_t d = 0; d < statuses.size(); ++d) {
    unsigned state = 0;
    std::uint32_t not_allowed = 0;
    for (std::int64_t k = offsets[d]; k < offsets[d + 1]; ++k) {
      const auto event = static_cast<std::size_t>(k);
      const unsigned channel = channels.empty() ? 0u : channels[event];
      const unsigned counter = (0b1010u >> channel & 1u) * kEventKindCount;  // direct or postal
      const unsigned at = state + kinds[event] + counter;
      not_allowed += next_[at] & 1u;
      state = next_[at] >> 1;
    }
    statuses[d] = statuses_[state / kSymbols];
    if (!refused.empty()) refused[d] = not_allowed;
  }
  return absl::OkStatus();
}

}  // namespace motcua
