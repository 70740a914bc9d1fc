// Folding events that arrived dossier by dossier: statuses and holders alone, and with clock,
// trips and watched terms; and reading an event of JSON before it is folded. Beside them what
// any fold costs at least: a loop over records of 32 bytes, written for just this life.
#include <benchmark/benchmark.h>

#include <array>

#include "life.h"
#include "motcua/dossiers/event_json.h"
#include "motcua/dossiers/register.h"
#include "motcua/dossiers/status_table.h"

namespace motcua {
namespace {

constexpr int kDossiers = 100'000;

EventLog Grouped() {
  EventLog log;
  ForEachEvent(kDossiers, [&](const Event& event) {
    if (!log.Append(event).ok()) std::abort();
  });
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
    const bool folded = dossiers.ok() && dossiers->problems().empty() &&
                        dossiers->dossiers().back().status == DossierStatus::kHandedOver;
    if (!folded) state.SkipWithError("not folded");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(log.size()));
}

void BM_FoldStatuses(benchmark::State& state) { Fold(state, false); }
void BM_FoldWithClock(benchmark::State& state) { Fold(state, true); }
BENCHMARK(BM_FoldStatuses)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_FoldWithClock)->Unit(benchmark::kMillisecond);

struct Record {
  std::int64_t at;
  std::int64_t due;
  std::uint32_t dossier, agency, limit;
  std::uint8_t kind, channel;
  std::uint16_t reserved;
};
static_assert(sizeof(Record) == 32);

// The yardstick of BM_FoldWithClock: states from a table, due days from the calendar's own, trips.
// No check, no guard, no option, no other unit than working days.
void BM_FoldRecords(benchmark::State& state) {
  struct Outcome {
    std::int64_t due = 0, finished = 0, paused = 0;
    std::uint8_t status = 0, trips = 0;
  };
  const WorkingCalendar calendar = *WorkingCalendar::National();
  const DayIndex& days = calendar.index();
  std::array<std::array<std::uint8_t, kEventKindCount>, kDossierStatusCount> next{};
  std::uint8_t status = 0;
  for (const Moment& moment : kLife) {
    constexpr std::uint8_t kAfter[] = {1, 2, 0, 4, 4, 5, 4, 6, 4, 0, 0, 0, 0, 9, 10, 0};
    const auto kind = static_cast<std::size_t>(moment.kind);
    next[status][kind] = kAfter[kind];
    status = kAfter[kind];
  }
  std::vector<Record> records;
  for (int d = 0; d < kDossiers; ++d) {
    for (const Moment& moment : kLife) {
      const bool opens = moment.kind == EventKind::kSubmit;
      records.push_back({SubmissionOf(d) + moment.minute, 0, static_cast<std::uint32_t>(d), 1, 10,
                         static_cast<std::uint8_t>(moment.kind),
                         static_cast<std::uint8_t>(opens ? 2 : 0), 0});
    }
  }
  std::vector<Outcome> outcomes(kDossiers);
  for (auto _ : state) {
    Outcome one;
    std::uint32_t dossier = 0;
    for (const Record& record : records) {
      if (record.dossier != dossier) {
        outcomes[dossier] = one;
        one = {};
        dossier = record.dossier;
      }
      one.status = next[one.status][record.kind];
      const auto kind = static_cast<EventKind>(record.kind);
      const std::int32_t rank = days.Rank(DayOf(record.at));
      if (kind == EventKind::kAccept || kind == EventKind::kSupply) {
        one.due = days.ClosingOf(rank + static_cast<std::int32_t>(record.limit));
      } else if (kind == EventKind::kRequestPayment) {
        one.paused = rank;
      } else if (kind == EventKind::kPaid) {
        one.due = days.ClosingOf(days.Rank(DayOf(one.due)) + rank - static_cast<int>(one.paused));
      } else if (kind == EventKind::kFinish) {
        one.finished = record.at;
      }
      one.trips = static_cast<std::uint8_t>(one.trips + (record.channel == 1 ? 1 : 0));
    }
    outcomes[dossier] = one;
    benchmark::DoNotOptimize(outcomes.data());
    if (outcomes.back().status != 10) state.SkipWithError("not folded");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records.size()));
}
BENCHMARK(BM_FoldRecords)->Unit(benchmark::kMillisecond);

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
