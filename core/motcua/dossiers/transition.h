// One row of a dossier machine: from a status, on an event, under guards, to a status.
//
// The national machine is core/data/dossiers/national_machine.tsv. Guards, roles,
// clock effects and options are closed lists: a word that is not in them is refused
// when the table is read, never taken for "allowed".
#ifndef MOTCUA_DOSSIERS_TRANSITION_H_
#define MOTCUA_DOSSIERS_TRANSITION_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/dataset.h"
#include "motcua/dossiers/event.h"
#include "motcua/dossiers/status.h"

namespace motcua {

// What must hold beside status and event; a row needs all of its guards.
enum GuardBit : std::uint16_t {
  kGuardCounter = 1,           // counter: the dossier came direct or by post
  kGuardAskedBefore = 2,       // asked_before_acceptance: the supplement was asked in status 1
  kGuardAskedInReception = 4,  // asked_in_reception: in status 2
  kGuardAskedInAppraisal = 8,  // asked_in_appraisal: in status 4
  kGuardAskedAfter = 16,       // asked_after_acceptance: in status 2 or 4
  kGuardSupplementExpired =
      32,                     // supplement_expired: the applicant was silent for the whole period
  kGuardFirstExtension = 64,  // first_extension: no due date was put off before
  kGuardDayBefore = 128,      // day_before: at the latest on the day before the due date
  kGuardFeePaid = 256,        // fee_paid: nothing that has to be paid first is unpaid
  kGuardResultReady = 512,    // result_ready: the electronic result is there
};
inline constexpr int kGuardCount = 10;

enum class Role : std::uint8_t {
  kApplicant = 0,       // tổ chức, cá nhân
  kOneStopOfficer = 1,  // công chức Bộ phận Một cửa
  kOneStopHead = 2,     // người đứng đầu Bộ phận Một cửa
  kAgencyHead = 3,      // thủ trưởng cơ quan có thẩm quyền
  kSpecialist = 4,      // công chức thụ lý
  kResultReturner = 5,  // bộ phận trả kết quả
  kSystem = 6,          // hệ thống thông tin giải quyết thủ tục hành chính
};
inline constexpr int kRoleCount = 7;
// A set of roles, one bit each.
constexpr std::uint8_t BitOf(Role role) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(role));
}

// What a transition does to the clock of the time limit.
enum class ClockEffect : std::uint8_t {
  kNone = 0,
  kStart = 1,    // the limit begins
  kPause = 2,    // it stands still
  kResume = 3,   // what was left goes on
  kRestart = 4,  // the whole limit begins again
  kShift = 5,    // the due date moves by the paused time
  kEnd = 6,      // finished for the clock
  kReopen = 7,   // sent back before hand-over: it had not finished
  kExtend = 8,   // the due date is put off
};
inline constexpr int kClockEffectCount = 9;

// Where the sources contradict each other the choice is declared, never implied.
// The first choice of each is the default.
enum class MachineOption : std::uint8_t {
  kAlways = 0,
  kStop = 1,        // terminal | resumable
  kWithdrawal = 2,  // status_7 | finished_9
  kSupplement = 3,  // restart | resume | shift
  kPayment = 4,     // resume | shift
  kExtension = 5,   // day_before | any
  kFee = 6,         // unchecked | checked
};
inline constexpr int kMachineOptionCount = 7;
// The options that one row may depend on, and the readings of each.
inline constexpr int kRowOptionCount = 2;

// Where a transition leads when it is not one fixed status.
inline constexpr std::uint8_t kToSame = 100;      // stays
inline constexpr std::uint8_t kToPrevious = 101;  // back to the status before 5

// A row as the dataset holds it.
struct TransitionRow {
  std::uint8_t from;
  std::uint8_t event;
  std::uint8_t to;
  std::uint8_t role;
  std::uint8_t clock;
  std::uint8_t visit;  // 1: the citizen comes to the counter for it, where the channel is direct
  std::uint8_t option[kRowOptionCount];
  std::uint8_t choice[kRowOptionCount];
  std::uint16_t guards;
  std::uint8_t roles;
  std::uint8_t reserved[3];
  TextRef source;
};

// The number of a state in its machine; 0: there is no dossier yet. In the national
// machine states are the portal's statuses; an own machine may have several states of
// one status.
using StateNumber = std::uint16_t;

struct Transition {
  DossierStatus from = DossierStatus::kNone;
  EventKind event = EventKind::kSubmit;
  std::uint16_t guards = 0;
  std::uint8_t to = 0;        // a status, kToSame or kToPrevious
  Role role = Role::kSystem;  // whose act it is; `roles` names who else may do it
  ClockEffect clock = ClockEffect::kNone;
  bool visit = false;
  // A row holds under all of its options; kAlways asks for nothing.
  std::array<MachineOption, kRowOptionCount> option = {};
  std::array<std::uint8_t, kRowOptionCount> choice = {};
  std::string source = {};     // article, decree or observed system
  std::uint8_t roles = 0;      // bits of every role that may do it, `role` included
  StateNumber from_state = 0;  // as `from` where the states are the statuses
  StateNumber to_state = 0;    // 0 where `to` is kToSame or kToPrevious

  bool MayBeDoneBy(Role who) const { return ((roles | BitOf(role)) & BitOf(who)) != 0; }
};

// What is known of a dossier beside its state, for guards to ask.
struct GuardFacts {
  bool counter = false;                           // this event came direct or by post
  DossierStatus asked_in = DossierStatus::kNone;  // where the open supplement was asked
  bool supplement_expired = false;
  bool extended = false;
  bool day_before = true;
  bool fee_paid = true;
  bool result_ready = true;
};

// Which of `guards` do not hold. A bit that is no guard never holds.
std::uint16_t FailingGuards(std::uint16_t guards, const GuardFacts& facts);

// Of what two rows miss, what to say when both refuse an event: the one that was closest,
// with fewest guards failing, those of time rather than of origin. 0 misses nothing and yields.
std::uint16_t CloserGuards(std::uint16_t failing, std::uint16_t missing);

// The words of the table.
std::string_view NameOf(Role role);
std::string_view NameOf(ClockEffect effect);
std::string_view NameOf(MachineOption option);
std::string_view ChoiceName(MachineOption option, std::uint8_t choice);  // empty past the last
std::string GuardNames(std::uint16_t guards);    // joined by "+", "-" if none
std::string TargetName(std::uint8_t to);         // "4", "same", "previous"
std::string RoleNames(const Transition& row);    // `role` first, joined by "+"
std::string OptionNames(const Transition& row);  // "stop=terminal+...", "-" if none

// The words read back; an unknown word is refused with what is known.
absl::StatusOr<std::uint16_t> GuardsNamed(std::string_view words);  // as GuardNames writes
absl::Status SetRoles(std::string_view words, Transition& row);     // as RoleNames writes
absl::Status SetOptions(std::string_view words, Transition& row);   // as OptionNames writes
absl::StatusOr<ClockEffect> ClockEffectNamed(std::string_view word);
absl::StatusOr<Role> RoleNamed(std::string_view word);

// Reads a table of transitions: columns from, event, guard, to, role, clock, visit,
// option, source. Errors: kMalformedData naming line, column and value; a row
// without a source is refused.
absl::StatusOr<std::vector<Transition>> ParseTransitions(std::string name, std::string_view text);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_TRANSITION_H_
