// Random calendars, layers, limits, cut-offs and pauses: the library against the oracle.
// 50,000 cases; MOTCUA_LONG=1 runs 1,000,000. MOTCUA_SEED repeats a run.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "motcua/time/batch.h"
#include "motcua/time/deadline.h"
#include "tests/oracle/minute_oracle.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

const std::int64_t kFirst = oracle::DayNumber(2015, 1, 1);
const std::int64_t kLast = oracle::DayNumber(2026, 12, 31);

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
  }
  bool Chance(int percent) { return Between(1, 100) <= percent; }

 private:
  std::mt19937_64 engine_;
};

oracle::Hours DrawHours(Draw& draw) {
  oracle::Hours hours;
  if (draw.Chance(40)) {
    hours = {{420, 690}, {810, 1020}};  // 07:00-11:30, 13:30-17:00
  } else {
    int at = static_cast<int>(draw.Between(330, 540));
    for (std::int64_t k = draw.Between(1, draw.Chance(20) ? 4 : 2); k > 0; --k) {
      const int close = at + static_cast<int>(draw.Between(1, 240));
      if (close >= 1440) break;
      hours.push_back({at, close});
      at = close + static_cast<int>(draw.Between(1, 120));
    }
  }
  return hours;
}

oracle::Layer DrawLayer(Draw& draw, std::int64_t first, std::int64_t last) {
  oracle::Layer layer;
  if (draw.Chance(70)) {
    layer.weekly.emplace();
    const oracle::Hours usual = DrawHours(draw);
    for (int weekday = 0; weekday < 7; ++weekday) {
      if (weekday < 5 || draw.Chance(25)) {
        (*layer.weekly)[static_cast<std::size_t>(weekday)] =
            draw.Chance(80) ? usual : DrawHours(draw);
      }
    }
  }
  std::map<std::int64_t, int> named;
  for (std::int64_t k = draw.Between(0, 12); k > 0; --k) {
    const std::int64_t day = draw.Between(first, last);
    if (!named.emplace(day, 0).second) continue;
    switch (draw.Between(0, 2)) {
      case 0:
        layer.days_off.push_back(day);
        break;
      case 1:
        layer.make_up.push_back({day, static_cast<int>(draw.Between(0, 6))});
        break;
      default:
        layer.half_days.push_back({day, DrawHours(draw)});
    }
  }
  if (draw.Chance(30)) layer.valid_from = draw.Between(first, last - 1);
  if (draw.Chance(30)) {
    layer.valid_to = draw.Between(std::max(layer.valid_from, first) + 1, last + 1);
  }
  return layer;
}

DayHours Hours(const oracle::Hours& hours) {
  DayHours out;
  for (const auto& [open, close] : hours) {
    out.push_back({static_cast<std::uint16_t>(open), static_cast<std::uint16_t>(close)});
  }
  return out;
}

CalendarLayer Layer(const oracle::Layer& from) {
  CalendarLayer layer;
  layer.source = "random";
  if (from.weekly) {
    layer.weekly.emplace();
    for (std::size_t k = 0; k < 7; ++k) (*layer.weekly)[k] = Hours((*from.weekly)[k]);
  }
  const auto day = [](std::int64_t number) { return static_cast<DayNumber>(number); };
  for (const std::int64_t off : from.days_off) layer.days_off.push_back({day(off), ""});
  for (const auto& [made, weekday] : from.make_up) layer.make_up.push_back({day(made), weekday});
  for (const auto& [half, hours] : from.half_days) {
    layer.half_days.push_back({day(half), Hours(hours)});
  }
  if (from.valid_from != INT64_MIN) layer.valid_from = day(from.valid_from);
  if (from.valid_to != INT64_MAX) layer.valid_to = day(from.valid_to);
  return layer;
}

