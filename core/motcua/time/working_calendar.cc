#include "motcua/time/working_calendar.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"
#include "motcua/time/calendar_compiler.h"
#include "motcua/time/calendar_digest.h"
#include "motcua/time/time_rows.h"
#include "motcua/time/time_tables_check.h"
#include "motcua/time/weekday.h"

namespace motcua {

// What law says, before any layer.
struct WorkingCalendar::National_ {
  Dataset dataset;
  bool by_default = true;     // no switch of the law is set
  std::vector<Holiday> days;  // in order of day
  std::array<DayHours, 7> weekly;
  std::vector<int> official_years;
  // Texts that `days` borrows from notices.
  std::vector<std::shared_ptr<const std::vector<NoticeRow>>> notices;
  std::vector<DayNumber> year_starts;  // first day of each covered year, and one more
  std::vector<bool> year_official;

  // Sets the span of the first official years in a row; after any change of `year_official`.
  void FindOfficialSpan() {
    const auto first = std::find(year_official.begin(), year_official.end(), true);
    const auto last = std::find(first, year_official.end(), false);
    official_from = year_starts[static_cast<std::size_t>(first - year_official.begin())];
    official_to = year_starts[static_cast<std::size_t>(last - year_official.begin())];
    official_later = std::find(last, year_official.end(), true) != year_official.end();
  }
  DayNumber official_from = 0;
  DayNumber official_to = 0;    // exclusive
  bool official_later = false;  // a year after the span is official too

  // Of `days`, for versions.
  std::uint64_t Digest() const {
    std::call_once(digest.computed, [&] { digest.value = DigestOf(days, year_official); });
    return digest.value;
  }

