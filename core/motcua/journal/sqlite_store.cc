// A journal in a SQLite file: WAL, synchronous=FULL, one connection that writes and
// one that reads, so that readers never wait for the writer nor it for them.
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/journal/erasure.h"
#include "motcua/journal/sqlite_connection.h"
#include "motcua/journal/sqlite_keys.h"
#include "motcua/journal/sqlite_path.h"
#include "motcua/journal/sqlite_schema.h"
#include "motcua/journal/store.h"

namespace motcua {
namespace {

class SqliteStore final : public Store {
 public:
  absl::Status Open(const std::string& path, OpenMode mode);

  absl::StatusOr<Inserted> Insert(const Batch& batch) override;
  absl::Status Lock() override;
  void Unlock() override;
  absl::Status Read(std::int64_t after, std::int64_t limit, const Visit& visit) override;
  absl::StatusOr<std::vector<Row>> Fetch(std::span<const std::int64_t> sequences) override;
  absl::StatusOr<std::vector<std::uint64_t>> Turns(std::int64_t after) override;
  absl::StatusOr<Settings> ReadSettings() override;
  absl::StatusOr<std::vector<StoredKey>> Keys(std::string_view dossier,
                                              std::string_view id) override;
  absl::StatusOr<std::int64_t> DestroyKeys(std::string_view dossier) override;
  absl::Status WriteSegment(std::int64_t first, std::string_view bytes) override;
  absl::StatusOr<std::map<std::int64_t, std::string>> Segments() override;
  absl::StatusOr<std::string> Examine() override;
  void Discard() override;

 private:
  absl::StatusOr<Inserted> InsertInside(const Batch& batch);
  absl::Status InsertSettings(const Batch& batch);
  absl::Status LeaveNoTrace();
  absl::Status Writing(const std::function<absl::Status()>& body);

