#include "motcua/journal/journal.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::int64_t kAllRows = INT64_MAX;

std::int64_t Now() {
  using std::chrono::milliseconds;
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenStore(std::string_view url, OpenMode mode) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size()) {
    return OpenSqliteStore(std::string(url.substr(kSqlite.size())), mode);
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return OpenPostgresStore(std::string(url), mode);
  }
  // Not the url itself: it may hold a password.
  return Error(Reason::kInvalidArgument, "journal", url.substr(0, url.find(':')),
               "sqlite:PATH or postgresql://...");
}

absl::StatusOr<std::unique_ptr<Journal>> Journal::Open(std::string_view url,
                                                       const JournalOptions& options) {
  for (const std::string& name : options.personal) MOTCUA_RETURN_IF_ERROR(CheckPersonal(name));
  MOTCUA_ASSIGN_OR_RETURN(std::unique_ptr<Store> store, OpenStore(url, options.mode));
  std::unique_ptr<Journal> journal(new Journal(std::move(store)));
  MOTCUA_RETURN_IF_ERROR(journal->Load(options));
  return journal;
}

Journal::~Journal() = default;

absl::Status Journal::Load(const JournalOptions& options) {
  MOTCUA_ASSIGN_OR_RETURN(const Settings settings, store_->ReadSettings());
  // They say which fields are sealed, so nothing is written by ones that were changed.
  if (options.mode != OpenMode::kReadOnly && !AreWhole(settings)) {
    return Error(Reason::kMalformedData, "journal", "changed settings",
                 "the settings as they were written; it can still be opened to read only");
  }
  if (settings.contains(std::string(kUnfinishedSetting))) {
    return Error(Reason::kMalformedData, "journal", "an unfinished copy",
                 "a whole one: a copy was interrupted here, or still goes on; where it was "
                 "interrupted, remove it and copy again");
  }
  Adopt(settings);
  MOTCUA_RETURN_IF_ERROR(LoadSegments());
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  if (epochs_.current() == 0) {
    const bool reads = options.mode == OpenMode::kReadOnly;
    if (head_.sequence != 0 || (reads && !settings.contains("epoch"))) {
      return Error(
          Reason::kMalformedData, "journal", "no epoch",
          absl::StrCat("the settings of a journal; they are missing beside ", head_.sequence,
                       " events. A copy is made again; of an original "
                       "keep the file, and restore a backup or merge a branch of it"));
    }
    if (reads) return absl::OkStatus();  // Verify tells what is wrong with its settings
    MOTCUA_ASSIGN_OR_RETURN(const std::uint64_t epoch, NewEpoch());
    Epochs first;
    first.Begin(epoch, 0, {});
    MOTCUA_RETURN_IF_ERROR(
        store_->Insert({.rows = {}, .settings = first.AsSettings(), .keep_settings = true})
            .status());
    MOTCUA_RETURN_IF_ERROR(LoadSettings());
  }
  const std::size_t before = personal_.size();
  for (const std::string& name : options.personal) personal_.insert(PersonalName(name));
  if (personal_.size() == before || options.mode == OpenMode::kReadOnly) return absl::OkStatus();
  return store_
      ->Insert({.rows = {}, .settings = {{std::string(kPersonalSetting), PersonalSetting()}}})
      .status();
}

absl::Status Journal::CheckNotMerging() const {
  if (merging_ != std::this_thread::get_id()) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, "journal", "the progress of a merge",
               "calls after the merge has ended, which holds both journals until then");
}

absl::StatusOr<std::unique_lock<std::mutex>> Journal::Enter() {
  MOTCUA_RETURN_IF_ERROR(CheckNotMerging());
  return std::unique_lock(mutex_);
}

std::string Journal::PersonalSetting() const {
  std::string names;
  for (const std::string& name : personal_) absl::StrAppend(&names, name, "\n");
  return names;
}

absl::StatusOr<std::uint64_t> NewEpoch() {
  MOTCUA_ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(sizeof(std::uint64_t)));
  std::uint64_t epoch = 0;
  std::memcpy(&epoch, bytes.data(), sizeof epoch);
  return epoch | 1;  // never 0, which means none
}

