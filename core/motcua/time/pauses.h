// Pauses of the clock (tạm dừng): time that a dossier waits for someone else.
//
// Three practices exist, and the practice belongs to the pause: a financial obligation
// resumes the clock (Decree 151/2025), a supplement during appraisal restarts it (Decree
// 118/2025 art. 19.5), and some provincial software shifts the due date.
#ifndef MOTCUA_TIME_PAUSES_H_
#define MOTCUA_TIME_PAUSES_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "motcua/base/civil.h"

namespace motcua {

// Numbers stand in the C ABI.
enum class PausePractice : std::uint8_t {
  kResume = 0,   // what was left goes on
  kRestart = 1,  // the end of the pause is a new acceptance
  kShift = 2,    // the due time moves by the working days (by_hour: minutes) of the pause
};

// The clock stands in [from, to). What lies before the acceptance has no effect.
struct Pause {
  MinuteNumber from = kNoMinute;
  MinuteNumber to = kNoMinute;  // kNoMinute: still open
  PausePractice practice = PausePractice::kResume;

  bool open() const { return to == kNoMinute; }
};

// Refuses pauses without a beginning, of no length, unsorted, overlapping, or after an open
// one. Errors: kInvalidArgument naming the pause by its index.
absl::Status CheckPauses(std::span<const Pause> pauses);

}  // namespace motcua

#endif  // MOTCUA_TIME_PAUSES_H_
