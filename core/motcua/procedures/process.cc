#include "motcua/procedures/process.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::string_view kUnits[kStepUnitCount] = {
    "working_day", "working_hour", "day", "hour", "same_day", "untimed", "group_of_step_"};
constexpr std::string_view kSuffixes[] = {"wd", "wh", "d", "h"};

bool ReadNumber(std::string_view text, std::int32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= 10000;
}

// "0.25" as 25 hundredths; quarters and tenths of at most 10,000.
bool ReadHundredths(std::string_view text, std::int64_t& hundredths) {
  const std::size_t point = text.find('.');
  std::int32_t whole = 0;
  const std::string_view head = text.substr(0, point);
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), whole);
  if (error != std::errc() || end != head.data() + head.size() || whole < 0 || whole > 10000) {
    return false;
  }
  hundredths = std::int64_t{100} * whole;
  if (point == std::string_view::npos) return true;
  const std::string_view part = text.substr(point + 1);
  if (part.empty() || part.size() > 2 || part.find_first_not_of("0123456789") != part.npos) {
    return false;
  }
  hundredths += (part[0] - '0') * 10 + (part.size() == 2 ? part[1] - '0' : 0);
  return true;
}

// "1+2" as numbers; false if a word is no number.
bool ReadNumbers(std::string_view text, std::vector<std::int32_t>& numbers) {
  while (true) {
    const std::size_t plus = text.find('+');
    std::int32_t number = 0;
    if (!ReadNumber(text.substr(0, plus), number)) return false;
    numbers.push_back(number);
    if (plus == std::string_view::npos) return true;
    text.remove_prefix(plus + 1);
  }
}

absl::Status ReadLimit(const Tsv::Row& row, Step& step) {
  constexpr std::string_view kExpected =
      "working_day, working_hour, day, hour, same_day, untimed or group_of_step_N";
  const std::string_view unit = row["time_unit"];
  if (unit.starts_with(kUnits[static_cast<int>(StepUnit::kShared)])) {
    step.unit = StepUnit::kShared;
    if (!ReadNumber(unit.substr(14), step.shares)) return row.Refuse("time_unit", kExpected);
    return absl::OkStatus();
  }
  const auto named = std::find(std::begin(kUnits), std::end(kUnits), unit);
  if (named == std::end(kUnits)) return row.Refuse("time_unit", kExpected);
  step.unit = static_cast<StepUnit>(named - std::begin(kUnits));
  if (step.unit == StepUnit::kUntimed) {
    step.limit = "none";
  } else if (step.unit == StepUnit::kSameDay) {
    step.limit = "same_day";
  } else {
    std::int64_t hundredths = 0;
    if (!ReadHundredths(step.value, hundredths) || hundredths % 25 != 0) {
      return row.Refuse("time_value", "an amount in whole numbers or quarters, at most 10000");
    }
    step.limit =
        absl::StrCat(ToAbsl(step.value), ToAbsl(kSuffixes[static_cast<std::size_t>(step.unit)]));
  }
  return absl::OkStatus();
}

absl::StatusOr<Step> ReadStep(const Tsv& tsv, const Tsv::Row& row) {
  Step step;
  if (!ReadNumber(row["step_no"], step.number)) {
    return row.Refuse("step_no", "a whole number from 1");
  }
  step.name = row["step_name_vi"];
  step.agency = row["agency"];
  step.value = row["time_value"];
  step.source = row["source"];
  if (tsv.has_column("role")) step.role = row["role"];
  MOTCUA_RETURN_IF_ERROR(ReadLimit(row, step));
  if (tsv.has_column("after")) step.after_cell = row["after"];
  if (!step.after_cell.empty() && step.after_cell != "-" &&
      !ReadNumbers(step.after_cell, step.after)) {
    return row.Refuse("after", "nothing (the step before), -, or numbers joined by +");
  }
  return step;
}

std::int64_t MinutesOf(const Step& step) {
  std::int64_t hundredths = 0;
  switch (step.unit) {
    case StepUnit::kWorkingDay:
      ReadHundredths(step.value, hundredths);
      return hundredths * 480 / 100;
    case StepUnit::kWorkingHour:
    case StepUnit::kHour:
      ReadHundredths(step.value, hundredths);
      return hundredths * 60 / 100;
    case StepUnit::kDay:
      ReadHundredths(step.value, hundredths);
      return hundredths * 1440 / 100;
    case StepUnit::kSameDay:
      return 480;
    case StepUnit::kUntimed:
    case StepUnit::kShared:
      break;
  }
  return 0;
}

