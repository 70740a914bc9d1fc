// What a merge takes in: only what Append could have written. A chain says that a branch
// is whole, not who made it; one row that cannot be shown would stand in the way of all.
#ifndef MOTCUA_JOURNAL_ADMISSION_H_
#define MOTCUA_JOURNAL_ADMISSION_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "motcua/journal/decoded_row.h"

namespace motcua {

class Admission {
 public:
  // `keys` are all of the branch.
  static absl::StatusOr<Admission> Of(const std::vector<StoredKey>& keys, Store& into);

  // Errors: kMalformedData with the row's number in the branch.
  absl::Status Check(const DecodedRow& row);

 private:
  explicit Admission(Store& into) : into_(&into) {}
  absl::Status CheckEvent(const Record& record);
  // The key as it will be after the merge; nullptr: in neither journal.
  absl::StatusOr<const StoredKey*> KeyOf(const std::string& id);

  Store* into_;
  std::map<std::string, StoredKey> keys_;    // of the branch
  std::map<std::string, StoredKey> merged_;  // those asked for
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_ADMISSION_H_
