// Taking one journal into another.
#ifndef MOTCUA_JOURNAL_MERGE_H_
#define MOTCUA_JOURNAL_MERGE_H_

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "motcua/journal/admission.h"
#include "motcua/journal/journal.h"

namespace motcua {

// One attempt at a merge; Journal::Merge makes another if somebody else was faster.
class Merger {
 public:
  Merger(Journal& into, Journal& from, std::int64_t now, const Progress& progress)
      : into_(into), from_(from), now_(now), progress_(progress) {}

  // Reads the other journal and writes what is new. The caller holds both.
  absl::StatusOr<Inserted> Run();
  MergeReport& report() { return report_; }
  // The rows that are new here, and their dossiers.
  const std::set<std::int64_t>& added() const { return added_; }
  const std::set<std::string>& dossiers() const { return dossiers_; }

 private:
  absl::Status TakeIn(std::vector<DecodedRow>& portion, Admission& admission);
  // Whether one of these rows, here or on its way, says the same.
  absl::StatusOr<bool> IsKnown(const DecodedRow& row,
                               const std::vector<const DecodedRow*>& same_id);
  void LookAtClock(const DecodedRow& row, bool is_new);
  void Notice(SkewKind kind, std::int64_t milliseconds, std::string_view event);
  absl::StatusOr<Inserted> Write();

  Journal& into_;
  Journal& from_;
  std::int64_t now_;
  const Progress& progress_;
  std::vector<StoredKey> keys_;  // of the branch
  MergeReport report_;
  std::deque<DecodedRow> new_;
  std::map<std::string, std::vector<const DecodedRow*>, std::less<>> new_of_id_;
  std::set<std::int64_t> added_;
  std::set<std::string> dossiers_;
  std::int64_t latest_recorded_ = INT64_MIN;
  std::map<std::string, std::int64_t, std::less<>> latest_at_;  // by dossier
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_MERGE_H_
