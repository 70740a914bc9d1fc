// Files that were damaged: a bit turned anywhere is found or changes nothing that is shown,
// and neither it nor a cut end gets from a branch into another journal.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "motcua/journal/sqlite_connection.h"
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

constexpr int kEvents = 400;

unsigned Seed() {
  const char* seed = std::getenv("MOTCUA_SEED");
  return seed != nullptr ? static_cast<unsigned>(std::atoi(seed)) : 20260702;
}

bool IsLong() { return std::getenv("MOTCUA_LONG") != nullptr; }

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Damage : public testing::Test {
 protected:
  Damage() : random_(Seed()) {
    {
      const auto journal = OpenJournal(folder_.Url("whole.db"));
      EXPECT_TRUE(journal->Append(Events("e", kEvents)).ok());
      EXPECT_TRUE(
          journal
              ->Append(Lines(
                  R"({"id":"p","dossier":"P","kind":"accept","at":"2025-07-01T08:00","phone":"0"})"))
              .ok());
      expected_ = Shown(*journal);
    }
    whole_ = Contents(folder_.File("whole.db"));
    EXPECT_GT(whole_.size(), 40'000u);
  }

  std::string Url(const std::string& bytes) {
    for (const char* ending : {"-wal", "-shm"}) {
      std::remove((folder_.File("damaged.db") + ending).c_str());
    }
    std::ofstream(folder_.File("damaged.db"), std::ios::binary | std::ios::trunc) << bytes;
    return folder_.Url("damaged.db");
  }

  std::string Turned(std::size_t at) {
    std::string turned = whole_;
    turned[at] = static_cast<char>(turned[at] ^ (1 << (random_() % 8)));
    return turned;
  }

  // Whether opening or verifying says that something is wrong. Where nothing is said, nothing
  // is changed.
  bool IsFound(const std::string& bytes, std::string_view what) {
    const auto journal = Journal::Open(Url(bytes), {});
    if (!journal.ok()) return true;
    const auto verified = (*journal)->Verify();
    EXPECT_TRUE(verified.ok() || absl::IsUnavailable(verified.status())) << verified.status();
    if (!verified.ok() || !verified->ok()) return true;
    EXPECT_EQ(Shown(**journal), expected_) << what;
    return false;
  }

  std::mt19937 random_;
  Folder folder_;
  std::vector<std::string> expected_;
  std::string whole_;
};

TEST_F(Damage, ATurnedBitIsFoundOrChangesNothing) {
  const int flips = IsLong() ? 5000 : 300;
  int found = 0;
  for (int k = 0; k < flips; ++k) {
    const std::size_t at = random_() % whole_.size();
    found += IsFound(Turned(at), "a bit of byte " + std::to_string(at)) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(found, flips / 2);
}

// The head of the file, and the head and the end of every page: where SQLite keeps what
// leads to the rest.
TEST_F(Damage, ATurnedBitInWhatLeadsToTheRest) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < 100; ++at) places.push_back(at);
  constexpr std::size_t kPage = 4096;
  for (std::size_t page = 0; page < whole_.size(); page += kPage) {
    for (std::size_t k = 0; k < (IsLong() ? 40u : 6u); ++k) {
      places.push_back(page + (page == 0 ? 100 : 0) + 2 * k);
      places.push_back(page + kPage - 1 - random_() % 400);
    }
  }
  for (const std::size_t at : places) {
    IsFound(Turned(at), "a bit of byte " + std::to_string(at));
    if (HasFailure()) return;
  }
}

TEST_F(Damage, ACutEndIsFound) {
  for (int k = 0; k < (IsLong() ? 500 : 60); ++k) {
    // Every other one at the end of a page, where a file system would cut.
    std::size_t size = 1 + random_() % (whole_.size() - 1);
    if (k % 2 == 0) size = size / 4096 * 4096;
    if (size == 0) continue;  // an empty file is a new journal
    EXPECT_TRUE(IsFound(whole_.substr(0, size), "cut")) << size << " bytes of " << whole_.size();
  }
}