absl::Status Journal::LoadSettings() {
  MOTCUA_ASSIGN_OR_RETURN(const Settings settings, store_->ReadSettings());
  Adopt(settings);
  return absl::OkStatus();
}

void Journal::Adopt(const Settings& settings) {
  epochs_.Load(settings);
  personal_.merge(DefaultPersonalFields());
  const auto names = settings.find(std::string(kPersonalSetting));
  if (names == settings.end()) return;
  std::string_view rest = names->second;
  for (std::size_t end; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1)) {
    personal_.insert(PersonalName(rest.substr(0, end)));
  }
}

absl::Status Journal::LoadSegments() {
  MOTCUA_ASSIGN_OR_RETURN(const auto segments, store_->Segments());
  const auto whole = std::count_if(segments.begin(), segments.end(), [](const auto& segment) {
    return segment.second.size() == RowIndex::kSegmentBytes;
  });
  index_.Reserve(static_cast<std::size_t>(whole * RowIndex::kSegmentRows));
  for (const auto& [first, bytes] : segments) {
    if (!index_.AddSegment(bytes, head_.hash)) break;  // what follows is read from the rows
  }
  head_.sequence = index_.size();
  for (std::int64_t row = 1; row <= head_.sequence; ++row) {
    if (index_.HasEarlier(row)) twice_.insert(row);
  }
  return absl::OkStatus();
}

absl::Status Journal::CatchUp() {
  const std::int64_t before = head_.sequence;
  MOTCUA_RETURN_IF_ERROR(store_->Read(before, kAllRows, [&](const RowView& row) -> absl::Status {
    if (row.sequence != head_.sequence + 1) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(head_.sequence + 1),
                   "a row of the journal; it is missing");
    }
    Take(row);
    return absl::OkStatus();
  }));
  if (head_.sequence == before) return absl::OkStatus();
  WriteSegments();
  return LoadSettings();
}

// A row that cannot be read is counted and found by nobody; Verify names it.
void Journal::Take(const RowView& row) {
  Record record;
  if (codec_.Decode(row.record, record).ok()) {
    index_.Add(Fingerprint(record.event.id), Fingerprint(record.event.dossier), row.turn);
    if (!record.parents.empty()) epochs_.Learn(record.epoch, record.parents);
  } else {
    index_.Add(0, 0, row.turn);
  }
  Advance(row);
}

void Journal::Advance(const RowView& row) {
  head_ = {row.sequence, row.hash};
  if (index_.HasEarlier(row.sequence)) twice_.insert(row.sequence);
  if (row.sequence % RowIndex::kSegmentRows == 0) {
    const std::int64_t first = row.sequence - RowIndex::kSegmentRows + 1;
    segments_to_write_[first] = index_.Segment(first, row.hash);
  }
}

// Segments can be made again from the rows, so that one cannot be written fails nothing.
void Journal::WriteSegments() {
  for (const auto& [first, bytes] : segments_to_write_) {
    store_->WriteSegment(first, bytes).IgnoreError();
  }
  segments_to_write_.clear();
}

absl::StatusOr<std::vector<DecodedRow>> Journal::RowsWithId(std::string_view id) {
  std::vector<DecodedRow> rows;
  const std::vector<std::int64_t> candidates = index_.WithId(id);
  if (candidates.empty()) return rows;
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> fetched, store_->Fetch(candidates));
  for (Row& row : fetched) {
    DecodedRow decoded(std::move(row));
    if (decoded.Read().ok() && decoded.record.event.id == id) rows.push_back(std::move(decoded));
  }
  return rows;
}

