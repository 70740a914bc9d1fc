// A layer (lớp lịch) of a working calendar: what a province or a unit decides for itself.
//
//   CalendarLayer storm{.source = "1234/UBND", .days_off = {{ToNumber(CivilDay(2024, 9, 9)),
//                                                            "Bão số 3"}}};
//
// A layer replaces the weekly hours during its validity, closes days, shortens days, and
// opens days by making them up. It never opens an official day off in any other way.
#ifndef MOTCUA_TIME_CALENDAR_LAYER_H_
#define MOTCUA_TIME_CALENDAR_LAYER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "motcua/base/civil.h"

namespace motcua {

// Office hours: the minutes of the day in [open, close), 0 <= open < close <= 1439: the closing
// minute belongs to the day.
struct OfficePeriod {
  std::uint16_t open = 0;
  std::uint16_t close = 0;
  friend bool operator==(const OfficePeriod&, const OfficePeriod&) = default;
};

// The periods of one day, in order and apart; empty means off.
using DayHours = std::vector<OfficePeriod>;

// At most this many periods in a day.
inline constexpr std::size_t kMaxPeriods = 4;

struct CalendarLayer {
  struct DayOff {
    DayNumber day;
    std::string name;
    friend bool operator==(const DayOff&, const DayOff&) = default;
  };
  struct MakeUp {
    DayNumber day;
    int weekday;  // 0 Monday .. 6 Sunday: whose hours the day has
    friend bool operator==(const MakeUp&, const MakeUp&) = default;
  };
  struct HalfDay {
    DayNumber day;
    DayHours hours;
    friend bool operator==(const HalfDay&, const HalfDay&) = default;
  };

  std::string source;                             // the decision; shown by Explain
  std::optional<std::array<DayHours, 7>> weekly;  // Monday first; absent: hours unchanged
  std::vector<DayOff> days_off;
  std::vector<MakeUp> make_up;
  std::vector<HalfDay> half_days;  // acts only on a day that is open
  // When the counter takes dossiers outside the working hours, such as Saturday mornings at police
  // counters. It makes no working time: the clock starts at the next opening, and Explain says why.
  std::array<DayHours, 7> reception;  // Monday first
  DayNumber valid_from = kNoDay;      // kNoDay: since ever
  DayNumber valid_to = kNoDay;        // exclusive; kNoDay: for ever

  bool ValidOn(DayNumber day) const {
    return (valid_from == kNoDay || day >= valid_from) && (valid_to == kNoDay || day < valid_to);
  }
  friend bool operator==(const CalendarLayer&, const CalendarLayer&) = default;
};

// Whether `minute` of a day lies in one of its periods, the closing minute included.
bool Within(const DayHours& hours, int minute);

// Refuses hours that are empty, out of order, overlapping, outside the day or too many; a
// weekday outside 0..6; an empty validity; a day outside it; and a day that is named twice.
// Errors: kInvalidArgument naming the part and its index.
absl::Status CheckLayer(const CalendarLayer& layer);

}  // namespace motcua

#endif  // MOTCUA_TIME_CALENDAR_LAYER_H_
