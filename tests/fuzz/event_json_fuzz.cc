// Any text read as events, in pieces: each line is refused, or the event is written and read
// again as it was, and what was read can be folded.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "motcua/dossiers/event_json.h"
#include "motcua/dossiers/register.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const motcua::FoldRules rules{.calendar = *motcua::WorkingCalendar::National(),
                                       .machine = *motcua::Machine::National(),
                                       .calendars = {},
                                       .catalogue = std::nullopt};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  motcua::EventLog log;
  motcua::EventReader reader(log);
  reader.Feed(text.substr(0, size / 3));
  reader.Feed(text.substr(size / 3));
  reader.Finish();

  std::string lines;
  for (std::size_t k = 0; k < log.size(); ++k) {
    motcua::AppendJson(log.event(k), lines);
    lines.push_back('\n');
  }
  motcua::EventLog again;
  motcua::EventReader second(again);
  second.Feed(lines);
  second.Finish();
  if (!second.problems().empty() || again.size() != log.size()) std::abort();
  for (std::size_t k = 0; k < log.size(); ++k) {
    if (!again.event(k).SameContent(log.event(k))) std::abort();
  }
  if (!motcua::DossierRegister::Fold(log, rules).ok()) std::abort();
  return 0;
}
