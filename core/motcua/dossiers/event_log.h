// Events in memory: small rows over interned texts, idempotent by event id.
//
//   EventLog log;
//   MOTCUA_RETURN_IF_ERROR(log.Append(event));   // again: adds nothing
//   for (std::size_t k = 0; k < log.size(); ++k) Use(log.event(k));
//
// An EventLog is a value: a copy shares the rows until one of the two is appended
// to, so a register folded from a log is not disturbed by what comes later.
// Thread safety: as a standard container. About 100 bytes an event.
#ifndef MOTCUA_DOSSIERS_EVENT_LOG_H_
#define MOTCUA_DOSSIERS_EVENT_LOG_H_

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/dossiers/event.h"
#include "motcua/dossiers/text_table.h"

namespace motcua {

// An event as the log keeps it. Texts are numbers of EventLog::texts(), but the
// id and the dossier, which have tables of their own.
struct EventRow {
  MinuteNumber at;
  MinuteNumber due;
  std::uint32_t id;
  std::uint32_t dossier;
  std::uint32_t agency;
  std::uint32_t procedure;
  std::uint32_t limit;
  std::uint32_t actor;
  std::uint32_t note;
  std::uint32_t extra;
  std::uint32_t line;
  EventKind kind;
  Channel channel;
  std::uint16_t reserved;
};

// What the id of an event and the code of a dossier have to be: both go into file names,
// tables and messages, which a control character would break.
bool IsEventCode(std::string_view text);
inline constexpr std::string_view kEventCodeForm =
    "a text of 1 to 256 bytes without control characters";

class EventLog {
 public:
  EventLog();

  // Adds an event unless its id is there already; true if it was added. Errors:
  // kInvalidArgument for an id or dossier that is no IsEventCode, no time, or an id that
  // the log holds with different content. Complexity: O(1) expected.
  absl::StatusOr<bool> Append(const Event& event);

  std::size_t size() const { return state_->rows.size(); }

  // The k-th event in order of arrival; views live until the next Append.
  Event event(std::size_t k) const;

  std::span<const EventRow> rows() const { return state_->rows; }
  MinuteNumber last() const { return state_->last; }  // the latest time; kNoMinute if empty
  // Where the events arrived dossier by dossier: of every dossier, by its number less one, the
  // index of its first row. Empty where they did not.
  std::span<const std::uint32_t> first_rows() const;
  const TextTable& ids() const { return state_->ids; }
  const TextTable& dossiers() const { return state_->dossiers; }  // number 0 is no dossier
  const TextTable& texts() const { return state_->texts; }

 private:
  struct State {
    std::vector<EventRow> rows;
    TextTable ids;  // the id of rows[k] is number k + 1
    TextTable dossiers;
    TextTable texts;
    MinuteNumber last = kNoMinute;
    std::vector<std::uint32_t> first_rows;  // while `grouped`
    bool grouped = true;
  };

  State& Own();

  std::shared_ptr<State> state_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_EVENT_LOG_H_
