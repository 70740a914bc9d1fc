// Folding events that arrived dossier by dossier: statuses and holders alone, and with clock,
// trips and watched terms; and reading an event of JSON before it is folded.
#include <benchmark/benchmark.h>

#include "motcua/dossiers/event_json.h"
#include "motcua/dossiers/register.h"
#include "motcua/dossiers/status_table.h"

namespace motcua {
namespace {

constexpr int kDossiers = 100'000;

struct Moment {
  EventKind kind;
  std::int64_t minute;
};
// Ten events: asked for papers, asked for money, finished, fetched.
constexpr Moment kLife[] = {{EventKind::kSubmit, 0},
                            {EventKind::kAccept, 60},
                            {EventKind::kForward, 90},
                            {EventKind::kAssign, 120},
                            {EventKind::kRequestSupplement, 1500},
                            {EventKind::kSupply, 4500},
                            {EventKind::kRequestPayment, 6000},
                            {EventKind::kPaid, 7500},
                            {EventKind::kFinish, 9000},
                            {EventKind::kHandOver, 10500}};

EventLog Grouped() {
  EventLog log;
  const MinuteNumber start = ToNumber(CivilMinute(2025, 7, 1, 8, 0));
  for (int d = 0; d < kDossiers; ++d) {
    const std::string dossier = "H36.1-" + std::to_string(1'000'000 + d);
    for (const Moment& moment : kLife) {
      const std::string id = dossier + "/" + std::string(NameOf(moment.kind));
      const bool opens = moment.kind == EventKind::kSubmit;
      const bool accepts = moment.kind == EventKind::kAccept;
      const auto added = log.Append({.id = id,
                                     .dossier = dossier,
                                     .kind = moment.kind,
                                     .channel = opens ? Channel::kOnline : Channel::kUnknown,
                                     .at = start + d % 20'000 + moment.minute,
                                     .agency = "24820",
                                     .procedure = opens ? "1.001193" : "",
                                     .limit = accepts ? "10wd" : ""});
      if (!added.ok()) std::abort();
    }
  }
  return log;
}

void Fold(benchmark::State& state, bool clock) {
  const EventLog log = Grouped();
  const FoldRules rules{.calendar = *WorkingCalendar::National(),
                        .machine = *Machine::National(),
                        .calendars = {},
                        .catalogue = std::nullopt,
                        .policy = Policy::kByDay,
                        .clock = clock};
  for (auto _ : state) {
    const auto dossiers = DossierRegister::Fold(log, rules);
    if (!dossiers.ok() || !dossiers->problems().empty()) state.SkipWithError("not folded");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(log.size()));
}

void BM_FoldStatuses(benchmark::State& state) { Fold(state, false); }
void BM_FoldWithClock(benchmark::State& state) { Fold(state, true); }
BENCHMARK(BM_FoldStatuses)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_FoldWithClock)->Unit(benchmark::kMillisecond);

// The same lives, ten times as many, as columns.
void BM_FoldStatusColumns(benchmark::State& state) {
  const StatusTable table(*Machine::National());
  constexpr std::size_t kMany = 10 * kDossiers;
  std::vector<std::int64_t> offsets(kMany + 1);
  std::vector<std::uint8_t> kinds, channels, statuses(kMany);
  for (std::size_t d = 0; d < kMany; ++d) {
    for (const Moment& moment : kLife) {
      kinds.push_back(static_cast<std::uint8_t>(moment.kind));
      channels.push_back(moment.kind == EventKind::kSubmit ? 2 : 0);
    }
    offsets[d + 1] = static_cast<std::int64_t>(kinds.size());
  }
  for (auto _ : state) {
    if (!table.Fold(offsets, kinds, channels, statuses, {}).ok() || statuses[0] != 10) {
      state.SkipWithError("not folded");
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kinds.size()));
}
BENCHMARK(BM_FoldStatusColumns)->Unit(benchmark::kMillisecond);

void BM_ReadJson(benchmark::State& state) {
  const EventLog log = Grouped();
  std::string lines;
  for (std::size_t k = 0; k < log.size(); ++k) {
    AppendJson(log.event(k), lines);
    lines.push_back('\n');
  }
  for (auto _ : state) {
    EventLog read;
    EventReader reader(read);
    reader.Feed(lines);
    benchmark::DoNotOptimize(reader.appended());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(log.size()));
}
BENCHMARK(BM_ReadJson)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
