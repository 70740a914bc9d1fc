// A machine drawn: as Mermaid, and as an SVG that needs no program to lay it out.

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/machine.h"

namespace motcua {
namespace {

// The states in which the supplement of a `previous` row can have been asked.
std::vector<StateNumber> AskedStates(const Machine& machine, const Transition& row) {
  std::vector<StateNumber> asked;
  for (const Transition& request : machine.transitions()) {
    if (request.event != EventKind::kRequestSupplement) continue;
    constexpr std::uint16_t kAsked =
        kGuardAskedBefore | kGuardAskedInReception | kGuardAskedInAppraisal | kGuardAskedAfter;
    const auto guards = static_cast<std::uint16_t>(row.guards & kAsked);
    if (FailingGuards(guards, {.asked_in = request.from}) != 0) continue;
    if (std::find(asked.begin(), asked.end(), request.from_state) == asked.end()) {
      asked.push_back(request.from_state);
    }
  }
  return asked;
}

std::vector<StateNumber> TargetsOf(const Machine& machine, const Transition& row) {
  if (row.to == kToPrevious) return AskedStates(machine, row);
  return {row.to == kToSame ? row.from_state : row.to_state};
}

std::vector<bool> UsedStates(const Machine& machine) {
  std::vector<bool> used(machine.states().size(), false);
  for (const Transition& row : machine.transitions()) {
    used[row.from_state] = true;
    for (const StateNumber to : TargetsOf(machine, row)) used[to] = true;
  }
  return used;
}

std::string MermaidId(const Machine& machine, StateNumber state) {
  const MachineState& one = machine.states()[state];
  if (state == 0) return "[*]";
  if (one.name == NameOf(one.status)) return absl::StrCat("s", static_cast<int>(one.status));
  return absl::StrCat("s_", one.name);
}

// Characters that end a Mermaid label become ones that do not.
std::string MermaidText(std::string_view text) {
  return absl::StrReplaceAll(ToAbsl(text), {{":", " -"}, {";", ","}, {"#", " "}, {"%%", "%"}});
}

std::string LabelOf(const Transition& row) {
  std::string label(NameOf(row.event));
  if (row.guards != 0) absl::StrAppend(&label, " [", GuardNames(row.guards), "]");
  if (row.clock != ClockEffect::kNone) absl::StrAppend(&label, " / ", ToAbsl(NameOf(row.clock)));
  return label;
}

std::string XmlText(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else if (c == '"') {
      safe += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {  // XML knows no control characters
      safe.push_back(c);
    }
  }
  return safe;
}

// How many characters a text has, counting each code point as one.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// At most three lines of about `width` characters, broken at spaces.
std::vector<std::string> Wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines = {""};
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    const bool full = Width(lines.back()) + Width(word) > width && !lines.back().empty();
    if (full && lines.size() == 3) {
      lines.back() += " …";
      break;
    }
    if (full) lines.emplace_back();
    absl::StrAppend(&lines.back(), lines.back().empty() ? "" : " ", ToAbsl(word));
  }
  return lines;
}

class SvgChart {
 public:
  explicit SvgChart(const Machine& machine) : machine_(machine) {
    const std::vector<bool> used = UsedStates(machine);
    column_.resize(used.size(), -1);
    int columns = 0;
    for (std::size_t k = 0; k < used.size(); ++k) {
      if (k == 0 || used[k]) column_[k] = columns++;
    }
    columns_ = columns;
  }

