// The journal beside the stores it stands on, in one process, with the same bytes:
//
//   benchmarks/journal/run.sh       starts a PostgreSQL server for it
//   journal_benchmark FOLDER [POSTGRES_URL]
//
// MOTCUA_BENCHMARK=sqlite, postgres or open runs that part alone. Each figure is the best of three;
// read the ratios. Peers write rows (number, record).
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "benchmarks/journal/key_value_peers.h"
#include "motcua/journal/journal.h"

namespace motcua {
namespace {

constexpr int kSingle = 1500;
constexpr int kBatch = 1000;
constexpr int kBatches = 60;

void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "journal_benchmark: %s failed\n", what);
  std::exit(1);
}

double Seconds(const std::function<void()>& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of the processor alone: what a busy machine does not stretch.
double ProcessorSeconds(const std::function<void()>& body) {
  const std::clock_t start = std::clock();
  body();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::vector<EventLog> Logs(int calls, int each, int first = 0) {
  std::vector<EventLog> logs(static_cast<std::size_t>(calls));
  int number = first;
  char id[32], dossier[40];
  for (EventLog& log : logs) {
    for (int k = 0; k < each; ++k, ++number) {
      std::snprintf(id, sizeof id, "24820-2025-%09d", number);
      std::snprintf(dossier, sizeof dossier, "H36.24820-250701-%06d", number / 5);
      Check(log.Append({.id = id,
                        .dossier = dossier,
                        .kind = EventKind::kAccept,
                        .channel = Channel::kDirect,
                        .at = 29'189'280 + number / 10,
                        .agency = "24820",
                        .procedure = "1.001193",
                        .limit = "3wd",
                        .actor = "officer-17"})
                .ok(),
            "making events");
    }
  }
  return logs;
}

// The records that a journal makes of the same events.
std::vector<std::string> Records(const std::vector<EventLog>& logs) {
  RecordCodec codec;
  std::vector<std::string> records;
  for (const EventLog& log : logs) {
    for (std::size_t k = 0; k < log.size(); ++k) {
      std::string event, record;
      codec.EncodeEvent(log.event(k), {}, event);
      Record made;
      made.event_bytes = event;
      made.epoch = 77;
      made.recorded_at = 1'751'331'600'000;
      codec.EncodeRecord(made, record);
      records.push_back(std::move(record));
    }
  }
  return records;
}

double Journaled(const std::string& url, const std::vector<EventLog>& logs) {
  auto journal = Journal::Open(url, {});
  Check(journal.ok(), "opening a journal");
  return Seconds([&] {
    for (const EventLog& log : logs) Check((*journal)->Append(log).ok(), "appending");
  });
}

double RawSqlite(const std::string& path, const std::vector<std::string>& records, int each) {
  sqlite3* db = nullptr;
  sqlite3_stmt *begin = nullptr, *insert = nullptr, *commit = nullptr;
  Check(sqlite3_open(path.c_str(), &db) == SQLITE_OK, "opening raw SQLite");
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
               "CREATE TABLE rows (number INTEGER PRIMARY KEY, record BLOB)",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, nullptr);
  sqlite3_prepare_v2(db, "INSERT INTO rows VALUES (?, ?)", -1, &insert, nullptr);
  sqlite3_prepare_v2(db, "COMMIT", -1, &commit, nullptr);
  const auto run = [](sqlite3_stmt* statement) {
    Check(sqlite3_step(statement) == SQLITE_DONE, "raw SQLite");
    sqlite3_reset(statement);
  };
  const double seconds = Seconds([&] {
    for (std::size_t k = 0; k < records.size(); ++k) {
      const bool first = k % static_cast<std::size_t>(each) == 0;
      const bool last = (k + 1) % static_cast<std::size_t>(each) == 0;
      if (first) run(begin);
      sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(k + 1));
      sqlite3_bind_blob64(insert, 2, records[k].data(), records[k].size(), SQLITE_STATIC);
      run(insert);
      if (last) run(commit);
    }
  });
  for (sqlite3_stmt* statement : {begin, insert, commit}) sqlite3_finalize(statement);
  sqlite3_close(db);
  return seconds;
}

