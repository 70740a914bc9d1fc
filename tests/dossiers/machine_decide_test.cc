// Machine::Decide against two independent readings: the table of the facts read by a
// naive parser, and what the sources say written down by hand.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "motcua/dossiers/machine.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::vector<Row> TableOfFacts() {
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/core/data/dossiers/national_machine.tsv");
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> header = Split(line, '\t');
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Split(line, '\t');
    Row row;
    for (std::size_t k = 0; k < header.size(); ++k) row[header[k]] = cells[k];
    rows.push_back(row);
  }
  return rows;
}

bool Holds(const std::string& guard, const GuardFacts& facts) {
  const int asked = static_cast<int>(facts.asked_in);
  if (guard == "-") return true;
  if (guard == "counter") return facts.counter;
  if (guard == "asked_before_acceptance") return asked == 1;
  if (guard == "asked_in_reception") return asked == 2;
  if (guard == "asked_in_appraisal") return asked == 4;
  if (guard == "asked_after_acceptance") return asked == 2 || asked == 4;
  if (guard == "supplement_expired") return facts.supplement_expired;
  if (guard == "first_extension") return !facts.extended;
  if (guard == "day_before") return facts.day_before;
  if (guard == "fee_paid") return facts.fee_paid;
  if (guard == "result_ready") return facts.result_ready;
  ADD_FAILURE() << "guard " << guard;
  return false;
}

// Every combination of what guards can ask about.
std::vector<GuardFacts> AllFacts() {
  std::vector<GuardFacts> all;
  for (int bits = 0; bits < 64; ++bits) {
    for (const int asked : {0, 1, 2, 4}) {
      all.push_back({.counter = (bits & 1) != 0,
                     .asked_in = static_cast<DossierStatus>(asked),
                     .supplement_expired = (bits & 2) != 0,
                     .extended = (bits & 4) != 0,
                     .day_before = (bits & 8) != 0,
                     .fee_paid = (bits & 16) != 0,
                     .result_ready = (bits & 32) != 0});
    }
  }
  return all;
}

// A row with its cells taken apart.
struct Told {
  const Row* row;
  std::vector<std::string> guards, roles;
};

using ByPlace = std::map<std::pair<int, std::string>, std::vector<Told>>;

// The rows that hold under the readings, by status and event.
ByPlace InForce(const std::vector<Row>& rows, const std::set<std::string>& readings) {
  ByPlace told;
  for (const Row& row : rows) {
    bool holds = true;
    if (row.at("option") != "-") {
      for (const std::string& reading : Split(row.at("option"), '+')) {
        holds = holds && readings.contains(reading);
      }
    }
    if (!holds) continue;
    told[{std::stoi(row.at("from")), row.at("event")}].push_back(
        {&row, Split(row.at("guard"), '+'), Split(row.at("role"), '+')});
  }
  return told;
}

// The one row that lets `role` do it; null if none does.
const Row* Expected(const ByPlace& told, int state, EventKind event, const std::string& role,
                    const GuardFacts& facts) {
  const auto rows = told.find({state, std::string(NameOf(event))});
  if (rows == told.end()) return nullptr;
  const Row* found = nullptr;
  for (const Told& one : rows->second) {
    const bool holds = std::all_of(one.guards.begin(), one.guards.end(),
                                   [&](const std::string& guard) { return Holds(guard, facts); });
    if (!holds || std::find(one.roles.begin(), one.roles.end(), role) == one.roles.end()) continue;
    EXPECT_EQ(found, nullptr) << "two rows for " << state << " " << NameOf(event);
    found = one.row;
  }
  return found;
}

