// Branches: whatever is merged into what, how often and in which order, all end with
// the same journal.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "motcua/journal/sqlite_connection.h"
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

EventLog One(const std::string& id, const std::string& dossier, EventKind kind, MinuteNumber at,
             const std::string& actor = "", const std::string& note = "") {
  EventLog log;
  EXPECT_TRUE(
      log.Append({.id = id,
                  .dossier = dossier,
                  .kind = kind,
                  .channel = kind == EventKind::kAccept ? Channel::kDirect : Channel::kUnknown,
                  .at = at,
                  .agency = "24820",
                  .procedure = kind == EventKind::kAccept ? "P" : "",
                  .actor = actor,
                  .note = note})
          .ok());
  return log;
}

// A conflict by the ids of its events.
std::string Described(Journal& journal, const Conflict& conflict) {
  std::map<std::int64_t, std::string> events;
  EXPECT_TRUE(journal
                  .Read({.canonical = false},
                        [&](const JournalEntry& entry) {
                          events[entry.sequence] =
                              std::string(entry.event.id) + "/" + std::string(entry.event.actor);
                          return absl::OkStatus();
                        })
                  .ok());
  return std::string(NameOf(conflict.kind)) + " " + conflict.dossier + " " +
         events[conflict.stands] + " over " + events[conflict.set_aside];
}

std::vector<std::string> Described(Journal& journal) {
  std::vector<std::string> all;
  const auto conflicts = journal.Conflicts();
  EXPECT_TRUE(conflicts.ok()) << conflicts.status();
  for (const Conflict& conflict : *conflicts) all.push_back(Described(journal, conflict));
  return all;
}

// The rows as a set: what every journal that has merged the same must hold.
std::multiset<std::string> Rows(Journal& journal) {
  std::multiset<std::string> rows;
  EXPECT_TRUE(journal
                  .Read({.canonical = false},
                        [&](const JournalEntry& entry) {
                          std::string line = std::to_string(entry.turn) + " " +
                                             std::to_string(entry.epoch) + " " +
                                             std::to_string(entry.recorded_at) + " ";
                          AppendJson(entry.event, line);
                          for (const std::string& name : entry.erased) line += " -" + name;
                          rows.insert(line);
                          return absl::OkStatus();
                        })
                  .ok());
  return rows;
}

class Merging : public testing::Test {
 protected:
  Merging() : main_(OpenJournal(folder_.Url("main.db"))) {
    EXPECT_TRUE(main_->Append(One("accept", "D", EventKind::kAccept, kMorning)).ok());
  }
  std::unique_ptr<Journal> Branch(const std::string& name) {
    EXPECT_TRUE(main_->CopyTo(folder_.Url(name)).ok());
    return OpenJournal(folder_.Url(name));
  }
  Folder folder_;
  std::unique_ptr<Journal> main_;
};

TEST_F(Merging, TwoOfficersWhoDecidedDifferentlyAreReportedAndBothKept) {
  const auto a = Branch("a.db");
  const auto b = Branch("b.db");
  ASSERT_TRUE(a->Append(One("fa", "D", EventKind::kFinish, kMorning + 90)).ok());
  ASSERT_TRUE(b->Append(One("sb", "D", EventKind::kStop, kMorning + 60)).ok());
  EXPECT_TRUE(main_->Merge(*a)->conflicts.empty());
  const auto report = main_->Merge(*b);
  ASSERT_EQ(report->conflicts.size(), 1u);
  EXPECT_EQ(Described(*main_, report->conflicts[0]), "outcome D sb/ over fa/");
  EXPECT_EQ(Shown(*main_).size(), 3u);
  // Merged again: nothing new, and the conflict is still there to be asked for.
  EXPECT_EQ(main_->Merge(*b)->added, 0);
  EXPECT_TRUE(main_->Merge(*b)->conflicts.empty());
  EXPECT_EQ(Described(*main_).size(), 1u);
}

TEST_F(Merging, WhoKnewTheFirstDecisionIsInNoConflictWithIt) {
  const auto a = Branch("a.db");
  ASSERT_TRUE(a->Append(One("t1", "D", EventKind::kAssign, kMorning + 10, "x")).ok());
  ASSERT_TRUE(main_->Merge(*a).ok());
  ASSERT_TRUE(main_->Append(One("t2", "D", EventKind::kAssign, kMorning + 20, "y")).ok());
  EXPECT_TRUE(main_->Conflicts()->empty());
  ASSERT_TRUE(a->Append(One("t3", "D", EventKind::kAssign, kMorning + 30, "z")).ok());
  EXPECT_EQ(main_->Merge(*a)->conflicts.size(), 1u);
  EXPECT_EQ(Described(*main_), (std::vector<std::string>{"officer D t3/z over t2/y"}));
}

