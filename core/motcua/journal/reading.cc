// Journal: reading, in canonical order and in order of arrival.
#include <algorithm>
#include <future>
#include <map>
#include <set>
#include <utility>

#include "motcua/base/status.h"
#include "motcua/journal/journal.h"

namespace motcua {

absl::Status ReadInPortions(Store& store, std::int64_t after, std::int64_t last,
                            const Store::Visit& visit, const Progress& progress,
                            std::int64_t total) {
  constexpr std::int64_t kPortion = 8192;
  while (after < last) {
    std::int64_t shown = 0;
    MOTCUA_RETURN_IF_ERROR(
        store.Read(after, std::min(kPortion, last - after), [&](const RowView& row) {
          ++shown;
          after = std::max(after, row.sequence);
          return visit(row);
        }));
    if (shown == 0) break;
    if (progress) progress(after, total);
  }
  return absl::OkStatus();
}

struct Journal::Place {
  std::uint64_t turn = 0;
  std::uint64_t epoch = 0;
  std::string id;
  std::int64_t sequence = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// Rows of one turn come from different epochs; which is read only for those.
absl::Status Journal::LoadEpochs(std::vector<Place>& places) {
  std::sort(places.begin(), places.end());
  std::vector<std::size_t> shared;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const bool with_last = k > 0 && places[k - 1].turn == places[k].turn;
    const bool with_next = k + 1 < places.size() && places[k + 1].turn == places[k].turn;
    if (with_last || with_next) shared.push_back(k);
  }
  constexpr std::size_t kPortion = 4096;
  for (std::size_t at = 0; at < shared.size(); at += kPortion) {
    const std::size_t count = std::min(kPortion, shared.size() - at);
    std::vector<std::int64_t> sequences;
    for (std::size_t k = at; k < at + count; ++k) sequences.push_back(places[shared[k]].sequence);
    MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> rows, store_->Fetch(sequences));
    for (std::size_t k = 0; k < count; ++k) {
      DecodedRow decoded(std::move(rows[k]));
      if (!decoded.Read().ok()) continue;
      places[shared[at + k]].epoch = decoded.record.epoch;
      places[shared[at + k]].id = decoded.record.event.id;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Journal::Place>> Journal::PlacesOf(
    std::string_view dossier, std::span<const std::int64_t> candidates) {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> rows, store_->Fetch(candidates));
  std::vector<Place> places;
  for (Row& row : rows) {
    DecodedRow decoded(std::move(row));
    // Another dossier can share the fingerprint.
    if (!decoded.Read().ok() || decoded.record.event.dossier != dossier) continue;
    places.push_back({.turn = decoded.row.turn,
                      .epoch = decoded.record.epoch,
                      .id = std::string(decoded.record.event.id),
                      .sequence = decoded.row.sequence});
  }
  return places;
}

absl::StatusOr<std::vector<Journal::Place>> Journal::PlacesAfter(std::int64_t after,
                                                                 std::int64_t last) {
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> turns, store_->Turns(after));
  if (static_cast<std::int64_t>(turns.size()) < last - after) {
    return Error(Reason::kMalformedData, "sequence", std::to_string(last),
                 "a row of the journal; it is missing");
  }
  std::vector<Place> places;
  for (std::int64_t sequence = after + 1; sequence <= last; ++sequence) {
    places.push_back({.turn = turns[static_cast<std::size_t>(sequence - after - 1)],
                      .epoch = 0,
                      .id = {},
                      .sequence = sequence});
  }
  return places;
}

absl::StatusOr<std::vector<std::int64_t>> Journal::Sequences(const ReadOptions& options) {
  const std::int64_t after = std::max<std::int64_t>(options.after, 0);
  std::int64_t last = 0;
  bool as_arrived = false;
  std::set<std::int64_t> set_aside;
  std::vector<std::int64_t> sequences;
  {  // Writers wait for no more than this.
    MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
    MOTCUA_RETURN_IF_ERROR(CatchUp());
    MOTCUA_RETURN_IF_ERROR(SetAside());
    last = head_.sequence;
    if (after >= last) return sequences;
    as_arrived = !options.canonical || (index_.ordered() && set_aside_.empty());
    if (options.canonical) set_aside = set_aside_;
    if (!options.dossier.empty()) sequences = index_.WithDossier(options.dossier);
  }
  std::vector<Place> places;
  if (!options.dossier.empty()) {
    std::erase_if(sequences, [&](std::int64_t sequence) { return sequence <= after; });
    MOTCUA_ASSIGN_OR_RETURN(places, PlacesOf(options.dossier, sequences));
    sequences.clear();
  } else if (as_arrived) {
    for (std::int64_t k = after + 1; k <= last; ++k) sequences.push_back(k);
    return sequences;
  } else {
    MOTCUA_ASSIGN_OR_RETURN(places, PlacesAfter(after, last));
    MOTCUA_RETURN_IF_ERROR(LoadEpochs(places));
  }
  std::erase_if(places, [&](const Place& place) { return set_aside.contains(place.sequence); });
  if (options.canonical) std::sort(places.begin(), places.end());
  for (const Place& place : places) sequences.push_back(place.sequence);
  return sequences;
}

namespace {

// Runs of consecutive numbers are read in one go, others are looked up.
bool Consecutive(std::span<const std::int64_t> sequences) {
  for (std::size_t k = 1; k < sequences.size(); ++k) {
    if (sequences[k] != sequences[k - 1] + 1) return false;
  }
  return true;
}

// Opens personal data; asks the store for a key once in a portion, so that an erasure by
// another process is seen by the next.
class Opener {
 public:
  explicit Opener(Store& store) : store_(store) {}

