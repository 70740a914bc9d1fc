// Where a journal's rows lie: the part that differs between SQLite and PostgreSQL.
//
// A store keeps an append-only table of rows, a table of keys for personal data,
// named settings, and index segments that can be made anew from the rows. It knows
// nothing of events.
#ifndef MOTCUA_JOURNAL_STORE_H_
#define MOTCUA_JOURNAL_STORE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "motcua/journal/chain.h"
#include "motcua/journal/settings.h"

namespace motcua {

// A row as it lies there; the record's bytes live as long as the call that shows it.
struct RowView {
  std::int64_t sequence = 0;  // 1, 2, 3, ... without a gap
  std::uint64_t turn = 0;     // the place in the canonical order, see journal.h
  std::string_view record;    // an encoded motcua.v1.Record
  Hash hash{};
};

struct Row {
  std::int64_t sequence = 0;
  std::uint64_t turn = 0;
  std::string record;
  Hash hash{};
};

// A key that personal data of a dossier is sealed with.
struct StoredKey {
  std::string id;       // 8 bytes, see KeyId; an erasure has 16, see erasure.h
  std::string dossier;  // whose
  std::string secret;   // 32 bytes; empty once it is destroyed
};

// What one Insert writes, all or nothing.
struct Batch {
  std::span<const RowView> rows;                // the first continues the table
  std::span<const StoredKey> keys = {};         // new ones
  std::span<const StoredKey> their_keys = {};   // all of another journal: see ChangesOfKeys
  std::span<const std::string> live_keys = {};  // ids that must not be destroyed meanwhile
  Settings settings = {};
  bool keep_settings = false;          // settings that are there stay as they are
  std::string_view drop_setting = {};  // beside `settings`, one that goes; empty: none
};

enum class Inserted {
  kDone,
  kTaken,  // somebody else has written since; nothing was written
};

class Store {
 public:
  virtual ~Store() = default;

  // Writes a batch; durable on return. Errors: kUnavailable if the disk or server
  // fails; nothing was acknowledged, and appending again is right.
  virtual absl::StatusOr<Inserted> Insert(const Batch& batch) = 0;

  // Taken by a writer that was overtaken, so that it is not overtaken for ever: until its Insert,
  // or Unlock where it does not come to one, nobody else inserts. Errors: kUnavailable.
  virtual absl::Status Lock() = 0;
  virtual void Unlock() = 0;

  // Whether a failed Insert may be tried again at once, over a new connection.
  virtual bool Reconnects() const { return false; }

  // Shows rows after a sequence number in order, at most `limit`. Never blocks a
  // writer. Errors: kUnavailable, kDataLoss, or what `visit` returns.
  using Visit = std::function<absl::Status(const RowView&)>;
  virtual absl::Status Read(std::int64_t after, std::int64_t limit, const Visit& visit) = 0;

  // The rows of the sequence numbers given, in their order. Errors: kDataLoss if one is missing.
  virtual absl::StatusOr<std::vector<Row>> Fetch(std::span<const std::int64_t> sequences) = 0;

  // The turns of all rows after a sequence number, in order of sequence.
  virtual absl::StatusOr<std::vector<std::uint64_t>> Turns(std::int64_t after) = 0;

  // With the digest that every Insert of settings brings up to date.
  virtual absl::StatusOr<Settings> ReadSettings() = 0;

  // Keys, destroyed ones too: of a dossier, of an id, or all where both are empty.
  virtual absl::StatusOr<std::vector<StoredKey>> Keys(std::string_view dossier,
                                                      std::string_view id) = 0;
  // Destroys the keys of a dossier beyond recovery from the store, and leaves an erasure; how many
  // keys there were. Errors: kUnavailable, also if they are destroyed but not yet beyond recovery.
  virtual absl::StatusOr<std::int64_t> DestroyKeys(std::string_view dossier) = 0;

  // Removes the file or the tables that opening made, after work in vain; what was there before
  // stays.
  virtual void Discard() {}

  // Index segments, by the number of their first row. A segment that is there stays; between Lock
  // and Insert none is written.
  virtual absl::Status WriteSegment(std::int64_t first, std::string_view bytes) = 0;
  virtual absl::StatusOr<std::map<std::int64_t, std::string>> Segments() = 0;

  // What the storage engine itself finds wrong; empty where nothing. May be asked beside
  // reading, from another thread.
  virtual absl::StatusOr<std::string> Examine() = 0;
};

// Told how far work has come: rows done, of how many. Called by the thread that does it.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

// Shows the rows after `after` up to `last` (or to the end) in portions, so that others who
// read the same store get their turn. `progress` hears of each, as being of `total`.
absl::Status ReadInPortions(Store& store, std::int64_t after, std::int64_t last,
                            const Store::Visit& visit, const Progress& progress = {},
                            std::int64_t total = 0);

enum class OpenMode {
  kCreate,    // made where there is none
  kExisting,  // must be there
  kReadOnly,  // must be there; nothing is written
};

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const std::string& path, OpenMode mode);
absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(const std::string& url, OpenMode mode);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_STORE_H_