oracle::Limit DrawLimit(Draw& draw, bool by_hour) {
  oracle::Limit limit;
  const char* const units[] = {"wd", "wd", "wd", "wh", "h", "d", "mo", "y"};
  for (std::int64_t k = draw.Chance(75) ? 1 : draw.Between(2, 3); k > 0; --k) {
    const std::string unit = units[draw.Between(0, 7)];
    double amount = 0;
    if (unit == "wd") {
      amount = static_cast<double>(draw.Between(0, draw.Chance(10) ? 60 : 12));
      if (by_hour && draw.Chance(30)) amount += 0.25 * static_cast<double>(draw.Between(0, 3));
    } else if (unit == "wh" || unit == "h") {
      amount = 0.25 * static_cast<double>(draw.Between(0, 200));
    } else {
      amount = static_cast<double>(draw.Between(0, unit == "d" ? 40 : unit == "mo" ? 3 : 1));
    }
    limit.terms.push_back({amount, unit});
  }
  if (draw.Chance(40)) {
    const int minutes[] = {-2, 900, 1020, 690, 700, static_cast<int>(draw.Between(0, 1439))};
    limit.cutoff = minutes[draw.Between(0, 5)];
    limit.result = draw.Chance(50);
  }
  return limit;
}

std::string Text(const oracle::Limit& limit) {
  std::ostringstream text;
  for (const oracle::Term& term : limit.terms) {
    if (text.tellp() > 0) text << '+';
    text << term.amount << term.unit;
  }
  if (limit.cutoff == -1) return text.str();
  char clock[16];
  std::snprintf(clock, sizeof(clock), "@%02d:%02d", limit.cutoff / 60, limit.cutoff % 60);
  text << (limit.cutoff == -2 ? "@last_hour" : clock) << (limit.result ? ">result" : ">start");
  return text.str();
}

std::vector<oracle::Pause> DrawPauses(Draw& draw, std::int64_t accepted) {
  std::vector<oracle::Pause> pauses;
  if (draw.Chance(45)) return pauses;
  const bool shifting = draw.Chance(25);
  std::int64_t at = accepted;
  for (std::int64_t k = draw.Between(1, 4); k > 0; --k) {
    at += draw.Chance(30) ? draw.Between(0, 600) : draw.Between(0, 8 * 1440);
    const std::int64_t to = at + (draw.Chance(40) ? draw.Between(1, 900) : draw.Between(1, 10000));
    oracle::Pause pause{at, to, oracle::Pause::kResume};
    if (shifting) pause.practice = oracle::Pause::kShift;
    if (draw.Chance(15)) pause.practice = oracle::Pause::kRestart;
    pauses.push_back(pause);
    at = to;
  }
  return pauses;
}

struct Case {
  MinuteNumber accepted;
  std::string limit;
  Policy policy;
  std::vector<Pause> pauses;
};

std::string Show(const Case& one) {
  std::ostringstream text;
  text << "accepted " << ToString(MinuteFrom(one.accepted)) << " limit " << one.limit
       << (one.policy == Policy::kByDay ? " by_day" : " by_hour");
  for (const Pause& pause : one.pauses) {
    text << " pause " << ToString(MinuteFrom(pause.from)) << ".." << ToString(MinuteFrom(pause.to))
         << " practice " << static_cast<int>(pause.practice);
  }
  return text.str();
}

// kNoMinute stands for "outside coverage".
MinuteNumber Asked(const oracle::Calendar& slow, const oracle::Limit& limit, const Case& one,
                   const std::vector<oracle::Pause>& pauses) {
  try {
    return slow.Due(limit, one.policy == Policy::kByHour, one.accepted, pauses);
  } catch (const std::out_of_range&) {
    return kNoMinute;
  }
}

