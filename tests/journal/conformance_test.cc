// One suite on every store: what a journal promises, whatever it lies in.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include "motcua/journal/sqlite_connection.h"
#include "tests/journal/journal_cases.h"
#include "tests/journal/postgres_server.h"

namespace motcua {
namespace {

class Conformance : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (GetParam() == std::string("sqlite")) {
      url_ = folder_.Url("journal.db");
    } else if (PostgresServer* server = PostgresServer::Shared()) {
      url_ = server->NewUrl();
    } else {
      GTEST_SKIP() << "no PostgreSQL server is installed";
    }
    journal_ = OpenJournal(url_);
    ASSERT_NE(journal_, nullptr);
  }

  // A place of the same kind for another journal.
  std::string OtherUrl() const {
    return GetParam() == std::string("sqlite") ? folder_.Url("other.db")
                                               : PostgresServer::Shared()->NewUrl();
  }

  Folder folder_;
  std::string url_;
  std::unique_ptr<Journal> journal_;
};

#ifdef MOTCUA_WITHOUT_POSTGRESQL
const auto kStores = testing::Values("sqlite");
#else
const auto kStores = testing::Values("sqlite", "postgresql");
#endif
INSTANTIATE_TEST_SUITE_P(Stores, Conformance, kStores,
                         [](const auto& tested) { return std::string(tested.param); });

TEST_P(Conformance, WhatWasAppendedIsThereWhenOpenedAgain) {
  const EventLog events = Events("e", 25);
  const auto sequences = journal_->Append(events);
  ASSERT_TRUE(sequences.ok()) << sequences.status();
  for (std::size_t k = 0; k < 25; ++k) EXPECT_EQ((*sequences)[k], static_cast<std::int64_t>(k + 1));
  const std::vector<std::string> before = Shown(*journal_);
  const JournalHead head = *journal_->Head();
  journal_ = OpenJournal(url_);
  EXPECT_EQ(Shown(*journal_), before);
  EXPECT_EQ(journal_->Head()->hash, head.hash);
  for (std::size_t k = 0; k < 25; ++k) {
    std::string line;
    AppendJson(events.event(k), line);
    EXPECT_EQ(before[k], line);
  }
  EXPECT_TRUE(Whole(*journal_));
}

TEST_P(Conformance, AnEventAppendedAgainChangesNothing) {
  const EventLog events = Events("e", 10);
  ASSERT_TRUE(journal_->Append(events).ok());
  const auto again = journal_->Append(Events("e", 12));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)[3], 4);
  EXPECT_EQ((*again)[11], 12);
  EXPECT_EQ(journal_->Head()->sequence, 12);
}

TEST_P(Conformance, OneIdWithOtherContentIsRefusedAndNothingOfTheCallGoesIn) {
  ASSERT_TRUE(journal_->Append(Events("e", 3)).ok());
  const EventLog mixed =
      Lines(R"({"id":"new","dossier":"D","kind":"accept","at":"2025-07-01T08:00"})"
            "\n"
            R"({"id":"e1","dossier":"D","kind":"accept","at":"2025-07-01T08:00"})");
  const auto refused = journal_->Append(mixed);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_NE(refused.status().message().find("e1"), absl::string_view::npos);
  EXPECT_EQ(journal_->Head()->sequence, 3);
}

TEST_P(Conformance, TwoObjectsSeeEachOthersEvents) {
  const auto other = OpenJournal(url_);
  ASSERT_TRUE(journal_->Append(Events("a", 5)).ok());
  ASSERT_TRUE(other->Append(Events("b", 5)).ok());
  const auto again = journal_->Append(Events("b", 5));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)[0], 6);
  EXPECT_EQ(Shown(*journal_), Shown(*other));
  EXPECT_TRUE(Whole(*journal_));
}

