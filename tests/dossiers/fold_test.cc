// Golden histories, written from the articles by hand, and the laws of a fold.
#include "motcua/dossiers/fold.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

#include "motcua/base/tsv.h"
#include "motcua/dossiers/register.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

std::vector<std::string> Split(std::string_view text, std::string_view by) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(by);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

// "07-01T08:00" of 2025, or with a year.
MinuteNumber Minute(std::string text) {
  if (text == "-") return kNoMinute;
  if (text.size() == 11) text = "2025-" + text;
  const auto minute = ParseMinute(text);
  EXPECT_THAT(minute, IsOk());
  return minute.ok() ? ToNumber(*minute) : kNoMinute;
}

std::string Show(MinuteNumber minute) {
  return minute == kNoMinute ? "-" : ToString(MinuteFrom(minute));
}

// An event that owns its texts: "accept 07-01T08:00 limit=5wd channel=1".
struct Written {
  std::string id, agency = "A", procedure, limit;
  Event event;

  Written(const std::string& text, int number) : id("e" + std::to_string(number)) {
    const std::vector<std::string> words = Split(text, " ");
    event.kind = *EventKindNamed(words[0]);
    event.at = Minute(words[1]);
    for (std::size_t k = 2; k < words.size(); ++k) {
      const std::vector<std::string> pair = Split(words[k], "=");
      if (pair[0] == "channel") event.channel = *ChannelOf(pair[1][0] - '0');
      if (pair[0] == "limit") limit = pair[1];
      if (pair[0] == "agency") agency = pair[1];
      if (pair[0] == "due") event.due = Minute(pair[1]);
    }
    if (event.kind == EventKind::kSubmit || event.kind == EventKind::kAccept ||
        event.kind == EventKind::kRefuse) {
      procedure = "P";
    }
  }
  Event Views() const {
    Event views = event;
    views.id = id;
    views.dossier = "D";
    views.agency = agency;
    views.procedure = procedure;
    views.limit = limit;
    return views;
  }
};

FoldRules Rules(std::string_view options = "-") {
  MachineOptions chosen;
  if (options != "-") {
    for (const std::string& option : Split(options, " ")) {
      const std::vector<std::string> pair = Split(option, "=");
      if (pair[0] == "silence") {
        chosen.silence = pair[1];
      } else {
        EXPECT_THAT(chosen.Set(pair[0], pair[1]), IsOk());
      }
    }
  }
  return {.calendar = *WorkingCalendar::National(),
          .machine = *Machine::National(chosen),
          .calendars = {},
          .catalogue = std::nullopt,
          .policy = Policy::kByDay,
          .clock = true};
}

EventLog LogOf(const std::vector<Written>& events, const std::vector<std::size_t>& order) {
  EventLog log;
  for (const std::size_t k : order) EXPECT_THAT(log.Append(events[k].Views()), IsOk());
  return log;
}

std::vector<std::size_t> InOrder(std::size_t count) {
  std::vector<std::size_t> order(count);
  for (std::size_t k = 0; k < count; ++k) order[k] = k;
  return order;
}

// Everything the golden table says, as one line.
std::string Outline(const DossierRegister& dossiers) {
  std::string problems;
  for (const Problem& problem : dossiers.problems()) {
    problems += (problems.empty() ? "" : ", ") + problem.field + " " + problem.value;
  }
  if (problems.empty()) problems = "-";
  const auto found = dossiers.Find("D");
  if (!found.ok()) return "no dossier, problems " + problems;
  const Dossier& d = **found;
  std::ostringstream line;
  line << "status " << static_cast<int>(d.status) << " due " << Show(d.due) << " finished "
       << Show(d.finished_at) << " " << NameOf(d.outcome) << " trips " << int{d.visits}
       << " supplements " << int{d.supplements} << " problems " << problems;
  return line.str();
}

struct GoldenTable {
  std::string text;
  Tsv tsv;
};

GoldenTable ReadGolden() {
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/tests/golden/dossiers.tsv");
  std::ostringstream content;
  content << file.rdbuf();
  static std::string text;
  text = content.str();
  auto tsv = Tsv::Parse("dossiers.tsv", text,
                        {"case", "basis", "options", "events", "as_of", "status", "due", "finished",
                         "outcome", "trips", "supplements", "problems"});
  return {text, *std::move(tsv)};
}

std::vector<Written> EventsOf(const Tsv::Row& row) {
  std::vector<Written> events;
  for (const std::string& text : Split(row["events"], "; ")) {
    events.emplace_back(text, static_cast<int>(events.size()));
  }
  return events;
}

