// The readable form of a machine that a procedure brings along.
//
//   # Giấy phép xây dựng với một bước thẩm định thực tế.
//   machine Cấp giấy phép xây dựng
//   procedure 1.013236
//   option stop=terminal
//   state received  2 Được tiếp nhận
//   state on_site   4 Thẩm định thực tế
//   state decided   9
//
//   none + accept [counter] / start -> received by one_stop_officer visit
//       because Decree 118/2025/NĐ-CP art. 17.3
//   received + forward -> on_site by one_stop_officer because Decree 118/2025/NĐ-CP art. 18
//   on_site | received + finish / end -> decided by agency_head because art. 19, 22
//
// One thing a line; an indented line continues the one before it; `#` begins a comment
// line. A transition reads
//
//   FROM [| FROM ...] + EVENT [GUARD, GUARD] / CLOCK -> TO by ROLE, ROLE [visit]
//       [when OPTION=CHOICE, OPTION=CHOICE] because SOURCE
//
// in that order; guards, clock, visit and when may be missing. FROM is a state, or
// `none` where there is no dossier yet; TO is a state, `same`, or `previous` (where the
// supplement was asked). States are declared before they are used: a name of a-z, 0-9
// and _, the portal's status 1 to 10 it counts as, and a title for people if it has one.
// A machine that names procedures, on one or several lines, is for those alone.
// `option` fixes a reading of MachineOptions; one that the caller set otherwise is
// refused. Words that are not known are refused with line and what is known.
#ifndef MOTCUA_DOSSIERS_MACHINE_TEXT_H_
#define MOTCUA_DOSSIERS_MACHINE_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/dossiers/machine.h"

namespace motcua {

// The most states and transitions that one machine may have.
inline constexpr std::size_t kMaxMachineStates = 64;
inline constexpr std::size_t kMaxMachineRows = 4096;

// Whether `text` may be read as a machine at all, in either form. Errors: kMalformedData for
// text that is not UTF-8 or too long.
absl::Status ValidateMachineText(std::string_view text);

// Reads the form above; the machine need not be sound. Errors: kMalformedData naming
// line, part and value.
absl::StatusOr<Machine> ReadMachineText(std::string_view text, const MachineOptions& options = {});

// Writes any machine in it: what ReadMachineText gives back under the same options has
// the same states and rows, however often it is written and read.
std::string WriteMachineText(const Machine& machine);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_MACHINE_TEXT_H_
