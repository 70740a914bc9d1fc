#include "motcua/dossiers/event_json.h"

#include <simdjson.h>

#include <array>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/json_members.h"

namespace motcua {
namespace {

namespace dom = simdjson::dom;

enum Field {
  kId,
  kDossier,
  kKind,
  kAt,
  kAgency,
  kProcedure,
  kChannel,
  kLimit,
  kActor,
  kNote,
  kDue
};
constexpr std::array<std::string_view, 11> kFields = {"id",     "dossier",   "kind",    "at",
                                                      "agency", "procedure", "channel", "limit",
                                                      "actor",  "note",      "due"};

constexpr std::string_view kByteOrderMark =
    "\xEF\xBB\xBF";  // Windows programs begin a file with it
constexpr std::string_view kTimeForm = "a local time that exists, as YYYY-MM-DDTHH:MM";

int FieldNamed(std::string_view key) {
  for (std::size_t k = 0; k < kFields.size(); ++k) {
    if (kFields[k] == key) return static_cast<int>(k);
  }
  return -1;
}

// Who did it and what they wrote may be personal: never shown in a problem.
bool IsPersonal(int field) { return field == kActor || field == kNote; }

std::string AllKinds() {
  std::string names;
  for (int code = 0; code < kEventKindCount; ++code) {
    absl::StrAppend(&names, code == 0 ? "one of " : ", ",
                    ToAbsl(NameOf(static_cast<EventKind>(code))));
  }
  return names;
}

MinuteNumber ReadMinute(std::string_view text) {
  const auto minute = ParseMinute(text);
  return minute.ok() ? ToNumber(*minute) : kNoMinute;
}

// The members of `object`, read from `line`, whose keys are not known, as they stand there.
std::string UnknownMembers(dom::object object, std::string_view line) {
  std::string unknown;
  JsonMembers written(line);
  JsonMember member;
  for (const dom::key_value_pair read : object) {
    // A key may be written with escapes, so its text alone does not say which it is.
    if (!written.Next(member)) break;
    if (FieldNamed(read.key) >= 0) continue;
    absl::StrAppend(&unknown, unknown.empty() ? "" : ",", ToAbsl(member.text));
  }
  return unknown;
}

}  // namespace

// One line at a time; keeps its buffers between lines.
class EventReader::Parser {
 public:
  // Reads `line`, with `tail` readable bytes after it. True if `event` is whole;
  // otherwise `problems` has grown. The views in `event` live until the next call.
  bool Read(std::string_view line, std::size_t tail, std::int64_t number, Event& event,
            std::vector<Problem>& problems);

 private:
  void Refuse(int field, std::string_view value, std::string_view expected);
  void RefuseLine(std::string_view line, simdjson::error_code error);
  void ReadObject(dom::object object);
  void ReadField(int field, dom::element value);
  void ReadText(int field, std::string_view text);
  void RequireFields();