  absl::Status Show(const RowView& row, const Journal::Visit& visit) {
    Record record;
    const absl::Status decoded = codec_.Decode(row.record, record);
    if (!decoded.ok()) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(row.sequence),
                   "a record that can be read; verify names the first broken link");
    }
    JournalEntry entry{.sequence = row.sequence,
                       .turn = row.turn,
                       .epoch = record.epoch,
                       .recorded_at = record.recorded_at,
                       .hash = row.hash,
                       .event = record.event,
                       .erased = {}};
    if (!record.sealed.key.empty()) {
      MOTCUA_RETURN_IF_ERROR(Open(record.sealed, entry));
    }
    return visit(entry);
  }

 private:
  absl::Status Open(const SealedPart& sealed, JournalEntry& entry) {
    auto known = secrets_.find(sealed.key);
    if (known == secrets_.end()) {
      MOTCUA_ASSIGN_OR_RETURN(const auto keys, store_.Keys("", sealed.key));
      known = secrets_.emplace(sealed.key, keys.empty() ? "" : keys.front().secret).first;
    }
    if (known->second.empty()) {
      entry.erased = sealed.fields;
      return absl::OkStatus();
    }
    if (!OpenBox(known->second, entry.event.id, sealed.box, note_, extra_).ok()) {
      return Error(Reason::kMalformedData, "sequence", std::to_string(entry.sequence),
                   "an event '" + Printable(entry.event.id) +
                       "' whose personal data its key opens; verify names a key that was changed");
    }
    PutBack(note_, extra_, entry.event);
    return absl::OkStatus();
  }

  Store& store_;
  RecordCodec codec_;
  std::map<std::string, std::string> secrets_;
  std::string note_, extra_;
};

}  // namespace

absl::Status Journal::Show(std::span<const std::int64_t> sequences, const Visit& visit) {
  constexpr std::size_t kPortion = 4096;
  for (std::size_t at = 0; at < sequences.size(); at += kPortion) {
    const auto portion = sequences.subspan(at, std::min(kPortion, sequences.size() - at));
    Opener opener(*store_);
    // Whole rows first: a visitor may ask the same store, and takes its own time.
    std::vector<Row> rows;
    if (Consecutive(portion)) {
      rows.reserve(portion.size());
      MOTCUA_RETURN_IF_ERROR(store_->Read(
          portion.front() - 1, static_cast<std::int64_t>(portion.size()), [&](const RowView& row) {
            rows.push_back({row.sequence, row.turn, std::string(row.record), row.hash});
            return absl::OkStatus();
          }));
      if (rows.size() != portion.size()) {
        return Error(Reason::kMalformedData, "sequence", std::to_string(portion.back()),
                     "a row of the journal; it is missing");
      }
    } else {
      MOTCUA_ASSIGN_OR_RETURN(rows, store_->Fetch(portion));
    }
    for (const Row& row : rows) {
      MOTCUA_RETURN_IF_ERROR(opener.Show({row.sequence, row.turn, row.record, row.hash}, visit));
    }
  }
  return absl::OkStatus();
}

