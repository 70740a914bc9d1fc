// Findings about internal processes and linked groups: steps that do not fit.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/procedures/catalogue_check.h"
#include "motcua/time/time_limit.h"

namespace motcua {
namespace {

constexpr std::int64_t kWorkingDay = 480, kDay = 1440;

// The days that a printed limit allows; none where it is no number with a unit. A month
// has at most 31 days, a year 366.
struct Allowed {
  std::int64_t working_minutes = 0;  // of a limit in working time
  std::int64_t calendar_days = 0;    // of a limit in plain time
};

std::optional<Allowed> AllowedBy(const LimitRow& row) {
  double amount = 0;
  const auto [end, error] =
      std::from_chars(row.value.data(), row.value.data() + row.value.size(), amount);
  if (error != std::errc() || end != row.value.data() + row.value.size()) return std::nullopt;
  const auto times = [&](double one) { return static_cast<std::int64_t>(amount * one + 0.999); };
  switch (row.unit) {
    case PrintedUnit::kWorkingDay:
      return Allowed{times(kWorkingDay), 0};
    case PrintedUnit::kWorkingHour:
      return Allowed{times(60), 0};
    case PrintedUnit::kDay:
      return Allowed{0, times(1)};
    case PrintedUnit::kHour:
      return Allowed{0, times(1.0 / 24)};
    case PrintedUnit::kMonth:
      return Allowed{0, times(31)};
    case PrintedUnit::kYear:
      return Allowed{0, times(366)};
    case PrintedUnit::kNone:
    case PrintedUnit::kUnspecified:
    case PrintedUnit::kText:
      break;
  }
  return std::nullopt;
}

// The plain days that n working days take at least: every five have a weekend between them.
std::int64_t PlainDays(std::int64_t working_days) {
  return working_days == 0 ? 0 : working_days + (working_days - 1) / 5 * 2;
}

// Whether steps of that length can in no case be done within the limit. Where the units
// differ only what is certain counts.
bool Exceeds(const ProcessLength& length, const Allowed& allowed) {
  if (allowed.working_minutes > 0 && length.calendar_minutes == 0) {
    return length.working_minutes > allowed.working_minutes;
  }
  if (allowed.working_minutes > 0) return false;
  const std::int64_t days =
      PlainDays(length.working_minutes / kWorkingDay) + (length.calendar_minutes + kDay - 1) / kDay;
  return days > allowed.calendar_days;
}

std::string PrintedLength(const ProcessLength& length) {
  const auto days = [](std::int64_t minutes, std::int64_t day) {
    return absl::StrCat(static_cast<double>(minutes) / static_cast<double>(day));
  };
  const std::string plain = days(length.calendar_minutes, kDay) + " days";
  if (length.working_minutes == 0 && length.calendar_minutes > 0) return plain;
  const std::string working = days(length.working_minutes, kWorkingDay) + " working days";
  return length.calendar_minutes == 0 ? working : working + " + " + plain;
}

void CheckSteps(const Process& process, CatalogueFindings& findings) {
  constexpr std::string_view kRoles[] = {
      "applicant", "one_stop_officer", "one_stop_head", "agency_head", "specialist",
      "clerk",     "result_returner",  "system"};
  std::map<std::int32_t, const Step*> known;
  for (const Step& step : process.steps) known[step.number] = &step;
  const bool ends = LengthOf(process).ok();  // a circle is told as such
  for (const Step& step : process.steps) {
    const std::string field = absl::StrCat("step ", step.number);
    if (step.agency.empty()) {
      findings.Add("step_agency_missing", process.code, field, step.name, "who does the step");
    }
    if (!step.role.empty() &&
        std::find(std::begin(kRoles), std::end(kRoles), step.role) == std::end(kRoles)) {
      findings.Add("step_role_unknown", process.code, field, step.role,
                   "a role, e.g. one_stop_officer, agency_head, specialist, clerk");
    }
    if (step.number < 1 || step.number > 255) {
      findings.Add("step_number_large", process.code, field, absl::StrCat(step.number), "1 to 255");
    }
    // "0.5d": half a plain day, which no clock counts.
    if (!step.limit.empty() && !TimeLimit::Parse(step.limit).ok()) {
      findings.Add("step_limit_unreadable", process.code, field, step.limit,
                   "a time limit; fractions are of working days or of hours");
    }
    for (const std::int32_t before : step.after) {
      if (!known.contains(before)) {
        findings.Add("step_after_unknown", process.code, field, absl::StrCat(before),
                     "the number of a step of this process");
      } else if (before > step.number && ends) {
        findings.Add("step_after_later", process.code, field, absl::StrCat(before),
                     "the number of an earlier step");
      }
    }
    if (step.unit != StepUnit::kShared) continue;
    const auto shared = known.find(step.shares);
    const bool timed = shared != known.end() && step.shares < step.number &&
                       shared->second->unit != StepUnit::kShared &&
                       shared->second->unit != StepUnit::kUntimed;
    if (!timed) {
      findings.Add("step_shares_nothing", process.code, field, absl::StrCat(step.shares),
                   "an earlier step that has a limit of its own");
    }
  }
}

// The process against the most generous limit that each channel prints.
void CheckFit(const Procedure& procedure, const ProcessLength& length,
              CatalogueFindings& findings) {
  struct Limits {
    bool compared = false, fits = false;
    std::string text;
  };
  std::array<Limits, kChannelCount> channels;
  bool working_limit = false;
  std::string all;
  const auto note = [](std::string& limits, const std::string& limit) {
    if (limits.find(limit) != std::string::npos) return;
    absl::StrAppend(&limits, limits.empty() ? "" : ", ", limit);
  };
  for (const LimitRow& row : procedure.limits) {
    const auto allowed = AllowedBy(row);
    if (!allowed) continue;
    Limits& channel = channels[static_cast<std::size_t>(row.channel)];
    channel.compared = true;
    channel.fits = channel.fits || !Exceeds(length, *allowed);
    working_limit = working_limit || allowed->working_minutes > 0;
    note(channel.text, row.limit);
    note(all, row.limit);
  }
  const bool compared = !all.empty();
  const bool fits = std::any_of(channels.begin(), channels.end(),
                                [](const Limits& channel) { return channel.fits; });
  for (int k = 1; k < kChannelCount; ++k) {
    const Limits& channel = channels[static_cast<std::size_t>(k)];
    if (!channel.compared || channel.fits) continue;
    const std::string_view name = NameOf(static_cast<Channel>(k));
    findings.Add("steps_exceed_limit", procedure.code,
                 fits ? absl::StrCat("steps, channel ", ToAbsl(name)) : std::string("steps"),
                 PrintedLength(length),
                 absl::StrCat("steps within the limit, ", fits ? channel.text : all));
    if (!fits) break;  // of no channel: told once
  }
  if (length.mixed || (compared && working_limit && length.calendar_minutes > 0)) {
    findings.Add("steps_mixed_units", procedure.code, "steps", PrintedLength(length),
                 absl::StrCat("steps in the unit of the limit, ", compared ? all : "-"));
  }
}

void CheckGroup(const Catalogue& catalogue, const LinkedGroup& group, CatalogueFindings& findings) {
  const std::string field =
      absl::StrCat("group ", ToAbsl(group.group), ", case ", ToAbsl(group.case_name));
  const Process* process = catalogue.ProcessOf(group.code);
  for (const std::int32_t number : group.steps) {
    const bool known =
        process != nullptr && std::any_of(process->steps.begin(), process->steps.end(),
                                          [&](const Step& step) { return step.number == number; });
    if (!known) {
      findings.Add("group_step_unknown", group.code, field, absl::StrCat(number),
                   "the number of a step of the group's process");
      return;
    }
  }
  const auto limit = TimeLimit::Parse(group.limit);
  std::string_view amount = group.limit.substr(0, group.limit.find("wd"));
  int days = 0;
  const auto [end, error] = std::from_chars(amount.data(), amount.data() + amount.size(), days);
  if (!limit.ok() || error != std::errc() || end != amount.data() + amount.size()) {
    findings.Add("group_limit_unreadable", group.code, field, group.limit,
                 "a limit in working days, e.g. 3wd@15:00>start");
    return;
  }
  const auto length = LengthOf(*process, group.steps);
  if (length.ok() && length->working_minutes > kWorkingDay * days) {
    findings.Add("group_limit_exceeded", group.code, field, PrintedLength(*length),
                 absl::StrCat("steps within the limit, ", ToAbsl(group.limit)));
  }
}

}  // namespace

void CheckProcesses(const Catalogue& catalogue, std::span<const Procedure* const> procedures,
                    DayNumber at, const Dataset& dataset, CatalogueFindings& findings) {
  std::set<std::string_view> grouped;
  for (const LinkedGroup& group : catalogue.groups()) grouped.insert(group.code);
  for (const Process& process : catalogue.processes()) {
    CheckSteps(process, findings);
    for (const Step& step : process.steps) {  // of the day, or of today's law without one
      CheckAuthority(step.agency, process.code, absl::StrCat("step ", step.number), at,
                     at == kNoDay ? kNoDay : at + 1, dataset, findings);
    }
    const auto length = LengthOf(process);
    if (!length.ok()) {
      findings.Add("steps_wait_in_circle", process.code, "steps", "",
                   "an order in which no step waits for itself");
      continue;
    }
    bool known = grouped.contains(process.code);
    for (const Procedure* procedure : procedures) {
      if (procedure->code != process.code) continue;
      known = true;
      CheckFit(*procedure, *length, findings);
    }
    if (!known) {
      findings.Add("process_of_unknown_code", process.code, "code", process.code,
                   "a code of the catalogue, or of a linked group");
    }
  }
  for (const LinkedGroup& group : catalogue.groups()) CheckGroup(catalogue, group, findings);
}

}  // namespace motcua
