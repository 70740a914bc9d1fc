// What was acknowledged is there: after a writer is killed, when the disk fails, is full
// or writes short, and no bit is turned unnoticed.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "motcua/journal/sqlite_connection.h"
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
  RegisterFailingVfs();
  const Folder folder;
  bool struck = true;
  for (int nth = 1; struck; ++nth) {
    ASSERT_LT(nth, 500);
    const std::string file = folder.File(std::to_string(nth) + ".db");
    int acknowledged = 0;
    {
      const auto journal = OpenJournal("sqlite:file:" + file + "?vfs=failing");
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
  RegisterFailingVfs();
  const Folder folder;
  for (int nth = 1; nth < 25; ++nth) {
    const std::string file = folder.File(std::to_string(nth) + ".db");
    const pid_t child = fork();
    if (child == 0) {
      auto journal = Journal::Open("sqlite:file:" + file + "?vfs=failing", {});
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

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A flipped bit is either found, or lies where nothing is kept.
TEST(BitFlips, AreFoundOrChangeNothing) {
  const Folder folder;
  std::vector<std::string> expected;
  {
    const auto journal = OpenJournal(folder.Url("whole.db"));
    ASSERT_TRUE(journal->Append(Events("e", 400)).ok());
    expected = Shown(*journal);
  }
  const std::string whole = Contents(folder.File("whole.db"));
  ASSERT_GT(whole.size(), 40'000u);
  std::mt19937 random(Seed());
  const int flips = std::getenv("MOTCUA_LONG") != nullptr ? 5000 : 300;
  int found = 0;
  for (int k = 0; k < flips; ++k) {
    std::string turned = whole;
    const std::size_t at = random() % turned.size();
    turned[at] = static_cast<char>(turned[at] ^ (1 << (random() % 8)));
    std::ofstream(folder.File("turned.db"), std::ios::binary | std::ios::trunc) << turned;
    const auto journal = Journal::Open(folder.Url("turned.db"), {});
    if (!journal.ok()) {
      ++found;
      continue;
    }
    const auto verified = (*journal)->Verify();
    ASSERT_TRUE(verified.ok() || absl::IsUnavailable(verified.status())) << verified.status();
    if (!verified.ok() || !verified->ok()) {
      ++found;
      continue;
    }
    ASSERT_EQ(Shown(**journal), expected) << "bit at " << at << " changed what is shown";
  }
  EXPECT_GT(found, flips / 2);
}

TEST(BitFlips, InARecordNameTheFirstBrokenLink) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db"));
  ASSERT_TRUE(journal->Append(Events("e", 50)).ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
  const auto broken_at = [&](const char* change) {
    EXPECT_TRUE(raw.Run("BEGIN").ok());
    EXPECT_TRUE(raw.Run(change).ok());
    EXPECT_TRUE(raw.Run("COMMIT").ok());
    return journal->Verify()->broken_at;
  };
  EXPECT_EQ(broken_at("UPDATE events SET turn = turn + 1 WHERE sequence = 44"), 44);
  EXPECT_EQ(broken_at("UPDATE events SET hash = zeroblob(32) WHERE sequence = 33"), 33);
  EXPECT_EQ(broken_at("UPDATE events SET record = zeroblob(9) WHERE sequence = 22"), 22);
  EXPECT_EQ(broken_at("DELETE FROM events WHERE sequence = 11"), 11);
  EXPECT_EQ(broken_at("DELETE FROM events WHERE sequence >= 5"), 5);
}

}  // namespace
}  // namespace motcua
