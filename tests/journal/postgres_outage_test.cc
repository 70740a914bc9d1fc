// A server that is killed and started again while two write.
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "tests/journal/journal_cases.h"
#include "tests/journal/postgres_server.h"

namespace motcua {
namespace {

TEST(PostgresOutage, KilledAndRestartedUnderLoadKeepsEveryAcknowledgedEvent) {
  if (!PostgresServer::Installed()) GTEST_SKIP() << "no PostgreSQL server is installed";
  PostgresServer server;
  ASSERT_TRUE(server.Start());
  const std::string url = server.NewUrl();
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::set<std::string> acknowledged;
  std::vector<std::thread> writers;
  const std::unique_ptr<Journal> journals[] = {OpenJournal(url), OpenJournal(url)};
  for (int w = 0; w < 2; ++w) {
    writers.emplace_back([&, w] {
      Journal* const journal = journals[w].get();
      for (int k = 0; !stop; ++k) {
        const std::string prefix = Named("w", w) + "-";
        // What was not acknowledged is appended again: the journal knows what went in.
        while (!journal->Append(Events(prefix, 3, 3 * k)).ok()) {
          if (stop) return;
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        const std::lock_guard lock(mutex);
        for (int i = 3 * k; i < 3 * k + 3; ++i) acknowledged.insert(Named(prefix, i));
      }
    });
  }
  for (int round = 0; round < 2; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server.Kill();
    ASSERT_TRUE(server.Start());
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  stop = true;
  for (std::thread& writer : writers) writer.join();
  const auto journal = OpenJournal(url);
  EXPECT_TRUE(Whole(*journal));
  std::multiset<std::string> there;
  ASSERT_TRUE(journal
                  ->Read({},
                         [&](const JournalEntry& entry) {
                           there.emplace(entry.event.id);
                           return absl::OkStatus();
                         })
                  .ok());
  EXPECT_GT(acknowledged.size(), 30u);
  for (const std::string& id : acknowledged) EXPECT_EQ(there.count(id), 1u) << id;
}

}  // namespace
}  // namespace motcua
