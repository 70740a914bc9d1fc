#include "motcua/dossiers/status_table.h"

#include <algorithm>
#include <string>

#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr DossierStatus kOrigins[] = {DossierStatus::kNew, DossierStatus::kAccepted,
                                      DossierStatus::kInProcessing};

unsigned OriginOf(DossierStatus status) {
  for (unsigned k = 0; k < 3; ++k) {
    if (kOrigins[k] == status) return k;
  }
  return 0;
}

bool Holds(std::uint16_t guards, bool counter, DossierStatus origin, bool extended) {
  const bool accepted = origin == DossierStatus::kAccepted;
  const bool appraised = origin == DossierStatus::kInProcessing;
  const auto asks = [&](GuardBit guard, bool holds) { return (guards & guard) == 0 || holds; };
  return asks(kGuardCounter, counter) && asks(kGuardAskedBefore, !accepted && !appraised) &&
         asks(kGuardAskedInReception, accepted) && asks(kGuardAskedInAppraisal, appraised) &&
         asks(kGuardAskedAfter, accepted || appraised) && asks(kGuardFirstExtension, !extended);
}

}  // namespace

StatusTable::StatusTable(const Machine& machine) {
  for (unsigned state = 0; state < kStates; ++state) {
    for (unsigned symbol = 0; symbol < kSymbols; ++symbol) Compile(machine, state, symbol);
  }
}

void StatusTable::Compile(const Machine& machine, unsigned state, unsigned symbol) {
  const auto from = static_cast<DossierStatus>(state / 6);
  const DossierStatus origin = kOrigins[state / 2 % 3];
  const bool extended = state % 2 != 0;
  const auto kind = static_cast<EventKind>(symbol % kEventKindCount);
  const unsigned at = state * kSymbols + symbol;
  next_[at] = static_cast<std::uint16_t>(state * kSymbols);
  refused_[at] = 1;
  for (const Transition& row : machine.On(from, kind)) {
    if (!Holds(row.guards, symbol >= kEventKindCount, origin, extended)) continue;
    DossierStatus to = from;
    if (row.to == kToPrevious) {
      to = origin;
    } else if (row.to != kToSame) {
      to = static_cast<DossierStatus>(row.to);
    }
    const unsigned asked = kind == EventKind::kRequestSupplement ? OriginOf(from) : state / 2 % 3;
    const unsigned put_off = extended || row.clock == ClockEffect::kExtend ? 1 : 0;
    const unsigned next = static_cast<unsigned>(to) * 6 + asked * 2 + put_off;
    next_[at] = static_cast<std::uint16_t>(next * kSymbols);
    refused_[at] = 0;
    return;
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
      not_allowed += refused_[at];
      state = next_[at];
    }
    statuses[d] = static_cast<std::uint8_t>(state / kSymbols / 6);
    if (!refused.empty()) refused[d] = not_allowed;
  }
  return absl::OkStatus();
}

}  // namespace motcua
