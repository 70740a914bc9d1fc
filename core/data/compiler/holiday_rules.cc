#include "holiday_rules.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/time/weekday.h"

namespace motcua {
namespace {

absl::StatusOr<int> Whole(const Tsv::Row& row, std::string_view column) {
  const std::string_view cell = row[column];
  int value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    return row.Refuse(column, "a whole number");
  }
  return value;
}

absl::StatusOr<HolidayRule> ReadRule(const Tsv::Row& row) {
  HolidayRule rule{};
  const int group = IndexOf(kHolidayGroupNames, row["group"]);
  if (group < 0) return row.Refuse("group", "a holiday group");
  rule.group = static_cast<HolidayGroup>(group);
  rule.name = row["name"];
  if (row["calendar"] != "lunar" && row["calendar"] != "solar") {
    return row.Refuse("calendar", "lunar or solar");
  }
  rule.lunar = row["calendar"] == "lunar";
  MOTCUA_ASSIGN_OR_RETURN(rule.month, Whole(row, "month"));
  MOTCUA_ASSIGN_OR_RETURN(rule.day, Whole(row, "day"));
  MOTCUA_ASSIGN_OR_RETURN(rule.offset, Whole(row, "offset"));
  MOTCUA_ASSIGN_OR_RETURN(rule.days, Whole(row, "days"));
  const std::string_view compensated = row["compensated"];
  if (compensated != "yes" && compensated != "no" && compensated != "switch") {
    return row.Refuse("compensated", "yes, no or switch");
  }
  rule.compensated = compensated != "no";
  rule.by_switch = compensated == "switch";
  MOTCUA_ASSIGN_OR_RETURN(const CivilDay from, ParseDay(row["valid_from"], "valid_from"));
  rule.from = ToNumber(from);
  rule.to = ToNumber(CivilDay(9999));
  if (!row["valid_to"].empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const CivilDay to, ParseDay(row["valid_to"], "valid_to"));
    rule.to = ToNumber(to);
  }
  rule.article = row["article"];
  if (rule.article.empty()) return row.Refuse("article", "the article the rule stands in");
  rule.rest_article = row["rest_article"];
  if (rule.compensated && rule.rest_article.empty()) {
    return row.Refuse("rest_article", "the article that makes up for a weekly day of rest");
  }
  return rule;
}

// The solar day of a day of a lunar year's ordinary (not leap) month.
DayNumber LunarToSolar(std::span<const LunarYearRow> lunar, int year, int month, int day) {
  for (const LunarYearRow& row : lunar) {
    if (row.year != year) continue;
    const int position = month - 1 + (row.leap_month != 0 && month > row.leap_month ? 1 : 0);
    DayNumber number = row.first_day + day - 1;
    for (int k = 0; k < position; ++k) number += 29 + ((row.long_months >> k) & 1);
    return number;
  }
  return kNoDay;
}

DayNumber FirstOfBlock(const HolidayRule& rule, int year, std::span<const LunarYearRow> lunar) {
  const DayNumber day = rule.lunar ? LunarToSolar(lunar, year, rule.month, rule.day)
                                   : ToNumber(CivilDay(year, rule.month, rule.day));
  return day + rule.offset;
}

}  // namespace

absl::StatusOr<HolidayRules> ReadHolidayRules(const FactsFolder& folder) {
  HolidayRules out;
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read("time/holiday_rules.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(
      const Tsv rules,
      Tsv::Parse("time/holiday_rules.tsv", text,
                 {"group", "name", "calendar", "month", "day", "offset", "days", "compensated",
                  "valid_from", "valid_to", "article", "rest_article"}));
  for (const Tsv::Row& row : rules.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(HolidayRule rule, ReadRule(row));
    out.rules.push_back(std::move(rule));
  }
  MOTCUA_ASSIGN_OR_RETURN(const std::string adjacent_text,
                          folder.Read("time/national_day_adjacent.tsv"));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv adjacent, Tsv::Parse("time/national_day_adjacent.tsv",
                                                         adjacent_text, {"weekday", "offset"}));
  for (const Tsv::Row& row : adjacent.rows()) {
    const int weekday = WeekdayFromName(row["weekday"]);
    if (weekday < 0) return row.Refuse("weekday", "mon .. sun");
    MOTCUA_ASSIGN_OR_RETURN(out.national_adjacent[static_cast<std::size_t>(weekday)],
                            Whole(row, "offset"));
  }
  return out;
}

std::vector<RuledDay> DaysByRule(const HolidayRules& rules, int year,
                                 std::span<const LunarYearRow> lunar) {
  std::map<DayNumber, RuledDay> days;
  std::vector<RuledDay> to_compensate;
  const auto add = [&](const HolidayRule& rule, DayNumber day) {
    const RuledDay ruled{
        {day, kNoDay, HolidayKind::kHoliday, rule.group, false, rule.name, rule.article}, false};
    days.emplace(day, ruled);
    if (rule.compensated && WeekdayOf(day) >= 5) {
      to_compensate.push_back(ruled);
      to_compensate.back().by_switch = rule.by_switch;
      to_compensate.back().holiday.source = rule.rest_article;
    }
  };
  for (const HolidayRule& rule : rules.rules) {
    const DayNumber first = FirstOfBlock(rule, year, lunar);
    if (first - rule.offset < rule.from || first - rule.offset >= rule.to) continue;
    for (DayNumber day = first; day < first + rule.days; ++day) add(rule, day);
    // Labour Code 2019, art. 112.1.đ: one more day, before or after 2/9.
    if (rule.group == HolidayGroup::kNational && year >= 2021) {
      add(rule, first + rules.national_adjacent[static_cast<std::size_t>(WeekdayOf(first))]);
    }
  }
  std::stable_sort(
      to_compensate.begin(), to_compensate.end(), [](const RuledDay& a, const RuledDay& b) {
        return std::pair(a.by_switch, a.holiday.day) < std::pair(b.by_switch, b.holiday.day);
      });
  for (RuledDay& rest : to_compensate) {
    DayNumber day = rest.holiday.day + 1;
    while (WeekdayOf(day) >= 5 || days.contains(day)) ++day;
    rest.holiday.day = day;
    rest.holiday.kind = HolidayKind::kCompensatory;
    days.emplace(day, rest);
  }
  std::vector<RuledDay> out;
  for (auto& [day, ruled] : days) out.push_back(std::move(ruled));
  return out;
}

}  // namespace motcua