// Status x event x role x guards, under each of two sets of readings.
TEST(Decide, SaysWhatTheTableSaysEverywhere) {
  const std::vector<Row> rows = TableOfFacts();
  const std::vector<GuardFacts> all = AllFacts();
  const std::map<std::string, std::set<std::string>> kReadings[] = {
      {{"first",
        {"stop=terminal", "withdrawal=status_7", "supplement=restart", "payment=resume",
         "extension=day_before", "fee=unchecked"}}},
      {{"other",
        {"stop=resumable", "withdrawal=finished_9", "supplement=shift", "payment=shift",
         "extension=any", "fee=checked"}}}};
  for (const auto& named : kReadings) {
    const std::set<std::string>& readings = named.begin()->second;
    MachineOptions options;
    for (const std::string& reading : readings) {
      const std::vector<std::string> words = Split(reading, '=');
      ASSERT_THAT(options.Set(words[0], words[1]), IsOk());
    }
    const Machine machine = *Machine::National(options);
    const ByPlace told = InForce(rows, readings);
    std::size_t allowed = 0, refused = 0;
    for (int state = 0; state < kDossierStatusCount; ++state) {
      for (int kind = 0; kind < kEventKindCount; ++kind) {
        for (int role = 0; role < kRoleCount; ++role) {
          for (const GuardFacts& facts : all) {
            const auto event = static_cast<EventKind>(kind);
            const auto who = static_cast<Role>(role);
            const Row* expected = Expected(told, state, event, std::string(NameOf(who)), facts);
            const MachineDecision decision =
                machine.Decide(static_cast<StateNumber>(state), event, who, facts);
            ASSERT_EQ(decision.transition != nullptr, expected != nullptr)
                << state << " " << NameOf(event) << " " << NameOf(who);
            ++(expected != nullptr ? allowed : refused);
            if (expected == nullptr) continue;
            EXPECT_EQ(TargetName(decision.transition->to), expected->at("to"));
            EXPECT_EQ(NameOf(decision.transition->clock), expected->at("clock"));
            EXPECT_EQ(decision.expected, expected->at("source"));
          }
        }
      }
    }
    EXPECT_EQ(allowed + refused, 11u * 16 * 7 * 256);
    EXPECT_GT(allowed, 1000u);
  }
}

// Which events the sources let happen in which status: portal.md 2.1 and 2.2, Decree
// 118/2025 arts 15 to 22; `transfer` wherever a dossier is open.
TEST(Decide, AllowsTheTransitionsOfTheSourcesAndNoOther) {
  const std::map<int, std::set<std::string>> kTerminalStop = {
      {0, {"submit", "accept", "refuse"}},
      {1, {"accept", "refuse", "request_supplement", "withdraw", "transfer"}},
      {2,
       {"assign", "forward", "request_supplement", "extend", "withdraw", "stop", "finish",
        "transfer"}},
      {3, {}},
      {4,
       {"assign", "forward", "request_supplement", "request_payment", "extend", "withdraw", "stop",
        "finish", "transfer"}},
      {5, {"supply", "refuse", "stop", "withdraw", "transfer"}},
      {6, {"paid", "forward", "withdraw", "transfer"}},
      {7, {}},
      {8, {}},
      {9, {"hand_over", "forward", "transfer"}},
      {10, {}}};
  auto resumable = kTerminalStop;
  resumable[2].erase("stop");
  resumable[5].erase("stop");
  resumable[8] = {"resume", "forward", "withdraw", "transfer"};
  for (const bool pauses : {false, true}) {
    MachineOptions options;
    ASSERT_THAT(options.Set("stop", pauses ? "resumable" : "terminal"), IsOk());
    const Machine machine = *Machine::National(options);
    for (int state = 0; state < kDossierStatusCount; ++state) {
      std::set<std::string> found;
      for (int kind = 0; kind < kEventKindCount; ++kind) {
        const auto event = static_cast<EventKind>(kind);
        if (!machine.From(static_cast<StateNumber>(state), event).empty()) {
          found.insert(std::string(NameOf(event)));
        }
      }
      EXPECT_EQ(found, (pauses ? resumable : kTerminalStop).at(state)) << state;
    }
  }
}

TEST(Decide, SaysWhyNot) {
  const Machine machine = *Machine::National();
  const auto rule = [&](int state, EventKind event, std::optional<Role> role,
                        const GuardFacts& facts) {
    const auto decision = machine.Decide(static_cast<StateNumber>(state), event, role, facts);
    return std::string(decision.rule) + ": " + decision.expected;
  };
  EXPECT_EQ(rule(10, EventKind::kForward, std::nullopt, {}), "no_transition: nothing");
  EXPECT_EQ(rule(9, EventKind::kAccept, std::nullopt, {}),
            "no_transition: forward, hand_over, transfer");
  EXPECT_EQ(rule(0, EventKind::kAccept, Role::kOneStopOfficer, {}), "guard: counter");
  EXPECT_EQ(rule(1, EventKind::kAccept, Role::kSpecialist, {}),
            "role: one_stop_officer+one_stop_head");
  EXPECT_EQ(rule(4, EventKind::kExtend, Role::kAgencyHead, {.extended = true}),
            "guard: first_extension");
  EXPECT_EQ(rule(4, EventKind::kExtend, Role::kAgencyHead, {.day_before = false}),
            "guard: day_before");
  EXPECT_EQ(rule(77, EventKind::kExtend, Role::kAgencyHead, {}), "no_transition: nothing");
  EXPECT_EQ(FailingGuards(0x8000, {}), 0x8000);  // a bit that is no guard never holds
}

}  // namespace
}  // namespace motcua