TEST_F(Merging, OneIdWithTwoContentsStandsOnceAndTheSameEverywhere) {
  const auto a = Branch("a.db");
  const auto b = Branch("b.db");
  ASSERT_TRUE(a->Append(One("x", "D", EventKind::kAssign, kMorning + 10, "a")).ok());
  ASSERT_TRUE(b->Append(One("y", "D", EventKind::kForward, kMorning + 5)).ok());
  ASSERT_TRUE(b->Append(One("x", "D", EventKind::kAssign, kMorning + 10, "b")).ok());
  const auto into_b = b->Merge(*a);
  ASSERT_TRUE(into_b.ok());
  ASSERT_EQ(into_b->conflicts.size(), 1u);
  EXPECT_EQ(into_b->conflicts[0].kind, ConflictKind::kId);
  EXPECT_EQ(*b->Generation(), 1);
  ASSERT_TRUE(a->Merge(*b).ok());
  EXPECT_EQ(Shown(*a), Shown(*b));
  EXPECT_EQ(Shown(*a).size(), 3u);
  EXPECT_EQ(Shown(*b, {.canonical = false}).size(), 4u);
  EXPECT_EQ(Described(*a), Described(*b));
  EXPECT_EQ(Described(*a)[0], "id D x/a over x/b");
}

TEST_F(Merging, ErasureReachesTheOthersAndIsNotUndone) {
  ASSERT_TRUE(
      main_->Append(One("n", "D", EventKind::kAssign, kMorning + 1, "", "Trần Văn Bí")).ok());
  const auto a = Branch("a.db");
  ASSERT_TRUE(main_->Erase("D").ok());
  EXPECT_NE(Shown(*a)[1].find("Trần"), std::string::npos);
  ASSERT_TRUE(main_->Merge(*a).ok());
  EXPECT_EQ(Shown(*main_)[1].find("Trần"), std::string::npos);
  ASSERT_TRUE(a->Merge(*main_).ok());
  EXPECT_EQ(Shown(*a)[1].find("Trần"), std::string::npos);
  EXPECT_TRUE(Whole(*a));
}

TEST_F(Merging, ClocksThatCannotBeRightAreNoticed) {
  const std::int64_t now = kMorning * 60'000;
  const auto a = Branch("a.db");
  ASSERT_TRUE(a->Append(One("late", "D", EventKind::kAssign, kMorning - 5 * 60), now).ok());
  const auto b = Branch("b.db");
  // Twelve hours past the end of this century.
  const std::int64_t ahead = 4'102'444'800'000;
  ASSERT_TRUE(b->Append(One("f", "D", EventKind::kAssign, kMorning + 1), ahead).ok());
  ASSERT_TRUE(b->Append(One("g", "E", EventKind::kAssign, kMorning + 1), ahead - 7'200'000).ok());
  const auto kinds = [](const MergeReport& report) {
    std::map<std::string, std::int64_t> minutes;
    for (const ClockSkew& skew : report.skews)
      minutes[std::string(NameOf(skew.kind))] = skew.minutes;
    return minutes;
  };
  const auto from_a = kinds(*main_->Merge(*a));
  EXPECT_EQ(from_a.at("backwards"), 5 * 60);
  EXPECT_TRUE(from_a.contains("behind"));  // written "in 2025", after an event written today
  const auto from_b = kinds(*main_->Merge(*b));
  EXPECT_TRUE(from_b.contains("ahead"));
  EXPECT_EQ(from_b.at("behind"), 120);
}

TEST_F(Merging, ABrokenBranchIsRefusedWhole) {
  const auto a = Branch("a.db");
  ASSERT_TRUE(a->Append(Events("e", 10)).ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder_.File("a.db"), SQLITE_OPEN_READWRITE).ok());
  ASSERT_TRUE(raw.Run("UPDATE events SET record = record || x'00' WHERE sequence = 5").ok());
  const auto report = main_->Merge(*a);
  EXPECT_EQ(report.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(report.status().message().find("sequence 5"), absl::string_view::npos);
  EXPECT_EQ(main_->Head()->sequence, 1);
  EXPECT_EQ(main_->Merge(*main_).status().code(), absl::StatusCode::kInvalidArgument);
}

