// What the tests of the journal share: events to append, and places to put journals.
#ifndef MOTCUA_TESTS_JOURNAL_JOURNAL_CASES_H_
#define MOTCUA_TESTS_JOURNAL_JOURNAL_CASES_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "motcua/dossiers/event_json.h"
#include "motcua/journal/journal.h"

namespace motcua {

inline const MinuteNumber kMorning = ToNumber(CivilMinute(2025, 7, 1, 8, 0));

inline std::string Named(const std::string& prefix, std::int64_t number) {
  return prefix + std::to_string(number);
}

// Events from JSON lines; fails the test where one is bad.
inline EventLog Lines(const std::string& lines) {
  EventLog log;
  EventReader reader(log);
  reader.Feed(lines);
  reader.Finish();
  EXPECT_TRUE(reader.problems().empty());
  return log;
}

// `count` events "PREFIX0", "PREFIX1", ... in dossiers of ten events each.
inline EventLog Events(const std::string& prefix, int count, int first = 0) {
  EventLog log;
  for (int k = first; k < first + count; ++k) {
    const std::string id = Named(prefix, k);
    const std::string dossier = Named("H36-" + prefix, k / 10);
    EXPECT_TRUE(log.Append({.id = id,
                            .dossier = dossier,
                            .kind = EventKind::kAccept,
                            .channel = Channel::kDirect,
                            .at = kMorning + k,
                            .agency = "24820",
                            .procedure = "1.001193",
                            .limit = "3wd"})
                    .ok());
  }
  return log;
}

inline std::unique_ptr<Journal> OpenJournal(const std::string& url, JournalOptions options = {}) {
  auto journal = Journal::Open(url, options);
  EXPECT_TRUE(journal.ok()) << journal.status();
  return journal.ok() ? *std::move(journal) : nullptr;
}

// Every event as JSON, in canonical order or as they arrived.
inline std::vector<std::string> Shown(Journal& journal, ReadOptions options = {}) {
  std::vector<std::string> lines;
  const absl::Status read = journal.Read(options, [&](const JournalEntry& entry) {
    AppendJson(entry.event, lines.emplace_back());
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << read;
  return lines;
}

inline bool Whole(Journal& journal) {
  const auto found = journal.Verify();
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() && found->ok();
}

// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/motcua-journal-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  std::string Url(const std::string& name) const { return "sqlite:" + File(name); }

 private:
  std::string path_;
};

}  // namespace motcua

#endif  // MOTCUA_TESTS_JOURNAL_JOURNAL_CASES_H_
