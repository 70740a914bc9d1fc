#include "motcua/journal/merge.h"

#include <algorithm>
#include <chrono>

#include "motcua/base/status.h"
#include "motcua/journal/conflicts.h"

namespace motcua {
namespace {

constexpr std::int64_t kMillisecondsPerMinute = 60'000;
constexpr std::int64_t kLocalOffset = 7 * 60;  // minutes that Vietnam is ahead of UTC
// No journal gets so far by itself; beyond it the next turn would not fit a store.
constexpr std::uint64_t kGreatestTurn = std::uint64_t{1} << 62;
// Clocks that differ by less are taken to agree.
constexpr std::int64_t kTolerance = 60 * kMillisecondsPerMinute;

}  // namespace

void Merger::Notice(SkewKind kind, std::int64_t milliseconds, std::string_view event) {
  if (milliseconds <= kTolerance) return;
  const auto same = [&](const ClockSkew& skew) { return skew.kind == kind; };
  auto skew = std::find_if(report_.skews.begin(), report_.skews.end(), same);
  if (skew == report_.skews.end()) {
    report_.skews.push_back({.kind = kind, .events = 0, .minutes = 0, .event = {}});
    skew = report_.skews.end() - 1;
  }
  ++skew->events;
  const std::int64_t minutes = milliseconds / kMillisecondsPerMinute;
  if (minutes <= skew->minutes) return;
  skew->minutes = minutes;
  skew->event = event;
}

// Rows come in the order in which their journal took them in, so what came before was known.
void Merger::LookAtClock(const DecodedRow& row, bool is_new) {
  const Record& record = row.record;
  const std::string_view id = record.event.id;
  const std::int64_t happened =
      (record.event.at - kLocalOffset) * kMillisecondsPerMinute;  // in UTC
  auto [latest, first] = latest_at_.try_emplace(std::string(record.event.dossier), record.event.at);
  if (is_new) {
    Notice(SkewKind::kAhead, record.recorded_at - now_, id);
    if (latest_recorded_ != INT64_MIN) {
      Notice(SkewKind::kBehind, latest_recorded_ - record.recorded_at, id);
    }
    Notice(SkewKind::kFuture, happened - record.recorded_at, id);
    Notice(SkewKind::kBackwards, (latest->second - record.event.at) * kMillisecondsPerMinute, id);
  }
  latest->second = std::max(latest->second, record.event.at);
  latest_recorded_ = std::max(latest_recorded_, record.recorded_at);
}

absl::StatusOr<bool> Merger::IsKnown(const DecodedRow& row,
                                     const std::vector<const DecodedRow*>& same_id) {
  const EventSide event{row.record.event, row.record.sealed, from_.store_.get()};
  for (const DecodedRow* other : same_id) {
    const bool pending = other->row.sequence == 0;
    Store* const store = pending ? from_.store_.get() : into_.store_.get();
    bool same = other->record.event_bytes == row.record.event_bytes;
    if (!same) {
      MOTCUA_ASSIGN_OR_RETURN(
          same, SameContent(event, {other->record.event, other->record.sealed, store}));
    }
    if (same) return true;
  }
  return false;
}

absl::Status Merger::TakeIn(std::vector<DecodedRow>& portion, Admission& admission) {
  std::vector<std::vector<std::int64_t>> candidates;
  std::vector<std::int64_t> wanted;
  for (const DecodedRow& row : portion) {
    candidates.push_back(into_.index_.WithId(row.record.event.id));
    wanted.insert(wanted.end(), candidates.back().begin(), candidates.back().end());
  }
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> fetched, into_.store_->Fetch(wanted));
  std::map<std::int64_t, DecodedRow> ours;
  for (Row& row : fetched) {
    const std::int64_t sequence = row.sequence;
    DecodedRow decoded(std::move(row));
    if (decoded.Read().ok()) ours.emplace(sequence, std::move(decoded));
  }
  for (std::size_t k = 0; k < portion.size(); ++k) {
    const std::string id(portion[k].record.event.id);
    const auto pending = new_of_id_.find(id);
    std::vector<const DecodedRow*> same_id;
    if (pending != new_of_id_.end()) same_id = pending->second;
    for (const std::int64_t sequence : candidates[k]) {
      const auto row = ours.find(sequence);
      if (row != ours.end() && row->second.record.event.id == id) same_id.push_back(&row->second);
    }
    // A row is the same wherever it was copied to. An event that was appended in two journals has
    // two, and both are kept: each says who knew of it.
    const bool is_here = std::any_of(same_id.begin(), same_id.end(), [&](const DecodedRow* other) {
      return IsSameRow(*other, portion[k]);
    });
    LookAtClock(portion[k], !is_here);
    bool known = is_here;
    if (!known) {
      MOTCUA_ASSIGN_OR_RETURN(known, IsKnown(portion[k], same_id));
    }
    ++(known ? report_.duplicates : report_.added);
    if (is_here) continue;
    MOTCUA_RETURN_IF_ERROR(admission.Check(portion[k]));
    dossiers_.emplace(portion[k].record.event.dossier);
    for (const DecodedRow* other : same_id) dossiers_.emplace(other->record.event.dossier);
    new_.push_back(std::move(portion[k]));
    new_.back().row.sequence = 0;  // not here yet
    new_of_id_[id].push_back(&new_.back());
  }
  return absl::OkStatus();
}

