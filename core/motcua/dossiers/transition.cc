#include "motcua/dossiers/transition.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"

namespace motcua {
namespace {

constexpr std::array<std::string_view, kGuardCount> kGuards = {"counter",
                                                               "asked_before_acceptance",
                                                               "asked_in_reception",
                                                               "asked_in_appraisal",
                                                               "asked_after_acceptance",
                                                               "supplement_expired",
                                                               "first_extension",
                                                               "day_before",
                                                               "fee_paid",
                                                               "result_ready"};
constexpr std::array<std::string_view, kRoleCount> kRoles = {
    "applicant",  "one_stop_officer", "one_stop_head", "agency_head",
    "specialist", "result_returner",  "system"};
constexpr std::array<std::string_view, kClockEffectCount> kEffects = {
    "none", "start", "pause", "resume", "restart", "shift", "end", "reopen", "extend"};

struct OptionWords {
  std::string_view name;
  std::array<std::string_view, 3> choices;
};
constexpr std::array<OptionWords, kMachineOptionCount> kOptions = {{
    {"-", {}},
    {"stop", {"terminal", "resumable"}},
    {"withdrawal", {"status_7", "finished_9"}},
    {"supplement", {"restart", "resume", "shift"}},
    {"payment", {"resume", "shift"}},
    {"extension", {"day_before", "any"}},
    {"fee", {"unchecked", "checked"}},
}};

template <std::size_t N>
std::optional<std::uint8_t> IndexOf(const std::array<std::string_view, N>& words,
                                    std::string_view word) {
  for (std::size_t k = 0; k < N; ++k) {
    if (words[k] == word) return static_cast<std::uint8_t>(k);
  }
  return std::nullopt;
}

// "restart, resume, shift"
template <std::size_t N>
std::string List(const std::array<std::string_view, N>& words) {
  std::string list;
  for (const std::string_view word : words) {
    absl::StrAppend(&list, list.empty() ? "one of " : ", ", ToAbsl(word));
  }
  return list;
}

std::optional<std::uint8_t> ReadStatus(std::string_view text) {
  std::uint8_t status = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
  if (error != std::errc() || end != text.data() + text.size() || status >= kDossierStatusCount) {
    return std::nullopt;
  }
  return status;
}

// Calls `take` with each of the words joined by "+".
template <typename Take>
absl::Status ForEachWord(std::string_view words, Take take) {
  while (true) {
    const std::size_t plus = words.find('+');
    MOTCUA_RETURN_IF_ERROR(take(words.substr(0, plus)));
    if (plus == std::string_view::npos) return absl::OkStatus();
    words.remove_prefix(plus + 1);
  }
}

absl::Status AddOption(std::string_view word, Transition& row) {
  constexpr std::string_view kForm = "- or OPTION=CHOICE, e.g. stop=terminal, two joined by +";
  const auto unknown = [&] { return Error(Reason::kMalformedData, "option", word, kForm); };
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos || equals + 1 == word.size()) return unknown();
  for (std::size_t k = 1; k < kOptions.size(); ++k) {
    if (kOptions[k].name != word.substr(0, equals)) continue;
    const auto choice = IndexOf(kOptions[k].choices, word.substr(equals + 1));
    if (!choice) return unknown();
    for (std::size_t slot = 0; slot < kRowOptionCount; ++slot) {
      if (row.option[slot] == static_cast<MachineOption>(k)) return unknown();
      if (row.option[slot] != MachineOption::kAlways) continue;
      row.option[slot] = static_cast<MachineOption>(k);
      row.choice[slot] = *choice;
      return absl::OkStatus();
    }
  }
  return unknown();
}

// A word that a column does not know, told with file and line.
absl::Status Located(const Tsv::Row& row, std::string_view column, const absl::Status& status) {
  if (status.ok()) return status;
  const std::string_view message = ToStd(status.message());
  const std::size_t expected = message.rfind("': expected ");
  return row.Refuse(column,
                    expected == std::string_view::npos ? message : message.substr(expected + 12));
}

absl::StatusOr<Transition> ReadTransition(const Tsv::Row& row) {
  Transition transition;
  const auto from = ReadStatus(row["from"]);
  if (!from) return row.Refuse("from", "a status, 0 (no dossier yet) to 10");
  transition.from = static_cast<DossierStatus>(*from);
  const auto event = EventKindNamed(row["event"]);
  if (!event) return row.Refuse("event", "the kind of an event");
  transition.event = *event;
  const auto guards = GuardsNamed(row["guard"]);
  MOTCUA_RETURN_IF_ERROR(Located(row, "guard", guards.status()));
  transition.guards = *guards;
  const auto to = ReadStatus(row["to"]);
  if (row["to"] == "same") {
    transition.to = kToSame;
  } else if (row["to"] == "previous") {
    transition.to = kToPrevious;
  } else if (to && *to != 0) {
    transition.to = *to;
  } else {
    return row.Refuse("to", "a status 1 to 10, same or previous");
  }
  if (*from == 0 && transition.to >= kToSame) {
    return row.Refuse("to", "a status 1 to 10: there is no dossier yet");
  }
  transition.from_state = *from;
  transition.to_state = transition.to <= kDossierStatusCount ? transition.to : std::uint8_t{0};
  MOTCUA_RETURN_IF_ERROR(Located(row, "role", SetRoles(row["role"], transition)));
  const auto clock = ClockEffectNamed(row["clock"]);
  MOTCUA_RETURN_IF_ERROR(Located(row, "clock", clock.status()));
  transition.clock = *clock;
  if (row["visit"] != "yes" && row["visit"] != "no") return row.Refuse("visit", "yes or no");
  transition.visit = row["visit"] == "yes";
  MOTCUA_RETURN_IF_ERROR(Located(row, "option", SetOptions(row["option"], transition)));
  transition.source = row["source"];
  if (transition.source.empty() || transition.source.front() == ' ' ||
      transition.source.back() == ' ') {
    return row.Refuse("source", "the article or system it comes from, without blanks around it");
  }
  return transition;
}

}  // namespace