absl::Status Journal::SetAside() {
  std::set<std::string> ids;
  while (!twice_.empty()) {
    const std::int64_t sequence = *twice_.begin();
    MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> fetched, store_->Fetch({{sequence}}));
    DecodedRow decoded(std::move(fetched.front()));
    if (decoded.Read().ok() && ids.emplace(decoded.record.event.id).second) {
      MOTCUA_ASSIGN_OR_RETURN(const std::vector<DecodedRow> rows,
                              RowsWithId(decoded.record.event.id));
      const auto standing = std::min_element(rows.begin(), rows.end(), Stands);
      for (const DecodedRow& row : rows) {
        if (&row == &*standing) {
          set_aside_.erase(row.row.sequence);
        } else if (set_aside_.insert(row.row.sequence).second) {
          ++generation_;
        }
      }
    }
    twice_.erase(sequence);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> Journal::Find(const Event& event) {
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<DecodedRow> rows, RowsWithId(event.id));
  for (const DecodedRow& row : rows) {
    MOTCUA_ASSIGN_OR_RETURN(
        const bool same,
        SameContent({event, {}, nullptr}, {row.record.event, row.record.sealed, store_.get()}));
    if (same) return row.row.sequence;
  }
  if (rows.empty()) return 0;
  return absl::AlreadyExistsError(
      absl::StrCat("id '", Printable(event.id),
                   "': expected an id that is new, or the content it already has in the journal"));
}

// What an append is about to write.
struct Journal::Draft {
  std::string bytes;  // all records, one after the other
  std::vector<std::size_t> ends;
  std::vector<RowView> rows;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> fingerprints;  // of id and dossier
  std::vector<StoredKey> keys;                                        // new
  std::vector<std::string> live_keys;                                 // used, and there before
  std::map<std::string, StoredKey, std::less<>> key_of;               // by dossier
  std::vector<std::int64_t> sequences;                                // the answer
};

absl::StatusOr<StoredKey> Journal::KeyFor(std::string_view dossier, Draft& draft) {
  const auto known = draft.key_of.find(dossier);
  if (known != draft.key_of.end()) return known->second;
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> keys, store_->Keys(dossier, ""));
  StoredKey key{.id = {}, .dossier = std::string(dossier), .secret = {}};
  for (const StoredKey& one : keys) {
    if (!one.secret.empty() && (key.id.empty() || one.id < key.id)) key = one;
  }
  if (key.id.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(key.secret, RandomBytes(32));
    key.id = KeyId(dossier, key.secret);
    draft.keys.push_back(key);
  } else {
    draft.live_keys.push_back(key.id);
  }
  draft.key_of.emplace(dossier, key);
  return key;
}

// Adds one event, with what is personal taken out of it.
absl::Status Journal::AddToDraft(const Event& event, std::int64_t recorded_at, Draft& draft) {
  Event open = event;
  Parted parted;
  SealedPart sealed;
  if (!event.note.empty() || !event.extra.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(parted, Part(event, personal_));
    open.note = parted.note;
    open.extra = parted.extra;
  }
  if (!parted.fields.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const StoredKey key, KeyFor(event.dossier, draft));
    MOTCUA_ASSIGN_OR_RETURN(
        sealed.box, Seal(key.secret, event.id, parted.personal_note, parted.personal_extra));
    sealed.key = key.id;
    sealed.fields = std::move(parted.fields);
  }
  scratch_.clear();
  codec_.EncodeEvent(open, sealed, scratch_);
  Record record;
  record.event_bytes = scratch_;
  record.epoch = epochs_.current();
  record.recorded_at = recorded_at;
  if (draft.ends.empty()) record.parents = epochs_.pending();
  codec_.EncodeRecord(record, draft.bytes);
  draft.ends.push_back(draft.bytes.size());
  draft.fingerprints.emplace_back(Fingerprint(event.id), Fingerprint(event.dossier));
  return absl::OkStatus();
}

absl::StatusOr<Journal::Draft> Journal::MakeDraft(const EventLog& events,
                                                  std::int64_t recorded_at) {
  Draft draft;
  draft.sequences.reserve(events.size());
  for (std::size_t k = 0; k < events.size(); ++k) {
    const Event event = events.event(k);
    MOTCUA_ASSIGN_OR_RETURN(std::int64_t sequence, Find(event));
    if (sequence == 0) {
      MOTCUA_RETURN_IF_ERROR(AddToDraft(event, recorded_at, draft));
      sequence = head_.sequence + static_cast<std::int64_t>(draft.ends.size());
    }
    draft.sequences.push_back(sequence);
  }
  JournalHead head = head_;
  std::uint64_t turn = index_.last_turn();
  std::size_t begin = 0;
  for (const std::size_t end : draft.ends) {
    const std::string_view record = std::string_view(draft.bytes).substr(begin, end - begin);
    head = {head.sequence + 1, Link(head.hash, ++turn, record)};
    draft.rows.push_back({head.sequence, turn, record, head.hash});
    begin = end;
  }
  return draft;
}