absl::Status Journal::Read(const ReadOptions& options, const Visit& visit) {
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<std::int64_t> sequences, Sequences(options));
  return Show(sequences, visit);
}

namespace {

// What is wrong with the keys of personal data, which no link covers; empty where nothing.
// `used` are the ids that rows name: a destroyed key has a row, one that was removed has none.
absl::StatusOr<std::string> ProblemOfKeys(Store& store, std::set<std::string, std::less<>> used) {
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> keys, store.Keys("", ""));
  for (const StoredKey& key : keys) {
    if (!IsWhole(key)) return "the key " + Hex(key.id) + " of personal data was changed";
    used.erase(key.id);
  }
  if (!used.empty()) {
    return "the key " + Hex(*used.begin()) + " of personal data is missing, and was not destroyed";
  }
  return std::string();
}

absl::StatusOr<std::string> ProblemOfSettings(Store& store) {
  MOTCUA_ASSIGN_OR_RETURN(const Settings settings, store.ReadSettings());
  return std::string(AreWhole(settings) ? "" : "the settings of the journal were changed");
}

}  // namespace

absl::StatusOr<Verification> Journal::Verify(const JournalHead& anchor, const Progress& progress) {
  if (anchor.sequence < 0) {
    return Error(Reason::kInvalidArgument, "anchor", std::to_string(anchor.sequence),
                 "a sequence number, or 0 for none");
  }
  Verification found;
  std::int64_t last = 0;
  {
    MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
    last = head_.sequence;
  }
  // What is appended from now on is the next verification's, or this one would never end
  // where somebody appends as fast as it reads.
  MOTCUA_ASSIGN_OR_RETURN(const auto more, store_->Turns(last));
  last += static_cast<std::int64_t>(more.size());
  const std::int64_t seen = std::max(anchor.sequence, last);
  const auto broken = [&](std::int64_t sequence, std::string problem) {
    found.broken_at = sequence;
    found.problem = std::move(problem);
    return absl::CancelledError();
  };
  std::set<std::string, std::less<>> used_keys;
  // Both read everything, and neither needs the other.
  auto examined = std::async(std::launch::async, [&] { return store_->Examine(); });
  const absl::Status read = ReadInPortions(
      *store_, 0, last,
      [&](const RowView& row) -> absl::Status {
        const std::int64_t expected = found.head.sequence + 1;
        if (row.sequence != expected) return broken(expected, "the row is missing");
        const Hash hash = Link(found.head.hash, row.turn, row.record);
        if (hash != row.hash) return broken(expected, "the row was changed, or the one before it");
        if (expected == anchor.sequence && hash != anchor.hash) {
          return broken(expected, "the row is not the one that the anchor names");
        }
        found.head = {expected, hash};
        const std::string_view key = SealedKeyOf(row.record);
        if (!key.empty() && !used_keys.contains(key)) used_keys.emplace(key);
        return absl::OkStatus();
      },
      progress, last);
  found.events = found.head.sequence;
  if (absl::IsDataLoss(read)) {
    found.broken_at = found.events + 1;
    found.problem = std::string(read.message());
  }
  if (!read.ok() && found.ok()) return read;
  if (!found.ok()) return found;
  if (seen > found.events) {
    found.broken_at = found.events + 1;
    found.problem = "rows are missing at the end, up to " + std::to_string(seen);
    return found;
  }
  const absl::StatusOr<std::string> keys = ProblemOfKeys(*store_, std::move(used_keys));
  const absl::StatusOr<std::string> settings = ProblemOfSettings(*store_);
  const absl::StatusOr<std::string> engine = examined.get();
  for (const absl::StatusOr<std::string>& part : {keys, settings, engine}) {
    if (!part.ok() && !absl::IsDataLoss(part.status())) return part.status();
    if (found.ok()) found.problem = part.ok() ? *part : std::string(part.status().message());
  }
  return found;
}

}  // namespace motcua
