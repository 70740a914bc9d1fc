#include "benchmarks/journal/key_value_peers.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#ifdef MOTCUA_HAVE_LMDB
#include <lmdb.h>
#endif
#ifdef MOTCUA_HAVE_ROCKSDB
#include <rocksdb/c.h>
#endif

namespace motcua {
namespace {

#if defined(MOTCUA_HAVE_LMDB) || defined(MOTCUA_HAVE_ROCKSDB)
void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "journal_benchmark: %s failed\n", what);
  std::exit(1);
}

void Renew(const std::string& folder) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
}

// Calls `put` for every record and `commit` after `each` of them.
template <typename Put, typename Commit>
double Timed(const std::vector<std::string>& records, int each, Put put, Commit commit) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t k = 0; k < records.size(); ++k) {
    put(static_cast<std::uint64_t>(k + 1), records[k]);
    if ((k + 1) % static_cast<std::size_t>(each) == 0) commit();
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
#endif

}  // namespace

#ifdef MOTCUA_HAVE_LMDB
std::optional<double> WriteLmdb(const std::string& folder, const std::vector<std::string>& records,
                                int each) {
  Renew(folder);
  MDB_env* env = nullptr;
  MDB_txn* transaction = nullptr;
  MDB_dbi table = 0;
  Check(mdb_env_create(&env) == 0 && mdb_env_set_mapsize(env, std::size_t{1} << 30) == 0 &&
            mdb_env_open(env, folder.c_str(), 0, 0644) == 0,
        "opening LMDB");
  Check(mdb_txn_begin(env, nullptr, 0, &transaction) == 0 &&
            mdb_dbi_open(transaction, nullptr, MDB_INTEGERKEY, &table) == 0 &&
            mdb_txn_commit(transaction) == 0,
        "LMDB");
  transaction = nullptr;
  const double seconds = Timed(
      records, each,
      [&](std::uint64_t number, const std::string& record) {
        if (transaction == nullptr) {
          Check(mdb_txn_begin(env, nullptr, 0, &transaction) == 0, "LMDB");
        }
        MDB_val key{sizeof number, &number};
        MDB_val value{record.size(), const_cast<char*>(record.data())};
        Check(mdb_put(transaction, table, &key, &value, MDB_APPEND) == 0, "LMDB");
      },
      [&] {
        Check(mdb_txn_commit(transaction) == 0, "LMDB");
        transaction = nullptr;
      });
  mdb_env_close(env);
  return seconds;
}
#else
std::optional<double> WriteLmdb(const std::string&, const std::vector<std::string>&, int) {
  return std::nullopt;
}
#endif

#ifdef MOTCUA_HAVE_ROCKSDB
std::optional<double> WriteRocksDb(const std::string& folder,
                                   const std::vector<std::string>& records, int each) {
  Renew(folder);
  char* error = nullptr;
  rocksdb_options_t* options = rocksdb_options_create();
  rocksdb_options_set_create_if_missing(options, 1);
  rocksdb_t* db = rocksdb_open(options, folder.c_str(), &error);
  Check(error == nullptr, "opening RocksDB");
  rocksdb_writeoptions_t* durable = rocksdb_writeoptions_create();
  rocksdb_writeoptions_set_sync(durable, 1);
  rocksdb_writebatch_t* batch = rocksdb_writebatch_create();
  const double seconds = Timed(
      records, each,
      [&](std::uint64_t number, const std::string& record) {
        char key[8];  // big-endian, so that keys are in order
        for (int k = 0; k < 8; ++k) key[k] = static_cast<char>(number >> (8 * (7 - k)));
        rocksdb_writebatch_put(batch, key, sizeof key, record.data(), record.size());
      },
      [&] {
        rocksdb_write(db, durable, batch, &error);
        Check(error == nullptr, "RocksDB");
        rocksdb_writebatch_clear(batch);
      });
  rocksdb_writebatch_destroy(batch);
  rocksdb_writeoptions_destroy(durable);
  rocksdb_close(db);
  rocksdb_options_destroy(options);
  return seconds;
}
#else
std::optional<double> WriteRocksDb(const std::string&, const std::vector<std::string>&, int) {
  return std::nullopt;
}
#endif

}  // namespace motcua
