// The resolver: what one address costs, clean and with errors, one thread.
//
// Addresses are those of every commune of 2025-06-30 (ward, district, province) and of
// every commune of today; the errors come from a fixed seed. p99 is that of single
// calls; the mean that of the whole run.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "motcua/text/folding.h"
#include "motcua/units/registry.h"
#include "motcua/units/resolver.h"

namespace motcua {
namespace {

const Registry& National() {
  static const Registry registry = [] {
    auto opened = Registry::National();
    if (!opened.ok()) std::abort();
    return *std::move(opened);
  }();
  return registry;
}

std::vector<std::vector<std::string>> Parts(CivilDay day) {
  std::vector<std::vector<std::string>> all;
  auto communes = National().Units(day, Level::kCommune);
  if (!communes.ok()) std::abort();
  for (const Unit& commune : *communes) {
    std::vector<std::string> parts;
    for (std::optional<Unit> unit = commune; unit; unit = unit->parent())
      parts.push_back(unit->full_name());
    all.push_back(std::move(parts));
  }
  return all;
}

std::string Joined(const std::vector<std::string>& parts, bool reversed = false) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += ", ";
    text += parts[reversed ? parts.size() - 1 - i : i];
  }
  return text;
}

// The bytes at which a letter begins.
std::vector<std::size_t> Letters(const std::string& text) {
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) begins.push_back(i);
  begins.push_back(text.size());
  return begins;
}

void Edit(std::mt19937& random, std::string& text) {
  const auto begins = Letters(text);
  const std::size_t k = random() % (begins.size() - 1);
  const std::size_t at = begins[k], size = begins[k + 1] - at;
  const char letter = static_cast<char>('a' + random() % 25);
  switch (random() % 3) {
    case 0:
      text.erase(at, size);
      return;
    case 1:
      text.insert(at, 1, letter);
      return;
    default:
      text.replace(at, size, 1, letter);
  }
}

enum class Kind { kClean, kToday, kNoDiacritics, kSwapped, kOneEdit, kTwoEdits };

std::vector<std::string> Addresses(Kind kind) {
  std::mt19937 random(20250701);
  std::vector<std::string> texts;
  for (const auto& parts :
       Parts(kind == Kind::kToday ? CivilDay(2026, 10, 1) : CivilDay(2025, 6, 30))) {
    std::string text = Joined(parts, kind == Kind::kSwapped);
    if (kind == Kind::kNoDiacritics) {
      text.clear();
      for (const std::string& part : parts) {
        std::size_t begin = 0;
        while (begin < part.size()) {
          const std::size_t end = std::min(part.find(' ', begin), part.size());
          text += SearchKey(std::string_view(part).substr(begin, end - begin));
          text += ' ';
          begin = end + 1;
        }
      }
    }
    for (int edits = kind == Kind::kTwoEdits  ? 2
                     : kind == Kind::kOneEdit ? 1
                                              : 0;
         edits > 0; --edits)
      Edit(random, text);
    texts.push_back(std::move(text));
  }
  std::shuffle(texts.begin(), texts.end(), random);
  return texts;
}

void Resolve(benchmark::State& state, Kind kind) {
  const std::vector<std::string> texts = Addresses(kind);
  const Resolver resolver(National());
  const CivilDay at(2026, 10, 1);
  std::size_t next = 0;
  for (auto _ : state) {
    auto best = resolver.ResolveBest(texts[next], at);
    benchmark::DoNotOptimize(best);
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
  // Single calls once more, for the 99th percentile.
  std::vector<double> nanoseconds;
  for (const std::string& text : texts) {
    const auto start = std::chrono::steady_clock::now();
    auto best = resolver.ResolveBest(text, at);
    benchmark::DoNotOptimize(best);
    nanoseconds.push_back(
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
  }
  const auto p99 = nanoseconds.begin() + static_cast<std::ptrdiff_t>(nanoseconds.size() * 99 / 100);
  std::nth_element(nanoseconds.begin(), p99, nanoseconds.end());
  state.counters["p99_ns"] = *p99;
}

// What nobody can go below: one look at every letter, and one hash.
void FoldAndHash(benchmark::State& state) {
  const std::vector<std::string> texts = Addresses(Kind::kClean);
  std::size_t next = 0;
  for (auto _ : state) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char letter : texts[next])
      hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211u;
    benchmark::DoNotOptimize(hash);
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
}

BENCHMARK_CAPTURE(Resolve, clean_2024, Kind::kClean);
BENCHMARK_CAPTURE(Resolve, clean_today, Kind::kToday);
BENCHMARK_CAPTURE(Resolve, swapped_order, Kind::kSwapped);
BENCHMARK_CAPTURE(Resolve, no_diacritics, Kind::kNoDiacritics);
BENCHMARK_CAPTURE(Resolve, one_edit, Kind::kOneEdit);
BENCHMARK_CAPTURE(Resolve, two_edits, Kind::kTwoEdits);
BENCHMARK(FoldAndHash);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
