#include "motcua/dossiers/handover.h"

#include <gmock/gmock.h>

#include "motcua/dossiers/register.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

MinuteNumber At(int month, int day, int hour) {
  return ToNumber(CivilMinute(2025, month, day, hour, 0));
}

class HandoverTest : public testing::Test {
 protected:
  void Add(std::string_view dossier, EventKind kind, MinuteNumber at, std::string_view agency) {
    const std::string id = std::to_string(++count_);
    ASSERT_THAT(log_.Append({.id = id,
                             .dossier = dossier,
                             .kind = kind,
                             .channel = Channel::kDirect,
                             .at = at,
                             .agency = agency,
                             .procedure = kind == EventKind::kAccept ? "P" : "",
                             .limit = kind == EventKind::kAccept ? "10wd" : ""}),
                IsOk());
  }
  HandoverReport Run(CivilDay date = CivilDay(2025, 7, 1)) {
    auto report = HandOver(log_, registry_, date, agencies_, machine_);
    EXPECT_THAT(report, IsOk());
    return report.ok() ? *std::move(report) : HandoverReport{};
  }
  Dossier Folded(std::string_view dossier) {
    const FoldRules rules{.calendar = *WorkingCalendar::National(),
                          .machine = machine_,
                          .calendars = {},
                          .catalogue = std::nullopt,
                          .policy = Policy::kByDay,
                          .clock = true};
    const auto dossiers = DossierRegister::Fold(log_, rules, At(7, 20, 0));
    EXPECT_THAT(dossiers->problems(), IsEmpty());
    holder_ = dossiers->agency(**dossiers->Find(dossier));
    return **dossiers->Find(dossier);
  }

  EventLog log_;
  Registry registry_ = *Registry::National();
  Machine machine_ = *Machine::National();
  AgencySuccession agencies_;
  std::string holder_;
  int count_ = 0;
};

// Phường Lộc Sơn and Xã Lộc Nga, and Phường B'Lao with them, became Phường B'Lao under
// the code of Lộc Sơn (Resolution 1671/NQ-UBTVQH15).
TEST_F(HandoverTest, PassesWholeUnitsAlsoUnderTheSameCode) {
  Add("loc-son", EventKind::kAccept, At(6, 20, 9), "24829");
  Add("b-lao-itself", EventKind::kAccept, At(7, 1, 9), "24829");
  const HandoverReport report = Run();
  ASSERT_EQ(report.transferred.size(), 1u);
  EXPECT_EQ(report.transferred[0].dossier, "loc-son");
  EXPECT_EQ(report.transferred[0].from, "24829");
  EXPECT_EQ(report.transferred[0].to, "24829");
  EXPECT_THAT(report.transferred[0].basis, testing::HasSubstr("1671/NQ-UBTVQH15"));
  EXPECT_THAT(report.undecided, IsEmpty());
  const Event event = log_.event(log_.size() - 1);
  EXPECT_EQ(event.id, "handover:2025-07-01:loc-son");
  EXPECT_EQ(event.at, At(7, 1, 0));
  EXPECT_EQ(event.kind, EventKind::kTransfer);
  // Not in the note, which is personal data in a journal.
  EXPECT_EQ(event.note, "");
  EXPECT_THAT(event.extra, testing::HasSubstr("\"basis\":\"1671/NQ-UBTVQH15"));
}

TEST_F(HandoverTest, LeavesTheClockAlone) {
  Add("d", EventKind::kAccept, At(6, 25, 9), "24829");
  Add("d", EventKind::kForward, At(6, 25, 10), "24829");
  const Dossier before = Folded("d");
  Run();
  const Dossier after = Folded("d");
  EXPECT_EQ(after.due, before.due);
  EXPECT_EQ(after.status, before.status);
  EXPECT_EQ(after.held_since, At(7, 1, 0));
}

