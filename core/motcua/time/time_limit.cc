#include "motcua/time/time_limit.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::string_view kGrammar =
    "none, or terms such as 3wd, 0.5wd, 8wh, 24h, 15d, 2mo, 1y or same_day joined by +, "
    "then @HH:MM or @last_hour with >start or >result";

constexpr std::array<std::string_view, 6> kUnitNames = {"wd", "wh", "h", "d", "mo", "y"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

absl::Status Refuse(std::string_view text, std::string_view expected) {
  return Error(Reason::kInvalidArgument, "time limit", text, expected);
}

// The number of quarters written at the start of `text`; advances past it. -1 if there is
// no such number.
std::int32_t ReadQuarters(std::string_view& text) {
  std::size_t at = 0;
  std::int64_t whole = 0;
  while (at < text.size() && IsDigit(text[at]) && at < 9) whole = whole * 10 + (text[at++] - '0');
  if (at == 0 || whole > TimeLimit::kMaxAmount) return -1;
  std::int32_t quarters = 0;
  if (at < text.size() && text[at] == '.') {
    std::size_t end = at + 1;
    while (end < text.size() && IsDigit(text[end])) ++end;
    const std::string_view fraction = text.substr(at + 1, end - at - 1);
    if (fraction == "25") {
      quarters = 1;
    } else if (fraction == "5" || fraction == "50") {
      quarters = 2;
    } else if (fraction == "75") {
      quarters = 3;
    } else if (fraction != "0" && fraction != "00") {
      return -1;
    }
    at = end;
  }
  text.remove_prefix(at);
  return static_cast<std::int32_t>(whole) * 4 + quarters;
}

// One term of the limit `whole`.
absl::StatusOr<LimitTerm> ReadTerm(std::string_view text, std::string_view whole) {
  if (text == "same_day") return LimitTerm{LimitUnit::kWorkingDay, 0};
  std::string_view rest = text;
  const std::int32_t quarters = ReadQuarters(rest);
  const auto refuse = [&](std::string_view expected) {
    return Refuse(whole, absl::StrCat(ToAbsl(expected), ", found '", Printable(text), "'"));
  };
  if (quarters < 0) {
    return refuse(absl::StrCat("none, same_day or an amount 0 .. ", TimeLimit::kMaxAmount,
                               " with at most quarters, then a unit"));
  }
  for (std::size_t unit = 0; unit < kUnitNames.size(); ++unit) {
    if (rest != kUnitNames[unit]) continue;
    const LimitTerm term{static_cast<LimitUnit>(unit), quarters};
    if (!term.whole() && term.unit >= LimitUnit::kDay) {
      return refuse("a whole number of days, months or years");
    }
    return term;
  }
  return refuse("one of the units wd, wh, h, d, mo, y");
}

// What follows the @ of the limit `whole`.
absl::StatusOr<Cutoff> ReadCutoff(std::string_view text, std::string_view whole, bool same_day) {
  Cutoff cutoff;
  const std::size_t arrow = text.find('>');
  const std::string_view at = text.substr(0, arrow);
  const std::string_view effect =
      arrow == std::string_view::npos ? std::string_view() : text.substr(arrow + 1);
  if (effect == "start") {
    cutoff.effect = CutoffEffect::kStart;
  } else if (effect == "result" || (arrow == std::string_view::npos && same_day)) {
    cutoff.effect = CutoffEffect::kResult;
  } else {
    return Refuse(
        whole, "after the cut-off an effect, >start or >result (only same_day may leave it out)");
  }
  if (at == "last_hour") {
    cutoff.last_hour = true;
    return cutoff;
  }
  const bool shaped = at.size() == 5 && at[2] == ':' && IsDigit(at[0]) && IsDigit(at[1]) &&
                      IsDigit(at[3]) && IsDigit(at[4]);
  const int hour = shaped ? (at[0] - '0') * 10 + (at[1] - '0') : 24;
  const int minute = shaped ? (at[3] - '0') * 10 + (at[4] - '0') : 60;
  if (hour > 23 || minute > 59) {
    return Refuse(whole, "a cut-off @HH:MM or @last_hour");
  }
  cutoff.minute = static_cast<std::uint16_t>(hour * 60 + minute);
  return cutoff;
}

}  // namespace

