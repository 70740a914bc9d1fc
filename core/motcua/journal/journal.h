// The journal (sổ nhật ký): what happened, and nothing of it lost.
//
//   MOTCUA_ASSIGN_OR_RETURN(auto journal, Journal::Open("sqlite:commune.db", {}));
//   MOTCUA_ASSIGN_OR_RETURN(auto sequences, journal->Append(log, {}));  // durable now
//
// Rows are appended and never changed; each carries the SHA-256 of the row before it.
// Sequence numbers count them as they arrived here. Beside that every event has a
// *turn*, a number greater than those of all events that its writer knew: the canonical
// order is by turn, then epoch, then id. It is the order of writing where one journal
// wrote, and the same in all journals that have merged the same events, in whatever
// order and however often.
//
// Thread safety: a journal may be shared by threads; any number of processes may open
// the same one. Reading does not block writing. Memory: about 60 bytes an event.
#ifndef MOTCUA_JOURNAL_JOURNAL_H_
#define MOTCUA_JOURNAL_JOURNAL_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/journal/decoded_row.h"
#include "motcua/journal/entry.h"
#include "motcua/journal/epochs.h"
#include "motcua/journal/record.h"
#include "motcua/journal/row_index.h"
#include "motcua/journal/sealing.h"
#include "motcua/journal/store.h"

namespace motcua {

inline constexpr std::int64_t kNoRecordedAt = INT64_MIN;

struct JournalOptions {
  OpenMode mode = OpenMode::kCreate;
  // Names of fields to seal, beside those of DefaultPersonalFields, those that the journal was
  // opened with before, and those of journals it merged: it keeps them. See PersonalName.
  std::vector<std::string> personal = {};
};

struct ReadOptions {
  std::int64_t after = 0;         // only rows of greater sequence numbers
  bool canonical = true;          // by turn; false: by sequence, rows set aside included
  std::string_view dossier = {};  // one dossier; empty: all
};

class Journal {
 public:
  // "sqlite:PATH", or "postgresql://..." as libpq reads it. Errors: kInvalidArgument for
  // another form or a place that must exist and does not; kMalformedData for a file that
  // is no journal; kUnavailable if disk or server fail.
  static absl::StatusOr<std::unique_ptr<Journal>> Open(std::string_view url,
                                                       const JournalOptions& options);
  ~Journal();

  // Appends the events that are new, all or none, durable on return; the sequence number of
  // each event of `events`, new or not. `recorded_at` is the host's clock unless given.
  // Errors: kAlreadyExists for an id that the journal holds with other content;
  // kUnavailable if nothing can be promised: appending again is right then.
  absl::StatusOr<std::vector<std::int64_t>> Append(const EventLog& events,
                                                   std::int64_t recorded_at = kNoRecordedAt);

  // Shows events until `visit` fails. What is appended meanwhile is not shown.
  using Visit = std::function<absl::Status(const JournalEntry&)>;
  absl::Status Read(const ReadOptions& options, const Visit& visit);
  // The sequence numbers that Read would show, for reading in portions.
  absl::StatusOr<std::vector<std::int64_t>> Sequences(const ReadOptions& options);
  absl::Status Show(std::span<const std::int64_t> sequences, const Visit& visit);

  absl::StatusOr<JournalHead> Head();  // after reading what others appended

  // Follows every link up to the end as it is at the beginning. `anchor`, a head kept outside,
  // must still be on the chain. What is wrong is in the result. Errors: kInvalidArgument for
  // an anchor below 0; kUnavailable.
  absl::StatusOr<Verification> Verify(const JournalHead& anchor = {},
                                      const Progress& progress = {});

  // Takes in all events of another journal; see MergeReport. All or nothing, and nothing
  // of a journal whose chain is broken, or that holds what Append would not have written.
  // Each row of the other is read twice, and counts twice for `progress`, which must not call
  // either journal. Errors: kMalformedData, kUnavailable.
  absl::StatusOr<MergeReport> Merge(Journal& other, const Progress& progress = {});
  // Every conflict there is, by dossier.
  absl::StatusOr<std::vector<Conflict>> Conflicts();