  // Computed when a version is first asked for, and kept for all the calendars that stand on
  // these days; a copy, whose days may change, begins without one.
  struct LazyDigest {
    LazyDigest() = default;
    LazyDigest(const LazyDigest&) {}
    std::once_flag computed;
    std::uint64_t value = 0;
  };
  mutable LazyDigest digest;
};

namespace {

std::array<DayHours, 7> DefaultHours(const Dataset& dataset) {
  std::array<DayHours, 7> weekly;
  for (const OfficePeriodRow& row : dataset.table<OfficePeriodRow>("time.weekly")) {
    weekly[row.weekday].push_back({row.open, row.close});
  }
  return weekly;
}

// What of a layer decides the index: not whose decision it is, nor what a day off is called.
CalendarLayer RulesOf(CalendarLayer layer) {
  layer.source.clear();
  for (CalendarLayer::DayOff& off : layer.days_off) off.name.clear();
  return layer;
}

}  // namespace

absl::StatusOr<WorkingCalendar> WorkingCalendar::National(const Dataset& dataset,
                                                          const HolidayLaw& law) {
  const YearSpan years = CoveredYears(dataset);
  if (years.first == 0) {
    return Error(Reason::kMalformedData, "dataset", dataset.version(), "the tables of time");
  }
  return National(dataset, law, CivilDay(years.first, 1, 1), CivilDay(years.last, 12, 31));
}

absl::StatusOr<WorkingCalendar> WorkingCalendar::National(const Dataset& dataset,
                                                          const HolidayLaw& law, CivilDay first,
                                                          CivilDay last) {
  const YearSpan years = CoveredYears(dataset);
  if (first > last) {
    return Error(Reason::kInvalidArgument, "first", ToString(first),
                 absl::StrCat("a day not after last ", ToString(last)));
  }
  for (const auto& [name, day] : {std::pair("first", first), std::pair("last", last)}) {
    if (day.year() < years.first || day.year() > years.last) {
      return Error(Reason::kOutsideCoverage, name, ToString(day),
                   absl::StrCat("a day in the years ", years.first, " .. ", years.last));
    }
  }
  MOTCUA_RETURN_IF_ERROR(CheckTimeTables(dataset));
  auto national = std::make_shared<National_>();
  national->dataset = dataset;
  national->by_default = law == HolidayLaw{};
  national->days = SpecialDays(dataset, law);
  national->weekly = DefaultHours(dataset);
  for (const CoveredYearRow& row : dataset.table<CoveredYearRow>("time.years")) {
    national->year_starts.push_back(ToNumber(CivilDay(row.year)));
    national->year_official.push_back(row.official != 0);
  }
  national->year_starts.push_back(ToNumber(CivilDay(years.last + 1)));
  national->FindOfficialSpan();
  return Compile(std::move(national), {}, ToNumber(first), ToNumber(last));
}

absl::StatusOr<WorkingCalendar> WorkingCalendar::Compile(
    std::shared_ptr<const National_> national,
    std::vector<std::shared_ptr<const CalendarLayer>> layers, DayNumber first, DayNumber last) {
  CalendarCompiler compiler(first, last);
  MOTCUA_RETURN_IF_ERROR(compiler.SetWeekly(national->weekly, first, last + 1));
  for (const auto& layer : layers) {
    if (!layer->weekly) continue;
    MOTCUA_RETURN_IF_ERROR(
        compiler.SetWeekly(*layer->weekly, layer->valid_from == kNoDay ? first : layer->valid_from,
                           layer->valid_to == kNoDay ? last + 1 : layer->valid_to));
  }
  compiler.ApplyNational(national->days);
  for (const auto& layer : layers) MOTCUA_RETURN_IF_ERROR(compiler.ApplyExceptions(*layer));
  WorkingCalendar calendar;
  calendar.national_ = std::move(national);
  calendar.layers_ =
      std::make_shared<const std::vector<std::shared_ptr<const CalendarLayer>>>(std::move(layers));
  calendar.index_ = std::make_shared<const DayIndex>(std::move(compiler).Finish());
  return calendar;
}

absl::StatusOr<WorkingCalendar> WorkingCalendar::WithLayer(CalendarLayer layer) const {
  MOTCUA_RETURN_IF_ERROR(CheckLayer(layer));
  std::vector<std::shared_ptr<const CalendarLayer>> layers = *layers_;
  layers.push_back(std::make_shared<const CalendarLayer>(std::move(layer)));
  const std::shared_ptr<const CalendarLayer> top = layers.back();
  MOTCUA_ASSIGN_OR_RETURN(WorkingCalendar calendar,
                          Compile(national_, std::move(layers), index().first(), index().last()));
  for (std::size_t k = 0; k < top->make_up.size(); ++k) {
    const CalendarLayer::MakeUp& made = top->make_up[k];
    if (!calendar.Covers(made.day) || calendar.index().IsWorking(made.day)) continue;
    return Error(Reason::kInvalidArgument, absl::StrCat("make_up[", k, "].weekday"),
                 kWeekdayNames[static_cast<std::size_t>(made.weekday)],
                 absl::StrCat("a weekday with office hours on ", ToString(DayFrom(made.day))));
  }
  return calendar;
}

WorkingCalendar WorkingCalendar::WithLastLayer(const CalendarLayer& layer) const {
  WorkingCalendar calendar = *this;
  std::vector<std::shared_ptr<const CalendarLayer>> layers = *layers_;
  layers.back() = std::make_shared<const CalendarLayer>(layer);
  calendar.layers_ =
      std::make_shared<const std::vector<std::shared_ptr<const CalendarLayer>>>(std::move(layers));
  return calendar;
}

absl::StatusOr<std::vector<WorkingCalendar>> WorkingCalendar::WithEach(
    std::span<const CalendarLayer> layers) const {
  std::vector<WorkingCalendar> calendars;
  calendars.reserve(layers.size());
  std::vector<CalendarLayer> rules;
  rules.reserve(layers.size());
  std::multimap<std::uint64_t, std::size_t> seen;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    rules.push_back(RulesOf(layers[k]));
    const std::uint64_t digest = DigestOf(rules[k], 0);
    const auto [begin, end] = seen.equal_range(digest);
    const auto same = std::find_if(
        begin, end, [&](const auto& entry) { return rules[entry.second] == rules[k]; });
    if (same != end) {
      calendars.push_back(layers[same->second] == layers[k]
                              ? calendars[same->second]
                              : calendars[same->second].WithLastLayer(layers[k]));
      continue;
    }
    absl::StatusOr<WorkingCalendar> calendar = WithLayer(layers[k]);
    if (!calendar.ok()) {
      return Error(ReasonOf(calendar.status()),
                   absl::StrCat("layers[", k, "].", calendar.status().message()));
    }
    calendars.push_back(*std::move(calendar));
    seen.emplace(digest, k);
  }
  return calendars;
}

