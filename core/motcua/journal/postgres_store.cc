// A journal in PostgreSQL, for many writers.
//
// Nobody waits for a lock in the ordinary case: a writer inserts the next sequence
// numbers it knows of, and the primary key lets one of several succeed. The others
// see kTaken, read on, and try again under a lock of the table. So the sequence has no
// gap, and an append of any size is one round trip.
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/journal/postgres_connection.h"
#include "motcua/journal/postgres_keys.h"
#include "motcua/journal/store.h"

namespace motcua {
namespace {

constexpr std::array<const char*, 2> kSteps = {
    "CREATE TABLE motcua_journal_events (sequence int8 PRIMARY KEY, turn int8 NOT NULL,"
    "                                    record bytea NOT NULL, hash bytea NOT NULL);"
    "ALTER TABLE motcua_journal_events ALTER record SET STORAGE EXTERNAL;"
    "CREATE TABLE motcua_journal_settings (name text PRIMARY KEY, value bytea NOT NULL);",

    "CREATE TABLE motcua_journal_keys (id bytea PRIMARY KEY, dossier bytea NOT NULL, secret bytea);"
    "CREATE INDEX motcua_journal_keys_dossier ON motcua_journal_keys (dossier);"
    "CREATE TABLE motcua_journal_segments (first int8 PRIMARY KEY, bytes bytea NOT NULL);",
};

// A setting turned off by the server would make "durable" a word. A statement is planned when
// the tables are small and its plan kept while they grow, so that a scan of the whole table,
// cheapest then, must not be one.
constexpr char kSession[] =
    "SET client_min_messages = warning; SET enable_seqscan = off;"
    "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
    "  WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)";

constexpr char kInsertOne[] =
    "INSERT INTO motcua_journal_events SELECT $1::int8, $2::int8, $3::bytea, $4::bytea "
    "WHERE $1 = 1 OR EXISTS (SELECT FROM motcua_journal_events WHERE sequence = $1 - 1)";
constexpr char kInsertMany[] =
    "INSERT INTO motcua_journal_events "
    "SELECT * FROM unnest($2::int8[], $3::int8[], $4::bytea[], $5::bytea[]) "
    "WHERE $1::int8 = 1 OR EXISTS (SELECT FROM motcua_journal_events WHERE sequence = $1 - 1)";
constexpr char kSetting[] =
    "INSERT INTO motcua_journal_settings VALUES ($1::text, $2::bytea) "
    "ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value";
constexpr char kFirstSetting[] =
    "INSERT INTO motcua_journal_settings VALUES ($1::text, $2::bytea) ON CONFLICT DO NOTHING";
constexpr char kDropSetting[] = "DELETE FROM motcua_journal_settings WHERE name = $1::text";
constexpr char kSettings[] = "SELECT name, value FROM motcua_journal_settings";
// Every transaction asks for the table of events first, so that two never wait for each other.
constexpr char kBegin[] = "BEGIN; LOCK TABLE motcua_journal_events IN ROW EXCLUSIVE MODE";
// Also appends that ask for nothing wait for this one; those who read do not.
constexpr char kLock[] = "BEGIN; LOCK TABLE motcua_journal_events IN SHARE ROW EXCLUSIVE MODE";
constexpr char kCommit[] = "COMMIT";
constexpr char kRead[] =
    "SELECT sequence, turn, record, hash FROM motcua_journal_events WHERE sequence > $1::int8 "
    "ORDER BY sequence LIMIT $2::int8";
constexpr char kFetch[] =
    "SELECT sequence, turn, record, hash FROM motcua_journal_events "
    "WHERE sequence = ANY($1::int8[])";

class PostgresStore final : public Store {
 public:
  absl::Status Open(const std::string& url, OpenMode mode);

