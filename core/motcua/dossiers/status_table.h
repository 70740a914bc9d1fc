// A machine compiled to a table of states: the statuses of many dossiers in one pass.
//
//   const StatusTable table(machine);
//   table.Fold(offsets, kinds, channels, statuses, refused);   // dossier d: [offsets[d], offsets[d
//   + 1])
//
// For hosts that keep events in columns, grouped by dossier and in order (a column store, Spark).
// Guards that ask the clock or what an event brings (supplement_expired, day_before, fee_paid,
// result_ready) are taken to hold: this replays events that a fold or a journal has let through.
// All other guards are asked. An event the machine does not allow changes nothing. Immutable.
// Complexity: one load an event.
#ifndef MOTCUA_DOSSIERS_STATUS_TABLE_H_
#define MOTCUA_DOSSIERS_STATUS_TABLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "motcua/dossiers/machine.h"

namespace motcua {

class StatusTable {
 public:
  explicit StatusTable(const Machine& machine);

  // `offsets` has one element more than there are dossiers. `kinds` are EventKind, `channels`
  // Channel or empty (unknown). `statuses` and, where not empty, `refused` (events that were not
  // allowed) receive an element a dossier. Errors: kInvalidArgument for sizes that do not fit,
  // offsets that fall, or a kind or channel that is none; nothing is written then.
  absl::Status Fold(std::span<const std::int64_t> offsets, std::span<const std::uint8_t> kinds,
                    std::span<const std::uint8_t> channels, std::span<std::uint8_t> statuses,
                    std::span<std::uint32_t> refused) const;

 private:
  // A node is a state of the machine, with the state where a supplement was asked and whether the
  // due date was put off, as far as events can lead there. A symbol is the kind of an event and
  // whether it came to the counter.
  static constexpr unsigned kSymbols = 2 * kEventKindCount;

  std::vector<std::uint32_t> next_;  // [node * kSymbols + symbol]: (node * kSymbols) * 2 + refused
  std::vector<std::uint8_t> statuses_;  // by node
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_STATUS_TABLE_H_