absl::StatusOr<Inserted> Journal::Write(Draft& draft) {
  Batch batch{.rows = draft.rows, .keys = draft.keys, .live_keys = draft.live_keys};
  Epochs epochs = epochs_;
  const bool settles = !epochs.used();
  if (settles) {
    epochs.Settle();
    batch.settings = epochs.AsSettings();
  }
  MOTCUA_ASSIGN_OR_RETURN(const Inserted done, store_->Insert(batch));
  if (done == Inserted::kTaken) return done;
  if (settles) epochs_ = std::move(epochs);
  for (std::size_t k = 0; k < draft.rows.size(); ++k) {
    index_.Add(draft.fingerprints[k].first, draft.fingerprints[k].second, draft.rows[k].turn);
    Advance(draft.rows[k]);
  }
  WriteSegments();
  return done;
}

absl::Status Journal::Try(const std::function<absl::StatusOr<Inserted>()>& attempt) {
  constexpr int kAttempts = 100;   // with others writing all the time
  constexpr int kStayLocked = 64;  // appends after one that was overtaken
  bool reconnected = false;
  for (int k = 0; k < kAttempts; ++k) {
    const bool locked = contended_ > 0;
    if (locked) {
      MOTCUA_RETURN_IF_ERROR(store_->Lock());
      --contended_;
    }
    absl::Status caught_up = locked || k > 0 ? CatchUp() : absl::OkStatus();
    const absl::StatusOr<Inserted> done =
        caught_up.ok() ? attempt() : absl::StatusOr<Inserted>(caught_up);
    if (locked) store_->Unlock();
    if (done.ok() && *done == Inserted::kDone) return absl::OkStatus();
    if (done.ok()) {
      contended_ = kStayLocked;
    } else if (absl::IsUnavailable(done.status()) && store_->Reconnects() && !reconnected) {
      reconnected = true;  // whether the rows went in is found by reading on
    } else {
      return done.status();
    }
  }
  return absl::UnavailableError(absl::StrCat(
      "journal: expected the place after the last row to be free in one of ", kAttempts,
      " attempts; others took it each time, or the last rows were lost. "
      "Nothing was written, and trying again is right"));
}

absl::StatusOr<std::vector<std::int64_t>> Journal::Append(const EventLog& events,
                                                          std::int64_t recorded_at) {
  if (recorded_at != kNoRecordedAt && !IsRecordedAt(recorded_at)) {
    return Error(Reason::kInvalidArgument, "recorded_at", std::to_string(recorded_at),
                 kRecordedAtForm);
  }
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  std::vector<std::int64_t> sequences;
  MOTCUA_RETURN_IF_ERROR(Try([&]() -> absl::StatusOr<Inserted> {
    MOTCUA_ASSIGN_OR_RETURN(Draft draft,
                            MakeDraft(events, recorded_at == kNoRecordedAt ? Now() : recorded_at));
    sequences = std::move(draft.sequences);
    if (draft.rows.empty()) return Inserted::kDone;
    return Write(draft);
  }));
  return sequences;
}

absl::StatusOr<JournalHead> Journal::Head() {
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  return head_;
}

absl::StatusOr<std::int64_t> Journal::Erase(std::string_view dossier) {
  if (dossier.empty()) return Error(Reason::kInvalidArgument, "dossier", "", "a dossier's code");
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  return store_->DestroyKeys(dossier);
}

absl::StatusOr<std::int64_t> Journal::Generation() {
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  MOTCUA_RETURN_IF_ERROR(SetAside());
  return generation_;
}

}  // namespace motcua
