#include "motcua/journal/conflicts.h"

#include <algorithm>
#include <optional>

#include "motcua/base/status.h"

namespace motcua {
namespace {

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
    default:
      return std::nullopt;
  }
}

bool LaterStands(ConflictKind kind) {
  return kind == ConflictKind::kHolder || kind == ConflictKind::kOfficer;
}

}  // namespace

std::string_view RuleOf(ConflictKind kind) {
  if (kind == ConflictKind::kId) return "the one written first stands";
  return LaterStands(kind) ? "the later by its own time stands"
                           : "the earlier by its own time stands";
}

absl::Status ConflictFinder::AddMark(const DecodedRow& row) {
  const Event& event = row.record.event;
  if (journal_.set_aside_.contains(row.row.sequence)) return AddSameId(row);
  if (const auto decision = DecisionOf(event.kind)) {
    marks_[std::string(event.dossier)].push_back({*decision, event.at, event.kind,
                                                  std::string(event.id), row.row.turn,
                                                  row.record.epoch, row.row.sequence});
  }
  return absl::OkStatus();
}

// The row of the same id that stands, if it says something else.
absl::Status ConflictFinder::AddSameId(const DecodedRow& set_aside) {
  Store* store = journal_.store_.get();
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<DecodedRow> rows,
                          journal_.RowsWithId(set_aside.record.event.id));
  for (const DecodedRow& row : rows) {
    if (journal_.set_aside_.contains(row.row.sequence)) continue;
    MOTCUA_ASSIGN_OR_RETURN(const bool same,
                            SameContent({row.record.event, row.record.sealed, store},
                                        {set_aside.record.event, set_aside.record.sealed, store}));
    if (same) continue;
    const std::string id(row.record.event.id);
    const std::string dossier(row.record.event.dossier);
    const Hash content = HashOf(set_aside.record.event_bytes);
    found_.emplace(std::tuple(dossier, ConflictKind::kId, id, id, std::string(Bytes(content))),
                   Conflict{ConflictKind::kId, dossier, row.row.sequence, set_aside.row.sequence});
  }
  return absl::OkStatus();
}

void ConflictFinder::AddSideBySide() {
  const Epochs& epochs = journal_.epochs_;
  for (auto& [dossier, marks] : marks_) {
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
      return std::tie(a.decision, a.at, a.kind, a.id) < std::tie(b.decision, b.at, b.kind, b.id);
    });
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const Mark& early = marks[i];
      for (std::size_t k = i + 1; k < marks.size() && marks[k].decision == early.decision; ++k) {
        const Mark& late = marks[k];
        if (epochs.Knew(early.epoch, early.turn, late.epoch, late.turn) ||
            epochs.Knew(late.epoch, late.turn, early.epoch, early.turn)) {
          continue;
        }
        const bool later = LaterStands(early.decision);
        const Mark& stands = later ? late : early;
        const Mark& other = later ? early : late;
        found_.emplace(std::tuple(dossier, early.decision, stands.id, other.id, std::string()),
                       Conflict{early.decision, dossier, stands.sequence, other.sequence});
      }
    }
  }
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
  AddSideBySide();
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
      return portion.back().Read();
    }));
    for (const DecodedRow& row : portion) MOTCUA_RETURN_IF_ERROR(AddMark(row));
  }
  AddSideBySide();
  return Sorted();
}

absl::StatusOr<std::vector<Conflict>> Journal::Conflicts() {
  const std::lock_guard lock(mutex_);
  MOTCUA_RETURN_IF_ERROR(CatchUp());
  MOTCUA_RETURN_IF_ERROR(SetAside());
  return ConflictFinder(*this).All();
}

}  // namespace motcua
