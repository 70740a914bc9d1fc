// Random calendars, limits, cut-offs and pauses: the library against the slow oracle.
//
//   MOTCUA_SEED=N   repeats a run; without it the seed is drawn from the clock and printed
//   MOTCUA_LONG=1   1,000,000 dossiers instead of 50,000
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "motcua/time/lateness.h"
#include "motcua/time/latest_acceptance.h"
#include "tests/oracle/library_bridge.h"
#include "tests/oracle/random_case.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using oracle::Calendar;
using oracle::Case;
using oracle::DayAt;
using oracle::DayText;
using oracle::Draw;
using oracle::MinuteText;
using oracle::Office;
using oracle::Question;

constexpr int kDossiersOfAnOffice = 100;

std::uint64_t Seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("MOTCUA_SEED");
    const std::uint64_t drawn =
        given != nullptr
            ? std::strtoull(given, nullptr, 10)
            : static_cast<std::uint64_t>(
                  std::chrono::system_clock::now().time_since_epoch().count() / 1000 % 1000000007);
    std::printf("MOTCUA_SEED=%llu\n", static_cast<unsigned long long>(drawn));
    return drawn;
  }();
  return seed;
}

int Dossiers() {
  const char* whole = std::getenv("MOTCUA_LONG");
  return whole != nullptr && std::string(whole) == "1" ? 1000000 : 50000;
}

// The laws need fewer: what they ask is broad, not deep.
int OfficesForALaw() { return Dossiers() / 250; }

// Each office has its own seed, so that one can be looked at alone.
std::uint64_t SeedOf(int office) {
  return Seed() * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(office);
}

// What is the matter with the case, in words; empty if library and oracle agree.
std::string Difference(const Case& it) {
  const Calendar judge(it.office.layers, it.office.first, it.office.last);
  const auto calendar = oracle::ToLibrary(it.office.layers, it.office.first, it.office.last);
  if (!calendar.ok()) return "";  // a case made shorter may have layers that are refused
  const std::string expected = oracle::InWords(judge, it.question);
  const std::string got = oracle::InWords(oracle::AskLibrary(*calendar, it.question));
  return expected == got ? "" : "  oracle:  " + expected + "\n  library: " + got;
}

void Report(const Case& it, int office) {
  const Case shortest = oracle::Shorten(it, [](const Case& c) { return !Difference(c).empty(); });
  ADD_FAILURE() << "MOTCUA_SEED=" << Seed() << ", office " << office << "\n"
                << oracle::Describe(shortest) << "\n"
                << Difference(shortest);
}

// Calls `visit` with each random office, its two calendars and its draw, until five fail.
template <typename Visit>
void EachOffice(int offices, Visit visit) {
  int failed = 0, seen = 0;
  for (int k = 0; k < offices && failed < 5; ++k) {
    Draw draw(SeedOf(k));
    const Office office = draw.AnOffice();
    const Calendar judge(office.layers, office.first, office.last);
    const auto calendar = oracle::ToLibrary(office.layers, office.first, office.last);
    ASSERT_THAT(calendar, IsOk()) << "MOTCUA_SEED=" << Seed() << ", office " << k;
    SCOPED_TRACE("MOTCUA_SEED=" + std::to_string(Seed()) + ", office " + std::to_string(k));
    visit(k, office, judge, *calendar, draw);
    const int parts =
        testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count();
    if (parts > seen) ++failed;
    seen = parts;
  }
}

TEST(Oracle, Deadlines) {
  EachOffice(Dossiers() / kDossiersOfAnOffice,
             [](int number, const Office& office, const Calendar& judge,
                const WorkingCalendar& calendar, Draw& draw) {
               for (int k = 0; k < kDossiersOfAnOffice; ++k) {
                 const Question question = draw.AQuestion(office, judge);
                 const std::string expected = oracle::InWords(judge, question);
                 const std::string got = oracle::InWords(oracle::AskLibrary(calendar, question));
                 if (expected != got) return Report({office, question}, number);
               }
             });
}

// The special days of the whole country, in both directions.
TEST(Oracle, NationalDays) {
  const auto calendar = WorkingCalendar::National();
  ASSERT_THAT(calendar, IsOk());
  std::set<oracle::Day> off, worked;
  for (const Holiday& day : calendar->special_days()) {
    (day.kind == HolidayKind::kMakeUp ? worked : off).insert(day.day);
  }
  std::set<oracle::Day> expected_worked;
  for (const auto& [day, instead_of] : oracle::OfficialMakeUpDays()) expected_worked.insert(day);
  for (int day = DayAt(2004, 1, 1); day <= DayAt(2040, 12, 31); ++day) {
    EXPECT_EQ(off.count(day), oracle::OfficialDaysOff().count(day)) << DayText(day);
    EXPECT_EQ(worked.count(day), expected_worked.count(day)) << DayText(day);
  }
}