// One INSERT each, prepared; in pipeline mode, `each` of them a transaction.
double RawPostgres(PGconn* connection, const std::vector<std::string>& records, int each) {
  PQclear(PQexec(connection,
                 "DROP TABLE IF EXISTS raw_rows; "
                 "CREATE TABLE raw_rows (number int8 PRIMARY KEY, record bytea)"));
  PQclear(PQexec(connection, "DEALLOCATE ALL"));
  PQclear(PQprepare(connection, "raw", "INSERT INTO raw_rows VALUES ($1::int8, $2::bytea)", 0,
                    nullptr));
  std::int64_t number = 0;
  const auto send = [&](const std::string& record, bool pipelined) {
    ++number;
    char key[8];
    for (int k = 0; k < 8; ++k) key[k] = static_cast<char>(number >> (8 * (7 - k)));
    const char* values[] = {key, record.data()};
    const int lengths[] = {8, static_cast<int>(record.size())}, formats[] = {1, 1};
    if (pipelined) {
      Check(PQsendQueryPrepared(connection, "raw", 2, values, lengths, formats, 1) == 1, "sending");
      return;
    }
    PGresult* result = PQexecPrepared(connection, "raw", 2, values, lengths, formats, 1);
    Check(PQresultStatus(result) == PGRES_COMMAND_OK, "raw insert");
    PQclear(result);
  };
  return Seconds([&] {
    if (each == 1) {
      for (const std::string& record : records) send(record, false);
      return;
    }
    for (std::size_t at = 0; at < records.size(); at += static_cast<std::size_t>(each)) {
      Check(PQenterPipelineMode(connection) == 1, "entering the pipeline");
      for (int k = 0; k < each; ++k) send(records[at + static_cast<std::size_t>(k)], true);
      Check(PQpipelineSync(connection) == 1, "the pipeline");
      for (bool synced = false; !synced;) {
        PGresult* result = PQgetResult(connection);
        synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
      }
      Check(PQexitPipelineMode(connection) == 1, "leaving the pipeline");
    }
  });
}

void Compare(const char* work, int events, double required, const std::function<double(int)>& peer,
             const std::function<double(int)>& ours) {
  double best_peer = 1e9, best_ours = 1e9;
  // Of this process, opening and closing included; a server's work is not in it.
  double busy_peer = 1e9, busy_ours = 1e9;
  for (int k = 0; k < 3; ++k) {
    busy_peer =
        std::min(busy_peer, ProcessorSeconds([&] { best_peer = std::min(best_peer, peer(k)); }));
    busy_ours =
        std::min(busy_ours, ProcessorSeconds([&] { best_ours = std::min(best_ours, ours(k)); }));
  }
  std::printf("%-46s %11.0f/s %11.0f/s %6.0f %% (at least %.0f %%), processor %.0f %%\n", work,
              events / best_peer, events / best_ours, 100 * best_peer / best_ours, 100 * required,
              100 * busy_peer / busy_ours);
  std::fflush(stdout);
}

// A peer alone, beside what the row above it says of ours.
void Beside(const char* peer, int events,
            const std::function<std::optional<double>(const std::string&)>& write,
            const std::string& folder) {
  std::optional<double> best;
  for (int k = 0; k < 3; ++k) {
    const std::optional<double> seconds = write(folder + "/peer");
    if (seconds) best = std::min(best.value_or(1e9), *seconds);
  }
  if (best) {
    std::printf("  %-44s %11.0f/s\n", peer, events / *best);
  } else {
    std::printf("  %-44s %13s\n", peer, "not here");
  }
  std::fflush(stdout);
}

