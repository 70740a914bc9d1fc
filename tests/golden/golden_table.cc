#include "tests/golden/golden_table.h"

#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace motcua::golden {
namespace {

using oracle::Day;
using oracle::Hours;
using oracle::Layer;
using oracle::Minute;

std::vector<std::string> Split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string::npos;
       begin = end + separator.size()) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

[[noreturn]] void Refuse(const std::string& what) { throw std::invalid_argument(what); }

int WeekdayNamed(const std::string& name) {
  static const std::array<std::string, 7> kNames = {"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
  for (int k = 0; k < 7; ++k) {
    if (kNames[static_cast<std::size_t>(k)] == name) return k;
  }
  Refuse("'" + name + "' is not a weekday");
}

// "07:30-11:30,13:30-17:30"
Hours ParseHours(const std::string& text) {
  Hours hours;
  for (const std::string& period : Split(text, ",")) {
    int a = 0, b = 0, c = 0, d = 0;
    if (std::sscanf(period.c_str(), "%2d:%2d-%2d:%2d", &a, &b, &c, &d) != 4) {
      Refuse("'" + period + "' is not a period");
    }
    hours.push_back({a * 60 + b, c * 60 + d});
  }
  return hours;
}

void AddWeekly(const std::vector<std::string>& words, Layer& layer) {
  if (words.size() != 3) Refuse("weekly needs days and hours");
  if (!layer.weekly) layer.weekly.emplace();
  const std::vector<std::string> ends = Split(words[1], "-");
  for (int k = WeekdayNamed(ends.front()); k <= WeekdayNamed(ends.back()); ++k) {
    (*layer.weekly)[static_cast<std::size_t>(k)] = ParseHours(words[2]);
  }
}

Layer ParseLayer(const std::string& text) {
  Layer layer;
  for (const std::string& entry : Split(text, "; ")) {
    const std::vector<std::string> words = Split(entry, " ");
    if (words.size() < 2) Refuse("'" + entry + "' says too little");
    if (words[0] == "weekly") {
      AddWeekly(words, layer);
    } else if (words[0] == "off") {
      layer.days_off.push_back(oracle::ParseDayText(words[1]));
    } else if (words[0] == "make_up" && words.size() == 3) {
      layer.make_up.emplace_back(oracle::ParseDayText(words[1]), WeekdayNamed(words[2]));
    } else if (words[0] == "half" && words.size() == 3) {
      layer.half_days.emplace_back(oracle::ParseDayText(words[1]), ParseHours(words[2]));
    } else if (words[0] == "from") {
      layer.valid_from = oracle::ParseDayText(words[1]);
    } else if (words[0] == "to") {
      layer.valid_to = oracle::ParseDayText(words[1]);
    } else {
      Refuse("'" + entry + "' is no entry of a layer");
    }
  }
  return layer;
}

// "resume 2025-07-10T10:00/2025-07-15T10:00; shift 2025-08-01T08:00/open"
std::vector<oracle::Pause> ParsePauses(const std::string& text) {
  std::vector<oracle::Pause> pauses;
  if (text == "-") return pauses;
  for (const std::string& entry : Split(text, "; ")) {
    const std::vector<std::string> words = Split(entry, " ");
    const std::vector<std::string> ends = Split(words.back(), "/");
    if (words.size() != 2 || ends.size() != 2) Refuse("'" + entry + "' is not a pause");
    oracle::Pause pause{oracle::ParseMinuteText(ends[0]), std::nullopt};
    if (ends[1] != "open") pause.to = oracle::ParseMinuteText(ends[1]);
    if (words[0] == "restart") {
      pause.practice = oracle::Practice::kRestart;
    } else if (words[0] == "shift") {
      pause.practice = oracle::Practice::kShift;
    } else if (words[0] != "resume") {
      Refuse("'" + words[0] + "' is no practice");
    }
    pauses.push_back(pause);
  }
  return pauses;
}

std::optional<Minute> MinuteOr(const std::string& text, std::optional<Minute> same) {
  if (text == "-") return std::nullopt;
  return text == "=" ? same : oracle::ParseMinuteText(text);
}

bool OneOf(const std::string& text, const std::string& yes, const std::string& no) {
  if (text != yes && text != no) Refuse("'" + text + "': expected " + yes + " or " + no);
  return text == yes;
}

Row ParseRow(const std::vector<std::string>& cells, const std::map<std::string, Layer>& layers) {
  if (cells.size() != 12) Refuse("expected 12 cells");
  Row row;
  row.name = cells[0];
  row.basis = cells[1];
  if (row.basis.empty() || row.basis == "-") Refuse("'" + row.name + "' has no legal basis");
  for (const std::string& name :
       cells[2] == "-" ? std::vector<std::string>{} : Split(cells[2], "+")) {
    if (layers.count(name) == 0) Refuse("no layer '" + name + "'");
    row.layers.push_back(layers.at(name));
  }
  oracle::Question& question = row.question;
  question.accepted_at = oracle::ParseMinuteText(cells[3]);
  question.limit = oracle::ParseLimit(cells[4]);
  question.policy =
      OneOf(cells[5], "by_hour", "by_day") ? oracle::Policy::kByHour : oracle::Policy::kByDay;
  question.pauses = ParsePauses(cells[6]);
  question.extension = MinuteOr(cells[7], std::nullopt);
  row.expected.effective_start = *MinuteOr(cells[8], question.accepted_at);
  row.expected.due = MinuteOr(cells[10], std::nullopt);
  row.expected.original_due = MinuteOr(cells[9], row.expected.due);
  row.expected.provisional = OneOf(cells[11], "yes", "no");
  return row;
}

// The rows below the header, cell by cell; `take` may throw.
template <typename Take>
void EachRow(const std::string& file, const std::string& text, Take take) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  std::set<std::string> names;
  for (int number = 2; std::getline(lines, line); ++number) {
    const std::vector<std::string> cells = Split(line, "\t");
    try {
      if (!names.insert(cells[0]).second) Refuse("'" + cells[0] + "' stands twice");
      take(cells);
    } catch (const std::exception& error) {
      Refuse(file + ":" + std::to_string(number) + ": " + error.what());
    }
  }
}

}  // namespace

std::map<std::string, Layer> ReadLayers(const std::string& text) {
  std::map<std::string, Layer> layers;
  EachRow("layers.tsv", text, [&layers](const std::vector<std::string>& cells) {
    if (cells.size() != 3) Refuse("expected 3 cells");
    if (cells[1].empty()) Refuse("'" + cells[0] + "' has no basis");
    layers[cells[0]] = ParseLayer(cells[2]);
  });
  return layers;
}

std::vector<Row> ReadDeadlines(const std::string& text,
                               const std::map<std::string, Layer>& layers) {
  std::vector<Row> rows;
  EachRow("deadlines.tsv", text, [&rows, &layers](const std::vector<std::string>& cells) {
    rows.push_back(ParseRow(cells, layers));
  });
  return rows;
}

std::string ReadGoldenFile(const std::string& name) {
  std::ifstream file(std::string(MOTCUA_SOURCE_DIR) + "/tests/golden/" + name);
  if (!file) Refuse("cannot read tests/golden/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace motcua::golden
