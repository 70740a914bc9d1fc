#include "motcua/time/calendar_layer.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"
#include "motcua/time/weekday.h"

namespace motcua {
namespace {

std::string Clock(int minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

absl::Status CheckHours(std::string_view field, const DayHours& hours) {
  if (hours.size() > kMaxPeriods) {
    return Error(Reason::kInvalidArgument, field, absl::StrCat(hours.size(), " periods"),
                 absl::StrCat("at most ", kMaxPeriods, " periods a day"));
  }
  int last_close = -1;
  for (const OfficePeriod& period : hours) {
    if (period.open >= period.close || period.close >= kMinutesPerDay ||
        period.open <= last_close) {
      return Error(Reason::kInvalidArgument, field,
                   absl::StrCat(Clock(period.open), "-", Clock(period.close)),
                   "periods within 00:00-23:59, in order, none empty, with a break between them");
    }
    last_close = period.close;
  }
  return absl::OkStatus();
}

absl::Status CheckOnce(std::set<DayNumber>& seen, std::string_view field, DayNumber day) {
  if (seen.insert(day).second) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, field, ToString(DayFrom(day)),
               "a day that the layer names once");
}

template <typename Rows>
absl::Status CheckValid(const CalendarLayer& layer, const char* field, const Rows& rows) {
  const auto show = [](DayNumber day) {
    return day == kNoDay ? std::string("...") : ToString(DayFrom(day));
  };
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (layer.ValidOn(rows[k].day)) continue;
    return Error(Reason::kInvalidArgument, absl::StrCat(field, "[", k, "]"), show(rows[k].day),
                 absl::StrCat("a day of the layer's validity, ", show(layer.valid_from),
                              " to before ", show(layer.valid_to)));
  }
  return absl::OkStatus();
}

}  // namespace

bool Within(const DayHours& hours, int minute) {
  return std::any_of(hours.begin(), hours.end(), [minute](const OfficePeriod& period) {
    return minute >= period.open && minute <= period.close;
  });
}

absl::Status CheckLayer(const CalendarLayer& layer) {
  if (layer.valid_from != kNoDay && layer.valid_to != kNoDay &&
      layer.valid_from >= layer.valid_to) {
    return Error(Reason::kInvalidArgument, "valid_to", ToString(DayFrom(layer.valid_to)),
                 absl::StrCat("a day after valid_from ", ToString(DayFrom(layer.valid_from))));
  }
  if (layer.weekly) {
    for (std::size_t k = 0; k < 7; ++k) {
      MOTCUA_RETURN_IF_ERROR(
          CheckHours(std::string("weekly.").append(kWeekdayNames[k]), (*layer.weekly)[k]));
    }
  }
  for (std::size_t k = 0; k < 7; ++k) {
    MOTCUA_RETURN_IF_ERROR(
        CheckHours(std::string("reception.").append(kWeekdayNames[k]), layer.reception[k]));
  }
  MOTCUA_RETURN_IF_ERROR(CheckValid(layer, "days_off", layer.days_off));
  MOTCUA_RETURN_IF_ERROR(CheckValid(layer, "make_up", layer.make_up));
  MOTCUA_RETURN_IF_ERROR(CheckValid(layer, "half_days", layer.half_days));
  std::set<DayNumber> seen;
  for (std::size_t k = 0; k < layer.days_off.size(); ++k) {
    MOTCUA_RETURN_IF_ERROR(
        CheckOnce(seen, absl::StrCat("days_off[", k, "]"), layer.days_off[k].day));
  }
  for (std::size_t k = 0; k < layer.make_up.size(); ++k) {
    const std::string field = absl::StrCat("make_up[", k, "]");
    MOTCUA_RETURN_IF_ERROR(CheckOnce(seen, field, layer.make_up[k].day));
    if (layer.make_up[k].weekday < 0 || layer.make_up[k].weekday > 6) {
      return Error(Reason::kInvalidArgument, field + ".weekday",
                   absl::StrCat(layer.make_up[k].weekday), "0 (Monday) .. 6 (Sunday)");
    }
  }
  for (std::size_t k = 0; k < layer.half_days.size(); ++k) {
    const std::string field = absl::StrCat("half_days[", k, "]");
    MOTCUA_RETURN_IF_ERROR(CheckOnce(seen, field, layer.half_days[k].day));
    MOTCUA_RETURN_IF_ERROR(CheckHours(field, layer.half_days[k].hours));
    if (layer.half_days[k].hours.empty()) {
      return Error(Reason::kInvalidArgument, field, "no periods", "hours, or a row of days_off");
    }
  }
  return absl::OkStatus();
}

}  // namespace motcua
