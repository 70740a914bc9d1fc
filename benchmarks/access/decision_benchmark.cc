// A decision on a right: Lâm Đồng's 5,397 accounts over 166 agencies, communes and departments,
// among all units that ever stood, a million questions.
#include <benchmark/benchmark.h>

#include <random>

#include "motcua/access/accounts.h"
#include "motcua/access/agency_places.h"

namespace motcua {
namespace {

constexpr std::uint32_t kAccounts = 5397;
constexpr std::uint32_t kAgencies = 166;

AccountRows Province() {
  const std::vector<std::vector<std::string>> posts = {{"one_stop_officer"},
                                                       {"specialist"},
                                                       {"specialist", "clerk"},
                                                       {"agency_head"},
                                                       {"one_stop_officer", "result_returner"},
                                                       {"one_stop_head", "one_stop_officer"}};
  AccountRows rows;
  const Registry registry = *Registry::National();
  std::vector<std::string> agencies;
  const std::vector<Unit> communes = *registry.Units(CivilDay(2025, 7, 1), Level::kCommune, "68");
  for (const Unit& unit : communes) agencies.emplace_back(unit.code());
  while (agencies.size() < kAgencies) {
    agencies.push_back("department" + std::to_string(agencies.size()));
    rows.agencies.push_back({.id = agencies.back(), .parent = "68"});
  }
  AddUnitPlaces(registry, rows);
  for (std::uint32_t k = 0; k < kAccounts; ++k) {
    rows.accounts.push_back({.id = "account" + std::to_string(k),
                             .agency = agencies[k % kAgencies],
                             .roles = posts[k % posts.size()],
                             .valid_from = 20270 - static_cast<DayNumber>(k % 40),
                             .valid_to = k % 17 == 0 ? 20280 : kWithoutEnd});
    if (k % 50 == 1) {
      rows.delegations.push_back(
          {"account" + std::to_string(k - 1), "account" + std::to_string(k), {}, 20270, 20290});
    }
  }
  return rows;
}

struct Question {
  std::uint32_t account, event, holder, competent, receiving;
  DayNumber day;
};

void BM_Decide(benchmark::State& state) {
  const Accounts accounts = *Accounts::Of(Province(), *Rights::National());
  const auto events = static_cast<std::uint32_t>(accounts.rights().events().size());
  std::mt19937 random(118);
  const auto draw = [&](std::uint32_t below) {
    return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(random);
  };
  const auto agency = [&] {
    return accounts.AgencyNumber(accounts.AgencyOf(draw(kAgencies), 20270));
  };
  std::vector<Question> questions(1'000'000);
  for (Question& question : questions) {
    const std::uint32_t home = agency();
    const std::uint32_t receiving = draw(4) == 0 ? agency() : home;
    question = {draw(kAccounts),
                draw(events),
                home,
                home,
                receiving,
                20272 + static_cast<DayNumber>(draw(20))};
  }
  for (auto _ : state) {
    std::size_t allowed = 0;
    for (const Question& q : questions) {
      const Subject subject{q.holder, q.competent, q.receiving, {}};
      allowed += accounts.Decide(q.account, q.event, subject, q.day).allowed;
    }
    benchmark::DoNotOptimize(allowed);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(questions.size()));
}
BENCHMARK(BM_Decide)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
