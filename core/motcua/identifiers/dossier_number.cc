#include "motcua/identifiers/dossier_number.h"

#include "absl/strings/str_format.h"
#include "motcua/base/status.h"
#include "motcua/identifiers/digits.h"

namespace motcua {
namespace {

constexpr std::size_t kFewestSerialDigits = 4, kMostSerialDigits = 7;

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// Dotted groups of capitals and digits, of any kind of agency.
bool IsAgency(std::string_view text) {
  return !text.empty() && text.size() <= AgencyCode::kMaxSize && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.") == std::string_view::npos;
}

std::optional<CivilDay> DayOfDigits(std::string_view digits) {
  if ((digits.size() != 6 && digits.size() != 8) || !IsDigits(digits)) return std::nullopt;
  const int year =
      digits.size() == 8 ? Number(digits.substr(0, 4)) : 2000 + Number(digits.substr(0, 2));
  const std::string_view rest = digits.substr(digits.size() - 4);
  const int month = Number(rest.substr(0, 2)), day = Number(rest.substr(2));
  const CivilDay made(year, month, day);
  if (year < 2000 || made.month() != month || made.day() != day) return std::nullopt;
  return made;
}

}  // namespace

absl::StatusOr<DossierNumber> DossierNumber::Parse(std::string_view text) {
  const auto refuse = [&](std::string_view expected) {
    return Error(Reason::kInvalidArgument, "dossier number", text, expected);
  };
  const std::size_t first = text.find('-');
  const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos || text.find('-', second + 1) != std::string_view::npos)
    return refuse("three parts joined by hyphens: agency, date, serial (H36.12-250701-0042)");
  if (!IsAgency(text.substr(0, first)))
    return refuse("an agency code in front, A-Z, 0-9 and dots, at most 35 characters");
  const std::string_view date = text.substr(first + 1, second - first - 1);
  const auto day = DayOfDigits(date);
  if (!day) return refuse("a day that exists as YYMMDD or YYYYMMDD, from 2000 on");
  const std::string_view serial = text.substr(second + 1);
  if (serial.size() < kFewestSerialDigits || serial.size() > kMostSerialDigits || !IsDigits(serial))
    return refuse("a serial number of 4 to 7 digits at the end");
  DossierNumber number;
  number.text_ = text;
  number.agency_size_ = first;
  number.date_ = *day;
  number.date_digits_ = static_cast<int>(date.size());
  return number;
}

absl::StatusOr<DossierNumber> DossierNumber::Make(std::string_view agency, CivilDay date,
                                                  std::int64_t serial, int date_digits,
                                                  int serial_digits) {
  if (date_digits != 6 && date_digits != 8)
    return Error(Reason::kInvalidArgument, "date_digits", std::to_string(date_digits), "6 or 8");
  if (serial_digits < static_cast<int>(kFewestSerialDigits) ||
      serial_digits > static_cast<int>(kMostSerialDigits))
    return Error(Reason::kInvalidArgument, "serial_digits", std::to_string(serial_digits),
                 "4 to 7");
  if (serial < 0 || serial > 9'999'999)
    return Error(Reason::kInvalidArgument, "serial", std::to_string(serial), "0 to 9,999,999");
  const auto last = date_digits == 6 ? 2099 : 9999;
  if (date.year() < 2000 || date.year() > last)
    return Error(Reason::kInvalidArgument, "date", ToString(date),
                 "a day from 2000 on, to 2099 with six digits");
  const int year = static_cast<int>(date.year());
  const std::string day =
      date_digits == 6 ? absl::StrFormat("%02d%02d%02d", year % 100, date.month(), date.day())
                       : absl::StrFormat("%04d%02d%02d", year, date.month(), date.day());
  return Parse(std::string(agency) + "-" + day + "-" +
               absl::StrFormat("%0*d", serial_digits, serial));
}

std::optional<AgencyCode> DossierNumber::agency_code() const {
  auto code = AgencyCode::Parse(agency());
  if (!code.ok()) return std::nullopt;
  return *std::move(code);
}

}  // namespace motcua
