#include "tests/oracle/random_case.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"

namespace motcua::oracle {
namespace {

const std::vector<Hours>& FamiliarHours() {
  static const auto& hours = *new std::vector<Hours>{
      {{450, 690}, {810, 1050}},                // 07:30-11:30, 13:30-17:30
      {{420, 690}, {810, 1020}},                // 07:00-11:30, 13:30-17:00
      {{420, 660}, {780, 1020}},                // 07:00-11:00, 13:00-17:00
      {{480, 720}},                             // 08:00-12:00
      {{450, 690}, {810, 1050}, {1110, 1200}},  // with an evening counter
      {{0, 1439}},
      {{720, 721}},
      {{450, 690}, {691, 1050}}  // as odd as they may come
  };
  return hours;
}

std::string Clock(int minute) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
  return text;
}

std::string Describe(const Hours& hours) {
  std::string text;
  for (const Period& period : hours) {
    absl::StrAppend(&text, text.empty() ? "" : ",", Clock(period.open), "-", Clock(period.close));
  }
  return text;
}

std::string Describe(const Layer& layer) {
  static const char* const kNames[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  std::string text;
  for (std::size_t k = 0; layer.weekly && k < 7; ++k) {
    const Hours& hours = (*layer.weekly)[k];
    if (!hours.empty()) absl::StrAppend(&text, "; weekly ", kNames[k], " ", Describe(hours));
  }
  if (layer.weekly && text.empty()) text = "; weekly never";
  for (Day day : layer.days_off) absl::StrAppend(&text, "; off ", DayText(day));
  for (const auto& [day, like] : layer.make_up) {
    absl::StrAppend(&text, "; make_up ", DayText(day), " ", kNames[like]);
  }
  for (const auto& [day, hours] : layer.half_days) {
    absl::StrAppend(&text, "; half ", DayText(day), " ", Describe(hours));
  }
  if (layer.valid_from) absl::StrAppend(&text, "; from ", DayText(*layer.valid_from));
  if (layer.valid_to) absl::StrAppend(&text, "; to ", DayText(*layer.valid_to));
  return text.empty() ? "(empty)" : text.substr(2);
}

std::string Describe(const Pause& pause) {
  static const char* const kNames[] = {"resume", "restart", "shift"};
  return absl::StrCat(kNames[static_cast<int>(pause.practice)], " ", MinuteText(pause.from), "/",
                      pause.to ? MinuteText(*pause.to) : "open");
}

}  // namespace

int Draw::Int(int first, int last) {
  // Not std::uniform_int_distribution, whose numbers differ between standard libraries.
  const auto span = static_cast<std::uint64_t>(last - first) + 1;
  return first + static_cast<int>(engine_() % span);
}

Hours Draw::SomeHours() {
  if (Chance(70)) return Of(FamiliarHours());
  std::set<int> edges;
  const std::size_t wanted = static_cast<std::size_t>(2 * Int(1, 4));
  while (edges.size() < wanted) edges.insert(Int(0, 1439));
  Hours hours;
  for (auto edge = edges.begin(); edge != edges.end();) {
    const int open = *edge++;
    hours.push_back({open, *edge++});
  }
  return hours;
}

namespace {

bool ValidOn(const Layer& layer, Day day) {
  return (!layer.valid_from || day >= *layer.valid_from) &&
         (!layer.valid_to || day < *layer.valid_to);
}

// Drops from the last layer what the library refuses: days outside its validity, and make-up days
// with the hours of a weekday that has none.
void KeepWithSense(std::vector<Layer>& layers) {
  Layer& last = layers.back();
  std::erase_if(last.days_off, [&](Day day) { return !ValidOn(last, day); });
  std::erase_if(last.half_days, [&](const auto& half) { return !ValidOn(last, half.first); });
  std::erase_if(last.make_up, [&](const auto& made) {
    if (!ValidOn(last, made.first)) return true;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
      if (layer->weekly && ValidOn(*layer, made.first)) {
        return (*layer->weekly)[static_cast<std::size_t>(made.second)].empty();
      }
    }
    return made.second >= 5;  // Monday to Friday by default
  });
}

}  // namespace