absl::StatusOr<WorkingCalendar> WorkingCalendar::WithNotice(
    std::vector<NoticeRow> rows, std::span<const int> complete_years) const {
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (!Covers(rows[k].day)) {
      const absl::Status status = OutsideCoverage(rows[k].day);
      return Error(Reason::kOutsideCoverage, absl::StrCat("notice[", k, "]: ", status.message()));
    }
  }
  auto national = std::make_shared<National_>(*national_);
  const auto kept = std::make_shared<const std::vector<NoticeRow>>(std::move(rows));
  national->notices.push_back(kept);
  std::vector<int> settled(complete_years.begin(), complete_years.end());
  MOTCUA_ASSIGN_OR_RETURN(national->days, ApplyNotice(national_->days, *kept, settled));
  const int first_year = static_cast<int>(DayFrom(national->year_starts.front()).year());
  for (const int year : settled) {
    const std::size_t at = static_cast<std::size_t>(year - first_year);
    if (year < first_year || at >= national->year_official.size()) {
      return Error(Reason::kOutsideCoverage, "complete_years", absl::StrCat(year),
                   "a year of the calendar's dataset");
    }
    national->year_official[at] = true;
  }
  national->FindOfficialSpan();
  return Compile(std::move(national), *layers_, index().first(), index().last());
}

absl::Status WorkingCalendar::OutsideCoverage(DayNumber day) const {
  return Error(Reason::kOutsideCoverage, "date", day == kNoDay ? "NaT" : ToString(DayFrom(day)),
               absl::StrCat("a day in the calendar's coverage, ", ToString(first()), " .. ",
                            ToString(last())));
}

absl::Status WorkingCalendar::OutsideCoverageAt(MinuteNumber at) const {
  constexpr MinuteNumber kReadable = MinuteNumber{1} << 31;  // about the year 6053
  if (at == kNoMinute) return OutsideCoverage(kNoDay);
  if (at > -kReadable && at < kReadable) return OutsideCoverage(DayOf(at));
  return Error(Reason::kOutsideCoverage, "minute", absl::StrCat(at),
               absl::StrCat("a minute in the calendar's coverage, ", ToString(first()), " .. ",
                            ToString(last())));
}

std::string WorkingCalendar::version() const {
  std::string version(national_->dataset.version());
  if (layers_->empty() && national_->notices.empty() && national_->by_default) return version;
  std::uint64_t digest = national_->Digest();
  for (const auto& layer : *layers_) digest = DigestOf(*layer, digest);
  return absl::StrCat(version, "/", absl::StrFormat("%016x", digest));
}

absl::StatusOr<bool> WorkingCalendar::IsWorkingDay(DayNumber day) const {
  if (!Covers(day)) return OutsideCoverage(day);
  return index().IsWorking(day);
}

absl::StatusOr<DayNumber> WorkingCalendar::AddWorkingDays(DayNumber day, std::int64_t n) const {
  if (!Covers(day)) return OutsideCoverage(day);
  if (n < 0) return Error(Reason::kInvalidArgument, "n", absl::StrCat(n), "0 or more");
  if (n == 0) return day;
  const std::int64_t ordinal = index().Rank(day) + std::min<std::int64_t>(n, 1 << 20);
  if (ordinal > index().working_day_count()) {
    return Error(Reason::kOutsideCoverage, "n", absl::StrCat(n),
                 absl::StrCat("a working day not after ", ToString(last())));
  }
  return index().Select(static_cast<std::int32_t>(ordinal));
}

absl::StatusOr<std::int64_t> WorkingCalendar::CountWorkingDays(DayNumber start,
                                                               DayNumber end) const {
  if (!Covers(start)) return OutsideCoverage(start);
  if (!Covers(end)) return OutsideCoverage(end);
  return index().Rank(end) - index().Rank(start);
}

absl::StatusOr<std::int64_t> WorkingCalendar::WorkingMinutes(MinuteNumber start,
                                                             MinuteNumber end) const {
  for (const MinuteNumber at : {start, end}) {
    // The midnight after the last day ends an interval.
    if (!CoversMinute(at) && at != StartOf(index().last() + 1)) return OutsideCoverageAt(at);
  }
  return index().MinutesBefore(end) - index().MinutesBefore(start);
}

