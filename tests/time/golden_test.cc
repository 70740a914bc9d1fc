// The golden table of deadlines, written by hand from the law, against the library and
// against the oracle.
#include <gmock/gmock.h>

#include "motcua/time/latest_acceptance.h"
#include "tests/golden/golden_table.h"
#include "tests/oracle/library_bridge.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using oracle::DayAt;

const oracle::Day kFirst = DayAt(2004, 1, 1);
const oracle::Day kLast = DayAt(2040, 12, 31);

std::vector<golden::Row> Rows() {
  return golden::ReadDeadlines(golden::ReadGoldenFile("deadlines.tsv"),
                               golden::ReadLayers(golden::ReadGoldenFile("layers.tsv")));
}

std::string Name(const golden::Row& row) { return row.name + " (" + row.basis + ")"; }

// A limit of plain working days alone.
bool IsWorkingDaysOnly(const golden::Row& row) {
  const oracle::Limit& limit = row.question.limit;
  return !limit.none && limit.terms.size() == 1 && !limit.has_cutoff &&
         limit.terms[0].unit == oracle::Unit::kWorkingDay &&
         row.question.policy == oracle::Policy::kByDay;
}

bool IsUndisturbed(const golden::Row& row) {
  return row.question.pauses.empty() && !row.question.extension && row.expected.due;
}

TEST(Golden, LibraryAgreesWithTheLaw) {
  for (const golden::Row& row : Rows()) {
    const auto calendar = oracle::ToLibrary(row.layers, kFirst, kLast);
    ASSERT_THAT(calendar, IsOk()) << Name(row);
    const auto deadline = oracle::AskLibrary(*calendar, row.question);
    ASSERT_THAT(deadline, IsOk()) << Name(row);
    EXPECT_EQ(deadline->effective_start, row.expected.effective_start) << Name(row);
    EXPECT_EQ(deadline->due, row.expected.due.value_or(kNoMinute)) << Name(row);
    EXPECT_EQ(deadline->original_due, row.expected.original_due.value_or(kNoMinute)) << Name(row);
    EXPECT_EQ(deadline->provisional, row.expected.provisional) << Name(row);
    EXPECT_EQ(deadline->paused, !row.expected.due && row.expected.original_due) << Name(row);
  }
}

TEST(Golden, OracleAgreesWithTheLaw) {
  for (const golden::Row& row : Rows()) {
    const oracle::Calendar calendar(row.layers, kFirst, kLast);
    const oracle::Answer answer = oracle::Ask(calendar, row.question);
    EXPECT_EQ(answer.effective_start, row.expected.effective_start) << Name(row);
    EXPECT_EQ(answer.due, row.expected.due) << Name(row);
    EXPECT_EQ(answer.original_due, row.expected.original_due) << Name(row);
    EXPECT_EQ(answer.provisional, row.expected.provisional) << Name(row);
  }
}

// The table read from right to left: who must be done by then was accepted when?
TEST(Golden, LatestAcceptanceLeadsBack) {
  for (const golden::Row& row : Rows()) {
    if (!IsUndisturbed(row)) continue;
    const auto calendar = oracle::ToLibrary(row.layers, kFirst, kLast);
    ASSERT_THAT(calendar, IsOk());
    const auto limit = TimeLimit::Parse(row.question.limit.text);
    ASSERT_THAT(limit, IsOk()) << Name(row);
    const auto latest = LatestAcceptance(*calendar, *limit, *row.expected.due,
                                         oracle::ToLibrary(row.question.policy));
    ASSERT_THAT(latest, IsOk()) << Name(row);
    EXPECT_GE(*latest, row.question.accepted_at) << Name(row);
    oracle::Question question = row.question;
    question.accepted_at = *latest;
    const oracle::Calendar judge(row.layers, kFirst, kLast);
    EXPECT_LE(oracle::Ask(judge, question).due, row.expected.due) << Name(row);
    ++question.accepted_at;
    EXPECT_GT(oracle::Ask(judge, question).due, row.expected.due) << Name(row);
  }
}

TEST(Golden, WorkingDaysCountBack) {
  for (const golden::Row& row : Rows()) {
    if (!IsWorkingDaysOnly(row) || !IsUndisturbed(row)) continue;
    const auto calendar = oracle::ToLibrary(row.layers, kFirst, kLast);
    ASSERT_THAT(calendar, IsOk());
    const auto count =
        calendar->CountWorkingDays(DayOf(row.expected.effective_start), DayOf(*row.expected.due));
    ASSERT_THAT(count, IsOk()) << Name(row);
    EXPECT_EQ(*count * 4, row.question.limit.terms[0].quarters) << Name(row);
  }
}

TEST(Golden, TableIsComplete) {
  const std::vector<golden::Row> rows = Rows();
  EXPECT_GE(rows.size(), 120u);
  // Every Tet and every make-up day of 2015-2026 has its row.
  for (int year = 2015; year <= 2026; ++year) {
    const std::string tet = "tet_" + std::to_string(year);
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const golden::Row& row) {
      return row.name.rfind(tet, 0) == 0;
    })) << tet;
  }
  for (const auto& [worked, instead_of] : oracle::OfficialMakeUpDays()) {
    if (worked < DayAt(2014, 12, 1)) continue;
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [worked = worked](const golden::Row& row) {
      return row.expected.due && DayOf(*row.expected.due) == worked;
    })) << oracle::DayText(worked);
  }
}

constexpr char kHeader[] =
    "name\tbasis\tlayers\taccepted_at\tlimit\tpolicy\tpauses\textension\teffective_start\t"
    "original_due\tdue\tprovisional\n";
constexpr char kRest[] = "\t-\t2025-07-08T08:00\t1wd\tby_day\t-\t-\t=\t=\t2025-07-09T17:30\tno\n";

TEST(GoldenLoader, RefusesARowWithoutBasis) {
  const std::string good = std::string(kHeader) + "a\tCivil Code 2015 art. 147" + kRest;
  EXPECT_EQ(golden::ReadDeadlines(good, {}).size(), 1u);
  for (const char* basis : {"", "-"}) {
    const std::string bad = std::string(kHeader) + "a\t" + basis + kRest;
    EXPECT_THROW(golden::ReadDeadlines(bad, {}), std::invalid_argument) << basis;
  }
}

TEST(GoldenLoader, RefusesWhatIsUnclear) {
  const std::string row = std::string("a\tart. 147") + kRest;
  for (const std::string& bad :
       {row + row, std::string("a\tart. 147\n"),
        "a\tart. 147\tnowhere" + std::string(kRest).substr(2),
        std::string("a\tart. 147") + "\t-\t2025-07-08\t1wd\tby_day\t-\t-\t=\t=\t-\tno\n",
        std::string("a\tart. 147") + "\t-\t2025-07-08T08:00\t1wd\tby_week\t-\t-\t=\t=\t-\tno\n",
        std::string("a\tart. 147") +
            "\t-\t2025-07-08T08:00\t1wd\tby_day\trest\t-\t=\t=\t-\tno\n"}) {
    EXPECT_THROW(golden::ReadDeadlines(kHeader + bad, {}), std::invalid_argument) << bad;
  }
}

}  // namespace
}  // namespace motcua
