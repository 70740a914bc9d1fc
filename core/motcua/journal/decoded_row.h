// A row and what is in it, kept together; and when two rows hold the same event.
#ifndef MOTCUA_JOURNAL_DECODED_ROW_H_
#define MOTCUA_JOURNAL_DECODED_ROW_H_

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "motcua/journal/record.h"
#include "motcua/journal/store.h"

namespace motcua {

struct DecodedRow {
  explicit DecodedRow(Row stored) : row(std::move(stored)) {}
  // Fills `record`, whose views live as long as this.
  absl::Status Read() { return codec->Decode(row.record, record); }

  Row row;
  Record record;
  std::unique_ptr<RecordCodec> codec = std::make_unique<RecordCodec>();
};

// Whether they are copies of one row.
inline bool IsSameRow(const DecodedRow& a, const DecodedRow& b) {
  return a.row.turn == b.row.turn && a.row.record == b.row.record;
}

// Whether `a` stands before `b` of the same id: by turn, then epoch, then the event's hash.
bool Stands(const DecodedRow& a, const DecodedRow& b);

// An event, what is sealed of it, and where the key would be (nullptr: nothing is sealed).
struct EventSide {
  const Event& event;
  const SealedPart& sealed;
  Store* store;
};

// Whether two events say the same. Personal data that was erased on one side is left out
// on both. Errors: those of the store.
absl::StatusOr<bool> SameContent(const EventSide& a, const EventSide& b);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_DECODED_ROW_H_
