#include "motcua/dossiers/machine.h"

#include <gmock/gmock.h>

#include "tests/status_matchers.h"

namespace motcua {
namespace {

using testing::HasSubstr;

TEST(NationalMachine, IsSoundUnderEveryChoice) {
  std::vector<MachineOptions> all = {MachineOptions()};
  for (int k = 1; k < kMachineOptionCount; ++k) {
    const auto option = static_cast<MachineOption>(k);
    std::vector<MachineOptions> more;
    for (const MachineOptions& options : all) {
      for (std::uint8_t c = 0; !ChoiceName(option, c).empty(); ++c) {
        more.push_back(options);
        ASSERT_THAT(more.back().Set(NameOf(option), ChoiceName(option, c)), IsOk());
      }
    }
    all = more;
  }
  EXPECT_EQ(all.size(), 2u * 2 * 3 * 2 * 2 * 2);
  for (const MachineOptions& options : all) {
    const auto machine = Machine::National(options);
    ASSERT_THAT(machine, IsOk());
    for (const Problem& problem : machine->Check()) {
      ADD_FAILURE() << problem.subject << " " << problem.field << ": " << problem.expected;
    }
    EXPECT_TRUE(machine->IsTerminal(DossierStatus::kRefused));
    EXPECT_TRUE(machine->IsTerminal(DossierStatus::kHandedOver));
    EXPECT_EQ(machine->IsTerminal(DossierStatus::kStopped),
              options.choice(MachineOption::kStop) == 0);
  }
}

TEST(NationalMachine, NamesASourceForEveryRow) {
  const auto machine = Machine::National();
  ASSERT_THAT(machine, IsOk());
  for (const Transition& row : machine->transitions()) EXPECT_FALSE(row.source.empty());
  EXPECT_EQ(machine->On(DossierStatus::kNew, EventKind::kAccept).size(), 1u);
  EXPECT_EQ(machine->On(DossierStatus::kNew, EventKind::kAccept)[0].clock, ClockEffect::kStart);
  EXPECT_TRUE(machine->On(DossierStatus::kHandedOver, EventKind::kForward).empty());
  EXPECT_EQ(machine->Allowed(static_cast<StateNumber>(DossierStatus::kNew)),
            "accept, refuse, request_supplement, withdraw, transfer");
  EXPECT_EQ(machine->Allowed(static_cast<StateNumber>(DossierStatus::kRefused)), "nothing");
}

TEST(NationalMachine, IsDrawn) {
  const std::string drawing = Machine::National()->ToMermaid();
  EXPECT_THAT(drawing, HasSubstr("stateDiagram-v2\n"));
  EXPECT_THAT(drawing, HasSubstr("s4 : 4 Đang xử lý\n"));
  EXPECT_THAT(drawing, HasSubstr("s1 --> s2 : accept / start\n"));
  EXPECT_THAT(drawing, HasSubstr("s10 --> [*]\n"));
}

TEST(MachineOptions, RefuseWhatTheyDoNotKnow) {
  MachineOptions options;
  EXPECT_THAT(options.Set("stop", "sometimes"),
              FailsWith(Reason::kInvalidArgument, "one of terminal, resumable"));
  EXPECT_THAT(options.Set("mood", "good"), FailsWith(Reason::kInvalidArgument, "one of stop"));
}

// A small sound machine, and what each defect is called.
const std::string kHead = "from\tevent\tguard\tto\trole\tclock\tvisit\toption\tsource\n";
const std::string kAccept = "0\taccept\tcounter\t2\tone_stop_officer\tstart\tyes\t-\tlaw\n";
const std::string kForward = "2\tforward\t-\t4\tone_stop_officer\tnone\tno\t-\tlaw\n";
const std::string kFinish =
    "4\tfinish\t-\t9\tagency_head\tend\tno\t-\tlaw\n"
    "9\thand_over\t-\t10\tresult_returner\tnone\tno\t-\tlaw\n";

TEST(Machine, ReadsASmallSoundTable) {
  EXPECT_THAT(Machine::Parse(kHead + kAccept + kForward + kFinish), IsOk());
}

TEST(Machine, FindsAndNamesEachDefect) {
  const auto refused = [](const std::string& rows) { return Machine::Parse(kHead + rows); };
  EXPECT_THAT(
      refused(kAccept + kForward + kFinish + "6\tpaid\t-\t4\tapplicant\tnone\tno\t-\tlaw\n"),
      FailsWith(Reason::kMalformedData, "6 paid [-] 4, from 'status 6"));
  EXPECT_THAT(
      refused(kAccept + kForward + kFinish + "4\tassign\t-\tsame\tagency_head\tnone\tno\t-\tl\n" +
              "4\tassign\t-\t2\tagency_head\tnone\tno\t-\tl\n"),
      FailsWith(Reason::kMalformedData, "guards that exclude those of"));
  EXPECT_THAT(refused(kAccept + kForward + "4\tforward\t-\t2\tspecialist\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "a way to an end"));
  EXPECT_THAT(refused(kAccept + kForward + kFinish +
                      "4\trequest_payment\t-\t6\tspecialist\tpause\tno\t-\tl\n" +
                      "6\twithdraw\t-\t7\tapplicant\tend\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "lets the clock go on"));
  EXPECT_THAT(refused("0\taccept\t-\t3\tone_stop_officer\tnone\tno\t-\tlaw\n"),
              FailsWith(Reason::kMalformedData, "starts the clock"));
  EXPECT_THAT(refused(kAccept + kForward + kFinish +
                      "4\tassign\t-\tprevious\tagency_head\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "only there a supplement is waited for"));
  EXPECT_THAT(refused(kForward + kFinish), FailsWith(Reason::kMalformedData, "from 'status 2"));
}

// Where a dossier may stay for good: 3, 7, 8 and 10, whatever its clock does.
TEST(Machine, EndsInFourStatusesAlone) {
  const auto kinds = [](const std::string& text) {
    const auto machine = Machine::Draft(text);
    EXPECT_THAT(machine, IsOk());
    std::vector<std::string> found;
    for (const Problem& problem : machine->Check()) found.push_back(problem.kind);
    return found;
  };
  for (int status = 1; status <= 10; ++status) {
    const std::string text = "machine M\nstate a 2\nstate n " + std::to_string(status) +
                             "\nnone + accept / start -> a by one_stop_officer because law\n"
                             "a + finish / end -> n by agency_head because law\n";
    const bool ends = status == 3 || status == 7 || status == 8 || status == 10;
    EXPECT_EQ(kinds(text), ends ? std::vector<std::string>()
                                : (std::vector<std::string>{"dead_end", "dead_end", "dead_end"}))
        << status;
  }
  EXPECT_THAT(kinds("machine M\nstate n 1\nnone + submit -> n by applicant because law\n"),
              testing::Contains("dead_end"));
}

TEST(Machine, TellsAClockOutOfOrderBeforeWhatFollowsFromIt) {
  const auto machine =
      Machine::Draft(kHead + kAccept + "2\tforward\t-\t4\tspecialist\tstart\tno\t-\tl\n" + kFinish);
  ASSERT_THAT(machine, IsOk());
  ASSERT_FALSE(machine->Check().empty());
  EXPECT_EQ(machine->Check()[0].kind, "clock_out_of_order");
  EXPECT_EQ(machine->Check()[0].subject, "2 forward [-] 4");
}

TEST(Machine, SkipsAByteOrderMark) {
  EXPECT_THAT(Machine::Parse("\xEF\xBB\xBF" + kHead + kAccept + kForward + kFinish), IsOk());
}

TEST(Machine, RefusesATableWithoutARowInForce) {
  const std::string unchosen = "8\tresume\t-\t4\tagency_head\tshift\tno\tstop=resumable\tl\n";
  for (const std::string& rows : {std::string(), unchosen}) {
    EXPECT_THAT(Machine::Draft(kHead + rows),
                FailsWith(Reason::kMalformedData, "at least one transition that is in force"));
  }
}

TEST(Machine, RefusesWordsItDoesNotKnow) {
  const auto refused = [](const std::string& row) { return Machine::Parse(kHead + row); };
  EXPECT_THAT(refused("11\taccept\t-\t2\tsystem\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "from '11'"));
  EXPECT_THAT(refused("0\tapprove\t-\t2\tsystem\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "event 'approve'"));
  EXPECT_THAT(refused("0\taccept\tif_paid\t2\tsystem\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "guard 'if_paid'"));
  EXPECT_THAT(refused("0\taccept\t-\t0\tsystem\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "to '0'"));
  for (const std::string to : {"same", "previous"}) {  // of nothing
    EXPECT_THAT(refused("0\taccept\t-\t" + to + "\tsystem\tnone\tno\t-\tl\n"),
                FailsWith(Reason::kMalformedData, "to '" + to + "'"));
  }
  EXPECT_THAT(refused("0\taccept\t-\t2\tking\tnone\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "role 'king'"));
  EXPECT_THAT(refused("0\taccept\t-\t2\tsystem\ttick\tno\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "clock 'tick'"));
  EXPECT_THAT(refused("0\taccept\t-\t2\tsystem\tnone\tperhaps\t-\tl\n"),
              FailsWith(Reason::kMalformedData, "visit 'perhaps'"));
  EXPECT_THAT(refused("0\taccept\t-\t2\tsystem\tnone\tno\tstop=maybe\tl\n"),
              FailsWith(Reason::kMalformedData, "option 'stop=maybe'"));
  EXPECT_THAT(refused("0\taccept\t-\t2\tsystem\tnone\tno\t-\t\n"),
              FailsWith(Reason::kMalformedData, "source ''"));
}

}  // namespace
}  // namespace motcua
