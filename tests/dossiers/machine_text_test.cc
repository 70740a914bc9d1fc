// Own machines: their text, what is found in broken ones, the walk behind the findings,
// and text that is no machine at all.
#include "motcua/dossiers/machine_text.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "motcua/dossiers/machine_promises.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kOwn = R"(# Sub-states of 5 as one province has them.
machine Cấp giấy phép xây dựng
procedure 1.013236
procedure 1.013225
state received      2 Được tiếp nhận
state on_site       4 Thẩm định thực tế
state deciding      4
state one_stop_asks 5 Một cửa yêu cầu
state citizen_asked 5 Đã yêu cầu công dân
state decided       9
state handed_over   10
state refused       3
none + accept [counter] / start -> received by one_stop_officer visit
    because Decree 118/2025/NĐ-CP art. 17.3
received + forward -> on_site by one_stop_officer because art. 18
on_site + forward -> deciding by specialist, agency_head because art. 19
deciding | on_site + extend [first_extension, day_before] / extend -> same by agency_head
    because art. 19.6
on_site + request_supplement / pause -> one_stop_asks by specialist because art. 19.5
one_stop_asks + forward -> citizen_asked by one_stop_officer because observed
citizen_asked + supply / restart -> previous by applicant visit when supplement=restart
    because art. 19.5
citizen_asked + supply / resume -> previous by applicant visit when supplement=resume
    because index
citizen_asked + refuse [supplement_expired] / end -> refused by one_stop_officer because art. 19.5
deciding + finish / end -> decided by agency_head because art. 22
decided + hand_over -> handed_over by result_returner visit because art. 22
)";

std::vector<std::string> Kinds(const std::string& text) {
  const auto machine = Machine::Draft(text);
  if (!machine.ok()) return {std::string(machine.status().message())};
  std::vector<std::string> kinds;
  for (const Problem& problem : machine->Check()) kinds.push_back(problem.kind);
  return kinds;
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = kOwn;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(OwnMachine, HasStatesOfItsOwn) {
  const auto machine = Machine::Parse(kOwn);
  ASSERT_THAT(machine, IsOk());
  EXPECT_EQ(machine->head().name, "Cấp giấy phép xây dựng");
  EXPECT_THAT(machine->head().procedures, ElementsAre("1.013236", "1.013225"));
  ASSERT_EQ(machine->states().size(), 9u);
  EXPECT_EQ(machine->states()[2].title, "Thẩm định thực tế");
  EXPECT_EQ(machine->states()[3].title, "Đang xử lý");  // the portal's words if none are given
  const StateNumber on_site = *machine->StateNamed("on_site");
  const StateNumber deciding = *machine->StateNamed("deciding");
  EXPECT_EQ(machine->From(on_site, EventKind::kFinish).size(), 0u);
  EXPECT_EQ(machine->From(deciding, EventKind::kFinish).size(), 1u);
  EXPECT_EQ(machine->On(DossierStatus::kInProcessing, EventKind::kExtend).size(), 2u);
  EXPECT_TRUE(machine->IsTerminalState(*machine->StateNamed("refused")));
  EXPECT_FALSE(machine->StateNamed("nowhere").has_value());
}

TEST(OwnMachine, ComesOutAsItWentIn) {
  MachineOptions resume;
  ASSERT_THAT(resume.Set("supplement", "resume"), IsOk());
  for (const MachineOptions& options : {MachineOptions(), resume}) {
    const Machine first = *Machine::Parse(kOwn, options);
    const std::string text = WriteMachineText(first);
    const auto second = Machine::Parse(text);  // the text carries its option
    ASSERT_THAT(second, IsOk()) << text;
    EXPECT_EQ(WriteMachineText(*second), text);
    EXPECT_EQ(second->transitions().size(), first.transitions().size());
    EXPECT_TRUE(std::equal(first.states().begin(), first.states().end(), second->states().begin(),
                           second->states().end()));
  }
  const std::string national = WriteMachineText(*Machine::National());
  const auto again = Machine::Parse(national);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(WriteMachineText(*again), national);
}

TEST(OwnMachine, FindsAndNamesEachDefect) {
  EXPECT_THAT(Kinds(kOwn), IsEmpty());
  EXPECT_THAT(Kinds(With("received + forward", "# received + forward")),
              Contains("unreachable_state"));
  EXPECT_THAT(Kinds(With("state refused ", "state idle 4\nstate refused ")),
              ElementsAre("unreachable_state"));
  EXPECT_THAT(Kinds(With("none + accept", "received + accept")), Contains("no_opening"));
  EXPECT_THAT(Kinds(With("decided + hand_over -> handed_over", "decided + forward -> decided")),
              Contains("dead_end"));
  EXPECT_THAT(Kinds(kOwn + "received + forward -> deciding by specialist because x\n"),
              ElementsAre("ambiguous"));
  EXPECT_THAT(Kinds(With("supply / restart -> previous", "supply / end -> refused")),
              Contains("pause_without_end"));
  EXPECT_THAT(Kinds(With("/ start -> received", "-> received")), Contains("clock_never_starts"));
  EXPECT_THAT(Kinds(With("/ pause -> one_stop_asks", "-> one_stop_asks")),
              Contains("clock_out_of_order"));
  EXPECT_THAT(Kinds(With("on_site + forward -> deciding", "on_site + forward / start -> deciding")),
              Contains("clock_out_of_order"));
  EXPECT_THAT(Kinds(With("deciding + finish / end", "deciding + finish")),
              ElementsAre("clock_runs_at_end"));
  EXPECT_THAT(
      Kinds(With("deciding + finish / end -> decided", "deciding + finish / end -> previous")),
      Contains("no_supplement"));
  // Sound at first sight, but not where the supplement was asked in reception.
  EXPECT_THAT(
      Kinds(With("one_stop_asks + forward",
                 "received + request_supplement / pause -> one_stop_asks by specialist because x\n"
                 "one_stop_asks + forward [asked_in_appraisal]")),
      ElementsAre("dead_end", "pause_without_end"));
}

TEST(OwnMachine, TellsTheWayToADeadEnd) {
  const auto machine = Machine::Draft(
      With("one_stop_asks + forward",
           "received + request_supplement / pause -> one_stop_asks by specialist because x\n"
           "one_stop_asks + forward [asked_in_appraisal]"));
  ASSERT_THAT(machine, IsOk());
  const std::vector<Problem> problems = machine->Check();
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].subject, "state one_stop_asks (status 5)");
  EXPECT_EQ(problems[0].value, "accept, request_supplement");
  bool told = false;
  for (const StatePromise& promise : CheckPromises(*machine)) {
    if (machine->states()[promise.state].name != "one_stop_asks") continue;
    told = true;
    EXPECT_FALSE(promise.answered);
    EXPECT_EQ(promise.unanswered, "accept, request_supplement");
  }
  EXPECT_TRUE(told);
}