TEST_P(Conformance, ProcessesThatWriteAtOnceLoseNothingAndLeaveNoGap) {
  constexpr int kProcesses = 3, kAppends = 40;
  journal_.reset();
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t child = fork();
    if (child == 0) {
      auto journal = Journal::Open(url_, {});
      bool good = journal.ok();
      for (int k = 0; good && k < kAppends; ++k) {
        good = (*journal)->Append(Events(Named("p", p) + "-", 2, 2 * k)).ok();
      }
      _exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  journal_ = OpenJournal(url_);
  EXPECT_EQ(journal_->Head()->sequence, kProcesses * kAppends * 2);
  const std::vector<std::string> shown = Shown(*journal_);
  EXPECT_EQ(std::set<std::string>(shown.begin(), shown.end()).size(), shown.size());
  EXPECT_TRUE(Whole(*journal_));
}

// What takes longer than the pause between two appends of another process is always overtaken
// where it cannot ask the other to wait.
TEST_P(Conformance, MuchWorkFinishesWhileAnotherProcessWritesAllTheTime) {
  constexpr int kMany = 4'000;
  const auto branch = OpenJournal(folder_.Url("branch.db"));
  ASSERT_TRUE(branch->Append(Events("b", kMany)).ok());
  journal_.reset();
  const pid_t child = fork();
  if (child == 0) {
    auto journal = Journal::Open(url_, {});
    bool good = journal.ok();
    for (int k = 0; good; ++k) good = (*journal)->Append(Events("w", 1, k)).ok();
    _exit(1);
  }
  journal_ = OpenJournal(url_);
  while (journal_->Head()->sequence < 5) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto merged = journal_->Merge(*branch);
  const auto appended = journal_->Append(Events("a", kMany));
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, WNOHANG), 0) << "the other writes on";
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->added, kMany);
  ASSERT_TRUE(appended.ok()) << appended.status();
  EXPECT_TRUE(Whole(*journal_));
}

