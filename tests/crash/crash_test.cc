// What was acknowledged is there: after a writer is killed, and when the disk fails, is full
// or writes short.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <random>

#include "tests/crash/failing_vfs.h"
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

constexpr int kBatch = 7;

unsigned Seed() {
  const char* seed = std::getenv("MOTCUA_SEED");
  return seed != nullptr ? static_cast<unsigned>(std::atoi(seed)) : 20260702;
}

// Appends batches for ever, and writes a byte for each that was acknowledged.
[[noreturn]] void WriteUntilKilled(const std::string& url, int first, int report) {
  auto journal = Journal::Open(url, {});
  if (!journal.ok()) _exit(1);
  for (int k = first;; ++k) {
    if (!(*journal)->Append(Events("e", kBatch, kBatch * k)).ok()) _exit(2);
    if (write(report, "a", 1) != 1) _exit(3);
  }
}

TEST(Kill, AWriterKilledAtAnyMomentLosesNoAcknowledgedEvent) {
  const int kills = std::getenv("MOTCUA_LONG") != nullptr ? 2000 : 100;
  const unsigned seed = Seed();
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  const Folder folder;
  std::string url;
  std::int64_t batches = 0;  // in the file
  for (int k = 0; k < kills; ++k) {
    if (k % 50 == 0) {
      url = folder.Url(std::to_string(k) + ".db");
      batches = 0;
    }
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) WriteUntilKilled(url, static_cast<int>(batches), ends[1]);
    close(ends[1]);
    usleep(static_cast<useconds_t>(500 + random() % 25'000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << status;
    char block[4096];
    std::int64_t acknowledged = batches;
    for (ssize_t size; (size = read(ends[0], block, sizeof block)) > 0;) acknowledged += size;
    close(ends[0]);

    const auto journal = OpenJournal(url);
    ASSERT_NE(journal, nullptr);
    const std::int64_t events = journal->Head()->sequence;
    ASSERT_EQ(events % kBatch, 0) << "half a call, after kill " << k;
    ASSERT_GE(events, acknowledged * kBatch) << "after kill " << k;
    ASSERT_LE(events, (acknowledged + 1) * kBatch) << "after kill " << k;
    ASSERT_TRUE(Whole(*journal)) << "after kill " << k;
    batches = events / kBatch;
  }
}

class Disk : public testing::TestWithParam<DiskFault> {};
INSTANTIATE_TEST_SUITE_P(Faults, Disk,
                         testing::Values(DiskFault::kWriteFails, DiskFault::kWriteShort,
                                         DiskFault::kDiskFull, DiskFault::kSyncFails));

// The n-th operation fails, and all after it; for every n until nothing fails any more.
TEST_P(Disk, AFaultAtAnyOperationLosesNothingAndLeavesNoHalfEvent) {
  const Folder folder;
  bool struck = true;
  for (int nth = 1; struck; ++nth) {
    ASSERT_LT(nth, 500);
    const std::string file = folder.File(std::to_string(nth) + ".db");
    int acknowledged = 0;
    {
      const FailingDisk failing;
      const auto journal = OpenJournal("sqlite:" + file);
      ASSERT_TRUE(journal->Append(Events("e", kBatch)).ok());
      FailAt(nth, GetParam());
      for (int k = 1; k < 4; ++k) {
        const auto done = journal->Append(Events("e", kBatch, kBatch * k));
        if (done.ok()) acknowledged = k;
        if (!done.ok()) {
          EXPECT_EQ(done.status().code(), absl::StatusCode::kUnavailable) << done.status();
          break;
        }
      }
      struck = Struck();
      Heal();
      // The same object goes on once the disk does, with the same call.
      const auto again = journal->Append(Events("e", kBatch, kBatch * (acknowledged + 1)));
      ASSERT_TRUE(again.ok()) << again.status();
      ++acknowledged;
      EXPECT_TRUE(Whole(*journal));
    }
    const auto journal = OpenJournal("sqlite:" + file);
    ASSERT_NE(journal, nullptr);
    EXPECT_EQ(journal->Head()->sequence, (acknowledged + 1) * kBatch) << "operation " << nth;
    EXPECT_TRUE(Whole(*journal));
  }
}

// A process that dies after a fault finds no half event either.
TEST_P(Disk, DyingAfterAFaultLosesNothing) {
  const Folder folder;
  for (int nth = 1; nth < 25; ++nth) {
    const std::string file = folder.File(std::to_string(nth) + ".db");
    const pid_t child = fork();
    if (child == 0) {
      const FailingDisk failing;
      auto journal = Journal::Open("sqlite:" + file, {});
      if (!(*journal)->Append(Events("e", kBatch)).ok()) _exit(100);
      FailAt(nth, GetParam());
      int acknowledged = 1;
      while (acknowledged < 5 &&
             (*journal)->Append(Events("e", kBatch, kBatch * acknowledged)).ok()) {
        ++acknowledged;
      }
      _exit(acknowledged);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    const int acknowledged = WEXITSTATUS(status);
    const auto journal = OpenJournal("sqlite:" + file);
    ASSERT_NE(journal, nullptr);
    const std::int64_t events = journal->Head()->sequence;
    EXPECT_EQ(events % kBatch, 0);
    EXPECT_GE(events, acknowledged * kBatch);
    EXPECT_TRUE(Whole(*journal)) << "operation " << nth;
  }
}

}  // namespace
}  // namespace motcua
