// Erasing a dossier while others write on: what was written without knowing of the erasure is
// erased where the two meet, what was written in its knowledge is not.
#include <map>
#include <random>
#include <set>

#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

EventLog Noted(const std::string& id, const std::string& dossier) {
  return Lines(R"({"id":")" + id + R"(","dossier":")" + dossier +
               R"(","kind":"assign","at":"2025-07-01T09:00","note":"Trần Văn Bí"})");
}

// The ids of the events whose personal data can be read, in order of arrival too.
std::set<std::string> Readable(Journal& journal) {
  std::set<std::string> ids;
  EXPECT_TRUE(journal
                  .Read({.canonical = false},
                        [&](const JournalEntry& entry) {
                          EXPECT_EQ(entry.event.note.empty(), !entry.erased.empty());
                          if (!entry.event.note.empty()) ids.emplace(entry.event.id);
                          return absl::OkStatus();
                        })
                  .ok());
  return ids;
}

using Ids = std::set<std::string>;

class Erasing : public testing::Test {
 protected:
  Erasing() : main_(OpenJournal(folder_.Url("main.db"))) {
    EXPECT_TRUE(main_->CopyTo(folder_.Url("commune.db")).ok());
    commune_ = OpenJournal(folder_.Url("commune.db"));
    EXPECT_TRUE(main_->Append(Noted("m", "D")).ok());
    EXPECT_TRUE(commune_->Append(Noted("c", "D")).ok());
    EXPECT_TRUE(commune_->Append(Noted("other", "E")).ok());
  }
  Folder folder_;
  std::unique_ptr<Journal> main_, commune_;
};

TEST_F(Erasing, ReachesKeysMadeElsewhereWhenTheErasedJournalIsMerged) {
  ASSERT_EQ(*main_->Erase("D"), 1);
  ASSERT_TRUE(commune_->Merge(*main_).ok());
  EXPECT_EQ(Readable(*commune_), Ids{"other"});
  ASSERT_TRUE(main_->Merge(*commune_).ok());
  EXPECT_EQ(Readable(*main_), Ids{"other"});
  EXPECT_TRUE(Whole(*main_) && Whole(*commune_));
}

TEST_F(Erasing, ReachesKeysMadeElsewhereWhenTheyAreMerged) {
  ASSERT_EQ(*main_->Erase("D"), 1);
  ASSERT_TRUE(main_->Merge(*commune_).ok());
  EXPECT_EQ(Readable(*main_), Ids{"other"});
  ASSERT_TRUE(commune_->Merge(*main_).ok());
  EXPECT_EQ(Readable(*commune_), Ids{"other"});
  const std::string bytes = [&] {
    std::string all;
    for (const char* name : {"main.db", "main.db-wal"}) {
      FILE* file = fopen(folder_.File(name).c_str(), "rb");
      for (int c; file != nullptr && (c = fgetc(file)) != EOF;) all.push_back(static_cast<char>(c));
      if (file != nullptr) fclose(file);
    }
    return all;
  }();
  EXPECT_EQ(bytes.find("Trần"), std::string::npos);
}

TEST_F(Erasing, OfADossierWithoutAKeyIsRemembered) {
  EXPECT_EQ(*main_->Erase("E"), 0);
  ASSERT_TRUE(main_->Merge(*commune_).ok());
  EXPECT_EQ(Readable(*main_), (Ids{"m", "c"}));
}

TEST_F(Erasing, LeavesWhatIsWrittenAfterwardsInItsKnowledge) {
  ASSERT_TRUE(main_->Erase("D").ok());
  ASSERT_TRUE(commune_->Merge(*main_).ok());
  ASSERT_TRUE(commune_->Append(Noted("later", "D")).ok());
  ASSERT_TRUE(main_->Append(Noted("here", "D")).ok());
  ASSERT_TRUE(main_->Merge(*commune_).ok());
  ASSERT_TRUE(commune_->Merge(*main_).ok());
  EXPECT_EQ(Readable(*main_), (Ids{"later", "here", "other"}));
  EXPECT_EQ(Readable(*commune_), Readable(*main_));
  // A branch knows what its journal knew.
  ASSERT_TRUE(main_->CopyTo(folder_.Url("branch.db")).ok());
  const auto branch = OpenJournal(folder_.Url("branch.db"));
  ASSERT_TRUE(branch->Append(Noted("branch", "D")).ok());
  ASSERT_TRUE(main_->Merge(*branch).ok());
  EXPECT_EQ(Readable(*main_), (Ids{"later", "here", "other", "branch"}));
}

