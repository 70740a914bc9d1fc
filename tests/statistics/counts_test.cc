#include "motcua/statistics/counts.h"

#include <gmock/gmock.h>

#include <array>
#include <random>

#include "motcua/statistics/form.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using testing::HasSubstr;

FoldRules Rules() {
  return {.calendar = *WorkingCalendar::National(),
          .machine = *Machine::National(),
          .calendars = {},
          .catalogue = std::nullopt,
          .policy = Policy::kByDay,
          .clock = true};
}

MinuteNumber At(int month, int day, int hour) {
  return ToNumber(CivilMinute(2025, month, day, hour, 0));
}

void Add(EventLog& log, const std::string& dossier, EventKind kind, MinuteNumber at,
         Channel channel = Channel::kUnknown, std::string_view agency = "A") {
  const std::string id = std::to_string(log.size());
  const bool opens = kind == EventKind::kAccept || kind == EventKind::kSubmit;
  ASSERT_THAT(log.Append({.id = id,
                          .dossier = dossier,
                          .kind = kind,
                          .channel = channel,
                          .at = at,
                          .agency = agency,
                          .procedure = opens ? "P" : "",
                          .limit = kind == EventKind::kAccept ? "5wd" : ""}),
              IsOk());
}

// One dossier of every kind, around July 2025. Five working days from Tue 1 July: Tue 8.
EventLog July() {
  EventLog log;
  Add(log, "early", EventKind::kAccept, At(7, 1, 8), Channel::kDirect);
  Add(log, "early", EventKind::kFinish, At(7, 7, 8));
  Add(log, "on time", EventKind::kAccept, At(7, 1, 8), Channel::kPostal);
  Add(log, "on time", EventKind::kFinish, At(7, 8, 20));
  Add(log, "overdue", EventKind::kSubmit, At(7, 1, 7), Channel::kOnline);
  Add(log, "overdue", EventKind::kAccept, At(7, 1, 8));
  Add(log, "overdue", EventKind::kFinish, At(7, 9, 8));
  Add(log, "returned", EventKind::kAccept, At(7, 1, 8), Channel::kDirect);
  Add(log, "returned", EventKind::kStop, At(7, 2, 8));
  Add(log, "withdrawn", EventKind::kAccept, At(7, 1, 8), Channel::kDirect);
  Add(log, "withdrawn", EventKind::kWithdraw, At(7, 2, 8));
  Add(log, "refused", EventKind::kSubmit, At(7, 1, 8), Channel::kOnline);
  Add(log, "refused", EventKind::kRefuse, At(7, 2, 8));
  Add(log, "waiting", EventKind::kSubmit, At(7, 1, 8), Channel::kOnline);
  Add(log, "june, finished in june", EventKind::kAccept, At(6, 2, 8), Channel::kDirect);
  Add(log, "june, finished in june", EventKind::kFinish, At(6, 5, 8));
  Add(log, "june, finished in july", EventKind::kAccept, At(6, 25, 8), Channel::kDirect);
  Add(log, "june, finished in july", EventKind::kFinish, At(7, 2, 8));
  Add(log, "pending", EventKind::kAccept, At(7, 28, 8), Channel::kDirect);
  Add(log, "pending, finished in august", EventKind::kAccept, At(7, 24, 8), Channel::kDirect);
  Add(log, "pending, finished in august", EventKind::kFinish, At(8, 5, 8));
  Add(log, "pending overdue", EventKind::kAccept, At(7, 10, 8), Channel::kDirect);
  Add(log, "august", EventKind::kAccept, At(8, 1, 8), Channel::kDirect);
  return log;
}

TEST(Count, CountsByHandJuly) {
  const auto dossiers = DossierRegister::Fold(July(), Rules());
  ASSERT_THAT(dossiers, IsOk());
  EXPECT_TRUE(dossiers->problems().empty());
  const auto statistics =
      Count(*dossiers, CivilDay(2025, 7, 1), CivilDay(2025, 7, 31), std::array{Grouping::kAgency});
  ASSERT_THAT(statistics, IsOk());
  const Counts& all = statistics->total;
  EXPECT_EQ(all.received_online, 1);         // overdue
  EXPECT_EQ(all.received_direct_postal, 7);  // early, on time, returned, withdrawn, 3 pending
  EXPECT_EQ(all.carried_over, 1);
  EXPECT_EQ(all.early, 3 + 0);  // early, returned, withdrawn
  EXPECT_EQ(all.on_time, 2);    // on time; due Wed 2 July, finished on it
  EXPECT_EQ(all.overdue, 1);
  EXPECT_EQ(all.returned, 1);
  EXPECT_EQ(all.pending_within, 2);  // due on 31 July is within
  EXPECT_EQ(all.pending_overdue, 1);
  EXPECT_EQ(all.processed(), 9);
  EXPECT_EQ(all.processed(), all.resolved() + all.pending());
  EXPECT_EQ(all.on_time_rate(), 8333);
  ASSERT_EQ(statistics->rows.size(), 1u);
  EXPECT_EQ(statistics->rows[0].keys[0], "A");
  EXPECT_EQ(statistics->rows[0].counts, all);
}

