// Journal::CopyTo: a branch, a backup, a move from one store to another.
#include "motcua/base/status.h"
#include "motcua/journal/journal.h"

namespace motcua {
namespace {

// Rows on their way into another store, checked link by link.
class Copier {
 public:
  explicit Copier(Store& to) : to_(to) {}

  absl::Status Add(const RowView& row) {
    const Hash hash = Link(head_.hash, row.turn, row.record);
    if (row.sequence != head_.sequence + 1 || hash != row.hash) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(head_.sequence + 1),
                   "a whole chain; the row is missing or was changed");
    }
    head_ = {row.sequence, hash};
    rows_.push_back({row.sequence, row.turn, std::string(row.record), row.hash});
    return rows_.size() < kPortion ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    if (rows_.empty()) return absl::OkStatus();
    std::vector<RowView> views;
    for (const Row& row : rows_) {
      views.push_back({row.sequence, row.turn, row.record, row.hash});
    }
    MOTCUA_ASSIGN_OR_RETURN(const Inserted done, to_.Insert({.rows = views}));
    rows_.clear();
    if (done == Inserted::kDone) return absl::OkStatus();
    return Error(Reason::kInvalidArgument, "copy", "a place that holds rows", "an empty place");
  }

  const JournalHead& head() const { return head_; }

 private:
  static constexpr std::size_t kPortion = 10'000;
  Store& to_;
  JournalHead head_;
  std::vector<Row> rows_;
};

}  // namespace

absl::StatusOr<JournalHead> Journal::CopyTo(std::string_view url, const Progress& progress) {
  MOTCUA_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(url, OpenMode::kCreate));
  absl::StatusOr<JournalHead> copied = CopyInto(*store, url, progress);
  if (!copied.ok()) store->Discard();
  return copied;
}

absl::StatusOr<JournalHead> Journal::CopyInto(Store& store, std::string_view url,
                                              const Progress& progress) {
  MOTCUA_ASSIGN_OR_RETURN(const JournalHead end, Head());
  MOTCUA_ASSIGN_OR_RETURN(auto settings, store.ReadSettings());
  MOTCUA_ASSIGN_OR_RETURN(const auto turns, store.Turns(0));
  const std::string unfinished(kUnfinishedSetting);
  if (settings.contains("epoch") || settings.contains(unfinished) || !turns.empty()) {
    // Of a server nothing more: the url may hold a password.
    return Error(Reason::kInvalidArgument, "copy",
                 url.starts_with("sqlite:") ? url.substr(7) : "PostgreSQL",
                 "a place that holds no journal yet");
  }
  // Whoever opens what an interrupted copy leaves must not take it for a journal.
  MOTCUA_RETURN_IF_ERROR(store.Insert({.rows = {}, .settings = {{unfinished, "1"}}}).status());
  Copier copier(store);
  MOTCUA_RETURN_IF_ERROR(ReadInPortions(
      *store_, 0, end.sequence, [&](const RowView& row) { return copier.Add(row); }, progress,
      end.sequence));
  MOTCUA_RETURN_IF_ERROR(copier.Flush());
  if (copier.head().hash != end.hash || copier.head().sequence != end.sequence) {
    return Error(Reason::kMalformedData, "sequence", std::to_string(end.sequence),
                 "the chain as it was when it was opened");
  }
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> keys, store_->Keys("", ""));
  for (const StoredKey& key : keys) {
    if (IsWhole(key)) continue;
    return Error(Reason::kMalformedData, "key", Hex(key.id),
                 "a key of personal data as it was made, or destroyed; it was changed in this "
                 "journal, and a copy would not open what it seals");
  }
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  MOTCUA_ASSIGN_OR_RETURN(const std::uint64_t epoch, NewEpoch());
  Epochs epochs = epochs_;
  epochs.Begin(epoch, index_.last_turn(), {});
  Batch last{.rows = {},
             .keys = keys,
             .settings = epochs.AsSettings(),
             .drop_setting = kUnfinishedSetting};
  last.settings[std::string(kPersonalSetting)] = PersonalSetting();
  MOTCUA_RETURN_IF_ERROR(store.Insert(last).status());
  return end;
}

}  // namespace motcua
