// Columns of random dossiers of random offices: each row against the slow oracle, and the latest
// acceptances by what they are. The seed as in oracle_test.cc.
#include <gmock/gmock.h>

#include <cstdlib>
#include <optional>

#include "motcua/time/batch.h"
#include "motcua/time/latest_acceptance.h"
#include "motcua/time/months.h"
#include "tests/oracle/library_bridge.h"
#include "tests/oracle/random_case.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using oracle::Calendar;
using oracle::Draw;
using oracle::Limit;
using oracle::Office;
using oracle::Question;

constexpr std::size_t kRows = 300;  // whole blocks and a rest

std::uint64_t Seed() {
  const char* const given = std::getenv("MOTCUA_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20250701;
}

int Offices() {
  const char* const whole = std::getenv("MOTCUA_LONG");
  return whole != nullptr && std::string(whole) == "1" ? 100 : 10;
}

// Every kind of limit that a batch counts in its own way.
constexpr const char* kAlike[] = {"0wd",
                                  "3wd",
                                  "20wd@15:00>start",
                                  "same_day@last_hour",
                                  "5wh",
                                  "12wh@10:00>start",
                                  "0.5wh",
                                  "24h",
                                  "10h@15:00>result",
                                  "0d",
                                  "7d",
                                  "30d@14:00>start",
                                  "2d@15:00>result",
                                  "1mo",
                                  "13mo",
                                  "1y",
                                  "5wd+7d",
                                  "1wh+2wd+3h@16:00>result"};

// The oracle's due minute; kNoMinute for none, and where it refuses.
MinuteNumber Judged(const Calendar& judge, Question question) {
  try {
    return oracle::Ask(judge, question).due.value_or(kNoMinute);
  } catch (const oracle::Outside&) {
  } catch (const oracle::Refused&) {
  }
  return kNoMinute;
}

struct Columns {
  std::vector<Question> questions;
  std::vector<TimeLimit> limits;
  std::vector<std::int32_t> limit_of_row;
  std::vector<MinuteNumber> accepted_at;

  void Add(Question question) {
    question.pauses.clear();
    question.extension.reset();
    accepted_at.push_back(question.accepted_at);
    limit_of_row.push_back(static_cast<std::int32_t>(limits.size()));
    limits.push_back(*TimeLimit::Parse(question.limit.text));
    questions.push_back(std::move(question));
  }
};

// Rows of a random office, of both policies in turn; with `alike` one limit for all.
template <typename Visit>
void EachColumn(Visit visit) {
  for (int k = 0; k < Offices(); ++k) {
    Draw draw(Seed() * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(k));
    const Office office = draw.AnOffice();
    const Calendar judge(office.layers, office.first, office.last);
    const auto calendar = oracle::ToLibrary(office.layers, office.first, office.last);
    ASSERT_THAT(calendar, IsOk());
    for (const oracle::Policy policy : {oracle::Policy::kByDay, oracle::Policy::kByHour}) {
      for (std::size_t which = 0; which <= std::size(kAlike); ++which) {
        Columns columns;
        while (columns.questions.size() < kRows / (which == 0 ? 1 : 2)) {
          Question question = draw.AQuestion(office, judge);
          question.policy = policy;
          if (which > 0) question.limit = oracle::ParseLimit(kAlike[which - 1]);
          columns.Add(std::move(question));
        }
        SCOPED_TRACE("MOTCUA_SEED=" + std::to_string(Seed()) + ", office " + std::to_string(k) +
                     ", " + (which == 0 ? "limits by row" : kAlike[which - 1]));
        const std::span calendars(&*calendar, 1);
        const std::size_t limits = which == 0 ? columns.limits.size() : 1;
        BatchRules rules{.calendars = calendars,
                         .calendar_of_row = {},
                         .limits = std::span(columns.limits).first(limits),
                         .limit_of_row = {},
                         .policy = oracle::ToLibrary(policy)};
        if (which == 0) rules.limit_of_row = columns.limit_of_row.data();
        visit(columns, rules, judge);
        if (testing::Test::HasFailure()) return;
      }
    }
  }
}

TEST(BatchLaw, EachDueTimeIsTheOracles) {
  EachColumn([](const Columns& columns, const BatchRules& rules, const Calendar& judge) {
    const std::size_t rows = columns.accepted_at.size();
    std::vector<MinuteNumber> due(rows);
    const BatchErrors errors = Deadlines(rules, rows, columns.accepted_at.data(), due.data());
    std::vector<std::size_t> bad;
    for (std::size_t row = 0; row < rows; ++row) {
      const Question& question = columns.questions[row];
      const MinuteNumber expected = Judged(judge, question);
      EXPECT_EQ(due[row], expected) << "row " << row << ": " << question.limit.text << " from "
                                    << oracle::MinuteText(question.accepted_at);
      if (!oracle::AskLibrary(rules.calendars[0], question).ok()) bad.push_back(row);
    }
    EXPECT_EQ(errors.rows, bad);
  });
}

TEST(BatchLaw, TheLatestAcceptanceIsInTimeAndTheNextMinuteIsNot) {
  EachColumn([](const Columns& columns, const BatchRules& rules, const Calendar& judge) {
    const std::size_t rows = columns.accepted_at.size() / 5;
    const std::vector<MinuteNumber>& wished = columns.accepted_at;
    std::vector<MinuteNumber> latest(rows);
    const BatchErrors errors = LatestAcceptances(rules, rows, wished.data(), latest.data());
    std::size_t failed = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      const TimeLimit& limit = rules.limits[rules.limit_of_row ? row : 0];
      const auto alone = LatestAcceptance(rules.calendars[0], limit, wished[row], rules.policy);
      const bool listed = failed < errors.rows.size() && errors.rows[failed] == row;
      EXPECT_EQ(listed, !alone.ok()) << row;
      failed += listed ? 1 : 0;
      EXPECT_EQ(latest[row], alone.value_or(kNoMinute)) << row;
      if (!alone.ok()) continue;
      Question question = columns.questions[row];
      question.accepted_at = latest[row];
      EXPECT_LE(Judged(judge, question), wished[row]) << question.limit.text;
      for (const int later : {1, 30, 500, 1440}) {
        question.accepted_at = latest[row] + later;
        const MinuteNumber due = Judged(judge, question);
        EXPECT_TRUE(due == kNoMinute || due > wished[row])
            << question.limit.text << " by " << oracle::MinuteText(wished[row]) << ": "
            << oracle::MinuteText(latest[row]) << " + " << later;
      }
    }
    EXPECT_EQ(failed, errors.rows.size());
  });
}

