#include "tests/oracle/library_bridge.h"

#include "motcua/base/status.h"

namespace motcua::oracle {
namespace {

DayHours ToLibrary(const Hours& hours) {
  DayHours result;
  for (const Period& period : hours) {
    result.push_back(
        {static_cast<std::uint16_t>(period.open), static_cast<std::uint16_t>(period.close)});
  }
  return result;
}

std::string Words(Minute start, std::optional<Minute> due, std::optional<Minute> original,
                  std::optional<Minute> left, bool provisional) {
  const auto text = [](std::optional<Minute> at) { return at ? MinuteText(*at) : "none"; };
  return "start " + MinuteText(start) + ", due " + text(due) + ", original due " + text(original) +
         (left ? ", paused with " + std::to_string(*left) + " minutes left" : "") +
         (provisional ? ", provisional" : ", official");
}

std::optional<Minute> Known(MinuteNumber minute) {
  return minute == kNoMinute ? std::nullopt : std::optional<Minute>(minute);
}

}  // namespace

CalendarLayer ToLibrary(const Layer& layer) {
  CalendarLayer result;
  result.source = "test";
  if (layer.weekly) {
    result.weekly.emplace();
    for (std::size_t k = 0; k < 7; ++k) (*result.weekly)[k] = ToLibrary((*layer.weekly)[k]);
  }
  for (Day day : layer.days_off) result.days_off.push_back({day, "off"});
  for (const auto& [day, weekday] : layer.make_up) result.make_up.push_back({day, weekday});
  for (const auto& [day, hours] : layer.half_days) {
    result.half_days.push_back({day, ToLibrary(hours)});
  }
  result.valid_from = layer.valid_from.value_or(kNoDay);
  result.valid_to = layer.valid_to.value_or(kNoDay);
  return result;
}

motcua::Policy ToLibrary(Policy policy) {
  return policy == Policy::kByHour ? motcua::Policy::kByHour : motcua::Policy::kByDay;
}

absl::StatusOr<WorkingCalendar> ToLibrary(const std::vector<Layer>& layers, Day first, Day last) {
  absl::StatusOr<WorkingCalendar> calendar =
      WorkingCalendar::National(Dataset::Builtin(), {}, DayFrom(first), DayFrom(last));
  for (const Layer& layer : layers) {
    if (!calendar.ok()) break;
    calendar = calendar->WithLayer(ToLibrary(layer));
  }
  return calendar;
}

absl::StatusOr<Deadline> AskLibrary(const WorkingCalendar& calendar, const Question& question) {
  MOTCUA_ASSIGN_OR_RETURN(const TimeLimit limit, TimeLimit::Parse(question.limit.text));
  std::vector<motcua::Pause> pauses;
  for (const Pause& pause : question.pauses) {
    pauses.push_back({pause.from, pause.to.value_or(kNoMinute), PausePractice::kResume});
    if (pause.practice == Practice::kRestart) pauses.back().practice = PausePractice::kRestart;
    if (pause.practice == Practice::kShift) pauses.back().practice = PausePractice::kShift;
  }
  DeadlineOptions options;
  options.policy = ToLibrary(question.policy);
  options.pauses = pauses;
  options.extension = question.extension.value_or(kNoMinute);
  return ComputeDeadline(calendar, limit, question.accepted_at, options);
}

std::string InWords(const Calendar& calendar, const Question& question) {
  try {
    const Answer answer = Ask(calendar, question);
    return Words(answer.effective_start, answer.due, answer.original_due, answer.left_at_pause,
                 answer.provisional);
  } catch (const Outside&) {
    return "outside coverage";
  } catch (const Refused&) {
    return "refused";
  }
}

std::string InWords(const absl::StatusOr<Deadline>& deadline) {
  if (!deadline.ok()) {
    const Reason reason = ReasonOf(deadline.status());
    if (reason == Reason::kOutsideCoverage) return "outside coverage";
    if (reason == Reason::kInvalidArgument) return "refused";
    return deadline.status().ToString();
  }
  return Words(deadline->effective_start, Known(deadline->due), Known(deadline->original_due),
               deadline->paused ? std::optional<Minute>(deadline->left_at_pause) : std::nullopt,
               deadline->provisional);
}

}  // namespace motcua::oracle
