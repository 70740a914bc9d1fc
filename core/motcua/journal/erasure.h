// Erasures: what tells a journal that the keys of a dossier were destroyed, also those that
// another journal made meanwhile.
//
// An erasure is a row among the keys, without a secret, of an id of its own. A key was made in
// knowledge of the erasures of its dossier that lay in the journal with it. Where one goes, they
// go along: so a journal that holds a key and not the erasure made the key without knowing of
// it, and the key dies where the two meet, in whichever order journals are merged.
#ifndef MOTCUA_JOURNAL_ERASURE_H_
#define MOTCUA_JOURNAL_ERASURE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/journal/store.h"

namespace motcua {

inline constexpr std::size_t kKeyIdSize = 8;
inline constexpr std::size_t kErasureIdSize = 16;

inline bool IsErasure(const StoredKey& key) { return key.id.size() == kErasureIdSize; }

// An erasure of a dossier that no journal has yet. Errors: kUnavailable.
absl::StatusOr<StoredKey> NewErasure(std::string_view dossier);

// What becomes of the keys of one journal when those of another come to it.
struct KeyChanges {
  std::vector<std::string> erased;  // dossiers, all of whose keys that are here die
  std::vector<StoredKey> arriving;  // of the other journal; destroyed ones without their secret
};
KeyChanges ChangesOfKeys(std::span<const StoredKey> our_erasures,
                         std::span<const StoredKey> their_keys);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_ERASURE_H_
