#include "rows.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace motcua::benchmarks {
namespace {

constexpr std::int32_t kFirstDay = 16436;  // 2015-01-01
constexpr std::int32_t kDays = 5660;       // to 2030-06-30
constexpr std::int32_t kClosure = 19782;   // 2024-02-29: rule set k is closed k days later

// Office hours and one closure of a rule set.
struct RuleSet {
  std::vector<motcua_period> weekly;
  motcua_day_off closure{};
  std::string source;
  motcua_layer layer = MOTCUA_LAYER_INIT;

  explicit RuleSet(std::size_t number) : source("rules " + std::to_string(number)) {
    const auto minute = [](std::size_t value) { return static_cast<std::uint16_t>(value); };
    for (std::int32_t weekday = 0; weekday < 5; ++weekday) {
      weekly.push_back({weekday, minute(420 + number % 4 * 5), minute(690)});
      weekly.push_back({weekday, minute(810), minute(1020 + number / 4 * 3)});
    }
    closure = {kClosure + static_cast<std::int32_t>(number), {"", 0}};
    layer.has_weekly = 1;
    layer.source = {source.data(), source.size()};
    layer.weekly = weekly.data();
    layer.weekly_count = weekly.size();
    layer.days_off = &closure;
    layer.days_off_count = 1;
  }
  RuleSet(const RuleSet&) = delete;
};

}  // namespace

std::uint64_t Bits(std::uint64_t row, std::uint64_t column) {
  std::uint64_t bits = (row * 8 + column + 1) * 0x9e3779b97f4a7c15u;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
  return bits ^ (bits >> 31);
}

Rows::Rows(std::size_t rows) {
  for (std::size_t row = 0; row < rows; ++row) {
    const auto below = [&](std::uint64_t column, std::uint64_t limit) {
      return static_cast<std::int32_t>(Bits(row, column) % limit);
    };
    days.push_back(kFirstDay + below(0, kDays));
    days64.push_back(days.back());
    amounts.push_back(1 + below(1, 60));
    amounts32.push_back(1 + below(1, 60));
    later.push_back(days.back() + below(2, 365));
    minutes.push_back(days.back() * kMinutesPerDay + below(3, kMinutesPerDay));
    unit.push_back(below(4, kUnits));
  }
}

void Check(motcua_status status, motcua_error* error) {
  if (status == MOTCUA_OK) return;
  std::fprintf(stderr, "%s\n", motcua_error_message(error));
  std::exit(1);
}

Calendar National() {
  motcua_calendar* made = nullptr;
  motcua_error* error = nullptr;
  Check(motcua_calendar_national(nullptr, nullptr, &made, &error), error);
  return Calendar(made);
}

Limit Parse(const char* text) {
  motcua_time_limit* made = nullptr;
  motcua_error* error = nullptr;
  Check(motcua_time_limit_parse({text, std::char_traits<char>::length(text)}, &made, &error),
        error);
  return Limit(made);
}

std::vector<Calendar> CalendarsOfUnits(const motcua_calendar* national) {
  std::vector<std::unique_ptr<RuleSet>> sets;
  for (std::size_t k = 0; k < kRuleSets; ++k) sets.push_back(std::make_unique<RuleSet>(k));
  std::vector<motcua_layer> layers;
  for (std::size_t k = 0; k < kUnits; ++k) layers.push_back(sets[k % kRuleSets]->layer);
  std::array<motcua_calendar*, kUnits> made{};
  motcua_error* error = nullptr;
  Check(motcua_calendar_with_each(national, layers.data(), layers.size(), made.data(), &error),
        error);
  std::vector<Calendar> calendars;
  for (motcua_calendar* calendar : made) calendars.emplace_back(calendar);
  return calendars;
}

}  // namespace motcua::benchmarks