  std::string path_;
  bool made_ = false;  // by Open
  std::mutex writing_;
  bool locked_ = false;         // a write transaction is open that Lock began
  std::int64_t destroyed_ = 0;  // keys, by the transaction
  SqliteConnection writer_;
  SqliteStatement begin_, commit_, last_, insert_, setting_, first_setting_;
  std::mutex reading_;
  SqliteConnection reader_;
  SqliteStatement read_, fetch_;
};

absl::Status SqliteStore::Open(const std::string& path, OpenMode mode) {
  MOTCUA_RETURN_IF_ERROR(CheckSqlitePath(path, mode != OpenMode::kCreate));
  std::error_code ignored;
  path_ = mode == OpenMode::kReadOnly && IsStill(path) ? StillUri(path) : path;
  const bool write = mode != OpenMode::kReadOnly;
  const int flags = write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  made_ = !std::filesystem::exists(path, ignored);
  MOTCUA_RETURN_IF_ERROR(
      writer_.Open(path_, flags | (mode == OpenMode::kCreate ? SQLITE_OPEN_CREATE : 0)));
  MOTCUA_RETURN_IF_ERROR(PrepareSqliteSchema(writer_, mode == OpenMode::kCreate, write));
  if (write) {
    // secure_delete: a key that is destroyed is overwritten in its page.
    MOTCUA_RETURN_IF_ERROR(
        writer_.Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA wal_autocheckpoint=4000"));
    MOTCUA_RETURN_IF_ERROR(begin_.Prepare(writer_, "BEGIN IMMEDIATE"));
    MOTCUA_RETURN_IF_ERROR(commit_.Prepare(writer_, "COMMIT"));
    MOTCUA_RETURN_IF_ERROR(last_.Prepare(writer_, "SELECT max(sequence) FROM events"));
    MOTCUA_RETURN_IF_ERROR(insert_.Prepare(writer_, "INSERT INTO events VALUES (?, ?, ?, ?)"));
    MOTCUA_RETURN_IF_ERROR(
        setting_.Prepare(writer_, "INSERT OR REPLACE INTO settings VALUES (?, ?)"));
    MOTCUA_RETURN_IF_ERROR(
        first_setting_.Prepare(writer_, "INSERT OR IGNORE INTO settings VALUES (?, ?)"));
  }
  MOTCUA_RETURN_IF_ERROR(reader_.Open(path_, flags));
  MOTCUA_RETURN_IF_ERROR(
      read_.Prepare(reader_,
                    "SELECT sequence, turn, record, hash FROM events WHERE sequence > ? "
                    "ORDER BY sequence LIMIT ?"));
  return fetch_.Prepare(reader_,
                        "SELECT sequence, turn, record, hash FROM events WHERE sequence = ?");
}

// Runs `body` in a write transaction: in that of Lock, or in one of its own.
absl::Status SqliteStore::Writing(const std::function<absl::Status()>& body) {
  if (!std::exchange(locked_, false)) MOTCUA_RETURN_IF_ERROR(begin_.Finish());
  destroyed_ = 0;
  absl::Status status = body();
  if (status.ok()) status = commit_.Finish();
  if (!status.ok() && sqlite3_get_autocommit(writer_.get()) == 0) {
    writer_.Run("ROLLBACK").IgnoreError();
  }
  return status;
}

// The write transaction begins now, and not with Insert, so that no other process can write
// between reading what is there and inserting after it. Reading goes over the other connection.
absl::Status SqliteStore::Lock() {
  const std::lock_guard lock(writing_);
  if (!begin_) return Error(Reason::kInvalidArgument, "journal opened read-only: cannot append");
  MOTCUA_RETURN_IF_ERROR(begin_.Finish());
  locked_ = true;
  return absl::OkStatus();
}

void SqliteStore::Unlock() {
  const std::lock_guard lock(writing_);
  if (std::exchange(locked_, false)) writer_.Run("ROLLBACK").IgnoreError();
}

absl::StatusOr<Inserted> SqliteStore::Insert(const Batch& batch) {
  const std::lock_guard lock(writing_);
  if (!begin_) return Error(Reason::kInvalidArgument, "journal opened read-only: cannot append");
  Inserted done = Inserted::kDone;
  const absl::Status status = Writing([&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(done, InsertInside(batch));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  // A key that a merge destroyed must not live on in the write-ahead log.
  if (destroyed_ > 0) LeaveNoTrace().IgnoreError();
  return done;
}

// The page as it was lies in the write-ahead log, or in the file until the log is copied
// into it; only a whole checkpoint leaves neither.
absl::Status SqliteStore::LeaveNoTrace() {
  constexpr int kPatience = 2'000;  // milliseconds that readers are waited for
  sqlite3_busy_timeout(writer_.get(), kPatience);
  const absl::StatusOr<std::int64_t> busy = writer_.Integer("PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_busy_timeout(writer_.get(), SqliteConnection::kPatience);
  MOTCUA_RETURN_IF_ERROR(busy.status());
  if (*busy == 0) return absl::OkStatus();
  return absl::UnavailableError(
      "erase: the key is destroyed in the journal, but its bytes are still in the write-ahead log "
      "while others read; expected to be erased again when they have left");
}

void SqliteStore::Discard() {
  if (!made_) return;
  std::error_code ignored;
  for (const char* const part : {"", "-wal", "-shm"}) {
    std::filesystem::remove(path_ + part, ignored);
  }
}

absl::StatusOr<Inserted> SqliteStore::InsertInside(const Batch& batch) {
  MOTCUA_RETURN_IF_ERROR(last_.Step().status());
  const std::int64_t last = last_.Integer(0);
  last_.Reset();
  if (!batch.rows.empty() && batch.rows.front().sequence != last + 1) return Inserted::kTaken;
  for (const std::string& id : batch.live_keys) {
    MOTCUA_ASSIGN_OR_RETURN(const bool live, KeyIsLive(writer_, id));
    if (!live) return Inserted::kTaken;
  }
  if (!batch.keys.empty()) MOTCUA_RETURN_IF_ERROR(InsertKeys(writer_, batch.keys));
  if (!batch.their_keys.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(destroyed_, TakeKeys(writer_, batch.their_keys));
  }
  for (const RowView& row : batch.rows) {
    insert_.Bind(1, row.sequence);
    insert_.Bind(2, static_cast<std::int64_t>(row.turn));
    insert_.BindBlob(3, row.record);
    insert_.BindBlob(4, Bytes(row.hash));
    MOTCUA_RETURN_IF_ERROR(insert_.Finish());
  }
  if (!batch.settings.empty()) MOTCUA_RETURN_IF_ERROR(InsertSettings(batch));
  return Inserted::kDone;
}

absl::StatusOr<Settings> SettingsIn(const SqliteConnection& connection) {
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(connection, "SELECT name, value FROM settings"));
  Settings settings;
  while (true) {
    MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return settings;
    settings.emplace(statement.Blob(0), statement.Blob(1));
  }
}

absl::Status SqliteStore::InsertSettings(const Batch& batch) {
  const auto insert = [](SqliteStatement& into, std::string_view name, std::string_view value) {
    into.BindText(1, name);
    into.BindBlob(2, value);
    return into.Finish();
  };
  for (const auto& [name, value] : batch.settings) {
    MOTCUA_RETURN_IF_ERROR(insert(batch.keep_settings ? first_setting_ : setting_, name, value));
  }
  if (!batch.drop_setting.empty()) {
    SqliteStatement drop;
    MOTCUA_RETURN_IF_ERROR(drop.Prepare(writer_, "DELETE FROM settings WHERE name = ?"));
    drop.BindText(1, batch.drop_setting);
    MOTCUA_RETURN_IF_ERROR(drop.Finish());
  }
  MOTCUA_ASSIGN_OR_RETURN(const Settings settings, SettingsIn(writer_));
  return insert(setting_, kDigestSetting, DigestOf(settings));
}

RowView RowOf(const SqliteStatement& statement) {
  RowView row{.sequence = statement.Integer(0),
              .turn = static_cast<std::uint64_t>(statement.Integer(1)),
              .record = statement.Blob(2)};
  if (!ReadHash(statement.Blob(3), row.hash)) row.hash = {};
  return row;
}

absl::Status SqliteStore::Read(std::int64_t after, std::int64_t limit, const Visit& visit) {
  const std::lock_guard lock(reading_);
  read_.Bind(1, after);
  read_.Bind(2, limit);
  absl::Status status;
  while (status.ok()) {
    const absl::StatusOr<bool> found = read_.Step();
    if (!found.ok()) return found.status();
    if (!*found) break;
    status = visit(RowOf(read_));
  }
  read_.Reset();
  return status;
}

absl::StatusOr<std::vector<Row>> SqliteStore::Fetch(std::span<const std::int64_t> sequences) {
  const std::lock_guard lock(reading_);
  std::vector<Row> rows;
  rows.reserve(sequences.size());
  for (const std::int64_t sequence : sequences) {
    fetch_.Bind(1, sequence);
    MOTCUA_ASSIGN_OR_RETURN(const bool found, fetch_.Step());
    if (!found) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(sequence),
                   "a row of the journal; it is missing");
    }
    const RowView row = RowOf(fetch_);
    rows.push_back({row.sequence, row.turn, std::string(row.record), row.hash});
    fetch_.Reset();
  }
  return rows;
}

absl::StatusOr<std::vector<std::uint64_t>> SqliteStore::Turns(std::int64_t after) {
  const std::lock_guard lock(reading_);
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(
      statement.Prepare(reader_, "SELECT turn FROM events WHERE sequence > ? ORDER BY sequence"));
  statement.Bind(1, after);
  std::vector<std::uint64_t> turns;
  while (true) {
    MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return turns;
    turns.push_back(static_cast<std::uint64_t>(statement.Integer(0)));
  }
}

absl::StatusOr<Settings> SqliteStore::ReadSettings() {
  const std::lock_guard lock(reading_);
  return SettingsIn(reader_);
}

absl::StatusOr<std::vector<StoredKey>> SqliteStore::Keys(std::string_view dossier,
                                                         std::string_view id) {
  const std::lock_guard lock(reading_);
  return KeysIn(reader_, dossier, id);
}

absl::StatusOr<std::int64_t> SqliteStore::DestroyKeys(std::string_view dossier) {
  const std::lock_guard lock(writing_);
  if (!begin_) return Error(Reason::kInvalidArgument, "journal opened read-only: cannot erase");
  std::int64_t destroyed = 0;
  const absl::Status written = Writing([&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(destroyed, EraseKeys(writer_, dossier));
    return absl::OkStatus();
  });
  MOTCUA_RETURN_IF_ERROR(written);
  // Also what an erasure before had to leave there.
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> keys, Keys(dossier, ""));
  if (!std::all_of(keys.begin(), keys.end(), IsErasure)) MOTCUA_RETURN_IF_ERROR(LeaveNoTrace());
  return destroyed;
}

absl::Status SqliteStore::WriteSegment(std::int64_t first, std::string_view bytes) {
  const std::lock_guard lock(writing_);
  if (!begin_ || locked_) return absl::OkStatus();
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(
      statement.Prepare(writer_, "INSERT INTO segments VALUES (?, ?) ON CONFLICT DO NOTHING"));
  statement.Bind(1, first);
  statement.BindBlob(2, bytes);
  return statement.Finish();
}

absl::StatusOr<std::map<std::int64_t, std::string>> SqliteStore::Segments() {
  const std::lock_guard lock(reading_);
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(reader_, "SELECT first, bytes FROM segments"));
  std::map<std::int64_t, std::string> segments;
  while (true) {
    MOTCUA_ASSIGN_OR_RETURN(const bool found, statement.Step());
    if (!found) return segments;
    segments.emplace_hint(segments.end(), statement.Integer(0), statement.Blob(1));
  }
}

absl::StatusOr<std::string> SqliteStore::Examine() {
  SqliteConnection connection;
  MOTCUA_RETURN_IF_ERROR(connection.Open(path_, SQLITE_OPEN_READONLY));
  SqliteStatement statement;
  MOTCUA_RETURN_IF_ERROR(statement.Prepare(connection, "PRAGMA integrity_check(1)"));
  MOTCUA_RETURN_IF_ERROR(statement.Step().status());
  const std::string_view said = statement.Blob(0);
  return said == "ok" ? std::string() : "SQLite finds the file damaged";
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const std::string& path, OpenMode mode) {
  auto store = std::make_unique<SqliteStore>();
  MOTCUA_RETURN_IF_ERROR(store->Open(path, mode));
  return store;
}

}  // namespace motcua
