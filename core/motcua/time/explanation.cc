#include "motcua/time/explanation.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"
#include "motcua/time/reckoning.h"
#include "motcua/time/weekday.h"

namespace motcua {
namespace {

// What there is to tell about one deadline.
struct Story {
  const WorkingCalendar& calendar;
  const TimeLimit& limit;
  MinuteNumber accepted_at;
  DeadlineOptions options;
  Deadline deadline;
  const Reckoning& reckoning;
  std::vector<ClockWalk::TermRecord> terms;
  MinuteNumber end;  // the last minute told
  // The ends of the pauses that a day told so far; pauses are disjoint.
  mutable std::set<MinuteNumber> told = {};
};

std::string SpanOf(const Pause& pause) {
  return absl::StrCat(ToString(MinuteFrom(pause.from)), " - ",
                      pause.open() ? "..." : ToString(MinuteFrom(pause.to)));
}

std::span<const Pause> CountedPauses(const Story& story) {
  return story.options.pauses.first(story.deadline.pauses_counted);
}

// The pause, if any, that takes some of the day's working time (on a day off: of the day).
const Pause* PauseOf(const Story& story, DayNumber day) {
  const DayPattern& hours = story.calendar.index().PatternOf(day);
  for (const Pause& pause : CountedPauses(story)) {
    const MinuteNumber to = pause.open() ? story.end + kMinutesPerDay : pause.to;
    const auto at = [&](MinuteNumber minute) {
      return static_cast<int>(std::clamp<MinuteNumber>(minute - StartOf(day), 0, kMinutesPerDay));
    };
    const bool some = hours.working()
                          ? hours.MinutesBefore(at(to)) > hours.MinutesBefore(at(pause.from))
                          : at(to) > at(pause.from);
    if (some && pause.practice != PausePractice::kShift) return &pause;
  }
  return nullptr;
}

// The pause, if any, that moves a plain period past the day: its days are those in (from, to].
const Pause* PauseOfPlainDay(const Story& story, const ClockWalk::TermRecord& record,
                             DayNumber day) {
  for (const Pause& pause : story.reckoning.resumed()) {
    if (day > DayOf(std::max(pause.from, record.since)) && day <= DayOf(pause.to)) return &pause;
  }
  return nullptr;
}

void MarkPaused(const Story& story, const Pause& pause, ExplainedDay& row) {
  story.told.insert(pause.to);
  row.mark = DayMark::kPaused;
  row.note = DayNote::kPause;
  const std::string span = SpanOf(pause);
  if (!row.english.empty()) absl::StrAppend(&row.english, "; ", span);
  absl::StrAppend(&row.what, row.what.empty() ? "" : "; ", span);
  if (pause.practice == PausePractice::kRestart && row.source.empty()) {
    row.note = DayNote::kPauseRestarts;
  }
}

DayNote NoteOf(HolidayKind kind) {
  switch (kind) {
    case HolidayKind::kHoliday:
      return DayNote::kHoliday;
    case HolidayKind::kCompensatory:
      return DayNote::kCompensatory;
    case HolidayKind::kSwappedOff:
      return DayNote::kSwappedOff;
    case HolidayKind::kMakeUp:
      break;
  }
  return DayNote::kMakeUp;
}

// A make-up day is named after the day it replaces: "cho ngày 02/05/2025".
std::string EnglishOf(const Holiday& holiday, const WorkingCalendar& calendar) {
  if (holiday.kind == HolidayKind::kMakeUp && holiday.partner != kNoDay) {
    return absl::StrCat("for ", ToString(DayFrom(holiday.partner)));
  }
  return std::string(calendar.EnglishNameOf(holiday.name));
}

// What the calendar says of the day, whatever the limit.
void Characterise(const Story& story, ExplainedDay& row) {
  using Kind = DayReason::Kind;
  const DayReason reason = story.calendar.ReasonFor(row.day);
  row.what = reason.what;
  row.source = reason.source;
  switch (reason.kind) {
    case Kind::kOrdinary:
      return;
    case Kind::kWeeklyRest:
      row.note = DayNote::kWeeklyRest;
      return;
    case Kind::kHoliday:
      row.note = NoteOf(reason.holiday->kind);
      row.english = EnglishOf(*reason.holiday, story.calendar);
      return;
    case Kind::kLayerOff:
      row.note = DayNote::kLayerOff;
      return;
    case Kind::kLayerMakeUp:
      row.note = DayNote::kMakeUp;
      return;
    case Kind::kHalfDay:
      row.note = DayNote::kHalfDay;
      return;
  }
}

bool IsCalendarTerm(const ClockWalk::TermRecord& record) {
  return record.term.unit == LimitUnit::kDay || record.term.unit == LimitUnit::kMonth ||
         record.term.unit == LimitUnit::kYear;
}

// Working minutes of the day that a term in minutes counted.
std::int32_t CountedMinutes(const Story& story, const ClockWalk::TermRecord& record,
                            DayNumber day) {
  const MinuteNumber from = std::max(StartOf(day), record.from);
  const MinuteNumber to = std::min(StartOf(day + 1), record.end);
  if (from >= to) return 0;
  std::int64_t minutes = story.calendar.WorkingMinutes(from, to).value_or(0);
  for (const Pause& pause : story.reckoning.resumed()) {
    const MinuteNumber begin = std::max(pause.from, from);
    const MinuteNumber stop = std::min(pause.to, to);
    if (begin < stop) minutes -= story.calendar.WorkingMinutes(begin, stop).value_or(0);
  }
  return static_cast<std::int32_t>(minutes);
}

void MarkWorkingDay(const Story& story, ExplainedDay& row) {
  const DayPattern& hours = story.calendar.index().PatternOf(row.day);
  if (!hours.working()) {
    row.mark = DayMark::kSkipped;
  } else if (const Pause* const pause = PauseOf(story, row.day)) {
    MarkPaused(story, *pause, row);
  } else {
    row.mark = row.note == DayNote::kHalfDay ? DayMark::kHalf : DayMark::kCounted;
  }
}

// The last minute in time on the day the dossier came.
std::string ShowCutoff(const Story& story, DayNumber day) {
  const int at =
      story.limit.cutoff().LastInTime(story.calendar.index().PatternOf(day).last_close());
  return absl::StrFormat("%02d:%02d", at / 60, at % 60);
}

void MarkByTerm(const Story& story, const ClockWalk::TermRecord& record, ExplainedDay& row) {
  const DayPattern& hours = story.calendar.index().PatternOf(row.day);
  if (record.in_minutes) {
    for (const ClockWalk::TermRecord& term : story.terms) {
      if (term.in_minutes) row.minutes += CountedMinutes(story, term, row.day);
    }
    if (row.minutes == 0) return MarkWorkingDay(story, row);
    row.mark = row.minutes < hours.minutes ? DayMark::kHalf : DayMark::kCounted;
    return;
  }
  if (!IsCalendarTerm(record)) {
    if (record.cutoff && DayOf(record.end) == row.day) {
      row.mark = DayMark::kCounted;
      row.note = DayNote::kCutoffResult;
      row.what = ShowCutoff(story, DayOf(story.deadline.effective_start));
      row.english.clear();
      return;
    }
    return MarkWorkingDay(story, row);
  }
  const Pause* const pause = PauseOfPlainDay(story, record, row.day);
  if (pause != nullptr && row.day != DayOf(record.end)) {
    MarkPaused(story, *pause, row);
  } else if (row.day > record.last_day) {
    row.mark = hours.working() ? DayMark::kCounted : DayMark::kSkipped;
    if (hours.working()) row.note = DayNote::kRolled;
  } else {
    row.mark = DayMark::kCounted;
    if (!hours.working()) row.note = DayNote::kCalendarDay;
  }
}

// The layer, if any, under which the counter took the dossier in outside working hours.
const CalendarLayer* ReceptionOf(const Story& story) {
  const DayNumber day = DayOf(story.accepted_at);
  const int minute = static_cast<int>(story.accepted_at - StartOf(day));
  const auto weekday = static_cast<std::size_t>(WeekdayOf(day));
  for (const auto& layer : story.calendar.layers()) {
    if (layer->ValidOn(day) && Within(layer->reception[weekday], minute)) return layer.get();
  }
  return nullptr;
}

// A day before the clock's own: waiting for office hours, a cut-off, or a restart.
void MarkBeforeStart(const Story& story, ExplainedDay& row) {
  row.mark = DayMark::kSkipped;
  if (const Pause* const pause = PauseOf(story, row.day)) {
    MarkPaused(story, *pause, row);
  } else if (story.reckoning.restarted()) {
    row.note = DayNote::kRestarted;
  } else if (const CalendarLayer* const layer = ReceptionOf(story);
             layer != nullptr && row.day == DayOf(story.accepted_at)) {
    row.note = DayNote::kReception;
    row.what.clear();
    row.english.clear();
    row.source = layer->source;
  } else if (row.note == DayNote::kNone || row.note == DayNote::kHalfDay ||
             row.note == DayNote::kMakeUp) {
    const absl::StatusOr<MinuteNumber> plain = story.calendar.EffectiveStart(story.accepted_at);
    row.note = DayNote::kBeforeStart;
    if (plain.ok() && *plain < story.deadline.effective_start) {
      row.note = DayNote::kCutoffStart;
      row.what = ShowCutoff(story, DayOf(*plain));
      row.english.clear();
    }
  }
}

void MarkDay(const Story& story, ExplainedDay& row) {
  Characterise(story, row);
  const DayNumber start = DayOf(story.deadline.effective_start);
  if (row.day < start) return MarkBeforeStart(story, row);
  if (row.day == start && !story.terms.front().in_minutes) {
    row.mark = DayMark::kStart;
    if (row.note == DayNote::kNone) {
      row.note = DayNote::kDayZero;
      row.source.clear();  // the law's rule, not the hours that a layer gives
    }
    return;
  }
  if (row.day > DayOf(story.deadline.original_due)) {
    row.mark = DayMark::kSkipped;
    row.note = DayNote::kExtended;
    return;
  }
  for (const ClockWalk::TermRecord& record : story.terms) {
    if (row.day <= DayOf(record.end)) return MarkByTerm(story, record, row);
  }
  MarkWorkingDay(story, row);
  if (row.mark != DayMark::kCounted) return;
  row.note = DayNote::kShifted;
  row.what.clear();
  row.english.clear();
  for (const Pause& pause : CountedPauses(story)) {
    if (pause.practice != PausePractice::kShift) continue;
    story.told.insert(pause.to);
    absl::StrAppend(&row.what, row.what.empty() ? "" : "; ", SpanOf(pause));
  }
}

// Gives each counted pause that no day tells to the day it began on.
void TellOtherPauses(const Story& story, std::vector<ExplainedDay>& days) {
  for (const Pause& pause : CountedPauses(story)) {
    if (days.empty() || story.told.count(pause.to) != 0) continue;
    const DayNumber day = std::clamp(DayOf(pause.from), days.front().day, days.back().day);
    days[static_cast<std::size_t>(day - days.front().day)].pauses.push_back(pause);
  }
}

std::vector<ExplainedDay> Tell(const Story& story) {
  std::vector<ExplainedDay> days;
  for (DayNumber day = DayOf(story.accepted_at); day <= DayOf(story.end); ++day) {
    ExplainedDay row;
    row.day = day;
    row.provisional =
        day >= DayOf(story.deadline.effective_start) && story.calendar.IsProvisional(day, day);
    MarkDay(story, row);
    days.push_back(std::move(row));
  }
  TellOtherPauses(story, days);
  if (story.deadline.due != kNoMinute && !days.empty()) {
    days.back().due = true;
    days.back().due_at = story.deadline.due;
    days.back().closes_early =
        story.options.extension == kNoMinute && IsCalendarTerm(story.terms.back());
  }
  return days;
}

// `{}` is where the day's `what` stands; it follows the sentence where there is none.
struct Sentence {
  DayNote note;
  std::string_view vietnamese, english;
  std::string_view basis_vietnamese, basis_english;
};

constexpr Sentence kSentences[] = {
    {DayNote::kNone, "", "", "", ""},
    {DayNote::kDayZero, "ngày bắt đầu, không tính", "first day, not counted",
     "Bộ luật Dân sự 2015, Điều 147", "Civil Code 2015, art. 147"},
    {DayNote::kBeforeStart, "tiếp nhận ngoài giờ làm việc", "received outside office hours",
     "giờ làm việc mặc định", "default office hours"},
    {DayNote::kReception, "tiếp nhận ngoài ngày, giờ làm việc: tính từ giờ làm việc tiếp theo",
     "taken in outside working hours: the clock starts at the next opening", "", ""},
    {DayNote::kCutoffStart, "tiếp nhận sau giờ chốt {}: tính từ ngày làm việc tiếp theo",
     "received after the cut-off {}: the clock starts the next working day", "giờ chốt của thủ tục",
     "the procedure's cut-off"},
    {DayNote::kCutoffResult, "tiếp nhận sau giờ chốt {}: trả kết quả ngày làm việc tiếp theo",
     "received after the cut-off {}: the result is due one working day later",
     "giờ chốt của thủ tục", "the procedure's cut-off"},
    {DayNote::kWeeklyRest, "nghỉ hằng tuần", "weekly rest",
     "tuần làm việc mặc định, thứ Hai đến thứ Sáu", "default working week, Monday to Friday"},
    {DayNote::kHoliday, "ngày nghỉ", "day off", "", ""},
    {DayNote::kCompensatory, "nghỉ bù", "compensatory rest", "", ""},
    {DayNote::kSwappedOff, "nghỉ hoán đổi", "day off by exchange", "", ""},
    {DayNote::kLayerOff, "đóng cửa theo quyết định", "closed by decision", "", ""},
    {DayNote::kMakeUp, "làm bù", "make-up day, worked", "", ""},
    {DayNote::kHalfDay, "rút ngắn giờ làm việc", "shortened hours", "", ""},
    {DayNote::kPause, "tạm dừng, không tính", "paused, not counted", "", ""},
    {DayNote::kPauseRestarts, "tạm dừng, sau đó tính lại từ đầu", "paused, then counted anew",
     "Nghị định 118/2025/NĐ-CP, Điều 19.5", "Decree 118/2025/NĐ-CP, art. 19.5"},
    {DayNote::kRestarted, "trước khi tính lại từ đầu", "before the clock was restarted",
     "Nghị định 118/2025/NĐ-CP, Điều 19.5", "Decree 118/2025/NĐ-CP, art. 19.5"},
    {DayNote::kRolled, "ngày cuối là ngày nghỉ: lùi đến ngày làm việc tiếp theo",
     "the last day was off: the next working day", "Bộ luật Dân sự 2015, Điều 148",
     "Civil Code 2015, art. 148"},
    {DayNote::kShifted, "cộng thêm cho thời gian tạm dừng", "added for the paused time", "", ""},
    {DayNote::kExtended, "gia hạn đến ngày hẹn trả mới", "extended to the new due date",
     "Nghị định 118/2025/NĐ-CP, Điều 19.6", "Decree 118/2025/NĐ-CP, art. 19.6"},
    {DayNote::kCalendarDay, "tính theo ngày liên tục", "counted: plain days include days off", "",
     ""},
};

const Sentence& SentenceOf(DayNote note) {
  for (const Sentence& sentence : kSentences) {
    if (sentence.note == note) return sentence;
  }
  return kSentences[0];
}

}  // namespace

absl::StatusOr<std::vector<ExplainedDay>> Explain(const WorkingCalendar& calendar,
                                                  const TimeLimit& limit, MinuteNumber accepted_at,
                                                  const DeadlineOptions& options) {
  MOTCUA_ASSIGN_OR_RETURN(const Deadline deadline,
                          ComputeDeadline(calendar, limit, accepted_at, options));
  if (limit.is_none()) return std::vector<ExplainedDay>{};
  Reckoning reckoning(calendar, limit, options.policy);
  MOTCUA_RETURN_IF_ERROR(reckoning.Run(accepted_at, options.pauses));
  MOTCUA_ASSIGN_OR_RETURN(std::vector<ClockWalk::TermRecord> terms, reckoning.Terms());
  const MinuteNumber end =
      deadline.paused ? std::max(options.pauses.back().from, accepted_at) : deadline.due;
  return Tell({calendar, limit, accepted_at, options, deadline, reckoning, std::move(terms), end});
}

std::string Describe(const ExplainedDay& day, Language language) {
  const bool vietnamese = language == Language::kVietnamese;
  const Sentence& sentence = SentenceOf(day.note);
  const std::string& what = vietnamese || day.english.empty() ? day.what : day.english;
  std::string text(vietnamese ? sentence.vietnamese : sentence.english);
  if (text.empty()) {
    text = day.counted() ? (vietnamese ? "ngày làm việc" : "working day")
                         : (vietnamese ? "không tính" : "not counted");
  }
  if (const std::size_t place = text.find("{}"); place != std::string::npos) {
    text.replace(place, 2, what);
  } else if (!what.empty()) {
    absl::StrAppend(&text, ": ", what);
  }
  if (day.minutes > 0) {
    absl::StrAppend(&text, vietnamese ? " (tính " : " (", day.minutes,
                    vietnamese ? " phút)" : " minutes counted)");
  }
  for (const Pause& pause : day.pauses) {
    absl::StrAppend(&text, vietnamese ? "; tạm dừng " : "; paused ", SpanOf(pause));
    if (pause.practice == PausePractice::kRestart) {
      text += vietnamese ? ", sau đó tính lại từ đầu" : ", then counted anew";
    }
  }
  if (day.due) {
    const MinuteNumber at = day.due_at - StartOf(day.day);
    absl::StrAppendFormat(&text, vietnamese ? "; hạn trả lúc %02d:%02d" : "; due at %02d:%02d",
                          at / 60, at % 60);
  }
  if (day.closes_early) {
    text += vietnamese ? " (luật định 24:00, cơ quan đóng cửa sớm hơn)"
                       : " (by law at 24:00; the office closes earlier)";
  }
  if (day.provisional) text += vietnamese ? " [tạm tính]" : " [provisional]";
  return text;
}

std::string SourceOf(const ExplainedDay& day, Language language) {
  if (!day.source.empty()) return day.source;
  const Sentence& sentence = SentenceOf(day.note);
  return std::string(language == Language::kVietnamese ? sentence.basis_vietnamese
                                                       : sentence.basis_english);
}

}  // namespace motcua