  dom::parser parser_;
  std::string padded_;
  std::string extra_;
  Event* event_ = nullptr;
  std::int64_t number_ = 0;
  std::uint32_t seen_ = 0;  // bit per field
  bool has_unknown_ = false;
  std::vector<Problem>* problems_ = nullptr;
};

bool EventReader::Parser::Read(std::string_view line, std::size_t tail, std::int64_t number,
                               Event& event, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  event = Event{};
  event.line = number;
  event_ = &event;
  number_ = number;
  problems_ = &problems;
  seen_ = 0;
  has_unknown_ = false;
  if (tail < simdjson::SIMDJSON_PADDING) {
    padded_.assign(line);
    padded_.resize(line.size() + simdjson::SIMDJSON_PADDING);
    line = std::string_view(padded_).substr(0, line.size());
  }
  dom::object object;
  simdjson::error_code error = parser_.parse(line.data(), line.size(), false).get(object);
  if (error) {
    RefuseLine(line, error);
    return false;
  }
  ReadObject(object);
  RequireFields();
  if (has_unknown_) {
    extra_ = UnknownMembers(object, line);
    event.extra = extra_;
  }
  return problems.size() == before;
}

void EventReader::Parser::Refuse(int field, std::string_view value, std::string_view expected) {
  problems_->push_back({Reason::kMalformedData, number_, Printable(event_->id),
                        std::string(kFields[static_cast<std::size_t>(field)]),
                        IsPersonal(field) ? "" : Printable(value), std::string(expected)});
}

// The line may hold anything, names included, so of its text only what stands
// before the first value is shown.
void EventReader::Parser::RefuseLine(std::string_view line, simdjson::error_code error) {
  problems_->push_back({Reason::kMalformedData, number_, "", "line",
                        Printable(line.substr(0, line.find(':')), 40),
                        error == simdjson::UTF8_ERROR ? "UTF-8 text"
                        : error == simdjson::STRING_ERROR
                            ? "texts whose escapes are valid; a surrogate stands in a pair only"
                            : absl::StrCat("one JSON object; ", simdjson::error_message(error))});
}

void EventReader::Parser::ReadObject(dom::object object) {
  for (const dom::key_value_pair member : object) {
    const int field = FieldNamed(member.key);
    if (field < 0) {
      has_unknown_ = true;
    } else if ((seen_ & (1u << field)) != 0) {
      Refuse(field, "given twice", "each field once");
    } else {
      seen_ |= 1u << field;
      ReadField(field, member.value);
    }
  }
}

void EventReader::Parser::ReadField(int field, dom::element value) {
  if (value.is_null() && field > kAt) return;  // null says "not given"
  if (field == kChannel) {
    std::int64_t code = 0;
    const auto channel = value.get(code) ? std::nullopt : ChannelOf(code);
    if (!channel) {
      return Refuse(field, simdjson::minify(value), "1 (direct), 2 (online) or 3 (postal)");
    }
    event_->channel = *channel;
    return;
  }
  std::string_view text;
  if (value.get(text)) return Refuse(field, simdjson::minify(value), "a text");
  ReadText(field, text);
}

void EventReader::Parser::ReadText(int field, std::string_view text) {
  switch (field) {
    case kId:
    case kDossier:
      (field == kId ? event_->id : event_->dossier) = text;
      if (!IsEventCode(text)) Refuse(field, text, kEventCodeForm);
      return;
    case kAgency:
      event_->agency = text;
      return;
    case kProcedure:
      event_->procedure = text;
      return;
    case kLimit:
      event_->limit = text;
      return;
    case kActor:
      event_->actor = text;
      return;
    case kNote:
      event_->note = text;
      return;
    case kAt:
    case kDue: {
      const MinuteNumber minute = ReadMinute(text);
      if (minute == kNoMinute) return Refuse(field, text, kTimeForm);
      (field == kAt ? event_->at : event_->due) = minute;
      return;
    }
    case kKind: {
      const auto kind = EventKindNamed(text);
      if (!kind) return Refuse(field, text, AllKinds());
      event_->kind = *kind;
      return;
    }
    default:
      return;
  }
}

void EventReader::Parser::RequireFields() {
  for (const int field : {kId, kDossier, kKind, kAt}) {
    if ((seen_ & (1u << field)) == 0) Refuse(field, "", "a value; the field is missing");
  }
  if (event_->due != kNoMinute && event_->kind != EventKind::kExtend) {
    Refuse(kDue, ToString(MinuteFrom(event_->due)), "no due time but in an event of kind extend");
  }
}

EventReader::EventReader(EventLog& log) : log_(log), parser_(std::make_unique<Parser>()) {}
EventReader::~EventReader() = default;

void EventReader::Feed(std::string_view block) {
  const std::size_t last = block.rfind('\n');
  if (last == std::string_view::npos) {
    rest_.append(block);
    return;
  }
  if (!rest_.empty()) {
    const std::size_t first = block.find('\n');
    rest_.append(block.substr(0, first + 1));
    block.remove_prefix(first + 1);
    std::string line;
    line.swap(rest_);
    ReadLines(line);
  }
  const std::size_t whole = block.empty() ? 0 : block.rfind('\n') + 1;
  ReadLines(block.substr(0, whole));
  rest_ = block.substr(whole);
}

void EventReader::Finish() {
  if (rest_.empty()) return;
  rest_.push_back('\n');
  std::string line;
  line.swap(rest_);
  ReadLines(line);
}

void EventReader::ReadLines(std::string_view lines) {
  Event event;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    ++line_;
    if (line_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (!parser_->Read(line, lines.size() + 1, line_, event, problems_)) continue;
    const absl::StatusOr<bool> added = log_.Append(event);
    if (added.ok()) {
      appended_ += *added;
      continue;
    }
    // All else that Append refuses the parser has refused.
    problems_.push_back({Reason::kInvalidArgument, line_, Printable(event.id), "id",
                         Printable(event.id),
                         "an id that is new, or the content it already has in the log"});
  }
}

namespace {

void AppendText(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      constexpr char kHex[] = "0123456789abcdef";
      out.append("\\u00");
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void AppendField(std::string_view name, std::string_view text, std::string& out) {
  if (text.empty()) return;
  absl::StrAppend(&out, ",\"", ToAbsl(name), "\":");
  AppendText(text, out);
}

}  // namespace

void AppendJson(const Event& event, std::string& out) {
  out.append("{\"id\":");
  AppendText(event.id, out);
  AppendField("dossier", event.dossier, out);
  AppendField("kind", NameOf(event.kind), out);
  AppendField("at", ToString(MinuteFrom(event.at)), out);
  AppendField("agency", event.agency, out);
  AppendField("procedure", event.procedure, out);
  if (event.channel != Channel::kUnknown) {
    absl::StrAppend(&out, ",\"channel\":", static_cast<int>(event.channel));
  }
  AppendField("limit", event.limit, out);
  AppendField("actor", event.actor, out);
  AppendField("note", event.note, out);
  if (event.due != kNoMinute) AppendField("due", ToString(MinuteFrom(event.due)), out);
  if (!event.extra.empty()) absl::StrAppend(&out, ",", ToAbsl(event.extra));
  out.push_back('}');
}

}  // namespace motcua
