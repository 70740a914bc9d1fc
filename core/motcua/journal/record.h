// A record of a journal: an event, and when and where it was written down.
#ifndef MOTCUA_JOURNAL_RECORD_H_
#define MOTCUA_JOURNAL_RECORD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "motcua/dossiers/event.h"

namespace motcua {

// Of an epoch, the events up to a turn.
struct EpochParent {
  std::uint64_t epoch = 0;
  std::uint64_t turn = 0;
};

// Whether a clock can have shown it: UTC milliseconds of the years 1 to 9999.
constexpr bool IsRecordedAt(std::int64_t milliseconds) {
  return milliseconds >= -62'135'596'800'000 && milliseconds < 253'402'300'800'000;
}
inline constexpr std::string_view kRecordedAtForm = "UTC milliseconds of the years 1 to 9999";

// Personal data taken out of an event.
struct SealedPart {
  std::string key;  // id of the key; empty: nothing is sealed
  std::string box;
  std::vector<std::string> fields;  // names, never values
};

// A record taken apart. The views of the event are into the decoder that made it.
struct Record {
  Event event;
  SealedPart sealed;
  std::string_view event_bytes;
  std::uint64_t epoch = 0;
  std::int64_t recorded_at = 0;  // UTC milliseconds since 1970
  std::vector<EpochParent> parents;
};

// Encodes and decodes; keeps its messages between calls, so it belongs to one thread.
class RecordCodec {
 public:
  RecordCodec();
  ~RecordCodec();
  RecordCodec(const RecordCodec&) = delete;
  RecordCodec& operator=(const RecordCodec&) = delete;

  // Adds the encoded event to `out`. `event` is public; what is personal is in `sealed`.
  void EncodeEvent(const Event& event, const SealedPart& sealed, std::string& out);
  // Adds the encoded record to `out`; of `record` the bytes of the event are used.
  void EncodeRecord(const Record& record, std::string& out);

  // The views of `record` live until the next Decode. Errors: kMalformedData for bytes
  // that are no record, an event without id, dossier or time, one of unknown kind, or a box
  // that names no key.
  absl::Status Decode(std::string_view bytes, Record& record);
  // The same for an event alone, as other systems send it.
  absl::Status DecodeEvent(std::string_view bytes, Event& event, SealedPart& sealed);

 private:
  struct Messages;
  std::unique_ptr<Messages> messages_;
};

// The id of the key that seals a part of an encoded record, empty for none. For bulk work: looks
// at nothing else, and so tells nothing of whether the bytes are a record.
std::string_view SealedKeyOf(std::string_view record);

std::string EncodeParents(const std::vector<EpochParent>& parents);
std::vector<EpochParent> DecodeParents(std::string_view bytes);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_RECORD_H_
