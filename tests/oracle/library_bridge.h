// Puts the oracle's questions to the library: the one place where the two meet.
#ifndef MOTCUA_TESTS_ORACLE_LIBRARY_BRIDGE_H_
#define MOTCUA_TESTS_ORACLE_LIBRARY_BRIDGE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/time/deadline.h"
#include "motcua/time/working_calendar.h"
#include "tests/oracle/deadline_oracle.h"

namespace motcua::oracle {

CalendarLayer ToLibrary(const Layer& layer);
motcua::Policy ToLibrary(Policy policy);

// The national calendar over the given days, and the layers on top of it.
absl::StatusOr<WorkingCalendar> ToLibrary(const std::vector<Layer>& layers, Day first, Day last);

absl::StatusOr<Deadline> AskLibrary(const WorkingCalendar& calendar, const Question& question);

// What the two say, in words that are equal if and only if the answers are.
std::string InWords(const Calendar& calendar, const Question& question);
std::string InWords(const absl::StatusOr<Deadline>& deadline);

}  // namespace motcua::oracle

#endif  // MOTCUA_TESTS_ORACLE_LIBRARY_BRIDGE_H_