TEST(DossierFold, ReproducesTheGoldenHistories) {
  const GoldenTable golden = ReadGolden();
  EXPECT_GE(golden.tsv.rows().size(), 25u);
  for (const Tsv::Row& row : golden.tsv.rows()) {
    ASSERT_FALSE(row["basis"].empty()) << row["case"];
    const std::vector<Written> events = EventsOf(row);
    const auto dossiers =
        DossierRegister::Fold(LogOf(events, InOrder(events.size())), Rules(row["options"]),
                              Minute(std::string(row["as_of"])));
    ASSERT_THAT(dossiers, IsOk());
    std::ostringstream expected;
    expected << "status " << row["status"] << " due " << row["due"] << " finished "
             << row["finished"] << " " << row["outcome"] << " trips " << row["trips"]
             << " supplements " << row["supplements"] << " problems " << row["problems"];
    EXPECT_EQ(Outline(*dossiers), expected.str()) << row["case"];
  }
}

TEST(DossierFold, DoesNotCareAboutTheOrderOfArrival) {
  const GoldenTable golden = ReadGolden();
  std::mt19937 random(20250701);
  for (const Tsv::Row& row : golden.tsv.rows()) {
    const std::vector<Written> events = EventsOf(row);
    const FoldRules rules = Rules(row["options"]);
    const MinuteNumber as_of = Minute(std::string(row["as_of"]));
    std::vector<std::size_t> order = InOrder(events.size());
    const std::string first = Outline(*DossierRegister::Fold(LogOf(events, order), rules, as_of));
    for (int round = 0; round < 12; ++round) {
      std::shuffle(order.begin(), order.end(), random);
      EXPECT_EQ(Outline(*DossierRegister::Fold(LogOf(events, order), rules, as_of)), first)
          << row["case"];
    }
  }
}

TEST(DossierFold, PrefixAndSuffixAreTheWhole) {
  const GoldenTable golden = ReadGolden();
  for (const Tsv::Row& row : golden.tsv.rows()) {
    const std::vector<Written> events = EventsOf(row);
    const FoldRules rules = Rules(row["options"]);
    const MinuteNumber as_of = Minute(std::string(row["as_of"]));
    const EventLog whole = LogOf(events, InOrder(events.size()));
    const std::string expected = Outline(*DossierRegister::Fold(whole, rules, as_of));
    EventLog log;
    for (const Written& event : events) {
      ASSERT_THAT(log.Append(event.Views()), IsOk());
      const auto so_far = DossierRegister::Fold(log, rules, event.event.at);
      ASSERT_THAT(so_far, IsOk());
      // As of an event's minute the whole log says what its prefix said, if no later
      // event of that minute is missing; a later time that no calendar covers is told at once.
      const auto then = DossierRegister::Fold(whole, rules, event.event.at);
      const bool covered =
          then->problems().empty() || then->problems().back().reason != Reason::kOutsideCoverage;
      if (covered && (&event == &events.back() || (&event)[1].event.at != event.event.at)) {
        EXPECT_EQ(Outline(*so_far), Outline(*then)) << row["case"] << " " << event.id;
      }
    }
    EXPECT_EQ(Outline(*DossierRegister::Fold(log, rules, as_of)), expected) << row["case"];
  }
}

// Two own states of one status: what may happen depends on the state.
TEST(DossierFold, GoesByTheStateOfAnOwnMachine) {
  const auto machine = Machine::Parse(R"(machine Two desks
state received 2
state on_site  4
state deciding 4
state asked    5
state told     5
state decided  9
state over    10
state refused  3
none + accept / start -> received by one_stop_officer because art. 17.3
received + forward -> on_site by one_stop_officer because art. 18
on_site + forward -> deciding by specialist because art. 19
on_site | deciding + extend [first_extension, day_before] / extend -> same by agency_head because art. 19.6
received + extend [first_extension, day_before] / extend -> same by agency_head because art. 19.6
on_site + request_supplement / pause -> asked by specialist because art. 19.5
asked + forward -> told by one_stop_officer because observed
told + supply / restart -> previous by applicant because art. 19.5
told + refuse [supplement_expired] / end -> refused by one_stop_officer because art. 19.5
deciding + finish / end -> decided by agency_head because art. 22
decided + hand_over -> over by result_returner because art. 22
)");
  ASSERT_THAT(machine, IsOk());
  FoldRules rules = Rules();
  rules.machine = *machine;
  const auto fold = [&](const std::string& path) {
    std::vector<Written> events;
    for (const std::string& text : Split("accept 07-01T08:00 channel=1 limit=5wd; " + path, "; ")) {
      events.emplace_back(text, static_cast<int>(events.size()));
    }
    return *DossierRegister::Fold(LogOf(events, InOrder(events.size())), rules);
  };
  const auto early = fold("forward 07-01T09:00; finish 07-01T10:00");  // not from on_site
  ASSERT_EQ(early.problems().size(), 1u);
  EXPECT_EQ(early.problems()[0].expected,
            "in state on_site, status 4 (in_processing): forward, request_supplement, extend");
  const auto done = fold("forward 07-01T09:00; forward 07-01T10:00; finish 07-01T11:00");
  EXPECT_TRUE(done.problems().empty());
  EXPECT_EQ(done.dossiers()[0].status, DossierStatus::kFinished);
  // The supplement goes back to the desk that asked, and its term outlasts a move within 5.
  const auto back = fold(
      "forward 07-01T09:00; request_supplement 07-01T10:00; forward 07-01T11:00; "
      "supply 07-02T09:00; finish 07-02T10:00");
  ASSERT_EQ(back.problems().size(), 1u);
  EXPECT_EQ(back.dossiers()[0].state, machine->StateNamed("on_site"));
  const auto silent = fold(
      "forward 07-01T09:00; request_supplement 07-01T10:00; forward 07-01T11:00; "
      "refuse 07-30T09:00");
  EXPECT_TRUE(silent.problems().empty());
  EXPECT_EQ(silent.dossiers()[0].status, DossierStatus::kRefused);
}

