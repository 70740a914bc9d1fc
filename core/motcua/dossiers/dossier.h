// A dossier (hồ sơ): what its events amount to at one moment.
#ifndef MOTCUA_DOSSIERS_DOSSIER_H_
#define MOTCUA_DOSSIERS_DOSSIER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "motcua/base/civil.h"
#include "motcua/dossiers/event.h"
#include "motcua/dossiers/status.h"
#include "motcua/dossiers/transition.h"

namespace motcua {

// How a dossier stands against its due day. Compared by dates, as forms and index
// do: finished before the due day, on it (or with no due day), after it.
enum class Outcome : std::uint8_t {
  kNone = 0,  // never accepted: not counted
  kEarly = 1,
  kOnTime = 2,
  kOverdue = 3,
  kPending = 4,         // open, its due day not past (or none: no limit, or paused)
  kPendingOverdue = 5,  // open, its due day past
};
inline constexpr int kOutcomeCount = 6;

constexpr std::string_view NameOf(Outcome outcome) {
  constexpr std::string_view kNames[kOutcomeCount] = {"none",    "early",   "on_time",
                                                      "overdue", "pending", "pending_overdue"};
  return kNames[static_cast<int>(outcome)];
}

// Finished against due, both local minutes; `due` may be kNoMinute.
constexpr Outcome Compare(MinuteNumber finished_at, MinuteNumber due) {
  if (due == kNoMinute || DayOf(finished_at) == DayOf(due)) return Outcome::kOnTime;
  return DayOf(finished_at) < DayOf(due) ? Outcome::kEarly : Outcome::kOverdue;
}

// What went wrong with a dossier although every event was allowed. Numbers cross the C ABI.
enum DossierMark : std::uint16_t {
  kMarkReceptionLate = 1,      // not answered in 8 working hours (Decree 118/2025 art. 17.2)
  kMarkSupplementTwice = 2,    // asked a second time (art. 11.2.c: once, in full)
  kMarkSupplementSilent = 4,   // no answer in 15 days: to be closed (art. 19.5)
  kMarkNoApology = 8,          // overdue, and no new date was given in time (art. 19.6)
  kMarkForeignAgency = 16,     // an officer's act of an agency that has no part in the dossier
  kMarkProcedureChanged = 32,  // accepted as another procedure than was submitted
  kMarkNotCompetent = 64,  // decided by a commune or a province that the catalogue does not name
  kMarkForwardLate = 128,  // papers did not leave reception in time (art. 18.2; elsewhere art. 20)
  kMarkSupplementLate = 256,  // asked by the appraisal after more than 3 working days (art. 19.5)
  kMarkReceptionAlert = 512,  // waits for 2 hours: the officer is to be alerted (art. 17.2)
};
inline constexpr int kDossierMarkCount = 10;

// "reception_late", "supplement_twice", ... of bit 0, 1, ...
constexpr std::string_view MarkName(int bit) {
  constexpr std::string_view kNames[kDossierMarkCount] = {
      "reception_late",  "supplement_twice",  "supplement_silent", "no_apology",
      "foreign_agency",  "procedure_changed", "not_competent",     "forward_late",
      "supplement_late", "reception_alert"};
  return kNames[bit];
}

// The fold of a dossier's events. Minutes are kNoMinute until they happen.
struct Dossier {
  std::uint32_t dossier = 0;  // number in EventLog::dossiers()
  std::uint32_t agency = 0;   // who holds it now: number in EventLog::texts()
  std::uint32_t counted_at =
      0;                        // whose statistics it is in: who held it when it finished, else now
  std::uint32_t procedure = 0;  // number in EventLog::texts()
  std::int32_t entry = -1;      // index in the catalogue's procedures(); -1: no catalogue
  std::int32_t group = -1;      // index in the catalogue's groups(); -1: no case of a linked group
  std::int32_t limit = -1;      // number in DossierRegister::limit(); -1: not accepted yet
  MinuteNumber submitted_at = kNoMinute;
  MinuteNumber accepted_at = kNoMinute;
  MinuteNumber original_due = kNoMinute;  // as printed on the receipt
  MinuteNumber due = kNoMinute;          // after pauses and extension; none without limit or paused
  MinuteNumber finished_at = kNoMinute;  // the clock's end: status 9, 8, 7, or 3 after acceptance
  MinuteNumber handed_over_at = kNoMinute;
  MinuteNumber held_since = kNoMinute;     // since when `agency` holds it
  MinuteNumber changed_at = kNoMinute;     // of the last event applied
  MinuteNumber clock_start = kNoMinute;    // accepted_at, or when the competent agency received it
  MinuteNumber reception_due = kNoMinute;  // submitted online: accept, refuse or ask by then
  MinuteNumber answer_due = kNoMinute;     // in 5 after acceptance: closed if silent beyond its day
  MinuteNumber step_due = kNoMinute;       // the earliest of the open steps
  std::uint32_t receiving = 0;  // the agency that received it: number in EventLog::texts()
  std::uint32_t competent = 0;  // the agency that decides; `receiving` unless another is named
  StateNumber state = 0;        // of its machine; several may share a status
  std::uint16_t machine = 0;    // number in DossierRegister::machine(): that of its procedure
  std::uint16_t marks = 0;      // of DossierMark, as of the minute of the fold
  DossierStatus status = DossierStatus::kNone;
  DossierStatus previous = DossierStatus::kNone;  // where it was when a supplement was asked
  Channel channel = Channel::kUnknown;
  Outcome outcome = Outcome::kNone;
  std::uint8_t visits = 0;       // how often the citizen came to the counter
  std::uint8_t supplements = 0;  // requests made; the law allows one
  std::uint8_t step = 0;         // the lowest open step of its internal process; 0: none
  bool extended = false;
  bool provisional = false;  // the due day leans on a year without a complete official calendar
};

// One event of a dossier and what it did, or why it did nothing.
struct HistoryEntry {
  std::size_t event = 0;  // index in the log
  DossierStatus from = DossierStatus::kNone;
  DossierStatus to = DossierStatus::kNone;
  ClockEffect clock = ClockEffect::kNone;
  MinuteNumber due = kNoMinute;  // the due minute after the event
  bool applied = false;
  bool visit = false;                     // the citizen came for it
  std::uint8_t step = 0;                  // after the event, as of Dossier
  MinuteNumber step_due = kNoMinute;      // after the event
  MinuteNumber original_due = kNoMinute;  // after the event
  std::uint32_t holder = 0;               // after the event
  std::uint32_t competent = 0;            // after the event
  std::uint16_t marks = 0;                // of DossierMark, that this event brought
  std::string reason;  // the source of the transition; of an event not applied, what was expected
  StateNumber state = 0;  // after the event, of the machine
  std::uint16_t machine = 0;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_DOSSIER_H_
