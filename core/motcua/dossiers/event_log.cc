#include "motcua/dossiers/event_log.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/dossiers/event_details.h"

namespace motcua {
namespace {

absl::Status CheckFields(const Event& event) {
  if (!IsEventCode(event.id)) {
    return Error(Reason::kInvalidArgument, "id", event.id, kEventCodeForm);
  }
  if (!IsEventCode(event.dossier)) {
    return Error(Reason::kInvalidArgument, "dossier", event.dossier, kEventCodeForm);
  }
  if (event.at == kNoMinute) {
    return Error(Reason::kInvalidArgument, "at", "", "a local time, as YYYY-MM-DDTHH:MM");
  }
  return absl::OkStatus();
}

}  // namespace

bool IsEventCode(std::string_view text) {
  constexpr std::size_t kLongest = 256;
  if (text.empty() || text.size() > kLongest) return false;
  // All bytes at once, as nearly all codes need no second look.
  std::uint8_t doubtful = 0;
  for (const char character : text) {
    const auto byte = static_cast<std::uint8_t>(character);
    doubtful |= static_cast<std::uint8_t>((byte < 0x20) | (byte == 0x7F) | (byte == 0xC2));
  }
  if (doubtful == 0) return true;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    if (byte < 0x20 || byte == 0x7F) return false;
    // U+0080 to U+009F, the second set of control characters.
    if (byte == 0xC2 && k + 1 < text.size() && static_cast<unsigned char>(text[k + 1]) < 0xA0) {
      return false;
    }
  }
  return true;
}

EventLog::EventLog() : state_(std::make_shared<State>()) {}

EventLog::State& EventLog::Own() {
  if (state_.use_count() > 1) state_ = std::make_shared<State>(*state_);
  return *state_;
}

std::span<const std::uint32_t> EventLog::first_rows() const {
  return state_->grouped ? std::span<const std::uint32_t>(state_->first_rows)
                         : std::span<const std::uint32_t>();
}

Event EventLog::event(std::size_t k) const {
  const EventRow& row = state_->rows[k];
  const TextTable& texts = state_->texts;
  return {.id = state_->ids[row.id],
          .dossier = state_->dossiers[row.dossier],
          .kind = row.kind,
          .channel = row.channel,
          .at = row.at,
          .due = row.due,
          .agency = texts[row.agency],
          .procedure = texts[row.procedure],
          .limit = texts[row.limit],
          .actor = texts[row.actor],
          .note = texts[row.note],
          .extra = texts[row.extra],
          .line = row.line};
}

absl::StatusOr<bool> EventLog::Append(const Event& event) {
  MOTCUA_RETURN_IF_ERROR(CheckFields(event));
  const std::uint32_t hash = TextTable::HashOf(event.id);
  if (const auto known = state_->ids.Find(event.id, hash)) {
    if (this->event(*known - 1).SameContent(event)) return false;
    return Error(Reason::kInvalidArgument, "id", event.id,
                 "an id that is new, or the content it already has in the log");
  }
  State& state = Own();
  // A fold knows agencies by number, so the one that `competent` names gets its number now.
  if (event.extra.find("\"competent\"") != std::string_view::npos) {
    if (const auto details = ReadDetails(event.extra); details.ok()) {
      state.texts.Intern(details->competent);
    }
  }
  // Neighbours are mostly of one dossier and of one agency.
  const EventRow before = state.rows.empty() ? EventRow{} : state.rows.back();
  const auto number = [&](std::string_view text, std::uint32_t likely) {
    return text.empty() ? 0 : state.texts.InternLikely(text, likely);
  };
  const std::uint32_t dossier = state.dossiers.InternLikely(event.dossier, before.dossier);
  if (dossier > state.first_rows.size()) {
    if (state.grouped) state.first_rows.push_back(static_cast<std::uint32_t>(state.rows.size()));
  } else if (dossier != before.dossier) {
    state.grouped = false;
  }
  state.last = std::max(state.last, event.at);
  state.rows.push_back({.at = event.at,
                        .due = event.due,
                        .id = state.ids.Intern(event.id, hash),
                        .dossier = dossier,
                        .agency = number(event.agency, before.agency),
                        .procedure = number(event.procedure, before.procedure),
                        .limit = number(event.limit, before.limit),
                        .actor = number(event.actor, before.actor),
                        .note = number(event.note, before.note),
                        .extra = number(event.extra, before.extra),
                        .line = static_cast<std::uint32_t>(event.line),
                        .kind = event.kind,
                        .channel = event.channel,
                        .reserved = 0});
  return true;
}

}  // namespace motcua
