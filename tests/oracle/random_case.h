// Random offices and random dossiers, and how to print and to shorten them.
#ifndef MOTCUA_TESTS_ORACLE_RANDOM_CASE_H_
#define MOTCUA_TESTS_ORACLE_RANDOM_CASE_H_

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/oracle/deadline_oracle.h"

namespace motcua::oracle {

// An office: its layers, the days it covers, and a day about which its exceptions cluster.
struct Office {
  std::vector<Layer> layers;
  Day first = 0, last = 0;
  Day focus = 0;
};

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  int Int(int first, int last);  // inclusive
  bool Chance(int percent) { return Int(1, 100) <= percent; }
  template <typename T>
  const T& Of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(Int(0, static_cast<int>(choices.size()) - 1))];
  }

  Office AnOffice();
  std::string ALimit(Policy policy);  // in text
  // A dossier of the office; its minutes like to lie on the edges of periods and cut-offs.
  Question AQuestion(const Office& office, const Calendar& calendar);
  Minute AMinute(const Calendar& calendar, Day day);

 private:
  Hours SomeHours();
  Layer ALayer(Day focus);
  std::string ATerm(Policy policy);
  std::vector<Pause> SomePauses(const Calendar& calendar, Minute accepted_at);

  std::mt19937_64 engine_;
};

struct Case {
  Office office;
  Question question;
};

// The case in the notation of tests/golden, so that it can be pasted there.
std::string Describe(const Case& it);

// The case with everything left out without which it still `fails`.
Case Shorten(Case it, const std::function<bool(const Case&)>& fails);

}  // namespace motcua::oracle

#endif  // MOTCUA_TESTS_ORACLE_RANDOM_CASE_H_
