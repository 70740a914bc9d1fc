// An event that arrives as a protobuf message: parsed; decoded, added to a log and folded.
#include <benchmark/benchmark.h>

#include "life.h"
#include "motcua/dossiers/register.h"
#include "motcua/journal/record.h"
#include "motcua/v1/event.pb.h"

namespace motcua {
namespace {

std::vector<std::string> Messages() {
  std::vector<std::string> messages;
  RecordCodec codec;
  ForEachEvent(20'000,
               [&](const Event& event) { codec.EncodeEvent(event, {}, messages.emplace_back()); });
  return messages;
}

void BM_ParseMessage(benchmark::State& state) {
  const std::vector<std::string> messages = Messages();
  v1::Event message;
  for (auto _ : state) {
    for (const std::string& bytes : messages) {
      if (!message.ParseFromString(bytes)) state.SkipWithError("not parsed");
      benchmark::DoNotOptimize(message);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(messages.size()));
}
BENCHMARK(BM_ParseMessage)->Unit(benchmark::kMillisecond);

// As a program does that takes a message as it comes: a message of its own each time.
void BM_ParseNewMessage(benchmark::State& state) {
  const std::vector<std::string> messages = Messages();
  for (auto _ : state) {
    for (const std::string& bytes : messages) {
      v1::Event message;
      if (!message.ParseFromString(bytes)) state.SkipWithError("not parsed");
      benchmark::DoNotOptimize(message);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(messages.size()));
}
BENCHMARK(BM_ParseNewMessage)->Unit(benchmark::kMillisecond);

void BM_DecodeAndFold(benchmark::State& state) {
  const std::vector<std::string> messages = Messages();
  const FoldRules rules{.calendar = *WorkingCalendar::National(),
                        .machine = *Machine::National(),
                        .calendars = {},
                        .catalogue = std::nullopt};
  for (auto _ : state) {
    RecordCodec codec;
    EventLog log;
    Event event;
    SealedPart sealed;
    for (const std::string& bytes : messages) {
      const bool added = codec.DecodeEvent(bytes, event, sealed).ok() && log.Append(event).ok();
      if (!added) state.SkipWithError("not decoded");
    }
    const auto folded = DossierRegister::Fold(log, rules);
    const bool done = folded.ok() && folded->problems().empty() &&
                      folded->dossiers().back().status == DossierStatus::kHandedOver;
    if (!done) state.SkipWithError("not folded");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(messages.size()));
}
BENCHMARK(BM_DecodeAndFold)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace motcua

BENCHMARK_MAIN();