TEST(Count, LinksThePeriods) {
  const auto dossiers = DossierRegister::Fold(July(), Rules());
  ASSERT_THAT(dossiers, IsOk());
  for (int day = 2; day <= 31; ++day) {
    const auto before = Count(*dossiers, CivilDay(2025, 6, 1), CivilDay(2025, 7, day - 1), {});
    const auto after = Count(*dossiers, CivilDay(2025, 7, day), CivilDay(2025, 7, 31), {});
    EXPECT_EQ(before->total.pending(), after->total.carried_over) << day;
  }
}

TEST(Count, CountsAResolvedDossierWhereItWasResolved) {
  EventLog log;
  Add(log, "d", EventKind::kAccept, At(6, 25, 8), Channel::kDirect, "old");
  Add(log, "d", EventKind::kFinish, At(6, 30, 8), Channel::kUnknown, "old");
  Add(log, "d", EventKind::kTransfer, At(7, 1, 0), Channel::kUnknown, "new");
  Add(log, "e", EventKind::kAccept, At(6, 25, 8), Channel::kDirect, "old");
  Add(log, "e", EventKind::kTransfer, At(7, 1, 0), Channel::kUnknown, "new");
  const auto dossiers = DossierRegister::Fold(log, Rules());
  const auto by = std::array{Grouping::kAgency};
  const auto june = Count(*dossiers, CivilDay(2025, 6, 1), CivilDay(2025, 6, 30), by);
  ASSERT_EQ(june->rows.size(), 1u);
  EXPECT_EQ(june->rows[0].keys[0], "old");
  EXPECT_EQ(june->rows[0].counts.resolved(), 1);
  EXPECT_EQ(june->rows[0].counts.pending(), 1);
  const auto july = Count(*dossiers, CivilDay(2025, 7, 1), CivilDay(2025, 7, 31), by);
  ASSERT_EQ(july->rows.size(), 1u);
  EXPECT_EQ(july->rows[0].keys[0], "new");
  EXPECT_EQ(july->rows[0].counts.carried_over, 1);
}

TEST(Count, RefusesWhatIsNoPeriodOrGrouping) {
  const auto dossiers = DossierRegister::Fold(July(), Rules());
  EXPECT_THAT(Count(*dossiers, CivilDay(2025, 7, 2), CivilDay(2025, 7, 1), {}),
              FailsWith(Reason::kInvalidArgument, "last '2025-07-01'"));
  EXPECT_THAT(Count(*dossiers, CivilDay(2025, 7, 1), CivilDay(2025, 7, 2),
                    std::array{Grouping::kField, Grouping::kField}),
              FailsWith(Reason::kInvalidArgument, "by 'field'"));
}

TEST(Form, PrintsIdentitiesCsvAndPage) {
  const auto dossiers = DossierRegister::Fold(July(), Rules());
  const auto statistics = Count(*dossiers, CivilDay(2025, 7, 1), CivilDay(2025, 7, 31),
                                std::array{Grouping::kAgency, Grouping::kChannel});
  const auto columns = FormColumns(statistics->total);
  EXPECT_EQ(columns[0], columns[1] + columns[2] + columns[3]);
  EXPECT_EQ(columns[4], columns[5] + columns[6] + columns[7]);
  EXPECT_EQ(columns[8], columns[9] + columns[10]);
  EXPECT_EQ(columns[0], columns[4] + columns[8]);
  const std::string csv = ToCsv(*statistics);
  EXPECT_THAT(csv, HasSubstr("agency,channel,received_online"));
  EXPECT_THAT(csv, HasSubstr("\ntotal,,1,7,8,1,9,6,3,2,1,1,3,2,1,83.33\n"));
  const std::string html = ToHtml(*statistics, "Tháng 7 <2025>", {{"A", "Phường \"A\" & B"}});
  EXPECT_THAT(html, HasSubstr("Tháng 7 &lt;2025&gt;"));
  EXPECT_THAT(html, HasSubstr("Phường &quot;A&quot; &amp; B"));
  EXPECT_THAT(html, testing::Not(HasSubstr("http")));
}

TEST(Counts, RoundsTheRateHalfUp) {
  Counts counts;
  EXPECT_EQ(counts.on_time_rate(), -1);
  counts.early = 53422;
  counts.overdue = 1509;
  EXPECT_EQ(counts.on_time_rate(), 9725);  // 97.25 %, as published for Lâm Đồng
  counts.early = 16144;
  counts.overdue = 1232;
  EXPECT_EQ(counts.on_time_rate(), 9291);
}

}  // namespace
}  // namespace motcua
