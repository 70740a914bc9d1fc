#include "motcua/dossiers/machine_text.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/text/normal_form.h"

namespace motcua {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
constexpr std::string_view kBlank = " \t\r";

std::string_view Strip(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// "a, b" as "a+b", the form in which transition.h reads sets of words.
std::string Joined(std::string_view list) {
  std::string words;
  while (true) {
    const std::size_t comma = list.find(',');
    absl::StrAppend(&words, ToAbsl(Strip(list.substr(0, comma))));
    if (comma == std::string_view::npos) return words;
    words.push_back('+');
    list.remove_prefix(comma + 1);
  }
}

// "a+b" as "a, b".
std::string Listed(std::string words) {
  for (std::size_t k = words.find('+'); k != std::string::npos; k = words.find('+', k + 2)) {
    words.replace(k, 1, ", ");
  }
  return words;
}

// A line of the text, continuations joined.
struct Line {
  int number = 0;
  std::string text;
};

std::vector<Line> Lines(std::string_view text) {
  std::vector<Line> lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view stripped = Strip(raw);
    if (stripped.empty() || stripped.front() == '#') continue;
    const bool continues = kBlank.find(raw.front()) != std::string_view::npos && !lines.empty();
    if (continues) {
      absl::StrAppend(&lines.back().text, " ", ToAbsl(stripped));
    } else {
      lines.push_back({number, std::string(stripped)});
    }
  }
  return lines;
}

class Reader {
 public:
  explicit Reader(const MachineOptions& options) : options_(options) {
    head_.states.push_back({"none", DossierStatus::kNone, "chưa có hồ sơ"});
  }

  absl::Status Take(const Line& line) {
    line_ = line.number;
    const std::string_view text = line.text;
    const std::size_t space = std::min(text.find_first_of(kBlank), text.size());
    const std::string_view word = text.substr(0, space);
    const std::string_view rest = Strip(text.substr(space));
    if (rest.starts_with("+") || rest.starts_with("|")) return TakeTransition(text);
    if (word == "machine") return TakeName(rest);
    if (word == "procedure") return TakeProcedure(rest);
    if (word == "option") return TakeOption(rest);
    if (word == "state") return TakeState(rest);
    return TakeTransition(text);
  }

  absl::StatusOr<Machine> Finish() {
    Machine machine = Machine::Of(std::move(rows_), options_, std::move(head_));
    if (machine.transitions().empty()) {
      return Refuse("transitions", "", "at least one transition that is in force");
    }
    return machine;
  }

 private:
  absl::Status Refuse(std::string_view part, std::string_view value,
                      std::string_view expected) const {
    return Error(Reason::kMalformedData, absl::StrCat("machine line ", line_, ", ", ToAbsl(part)),
                 value, expected);
  }

  // Another refusal, told with its line.
  absl::Status Located(const absl::Status& status) const {
    if (status.ok()) return status;
    return Error(Reason::kMalformedData,
                 ToStd(absl::StrCat("machine line ", line_, ", ", status.message())));
  }

  absl::Status TakeName(std::string_view rest) {
    if (rest.empty() || !head_.name.empty()) return Refuse("machine", rest, "one name, once");
    head_.name = rest;
    return absl::OkStatus();
  }

  absl::Status TakeProcedure(std::string_view rest) {
    if (rest.empty() || rest.find_first_of(kBlank) != std::string_view::npos) {
      return Refuse("procedure", rest, "one code of a procedure");
    }
    head_.procedures.emplace_back(rest);
    return absl::OkStatus();
  }

  absl::Status TakeOption(std::string_view rest) {
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) {
      return Refuse("option", rest, "OPTION=CHOICE, e.g. stop=terminal");
    }
    const MachineOptions before = options_;
    const std::string_view name = Strip(rest.substr(0, equals));
    MOTCUA_RETURN_IF_ERROR(Located(options_.Set(name, Strip(rest.substr(equals + 1)))));
    for (std::uint8_t k = 1; k < kMachineOptionCount; ++k) {
      const auto option = static_cast<MachineOption>(k);
      if (before.choice(option) != 0 && before.choice(option) != options_.choice(option)) {
        return Refuse("option", rest,
                      "the reading that the caller chose, " +
                          std::string(ChoiceName(option, before.choice(option))));
      }
    }
    return absl::OkStatus();
  }

