// One thing wrong with input of many parts: an event file, a catalogue, a machine.
//
// A failure that concerns a whole call is an absl::Status. Where a call goes on
// past a bad row, every bad row becomes a Problem, and the rest is still done.
#ifndef MOTCUA_BASE_PROBLEM_H_
#define MOTCUA_BASE_PROBLEM_H_

#include <cstdint>
#include <string>

#include "motcua/base/status.h"

namespace motcua {

struct Problem {
  Reason reason = Reason::kMalformedData;
  std::int64_t line = 0;  // of the file it was read from, from 1; 0 where there is none
  std::string subject;    // what it is about: an event id, a procedure code, a transition
  std::string field;
  std::string value;      // printable, at most 80 bytes; empty for fields that hold personal data
  std::string expected;   // what would have been right, in English
  std::string kind = {};  // a stable word for what is wrong, where the finder has kinds

  friend bool operator==(const Problem&, const Problem&) = default;
};

}  // namespace motcua

#endif  // MOTCUA_BASE_PROBLEM_H_
