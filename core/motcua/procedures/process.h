// The internal process (quy trình nội bộ) of a procedure: who does which step in what
// time, in sequence or side by side; and linked groups of procedures (liên thông).
#ifndef MOTCUA_PROCEDURES_PROCESS_H_
#define MOTCUA_PROCEDURES_PROCESS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/tsv.h"

namespace motcua {

enum class StepUnit : std::uint8_t {
  kWorkingDay = 0,  // quarters occur
  kWorkingHour = 1,
  kDay = 2,
  kHour = 3,
  kSameDay = 4,  // within the working day
  kUntimed = 5,  // no limit: handing over the result, mostly
  kShared = 6,   // under the limit of an earlier step, group_of_step_N in the table
};
inline constexpr int kStepUnitCount = 7;
std::string_view NameOf(StepUnit unit);

struct Step {
  std::int32_t number = 0;  // from 1
  std::string_view name;
  std::string_view agency;
  std::string_view role;   // one_stop_officer, agency_head, ...; empty where not told
  std::string_view value;  // the number as printed
  StepUnit unit = StepUnit::kUntimed;
  std::int32_t shares = 0;          // of kShared: the step whose limit it is under
  std::string limit;                // as TimeLimit; "none" if untimed, empty if shared
  std::vector<std::int32_t> after;  // steps that come before it; empty: it begins at once
  std::string_view after_cell;      // as printed: empty is "after the step before"
  std::string_view source;
};

struct Process {
  std::string_view code;
  std::vector<Step> steps;  // by number
};

// How long the longest way through the steps takes. A same-day step counts as a working
// day, 8 working hours as one.
struct ProcessLength {
  std::int64_t working_minutes = 0;   // 480 a working day
  std::int64_t calendar_minutes = 0;  // 1,440 a day
  bool mixed = false;                 // both kinds occur: the two only add up loosely
};

// `only`: the numbers of the steps that count; empty: all. Errors: kMalformedData for a
// step that waits for itself.
absl::StatusOr<ProcessLength> LengthOf(const Process& process,
                                       std::span<const std::int32_t> only = {});

// One case of a linked group, its limit counted over all agencies.
struct LinkedGroup {
  std::string_view group;  // birth, death, karaoke
  std::string_view code;   // of its process
  std::string_view name;
  std::string_view case_name;
  std::string_view limit;  // as TimeLimit, its cut-off with it: "3wd@15:00>start"
  std::vector<std::int32_t> steps;
  std::string_view source;
};

// Rows of procedure_steps.tsv, grouped by code. Errors: kMalformedData.
absl::StatusOr<std::vector<Process>> ReadProcesses(const Tsv& tsv);
// Rows of linked_groups.tsv. Errors: kMalformedData.
absl::StatusOr<std::vector<LinkedGroup>> ReadGroups(const Tsv& tsv);

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_PROCESS_H_