// What a damaged branch says goes in as it was written, or not at all.
TEST_F(Damage, OfABranchStaysInIt) {
  int refused = 0;
  auto main = OpenJournal(folder_.Url("main.db"));
  ASSERT_TRUE(main->Append(Events("m", 3)).ok());
  const std::vector<std::string> before = Shown(*main);
  const JournalHead head = *main->Head();
  for (int k = 0; k < (IsLong() ? 2000 : 150); ++k) {
    const std::string bytes = k % 10 == 0 ? whole_.substr(0, random_() % whole_.size())
                                          : Turned(random_() % whole_.size());
    const auto branch = Journal::Open(Url(bytes), {.mode = OpenMode::kExisting});
    if (branch.ok() && main->Merge(**branch).ok()) {
      std::vector<std::string> merged = Shown(*main, {.canonical = false});
      EXPECT_TRUE(Whole(*main));
      if (merged.size() > before.size()) {
        merged.erase(merged.begin(), merged.begin() + 3);
        EXPECT_EQ(merged, expected_);
      }
      main.reset();
      for (const char* ending : {"", "-wal", "-shm"}) {
        std::remove((folder_.File("main.db") + ending).c_str());
      }
      main = OpenJournal(folder_.Url("main.db"));
      ASSERT_TRUE(main->Append(Events("m", 3)).ok());
    } else {
      ++refused;
      EXPECT_EQ(Shown(*main), before);
      EXPECT_EQ(main->Head()->sequence, head.sequence);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(refused, 50);
}

// Segments can be made anew: one that is damaged costs time, and nothing else.
TEST(DamagedSegment, IsReadFromTheRowsInstead) {
  const Folder folder;
  constexpr int kCount = static_cast<int>(RowIndex::kSegmentRows) + 10;
  {
    const auto journal = OpenJournal(folder.Url("j.db"));
    ASSERT_TRUE(journal->Append(Events("e", kCount)).ok());
  }
  const std::string whole = Contents(folder.File("j.db"));
  const std::size_t segment = whole.find("motcseg1");
  ASSERT_NE(segment, std::string::npos);
  std::mt19937 random(Seed());
  for (int k = 0; k < 8; ++k) {
    std::string turned = whole;
    // What of it lies in the page of the table: the head and some fingerprints.
    turned[segment + random() % 400] ^= 4;
    std::ofstream(folder.File("turned.db"), std::ios::binary | std::ios::trunc) << turned;
    const auto journal = OpenJournal(folder.Url("turned.db"));
    ASSERT_NE(journal, nullptr);
    EXPECT_EQ(journal->Head()->sequence, kCount);
    const auto again = journal->Append(Events("e", 5, 40));
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->front(), 41) << "the events are known";
    EXPECT_TRUE(Whole(*journal));
  }
}

TEST(DamagedRecord, IsNamedByTheFirstBrokenLink) {
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

// What lies beside the chain is found too.
TEST(DamagedKey, IsFound) {
  for (const char* change :
       {"UPDATE keys SET secret = randomblob(32)", "UPDATE keys SET dossier = 'E'",
        "UPDATE keys SET id = randomblob(8)"}) {
    const Folder folder;
    const auto journal = OpenJournal(folder.Url("j.db"));
    ASSERT_TRUE(
        journal
            ->Append(Lines(
                R"({"id":"1","dossier":"D","kind":"accept","at":"2025-07-01T08:00","note":"n"})"))
            .ok());
    SqliteConnection raw;
    ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
    ASSERT_TRUE(raw.Run(change).ok());
    const auto found = journal->Verify();
    ASSERT_TRUE(found.ok());
    EXPECT_FALSE(found->ok()) << change;
    EXPECT_NE(found->problem.find("key"), std::string::npos) << found->problem;
  }
}

// Settings say which fields are sealed: by changed ones nothing is written, and they are told.
TEST(DamagedSetting, IsFoundAndWritesNothing) {
  for (const char* change : {"UPDATE settings SET value = x'6e6f74650a' WHERE name = 'personal'",
                             "UPDATE settings SET value = zeroblob(8) WHERE name = 'epoch'",
                             "UPDATE settings SET name = 'epoch_user' WHERE name = 'epoch_used'",
                             "UPDATE settings SET name = 'digesu' WHERE name = 'digest'",
                             "UPDATE settings SET value = zeroblob(32) WHERE name = 'digest'",
                             "DELETE FROM settings WHERE name = 'personal'"}) {
    const Folder folder;
    OpenJournal(folder.Url("j.db"), {.personal = {"ward_head"}});
    {
      SqliteConnection raw;
      ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
      ASSERT_TRUE(raw.Run(change).ok());
    }
    const absl::Status refused = Journal::Open(folder.Url("j.db"), {}).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << change << ": " << refused;
    const auto reader = Journal::Open(folder.Url("j.db"), {.mode = OpenMode::kReadOnly});
    ASSERT_TRUE(reader.ok()) << reader.status();
    const auto found = (*reader)->Verify();
    ASSERT_TRUE(found.ok());
    EXPECT_NE(found->problem.find("settings"), std::string::npos) << change;
  }
}

// A journal of an earlier version has no digest of its settings; it gets one when they change.
TEST(DamagedSetting, AJournalWithoutADigestIsTakenAtItsWord) {
  const Folder folder;
  OpenJournal(folder.Url("j.db"));
  {
    SqliteConnection raw;
    ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
    ASSERT_TRUE(raw.Run("DELETE FROM settings WHERE name = 'digest'").ok());
  }
  EXPECT_TRUE(Whole(*OpenJournal(folder.Url("j.db"))));
  EXPECT_TRUE(Whole(*OpenJournal(folder.Url("j.db"), {.personal = {"ward_head"}})));
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
  EXPECT_EQ(*raw.Integer("SELECT count(*) FROM settings WHERE name = 'digest'"), 1);
}

// A schema that is not ours can answer what it likes, and act when it is written to.
TEST(ForeignSchema, IsRefused) {
  for (const char* change :
       {"CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM keys; END",
        "CREATE VIEW v AS SELECT * FROM events", "CREATE TABLE citizens (name TEXT)",
        "ALTER TABLE events ADD COLUMN more INTEGER", "DROP TABLE segments",
        "DROP TABLE events; CREATE VIEW events AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL "
        "SELECT "
        "k + 1 FROM n) SELECT k AS sequence, 0 AS turn, x'' AS record, x'' AS hash FROM n",
        "PRAGMA user_version = -1", "PRAGMA user_version = 0"}) {
    const Folder folder;
    OpenJournal(folder.Url("j.db"));
    SqliteConnection raw;
    ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
    ASSERT_TRUE(raw.Run(change).ok()) << change;
    for (const OpenMode mode : {OpenMode::kCreate, OpenMode::kReadOnly}) {
      const absl::Status refused = Journal::Open(folder.Url("j.db"), {.mode = mode}).status();
      EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << change << ": " << refused;
    }
  }
}

}  // namespace
}  // namespace motcua