// An event that two offices appended each for itself: who knew it in one place knew it.
TEST(Repeated, WhoKnewTheEventElsewhereIsInNoConflictWithIt) {
  for (const EventKind later :
       {EventKind::kAssign, EventKind::kFinish, EventKind::kRequestSupplement, EventKind::kStop}) {
    for (int again = 0; again < 8; ++again) {  // which row stands hangs on random epochs
      const Folder folder;
      const auto a = OpenJournal(folder.Url("a.db")), b = OpenJournal(folder.Url("b.db"));
      for (Journal* journal : {a.get(), b.get()}) {
        ASSERT_TRUE(journal->Append(One("1", "D", EventKind::kAccept, kMorning)).ok());
        ASSERT_TRUE(journal->Append(One("2", "D", EventKind::kAssign, kMorning + 1, "x")).ok());
      }
      ASSERT_TRUE(b->Append(One("3", "D", later, kMorning + 60, "y")).ok());
      const auto report = a->Merge(*b);
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_TRUE(report->conflicts.empty());
      EXPECT_EQ(report->added, 1);
      EXPECT_EQ(report->duplicates, 2);
      ASSERT_TRUE(b->Merge(*a).ok());
      EXPECT_EQ(Described(*a), std::vector<std::string>{});
      EXPECT_EQ(Described(*b), std::vector<std::string>{});
      EXPECT_EQ(Shown(*a), Shown(*b));
      EXPECT_EQ(Shown(*a).size(), 3u);
      // Both rows of the two events are in both, and merging again brings none.
      EXPECT_EQ(Rows(*a), Rows(*b));
      EXPECT_EQ(a->Head()->sequence, 5);
      EXPECT_EQ(a->Merge(*b)->duplicates, 5);
      EXPECT_EQ(a->Head()->sequence, 5);
    }
  }
}

// Three offices, two contents, of which two wrote the same: one conflict, the same everywhere.
TEST(Repeated, AContentThatIsSetAsideIsListedOnce) {
  const Folder folder;
  std::vector<std::unique_ptr<Journal>> offices;
  for (const char* note : {"một", "hai", "hai"}) {
    offices.push_back(OpenJournal(folder.Url(Named("o", static_cast<int>(offices.size())))));
    ASSERT_TRUE(offices.back()->Append(One("x", "D", EventKind::kAssign, kMorning, "", note)).ok());
  }
  for (int round = 0; round < 2; ++round) {
    for (const auto& into : offices) {
      for (const auto& from : offices) {
        if (into == from) continue;
        ASSERT_TRUE(into->Merge(*from).ok());
      }
    }
  }
  for (const auto& office : offices) {
    EXPECT_EQ(Rows(*office), Rows(*offices[0]));
    EXPECT_EQ(Shown(*office), Shown(*offices[0]));
    EXPECT_EQ(Described(*office).size(), 1u);
  }
}

// Where it would wait for itself, for ever.
TEST_F(Merging, ACallOutOfItsProgressIsRefused) {
  const auto a = Branch("a.db");
  ASSERT_TRUE(a->Append(Events("e", 10)).ok());
  std::set<std::string> said;
  const auto report = main_->Merge(*a, [&](std::int64_t done, std::int64_t total) {
    if (done < total) return;
    for (Journal* journal : {main_.get(), a.get()}) {
      said.emplace(journal->Append(Events("f", 1)).status().message());
      said.emplace(journal->Head().status().message());
      said.emplace(journal->Conflicts().status().message());
      said.emplace(journal->Verify().status().message());
      said.emplace(journal->Read({}, {}).message());
      said.emplace(journal->CopyTo(folder_.Url("b.db")).status().message());
      said.emplace(journal->Merge(*OpenJournal(folder_.Url("c.db"))).status().message());
    }
  });
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->added, 10);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said.begin()->find("progress of a merge"), std::string::npos) << *said.begin();
  EXPECT_TRUE(main_->Append(Events("f", 1)).ok());
}

// A chain that is whole says nothing of what is on it.
TEST_F(Merging, ABranchThatNoJournalWroteIsRefusedWhole) {
  RecordCodec codec;
  std::string event, good;
  codec.EncodeEvent({.id = "e", .dossier = "D", .at = kMorning}, {}, event);
  Record record;
  record.event_bytes = event;
  record.epoch = 5;
  codec.EncodeRecord(record, good);
  const auto merged = [&](const std::string& name, std::uint64_t turn, const std::string& bytes) {
    auto made = OpenJournal(folder_.Url(name));
    const auto store = OpenStore(folder_.Url(name), OpenMode::kExisting);
    const RowView row{1, turn, bytes, Link({}, turn, bytes)};
    EXPECT_TRUE((*store)->Insert({.rows = {&row, 1}}).ok());
    EXPECT_TRUE(Whole(*made));
    return main_->Merge(*made).status().code();
  };
  EXPECT_EQ(merged("turn.db", UINT64_MAX, good), absl::StatusCode::kDataLoss);
  EXPECT_EQ(merged("bytes.db", 1, "no record"), absl::StatusCode::kDataLoss);
  EXPECT_EQ(main_->Head()->sequence, 1);
  EXPECT_EQ(merged("good.db", 1, good), absl::StatusCode::kOk);
  EXPECT_EQ(main_->Head()->sequence, 2);
}