TEST_F(HandoverTest, IsIdempotent) {
  Add("d", EventKind::kAccept, At(6, 20, 9), "24829");
  agencies_["H36.05"] = "H36.99";
  agencies_["H36.99"] = "H36.98";  // a chain must not be walked twice
  Add("e", EventKind::kAccept, At(6, 20, 9), "H36.05");
  EXPECT_EQ(Run().transferred.size(), 2u);
  const std::size_t size = log_.size();
  const HandoverReport again = Run();
  EXPECT_THAT(again.transferred, IsEmpty());
  EXPECT_EQ(log_.size(), size);
  Folded("e");
  EXPECT_EQ(holder_, "H36.99");
}

TEST_F(HandoverTest, ChoosesByStatus) {
  Add("finished", EventKind::kAccept, At(6, 20, 9), "24829");
  Add("finished", EventKind::kFinish, At(6, 25, 9), "24829");
  Add("handed_over", EventKind::kAccept, At(6, 20, 9), "24829");
  Add("handed_over", EventKind::kFinish, At(6, 25, 9), "24829");
  Add("handed_over", EventKind::kHandOver, At(6, 25, 10), "24829");
  Add("stopped", EventKind::kAccept, At(6, 20, 9), "24829");
  Add("stopped", EventKind::kStop, At(6, 25, 9), "24829");
  Add("later", EventKind::kAccept, At(7, 2, 9), "24829");
  const HandoverReport report = Run();
  std::vector<std::string> dossiers;
  for (const HandoverRow& row : report.transferred) dossiers.push_back(row.dossier);
  EXPECT_THAT(dossiers, ElementsAre("finished"));
}

TEST_F(HandoverTest, LeavesOtherAgenciesAlone) {
  Add("d", EventKind::kAccept, At(6, 20, 9), "H36.05");
  const HandoverReport report = Run();
  EXPECT_THAT(report.transferred, IsEmpty());
  EXPECT_THAT(report.undecided, IsEmpty());
}

// Every unit of the old communes: a whole successor passes, everything else is listed
// with exactly the registry's candidates.
TEST_F(HandoverTest, ListsWhatTheRegistrySaysIsSplit) {
  const auto communes = registry_.Units(CivilDay(2025, 6, 30), Level::kCommune);
  ASSERT_THAT(communes, IsOk());
  std::size_t split = 0;
  std::map<std::string, Succession> expected;
  for (const Unit& unit : *communes) {
    const std::string code(unit.code());
    Add(code, EventKind::kAccept, At(6, 20, 9), code);
    expected.emplace(code,
                     *registry_.Successors(code, CivilDay(2025, 6, 20), CivilDay(2025, 7, 1)));
  }
  const HandoverReport report = Run();
  for (const HandoverRow& row : report.transferred) {
    const Succession& succession = expected.at(row.from);
    ASSERT_EQ(succession.edges.size(), 1u) << row.from;
    EXPECT_EQ(row.to, succession.edges[0].unit.code());
  }
  for (const HandoverRow& row : report.undecided) {
    EXPECT_EQ(row.candidates.size(), expected.at(row.from).edges.size()) << row.from;
    split += row.candidates.size() > 1;
  }
  EXPECT_GT(split, 50u);
  EXPECT_GT(report.transferred.size(), 8000u);
}

TEST_F(HandoverTest, ListsAUnitItDoesNotKnow) {
  Add("d", EventKind::kAccept, At(6, 20, 9), "99999");
  const HandoverReport report = Run();
  ASSERT_EQ(report.undecided.size(), 1u);
  EXPECT_THAT(report.undecided[0].candidates, IsEmpty());
}

TEST_F(HandoverTest, RefusesADayTheRegistryDoesNotKnow) {
  ASSERT_THAT(log_.Append({.id = "x",
                           .dossier = "d",
                           .kind = EventKind::kAccept,
                           .channel = Channel::kDirect,
                           .at = ToNumber(CivilMinute(1999, 1, 1, 8, 0)),
                           .agency = "24829",
                           .procedure = "P"}),
              IsOk());
  EXPECT_THAT(HandOver(log_, registry_, CivilDay(2000, 1, 1), agencies_, machine_),
              FailsWith(Reason::kOutsideCoverage, ""));
  EXPECT_EQ(log_.size(), 1u);
}

}  // namespace
}  // namespace motcua