  std::string Draw() {
    int y = kTop + kHead;
    std::string rows;
    for (StateNumber state = 0; state < column_.size(); ++state) {
      bool shaded = false;
      for (const Transition& row : machine_.transitions()) {
        if (row.from_state != state) continue;
        for (const StateNumber to : TargetsOf(machine_, row)) {
          y += kRow;
          DrawRow(row, to, y, rows);
          shaded = true;
        }
      }
      if (shaded) y += kGap;
    }
    const int bottom = y + kRow / 2;
    const int width = 2 * kLeft + (columns_ - 1) * kColumn;
    const int height = bottom + kFoot;
    std::string svg = absl::StrCat(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", width, " ", height,
        "\" width=\"", width, "\" height=\"", height,
        "\" font-family=\"Noto Sans, DejaVu Sans, Arial, sans-serif\" font-size=\"12\">\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    const std::string& name = machine_.head().name;
    absl::StrAppend(&svg, "<title>", XmlText(name.empty() ? "national machine" : name),
                    "</title>\n");
    for (StateNumber state = 0; state < column_.size(); ++state) {
      if (column_[state] >= 0) DrawState(state, bottom, svg);
    }
    svg += rows;
    DrawLegend(bottom + 34, svg);
    svg += "</svg>\n";
    return svg;
  }

 private:
  static constexpr int kTop = 14, kHead = 78, kRow = 32, kGap = 12, kColumn = 168, kLeft = 90,
                       kFoot = 56, kBox = 156;

  int X(StateNumber state) const { return kLeft + column_[state] * kColumn; }

  static std::string_view Colour(ClockEffect effect) {
    switch (effect) {
      case ClockEffect::kStart:
      case ClockEffect::kResume:
      case ClockEffect::kRestart:
      case ClockEffect::kShift:
      case ClockEffect::kReopen:
        return "#1b7f4b";
      case ClockEffect::kPause:
        return "#b26a00";
      case ClockEffect::kEnd:
        return "#b3261e";
      case ClockEffect::kExtend:
        return "#6a3fb0";
      case ClockEffect::kNone:
        break;
    }
    return "#44546a";
  }

  void DrawState(StateNumber state, int bottom, std::string& svg) const {
    const MachineState& one = machine_.states()[state];
    const int x = X(state);
    const bool waits = one.status == DossierStatus::kAwaitingSupplement ||
                       one.status == DossierStatus::kAwaitingPayment;
    const bool ends = state != 0 && machine_.IsTerminalState(state);
    const char* fill = state == 0 ? "#f2f2f2" : ends ? "#f9dedc" : waits ? "#fdf0d5" : "#e3eefc";
    absl::StrAppend(&svg, "<line x1=\"", x, "\" y1=\"", kTop + kHead, "\" x2=\"", x, "\" y2=\"",
                    bottom, "\" stroke=\"#c5cdd8\" stroke-dasharray=\"2 4\"/>\n");
    absl::StrAppend(&svg, "<rect x=\"", x - kBox / 2, "\" y=\"", kTop, "\" width=\"", kBox,
                    "\" height=\"", kHead - 8, "\" rx=\"8\" fill=\"", fill,
                    "\" stroke=\"#44546a\" stroke-width=\"", ends ? 3 : 1, "\"/>\n");
    // Names of more than 20 letters are set smaller, to stay in their box.
    const int letters = static_cast<int>(Width(one.name)) + 3;
    absl::StrAppend(&svg, "<text x=\"", x, "\" y=\"", kTop + 15, "\" font-size=\"",
                    std::clamp(12 * 23 / letters, 5, 12),
                    "\" text-anchor=\"middle\" font-weight=\"bold\">", static_cast<int>(one.status),
                    " ", XmlText(one.name), "</text>\n");
    int y = kTop + 31;
    for (const std::string& line : Wrapped(one.title, 22)) {
      absl::StrAppend(&svg, "<text x=\"", x, "\" y=\"", y, "\" text-anchor=\"middle\">",
                      XmlText(line), "</text>\n");
      y += 15;
    }
    if (!ends) return;
    for (const int offset : {0, 5}) {
      absl::StrAppend(&svg, "<line x1=\"", x - 14, "\" y1=\"", bottom + offset, "\" x2=\"", x + 14,
                      "\" y2=\"", bottom + offset, "\" stroke=\"#44546a\" stroke-width=\"2\"/>\n");
    }
  }

  void DrawRow(const Transition& row, StateNumber to, int y, std::string& svg) const {
    const std::string_view colour = Colour(row.clock);
    const int from_x = X(row.from_state), to_x = X(to);
    absl::StrAppend(&svg, "<g stroke=\"", ToAbsl(colour), "\" fill=\"", ToAbsl(colour), "\">",
                    "<title>", XmlText(row.source), "</title>");
    absl::StrAppend(&svg, "<circle cx=\"", from_x, "\" cy=\"", y, "\" r=\"4\"/>");
    if (to == row.from_state) {
      absl::StrAppend(&svg, "<path d=\"M", from_x, " ", y - 7, " h16 v14 h-11\" fill=\"none\"/>",
                      "<path d=\"M", from_x + 4, " ", y + 7, " l7 -3 v6 z\"/>");
    } else {
      const int tip = to_x > from_x ? to_x - 1 : to_x + 1;
      const int back = to_x > from_x ? -9 : 9;
      absl::StrAppend(&svg, "<line x1=\"", from_x, "\" y1=\"", y, "\" x2=\"", tip, "\" y2=\"", y,
                      "\" stroke-width=\"1.4\"/>", "<path d=\"M", tip, " ", y, " l", back,
                      " -4 v8 z\"/>");
    }
    std::string label = absl::StrCat(LabelOf(row), " · ", RoleNames(row));
    if (row.visit) label += " · visit";
    DrawLabel(label, from_x, to_x, y, svg);
    svg += "</g>\n";
  }

  // Above the arrow, from its left end; a white edge keeps the columns off the letters.
  void DrawLabel(const std::string& label, int from_x, int to_x, int y, std::string& svg) const {
    const int left = std::min(from_x, to_x);
    const int loop = from_x == to_x ? 24 : 8;
    const int lift = from_x == to_x ? -4 : 7;
    // 6 px a character: a label that would leave the picture is put before its end.
    const int length = 6 * static_cast<int>(Width(label));
    const int room = 2 * kLeft + (columns_ - 1) * kColumn - 6;
    const bool before = left + loop + length > room;
    absl::StrAppend(&svg, "<text x=\"", before ? room : left + loop, "\" y=\"", y - lift,
                    "\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\"",
                    " stroke-linejoin=\"round\" font-size=\"11\"",
                    before ? " text-anchor=\"end\"" : "", ">", XmlText(label), "</text>");
  }

  void DrawLegend(int y, std::string& svg) const {
    constexpr std::pair<ClockEffect, std::string_view> kColours[] = {
        {ClockEffect::kStart, "the clock starts or goes on"},
        {ClockEffect::kPause, "it stands still"},
        {ClockEffect::kExtend, "the due date is put off"},
        {ClockEffect::kEnd, "it ends"},
        {ClockEffect::kNone, "it is not touched"}};
    int x = 20;
    for (const auto& [effect, words] : kColours) {
      absl::StrAppend(&svg, "<circle cx=\"", x, "\" cy=\"", y - 4, "\" r=\"5\" fill=\"",
                      ToAbsl(Colour(effect)), "\"/><text x=\"", x + 10, "\" y=\"", y, "\">",
                      ToAbsl(words), "</text>\n");
      x += 30 + 7 * static_cast<int>(words.size());
    }
  }

  const Machine& machine_;
  std::vector<int> column_;  // of a state; -1: not drawn
  int columns_ = 0;
};

}  // namespace

