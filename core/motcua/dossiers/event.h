// One event (sự kiện) in the life of a dossier, as every system would write it.
//
// In files an event is a JSON object a line, in memory a row of an EventLog. An
// event carries its own time; nothing depends on when or in what order it arrived.
#ifndef MOTCUA_DOSSIERS_EVENT_H_
#define MOTCUA_DOSSIERS_EVENT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "motcua/base/civil.h"
#include "motcua/procedures/channel.h"

namespace motcua {

// Stable numbers: they cross the C ABI and break ties between events of one minute.
enum class EventKind : std::uint8_t {
  kSubmit = 0,             // nộp hồ sơ, online
  kAccept = 1,             // tiếp nhận: starts the clock
  kRefuse = 2,             // từ chối tiếp nhận
  kAssign = 3,             // phân công thụ lý
  kForward = 4,            // chuyển xử lý; also sends back to an earlier step
  kRequestSupplement = 5,  // yêu cầu bổ sung
  kSupply = 6,             // đã bổ sung
  kRequestPayment = 7,     // yêu cầu thực hiện nghĩa vụ tài chính
  kPaid = 8,               // đã thực hiện nghĩa vụ tài chính
  kExtend = 9,             // xin lỗi và hẹn lại ngày trả
  kWithdraw = 10,          // rút hồ sơ
  kStop = 11,              // dừng xử lý, không đủ điều kiện
  kResume = 12,            // tiếp tục xử lý
  kFinish = 13,            // xử lý xong: ends the clock
  kHandOver = 14,          // trả kết quả
  kTransfer = 15,          // chuyển sang cơ quan kế thừa
};
inline constexpr int kEventKindCount = 16;

constexpr std::string_view NameOf(EventKind kind) {
  constexpr std::string_view kNames[kEventKindCount] = {
      "submit", "accept",          "refuse",    "assign",  "forward",  "request_supplement",
      "supply", "request_payment", "paid",      "extend",  "withdraw", "stop",
      "resume", "finish",          "hand_over", "transfer"};
  return kNames[static_cast<int>(kind)];
}

constexpr std::optional<EventKind> EventKindNamed(std::string_view name) {
  for (int code = 0; code < kEventKindCount; ++code) {
    if (NameOf(static_cast<EventKind>(code)) == name) return static_cast<EventKind>(code);
  }
  return std::nullopt;
}

// An event as its fields; views that whoever hands it over keeps alive.
struct Event {
  std::string_view id = {};       // unique in the log; appending an id twice adds nothing
  std::string_view dossier = {};  // mã hồ sơ, any text
  EventKind kind = EventKind::kSubmit;
  Channel channel = Channel::kUnknown;  // of the opening event: the dossier's; later: of that visit
  MinuteNumber at = kNoMinute;          // local civil minute
  MinuteNumber due = kNoMinute;         // of `extend`: the new due minute
  std::string_view agency = {};         // unit code at that day, or an agency's identification code
  std::string_view procedure = {};
  std::string_view limit = {};  // as TimeLimit; of `accept` the limit, of `extend` the time granted
  std::string_view actor = {};
  std::string_view note = {};
  std::string_view extra = {};  // the unknown keys verbatim, `"key": value` joined by commas
  std::int64_t line = 0;        // of the file it was read from; 0 where there is none

  // Equal apart from the line.
  bool SameContent(const Event& other) const;
};

inline bool Event::SameContent(const Event& o) const {
  return id == o.id && dossier == o.dossier && kind == o.kind && channel == o.channel &&
         at == o.at && due == o.due && agency == o.agency && procedure == o.procedure &&
         limit == o.limit && actor == o.actor && note == o.note && extra == o.extra;
}

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_EVENT_H_