absl::StatusOr<Inserted> Merger::Run() {
  constexpr std::size_t kPortion = 4096;
  MOTCUA_RETURN_IF_ERROR(from_.CatchUp());
  MOTCUA_ASSIGN_OR_RETURN(keys_, from_.store_->Keys("", ""));
  MOTCUA_ASSIGN_OR_RETURN(Admission admission, Admission::Of(keys_, *into_.store_));
  std::vector<DecodedRow> portion;
  const auto take_in = [&]() -> absl::Status {
    const absl::Status taken = TakeIn(portion, admission);
    portion.clear();
    return taken;
  };
  for (std::int64_t after = 0; after < from_.head_.sequence;) {
    const std::int64_t count = std::min<std::int64_t>(kPortion, from_.head_.sequence - after);
    MOTCUA_RETURN_IF_ERROR(from_.store_->Read(after, count, [&](const RowView& row) {
      if (row.turn > kGreatestTurn) {
        return Error(Reason::kMalformedData, "branch", "sequence " + std::to_string(row.sequence),
                     "a turn that a journal can have given");
      }
      portion.emplace_back(Row{row.sequence, row.turn, std::string(row.record), row.hash});
      return portion.back().Read();
    }));
    after += count;
    MOTCUA_RETURN_IF_ERROR(take_in());
    if (progress_) progress_(from_.head_.sequence + after, 2 * from_.head_.sequence);
  }
  return Write();
}

absl::StatusOr<Inserted> Merger::Write() {
  JournalHead head = into_.head_;
  std::vector<RowView> rows;
  for (const DecodedRow& row : new_) {
    head = {head.sequence + 1, Link(head.hash, row.row.turn, row.row.record)};
    rows.push_back({head.sequence, row.row.turn, row.row.record, head.hash});
  }
  Batch batch{.rows = rows, .their_keys = keys_};
  Epochs epochs = into_.epochs_;
  if (!rows.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const std::uint64_t epoch, NewEpoch());
    epochs.LearnAll(from_.epochs_);
    epochs.Begin(epoch, into_.index_.last_turn(), from_.epochs_.Heads(from_.index_.last_turn()));
    batch.settings = epochs.AsSettings();
  }
  // What is personal there is personal here from now on.
  const std::size_t named = into_.personal_.size();
  into_.personal_.insert(from_.personal_.begin(), from_.personal_.end());
  const bool more_names = into_.personal_.size() != named;
  if (more_names) batch.settings[std::string(kPersonalSetting)] = into_.PersonalSetting();
  if (rows.empty() && keys_.empty() && !more_names) return Inserted::kDone;
  MOTCUA_ASSIGN_OR_RETURN(const Inserted done, into_.store_->Insert(batch));
  if (done == Inserted::kTaken) return done;
  into_.epochs_ = std::move(epochs);
  for (const RowView& row : rows) {
    into_.Take(row);
    added_.insert(row.sequence);
  }
  into_.WriteSegments();
  return done;
}

namespace {

// Names the thread at work in a journal, as long as it is.
class Marked {
 public:
  explicit Marked(std::atomic<std::thread::id>& mark) : mark_(mark) {
    mark_ = std::this_thread::get_id();
  }
  ~Marked() { mark_ = std::thread::id(); }
  Marked(const Marked&) = delete;
  Marked& operator=(const Marked&) = delete;

 private:
  std::atomic<std::thread::id>& mark_;
};

}  // namespace

absl::StatusOr<MergeReport> Journal::Merge(Journal& other, const Progress& progress) {
  if (&other == this) {
    return Error(Reason::kInvalidArgument, "branch", "this journal", "another journal");
  }
  MOTCUA_RETURN_IF_ERROR(CheckNotMerging());
  Progress verifying;
  if (progress) verifying = [&](std::int64_t done, std::int64_t all) { progress(done, 2 * all); };
  MOTCUA_ASSIGN_OR_RETURN(const Verification checked, other.Verify({}, verifying));
  if (!checked.ok()) {
    return Error(Reason::kMalformedData, "branch", "sequence " + std::to_string(checked.broken_at),
                 "a whole chain; " + checked.problem);
  }
  const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                               std::chrono::system_clock::now().time_since_epoch())
                               .count();
  const std::scoped_lock lock(mutex_, other.mutex_);
  const Marked here(merging_), there(other.merging_);
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  std::unique_ptr<Merger> merger;
  MOTCUA_RETURN_IF_ERROR(Try([&]() -> absl::StatusOr<Inserted> {
    merger = std::make_unique<Merger>(*this, other, now, progress);
    return merger->Run();
  }));
  MOTCUA_RETURN_IF_ERROR(SetAside());
  if (!merger->added().empty()) {
    ConflictFinder finder(*this);
    MOTCUA_ASSIGN_OR_RETURN(merger->report().conflicts,
                            finder.Among(merger->dossiers(), merger->added()));
  }
  return merger->report();
}

}  // namespace motcua