class Lengths {
 public:
  Lengths(const Process& process, std::span<const std::int32_t> only) {
    for (const Step& step : process.steps) {
      const bool counts =
          only.empty() || std::find(only.begin(), only.end(), step.number) != only.end();
      if (counts) steps_[step.number] = {&step, {}, kOpen};
    }
  }

  absl::StatusOr<ProcessLength> Longest() {
    ProcessLength longest;
    for (auto& [number, entry] : steps_) {
      MOTCUA_RETURN_IF_ERROR(Visit(number));
      if (IsLonger(entry.length, longest)) longest = entry.length;
      mixed_working_ = mixed_working_ || entry.length.working_minutes > 0;
      mixed_calendar_ = mixed_calendar_ || entry.length.calendar_minutes > 0;
    }
    longest.mixed = mixed_working_ && mixed_calendar_;
    return longest;
  }

 private:
  enum State { kOpen, kVisiting, kDone };
  struct Entry {
    const Step* step = nullptr;
    ProcessLength length;  // up to and with the step
    State state = kOpen;
  };

  // Working time weighs three calendar days for a working day: only to compare.
  static bool IsLonger(const ProcessLength& a, const ProcessLength& b) {
    return a.working_minutes * 3 + a.calendar_minutes > b.working_minutes * 3 + b.calendar_minutes;
  }

  // Numbers fall along `after` of a sound process, so the recursion is as deep as it is long.
  absl::Status Visit(std::int32_t number) {
    Entry& entry = steps_[number];
    if (entry.state == kDone) return absl::OkStatus();
    if (entry.state == kVisiting) {
      return Error(Reason::kMalformedData, "after", absl::StrCat(number),
                   "steps that do not wait for themselves");
    }
    entry.state = kVisiting;
    for (const std::int32_t before : entry.step->after) {
      const auto at = steps_.find(before);
      if (at == steps_.end()) continue;  // not of this case
      MOTCUA_RETURN_IF_ERROR(Visit(before));
      if (IsLonger(at->second.length, entry.length)) entry.length = at->second.length;
    }
    const bool calendar = entry.step->unit == StepUnit::kDay || entry.step->unit == StepUnit::kHour;
    (calendar ? entry.length.calendar_minutes : entry.length.working_minutes) +=
        MinutesOf(*entry.step);
    entry.state = kDone;
    return absl::OkStatus();
  }

  std::map<std::int32_t, Entry> steps_;
  bool mixed_working_ = false, mixed_calendar_ = false;
};

}  // namespace

std::string_view NameOf(StepUnit unit) {
  return unit == StepUnit::kShared ? "shared" : kUnits[static_cast<std::size_t>(unit)];
}

absl::StatusOr<ProcessLength> LengthOf(const Process& process, std::span<const std::int32_t> only) {
  return Lengths(process, only).Longest();
}

absl::StatusOr<std::vector<Process>> ReadProcesses(const Tsv& tsv) {
  std::map<std::string_view, Process> by_code;
  for (const Tsv::Row& row : tsv.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(Step step, ReadStep(tsv, row));
    if (row["code"].empty()) return row.Refuse("code", "a procedure code");
    Process& process = by_code[row["code"]];
    process.code = row["code"];
    if (process.steps.size() == 1000) return row.Refuse("step_no", "at most 1,000 steps");
    const bool known = std::any_of(process.steps.begin(), process.steps.end(),
                                   [&](const Step& other) { return other.number == step.number; });
    if (known) return row.Refuse("step_no", "each step of a code once");
    process.steps.push_back(std::move(step));
  }
  std::vector<Process> processes;
  for (auto& [code, process] : by_code) {
    std::sort(process.steps.begin(), process.steps.end(),
              [](const Step& a, const Step& b) { return a.number < b.number; });
    for (std::size_t k = 1; k < process.steps.size(); ++k) {
      Step& step = process.steps[k];
      if (step.after_cell.empty()) step.after.push_back(process.steps[k - 1].number);
    }
    processes.push_back(std::move(process));
  }
  return processes;
}

absl::StatusOr<std::vector<LinkedGroup>> ReadGroups(const Tsv& tsv) {
  std::vector<LinkedGroup> groups;
  for (const Tsv::Row& row : tsv.rows()) {
    LinkedGroup group{row["group"], row["code"], row["name_vi"], row["case"],
                      row["limit"], {},          row["source"]};
    if (group.group.empty()) return row.Refuse("group", "the name of a group");
    if (group.source.empty()) return row.Refuse("source", "the decree or decision");
    if (!ReadNumbers(row["steps"], group.steps)) {
      return row.Refuse("steps", "numbers of steps joined by +");
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace motcua