Layer Draw::ALayer(Day focus) {
  Layer layer;
  if (Chance(60)) {
    layer.weekly.emplace();
    const Hours usual = SomeHours();
    for (std::size_t k = 0; k < 7; ++k) {
      if (Chance(k < 5 ? 92 : k == 5 ? 30 : 10)) {
        (*layer.weekly)[k] = Chance(80) ? usual : SomeHours();
      }
    }
  }
  std::set<Day> named;  // a day may be named once
  const int exceptions = Chance(60) ? Int(0, 10) : 0;
  for (int k = 0; k < exceptions; ++k) {
    const Day day = focus + Int(-60, 60);
    if (!named.insert(day).second) continue;
    if (Chance(40)) {
      layer.days_off.push_back(day);
    } else if (Chance(50)) {
      layer.make_up.emplace_back(day, Int(0, 6));
    } else {
      layer.half_days.emplace_back(day, SomeHours());
    }
  }
  if (Chance(30)) layer.valid_from = focus + Int(-60, 30);
  if (Chance(30)) layer.valid_to = layer.valid_from.value_or(focus) + Int(1, 90);
  return layer;
}

Office Draw::AnOffice() {
  Office office;
  const int year = Chance(85) ? Int(2014, 2027) : Int(2004, 2040);
  const Day new_year = DayAt(year, 1, 1);
  office.focus = new_year + Int(0, DayAt(year + 1, 1, 1) - new_year - 1);
  office.first = DayAt(2004, 1, 1);
  office.last = DayAt(2040, 12, 31);
  if (Chance(5)) office.first = std::max(office.first, office.focus - Int(0, 90));
  if (Chance(5)) office.last = std::min(office.last, office.focus + Int(0, 90));
  const int layers = Int(0, 3);
  for (int k = 0; k < layers; ++k) {
    office.layers.push_back(ALayer(office.focus));
    KeepWithSense(office.layers);
  }
  return office;
}

std::string Draw::ATerm(Policy policy) {
  static const std::vector<std::string> kQuarters = {"", ".25", ".5", ".75"};
  const int kind = Int(1, 100);
  if (kind <= 45) {
    const std::string days = std::to_string(Chance(80) ? Int(1, 15) : Int(1, 60));
    return absl::StrCat(days, policy == Policy::kByHour || Chance(1) ? Of(kQuarters) : "", "wd");
  }
  if (kind <= 60) return std::to_string(Int(1, 80)) + Of(kQuarters) + "wh";
  if (kind <= 75) return std::to_string(Int(1, 120)) + Of(kQuarters) + "h";
  if (kind <= 90) return std::to_string(Int(0, 60)) + "d";
  if (kind <= 97) return std::to_string(Int(1, 13)) + "mo";
  return std::to_string(Int(1, 3)) + "y";
}

std::string Draw::ALimit(Policy policy) {
  static const std::vector<std::string> kCutoffs = {"@15:00", "@17:00", "@11:30", "@last_hour"};
  if (Chance(1)) return "none";
  if (Chance(8)) return Chance(50) ? "same_day" : "same_day" + Of(kCutoffs);
  std::string limit = ATerm(policy);
  for (int more = 0; more < 3 && Chance(25); ++more) absl::StrAppend(&limit, "+", ATerm(policy));
  if (Chance(35)) limit += Of(kCutoffs) + (Chance(50) ? ">start" : ">result");
  return limit;
}

Minute Draw::AMinute(const Calendar& calendar, Day day) {
  if (Chance(50) || day < calendar.first() || day > calendar.last()) {
    return MinuteAt(day, Int(0, 1439));
  }
  std::vector<int> edges = {0, 15 * 60, 17 * 60, 11 * 60 + 30, 1439};
  for (const Period& period : calendar.HoursOf(day)) {
    edges.insert(edges.end(), {period.open, period.close, period.close - 60});
  }
  return MinuteAt(day, std::clamp(Of(edges) + Int(-1, 1), 0, 1439));
}

std::vector<Pause> Draw::SomePauses(const Calendar& calendar, Minute accepted_at) {
  std::vector<Pause> pauses;
  if (Chance(50)) return pauses;
  std::set<Minute> edges;
  const std::size_t wanted = 2 * static_cast<std::size_t>(Chance(50) ? 1 : Int(1, 4));
  const int reach = Chance(60) ? 12 : 70;
  while (edges.size() < wanted) {
    edges.insert(AMinute(calendar, DayOf(accepted_at) + Int(Chance(5) ? -5 : 0, reach)));
  }
  const bool same = Chance(60);
  const auto practice = [this] { return static_cast<Practice>(Int(0, 2)); };
  const Practice every = practice();
  for (auto edge = edges.begin(); edge != edges.end();) {
    const Minute from = *edge++;
    pauses.push_back({from, *edge++, same ? every : practice()});
  }
  if (Chance(10)) pauses.back().to.reset();
  return pauses;
}