  absl::Status TakeState(std::string_view rest) {
    const std::size_t space = std::min(rest.find_first_of(kBlank), rest.size());
    const std::string_view name = rest.substr(0, space);
    rest = Strip(rest.substr(space));
    const std::size_t end = std::min(rest.find_first_of(kBlank), rest.size());
    const std::string_view number = rest.substr(0, end);
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const bool reserved = name == "none" || name == "same" || name == "previous" || name == "by";
    if (name.empty() || name.size() > 40 || reserved ||
        name.find_first_not_of(kLetters) != std::string_view::npos) {
      return Refuse("state", name, "a name of a-z, 0-9 and _, at most 40, not a word of the form");
    }
    if (FindState(name)) return Refuse("state", name, "a state that is declared once");
    if (head_.states.size() > kMaxMachineStates) {
      return Refuse("state", name, absl::StrCat("at most ", kMaxMachineStates, " states"));
    }
    int status = 0;
    const auto [stop, error] =
        std::from_chars(number.data(), number.data() + number.size(), status);
    if (error != std::errc() || stop != number.data() + number.size() || status < 1 ||
        status >= kDossierStatusCount) {
      return Refuse("state", absl::StrCat(ToAbsl(name), " ", ToAbsl(number)),
                    "a portal status, 1 to 10, that the state counts as");
    }
    const auto portal = static_cast<DossierStatus>(status);
    const std::string_view title = Strip(rest.substr(end));
    head_.states.push_back(
        {std::string(name), portal, std::string(title.empty() ? VietnameseNameOf(portal) : title)});
    return absl::OkStatus();
  }

  std::optional<StateNumber> FindState(std::string_view name) const {
    for (std::size_t k = 0; k < head_.states.size(); ++k) {
      if (head_.states[k].name == name) return static_cast<StateNumber>(k);
    }
    return std::nullopt;
  }

  absl::Status TakeTransition(std::string_view text) {
    constexpr std::string_view kForm =
        "FROM + EVENT [GUARD] / CLOCK -> TO by ROLE [visit] [when OPTION=CHOICE] because SOURCE";
    Transition row;
    const std::size_t because = text.find(" because ");
    if (because == std::string_view::npos) return Refuse("transition", text, kForm);
    row.source = Strip(text.substr(because + 9));
    if (row.source.empty()) return Refuse("source", "", "the article or system it comes from");
    std::string_view body = Strip(text.substr(0, because));
    const std::size_t arrow = body.find("->");
    const std::size_t plus = body.find('+');
    if (arrow == std::string_view::npos || plus == std::string_view::npos || plus > arrow) {
      return Refuse("transition", text, kForm);
    }
    MOTCUA_RETURN_IF_ERROR(TakeEvent(Strip(body.substr(plus + 1, arrow - plus - 1)), row));
    MOTCUA_RETURN_IF_ERROR(TakeTarget(Strip(body.substr(arrow + 2)), row));
    return AddFrom(body.substr(0, plus), std::move(row));
  }

