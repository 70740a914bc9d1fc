// Whole lists through the registry: codes translated across the reform of 2025, and
// today's list reconciled with itself, clean and without codes.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "motcua/units/reconciliation.h"
#include "motcua/units/registry.h"

namespace motcua {
namespace {

const CivilDay kBefore(2025, 6, 30), kAfter(2025, 7, 1);

// A million codes of communes of 2025-06-30 in a scattered order, 5 bytes each.
std::string ScatteredCodes(const Registry& registry) {
  const auto units = registry.Units(kBefore, Level::kCommune).value();
  constexpr std::size_t kCodes = 1'000'000;
  std::string codes;
  for (std::size_t i = 0; i < kCodes; ++i) codes += units[i * 7919 % units.size()].code();
  return codes;
}

void BM_Translate(benchmark::State& state) {
  const Registry registry = Registry::National().value();
  const std::string codes = ScatteredCodes(registry);
  for (auto _ : state) {
    auto result = registry.Translate(codes.data(), codes.size() / 5, 5, kBefore, kAfter);
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * codes.size() / 5));
}
BENCHMARK(BM_Translate)->Unit(benchmark::kMillisecond);

void Reconciled(benchmark::State& state, bool with_codes) {
  const Registry registry = Registry::National().value();
  const auto units = registry.Units(kAfter).value();
  std::vector<std::string> texts;
  texts.reserve(units.size() * 2);
  std::vector<CatalogueRow> rows;
  for (const Unit& unit : units) {
    const std::string& name = texts.emplace_back(unit.full_name());
    const auto parent = unit.parent();
    const std::string& above = texts.emplace_back(parent ? parent->full_name() : "");
    rows.push_back({with_codes ? unit.code() : std::string_view(), name, above});
  }
  for (auto _ : state) {
    auto findings = Reconcile(registry, rows, kAfter);
    benchmark::DoNotOptimize(findings);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * rows.size()));
}
void BM_ReconcileClean(benchmark::State& state) { Reconciled(state, true); }
void BM_ReconcileNamesOnly(benchmark::State& state) { Reconciled(state, false); }
BENCHMARK(BM_ReconcileClean)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReconcileNamesOnly)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
