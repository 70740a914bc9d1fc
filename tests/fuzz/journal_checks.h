// What must hold of any journal that was opened, whoever made it.
#ifndef MOTCUA_TESTS_FUZZ_JOURNAL_CHECKS_H_
#define MOTCUA_TESTS_FUZZ_JOURNAL_CHECKS_H_

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "motcua/dossiers/event_json.h"
#include "motcua/journal/journal.h"

namespace motcua {

inline void Require(bool holds) {
  if (!holds) std::abort();
}

// A clear refusal: what was read is at fault, not the library.
inline void RequireRefusal(const absl::Status& status) {
  Require(absl::IsDataLoss(status) || absl::IsInvalidArgument(status) ||
          absl::IsUnavailable(status) || absl::IsAlreadyExists(status));
}

// A folder for the files of one process, in memory where the system has such a place.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code ignored;
    std::string name = std::filesystem::exists("/dev/shm", ignored)
                           ? "/dev/shm/motcua-fuzz-XXXXXX"
                           : std::filesystem::temp_directory_path() / "motcua-fuzz-XXXXXX";
    Require(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  // The path of `name`, where nothing is.
  std::string Fresh(const std::string& name) const {
    std::string path = path_ + "/" + name;
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
      std::error_code ignored;
      std::filesystem::remove(path + ending, ignored);
    }
    return path;
  }

 private:
  std::string path_;
};

// Reads all of it in every way; false if a row could not be read.
inline bool ReadAll(Journal& journal) {
  bool good = true;
  for (const bool canonical : {true, false}) {
    const absl::Status read = journal.Read({.canonical = canonical}, [](const JournalEntry& entry) {
      std::string line;
      AppendJson(entry.event, line);
      return absl::OkStatus();
    });
    if (!read.ok()) RequireRefusal(read);
    good = good && read.ok();
  }
  const auto conflicts = journal.Conflicts();
  if (!conflicts.ok()) RequireRefusal(conflicts.status());
  return good;
}

// A journal that others are merged into.
class MainJournal {
 public:
  explicit MainJournal(const ScratchFolder& folder) : folder_(folder) { Renew(); }

  // A branch goes in whole, or leaves no trace.
  void Take(Journal& branch) {
    const JournalHead before = *journal_->Head();
    const auto report = journal_->Merge(branch);
    const JournalHead after = *journal_->Head();
    if (!report.ok()) {
      RequireRefusal(report.status());
      Require(after.sequence == before.sequence && after.hash == before.hash);
      return;
    }
    Require(after.sequence >= before.sequence + report->added);
    Require(journal_->Verify()->ok());
    RequireJson();
    Require(ReadAll(*journal_));
    const auto again = journal_->Merge(branch);
    Require(again.ok() && again->added == 0);
    Renew();
  }

 private:
  void Renew() {
    journal_.reset();
    journal_ = *Journal::Open("sqlite:" + folder_.Fresh("main.db"), {});
    EventLog log;
    EventReader reader(log);
    reader.Feed(
        R"({"id":"e1","dossier":"D1","kind":"accept","at":"2025-07-01T08:00","agency":"24820"}
           {"id":"e2","dossier":"D1","kind":"finish","at":"2025-07-02T08:00","note":"kín"}
)");
    reader.Finish();
    Require(reader.problems().empty() && journal_->Append(log).ok());
  }

  // What is shown as JSON can be read again, line by line.
  void RequireJson() {
    Require(journal_
                ->Read({},
                       [](const JournalEntry& entry) {
                         std::string line;
                         AppendJson(entry.event, line);
                         EventLog log;
                         EventReader reader(log);
                         reader.Feed(line);
                         reader.Finish();
                         Require(reader.problems().empty() && log.size() == 1);
                         return absl::OkStatus();
                       })
                .ok());
  }

  const ScratchFolder& folder_;
  std::unique_ptr<Journal> journal_;
};

}  // namespace motcua

#endif  // MOTCUA_TESTS_FUZZ_JOURNAL_CHECKS_H_