// Random histories over five branches: appends, partitions, merges in any direction,
// duplicates and ids used twice; then everybody merges everybody until nothing is new.
TEST(MergeLaw, AllMergesConvergeAndNothingIsLost) {
  const char* seed_text = std::getenv("MOTCUA_SEED");
  const unsigned seed =
      seed_text != nullptr ? static_cast<unsigned>(std::atoi(seed_text)) : 20260701;
  const int histories = std::getenv("MOTCUA_LONG") != nullptr ? 200 : 20;
  std::printf("seed %u\n", seed);
  for (int h = 0; h < histories; ++h) {
    SCOPED_TRACE(Named("history ", h) + Named(" of seed ", seed));
    std::mt19937 random(seed + static_cast<unsigned>(h));
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const Folder folder;
    std::vector<std::unique_ptr<Journal>> branches = {};
    branches.push_back(OpenJournal(folder.Url("0.db")));
    std::set<std::string> written;
    std::vector<EventLog> told;
    int number = 0;
    const auto append = [&](Journal& journal) {
      const std::string dossier = Named("D", below(6));
      const auto kind = static_cast<EventKind>(below(kEventKindCount - 1));
      // One in eight uses an id that another branch may use for something else, one in eight
      // is told again, also to a branch that may not have heard of it.
      const int whence = below(8);
      if (whence == 1 && !told.empty()) {
        const EventLog& again =
            told[static_cast<std::size_t>(below(static_cast<int>(told.size())))];
        const auto done = journal.Append(again);
        if (done.ok()) written.emplace(again.event(0).id);
        EXPECT_TRUE(done.ok() || done.status().code() == absl::StatusCode::kAlreadyExists);
        return;
      }
      const std::string id = whence == 0 ? Named("shared", below(4)) : Named("e", number++);
      const EventLog log = One(id, dossier, kind == EventKind::kExtend ? EventKind::kStop : kind,
                               kMorning + below(600), Named("officer", below(3)),
                               below(3) == 0 ? Named("note ", below(100)) : "");
      const auto done = journal.Append(log);
      if (done.ok()) written.insert(id);
      told.push_back(log);
      EXPECT_TRUE(done.ok() || done.status().code() == absl::StatusCode::kAlreadyExists)
          << done.status();
    };
    for (int k = 0; k < 4; ++k) append(*branches[0]);
    for (int b = 1; b < 5; ++b) {
      const std::string url = folder.Url(std::to_string(b) + ".db");
      ASSERT_TRUE(branches[static_cast<std::size_t>(below(b))]->CopyTo(url).ok());
      branches.push_back(OpenJournal(url));
    }
    for (int step = 0; step < 24; ++step) {
      Journal& one = *branches[static_cast<std::size_t>(below(5))];
      Journal& other = *branches[static_cast<std::size_t>(below(5))];
      if (below(24) == 0) {
        ASSERT_TRUE(one.Erase(Named("D", below(6))).ok());
      } else if (below(3) != 0 || &one == &other) {
        append(one);
      } else {
        ASSERT_TRUE(one.Merge(other).ok());
      }
    }
    std::vector<std::size_t> order = {0, 1, 2, 3, 4};
    for (int round = 0; round < 2; ++round) {
      std::shuffle(order.begin(), order.end(), random);
      for (const std::size_t into : order) {
        for (const std::size_t from : order) {
          if (into == from) continue;
          ASSERT_TRUE(branches[into]->Merge(*branches[from]).ok());
        }
      }
    }
    const std::vector<std::string> expected = Shown(*branches[0]);
    const std::vector<std::string> conflicts = Described(*branches[0]);
    const std::multiset<std::string> rows = Rows(*branches[0]);
    EXPECT_EQ(expected.size(), written.size());
    for (std::size_t b = 0; b < 5; ++b) {
      EXPECT_EQ(Shown(*branches[b]), expected);
      EXPECT_EQ(Described(*branches[b]), conflicts);
      EXPECT_EQ(Rows(*branches[b]), rows);
      EXPECT_TRUE(Whole(*branches[b]));
      // And as another object reads it from the file.
      EXPECT_EQ(Shown(*OpenJournal(folder.Url(std::to_string(b) + ".db"))), expected);
      for (std::size_t from = 0; from < 5; ++from) {
        if (from == b) continue;
        EXPECT_EQ(branches[b]->Merge(*branches[from])->added, 0);
      }
      EXPECT_EQ(branches[b]->Head()->sequence, static_cast<std::int64_t>(rows.size()));
    }
  }
}

}  // namespace
}  // namespace motcua