Question Draw::AQuestion(const Office& office, const Calendar& calendar) {
  Question question;
  question.policy = Chance(50) ? Policy::kByDay : Policy::kByHour;
  question.limit = ParseLimit(ALimit(question.policy));
  const Day day = office.focus + Int(-60, 60);
  question.accepted_at = AMinute(calendar, std::clamp(day, DayAt(2004, 1, 1), DayAt(2040, 12, 31)));
  question.pauses = SomePauses(calendar, question.accepted_at);
  if (Chance(8)) question.extension = question.accepted_at + Int(0, 60 * 1440);
  return question;
}

std::string Describe(const Case& it) {
  const Question& question = it.question;
  std::string text =
      absl::StrCat("  covers ", DayText(it.office.first), " .. ", DayText(it.office.last));
  for (const Layer& layer : it.office.layers) absl::StrAppend(&text, "\n  layer ", Describe(layer));
  absl::StrAppend(&text, "\n  accepted ", MinuteText(question.accepted_at), "  limit ",
                  question.limit.text,
                  question.policy == Policy::kByHour ? "  by_hour" : "  by_day");
  for (const Pause& pause : question.pauses) absl::StrAppend(&text, "\n  pause ", Describe(pause));
  if (question.extension) {
    absl::StrAppend(&text, "\n  extension ", MinuteText(*question.extension));
  }
  return text;
}

namespace {

template <typename T>
void WithoutEach(const Case& it, std::vector<T>& (*list)(Case&), std::vector<Case>& simpler) {
  Case copy = it;
  for (std::size_t k = 0; k < list(copy).size(); ++k) {
    Case next = it;
    list(next).erase(list(next).begin() + static_cast<std::ptrdiff_t>(k));
    simpler.push_back(std::move(next));
  }
}

void SimplerLayers(const Case& it, std::vector<Case>& simpler) {
  WithoutEach<Layer>(
      it, [](Case& c) -> std::vector<Layer>& { return c.office.layers; }, simpler);
  for (std::size_t k = 0; k < it.office.layers.size(); ++k) {
    const auto with = [&](auto change) {
      simpler.push_back(it);
      change(simpler.back().office.layers[k]);
    };
    const Layer& layer = it.office.layers[k];
    if (layer.weekly) with([](Layer& l) { l.weekly.reset(); });
    if (layer.valid_from) with([](Layer& l) { l.valid_from.reset(); });
    if (layer.valid_to) with([](Layer& l) { l.valid_to.reset(); });
    for (std::size_t e = 0; e < layer.days_off.size(); ++e) {
      with([e](Layer& l) { l.days_off.erase(l.days_off.begin() + static_cast<int>(e)); });
    }
    for (std::size_t e = 0; e < layer.make_up.size(); ++e) {
      with([e](Layer& l) { l.make_up.erase(l.make_up.begin() + static_cast<int>(e)); });
    }
    for (std::size_t e = 0; e < layer.half_days.size(); ++e) {
      with([e](Layer& l) { l.half_days.erase(l.half_days.begin() + static_cast<int>(e)); });
    }
  }
}

void SimplerLimits(const Case& it, std::vector<Case>& simpler) {
  const std::string& text = it.question.limit.text;
  const auto with = [&](const std::string& shorter) {
    simpler.push_back(it);
    simpler.back().question.limit = ParseLimit(shorter);
  };
  const std::string terms = text.substr(0, text.find('@'));
  const std::string cutoff = text.substr(terms.size());
  if (!cutoff.empty()) with(terms);
  const std::size_t plus = terms.find('+');
  if (plus != std::string::npos) {
    with(terms.substr(0, terms.rfind('+')) + cutoff);
    with(terms.substr(plus + 1) + cutoff);
  } else if (terms != "none" && terms != "same_day") {
    const std::size_t unit = terms.find_first_of("wdhmy");
    const double amount = std::stod(terms.substr(0, unit));
    for (int less : {1, static_cast<int>(amount / 2), static_cast<int>(amount) - 1}) {
      if (less >= 1 && less < amount) with(std::to_string(less) + terms.substr(unit) + cutoff);
    }
  }
}

}  // namespace

Case Shorten(Case it, const std::function<bool(const Case&)>& fails) {
  for (bool shorter = true; shorter;) {
    shorter = false;
    std::vector<Case> simpler;
    WithoutEach<Pause>(
        it, [](Case& c) -> std::vector<Pause>& { return c.question.pauses; }, simpler);
    if (it.question.extension) {
      simpler.push_back(it);
      simpler.back().question.extension.reset();
    }
    SimplerLayers(it, simpler);
    SimplerLimits(it, simpler);
    for (Case& next : simpler) {
      if (!fails(next)) continue;
      it = std::move(next);
      shorter = true;
      break;
    }
  }
  return it;
}

}  // namespace motcua::oracle
