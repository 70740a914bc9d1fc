#include "motcua/base/civil.h"

#include "absl/strings/str_format.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

// Reads exactly `width` digits at `at`; -1 where there is anything else.
int Digits(std::string_view text, std::size_t at, std::size_t width) {
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool ReadDay(std::string_view text, CivilDay& day) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day_of_month = Digits(text, 8, 2);
  if (year < 1 || month < 1 || day_of_month < 1) return false;
  day = CivilDay(year, month, day_of_month);
  return day.month() == month && day.day() == day_of_month;
}

}  // namespace

absl::StatusOr<CivilDay> ParseDay(std::string_view text, std::string_view field) {
  CivilDay day;
  if (ReadDay(text, day)) return day;
  return Error(Reason::kInvalidArgument, field, text, "a day that exists, as YYYY-MM-DD");
}

absl::StatusOr<CivilMinute> ParseMinute(std::string_view text, std::string_view field) {
  CivilDay day;
  if (text.size() == 16 && text[10] == 'T' && text[13] == ':' && ReadDay(text.substr(0, 10), day)) {
    const int hour = Digits(text, 11, 2);
    const int minute = Digits(text, 14, 2);
    if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60) {
      return CivilMinute(day.year(), day.month(), day.day(), hour, minute);
    }
  }
  return Error(Reason::kInvalidArgument, field, text,
               "a local time that exists, as YYYY-MM-DDTHH:MM");
}

std::string ToString(CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string ToString(CivilMinute minute) {
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d", minute.year(), minute.month(), minute.day(),
                         minute.hour(), minute.minute());
}

}  // namespace motcua