std::string Machine::ToMermaid() const {
  const Machine& machine = *this;
  std::string text = "stateDiagram-v2\n";
  const std::vector<bool> used = UsedStates(machine);
  for (StateNumber state = 1; state < used.size(); ++state) {
    const MachineState& one = machine.states()[state];
    const bool portal = one.name == NameOf(one.status);
    if (!used[state] && !portal) continue;
    absl::StrAppend(&text, "    ", MermaidId(machine, state), " : ", static_cast<int>(one.status),
                    " ", MermaidText(one.title), "\n");
  }
  for (const Transition& row : machine.transitions()) {
    if (row.to == kToSame) continue;  // they would only cross the drawing
    for (const StateNumber to : TargetsOf(machine, row)) {
      absl::StrAppend(&text, "    ", MermaidId(machine, row.from_state), " --> ",
                      MermaidId(machine, to), " : ", LabelOf(row), "\n");
    }
  }
  for (StateNumber state = 1; state < used.size(); ++state) {
    const MachineState& one = machine.states()[state];
    const bool portal = one.name == NameOf(one.status);
    if ((used[state] || portal) && machine.IsTerminalState(state)) {
      absl::StrAppend(&text, "    ", MermaidId(machine, state), " --> [*]\n");
    }
  }
  return text;
}

std::string Machine::ToSvg() const { return SvgChart(*this).Draw(); }

}  // namespace motcua
