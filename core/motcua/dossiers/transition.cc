#include "motcua/dossiers/transition.h"

#include <charconv>
#include <optional>

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
                                                               "day_before"};
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

absl::StatusOr<std::uint16_t> ReadGuards(const Tsv::Row& row) {
  std::string_view rest = row["guard"];
  if (rest == "-") return std::uint16_t{0};
  unsigned guards = 0;
  while (true) {
    const std::size_t plus = rest.find('+');
    const auto guard = IndexOf(kGuards, rest.substr(0, plus));
    if (!guard) return row.Refuse("guard", "- or guards joined by +: " + List(kGuards));
    guards |= 1u << *guard;
    if (plus == std::string_view::npos) return static_cast<std::uint16_t>(guards);
    rest.remove_prefix(plus + 1);
  }
}

absl::Status ReadOption(const Tsv::Row& row, Transition& transition) {
  const std::string_view text = row["option"];
  if (text == "-") return absl::OkStatus();
  const std::size_t equals = text.find('=');
  if (equals != std::string_view::npos) {
    for (std::size_t k = 1; k < kOptions.size(); ++k) {
      if (kOptions[k].name != text.substr(0, equals)) continue;
      const auto choice = IndexOf(kOptions[k].choices, text.substr(equals + 1));
      if (!choice || equals + 1 == text.size()) break;
      transition.option = static_cast<MachineOption>(k);
      transition.choice = *choice;
      return absl::OkStatus();
    }
  }
  return row.Refuse("option", "- or OPTION=CHOICE, e.g. stop=terminal");
}

absl::StatusOr<Transition> ReadTransition(const Tsv::Row& row) {
  Transition transition;
  const auto from = ReadStatus(row["from"]);
  if (!from) return row.Refuse("from", "a status, 0 (no dossier yet) to 10");
  transition.from = static_cast<DossierStatus>(*from);
  const auto event = EventKindNamed(row["event"]);
  if (!event) return row.Refuse("event", "the kind of an event");
  transition.event = *event;
  MOTCUA_ASSIGN_OR_RETURN(transition.guards, ReadGuards(row));
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
  const auto role = IndexOf(kRoles, row["role"]);
  if (!role) return row.Refuse("role", List(kRoles));
  transition.role = static_cast<Role>(*role);
  const auto clock = IndexOf(kEffects, row["clock"]);
  if (!clock) return row.Refuse("clock", List(kEffects));
  transition.clock = static_cast<ClockEffect>(*clock);
  if (row["visit"] != "yes" && row["visit"] != "no") return row.Refuse("visit", "yes or no");
  transition.visit = row["visit"] == "yes";
  MOTCUA_RETURN_IF_ERROR(ReadOption(row, transition));
  transition.source = row["source"];
  if (transition.source.empty()) return row.Refuse("source", "the article or system it comes from");
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