  absl::StatusOr<Inserted> Insert(const Batch& batch) override;
  absl::Status Lock() override;
  void Unlock() override;
  bool Reconnects() const override { return true; }
  absl::Status Read(std::int64_t after, std::int64_t limit, const Visit& visit) override;
  absl::StatusOr<std::vector<Row>> Fetch(std::span<const std::int64_t> sequences) override;
  absl::StatusOr<std::vector<std::uint64_t>> Turns(std::int64_t after) override;
  absl::StatusOr<Settings> ReadSettings() override;
  absl::StatusOr<std::vector<StoredKey>> Keys(std::string_view dossier,
                                              std::string_view id) override;
  absl::StatusOr<std::int64_t> DestroyKeys(std::string_view dossier) override;
  absl::Status WriteSegment(std::int64_t first, std::string_view bytes) override;
  absl::StatusOr<std::map<std::int64_t, std::string>> Segments() override;
  absl::StatusOr<std::string> Examine() override { return std::string(); }
  void Discard() override;

 private:
  absl::Status PrepareSchema(OpenMode mode);
  absl::StatusOr<std::size_t> SchemaVersion();
  absl::Status TakeSteps(std::size_t version);
  absl::StatusOr<std::int64_t> InsertRows(std::span<const RowView> rows);
  absl::StatusOr<Inserted> InsertTogether(const Batch& batch);
  absl::Status LeaveNoTrace();
  absl::Status InsertSettings(const Batch& batch);
  absl::StatusOr<PostgresResult> Ask(const char* sql, const PostgresParameters& parameters = {});

