// Statuses of events in columns against the fold, dossier by dossier.
#include "motcua/dossiers/status_table.h"

#include <gmock/gmock.h>

#include <random>

#include "motcua/dossiers/register.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

// Several states of one status, which the table must not mix up.
constexpr std::string_view kDesks = R"(machine Two desks
state received 2
state on_site  4
state deciding 4
state asked    5
state told     5
state decided  9
state handed   10
none + accept [counter] / start -> received by one_stop_officer because art. 17.3
received + forward -> on_site by one_stop_officer because art. 18
on_site + forward -> deciding by specialist because art. 19
received | on_site | deciding + extend [first_extension] / extend -> same by agency_head because art. 19.6
on_site | deciding + request_supplement / pause -> asked by specialist because art. 19.5
asked + forward -> told by one_stop_officer because observed
asked | told + supply / restart -> previous by applicant because art. 19.5
deciding + finish / end -> decided by agency_head because art. 22
decided + hand_over -> handed by result_returner because art. 22
)";

Machine Named(std::string_view name) {
  return name == "national" ? *Machine::National() : *Machine::Parse(kDesks);
}

class StatusTableTest : public testing::TestWithParam<std::string_view> {};

TEST_P(StatusTableTest, AgreesWithTheFold) {
  const FoldRules rules{.calendar = *WorkingCalendar::National(),
                        .machine = Named(GetParam()),
                        .calendars = {},
                        .catalogue = std::nullopt};
  constexpr EventKind kUntimed[] = {
      EventKind::kSubmit,           EventKind::kAccept, EventKind::kAssign,   EventKind::kForward,
      EventKind::kForward,          EventKind::kSupply, EventKind::kWithdraw, EventKind::kPaid,
      EventKind::kRequestPayment,   EventKind::kFinish, EventKind::kHandOver, EventKind::kTransfer,
      EventKind::kRequestSupplement};
  constexpr int kDossiers = 3000, kEvents = 9;
  std::mt19937 draw(309);
  EventLog log;
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::uint8_t> kinds, channels;
  for (int d = 0; d < kDossiers; ++d) {
    const std::string dossier = std::to_string(10'000 + d);
    for (int k = 0; k < kEvents; ++k) {
      // Most begin with an acceptance, so that later states are met.
      const EventKind kind =
          k == 0 && draw() % 4 != 0 ? EventKind::kAccept : kUntimed[draw() % std::size(kUntimed)];
      const Channel channel = draw() % 8 == 0 ? Channel::kOnline : Channel::kDirect;
      const std::string id = dossier + "/" + std::to_string(k);
      EXPECT_THAT(log.Append({.id = id,
                              .dossier = dossier,
                              .kind = kind,
                              .channel = channel,
                              .at = ToNumber(CivilMinute(2025, 7, 1, 8, k)),
                              .agency = "A",
                              .procedure = "P",
                              .limit = "5wd"}),
                  IsOk());
      kinds.push_back(static_cast<std::uint8_t>(kind));
      channels.push_back(static_cast<std::uint8_t>(channel));
    }
    offsets.push_back(static_cast<std::int64_t>(kinds.size()));
  }
  std::vector<std::uint8_t> statuses(kDossiers);
  std::vector<std::uint32_t> refused(kDossiers);
  ASSERT_THAT(StatusTable(rules.machine).Fold(offsets, kinds, channels, statuses, refused), IsOk());
  const auto folded = DossierRegister::Fold(log, rules);
  ASSERT_THAT(folded, IsOk());
  std::vector<std::uint8_t> expected(kDossiers);
  for (const Dossier& dossier : folded->dossiers()) {
    expected[dossier.dossier - 1] = static_cast<std::uint8_t>(dossier.status);
  }
  EXPECT_EQ(statuses, expected);
  std::size_t sum = 0;
  for (const std::uint32_t count : refused) sum += count;
  EXPECT_EQ(sum, folded->problems().size());
}

INSTANTIATE_TEST_SUITE_P(Machines, StatusTableTest, testing::Values("national", "two desks"));

}  // namespace
}  // namespace motcua
