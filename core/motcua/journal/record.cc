#include "motcua/journal/record.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/v1/event.pb.h"
#include "motcua/v1/journal.pb.h"

namespace motcua {
namespace {

// What four digits of a year can write.
constexpr MinuteNumber kFirstMinute = -719'528 * kMinutesPerDay;
constexpr MinuteNumber kLastMinute = 2'932'897 * kMinutesPerDay - 1;

absl::Status Malformed(std::string_view field, std::string_view expected) {
  return Error(Reason::kMalformedData, field, "", expected);
}

// Parses without protobuf's own complaint on standard error, which belongs to the host.
template <typename Message>
bool Parse(std::string_view bytes, Message& message) {
  const google::protobuf::LogSilencer quiet;
  return bytes.size() <= std::size_t{1} << 30 &&
         message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// Takes a number off the front of an encoded message. False, and nothing of use, if there is none.
bool TakeVarint(std::string_view& bytes, std::uint64_t& number) {
  number = 0;
  for (std::size_t k = 0; k < std::min<std::size_t>(bytes.size(), 10); ++k) {
    const auto byte = static_cast<unsigned char>(bytes[k]);
    number |= std::uint64_t{byte & 0x7fu} << (7 * k);
    if (byte < 0x80) {
      bytes.remove_prefix(k + 1);
      return true;
    }
  }
  return false;
}

// A field of an encoded message that holds bytes or a message: the last, as protobuf has it.
std::string_view FieldOf(std::string_view message, std::uint64_t number) {
  enum WireType { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };
  std::string_view value;
  std::uint64_t tag = 0, length = 0;
  while (TakeVarint(message, tag)) {
    const auto type = tag & 7;
    if (type == kVarint || type == kBytes) {
      if (!TakeVarint(message, length)) return {};
      if (type == kVarint) continue;
    } else if (type == kFixed64 || type == kFixed32) {
      length = type == kFixed64 ? 8 : 4;
    } else {
      return {};
    }
    if (length > message.size()) return {};
    if (tag == (number << 3 | kBytes)) value = message.substr(0, length);
    message.remove_prefix(length);
  }
  return value;
}

}  // namespace

std::string_view SealedKeyOf(std::string_view record) {
  const std::string_view event = FieldOf(record, v1::Record::kEventFieldNumber);
  const std::string_view sealed = FieldOf(event, v1::Event::kSealedFieldNumber);
  return FieldOf(sealed, v1::Sealed::kKeyFieldNumber);
}

struct RecordCodec::Messages {
  v1::Event event;
  v1::Record record;
};

RecordCodec::RecordCodec() : messages_(std::make_unique<Messages>()) {}
RecordCodec::~RecordCodec() = default;

void RecordCodec::EncodeEvent(const Event& event, const SealedPart& sealed, std::string& out) {
  v1::Event& message = messages_->event;
  message.Clear();
  const auto set = [](std::string* field, std::string_view text) { field->assign(text); };
  set(message.mutable_id(), event.id);
  set(message.mutable_dossier(), event.dossier);
  message.set_kind(static_cast<v1::EventKind>(static_cast<int>(event.kind) + 1));
  message.set_at(event.at);
  set(message.mutable_agency(), event.agency);
  set(message.mutable_procedure(), event.procedure);
  message.set_channel(static_cast<v1::Channel>(event.channel));
  set(message.mutable_limit(), event.limit);
  set(message.mutable_actor(), event.actor);
  set(message.mutable_note(), event.note);
  if (event.due != kNoMinute) message.set_due(event.due);
  set(message.mutable_extra(), event.extra);
  if (!sealed.key.empty()) {
    message.mutable_sealed()->set_key(sealed.key);
    message.mutable_sealed()->set_box(sealed.box);
    for (const std::string& field : sealed.fields) message.mutable_sealed()->add_fields(field);
  }
  message.AppendToString(&out);
}

void RecordCodec::EncodeRecord(const Record& record, std::string& out) {
  v1::Record& message = messages_->record;
  message.Clear();
  message.mutable_event()->assign(record.event_bytes);
  message.set_epoch(record.epoch);
  message.set_recorded_at(record.recorded_at);
  for (const EpochParent& parent : record.parents) {
    v1::Parent* added = message.add_parents();
    added->set_epoch(parent.epoch);
    added->set_turn(parent.turn);
  }
  message.AppendToString(&out);
}

absl::Status RecordCodec::Decode(std::string_view bytes, Record& record) {
  v1::Record& message = messages_->record;
  if (!Parse(bytes, message)) return Malformed("record", "an encoded motcua.v1.Record");
  record.epoch = message.epoch();
  record.recorded_at = message.recorded_at();
  if (!IsRecordedAt(record.recorded_at)) return Malformed("recorded_at", kRecordedAtForm);
  record.parents.clear();
  for (const v1::Parent& parent : message.parents()) {
    record.parents.push_back({parent.epoch(), parent.turn()});
  }
  record.event_bytes = message.event();
  return DecodeEvent(record.event_bytes, record.event, record.sealed);
}

absl::Status RecordCodec::DecodeEvent(std::string_view bytes, Event& event, SealedPart& sealed) {
  v1::Event& message = messages_->event;
  if (!Parse(bytes, message)) return Malformed("event", "an encoded motcua.v1.Event");
  if (!IsEventCode(message.id())) return Malformed("id", kEventCodeForm);
  if (!IsEventCode(message.dossier())) return Malformed("dossier", kEventCodeForm);
  const int kind = static_cast<int>(message.kind()) - 1;
  if (kind < 0 || kind >= kEventKindCount) return Malformed("kind", "a kind of event");
  const int channel = static_cast<int>(message.channel());
  if (channel < 0 || channel >= kChannelCount) return Malformed("channel", "a channel, 0 to 3");
  if (message.at() < kFirstMinute || message.at() > kLastMinute) {
    return Malformed("at", "a minute of the years 0 to 9999");
  }
  if (message.has_due() && (message.due() < kFirstMinute || message.due() > kLastMinute)) {
    return Malformed("due", "a minute of the years 0 to 9999");
  }
  event = {.id = message.id(),
           .dossier = message.dossier(),
           .kind = static_cast<EventKind>(kind),
           .channel = static_cast<Channel>(channel),
           .at = message.at(),
           .due = message.has_due() ? message.due() : kNoMinute,
           .agency = message.agency(),
           .procedure = message.procedure(),
           .limit = message.limit(),
           .actor = message.actor(),
           .note = message.note(),
           .extra = message.extra()};
  sealed = {};
  if (message.has_sealed()) {
    if (message.sealed().key().empty()) return Malformed("sealed.key", "the id of a key");
    sealed.key = message.sealed().key();
    sealed.box = message.sealed().box();
    sealed.fields.assign(message.sealed().fields().begin(), message.sealed().fields().end());
  }
  return absl::OkStatus();
}

std::string EncodeParents(const std::vector<EpochParent>& parents) {
  v1::Parents message;
  for (const EpochParent& parent : parents) {
    v1::Parent* added = message.add_parents();
    added->set_epoch(parent.epoch);
    added->set_turn(parent.turn);
  }
  return message.SerializeAsString();
}

std::vector<EpochParent> DecodeParents(std::string_view bytes) {
  v1::Parents message;
  std::vector<EpochParent> parents;
  if (!Parse(bytes, message)) return parents;
  for (const v1::Parent& parent : message.parents())
    parents.push_back({parent.epoch(), parent.turn()});
  return parents;
}

}  // namespace motcua
