#include "motcua/journal/conflicts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/fold.h"

namespace motcua {
namespace {

// What an act of an officer decides; two of one kind decide the same thing. What the applicant
// brings is no act, but to withdraw ends what officers do.
std::optional<ConflictKind> DecisionOf(EventKind kind) {
  switch (kind) {
    case EventKind::kAccept:
    case EventKind::kRefuse:
      return ConflictKind::kAcceptance;
    case EventKind::kFinish:
    case EventKind::kStop:
    case EventKind::kWithdraw:
      return ConflictKind::kOutcome;
    case EventKind::kExtend:
      return ConflictKind::kExtension;
    case EventKind::kRequestSupplement:
      return ConflictKind::kSupplement;
    case EventKind::kForward:
    case EventKind::kTransfer:
      return ConflictKind::kHolder;
    case EventKind::kAssign:
      return ConflictKind::kOfficer;
    case EventKind::kRequestPayment:
      return ConflictKind::kPayment;
    case EventKind::kHandOver:
      return ConflictKind::kHandOver;
    case EventKind::kResume:
      return ConflictKind::kStatus;
    default:
      return std::nullopt;
  }
}

// A dossier that waits for its reception is accepted, refused or asked to be completed.
bool IsReception(ConflictKind one, ConflictKind other) {
  return one == ConflictKind::kAcceptance && other == ConflictKind::kSupplement;
}

ConflictKind DecisionOf(EventKind one, EventKind other) {
  const ConflictKind a = *DecisionOf(one), b = *DecisionOf(other);
  if (a == b) return a;
  return IsReception(a, b) || IsReception(b, a) ? ConflictKind::kAcceptance : ConflictKind::kStatus;
}

bool Ends(EventKind kind) {
  return kind == EventKind::kFinish || kind == EventKind::kStop || kind == EventKind::kWithdraw ||
         kind == EventKind::kRefuse;
}

}  // namespace

std::string_view RuleOf(const Conflict& conflict) {
  if (conflict.kind == ConflictKind::kId) {
    return "the one of the lower turn stands, then of the lower epoch, then of the lower hash";
  }
  return conflict.both_applied ? "both are applied; the later by its own time stands"
                               : "the one that the fold applies stands; the other changes nothing";
}

absl::Status ConflictFinder::AddMark(const DecodedRow& row) {
  const Event& event = row.record.event;
  if (journal_.set_aside_.contains(row.row.sequence)) return AddSetAside(row);
  if (DecisionOf(event.kind)) {
    marks_[std::string(event.dossier)].push_back(
        {event.kind, std::string(event.id), row.row.sequence, {row.record.epoch, row.row.turn}});
  }
  return absl::OkStatus();
}

// Of the rows of one id, the first that says the same as this one: if that is the one that
// stands, this one repeats it; otherwise the two contradict it, and the first of them is shown.
absl::Status ConflictFinder::AddSetAside(const DecodedRow& row) {
  Store* store = journal_.store_.get();
  const std::string_view id = row.record.event.id;
  MOTCUA_ASSIGN_OR_RETURN(std::vector<DecodedRow> rows, journal_.RowsWithId(id));
  std::sort(rows.begin(), rows.end(), Stands);
  const DecodedRow* first = nullptr;
  for (const DecodedRow& other : rows) {
    if (other.record.event_bytes != row.record.event_bytes) {
      const absl::StatusOr<bool> same =
          SameContent({other.record.event, other.record.sealed, store},
                      {row.record.event, row.record.sealed, store});
      if (absl::IsDataLoss(same.status())) {
        return Error(Reason::kMalformedData, "sequence", std::to_string(row.row.sequence),
                     absl::StrCat("an event '", Printable(id),
                                  "' whose personal data its key "
                                  "opens, as in sequence ",
                                  other.row.sequence, "; verify names a key that was changed"));
      }
      if (!same.ok()) return same.status();
      if (!*same) continue;
    }
    first = &other;
    break;
  }
  if (first == nullptr) return absl::OkStatus();  // the row is gone from the store
  const DecodedRow& stands = rows.front();
  if (first == &stands) {
    repeats_[std::string(id)].push_back({row.record.epoch, row.row.turn});
    return absl::OkStatus();
  }
  // Under the dossiers of both.
  const Hash content = HashOf(first->record.event_bytes);
  for (const std::string_view code : {stands.record.event.dossier, first->record.event.dossier}) {
    const std::string dossier(code);
    found_.emplace(
        std::tuple(dossier, ConflictKind::kId, std::string(id), std::string(id),
                   std::string(Bytes(content))),
        Conflict{ConflictKind::kId, dossier, stands.row.sequence, first->row.sequence, false});
  }
  return absl::OkStatus();
}

std::vector<ConflictFinder::Place> ConflictFinder::PlacesOf(std::string_view id,
                                                            const Place& place) const {
  const auto repeats = repeats_.find(id);
  std::vector<Place> places;
  if (repeats != repeats_.end()) places = repeats->second;
  places.push_back(place);
  return places;
}

bool ConflictFinder::Knew(const std::vector<Place>& by, const std::vector<Place>& places) const {
  return std::any_of(by.begin(), by.end(), [&](const Place& writer) {
    return std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return journal_.epochs_.Knew(writer.epoch, writer.turn, place.epoch, place.turn);
    });
  });
}