  std::string url_;
  std::string session_;
  bool writes_ = false;
  bool made_ = false;  // by Open
  std::mutex writing_;
  bool locked_ = false;         // a transaction is open that Lock began
  std::int64_t destroyed_ = 0;  // keys, by the transaction
  PostgresConnection writer_;
  std::mutex reading_;
  PostgresConnection reader_;  // opened when it is first asked
};

absl::Status PostgresStore::Open(const std::string& url, OpenMode mode) {
  url_ = url;
  writes_ = mode != OpenMode::kReadOnly;
  session_ =
      writes_ ? kSession : absl::StrCat(kSession, "; SET default_transaction_read_only = on");
  MOTCUA_RETURN_IF_ERROR(writer_.Open(url_, session_));
  return PrepareSchema(mode);
}

absl::Status PostgresStore::PrepareSchema(OpenMode mode) {
  MOTCUA_ASSIGN_OR_RETURN(std::size_t version, SchemaVersion());
  if (version == 0 && mode != OpenMode::kCreate) {
    return Error(Reason::kInvalidArgument, "journal", "PostgreSQL",
                 "a database that holds a journal");
  }
  if (version > kSteps.size()) {
    return Error(Reason::kMalformedData, "journal version", std::to_string(version),
                 "at most " + std::to_string(kSteps.size()) + "; a later motcua wrote it");
  }
  if (version == kSteps.size()) return absl::OkStatus();
  if (!writes_) {
    return Error(Reason::kInvalidArgument, "journal version", std::to_string(version),
                 std::to_string(kSteps.size()) + "; open it for writing once to migrate it");
  }
  // One opener at a time: CREATE TABLE is no match for two at once.
  MOTCUA_RETURN_IF_ERROR(writer_.Run("SELECT pg_advisory_lock(1836020835)"));
  made_ = version == 0;
  absl::Status status = TakeSteps(version);
  if (!status.ok()) writer_.Run("ROLLBACK").IgnoreError();
  writer_.Run("SELECT pg_advisory_unlock(1836020835)").IgnoreError();
  return status;
}

absl::StatusOr<std::size_t> PostgresStore::SchemaVersion() {
  MOTCUA_ASSIGN_OR_RETURN(
      const PostgresResult there,
      writer_.Query("SELECT to_regclass('motcua_journal_settings') IS NOT NULL"));
  if (BytesAt(there.get(), 0, 0) != std::string_view("\1", 1)) return 0;
  MOTCUA_ASSIGN_OR_RETURN(
      const PostgresResult found,
      writer_.Query("SELECT value FROM motcua_journal_settings WHERE name = 'schema'"));
  if (PQntuples(found.get()) == 0) return 0;
  return static_cast<std::size_t>(std::atoi(std::string(BytesAt(found.get(), 0, 0)).c_str()));
}

absl::Status PostgresStore::TakeSteps(std::size_t version) {
  MOTCUA_ASSIGN_OR_RETURN(version, SchemaVersion());
  for (; version < kSteps.size(); ++version) {
    MOTCUA_RETURN_IF_ERROR(writer_.Run(absl::StrCat(
        "BEGIN;", kSteps[version], "INSERT INTO motcua_journal_settings VALUES ('schema', '",
        version + 1, "') ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value;", "COMMIT")));
  }
  return absl::OkStatus();
}

// The rows in one statement; how many went in: all or none.
absl::StatusOr<std::int64_t> PostgresStore::InsertRows(std::span<const RowView> rows) {
  PostgresParameters parameters;
  parameters.Integer(rows.front().sequence);
  const char* sql = kInsertOne;
  if (rows.size() == 1) {
    parameters.Integer(static_cast<std::int64_t>(rows.front().turn))
        .Bytes(rows.front().record)
        .Bytes(Bytes(rows.front().hash));
  } else {
    sql = kInsertMany;
    std::vector<std::int64_t> sequences, turns;
    std::vector<std::string_view> records, hashes;
    for (const RowView& row : rows) {
      sequences.push_back(row.sequence);
      turns.push_back(static_cast<std::int64_t>(row.turn));
      records.push_back(row.record);
      hashes.push_back(Bytes(row.hash));
    }
    parameters.Integers(sequences).Integers(turns).ByteArrays(records).ByteArrays(hashes);
  }
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result, writer_.Query(sql, parameters));
  return std::atoll(PQcmdTuples(result.get()));
}

absl::StatusOr<Inserted> PostgresStore::Insert(const Batch& batch) {
  constexpr std::size_t kOneStatement = 20'000;  // rows; a parameter is at most 1 GB
  const std::lock_guard lock(writing_);
  if (!writes_) return Error(Reason::kInvalidArgument, "journal opened read-only: cannot append");
  const bool locked = std::exchange(locked_, false);
  const bool plain = !locked && batch.keys.empty() && batch.their_keys.empty() &&
                     batch.live_keys.empty() && batch.settings.empty();
  destroyed_ = 0;
  absl::StatusOr<Inserted> done = Inserted::kDone;
  if (plain && batch.rows.size() <= kOneStatement) {
    if (batch.rows.empty()) return Inserted::kDone;
    const absl::StatusOr<std::int64_t> count = InsertRows(batch.rows);
    done = !count.ok()  ? absl::StatusOr<Inserted>(count.status())
           : *count > 0 ? Inserted::kDone
                        : Inserted::kTaken;
  } else {
    if (!locked) MOTCUA_RETURN_IF_ERROR(writer_.Run(kBegin));
    done = InsertTogether(batch);
    if (done.ok() && *done == Inserted::kDone) {
      const absl::Status committed = writer_.Query(kCommit).status();
      if (!committed.ok()) done = committed;
      if (committed.ok() && destroyed_ > 0) LeaveNoTrace().IgnoreError();
    } else {
      writer_.Run("ROLLBACK").IgnoreError();
    }
  }
  if (done.status().code() == absl::StatusCode::kAlreadyExists) return Inserted::kTaken;
  return done;
}

absl::StatusOr<Inserted> PostgresStore::InsertTogether(const Batch& batch) {
  constexpr std::size_t kOneStatement = 20'000;
  for (const std::string& id : batch.live_keys) {
    MOTCUA_ASSIGN_OR_RETURN(
        const PostgresResult live,
        writer_.Query("SELECT 1 FROM motcua_journal_keys WHERE id = $1::bytea AND secret IS NOT "
                      "NULL FOR SHARE",
                      PostgresParameters().Bytes(id)));
    if (PQntuples(live.get()) == 0) return Inserted::kTaken;
  }
  MOTCUA_RETURN_IF_ERROR(InsertKeys(writer_, batch.keys));
  if (!batch.their_keys.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(destroyed_, TakeKeys(writer_, batch.their_keys));
  }
  for (std::size_t at = 0; at < batch.rows.size(); at += kOneStatement) {
    MOTCUA_ASSIGN_OR_RETURN(
        const std::int64_t count,
        InsertRows(batch.rows.subspan(at, std::min(kOneStatement, batch.rows.size() - at))));
    if (count == 0) return Inserted::kTaken;
  }
  if (!batch.settings.empty()) MOTCUA_RETURN_IF_ERROR(InsertSettings(batch));
  return Inserted::kDone;
}

Settings SettingsOf(const PGresult* result) {
  Settings settings;
  for (int k = 0; k < PQntuples(result); ++k) {
    settings.emplace(BytesAt(result, k, 0), BytesAt(result, k, 1));
  }
  return settings;
}

// One at a time, since the digest is over the settings of all writers.
absl::Status PostgresStore::InsertSettings(const Batch& batch) {
  MOTCUA_RETURN_IF_ERROR(
      writer_.Query("LOCK TABLE motcua_journal_settings IN SHARE ROW EXCLUSIVE MODE").status());
  const auto insert = [&](const char* sql, std::string_view name, std::string_view value) {
    return writer_.Query(sql, PostgresParameters().Bytes(name).Bytes(value)).status();
  };
  for (const auto& [name, value] : batch.settings) {
    MOTCUA_RETURN_IF_ERROR(insert(batch.keep_settings ? kFirstSetting : kSetting, name, value));
  }
  if (!batch.drop_setting.empty()) {
    MOTCUA_RETURN_IF_ERROR(
        writer_.Query(kDropSetting, PostgresParameters().Bytes(batch.drop_setting)).status());
  }
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult all, writer_.Query(kSettings));
  return insert(kSetting, kDigestSetting, DigestOf(SettingsOf(all.get())));
}

