#include "motcua/time/pauses.h"

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

std::string Show(MinuteNumber minute) {
  return minute == kNoMinute ? "none" : ToString(MinuteFrom(minute));
}

}  // namespace

absl::Status CheckPauses(std::span<const Pause> pauses) {
  for (std::size_t k = 0; k < pauses.size(); ++k) {
    const Pause& pause = pauses[k];
    const std::string field = absl::StrCat("pauses[", k, "]");
    if (pause.from == kNoMinute) {
      return Error(Reason::kInvalidArgument, field + ".from", "none", "the minute it began");
    }
    if (!pause.open() && pause.to <= pause.from) {
      return Error(Reason::kInvalidArgument, field + ".to", Show(pause.to),
                   absl::StrCat("a minute after its beginning ", Show(pause.from)));
    }
    if (static_cast<unsigned>(pause.practice) > 2u) {
      return Error(Reason::kInvalidArgument, field + ".practice",
                   absl::StrCat(static_cast<int>(pause.practice)), "resume, restart or shift");
    }
    if (k == 0) continue;
    if (pauses[k - 1].open()) {
      return Error(Reason::kInvalidArgument, field + ".from", Show(pause.from),
                   absl::StrCat("no pause after pauses[", k - 1, "], which is still open"));
    }
    if (pause.from < pauses[k - 1].to) {
      return Error(Reason::kInvalidArgument, field + ".from", Show(pause.from),
                   absl::StrCat("a minute not before ", Show(pauses[k - 1].to),
                                ", the end of pauses[", k - 1, "]"));
    }
  }
  return absl::OkStatus();
}

}  // namespace motcua
