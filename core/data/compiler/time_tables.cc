// Compiles core/data/time: special days, covered years, office hours, lunar years.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "facts_folder.h"
#include "holiday_rules.h"
#include "lunar_astronomy.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/time/weekday.h"

namespace motcua {
namespace {

constexpr int kFirstLunarYear = 1899;
constexpr int kLastLunarYear = 2199;

absl::StatusOr<std::vector<CoveredYearRow>> ReadYears(const FactsFolder& folder,
                                                      ImageBuilder& image) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("time/years.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv,
                          Tsv::Parse("time/years.tsv", text, {"year", "status", "source"}));
  std::vector<CoveredYearRow> years;
  for (const Tsv::Row& row : tsv.rows()) {
    CoveredYearRow year{};
    const std::string_view cell = row["year"];
    std::from_chars(cell.data(), cell.data() + cell.size(), year.year);
    if (!years.empty() && year.year != years.back().year + 1) {
      return row.Refuse("year", "the year after the one above");
    }
    if (years.size() == kMostCoveredYears) {
      return row.Refuse("year", "the end of the table: at most 179 years");
    }
    if (row["status"] != "official" && row["status"] != "provisional") {
      return row.Refuse("status", "official or provisional");
    }
    year.official = row["status"] == "official";
    if (year.official != 0 && row["source"].empty()) {
      return row.Refuse("source", "the notices of an official year");
    }
    year.source = image.AddText(row["source"]);
    years.push_back(year);
  }
  return years;
}

absl::StatusOr<Holiday> ReadNotice(const Tsv::Row& row) {
  Holiday holiday;
  MOTCUA_ASSIGN_OR_RETURN(const CivilDay day, ParseDay(row["day"], "day"));
  holiday.day = ToNumber(day);
  const int kind = IndexOf(kHolidayKindNames, row["kind"]);
  if (kind < 0) return row.Refuse("kind", "holiday, compensatory, swapped_off or make_up");
  holiday.kind = static_cast<HolidayKind>(kind);
  const int group = IndexOf(kHolidayGroupNames, row["group"]);
  if (group < 0) return row.Refuse("group", "a holiday group");
  holiday.group = static_cast<HolidayGroup>(group);
  const bool swap =
      holiday.kind == HolidayKind::kSwappedOff || holiday.kind == HolidayKind::kMakeUp;
  if (swap != !row["partner"].empty()) return row.Refuse("partner", "the other day of a swap");
  if (swap) {
    MOTCUA_ASSIGN_OR_RETURN(const CivilDay partner, ParseDay(row["partner"], "partner"));
    holiday.partner = ToNumber(partner);
  }
  const bool weekend = WeekdayOf(holiday.day) >= 5;
  if (holiday.kind != HolidayKind::kHoliday && weekend != (holiday.kind == HolidayKind::kMakeUp)) {
    return row.Refuse("day", "a weekend for a make-up day, a weekday for a day given off");
  }
  if (row["source"].empty()) return row.Refuse("source", "the notice the row stands in");
  holiday.name = row["name"];
  holiday.source = row["source"];
  return holiday;
}

// The notices' days win over the rules' in years that are not official.
std::vector<RuledDay> Merge(const HolidayRules& rules, const std::vector<CoveredYearRow>& years,
                            const std::vector<LunarYearRow>& lunar, std::vector<Holiday> notices) {
  std::map<DayNumber, RuledDay> days;
  std::set<int> official;
  for (const CoveredYearRow& year : years) {
    if (year.official != 0) official.insert(year.year);
  }
  for (Holiday& notice : notices) {
    const int year = static_cast<int>(DayFrom(notice.day).year());
    const int partner_year =
        notice.partner == kNoDay ? year : static_cast<int>(DayFrom(notice.partner).year());
    notice.official = official.contains(year) || official.contains(partner_year);
    days.emplace(notice.day, RuledDay{notice, false});
  }
  for (const CoveredYearRow& year : years) {
    if (year.official != 0) continue;
    for (RuledDay& ruled : DaysByRule(rules, year.year, lunar)) {
      days.emplace(ruled.holiday.day, std::move(ruled));
    }
  }
  std::vector<RuledDay> out;
  for (auto& [day, ruled] : days) out.push_back(std::move(ruled));
  return out;
}

absl::Status AddSpecialDays(const FactsFolder& folder, const std::vector<CoveredYearRow>& years,
                            const std::vector<LunarYearRow>& lunar, ImageBuilder& image) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("time/notices.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv,
                          Tsv::Parse("time/notices.tsv", text,
                                     {"day", "kind", "group", "name", "partner", "source", "tag"}));
  std::vector<Holiday> notices;
  for (const Tsv::Row& row : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Holiday notice, ReadNotice(row));
    if (!notices.empty() && notice.day <= notices.back().day) {
      return row.Refuse("day", "a later day than the row above");
    }
    notices.push_back(std::move(notice));
  }
  MOTCUA_ASSIGN_OR_RETURN(const HolidayRules rules, ReadHolidayRules(folder));
  std::vector<SpecialDayRow> rows;
  for (const RuledDay& ruled : Merge(rules, years, lunar, std::move(notices))) {
    const Holiday& day = ruled.holiday;
    rows.push_back({day.day, day.partner, image.AddText(day.name), image.AddText(day.source),
                    static_cast<std::uint8_t>(day.kind), static_cast<std::uint8_t>(day.group),
                    day.official, ruled.by_switch});
  }
  image.AddTable("time.special_days", rows);
  return absl::OkStatus();
}

