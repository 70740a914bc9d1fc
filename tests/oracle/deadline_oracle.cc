#include "tests/oracle/deadline_oracle.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace motcua::oracle {
namespace {

int MinuteOfDay(Minute minute) { return static_cast<int>(minute - MinuteAt(DayOf(minute), 0)); }

bool In(const Pause& pause, Minute minute) { return pause.from <= minute && minute < *pause.to; }

bool InAny(const std::vector<Pause>& pauses, Minute minute) {
  return std::any_of(pauses.begin(), pauses.end(),
                     [minute](const Pause& pause) { return In(pause, minute); });
}

// The clock of one dossier, from one acceptance on, under the pauses that count so far.
class Clock {
 public:
  Clock(const Calendar& calendar, const Question& question, Minute accepted_at)
      : calendar_(&calendar), question_(&question), accepted_at_(accepted_at) {
    start_ = calendar_->EffectiveStart(accepted_at);
    late_ = question_->limit.has_cutoff && IsLate(start_);
    if (late_ && !question_->limit.moves_result) {
      const Day next = calendar_->NextWorkingDay(DayOf(start_));
      start_ = MinuteAt(next, calendar_->HoursOf(next).front().open);
    }
  }

  Minute accepted_at() const { return accepted_at_; }
  Minute start() const { return start_; }

  void Resume(const Pause& pause) { resumed_.push_back(pause); }
  void Shift(const Pause& pause) { shifted_.push_back(pause); }

  Minute Due() const {
    Minute at = start_;
    for (const Term& term : question_->limit.terms) at = EndOf(term, at);
    // READING: the one working day that the cut-off adds counts like any other, so a paused
    // day does not.
    if (late_ && question_->limit.moves_result) at = AfterDays(DayOf(at), 1);
    for (const Pause& pause : shifted_) at = Shifted(at, pause);
    return at;
  }

 private:
  bool IsLate(Minute start) const {
    const Limit& limit = question_->limit;
    const int cutoff =
        limit.last_hour ? calendar_->HoursOf(DayOf(start)).back().close - 60 : limit.cutoff_minute;
    return MinuteOfDay(start) > cutoff;
  }

  Minute EndOf(const Term& term, Minute from) const {
    const bool by_hour = question_->policy == Policy::kByHour;
    switch (term.unit) {
      case Unit::kWorkingDay:
        if (by_hour) return AfterWorkingMinutes(from, term.quarters * 120);
        if (term.quarters % 4 != 0) throw Refused("a fraction of a working day, by day");
        return AfterDays(DayOf(from), term.quarters / 4);
      case Unit::kWorkingHour:
        return AfterWorkingMinutes(from, term.quarters * 15);
      case Unit::kHour:
        return AfterClockMinutes(from, term.quarters * 15);
      case Unit::kDay:
        return AtCorrespondingDay(from, DayOf(from) + term.quarters / 4);
      case Unit::kMonth:
        return AtCorrespondingDay(from, MonthsLater(DayOf(from), term.quarters / 4));
      case Unit::kYear:
        return AtCorrespondingDay(from, MonthsLater(DayOf(from), term.quarters / 4 * 12));
    }
    throw Refused("unknown unit");
  }

  // Whether the day is a working day none of whose working time is paused.
  bool Counts(Day day) const {
    for (const Period& period : calendar_->HoursOf(day)) {
      for (const Pause& pause : resumed_) {
        if (pause.from < MinuteAt(day, period.close) && MinuteAt(day, period.open) < *pause.to) {
          return false;
        }
      }
    }
    return calendar_->IsWorkingDay(day);
  }

  // READING: a result due the same day, of a dossier that is paused on it, is due on the
  // first day that counts again; it cannot fall due while the clock stands.
  Minute AfterDays(Day day, int days) const {
    while (days > 0) {
      ++day;
      if (Counts(day)) --days;
    }
    while (!Counts(day)) ++day;
    return calendar_->LastClosing(day);
  }