TEST(BatchLaw, NoSuchTimeStaysNoSuchTime) {
  const auto calendar = WorkingCalendar::National();
  ASSERT_THAT(calendar, IsOk());
  const TimeLimit limit = *TimeLimit::Parse("7d");
  const BatchRules rules{.calendars = std::span(&*calendar, 1),
                         .calendar_of_row = {},
                         .limits = std::span(&limit, 1),
                         .limit_of_row = {},
                         .policy = Policy::kByDay};
  std::vector<MinuteNumber> given(kRows, ToNumber(CivilMinute(2025, 7, 1, 8, 0))), out(kRows);
  given[5] = given[200] = kNoMinute;
  EXPECT_TRUE(Deadlines(rules, kRows, given.data(), out.data()).rows.empty());
  EXPECT_EQ(out[5], kNoMinute);
  EXPECT_EQ(out[200], kNoMinute);
  EXPECT_EQ(out[6], ToNumber(CivilMinute(2025, 7, 8, 17, 30)));
  EXPECT_TRUE(LatestAcceptances(rules, kRows, given.data(), out.data()).rows.empty());
  EXPECT_EQ(out[200], kNoMinute);
}

// Civil Code art. 148, by the civil calendar of Abseil.
TEST(Months, TheCorrespondingDayIsThatOfTheCivilCalendar) {
  for (DayNumber day = ToNumber(CivilDay(2003, 1, 1)); day < ToNumber(CivilDay(2041)); ++day) {
    for (const std::int64_t months : {0, 1, 2, 3, 11, 12, 13, 48, 1200, 100000}) {
      const CivilDay from = DayFrom(day);
      const absl::CivilMonth month = absl::CivilMonth(from) + months;
      const int length = static_cast<int>(CivilDay(month + 1) - CivilDay(month));
      const CivilDay expected = CivilDay(month) + (std::min(from.day(), length) - 1);
      ASSERT_EQ(MonthsLater(day, months), expected - CivilDay(1970)) << ToString(from) << months;
    }
  }
}

}  // namespace
}  // namespace motcua