// The row as it was stays in its page until it is vacuumed.
absl::Status PostgresStore::LeaveNoTrace() { return writer_.Run("VACUUM motcua_journal_keys"); }

absl::Status PostgresStore::Lock() {
  const std::lock_guard lock(writing_);
  const absl::Status locked = writer_.Run(kLock);
  locked_ = locked.ok();
  return locked;
}

void PostgresStore::Unlock() {
  const std::lock_guard lock(writing_);
  if (std::exchange(locked_, false)) writer_.Run("ROLLBACK").IgnoreError();
}

// A question over the reading connection; the caller holds `reading_`.
absl::StatusOr<PostgresResult> PostgresStore::Ask(const char* sql,
                                                  const PostgresParameters& parameters) {
  if (!reader_.open()) {
    MOTCUA_RETURN_IF_ERROR(
        reader_.Open(url_, absl::StrCat(kSession, "; SET default_transaction_read_only = on")));
  }
  absl::StatusOr<PostgresResult> result = reader_.Query(sql, parameters);
  // Reading twice changes nothing, so a server that was restarted goes unnoticed.
  if (absl::IsUnavailable(result.status())) result = reader_.Query(sql, parameters);
  return result;
}

RowView RowAt(const PGresult* result, int k) {
  RowView row{.sequence = IntegerAt(result, k, 0),
              .turn = static_cast<std::uint64_t>(IntegerAt(result, k, 1)),
              .record = BytesAt(result, k, 2)};
  if (!ReadHash(BytesAt(result, k, 3), row.hash)) row.hash = {};
  return row;
}

absl::Status PostgresStore::Read(std::int64_t after, std::int64_t limit, const Visit& visit) {
  constexpr std::int64_t kPortion = 8192;
  const std::lock_guard lock(reading_);
  while (limit > 0) {
    const std::int64_t portion = std::min(limit, kPortion);
    MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result,
                            Ask(kRead, PostgresParameters().Integer(after).Integer(portion)));
    const int count = PQntuples(result.get());
    for (int k = 0; k < count; ++k) MOTCUA_RETURN_IF_ERROR(visit(RowAt(result.get(), k)));
    if (count < portion) break;
    after = IntegerAt(result.get(), count - 1, 0);
    limit -= portion;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Row>> PostgresStore::Fetch(std::span<const std::int64_t> sequences) {
  const std::lock_guard lock(reading_);
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result,
                          Ask(kFetch, PostgresParameters().Integers(sequences)));
  std::map<std::int64_t, RowView> found;
  for (int k = 0; k < PQntuples(result.get()); ++k) {
    const RowView row = RowAt(result.get(), k);
    found.emplace(row.sequence, row);
  }
  std::vector<Row> rows;
  for (const std::int64_t sequence : sequences) {
    const auto row = found.find(sequence);
    if (row == found.end()) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(sequence),
                   "a row of the journal; it is missing");
    }
    rows.push_back({sequence, row->second.turn, std::string(row->second.record), row->second.hash});
  }
  return rows;
}