TEST(Promises, AnAnswerCanAlwaysComeUnderEveryReading) {
  for (const char* stop : {"terminal", "resumable"}) {
    for (const char* withdrawal : {"status_7", "finished_9"}) {
      MachineOptions options;
      ASSERT_THAT(options.Set("stop", stop), IsOk());
      ASSERT_THAT(options.Set("withdrawal", withdrawal), IsOk());
      for (const StatePromise& promise : CheckPromises(*Machine::National(options))) {
        EXPECT_TRUE(promise.answered) << promise.state << ": " << promise.unanswered;
      }
    }
  }
}

// By hand from art. 19.6: one apology and no more, so a dossier put off once can be late
// again; and a finished one sent back after its due date was never apologized for.
TEST(Promises, LatenessWithoutAnApologyIsTheLawsOwn) {
  std::map<int, std::map<std::string, std::string>> late;
  for (const StatePromise& promise : CheckPromises(*Machine::National())) {
    for (const auto& one : promise.late) late[promise.state][one.reason] = one.path;
  }
  const std::string passes = ", (the day before the due date passes), (the due date passes)";
  EXPECT_EQ(late.size(), 2u);
  EXPECT_EQ(late[2]["spent"], "accept, extend" + passes);
  EXPECT_EQ(late[4]["spent"], "accept, assign, extend" + passes);
  EXPECT_EQ(late[4]["sent_back"],
            "accept, finish, (the day before the due date passes), forward, (the due date passes)");
  EXPECT_EQ(late[2].count("no_event") + late[4].count("no_event"), 0u);
}

TEST(Promises, AStateWithoutExtendIsNamed) {
  const auto machine = Machine::Draft(With("deciding | on_site + extend", "on_site + extend"));
  ASSERT_THAT(machine, IsOk());
  bool told = false;
  for (const StatePromise& promise : CheckPromises(*machine)) {
    if (machine->states()[promise.state].name != "deciding") continue;
    for (const auto& one : promise.late) told = told || one.reason == "no_event";
  }
  EXPECT_TRUE(told);
}

