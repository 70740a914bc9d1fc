// Random lives, sound and broken, by the fold and by the slow one: every field and every refusal.
#include <gmock/gmock.h>

#include <map>
#include <random>

#include "motcua/dossiers/register.h"
#include "tests/oracle/dossier_oracle.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

// An event that owns its texts.
struct Drawn {
  std::string id, dossier, agency, procedure, limit, extra;
  EventKind kind = EventKind::kSubmit;
  Channel channel = Channel::kUnknown;
  MinuteNumber at = kNoMinute, due = kNoMinute;

  Event View() const {
    return {.id = id,
            .dossier = dossier,
            .kind = kind,
            .channel = channel,
            .at = at,
            .due = due,
            .agency = agency,
            .procedure = procedure,
            .limit = limit,
            .extra = extra};
  }
};

class Lives {
 public:
  explicit Lives(unsigned seed) : draw_(seed) {}

  // A dossier's events: `wild` of 100 events are of any kind, others continue what came before.
  std::vector<Drawn> Draw(const std::string& dossier, unsigned wild) {
    constexpr EventKind kLives[][9] = {
        {EventKind::kSubmit, EventKind::kAccept, EventKind::kForward, EventKind::kAssign,
         EventKind::kRequestSupplement, EventKind::kSupply, EventKind::kFinish,
         EventKind::kHandOver, EventKind::kPaid},
        {EventKind::kAccept, EventKind::kForward, EventKind::kRequestPayment, EventKind::kPaid,
         EventKind::kExtend, EventKind::kRequestSupplement, EventKind::kSupply, EventKind::kFinish,
         EventKind::kHandOver},
        {EventKind::kSubmit, EventKind::kRequestSupplement, EventKind::kSupply, EventKind::kAccept,
         EventKind::kTransfer, EventKind::kForward, EventKind::kStop, EventKind::kResume,
         EventKind::kWithdraw},
        {EventKind::kAccept, EventKind::kRequestSupplement, EventKind::kSupply, EventKind::kForward,
         EventKind::kRequestSupplement, EventKind::kSupply, EventKind::kFinish, EventKind::kForward,
         EventKind::kFinish},
        {EventKind::kAccept, EventKind::kForward, EventKind::kExtend, EventKind::kRequestPayment,
         EventKind::kPaid, EventKind::kRequestSupplement, EventKind::kSupply,
         EventKind::kRequestPayment, EventKind::kPaid}};
    const auto& life = kLives[UpTo(5)];
    MinuteNumber at =
        ToNumber(UpTo(2) == 0 ? CivilMinute(2025, 6, 2, 8, 0) : CivilMinute(2026, 7, 27, 8, 0)) +
        UpTo(20 * 1440);
    const std::string usual = UpTo(3) == 0 ? "Q" : "P";
    std::vector<Drawn> events;
    for (unsigned k = 0; k < 1 + UpTo(9); ++k) {
      Drawn event;
      const bool any = UpTo(100) < wild;
      event.id = dossier + "/" + std::to_string(k);
      event.dossier = dossier;
      event.kind = any ? static_cast<EventKind>(UpTo(kEventKindCount)) : life[k];
      at += UpTo(8) == 0 ? UpTo(2) : UpTo(4 * 1440);
      event.at = any && UpTo(20) == 0 ? at - UpTo(9000) : at;
      event.agency = any && UpTo(3) == 0 ? std::string(1, static_cast<char>('B' + UpTo(3))) : "A";
      if (UpTo(12) == 0) event.agency.clear();
      event.channel = k == 0 || any ? static_cast<Channel>(1 + UpTo(3)) : Channel::kUnknown;
      if (k == 0 && event.kind == EventKind::kSubmit) event.channel = Channel::kOnline;
      if (k == 0 || UpTo(9) == 0) event.procedure = any ? UpTo(4) == 0 ? "Q" : "P" : usual;
      constexpr std::string_view kLimits[] = {
          "5wd", "10wd", "8wh", "3wd@15:00>start", "20d", "none", "same_day@15:00", "1mo", "x"};
      const bool bounded = event.kind == EventKind::kAccept || event.kind == EventKind::kExtend;
      if (bounded) event.limit = kLimits[UpTo(wild == 0 ? 8 : 9)];
      if (event.kind == EventKind::kExtend && UpTo(2) == 0) {
        event.limit.clear();
        event.due = at + UpTo(30 * 1440);
      }
      if (any && UpTo(3) == 0) {
        constexpr std::string_view kExtras[] = {R"("competent":"B")", R"("competent":"A")",
                                                R"("fee_paid":true)", R"("competent":7)",
                                                R"("other":1)",       R"("result_ready":true)"};
        event.extra = kExtras[UpTo(6)];
      }
      events.push_back(std::move(event));
    }
    return events;
  }

  unsigned UpTo(unsigned most) { return static_cast<unsigned>(draw_() % most); }

 private:
  std::mt19937 draw_;
};