absl::StatusOr<std::vector<std::uint64_t>> PostgresStore::Turns(std::int64_t after) {
  const std::lock_guard lock(reading_);
  MOTCUA_ASSIGN_OR_RETURN(
      const PostgresResult result,
      Ask("SELECT turn FROM motcua_journal_events WHERE sequence > $1::int8 ORDER BY sequence",
          PostgresParameters().Integer(after)));
  std::vector<std::uint64_t> turns;
  for (int k = 0; k < PQntuples(result.get()); ++k) {
    turns.push_back(static_cast<std::uint64_t>(IntegerAt(result.get(), k, 0)));
  }
  return turns;
}

absl::StatusOr<Settings> PostgresStore::ReadSettings() {
  const std::lock_guard lock(reading_);
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result, Ask(kSettings));
  return SettingsOf(result.get());
}

absl::StatusOr<std::vector<StoredKey>> PostgresStore::Keys(std::string_view dossier,
                                                           std::string_view id) {
  const std::lock_guard lock(reading_);
  MOTCUA_ASSIGN_OR_RETURN(
      const PostgresResult result,
      Ask("SELECT id, dossier, secret FROM motcua_journal_keys WHERE ($1::bytea = '' OR dossier = "
          "$1) AND ($2::bytea = '' OR id = $2)",
          PostgresParameters().Bytes(dossier).Bytes(id)));
  return KeysOf(result.get());
}

absl::StatusOr<std::int64_t> PostgresStore::DestroyKeys(std::string_view dossier) {
  const std::lock_guard lock(writing_);
  if (!writes_) return Error(Reason::kInvalidArgument, "journal opened read-only: cannot erase");
  MOTCUA_RETURN_IF_ERROR(writer_.Query("BEGIN").status());
  const absl::StatusOr<std::int64_t> destroyed = EraseKeys(writer_, dossier);
  absl::Status status = destroyed.status();
  if (status.ok()) status = writer_.Query(kCommit).status();
  if (!status.ok()) {
    writer_.Run("ROLLBACK").IgnoreError();
    return status;
  }
  if (*destroyed > 0) MOTCUA_RETURN_IF_ERROR(LeaveNoTrace());
  return *destroyed;
}

absl::Status PostgresStore::WriteSegment(std::int64_t first, std::string_view bytes) {
  const std::lock_guard lock(writing_);
  if (!writes_ || locked_) return absl::OkStatus();
  return writer_
      .Query(
          "INSERT INTO motcua_journal_segments VALUES ($1::int8, $2::bytea) ON CONFLICT DO "
          "NOTHING",
          PostgresParameters().Integer(first).Bytes(bytes))
      .status();
}

absl::StatusOr<std::map<std::int64_t, std::string>> PostgresStore::Segments() {
  const std::lock_guard lock(reading_);
  MOTCUA_ASSIGN_OR_RETURN(const PostgresResult result,
                          Ask("SELECT first, bytes FROM motcua_journal_segments"));
  std::map<std::int64_t, std::string> segments;
  for (int k = 0; k < PQntuples(result.get()); ++k) {
    segments.emplace(IntegerAt(result.get(), k, 0), BytesAt(result.get(), k, 1));
  }
  return segments;
}

// Unless somebody has begun a journal in the tables meanwhile.
void PostgresStore::Discard() {
  if (!made_) return;
  const std::lock_guard lock(writing_);
  writer_
      .Run(
          "DO $$ BEGIN"
          "  LOCK TABLE motcua_journal_settings;"
          "  IF NOT EXISTS (SELECT FROM motcua_journal_settings WHERE name = 'epoch') THEN"
          "    DROP TABLE motcua_journal_events, motcua_journal_settings, motcua_journal_keys,"
          "      motcua_journal_segments;"
          "  END IF;"
          "END $$")
      .IgnoreError();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(const std::string& url, OpenMode mode) {
  auto store = std::make_unique<PostgresStore>();
  MOTCUA_RETURN_IF_ERROR(store->Open(url, mode));
  return store;
}

}  // namespace motcua