  Minute AfterWorkingMinutes(Minute at, int minutes) const {
    if (minutes == 0) return at;
    for (Day day = DayOf(at);; ++day) {
      for (const Period& period : calendar_->HoursOf(day)) {
        for (int m = period.open; m < period.close; ++m) {
          const Minute minute = MinuteAt(day, m);
          if (minute < at || InAny(resumed_, minute)) continue;
          if (--minutes == 0) return minute + 1;
        }
      }
    }
  }

  // READING: clock hours move by the length of a pause, as plain days move by its days: from
  // where they would end, before that end is put into working time.
  Minute AfterClockMinutes(Minute from, int minutes) const {
    Minute end = from + minutes;
    for (const Pause& pause : resumed_) {
      if (pause.from >= calendar_->NextClosing(end)) break;
      end += std::max<Minute>(0, *pause.to - std::max(pause.from, from));
    }
    return calendar_->NextClosing(end);
  }

  // The calendar days in (from, to] of each pause that starts before the term is due.
  // READING: they move the last day before it is put onto a working day, so that the roll may
  // absorb them; of a pause that began in an earlier term only the days after it count, of one
  // between acceptance and the effective start all of them.
  Minute AtCorrespondingDay(Minute from, Day last) const {
    const Day day_nought = from == start_ ? DayOf(accepted_at_) : DayOf(from);
    Minute due = calendar_->LastClosing(calendar_->RollForward(last));
    for (const Pause& pause : resumed_) {
      if (pause.from >= due) break;
      last += std::max(0, DayOf(*pause.to) - std::max(DayOf(pause.from), day_nought));
      due = calendar_->LastClosing(calendar_->RollForward(last));
    }
    return due;
  }

  // READING: moved by whole working days, a due time at the end of its day is at the end of
  // the day reached; one to the minute keeps its minute of the day, or the next closing where
  // that day is not worked then.
  Minute Shifted(Minute due, const Pause& pause) const {
    if (question_->policy == Policy::kByHour) {
      const Minute left = calendar_->WorkingMinutes(pause.from, *pause.to);
      return AfterWorkingMinutes(due, static_cast<int>(left));
    }
    const int days = calendar_->CountWorkingDays(DayOf(pause.from), DayOf(*pause.to));
    if (days == 0) return due;
    const Minute reached = AfterDays(DayOf(due), days);
    if (due == calendar_->LastClosing(DayOf(due))) return reached;
    return calendar_->NextClosing(MinuteAt(DayOf(reached), MinuteOfDay(due)));
  }

  // The same day of a later month, or that month's last day (Civil Code art. 148).
  static Day MonthsLater(Day day, int months) {
    Civil civil = CivilOf(day);
    const int month = civil.month - 1 + months;
    civil.year += month / 12;
    civil.month = month % 12 + 1;
    return DayAt(civil.year, civil.month,
                 std::min(civil.day, DaysInMonth(civil.year, civil.month)));
  }

  const Calendar* calendar_;
  const Question* question_;
  Minute accepted_at_;
  Minute start_ = 0;
  bool late_ = false;
  std::vector<Pause> resumed_, shifted_;
};

bool Provisional(Minute from, Minute to) {
  for (int year = CivilOf(DayOf(from)).year; year <= CivilOf(DayOf(to)).year; ++year) {
    if (!OfficialYear(year)) return true;
  }
  return false;
}

Term ParseTerm(const std::string& text) {
  if (text == "same_day") return {0, Unit::kWorkingDay};
  char* end = nullptr;
  const double amount = std::strtod(text.c_str(), &end);
  const std::string unit = end;
  const int quarters = static_cast<int>(std::lround(amount * 4));
  if (unit == "wd") return {quarters, Unit::kWorkingDay};
  if (unit == "wh") return {quarters, Unit::kWorkingHour};
  if (unit == "h") return {quarters, Unit::kHour};
  if (unit == "d") return {quarters, Unit::kDay};
  if (unit == "mo") return {quarters, Unit::kMonth};
  if (unit == "y") return {quarters, Unit::kYear};
  throw Refused("no unit of time: '" + text + "'");
}

}  // namespace