TEST(Oracle, DaysAndMinutesOfCalendars) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    const int first = std::max(office.first, office.focus - 70);
    const int last = std::min(office.last, office.focus + 70);
    for (int day = first; day <= last; ++day) {
      EXPECT_EQ(*calendar.IsWorkingDay(day), judge.IsWorkingDay(day)) << DayText(day);
    }
    for (int k = 0; k < 10; ++k) {
      const int a = draw.Int(first, last), b = draw.Int(first, last);
      EXPECT_EQ(*calendar.CountWorkingDays(a, b), judge.CountWorkingDays(a, b))
          << DayText(a) << " " << DayText(b);
      const MinuteNumber from = draw.AMinute(judge, a);
      const MinuteNumber to = draw.AMinute(judge, std::clamp(a + draw.Int(-9, 9), first, last));
      EXPECT_EQ(*calendar.WorkingMinutes(from, to), judge.WorkingMinutes(from, to))
          << MinuteText(from) << " " << MinuteText(to);
      try {
        const int n = draw.Int(0, 20);
        EXPECT_EQ(*calendar.AddWorkingDays(a, n), judge.AddWorkingDays(a, n)) << DayText(a);
        EXPECT_EQ(*calendar.EffectiveStart(from), judge.EffectiveStart(from)) << MinuteText(from);
      } catch (const oracle::Outside&) {
      }
    }
  });
}

// ---- laws that hold whatever the calendar ----

// Whether an earlier acceptance, a shorter limit and no pause can never be due later. Two
// rules of the one-stop door make exceptions:
//   h        an end at noon moves to the closing at 17:30, an end at 14:00 stays there
//   >result  received at 15:30, 4 working hours `@15:00>result` are due at the end of the day
//            after next; received the next morning, the next day. Likewise plain days, where
//            the roll to a working day has made the two dates one
bool IsMonotone(const Question& question) {
  const bool result_moves = question.limit.has_cutoff && question.limit.moves_result;
  for (const oracle::Term& term : question.limit.terms) {
    if (term.unit == oracle::Unit::kHour) return false;
    const bool in_days =
        term.unit == oracle::Unit::kWorkingDay && question.policy == oracle::Policy::kByDay;
    if (result_moves && !in_days) return false;
  }
  return true;
}

constexpr MinuteNumber kNever = std::numeric_limits<MinuteNumber>::max();

// The due time; kNever where there is none within coverage.
MinuteNumber Due(const WorkingCalendar& calendar, const Question& question) {
  const auto deadline = oracle::AskLibrary(calendar, question);
  if (deadline.ok() && deadline->due != kNoMinute) return deadline->due;
  return kNever;
}

Question Plain(Draw& draw, const Office& office, const Calendar& judge) {
  Question question = draw.AQuestion(office, judge);
  question.pauses.clear();
  question.extension.reset();
  return question;
}

TEST(Law, DueIsMonotoneInStartAndAmount) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 10; ++k) {
      Question question = Plain(draw, office, judge);
      if (question.limit.none || question.limit.text[0] == 's') continue;  // nothing to lengthen
      const MinuteNumber due = Due(calendar, question);
      if (due == kNever) continue;
      Question later = question;
      later.accepted_at += draw.Int(1, 3000);
      if (!IsMonotone(question)) continue;
      EXPECT_LE(due, Due(calendar, later)) << oracle::Describe(Case{office, question});
      const std::size_t unit = question.limit.text.find_first_of("wdhmy");
      Question longer = question;
      longer.limit =
          oracle::ParseLimit(std::to_string(std::stoi(question.limit.text) + draw.Int(1, 9)) +
                             question.limit.text.substr(unit));
      EXPECT_LE(due, Due(calendar, longer)) << oracle::Describe(Case{office, question});
    }
  });
}

TEST(Law, CountingUndoesAdding) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar&,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 20; ++k) {
      const int day = std::clamp(office.focus + draw.Int(-70, 70), office.first, office.last);
      const int n = draw.Int(0, 90);
      const auto reached = calendar.AddWorkingDays(day, n);
      if (!reached.ok()) continue;
      EXPECT_EQ(*calendar.CountWorkingDays(day, *reached), n) << DayText(day);
      EXPECT_EQ(*calendar.CountWorkingDays(*reached, day), -n) << DayText(day);
    }
  });
}

TEST(Law, WorkingMinutesAreAdditive) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    const auto somewhen = [&] {
      return draw.AMinute(
          judge, std::clamp(office.focus + draw.Int(-400, 400), office.first, office.last));
    };
    for (int k = 0; k < 20; ++k) {
      const MinuteNumber a = somewhen(), b = somewhen(), c = somewhen();
      EXPECT_EQ(*calendar.WorkingMinutes(a, b) + *calendar.WorkingMinutes(b, c),
                *calendar.WorkingMinutes(a, c))
          << MinuteText(a) << " " << MinuteText(b) << " " << MinuteText(c);
      EXPECT_EQ(*calendar.WorkingMinutes(a, b), -*calendar.WorkingMinutes(b, a));
    }
  });
}