  // EVENT [GUARD, GUARD] / CLOCK
  absl::Status TakeEvent(std::string_view text, Transition& row) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
      const auto clock = ClockEffectNamed(Strip(text.substr(slash + 1)));
      MOTCUA_RETURN_IF_ERROR(Located(clock.status()));
      row.clock = *clock;
      text = Strip(text.substr(0, slash));
    }
    if (const std::size_t open = text.find('['); open != std::string_view::npos) {
      if (text.back() != ']') return Refuse("guard", text.substr(open), "guards in [ ]");
      const auto guards = GuardsNamed(Joined(text.substr(open + 1, text.size() - open - 2)));
      MOTCUA_RETURN_IF_ERROR(Located(guards.status()));
      row.guards = *guards;
      text = Strip(text.substr(0, open));
    }
    const auto event = EventKindNamed(text);
    if (!event) return Refuse("event", text, "the kind of an event");
    row.event = *event;
    return absl::OkStatus();
  }

  // TO by ROLE, ROLE [visit] [when OPTION=CHOICE, ...]
  absl::Status TakeTarget(std::string_view text, Transition& row) {
    if (const std::size_t when = text.find(" when "); when != std::string_view::npos) {
      MOTCUA_RETURN_IF_ERROR(Located(SetOptions(Joined(text.substr(when + 6)), row)));
      text = Strip(text.substr(0, when));
    }
    if (text.ends_with(" visit")) {
      row.visit = true;
      text = Strip(text.substr(0, text.size() - 6));
    }
    const std::size_t by = text.find(" by ");
    if (by == std::string_view::npos) return Refuse("role", text, "TO by ROLE, ROLE");
    MOTCUA_RETURN_IF_ERROR(Located(SetRoles(Joined(text.substr(by + 4)), row)));
    text = Strip(text.substr(0, by));
    if (text == "same" || text == "previous") {
      row.to = text == "same" ? kToSame : kToPrevious;
      return absl::OkStatus();
    }
    const auto state = FindState(text);
    if (!state || *state == 0) return Refuse("to", text, "a declared state, same or previous");
    row.to_state = *state;
    row.to = static_cast<std::uint8_t>(head_.states[*state].status);
    return absl::OkStatus();
  }

  // FROM | FROM
  absl::Status AddFrom(std::string_view text, Transition row) {
    while (true) {
      const std::size_t bar = text.find('|');
      const std::string_view name = Strip(text.substr(0, bar));
      const auto state = FindState(name);
      if (!state) return Refuse("from", name, "a declared state, or none");
      if (*state == 0 && row.to >= kToSame) {
        return Refuse("to", TargetName(row.to), "a state: there is no dossier yet");
      }
      row.from_state = *state;
      row.from = head_.states[*state].status;
      if (rows_.size() == kMaxMachineRows) {
        return Refuse("transition", name, absl::StrCat("at most ", kMaxMachineRows));
      }
      rows_.push_back(row);
      if (bar == std::string_view::npos) return absl::OkStatus();
      text.remove_prefix(bar + 1);
    }
  }

  MachineOptions options_;
  MachineHead head_;
  std::vector<Transition> rows_;
  int line_ = 0;
};

}  // namespace

absl::Status ValidateMachineText(std::string_view text) {
  if (const absl::Status valid = ValidateText(text, "machine", kMaxBytes); !valid.ok()) {
    return Error(Reason::kMalformedData, ToStd(valid.message()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Machine> ReadMachineText(std::string_view text, const MachineOptions& options) {
  MOTCUA_RETURN_IF_ERROR(ValidateMachineText(text));
  Reader reader(options);
  for (const Line& line : Lines(text)) MOTCUA_RETURN_IF_ERROR(reader.Take(line));
  return reader.Finish();
}

std::string WriteMachineText(const Machine& machine) {
  std::string text;
  const MachineHead& head = machine.head();
  if (!head.name.empty()) absl::StrAppend(&text, "machine ", head.name, "\n");
  for (const std::string& code : head.procedures) absl::StrAppend(&text, "procedure ", code, "\n");
  for (std::uint8_t k = 1; k < kMachineOptionCount; ++k) {
    const auto option = static_cast<MachineOption>(k);
    const std::uint8_t choice = machine.options().choice(option);
    if (choice == 0) continue;
    absl::StrAppend(&text, "option ", ToAbsl(NameOf(option)), "=",
                    ToAbsl(ChoiceName(option, choice)), "\n");
  }
  const auto states = machine.states();
  for (std::size_t k = 1; k < states.size(); ++k) {
    absl::StrAppend(&text, "state ", states[k].name, " ", static_cast<int>(states[k].status), " ",
                    states[k].title, "\n");
  }
  for (const Transition& row : machine.transitions()) {
    absl::StrAppend(&text, states[row.from_state].name, " + ", ToAbsl(NameOf(row.event)));
    if (row.guards != 0) absl::StrAppend(&text, " [", Listed(GuardNames(row.guards)), "]");
    if (row.clock != ClockEffect::kNone) absl::StrAppend(&text, " / ", ToAbsl(NameOf(row.clock)));
    absl::StrAppend(&text, " -> ",
                    row.to_state == 0 ? TargetName(row.to) : states[row.to_state].name, " by ",
                    Listed(RoleNames(row)), row.visit ? " visit" : "");
    const std::string options = OptionNames(row);
    if (options != "-") absl::StrAppend(&text, " when ", Listed(options));
    absl::StrAppend(&text, "\n    because ", row.source, "\n");
  }
  return text;
}

}  // namespace motcua