Limit ParseLimit(const std::string& text) {
  Limit limit;
  limit.text = text;
  limit.none = text == "none";
  if (limit.none) return limit;
  const std::size_t at = text.find('@');
  const std::string terms = text.substr(0, at) + "+";
  for (std::size_t begin = 0, end; (end = terms.find('+', begin)) != std::string::npos;
       begin = end + 1) {
    limit.terms.push_back(ParseTerm(terms.substr(begin, end - begin)));
  }
  if (at == std::string::npos) return limit;
  const std::string cutoff = text.substr(at + 1);
  limit.has_cutoff = true;
  limit.last_hour = cutoff.rfind("last_hour", 0) == 0;
  if (!limit.last_hour) {
    limit.cutoff_minute = std::stoi(cutoff.substr(0, 2)) * 60 + std::stoi(cutoff.substr(3, 2));
  }
  limit.moves_result = cutoff.find(">start") == std::string::npos;
  return limit;
}

namespace {

// The due time in force: the extension, if there is one.
Minute Extended(const Calendar& calendar, Minute due, const Question& question) {
  if (question.extension) calendar.HoursOf(DayOf(*question.extension));  // must be covered
  if (question.extension && *question.extension < due) {
    throw Refused("an extension before the due time");
  }
  return question.extension.value_or(due);
}

Answer Paused(const Calendar& calendar, const Clock& clock, const Question& question,
              const Pause& pause) {
  Answer answer;
  const Minute began = std::max(pause.from, clock.start());
  answer.effective_start = clock.start();
  answer.original_due = clock.Due();
  answer.left_at_pause =
      calendar.WorkingMinutes(began, Extended(calendar, *answer.original_due, question));
  answer.provisional = Provisional(clock.start(), began);
  return answer;
}

}  // namespace

Answer Ask(const Calendar& calendar, const Question& question) {
  if (question.limit.none && question.extension) throw Refused("no due time to extend");
  Answer answer;
  Clock clock(calendar, question, question.accepted_at);
  answer.effective_start = clock.start();
  if (question.limit.none) {
    answer.provisional = Provisional(clock.start(), clock.start());
    // READING: without a limit a clock is paused all the same, with nothing left on it.
    if (!question.pauses.empty() && !question.pauses.back().to) answer.left_at_pause = 0;
    return answer;
  }
  for (Pause pause : question.pauses) {
    if (pause.to && *pause.to <= clock.accepted_at()) continue;
    // It may start too late to change anything. READING: an open pause does so only after the
    // extension, if there is one; until then the extended time stands still.
    if (!pause.to && pause.from < Extended(calendar, clock.Due(), question)) {
      return Paused(calendar, clock, question, pause);
    }
    if (!pause.to || pause.from >= clock.Due()) continue;
    // READING: a pause that counts is part of the question, so its end must be covered, even where
    // the due time would not reach it.
    calendar.HoursOf(DayOf(*pause.to));
    // READING: what lies before the acceptance has no effect.
    pause.from = std::max(pause.from, clock.accepted_at());
    if (pause.practice == Practice::kResume) clock.Resume(pause);
    if (pause.practice == Practice::kShift) clock.Shift(pause);
    if (pause.practice == Practice::kRestart) {
      // READING: a restart forgets what the pauses before it did.
      clock = Clock(calendar, question, *pause.to);
    }
  }
  answer.effective_start = clock.start();
  answer.original_due = clock.Due();
  answer.due = Extended(calendar, *answer.original_due, question);
  answer.provisional = Provisional(answer.effective_start, *answer.due);
  return answer;
}

Minute LatestAcceptance(const Calendar& calendar, const Limit& limit, Minute due, Policy policy) {
  Question question;
  question.limit = limit;
  question.policy = policy;
  for (question.accepted_at = due;; --question.accepted_at) {
    if (*Ask(calendar, question).due <= due) return question.accepted_at;
  }
}

}  // namespace motcua::oracle