// A restart forgets what the pauses before it gave, and two of those may give more than the
// clock had run: a shift, which gives whole working days, and a pause of plain days that began
// after acceptance but before the clock started.
bool RestartForgetsAGift(const Question& question, MinuteNumber start) {
  bool gift = false;
  for (const oracle::Pause& pause : question.pauses) {
    if (gift && pause.practice == oracle::Practice::kRestart) return true;
    gift |= pause.practice == oracle::Practice::kShift || pause.from < start;
  }
  return false;
}

TEST(Law, PauseNeverBringsADueTimeNearer) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 20; ++k) {
      Question question = draw.AQuestion(office, judge);
      question.extension.reset();
      if (question.pauses.empty() || !IsMonotone(question)) continue;
      Question undisturbed = question;
      undisturbed.pauses.clear();
      const auto plain = oracle::AskLibrary(calendar, undisturbed);
      if (!plain.ok() || RestartForgetsAGift(question, plain->effective_start)) continue;
      const MinuteNumber paused = Due(calendar, question);
      Question fewer = question;
      fewer.pauses.pop_back();
      EXPECT_LE(Due(calendar, fewer), paused) << oracle::Describe(Case{office, question});
    }
  });
}

// The library's latest acceptance, against a search minute by minute where the limit is short
// enough for one, and by its own definition everywhere.
TEST(Law, LatestAcceptanceInverts) {
  EachOffice(OfficesForALaw(), [](int number, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 5; ++k) {
      Question question = Plain(draw, office, judge);
      const MinuteNumber wished =
          draw.Chance(50) ? Due(calendar, question) : question.accepted_at + draw.Int(0, 20000);
      const auto limit = TimeLimit::Parse(question.limit.text);
      const auto latest =
          LatestAcceptance(calendar, *limit, wished, oracle::ToLibrary(question.policy));
      if (!latest.ok()) continue;
      question.accepted_at = *latest;
      const Case it{office, question};
      EXPECT_LE(Due(calendar, question), wished) << MinuteText(wished) << "\n"
                                                 << oracle::Describe(it);
      for (int after : {1, 2, 60, 240, 480, 1000, 1440, 3000}) {
        question.accepted_at = *latest + after;
        EXPECT_GT(Due(calendar, question), wished) << MinuteText(wished) << " " << after << "\n"
                                                   << oracle::Describe(it);
      }
      if (number % 5 != 0 || wished - *latest > 3 * 1440) continue;
      try {
        EXPECT_EQ(*latest, oracle::LatestAcceptance(judge, question.limit, wished, question.policy))
            << MinuteText(wished) << "\n"
            << oracle::Describe(it);
      } catch (const oracle::Outside&) {
      } catch (const oracle::Refused&) {
      }
    }
  });
}

TEST(Law, RemainingCountsDownToNoughtAtTheDueMinute) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 10; ++k) {
      const Question question = Plain(draw, office, judge);
      const auto deadline = oracle::AskLibrary(calendar, question);
      if (!deadline.ok() || deadline->due == kNoMinute) continue;
      EXPECT_EQ(*Remaining(calendar, *deadline, {}, deadline->due), 0);
      const MinuteNumber now = question.accepted_at + draw.Int(0, 30000);
      const auto left = Remaining(calendar, *deadline, {}, now);
      if (!left.ok()) continue;
      EXPECT_EQ(*left, judge.WorkingMinutes(now, deadline->due))
          << MinuteText(now) << "\n"
          << oracle::Describe(Case{office, question});
    }
  });
}

// Whatever the pauses: what is used and what is left are together the same at every minute from
// the start to the due time, and at the due time all is used.
TEST(Law, ElapsedAndRemainingAddUp) {
  EachOffice(OfficesForALaw(), [](int, const Office& office, const Calendar& judge,
                                  const WorkingCalendar& calendar, Draw& draw) {
    for (int k = 0; k < 10; ++k) {
      const Question question = draw.AQuestion(office, judge);
      const auto deadline = oracle::AskLibrary(calendar, question);
      if (!deadline.ok() || deadline->due == kNoMinute) continue;
      std::vector<Pause> pauses;  // closed, or after the due time
      for (const oracle::Pause& pause : question.pauses) {
        pauses.push_back({pause.from, pause.to.value_or(kNoMinute), PausePractice::kResume});
      }
      const auto whole = Elapsed(calendar, *deadline, pauses, deadline->due);
      if (!whole.ok()) continue;
      EXPECT_EQ(*Remaining(calendar, *deadline, pauses, deadline->due), 0);
      const auto length = static_cast<int>(deadline->due - deadline->effective_start);
      for (int step = 0; step < 5; ++step) {
        const MinuteNumber now = deadline->effective_start + draw.Int(0, length);
        EXPECT_EQ(*Elapsed(calendar, *deadline, pauses, now) +
                      *Remaining(calendar, *deadline, pauses, now),
                  *whole)
            << MinuteText(now) << "\n"
            << oracle::Describe(Case{office, question});
      }
    }
  });
}

}  // namespace
}  // namespace motcua