TEST(OwnMachine, RefusesWordsItDoesNotKnow) {
  const auto refuses = [](const std::string& from, const std::string& to, const std::string& told) {
    EXPECT_THAT(Machine::Draft(With(from, to)), FailsWith(Reason::kMalformedData, told));
  };
  refuses("[counter]", "[if_paid]", "machine line 13, guard 'if_paid'");
  refuses("by one_stop_officer visit", "by king visit", "role 'king'");
  refuses("/ start", "/ tick", "clock 'tick'");
  refuses("none + accept", "none + approve", "event 'approve'");
  refuses("-> received", "-> nowhere", "to 'nowhere'");
  refuses("received + forward", "nowhere + forward", "from 'nowhere'");
  refuses("state on_site       4", "state on_site 11", "state 'on_site 11'");
  refuses("state on_site       4", "state on_site x", "1 to 10");
  refuses("state on_site", "state On-Site", "state 'On-Site'");
  refuses("state on_site", "state received", "declared once");
  refuses("state on_site", "state same", "not a word of the form");
  refuses("when supplement=restart", "when supplement=maybe", "option 'supplement=maybe'");
  refuses("because art. 18", "", "transition");
  refuses("machine Cấp", "machine A\nmachine Cấp", "one name, once");
  refuses("procedure 1.013236", "option stop=sometimes", "one of terminal, resumable");
  refuses("none + accept [counter] / start -> received", "none + accept -> same", "to 'same'");
  refuses("[counter]", "[counter", "guards in [ ]");
  EXPECT_THAT(Machine::Draft(""), FailsWith(Reason::kMalformedData, "at least one transition"));
  EXPECT_THAT(Machine::Draft("state a 2\xff\n"), FailsWith(Reason::kMalformedData, "UTF-8"));
  MachineOptions resumable;
  ASSERT_THAT(resumable.Set("stop", "resumable"), IsOk());
  EXPECT_THAT(Machine::Draft("option stop=terminal\n" + kOwn, resumable),
              FailsWith(Reason::kMalformedData, "the reading that the caller chose, resumable"));
}

// Text cut anywhere, with bytes changed, put in or doubled: an answer or a refusal that
// says why, never a crash; what is read is written and read again.
TEST(OwnMachine, SurvivesAnyText) {
  std::mt19937 random(20261125);  // fixed: a failure comes back
  const std::string bases[] = {kOwn, WriteMachineText(*Machine::National())};
  int read = 0;
  for (int round = 0; round < 1000; ++round) {
    std::string text = bases[random() % 2];
    for (unsigned k = random() % 4; k > 0; --k) {
      const std::size_t at = random() % (text.size() + 1);
      const std::size_t size = std::min<std::size_t>(random() % 40, text.size() - at);
      switch (random() % 4) {
        case 0:
          text.resize(at);
          break;
        case 1:
          text.insert(at, text.substr(text.size() - std::min<std::size_t>(text.size(), 30)));
          break;
        case 2:
          text.erase(at, size);
          break;
        default:
          if (at < text.size()) text[at] = static_cast<char>(random() % 256);
      }
    }
    const auto machine = Machine::Draft(text);
    if (!machine.ok()) {
      EXPECT_EQ(ReasonOf(machine.status()), Reason::kMalformedData);
      EXPECT_FALSE(machine.status().message().empty());
      continue;
    }
    ++read;
    machine->Check();
    EXPECT_FALSE(machine->ToSvg().empty());
    EXPECT_FALSE(machine->ToMermaid().empty());
    const auto again = Machine::Draft(WriteMachineText(*machine));
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->transitions().size(), machine->transitions().size());
  }
  EXPECT_GT(read, 100);
}

TEST(OwnMachine, RefusesWhatIsTooLarge) {
  std::string states;
  for (int k = 0; k < 65; ++k) states += "state s" + std::to_string(k) + " 4\n";
  EXPECT_THAT(Machine::Draft(states), FailsWith(Reason::kMalformedData, "at most 64 states"));
  const std::string row = "none + accept / start -> a by system because x\n";
  std::string rows = "state a 2\n";
  for (int k = 0; k < 4097; ++k) rows += row;
  EXPECT_THAT(Machine::Draft(rows), FailsWith(Reason::kMalformedData, "at most 4096"));
  EXPECT_THAT(Machine::Draft(std::string(std::size_t{1} << 21, '#')),
              FailsWith(Reason::kMalformedData, "machine"));
}

TEST(Drawing, EscapesWhatAnImageCannotHold) {
  const auto machine = Machine::Parse(With("Thẩm định thực tế", "<b>&\"x\"; y: z"));
  ASSERT_THAT(machine, IsOk());
  EXPECT_THAT(machine->ToSvg(), HasSubstr("&lt;b&gt;&amp;&quot;x&quot;; y: z"));
  EXPECT_THAT(machine->ToMermaid(), HasSubstr("s_on_site : 4 <b>&\"x\", y - z\n"));
  EXPECT_THAT(machine->ToMermaid(), HasSubstr("s_citizen_asked --> s_on_site : supply / restart"));
}

}  // namespace
}  // namespace motcua
