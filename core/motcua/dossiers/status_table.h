// A machine compiled to a table of states: the statuses of many dossiers in one pass.
//
//   const StatusTable table(machine);
//   table.Fold(offsets, kinds, channels, statuses, refused);   // dossier d: [offsets[d], offsets[d
//   + 1])
//
// For hosts that keep events in columns, grouped by dossier and in order (a column store, Spark).
// Guards that need a clock (supplement_expired, day_before) are taken to hold: this replays events
// that a fold or a journal has let through. All other guards are asked. An event the machine does
// not allow changes nothing. Immutable. Complexity: one load an event.
#ifndef MOTCUA_DOSSIERS_STATUS_TABLE_H_
#define MOTCUA_DOSSIERS_STATUS_TABLE_H_

#include <array>
#include <cstdint>
#include <span>

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
  // A state is status x where a supplement was asked x put off before, times the symbols; a
  // symbol is the kind of an event and whether it came to the counter.
  static constexpr unsigned kSymbols = 2 * kEventKindCount;
  static constexpr unsigned kStates = kDossierStatusCount * 3 * 2;

  void Compile(const Machine& machine, unsigned state, unsigned symbol);

  std::array<std::uint16_t, kStates* kSymbols> next_ = {};    // state times kSymbols
  std::array<std::uint8_t, kStates* kSymbols> refused_ = {};  // 1: not allowed
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_STATUS_TABLE_H_