absl::Status TimeLimit::Append(LimitTerm term, std::string_view text) {
  if (count_ == kMaxTerms) return Refuse(text, absl::StrCat("at most ", kMaxTerms, " terms"));
  terms_[count_++] = term;
  return absl::OkStatus();
}

absl::StatusOr<TimeLimit> TimeLimit::Parse(std::string_view text) {
  TimeLimit limit;
  if (text == "none") return limit;
  if (text.empty()) return Refuse(text, kGrammar);
  const std::size_t at_sign = text.find('@');
  std::string_view rest = text.substr(0, at_sign);
  if (rest == "none") return Refuse(text, "none without a cut-off: nothing is due");
  for (;;) {
    const std::size_t plus = rest.find('+');
    MOTCUA_ASSIGN_OR_RETURN(const LimitTerm term, ReadTerm(rest.substr(0, plus), text));
    MOTCUA_RETURN_IF_ERROR(limit.Append(term, text));
    if (plus == std::string_view::npos) break;
    rest.remove_prefix(plus + 1);
  }
  if (at_sign != std::string_view::npos) {
    const bool same_day = limit.count_ == 1 && limit.terms_[0] == LimitTerm{};
    MOTCUA_ASSIGN_OR_RETURN(limit.cutoff_, ReadCutoff(text.substr(at_sign + 1), text, same_day));
  }
  return limit;
}

std::string TimeLimit::ToString() const {
  if (is_none()) return "none";
  std::string text;
  for (const LimitTerm& term : terms()) {
    if (!text.empty()) text += '+';
    constexpr std::array<std::string_view, 4> kFractions = {"", ".25", ".5", ".75"};
    absl::StrAppend(&text, term.amount(),
                    ToAbsl(kFractions[static_cast<std::size_t>(term.quarters % 4)]),
                    ToAbsl(kUnitNames[static_cast<std::size_t>(term.unit)]));
  }
  const bool same_day = count_ == 1 && terms_[0] == LimitTerm{};
  if (same_day) text = "same_day";
  if (cutoff_.effect == CutoffEffect::kNone) return text;
  if (cutoff_.last_hour) {
    text += "@last_hour";
  } else {
    absl::StrAppendFormat(&text, "@%02d:%02d", cutoff_.minute / 60, cutoff_.minute % 60);
  }
  if (cutoff_.effect == CutoffEffect::kStart) {
    text += ">start";
  } else if (!same_day) {
    text += ">result";
  }
  return text;
}

absl::StatusOr<TimeLimit> TimeLimit::Plus(const TimeLimit& extra) const {
  if (is_none() || extra.is_none()) {
    return Refuse("none", "a limit with an amount, to add to or to add");
  }
  if (extra.cutoff_.effect != CutoffEffect::kNone) {
    return Refuse(extra.ToString(), "an extra time without a cut-off");
  }
  TimeLimit sum = *this;
  for (const LimitTerm& term : extra.terms()) {
    LimitTerm& last = sum.terms_[sum.count_ - 1];
    // Days and hours add up; months and years do not (31 January + 1mo + 1mo is not + 2mo).
    if (last.unit == term.unit &&
        (term.unit == LimitUnit::kWorkingDay || term.unit == LimitUnit::kWorkingHour)) {
      if (last.quarters + term.quarters > 4 * kMaxAmount) {
        return Refuse(extra.ToString(), absl::StrCat("a sum of at most ", kMaxAmount));
      }
      last.quarters += term.quarters;
    } else {
      MOTCUA_RETURN_IF_ERROR(sum.Append(term, extra.ToString()));
    }
  }
  return sum;
}

}  // namespace motcua