// Every status, event, channel and origin of a supplement: allowed exactly as the table
// says, refused otherwise with the dossier unchanged.
TEST(DossierFold, RefusesEveryTransitionThatIsNotInTheTable) {
  const std::vector<std::string> paths = {
      "",
      "submit 07-01T08:00 channel=2",
      "accept 07-01T08:00 channel=1 limit=5wd",
      "refuse 07-01T08:00 channel=1",
      "accept 07-01T08:00 channel=1 limit=5wd; forward 07-01T09:00",
      "submit 07-01T08:00 channel=2; request_supplement 07-01T09:00",
      "accept 07-01T08:00 channel=1 limit=5wd; request_supplement 07-01T09:00",
      "accept 07-01T08:00 channel=1 limit=5wd; forward 07-01T09:00; "
      "request_supplement 07-01T10:00",
      "accept 07-01T08:00 channel=1 limit=5wd; forward 07-01T09:00; request_payment 07-01T10:00",
      "accept 07-01T08:00 channel=1 limit=5wd; withdraw 07-01T09:00",
      "accept 07-01T08:00 channel=1 limit=5wd; stop 07-01T09:00",
      "accept 07-01T08:00 channel=1 limit=5wd; finish 07-01T09:00",
      "accept 07-01T08:00 channel=1 limit=5wd; finish 07-01T09:00; hand_over 07-01T10:00"};
  const FoldRules rules = Rules();
  for (const std::string& path : paths) {
    std::vector<Written> events;
    if (!path.empty()) {
      for (const std::string& text : Split(path, "; ")) {
        events.emplace_back(text, static_cast<int>(events.size()));
      }
    }
    for (int code = 0; code < kEventKindCount; ++code) {
      const auto kind = static_cast<EventKind>(code);
      EventLog log = LogOf(events, InOrder(events.size()));
      const MinuteNumber at = Minute("07-02T08:00");
      const auto before = DossierRegister::Fold(log, rules, at);
      const bool exists = !before->dossiers().empty();
      const DossierStatus from = exists ? before->dossiers()[0].status : DossierStatus::kNone;
      ASSERT_THAT(log.Append({.id = "new",
                              .dossier = "D",
                              .kind = kind,
                              .channel = exists ? Channel::kUnknown : Channel::kPostal,
                              .at = at,
                              .due = kind == EventKind::kExtend ? Minute("07-20T08:00") : kNoMinute,
                              .agency = "B",
                              .procedure = "P",
                              .limit = kind == EventKind::kAccept ? "5wd" : ""}),
                  IsOk());
      const auto after = DossierRegister::Fold(log, rules, at);
      const bool listed = !rules.machine.From(static_cast<StateNumber>(from), kind).empty();
      // In 5 the supplement cannot have expired after a day.
      const bool silent = from == DossierStatus::kAwaitingSupplement &&
                          before->dossiers()[0].previous != DossierStatus::kNew &&
                          (kind == EventKind::kRefuse || kind == EventKind::kStop);
      const bool origin = from == DossierStatus::kAwaitingSupplement &&
                          before->dossiers()[0].previous == DossierStatus::kNew &&
                          kind == EventKind::kStop;
      const bool allowed = listed && !silent && !origin;
      EXPECT_EQ(after->problems().empty(), allowed)
          << path << " + " << NameOf(kind) << ": "
          << (after->problems().empty() ? "" : after->problems()[0].expected);
      if (!allowed && exists) {
        EXPECT_EQ(after->dossiers()[0].status, from);
        EXPECT_EQ(after->dossiers()[0].due, before->dossiers()[0].due);
        EXPECT_EQ(after->problems()[0].subject, "new");
        EXPECT_EQ(after->problems()[0].reason, Reason::kIllegalTransition);
      }
    }
  }
}

}  // namespace
}  // namespace motcua