std::string_view NameOf(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::string_view NameOf(ClockEffect effect) { return kEffects[static_cast<std::size_t>(effect)]; }
std::string_view NameOf(MachineOption option) {
  return kOptions[static_cast<std::size_t>(option)].name;
}
std::string_view ChoiceName(MachineOption option, std::uint8_t choice) {
  const auto& choices = kOptions[static_cast<std::size_t>(option)].choices;
  return choice < choices.size() ? choices[choice] : std::string_view();
}

std::string GuardNames(std::uint16_t guards) {
  std::string names;
  for (std::size_t k = 0; k < kGuards.size(); ++k) {
    if ((guards >> k & 1) != 0)
      absl::StrAppend(&names, names.empty() ? "" : "+", ToAbsl(kGuards[k]));
  }
  return names.empty() ? "-" : names;
}

std::string TargetName(std::uint8_t to) {
  if (to == kToSame) return "same";
  if (to == kToPrevious) return "previous";
  return absl::StrCat(static_cast<int>(to));
}

std::string RoleNames(const Transition& row) {
  std::string names(NameOf(row.role));
  for (std::size_t k = 0; k < kRoles.size(); ++k) {
    const auto role = static_cast<Role>(k);
    if (role != row.role && (row.roles & BitOf(role)) != 0) {
      absl::StrAppend(&names, "+", ToAbsl(kRoles[k]));
    }
  }
  return names;
}

std::string OptionNames(const Transition& row) {
  std::string names;
  for (std::size_t k = 0; k < kRowOptionCount; ++k) {
    if (row.option[k] == MachineOption::kAlways) continue;
    absl::StrAppend(&names, names.empty() ? "" : "+", ToAbsl(NameOf(row.option[k])), "=",
                    ToAbsl(ChoiceName(row.option[k], row.choice[k])));
  }
  return names.empty() ? "-" : names;
}

absl::StatusOr<std::uint16_t> GuardsNamed(std::string_view words) {
  if (words == "-") return std::uint16_t{0};
  unsigned guards = 0;
  MOTCUA_RETURN_IF_ERROR(ForEachWord(words, [&](std::string_view word) {
    const auto guard = IndexOf(kGuards, word);
    if (!guard) {
      return Error(Reason::kMalformedData, "guard", word,
                   "- or guards joined by +: " + List(kGuards));
    }
    guards |= 1u << *guard;
    return absl::OkStatus();
  }));
  return static_cast<std::uint16_t>(guards);
}

absl::StatusOr<Role> RoleNamed(std::string_view word) {
  const auto role = IndexOf(kRoles, word);
  if (!role) return Error(Reason::kMalformedData, "role", word, List(kRoles));
  return static_cast<Role>(*role);
}

absl::Status SetRoles(std::string_view words, Transition& row) {
  row.roles = 0;
  return ForEachWord(words, [&](std::string_view word) -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Role role, RoleNamed(word));
    if (row.roles == 0) row.role = role;
    row.roles |= BitOf(role);
    return absl::OkStatus();
  });
}

absl::Status SetOptions(std::string_view words, Transition& row) {
  if (words == "-") return absl::OkStatus();
  return ForEachWord(words, [&](std::string_view word) { return AddOption(word, row); });
}

absl::StatusOr<ClockEffect> ClockEffectNamed(std::string_view word) {
  const auto clock = IndexOf(kEffects, word);
  if (!clock) return Error(Reason::kMalformedData, "clock", word, List(kEffects));
  return static_cast<ClockEffect>(*clock);
}

std::uint16_t FailingGuards(std::uint16_t guards, const GuardFacts& facts) {
  const DossierStatus asked = facts.asked_in;
  const bool accepted = asked == DossierStatus::kAccepted;
  const bool appraised = asked == DossierStatus::kInProcessing;
  const auto held = [](GuardBit guard, bool holds) { return holds ? unsigned{guard} : 0u; };
  const unsigned holding =
      held(kGuardCounter, facts.counter) | held(kGuardAskedBefore, asked == DossierStatus::kNew) |
      held(kGuardAskedInReception, accepted) | held(kGuardAskedInAppraisal, appraised) |
      held(kGuardAskedAfter, accepted || appraised) |
      held(kGuardSupplementExpired, facts.supplement_expired) |
      held(kGuardFirstExtension, !facts.extended) | held(kGuardDayBefore, facts.day_before) |
      held(kGuardFeePaid, facts.fee_paid) | held(kGuardResultReady, facts.result_ready);
  return static_cast<std::uint16_t>(guards & ~holding);
}

std::uint16_t CloserGuards(std::uint16_t failing, std::uint16_t missing) {
  if (failing == 0) return missing;
  const auto closeness = [](std::uint16_t mask) { return std::pair(-std::popcount(mask), mask); };
  return std::max(failing, missing,
                  [&](std::uint16_t a, std::uint16_t b) { return closeness(a) < closeness(b); });
}

absl::StatusOr<std::vector<Transition>> ParseTransitions(std::string name, std::string_view text) {
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse(std::move(name), text,
                                                    {"from", "event", "guard", "to", "role",
                                                     "clock", "visit", "option", "source"}));
  std::vector<Transition> transitions;
  for (const Tsv::Row& row : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Transition transition, ReadTransition(row));
    transitions.push_back(std::move(transition));
  }
  return transitions;
}

}  // namespace motcua