  // Copies everything into a new journal, which then writes epochs of its own: a branch, a
  // backup, a move to another store. Writers here go on; the copy is one moment of this
  // journal. Errors: kInvalidArgument if the place is not empty; kMalformedData if a link is
  // broken. A file begun in vain is removed.
  absl::StatusOr<JournalHead> CopyTo(std::string_view url, const Progress& progress = {});

  // Destroys the keys of a dossier's personal data; how many. Copies made before hold them still,
  // and lose them when they merge this journal, as do those who made keys of their own for the
  // dossier without knowing of the erasure. Errors: kUnavailable, also where the
  // keys are destroyed but a reader keeps their bytes in SQLite's write-ahead log: erasing
  // again, when it has left, clears the log.
  absl::StatusOr<std::int64_t> Erase(std::string_view dossier);

  // Counts up whenever events that were shown before may now be set aside.
  absl::StatusOr<std::int64_t> Generation();

 private:
  friend class Merger;
  friend class ConflictFinder;
  struct Draft;
  struct Place;  // of a row in the canonical order

  explicit Journal(std::unique_ptr<Store> store) : store_(std::move(store)) {}
  absl::Status Load(const JournalOptions& options);
  absl::Status LoadSettings();
  void Adopt(const Settings& settings);
  absl::Status LoadSegments();
  std::string PersonalSetting() const;

  // Reads what others have appended.
  absl::Status CatchUp();
  void Take(const RowView& row);
  void Advance(const RowView& row);
  void WriteSegments();
  // Finds out which of several rows of one id stands, for rows not yet looked at.
  absl::Status SetAside();
  absl::StatusOr<std::vector<DecodedRow>> RowsWithId(std::string_view id);

  // The row that holds this event; 0: none. Errors: kAlreadyExists.
  absl::StatusOr<std::int64_t> Find(const Event& event);
  absl::StatusOr<StoredKey> KeyFor(std::string_view dossier, Draft& draft);
  absl::Status AddToDraft(const Event& event, std::int64_t recorded_at, Draft& draft);
  absl::StatusOr<JournalHead> CopyInto(Store& store, std::string_view url,
                                       const Progress& progress);
  absl::StatusOr<Draft> MakeDraft(const EventLog& events, std::int64_t recorded_at);
  absl::StatusOr<Inserted> Write(Draft& draft);
  // Attempts until nobody was faster.
  absl::Status Try(const std::function<absl::StatusOr<Inserted>()>& attempt);

  absl::Status LoadEpochs(std::vector<Place>& places);
  absl::StatusOr<std::vector<Place>> PlacesOf(std::string_view dossier,
                                              std::span<const std::int64_t> candidates);
  absl::StatusOr<std::vector<Place>> PlacesAfter(std::int64_t after, std::int64_t last);

  // Begins a call. Errors: kInvalidArgument for one out of the progress of a merge, which would
  // wait for itself.
  absl::StatusOr<std::unique_lock<std::mutex>> Enter();
  absl::Status CheckNotMerging() const;

  std::unique_ptr<Store> store_;
  std::atomic<std::thread::id> merging_{};  // the thread of a merge that holds this journal
  std::mutex mutex_;                        // guards everything below
  RecordCodec codec_;
  std::string scratch_;
  RowIndex index_;
  JournalHead head_;
  Epochs epochs_;
  PersonalFields personal_;
  std::map<std::int64_t, std::string> segments_to_write_;
  std::set<std::int64_t> twice_;      // rows whose id may be there already, not yet looked at
  std::set<std::int64_t> set_aside_;  // rows of which another of the same id stands
  std::int64_t generation_ = 0;
  int contended_ = 0;  // appends still to be made under the store's lock
};

// A store as Journal::Open finds it by its url.
absl::StatusOr<std::unique_ptr<Store>> OpenStore(std::string_view url, OpenMode mode);
// A number for a new epoch. Errors: kUnavailable.
absl::StatusOr<std::uint64_t> NewEpoch();

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_JOURNAL_H_