// One case, scalar and, without pauses, as a batch of one. Returns whether all agree.
bool Agrees(const WorkingCalendar& calendar, const oracle::Calendar& slow, Draw& draw) {
  Case one;
  one.policy = draw.Chance(50) ? Policy::kByDay : Policy::kByHour;
  const oracle::Limit limit = DrawLimit(draw, one.policy == Policy::kByHour);
  one.limit = Text(limit);
  one.accepted =
      draw.Between(kFirst, kLast) * 1440 +
      (draw.Chance(20) ? draw.Between(0, 1439) : 30 * draw.Between(13, 36) + draw.Between(-1, 1));
  const std::vector<oracle::Pause> pauses = DrawPauses(draw, one.accepted);
  for (const oracle::Pause& pause : pauses) {
    one.pauses.push_back({pause.from, pause.to, static_cast<PausePractice>(pause.practice)});
  }
  const MinuteNumber expected = Asked(slow, limit, one, pauses);
  const TimeLimit parsed = TimeLimit::Parse(one.limit).value();
  const auto deadline =
      ComputeDeadline(calendar, parsed, one.accepted, {.policy = one.policy, .pauses = one.pauses});
  if (!deadline.ok() && ReasonOf(deadline.status()) != Reason::kOutsideCoverage) {
    ADD_FAILURE() << deadline.status().ToString() << "\n" << Show(one);
    return false;
  }
  MinuteNumber found = deadline.ok() ? deadline->due : kNoMinute;
  if (found == expected && pauses.empty()) {
    BatchRules rules;
    rules.calendars = {&calendar, 1};
    rules.limits = {&parsed, 1};
    rules.policy = one.policy;
    Deadlines(rules, 1, {&one.accepted}, {&found});
  }
  if (found == expected) return true;
  ADD_FAILURE() << Show(one) << "\nexpected "
                << (expected == kNoMinute ? "outside" : ToString(MinuteFrom(expected))) << " found "
                << (found == kNoMinute ? "outside" : ToString(MinuteFrom(found)));
  return false;
}

TEST(MinuteOracle, AgreesOnRandomCases) {
  const char* const given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed =
      given != nullptr
          ? std::strtoull(given, nullptr, 10)
          : static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  const int cases = std::getenv("MOTCUA_LONG") != nullptr ? 1000000 : 50000;
  constexpr int kCasesACalendar = 1000;
  std::printf("seed %llu, %d cases (repeat with MOTCUA_SEED)\n",
              static_cast<unsigned long long>(seed), cases);
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/core/data/time/notices.tsv");
  std::stringstream notices;
  notices << file.rdbuf();
  const oracle::NationalDays national = oracle::ReadNationalDays(notices.str());
  const WorkingCalendar law =
      WorkingCalendar::National(Dataset::Builtin(), {}, DayFrom(static_cast<DayNumber>(kFirst)),
                                DayFrom(static_cast<DayNumber>(kLast)))
          .value();
  int failures = 0;
  for (int calendar = 0; calendar < cases / kCasesACalendar && failures < 5; ++calendar) {
    Draw draw(seed + static_cast<std::uint64_t>(calendar));
    std::vector<oracle::Layer> layers;
    WorkingCalendar fast = law;
    for (std::int64_t k = draw.Between(0, 3); k > 0; --k) {
      layers.push_back(DrawLayer(draw, kFirst, kLast));
      const auto next = fast.WithLayer(Layer(layers.back()));
      ASSERT_THAT(next, IsOk());
      fast = *next;
    }
    const oracle::Calendar slow(national, layers, kFirst, kLast);
    for (int k = 0; k < kCasesACalendar && failures < 5; ++k) failures += !Agrees(fast, slow, draw);
    for (int k = 0; k < 20; ++k) {
      const std::int64_t a = draw.Between(kFirst, kLast - 400);
      const std::int64_t b = a + draw.Between(0, 400);
      const auto day = [](std::int64_t number) { return static_cast<DayNumber>(number); };
      EXPECT_EQ(*fast.CountWorkingDays(day(a), day(b)), slow.CountDays(a, b));
      EXPECT_EQ(*fast.IsWorkingDay(day(a)), slow.WorksOn(a));
      const std::int64_t m = draw.Between(0, 1439);
      EXPECT_EQ(*fast.WorkingMinutes(a * 1440 + m, b * 1440 + m),
                slow.CountMinutes(a * 1440 + m, b * 1440 + m));
    }
  }
  EXPECT_EQ(failures, 0) << "seed " << seed;
}

}  // namespace
}  // namespace motcua