// Folds a dossier, or of it only what the writer of one act knew, and that act.
class ConflictFinder::Folder {
 public:
  explicit Folder(const ConflictFinder& finder) : finder_(finder), journal_(finder.journal_) {}

  absl::Status Load(const std::string& dossier) {
    if (!rules_) {
      MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::National());
      MOTCUA_ASSIGN_OR_RETURN(Machine machine, Machine::National());
      rules_ = FoldRules{.calendar = std::move(calendar),
                         .machine = std::move(machine),
                         .calendars = {},
                         .catalogue = std::nullopt,
                         .clock = false};
    }
    rows_.clear();
    MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> fetched,
                            journal_.store_->Fetch(journal_.index_.WithDossier(dossier)));
    for (Row& row : fetched) {
      if (journal_.set_aside_.contains(row.sequence)) continue;
      DecodedRow decoded(std::move(row));
      if (!decoded.Read().ok() || decoded.record.event.dossier != dossier) continue;
      rows_.push_back(std::move(decoded));
    }
    return absl::OkStatus();
  }

  // By id.
  using Effects = std::map<std::string, Effect, std::less<>>;
  absl::StatusOr<Effects> Fold(const Mark* known_to = nullptr) const {
    std::vector<Place> writers;
    if (known_to != nullptr) writers = finder_.PlacesOf(known_to->id, known_to->place);
    EventLog log;
    for (const DecodedRow& row : rows_) {
      const bool known = known_to == nullptr || row.row.sequence == known_to->sequence ||
                         finder_.Knew(writers, finder_.PlacesOf(row.record.event.id,
                                                                {row.record.epoch, row.row.turn}));
      if (known) MOTCUA_RETURN_IF_ERROR(log.Append(row.record.event).status());
    }
    std::vector<std::uint32_t> events(log.size());
    for (std::size_t k = 0; k < events.size(); ++k) events[k] = static_cast<std::uint32_t>(k);
    std::vector<Problem> problems;
    std::vector<HistoryEntry> history;
    DossierFold(log, *rules_, problems).Run(events, INT64_MAX, &history);
    Effects effects;
    for (std::size_t k = 0; k < history.size(); ++k) {
      effects[std::string(log.event(history[k].event).id)] = {
          k, history[k].applied, history[k].applied && history[k].from != history[k].to};
    }
    return effects;
  }

 private:
  const ConflictFinder& finder_;
  Journal& journal_;
  std::optional<FoldRules> rules_;
  std::vector<DecodedRow> rows_;
};

bool ConflictFinder::AreSideBySide(const Mark& a, const Mark& b) const {
  const std::vector<Place> of_a = PlacesOf(a.id, a.place), of_b = PlacesOf(b.id, b.place);
  return !Knew(of_a, of_b) && !Knew(of_b, of_a);
}

absl::Status ConflictFinder::AddSideBySide() {
  Folder folder(*this);
  for (const auto& [dossier, marks] : marks_) {
    std::vector<std::pair<const Mark*, const Mark*>> pairs;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      for (std::size_t k = i + 1; k < marks.size(); ++k) {
        if (AreSideBySide(marks[i], marks[k])) pairs.emplace_back(&marks[i], &marks[k]);
      }
    }
    if (!pairs.empty()) MOTCUA_RETURN_IF_ERROR(AddPairs(dossier, pairs, folder));
  }
  return absl::OkStatus();
}