TEST_P(Conformance, ThreadsShareOneJournal) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 10; ++k) {
        EXPECT_TRUE(journal_->Append(Events(Named("t", t) + "-", 3, 3 * k)).ok());
        EXPECT_GE(Shown(*journal_).size(), static_cast<std::size_t>(3 * (k + 1)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(journal_->Head()->sequence, 120);
  EXPECT_TRUE(Whole(*journal_));
}

TEST_P(Conformance, SegmentsAndRowsGiveTheSameIndex) {
  // More than one segment, and some rows after it.
  constexpr int kCount = static_cast<int>(RowIndex::kSegmentRows) + 500;
  ASSERT_TRUE(journal_->Append(Events("e", kCount)).ok());
  journal_ = OpenJournal(url_);
  EXPECT_EQ(journal_->Head()->sequence, kCount);
  const auto again = journal_->Append(Events("e", 20, 100));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->front(), 101);
  EXPECT_EQ(Shown(*journal_, {.dossier = "H36-e7"}).size(), 10u);
  EXPECT_EQ(Shown(*journal_, {.after = kCount - 3}).size(), 3u);
  EXPECT_TRUE(Whole(*journal_));
}

TEST_P(Conformance, PersonalDataIsErasedAndTheChainHolds) {
  journal_ = OpenJournal(url_, {.personal = {"họ tên"}});
  const std::string lines =
      R"({"id":"1","dossier":"D","kind":"accept","at":"2025-07-01T08:00","họ tên":"Lê Thị Mận","fee":0,"note":"bí mật"})";
  ASSERT_TRUE(journal_->Append(Lines(lines)).ok());
  EXPECT_NE(Shown(*journal_)[0].find("Lê Thị Mận"), std::string::npos);
  // Known again, by another object that learns the names from the journal.
  EXPECT_EQ((*OpenJournal(url_)->Append(Lines(lines)))[0], 1);
  const JournalHead head = *journal_->Head();
  EXPECT_EQ(*journal_->Erase("D"), 1);
  EXPECT_EQ(*journal_->Erase("D"), 0);
  ASSERT_TRUE(journal_
                  ->Read({},
                         [](const JournalEntry& entry) {
                           EXPECT_EQ(entry.erased, (std::vector<std::string>{"note", "họ tên"}));
                           EXPECT_EQ(entry.event.note, "");
                           EXPECT_EQ(entry.event.extra, "\"fee\":0");
                           return absl::OkStatus();
                         })
                  .ok());
  EXPECT_EQ(journal_->Head()->hash, head.hash);
  EXPECT_TRUE(Whole(*journal_));
  // The same event is still known, and a new one of the dossier gets a new key.
  EXPECT_EQ((*journal_->Append(Lines(lines)))[0], 1);
  ASSERT_TRUE(
      journal_
          ->Append(Lines(
              R"({"id":"2","dossier":"D","kind":"assign","at":"2025-07-01T09:00","note":"mới"})"))
          .ok());
  EXPECT_NE(Shown(*journal_)[1].find("mới"), std::string::npos);
  EXPECT_EQ(journal_->Erase("").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_P(Conformance, AnErasureMeetsKeysMadeWithoutKnowingOfIt) {
  const auto noted = [](const std::string& id) {
    return Lines(R"({"id":")" + id +
                 R"(","dossier":"D","kind":"assign","at":"2025-07-01T09:00","note":"bí mật"})");
  };
  const auto branch = OpenJournal(folder_.Url("branch.db"));
  ASSERT_TRUE(branch->Append(noted("before")).ok());
  EXPECT_EQ(*journal_->Erase("D"), 0);
  ASSERT_TRUE(journal_->Merge(*branch).ok());
  ASSERT_TRUE(branch->Merge(*journal_).ok());
  ASSERT_TRUE(branch->Append(noted("after")).ok());
  ASSERT_TRUE(journal_->Merge(*branch).ok());
  for (Journal* journal : {journal_.get(), branch.get()}) {
    const std::vector<std::string> shown = Shown(*journal);
    EXPECT_EQ(shown[0].find("mật"), std::string::npos);
    EXPECT_NE(shown[1].find("mật"), std::string::npos);
    EXPECT_TRUE(Whole(*journal));
  }
}

TEST_P(Conformance, ACopyIsAJournalWithTheSameChain) {
  ASSERT_TRUE(journal_->Append(Events("e", 30)).ok());
  const std::string to = folder_.Url("copy.db");
  const auto head = journal_->CopyTo(to);
  ASSERT_TRUE(head.ok()) << head.status();
  const auto copy = OpenJournal(to, {.mode = OpenMode::kExisting});
  EXPECT_EQ(copy->Head()->hash, journal_->Head()->hash);
  EXPECT_EQ(Shown(*copy), Shown(*journal_));
  EXPECT_EQ(journal_->CopyTo(to).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(copy->Append(Events("late", 2)).ok());
  const auto report = journal_->Merge(*copy);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->added, 2);
  EXPECT_EQ(report->duplicates, 30);
  EXPECT_EQ(Shown(*copy), Shown(*journal_));
}

TEST_P(Conformance, ACopyOfABrokenChainLeavesNothing) {
  const auto broken = OpenJournal(folder_.Url("broken.db"));
  ASSERT_TRUE(broken->Append(Events("e", 30)).ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder_.File("broken.db"), SQLITE_OPEN_READWRITE).ok());
  ASSERT_TRUE(raw.Run("UPDATE events SET turn = 99 WHERE sequence = 20").ok());
  const std::string to = OtherUrl();
  EXPECT_EQ(broken->CopyTo(to).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Journal::Open(to, {.mode = OpenMode::kExisting}).status().code(),
            absl::StatusCode::kInvalidArgument);
  // A journal that was there before stays.
  EXPECT_FALSE(broken->CopyTo(url_).ok());
  EXPECT_TRUE(Whole(*OpenJournal(url_, {.mode = OpenMode::kExisting})));
}

TEST_P(Conformance, ReadOnlyWritesNothing) {
  ASSERT_TRUE(journal_->Append(Events("e", 2)).ok());
  const auto reader = OpenJournal(url_, {.mode = OpenMode::kReadOnly});
  EXPECT_EQ(Shown(*reader).size(), 2u);
  EXPECT_FALSE(reader->Append(Events("x", 1)).ok());
  EXPECT_FALSE(reader->Erase("D").ok());
  EXPECT_TRUE(Whole(*reader));
}

TEST_P(Conformance, AnAnchorProvesWhatIsBeforeIt) {
  ASSERT_TRUE(journal_->Append(Events("e", 5)).ok());
  JournalHead anchor = *journal_->Head();
  ASSERT_TRUE(journal_->Append(Events("f", 5)).ok());
  EXPECT_TRUE(journal_->Verify(anchor)->ok());
  anchor.sequence = 4;
  EXPECT_EQ(journal_->Verify(anchor)->broken_at, 4);
  anchor.sequence = 11;
  EXPECT_EQ(journal_->Verify(anchor)->broken_at, 11);
}

}  // namespace
}  // namespace motcua
