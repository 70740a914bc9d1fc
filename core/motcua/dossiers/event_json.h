// Events as JSON, one object a line (JSON Lines).
//
//   {"id": "e1", "dossier": "H36.1-250701-0001", "kind": "accept", "at": "2025-07-01T08:15",
//    "agency": "24820", "procedure": "1.001193", "channel": 1, "limit": "3wd"}
//
// id, dossier, kind and at are needed; agency, procedure, channel, limit, actor,
// note and due (of `extend`) are known; any other key is kept verbatim. A byte order mark
// before the first line is skipped.
//
// A bad line never stops the file: each thing wrong with it becomes a Problem with
// line, event id, field, value and expectation, and nothing of the line is appended.
#ifndef MOTCUA_DOSSIERS_EVENT_JSON_H_
#define MOTCUA_DOSSIERS_EVENT_JSON_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/base/problem.h"
#include "motcua/dossiers/event_log.h"

namespace motcua {

// Reads events into a log, in pieces of any size:
//
//   EventReader reader(log);
//   while (...) reader.Feed(block);
//   reader.Finish();
//   reader.problems();
//
// An event whose id the log has with the same content is skipped; with different
// content it is a problem. Complexity: linear, about 0.5 GB/s.
class EventReader {
 public:
  explicit EventReader(EventLog& log);
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  void Feed(std::string_view block);
  void Finish();  // reads a last line that has no line feed

  const std::vector<Problem>& problems() const { return problems_; }
  std::size_t appended() const { return appended_; }  // events that were new

 private:
  class Parser;

  void ReadLines(std::string_view lines);

  EventLog& log_;
  std::unique_ptr<Parser> parser_;
  std::string rest_;  // a line begun but not ended
  std::int64_t line_ = 0;
  std::size_t appended_ = 0;
  std::vector<Problem> problems_;
};

// Adds `event` as one JSON object without a line feed. Reading it gives the event back.
void AppendJson(const Event& event, std::string& out);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_EVENT_JSON_H_