void ExpectEqual(const DossierRegister& folded, const Dossier& d, const OracleDossier& o) {
  EXPECT_EQ(folded.agency(d), o.agency);
  EXPECT_EQ(folded.counted_at(d), o.counted_at);
  EXPECT_EQ(folded.log().texts()[d.receiving], o.receiving);
  EXPECT_EQ(folded.log().texts()[d.competent], o.competent);
  EXPECT_EQ(folded.procedure(d), o.procedure);
  EXPECT_EQ(d.status, o.status);
  EXPECT_EQ(d.channel, o.channel);
  EXPECT_EQ(d.outcome, o.outcome);
  EXPECT_EQ(d.submitted_at, o.submitted_at);
  EXPECT_EQ(d.accepted_at, o.accepted_at);
  EXPECT_EQ(d.clock_start, o.clock_start);
  EXPECT_EQ(d.original_due, o.original_due);
  EXPECT_EQ(d.due, o.due);
  EXPECT_EQ(d.finished_at, o.finished_at);
  EXPECT_EQ(d.handed_over_at, o.handed_over_at);
  EXPECT_EQ(d.held_since, o.held_since);
  EXPECT_EQ(d.changed_at, o.changed_at);
  EXPECT_EQ(d.reception_due, o.reception_due);
  EXPECT_EQ(d.answer_due, o.answer_due);
  EXPECT_EQ(d.visits, o.visits);
  EXPECT_EQ(d.supplements, o.supplements);
  EXPECT_EQ(d.marks, o.marks);
  EXPECT_EQ(d.extended, o.extended);
  EXPECT_EQ(d.provisional, o.provisional);
}

struct Case {
  std::string_view options;  // "stop=resumable", "" for the defaults
  unsigned wild;
  Policy policy;
  bool grouped;                 // events arrive dossier by dossier
  bool ends;                    // the calendar ends in the middle
  std::string_view other = {};  // options of the machine of procedure Q
};

// The national machine with one choice, or none.
Machine Reading(std::string_view option) {
  MachineOptions options;
  const std::size_t equals = option.find('=');
  if (option.starts_with("silence=")) {
    options.silence = option.substr(equals + 1);
  } else if (equals != std::string_view::npos) {
    EXPECT_THAT(options.Set(option.substr(0, equals), option.substr(equals + 1)), IsOk());
  }
  return *Machine::National(options);
}

class FoldOracleTest : public testing::TestWithParam<Case> {};

TEST_P(FoldOracleTest, FoldsAsTheSlowOne) {
  const Case& given = GetParam();
  const WorkingCalendar national = *WorkingCalendar::National();
  const WorkingCalendar brief = *WorkingCalendar::National(
      Dataset::Builtin(), {}, CivilDay(2025, 1, 1), CivilDay(2026, 9, 5));
  const FoldRules rules{.calendar = given.ends ? brief : national,
                        .machine = Reading(given.options),
                        .calendars = {},
                        .catalogue = std::nullopt,
                        .policy = given.policy,
                        .machines = given.other.empty()
                                        ? ProcedureMachines{}
                                        : ProcedureMachines{{"Q", Reading(given.other)}}};
  Lives lives(2811 + given.wild);
  std::map<std::string, std::vector<Drawn>> drawn;
  std::vector<const Drawn*> arrived;
  for (int d = 0; d < 2500; ++d) {
    const std::string code = "D" + std::to_string(10'000 + d);
    drawn[code] = lives.Draw(code, given.wild);
  }
  for (const auto& [code, events] : drawn) {
    for (const Drawn& event : events) arrived.push_back(&event);
  }
  std::mt19937 order(7);
  if (!given.grouped) std::shuffle(arrived.begin(), arrived.end(), order);
  EventLog log;
  for (const Drawn* event : arrived) ASSERT_THAT(log.Append(event->View()), IsOk());
  ASSERT_EQ(log.first_rows().empty(), !given.grouped);
  for (const MinuteNumber as_of : {log.last(), ToNumber(CivilMinute(2025, 6, 20, 10, 0))}) {
    const auto folded = DossierRegister::Fold(log, rules, as_of);
    ASSERT_THAT(folded, IsOk());
    std::map<std::string, std::vector<std::string>> refused;
    for (const Problem& problem : folded->problems()) {
      const std::string dossier = problem.subject.substr(0, problem.subject.find('/'));
      refused[dossier].push_back(problem.subject);
    }
    std::size_t found = 0;
    for (const auto& [code, events] : drawn) {
      SCOPED_TRACE(code + " of seed " + std::to_string(2811 + given.wild));
      std::vector<Event> views;
      for (const Drawn& event : events) views.push_back(event.View());
      const OracleDossier expected = FoldSlowly(views, rules, as_of);
      if (as_of == log.last()) {
        EXPECT_EQ(refused[code], expected.refused);
      }
      const auto dossier = folded->Find(code);
      ASSERT_EQ(dossier.ok(), expected.status != DossierStatus::kNone);
      if (!dossier.ok()) continue;
      ++found;
      ExpectEqual(*folded, **dossier, expected);
      // And its history, which is told event by event, ends where it stands.
      const auto history = folded->History(code);
      ASSERT_THAT(history, IsOk());
      EXPECT_EQ(history->back().due, (*dossier)->due);
      if (HasFailure()) return;  // one case is enough to read
    }
    EXPECT_GT(found, 400u);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lives, FoldOracleTest,
    testing::Values(Case{"", 0, Policy::kByDay, true, false},
                    Case{"", 10, Policy::kByDay, true, false},
                    Case{"", 40, Policy::kByDay, false, false},
                    Case{"stop=resumable", 20, Policy::kByDay, true, false},
                    Case{"supplement=resume", 5, Policy::kByDay, true, false},
                    Case{"supplement=shift", 5, Policy::kByHour, false, false},
                    Case{"payment=shift", 20, Policy::kByHour, true, false},
                    Case{"extension=any", 10, Policy::kByDay, true, false},
                    Case{"fee=checked", 20, Policy::kByDay, true, false},
                    Case{"withdrawal=finished_9", 20, Policy::kByDay, false, true},
                    Case{"", 5, Policy::kByHour, true, true},
                    Case{"", 15, Policy::kByDay, true, false, "supplement=shift"},
                    Case{"stop=resumable", 15, Policy::kByDay, false, false, "silence=3wd"}));

}  // namespace
}  // namespace motcua
