// What a writer knew: the epochs before its own, as a graph.
//
// A journal draws a new epoch when it is made, copied or has merged. Within an epoch an
// event knows all of lower turn; beyond it, what the epoch's parents say. Two events of
// which neither knew the other were written side by side.
#ifndef MOTCUA_JOURNAL_EPOCHS_H_
#define MOTCUA_JOURNAL_EPOCHS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/journal/record.h"
#include "motcua/journal/settings.h"

namespace motcua {

class Epochs {
 public:
  // The epoch that is being written, and its parents until its first event carries them.
  std::uint64_t current() const { return current_; }
  const std::vector<EpochParent>& pending() const { return pending_; }

  bool used() const { return used_; }  // the current epoch has an event

  // Begins an epoch after the current one (up to `turn`) and others. An epoch in which
  // nothing was written is left out: its parents take its place.
  void Begin(std::uint64_t epoch, std::uint64_t turn, const std::vector<EpochParent>& others);
  // The parents of the current epoch are in a record now.
  void Settle();
  void Learn(std::uint64_t epoch, const std::vector<EpochParent>& parents);
  void LearnAll(const Epochs& other);
  // What the next epoch of whoever holds this has for parents, `turn` being its last turn.
  std::vector<EpochParent> Heads(std::uint64_t turn) const;

  // Whether the event of (epoch, turn) was known to the writer of (by_epoch, by_turn).
  bool Knew(std::uint64_t by_epoch, std::uint64_t by_turn, std::uint64_t epoch,
            std::uint64_t turn) const;

  // As settings of a store.
  Settings AsSettings() const;
  void Load(const Settings& settings);

 private:
  const std::map<std::uint64_t, std::uint64_t>& Ancestors(std::uint64_t epoch) const;

  std::uint64_t current_ = 0;
  std::vector<EpochParent> pending_;
  bool used_ = false;  // the current epoch has an event
  std::map<std::uint64_t, std::vector<EpochParent>> parents_;
  // The greatest turn known of each ancestor; made when first asked for.
  mutable std::map<std::uint64_t, std::map<std::uint64_t, std::uint64_t>> ancestors_;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_EPOCHS_H_