absl::StatusOr<MinuteNumber> WorkingCalendar::EffectiveStart(MinuteNumber at) const {
  if (!CoversMinute(at)) return OutsideCoverageAt(at);
  const DayNumber day = DayOf(at);
  const DayPattern& hours = index().PatternOf(day);
  const int minute = static_cast<int>(at - StartOf(day));
  for (std::size_t k = 0; k < hours.count; ++k) {
    if (minute <= hours.close[k]) return StartOf(day) + std::max<int>(minute, hours.open[k]);
  }
  const std::int32_t next = index().Rank(day) + 1;
  if (next > index().working_day_count()) {
    return Error(Reason::kOutsideCoverage, "time", ToString(MinuteFrom(at)),
                 absl::StrCat("a time with office hours after it in the calendar's coverage, ",
                              ToString(first()), " .. ", ToString(last())));
  }
  return index().OpeningOf(next);
}

bool WorkingCalendar::IsProvisional(DayNumber from, DayNumber to) const {
  const bool official = (from >= national_->official_from) & (to < national_->official_to);
  if (official | !national_->official_later) return !official;
  const std::vector<DayNumber>& starts = national_->year_starts;
  // Years are nearly of one length: the estimate is off by one at most.
  const auto year = [&](DayNumber day) {
    constexpr std::int64_t kDaysOfFourYears = 1461;
    const std::int64_t since = day - starts.front();
    auto at = static_cast<std::size_t>((since * 4 + 3) / kDaysOfFourYears);
    while (starts[at] > day) --at;
    while (starts[at + 1] <= day) ++at;
    return at;
  };
  for (std::size_t k = year(from), last = year(to); k <= last; ++k) {
    if (!national_->year_official[k]) return true;
  }
  return false;
}

std::span<const std::shared_ptr<const CalendarLayer>> WorkingCalendar::layers() const {
  return *layers_;
}

std::span<const Holiday> WorkingCalendar::special_days() const { return national_->days; }

bool WorkingCalendar::IsProvisionalBetween(MinuteNumber from, MinuteNumber to) const {
  // Nearly all, and without taking a minute apart.
  if (from >= StartOf(national_->official_from) && to < StartOf(national_->official_to)) {
    return false;
  }
  return IsProvisional(DayOf(from), DayOf(to));
}

std::string_view WorkingCalendar::EnglishNameOf(std::string_view name) const {
  return motcua::EnglishNameOf(name, national_->dataset);
}

DayReason WorkingCalendar::ReasonFor(DayNumber day) const {
  using Kind = DayReason::Kind;
  for (auto layer = layers_->rbegin(); layer != layers_->rend(); ++layer) {
    if (!(*layer)->ValidOn(day)) continue;
    for (const CalendarLayer::DayOff& off : (*layer)->days_off) {
      if (off.day == day)
        return {off.name, (*layer)->source, nullptr, layer->get(), Kind::kLayerOff};
    }
    for (const CalendarLayer::MakeUp& made : (*layer)->make_up) {
      if (made.day == day) return {{}, (*layer)->source, nullptr, layer->get(), Kind::kLayerMakeUp};
    }
    for (const CalendarLayer::HalfDay& half : (*layer)->half_days) {
      if (half.day == day && index().IsWorking(day)) {
        return {{}, (*layer)->source, nullptr, layer->get(), Kind::kHalfDay};
      }
    }
  }
  const auto entry =
      std::lower_bound(national_->days.begin(), national_->days.end(), day,
                       [](const Holiday& holiday, DayNumber value) { return holiday.day < value; });
  if (entry != national_->days.end() && entry->day == day) {
    return {entry->name, entry->source, &*entry, nullptr, Kind::kHoliday};
  }
  DayReason reason;
  if (!index().IsWorking(day)) reason.kind = Kind::kWeeklyRest;
  for (auto layer = layers_->rbegin(); layer != layers_->rend(); ++layer) {
    if ((*layer)->weekly && (*layer)->ValidOn(day)) {
      reason.layer = layer->get();
      reason.source = (*layer)->source;
      break;
    }
  }
  return reason;
}

}  // namespace motcua
