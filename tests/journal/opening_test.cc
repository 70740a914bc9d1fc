// What is opened and what is refused: urls, the same whether libpq was there or not; files;
// schemas of another version.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "motcua/journal/sqlite_schema.h"
#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

absl::Status Refused(const std::string& url) { return Journal::Open(url, {}).status(); }

TEST(JournalUrl, IsRefusedWithoutItsPassword) {
  for (const char* url : {"postgresql://u:s3cret@h/d?no_such_option=1",
                          "postgres://u:s3cret%zz@h/d", "mysql://u:s3cret@h/d", "s3cret.db"}) {
    const absl::Status status = Refused(url);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << url;
    if (std::string_view(url).find("://") != std::string_view::npos) {
      EXPECT_EQ(status.message().find("s3cret"), absl::string_view::npos) << status;
    }
  }
}

#ifdef MOTCUA_WITHOUT_POSTGRESQL
TEST(JournalUrl, OfPostgresqlSaysHowToHaveIt) {
  for (const char* url : {"postgresql://u:s3cret@h/d", "postgres:///d"}) {
    const absl::Status status = Refused(url);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(status.message().find("built without PostgreSQL"), absl::string_view::npos) << status;
  }
}
#endif

TEST(JournalOpen, RefusesWhatIsNoJournal) {
  const Folder folder;
  const auto refused = [](const std::string& url, JournalOptions options = {}) {
    return Journal::Open(url, options).status().code();
  };
  EXPECT_EQ(refused("journal.db"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused("sqlite:"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused("sqlite::memory:"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused("sqlite:file:x?mode=memory"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused("sqlite:file:" + folder.File("x.db")), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(folder.File("x.db")));
  EXPECT_EQ(refused("postgresql://u:p%ss@h/d"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused("mysql://secret@host"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused(folder.Url("none.db"), {.mode = OpenMode::kExisting}),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refused(folder.Url("none/journal.db")), absl::StatusCode::kUnavailable);
  EXPECT_EQ(refused(folder.Url("")), absl::StatusCode::kInvalidArgument);
  FILE* file = fopen(folder.File("text").c_str(), "w");
  fputs("this is not a database, but long enough to be looked at as if it were one", file);
  fclose(file);
  EXPECT_EQ(refused(folder.Url("text")), absl::StatusCode::kDataLoss);
  SqliteConnection other;
  ASSERT_TRUE(other.Open(folder.File("other.db"), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).ok());
  ASSERT_TRUE(other.Run("CREATE TABLE citizens (name TEXT)").ok());
  EXPECT_EQ(refused(folder.Url("other.db")), absl::StatusCode::kDataLoss);
}

// What a copy leaves that was killed, at its beginning and after some rows.
TEST(JournalOpen, SaysThatACopyIsUnfinished) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db"));
  ASSERT_TRUE(journal->Append(Events("e", 20'000)).ok());
  for (const std::int64_t until : {8'192, 16'384}) {
    const std::string url = folder.Url(Named("copy", until));
    const pid_t child = fork();
    if (child == 0) {
      const auto own = Journal::Open(folder.Url("j.db"), {});
      const auto kill_self = [&](std::int64_t done, std::int64_t) {
        if (done >= until) kill(getpid(), SIGKILL);
      };
      (*own)->CopyTo(url, kill_self).IgnoreError();
      _exit(1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    for (const OpenMode mode : {OpenMode::kCreate, OpenMode::kExisting, OpenMode::kReadOnly}) {
      const absl::Status opened = Journal::Open(url, {.mode = mode}).status();
      EXPECT_EQ(opened.code(), absl::StatusCode::kDataLoss);
      EXPECT_NE(opened.message().find("unfinished copy"), absl::string_view::npos) << opened;
    }
    EXPECT_EQ(journal->CopyTo(url).status().code(), absl::StatusCode::kInvalidArgument);
  }
  ASSERT_TRUE(journal->CopyTo(folder.Url("whole.db")).ok());
  EXPECT_TRUE(Whole(*OpenJournal(folder.Url("whole.db"), {.mode = OpenMode::kReadOnly})));
}

// It may be an original: nothing is said of removing it.
TEST(JournalOpen, SaysWhatToDoWithoutSettings) {
  const Folder folder;
  ASSERT_TRUE(OpenJournal(folder.Url("j.db"))->Append(Events("e", 5)).ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
  ASSERT_TRUE(raw.Run("DELETE FROM settings").ok());
  for (const OpenMode mode : {OpenMode::kExisting, OpenMode::kReadOnly}) {
    const absl::Status opened = Journal::Open(folder.Url("j.db"), {.mode = mode}).status();
    EXPECT_EQ(opened.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(opened.message().find("remove"), absl::string_view::npos) << opened;
    EXPECT_NE(opened.message().find("5 events"), absl::string_view::npos) << opened;
    EXPECT_NE(opened.message().find("backup"), absl::string_view::npos) << opened;
  }
  // One that never came to its first setting, opened to read.
  ASSERT_TRUE(raw.Run("DELETE FROM events").ok());
  EXPECT_EQ(Journal::Open(folder.Url("j.db"), {.mode = OpenMode::kReadOnly}).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(JournalOpen, DoesNotCopyAKeyThatWasChanged) {
  const Folder folder;
  const auto journal = OpenJournal(folder.Url("j.db"));
  ASSERT_TRUE(
      journal
          ->Append(Lines(
              R"({"id":"n","dossier":"D","kind":"assign","at":"2025-07-01T09:00","note":"x"})"))
          .ok());
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("j.db"), SQLITE_OPEN_READWRITE).ok());
  ASSERT_TRUE(raw.Run("UPDATE keys SET secret = zeroblob(32)").ok());
  const absl::Status copied = journal->CopyTo(folder.Url("copy.db")).status();
  EXPECT_EQ(copied.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(copied.message().find("key"), absl::string_view::npos) << copied;
  EXPECT_FALSE(std::filesystem::exists(folder.File("copy.db")));
}

// A backup on a medium that cannot be written to: SQLite would want a log beside the file.
TEST(JournalOpen, ReadsWhereNothingCanBeWritten) {
  const Folder folder;
  const std::string name = "50% of #1?.db";
  {
    const auto journal = OpenJournal(folder.Url(name));
    ASSERT_TRUE(journal->Append(Events("e", 5)).ok());
  }
  const std::string place = folder.File("");
  ASSERT_EQ(chmod(place.c_str(), 0555), 0);
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && seteuid(kNobody) != 0) _exit(9);
    const auto journal = Journal::Open(folder.Url(name), {.mode = OpenMode::kReadOnly});
    if (!journal.ok()) _exit(1);
    const auto verified = (*journal)->Verify();
    if (!verified.ok() || !verified->ok() || verified->events != 5) _exit(2);
    const absl::Status refused = Journal::Open(folder.Url(name), {}).status();
    if (!absl::IsUnavailable(refused)) _exit(3);
    _exit(refused.message().find("may be written to") == absl::string_view::npos ? 4 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  chmod(place.c_str(), 0755);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(JournalSchema, AnOlderOneIsMigratedAndALaterOneRefused) {
  const Folder folder;
  const std::string url = folder.Url("old.db");
  {
    const auto journal = OpenJournal(url);
    ASSERT_TRUE(journal->Append(Events("e", 4)).ok());
  }
  SqliteConnection raw;
  ASSERT_TRUE(raw.Open(folder.File("old.db"), SQLITE_OPEN_READWRITE).ok());
  // Version 1 as it was: no keys, no segments.
  ASSERT_TRUE(raw.Run("DROP TABLE keys; DROP TABLE segments; PRAGMA user_version = 1").ok());
  EXPECT_EQ(Journal::Open(url, {.mode = OpenMode::kReadOnly}).status().code(),
            absl::StatusCode::kInvalidArgument);
  {
    const auto journal = OpenJournal(url);
    EXPECT_EQ(Shown(*journal).size(), 4u);
    EXPECT_TRUE(Whole(*journal));
    ASSERT_TRUE(
        journal
            ->Append(Lines(
                R"({"id":"n","dossier":"D","kind":"assign","at":"2025-07-01T09:00","note":"x"})"))
            .ok());
  }
  EXPECT_EQ(*raw.Integer("PRAGMA user_version"), kSqliteSchema);
  ASSERT_TRUE(raw.Run("PRAGMA user_version = 99").ok());
  EXPECT_EQ(Journal::Open(url, {}).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace motcua
