#include "motcua/journal/erasure.h"

#include <set>

#include "motcua/base/status.h"
#include "motcua/journal/sealing.h"

namespace motcua {

absl::StatusOr<StoredKey> NewErasure(std::string_view dossier) {
  MOTCUA_ASSIGN_OR_RETURN(std::string id, RandomBytes(kErasureIdSize));
  return StoredKey{.id = std::move(id), .dossier = std::string(dossier), .secret = {}};
}

KeyChanges ChangesOfKeys(std::span<const StoredKey> our_erasures,
                         std::span<const StoredKey> their_keys) {
  std::set<std::string_view> ours, theirs;
  for (const StoredKey& erasure : our_erasures) ours.insert(erasure.id);
  std::set<std::string> erased_there;
  for (const StoredKey& key : their_keys) {
    if (!IsErasure(key)) continue;
    theirs.insert(key.id);
    if (!ours.contains(key.id)) erased_there.insert(key.dossier);
  }
  std::set<std::string_view> erased_here;
  for (const StoredKey& erasure : our_erasures) {
    if (!theirs.contains(erasure.id)) erased_here.insert(erasure.dossier);
  }
  KeyChanges changes;
  changes.erased.assign(erased_there.begin(), erased_there.end());
  changes.arriving.assign(their_keys.begin(), their_keys.end());
  for (StoredKey& key : changes.arriving) {
    if (erased_here.contains(key.dossier)) key.secret.clear();
  }
  return changes;
}

}  // namespace motcua
