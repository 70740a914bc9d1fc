// Branches that somebody made up: the chain is whole, what hangs on it is not what Append
// writes. None of it reaches the journal that is asked to take it in.
#include <algorithm>

#include "tests/journal/journal_cases.h"

namespace motcua {
namespace {

constexpr std::uint64_t kEpoch = 77;

class HostileBranch : public testing::Test {
 protected:
  HostileBranch() : main_(OpenJournal(folder_.Url("main.db"))) {
    EXPECT_TRUE(main_->Append(Events("e", 3)).ok());
  }

  // A record as the codec encodes it, of one event in dossier D.
  static std::string Recorded(const Event& event, const SealedPart& sealed = {}) {
    RecordCodec codec;
    std::string bytes, whole;
    codec.EncodeEvent(event, sealed, bytes);
    Record record;
    record.event_bytes = bytes;
    record.epoch = kEpoch;
    record.recorded_at = 1'751'331'600'000;
    codec.EncodeRecord(record, whole);
    return whole;
  }
  static Event Simple() { return {.id = "x", .dossier = "D", .at = kMorning}; }

  // Merges a branch of one row and expects the refusal to say this; empty: no refusal.
  void Expect(const std::string& record, std::string_view said, std::uint64_t turn = 1,
              std::vector<StoredKey> keys = {}) {
    const std::string file = folder_.File(std::to_string(++branches_) + ".db");
    {
      const RowView row{1, turn, record, Link({}, turn, record)};
      auto store = OpenSqliteStore(file, OpenMode::kCreate);
      ASSERT_TRUE(store.ok()) << store.status();
      Epochs epochs;
      epochs.Begin(kEpoch, 0, {});
      epochs.Settle();
      ASSERT_TRUE((*store)
                      ->Insert({.rows = {&row, 1}, .keys = keys, .settings = epochs.AsSettings()})
                      .ok());
    }
    const auto branch = OpenJournal("sqlite:" + file, {.mode = OpenMode::kExisting});
    ASSERT_NE(branch, nullptr);
    EXPECT_EQ(branch->Verify()->broken_at, 0) << "the chain itself is whole";
    const JournalHead before = *main_->Head();
    const auto report = main_->Merge(*branch);
    if (said.empty()) {
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_EQ(report->added, 1);
    } else {
      EXPECT_EQ(report.status().code(), absl::StatusCode::kDataLoss) << said;
      EXPECT_NE(report.status().message().find(ToAbsl(said)), absl::string_view::npos)
          << report.status();
      EXPECT_EQ(main_->Head()->hash, before.hash);
    }
    EXPECT_TRUE(Whole(*main_));
    Shown(*main_);  // fails the test if a row cannot be shown
  }

  Folder folder_;
  std::unique_ptr<Journal> main_;
  int branches_ = 0;
};

TEST_F(HostileBranch, WithNothingWrongIsTakenIn) { Expect(Recorded(Simple()), ""); }

TEST_F(HostileBranch, WithBytesThatAreNoEvent) {
  Expect("no record", "motcua.v1.Record");
  Event event = Simple();
  event.id = "two\nlines";
  Expect(Recorded(event), "id");
  event = Simple();
  event.dossier = "D\x1b[2J";
  Expect(Recorded(event), "dossier");
}

TEST_F(HostileBranch, WithKeysThatAreNoJson) {
  for (const char* extra : {"x", "\"a\":1}", "\"a\":1,", "\"a\":1}\n{\"id\":\"y\"", "\"id\":\"y\"",
                            "\"at\":\"2025-07-01T09:00\"", "\"due\":\"2025-07-01T09:00\""}) {
    Event event = Simple();
    event.extra = extra;
    Expect(Recorded(event), "sequence 1");
  }
  Event event = Simple();
  event.due = kMorning;
  Expect(Recorded(event), "sequence 1");
}

TEST_F(HostileBranch, WithTurnsAndTimesThatNoJournalGives) {
  Expect(Recorded(Simple()), "turn", UINT64_MAX);
  RecordCodec codec;
  std::string bytes, whole;
  codec.EncodeEvent(Simple(), {}, bytes);
  Record record;
  record.event_bytes = bytes;
  record.recorded_at = INT64_MAX;
  codec.EncodeRecord(record, whole);
  Expect(whole, "recorded_at");
  EXPECT_EQ(main_->Append(Events("f", 1), INT64_MAX).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(HostileBranch, WithPersonalDataThatDoesNotOpen) {
  const std::string secret(32, 's');
  const std::string id = KeyId("D", secret);
  const std::string box = *Seal(secret, "x", "kín", "");
  const StoredKey key{.id = id, .dossier = "D", .secret = secret};
  const SealedPart sealed{.key = id, .box = box, .fields = {"note"}};
  SealedPart turned = sealed;
  turned.box[20] ^= 1;
  Expect(Recorded(Simple(), turned), "sealed", 1, {key});
  SealedPart renamed = sealed;
  renamed.fields = {"phone"};
  Expect(Recorded(Simple(), renamed), "sealed.fields", 1, {key});
  Event elsewhere = Simple();
  elsewhere.dossier = "E";
  Expect(Recorded(elsewhere, sealed), "its own dossier", 1, {key});
  StoredKey other = key;
  other.secret[0] ^= 1;
  Expect(Recorded(Simple(), sealed), "key", 1, {other});
  other.secret = "short";
  Expect(Recorded(Simple(), sealed), "key", 1, {other});
  Expect(Recorded(Simple(), sealed), "", 1, {key});
  EXPECT_NE(Shown(*main_, {.dossier = "D"})[0].find("kín"), std::string::npos);
}

// A key that was destroyed leaves its row; one that is nowhere was removed.
TEST_F(HostileBranch, WithoutItsKeyIsRefused) {
  const SealedPart sealed{
      .key = "unknown.", .box = *Seal(std::string(32, 's'), "x", "kín", ""), .fields = {"note"}};
  Expect(Recorded(Simple(), sealed), "missing, and was not destroyed");
}

}  // namespace
}  // namespace motcua