absl::Status AddHolidayNames(const FactsFolder& folder, ImageBuilder& image) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("time/holiday_names.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(
      const Tsv tsv, Tsv::Parse("time/holiday_names.tsv", text, {"name", "english", "article"}));
  std::vector<HolidayNameRow> rows;
  std::set<std::string_view> seen;
  for (const Tsv::Row& row : tsv.rows()) {
    if (row["name"].empty() || !seen.insert(row["name"]).second) {
      return row.Refuse("name", "a name that stands there once");
    }
    if (row["english"].empty()) return row.Refuse("english", "the name in English");
    if (row["article"].empty()) return row.Refuse("article", "the article that names the day");
    rows.push_back({image.AddText(row["name"]), image.AddText(row["english"])});
  }
  image.AddTable("time.holiday_names", rows);
  return absl::OkStatus();
}

absl::Status AddWeekly(const FactsFolder& folder, ImageBuilder& image) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("time/weekly.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv,
                          Tsv::Parse("time/weekly.tsv", text, {"weekday", "open", "close"}));
  std::vector<OfficePeriodRow> rows;
  for (const Tsv::Row& row : tsv.rows()) {
    const int weekday = WeekdayFromName(row["weekday"]);
    if (weekday < 0) return row.Refuse("weekday", "mon .. sun");
    const auto minute = [&](std::string_view column) -> absl::StatusOr<std::uint16_t> {
      MOTCUA_ASSIGN_OR_RETURN(const CivilMinute at,
                              ParseMinute(std::string("1970-01-01T").append(row[column]), column));
      return static_cast<std::uint16_t>(ToNumber(at));
    };
    MOTCUA_ASSIGN_OR_RETURN(const std::uint16_t open, minute("open"));
    MOTCUA_ASSIGN_OR_RETURN(const std::uint16_t close, minute("close"));
    rows.push_back({static_cast<std::uint16_t>(weekday), open, close, 0});
  }
  image.AddTable("time.weekly", rows);
  return absl::OkStatus();
}

}  // namespace

absl::Status CompileTime(const FactsFolder& folder, ImageBuilder& image) {
  const std::vector<LunarYearRow> lunar = LunarYears(kFirstLunarYear, kLastLunarYear);
  image.AddTable("time.lunar_years", lunar);
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<CoveredYearRow> years, ReadYears(folder, image));
  image.AddTable("time.years", years);
  MOTCUA_RETURN_IF_ERROR(AddWeekly(folder, image));
  MOTCUA_RETURN_IF_ERROR(AddHolidayNames(folder, image));
  return AddSpecialDays(folder, years, lunar, image);
}

}  // namespace motcua