void OnSqlite(const std::string& folder) {
  const auto file = [&](const char* name, int k) {
    const std::string path = folder + "/" + name + std::to_string(k) + ".db";
    std::filesystem::remove(path);
    return path;
  };
  const std::vector<EventLog> single = Logs(kSingle, 1), batches = Logs(kBatches, kBatch);
  const std::vector<std::string> one = Records(single), many = Records(batches);
  Compare(
      "SQLite, one event a transaction", kSingle, 0.85,
      [&](int k) { return RawSqlite(file("raw1-", k), one, 1); },
      [&](int k) { return Journaled("sqlite:" + file("one-", k), single); });
  const auto lmdb = [](const std::vector<std::string>& records, int each) {
    return [&records, each](const std::string& at) { return WriteLmdb(at, records, each); };
  };
  const auto rocks = [](const std::vector<std::string>& records, int each) {
    return [&records, each](const std::string& at) { return WriteRocksDb(at, records, each); };
  };
  Beside("LMDB, the same", kSingle, lmdb(one, 1), folder);
  Beside("RocksDB, the same", kSingle, rocks(one, 1), folder);
  Compare(
      "SQLite, 1,000 events a call", kBatch * kBatches, 0.35,
      [&](int k) { return RawSqlite(file("raw-", k), many, kBatch); },
      [&](int k) { return Journaled("sqlite:" + file("many-", k), batches); });
  Beside("LMDB, the same", kBatch * kBatches, lmdb(many, kBatch), folder);
  Beside("RocksDB, the same", kBatch * kBatches, rocks(many, kBatch), folder);
}

void OnPostgres(const std::string& url) {
  PGconn* connection = PQconnectdb(url.c_str());
  Check(PQstatus(connection) == CONNECTION_OK, "connecting");
  const auto fresh = [&] {
    PQclear(PQexec(connection,
                   "DROP TABLE IF EXISTS motcua_journal_events, motcua_journal_settings, "
                   "motcua_journal_keys, motcua_journal_segments"));
    return url;
  };
  const std::vector<EventLog> single = Logs(kSingle, 1), batches = Logs(kBatches, kBatch);
  const std::vector<std::string> one = Records(single), many = Records(batches);
  Compare(
      "PostgreSQL, one event a transaction", kSingle, 0.85,
      [&](int) { return RawPostgres(connection, one, 1); },
      [&](int) { return Journaled(fresh(), single); });
  Compare(
      "PostgreSQL, 1,000 events a call (raw pipeline)", kBatch * kBatches, 0.6,
      [&](int) { return RawPostgres(connection, many, kBatch); },
      [&](int) { return Journaled(fresh(), batches); });
  PQfinish(connection);
}

void OpenAndVerify(const std::string& folder) {
  constexpr int kEvents = 1'000'000;
  const std::string path = folder + "/million.db";
  std::filesystem::remove(path);
  for (int at = 0; at < kEvents; at += 100'000) {
    Journaled("sqlite:" + path, Logs(100, 1000, at));
  }
  double open = 1e9, verify = 1e9, open_alone = 1e9, verify_alone = 1e9;
  for (int k = 0; k < 3; ++k) {
    std::unique_ptr<Journal> journal;
    const auto opening = [&] { journal = *Journal::Open("sqlite:" + path, {}); };
    const auto verifying = [&] { Check(journal->Verify()->ok(), "verifying"); };
    open_alone =
        std::min(open_alone, ProcessorSeconds([&] { open = std::min(open, Seconds(opening)); }));
    verify_alone = std::min(
        verify_alone, ProcessorSeconds([&] { verify = std::min(verify, Seconds(verifying)); }));
  }
  std::printf("%-46s %10.0f ms, processor %4.0f ms (at most 300 ms)\n", "open 1,000,000 events",
              1000 * open, 1000 * open_alone);
  std::printf("%-46s %8.2f million/s, processor %.2f (at least 1.5)\n", "verify 1,000,000 events",
              kEvents / verify / 1e6, kEvents / verify_alone / 1e6);
}

}  // namespace
}  // namespace motcua

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: journal_benchmark FOLDER [POSTGRES_URL]\n");
    return 2;
  }
  std::printf("%-46s %13s %13s %8s\n", "work", "peer", "motcua", "ratio");
  const char* only = std::getenv("MOTCUA_BENCHMARK");
  const auto asked = [&](const char* part) { return only == nullptr || std::string(only) == part; };
  if (asked("sqlite")) motcua::OnSqlite(arguments[1]);
  if (asked("postgres") && count > 2) motcua::OnPostgres(arguments[2]);
  if (asked("open")) motcua::OpenAndVerify(arguments[1]);
}