absl::Status ConflictFinder::AddPairs(const std::string& dossier,
                                      const std::vector<std::pair<const Mark*, const Mark*>>& pairs,
                                      Folder& folder) {
  MOTCUA_RETURN_IF_ERROR(folder.Load(dossier));
  MOTCUA_ASSIGN_OR_RETURN(auto effects, folder.Fold());
  std::map<const Mark*, bool> alone;  // whether an act applies to what its writer knew
  for (const auto& [one, other] : pairs) {
    const Effect& a = effects[one->id];
    const Effect& b = effects[other->id];
    const ConflictKind kind = DecisionOf(one->kind, other->kind);
    if (!a.applied && !b.applied) continue;
    const bool both = a.applied && b.applied;
    const bool one_stands = both ? a.order > b.order : a.applied;
    const Mark& stands = one_stands ? *one : *other;
    const Mark& set_aside = one_stands ? *other : *one;
    const bool moves = (one_stands ? a : b).moves;
    if (both) {
      if (kind == ConflictKind::kStatus && !(Ends(set_aside.kind) && moves)) continue;
    } else {
      if (kind == ConflictKind::kStatus && !moves) continue;
      if (!alone.contains(&set_aside)) {
        MOTCUA_ASSIGN_OR_RETURN(auto known, folder.Fold(&set_aside));
        alone[&set_aside] = known[set_aside.id].applied;
      }
      if (!alone[&set_aside]) continue;
    }
    found_.emplace(std::tuple(dossier, kind, stands.id, set_aside.id, std::string()),
                   Conflict{kind, dossier, stands.sequence, set_aside.sequence, both});
  }
  return absl::OkStatus();
}

std::vector<Conflict> ConflictFinder::Sorted() const {
  std::vector<Conflict> conflicts;
  for (const auto& [order, conflict] : found_) conflicts.push_back(conflict);
  return conflicts;
}

absl::StatusOr<std::vector<Conflict>> ConflictFinder::Among(const std::set<std::string>& dossiers,
                                                            const std::set<std::int64_t>& rows) {
  for (const std::string& dossier : dossiers) {
    MOTCUA_ASSIGN_OR_RETURN(std::vector<Row> fetched,
                            journal_.store_->Fetch(journal_.index_.WithDossier(dossier)));
    for (Row& row : fetched) {
      DecodedRow decoded(std::move(row));
      if (!decoded.Read().ok() || decoded.record.event.dossier != dossier) continue;
      MOTCUA_RETURN_IF_ERROR(AddMark(decoded));
    }
  }
  MOTCUA_RETURN_IF_ERROR(AddSideBySide());
  std::vector<Conflict> conflicts = Sorted();
  std::erase_if(conflicts, [&](const Conflict& conflict) {
    return !rows.contains(conflict.stands) && !rows.contains(conflict.set_aside);
  });
  return conflicts;
}

absl::StatusOr<std::vector<Conflict>> ConflictFinder::All() {
  constexpr std::int64_t kPortion = 4096;
  for (std::int64_t after = 0; after < journal_.head_.sequence; after += kPortion) {
    std::vector<DecodedRow> portion;
    MOTCUA_RETURN_IF_ERROR(journal_.store_->Read(after, kPortion, [&](const RowView& row) {
      portion.emplace_back(Row{row.sequence, row.turn, std::string(row.record), row.hash});
      if (portion.back().Read().ok()) return absl::OkStatus();
      return Error(Reason::kMalformedData, "sequence", std::to_string(row.sequence),
                   "a record that can be read; verify names the first broken link");
    }));
    for (const DecodedRow& row : portion) MOTCUA_RETURN_IF_ERROR(AddMark(row));
  }
  MOTCUA_RETURN_IF_ERROR(AddSideBySide());
  return Sorted();
}

absl::StatusOr<std::vector<Conflict>> Journal::Conflicts() {
  MOTCUA_ASSIGN_OR_RETURN(const auto lock, Enter());
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  MOTCUA_RETURN_IF_ERROR(SetAside());
  return ConflictFinder(*this).All();
}

}  // namespace motcua