TEST_F(Erasing, AnErasureHasNoSecret) {
  const StoredKey erasure{.id = std::string(16, 'e'), .dossier = "D", .secret = {}};
  StoredKey forged = erasure;
  forged.secret = std::string(32, 's');
  EXPECT_TRUE(IsWhole(erasure));
  EXPECT_FALSE(IsWhole(forged));
}

// The slow model: every event carries the erasures of its dossier that its journal knew.
struct Model {
  std::map<std::string, std::set<int>> events;    // by id: what its writer knew
  std::map<std::string, std::string> dossiers;    // by id
  std::map<std::string, std::set<int>> erasures;  // by dossier

  void Append(const std::string& id, const std::string& dossier) {
    events[id] = erasures[dossier];
    dossiers[id] = dossier;
  }
  void Merge(const Model& other) {
    events.insert(other.events.begin(), other.events.end());
    dossiers.insert(other.dossiers.begin(), other.dossiers.end());
    for (const auto& [dossier, known] : other.erasures) {
      erasures[dossier].insert(known.begin(), known.end());
    }
  }
  std::set<std::string> Readable() const {
    std::set<std::string> ids;
    for (const auto& [id, known] : events) {
      const auto all = erasures.find(dossiers.at(id));
      if (all == erasures.end() || all->second == known) ids.insert(id);
    }
    return ids;
  }
};

TEST(ErasureLaw, EveryOrderOfMergesErasesTheSame) {
  const int histories = std::getenv("MOTCUA_LONG") != nullptr ? 300 : 30;
  for (int h = 0; h < histories; ++h) {
    SCOPED_TRACE(Named("history ", h));
    std::mt19937 random(static_cast<unsigned>(h));
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const Folder folder;
    constexpr std::size_t kJournals = 4;
    std::vector<std::unique_ptr<Journal>> journals;
    std::vector<Model> models(kJournals);
    for (std::size_t k = 0; k < kJournals; ++k) {
      journals.push_back(OpenJournal(folder.Url(std::to_string(k) + ".db")));
    }
    for (int step = 0; step < 60; ++step) {
      const auto one = static_cast<std::size_t>(below(kJournals));
      const auto other = static_cast<std::size_t>(below(kJournals));
      const std::string dossier = Named("D", below(2));
      switch (below(6)) {
        case 0:
          ASSERT_TRUE(journals[one]->Erase(dossier).ok());
          models[one].erasures[dossier].insert(step);
          break;
        case 1:
        case 2:
          if (one == other) break;
          ASSERT_TRUE(journals[one]->Merge(*journals[other]).ok());
          models[one].Merge(models[other]);
          break;
        default:
          ASSERT_TRUE(journals[one]->Append(Noted(Named("e", step), dossier)).ok());
          models[one].Append(Named("e", step), dossier);
      }
      ASSERT_EQ(Readable(*journals[one]), models[one].Readable()) << "step " << step;
    }
    for (int round = 0; round < 2; ++round) {
      for (std::size_t one = 0; one < kJournals; ++one) {
        for (std::size_t other = 0; other < kJournals; ++other) {
          if (one == other) continue;
          ASSERT_TRUE(journals[one]->Merge(*journals[other]).ok());
          models[one].Merge(models[other]);
        }
      }
    }
    for (std::size_t k = 0; k < kJournals; ++k) {
      EXPECT_EQ(Readable(*journals[k]), models[k].Readable());
      EXPECT_EQ(Readable(*journals[k]), Readable(*journals[0]));
      EXPECT_TRUE(Whole(*journals[k]));
    }
  }
}

}  // namespace
}  // namespace motcua
