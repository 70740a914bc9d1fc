// The ten events of fold_benchmark.cc in two state machines of Boost, states only: what a C++
// programmer would otherwise take. Both are compiled for just this life.
#include <benchmark/benchmark.h>

#include <boost/mpl/list.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/statechart/simple_state.hpp>
#include <boost/statechart/state_machine.hpp>
#include <boost/statechart/transition.hpp>
#include <cstdlib>
#include <vector>

namespace {

constexpr int kDossiers = 100'000;

namespace msm = boost::msm;
namespace mpl = boost::mpl;

struct Submit {};
struct Accept {};
struct Forward {};
struct Assign {};
struct AskSupplement {};
struct Supply {};
struct AskPayment {};
struct Paid {};
struct Finish {};
struct HandOver {};

// Calls the machine with the event of a number, as a fold over rows has to.
template <typename Machine>
void Feed(Machine& machine, int event) {
  switch (event) {
    case 0:
      machine.process_event(Submit());
      break;
    case 1:
      machine.process_event(Accept());
      break;
    case 2:
      machine.process_event(Forward());
      break;
    case 3:
      machine.process_event(Assign());
      break;
    case 4:
      machine.process_event(AskSupplement());
      break;
    case 5:
      machine.process_event(Supply());
      break;
    case 6:
      machine.process_event(AskPayment());
      break;
    case 7:
      machine.process_event(Paid());
      break;
    case 8:
      machine.process_event(Finish());
      break;
    default:
      machine.process_event(HandOver());
      break;
  }
}

std::vector<unsigned char> Rows() {
  std::vector<unsigned char> rows;
  for (int k = 0; k < 10 * kDossiers; ++k) rows.push_back(static_cast<unsigned char>(k % 10));
  return rows;
}

namespace with_msm {

struct Life : msm::front::state_machine_def<Life> {
  struct None : msm::front::state<> {};
  struct New : msm::front::state<> {};
  struct Accepted : msm::front::state<> {};
  struct InProcessing : msm::front::state<> {};
  struct AwaitingSupplement : msm::front::state<> {};
  struct AwaitingPayment : msm::front::state<> {};
  struct Finished : msm::front::state<> {};
  struct HandedOver : msm::front::state<> {};
  using initial_state = None;
  using no_exception_thrown = int;
  using no_message_queue = int;
  template <typename From, typename Event, typename To>
  using Row = msm::front::Row<From, Event, To>;
  struct transition_table
      : mpl::vector10<Row<None, Submit, New>, Row<New, Accept, Accepted>,
                      Row<Accepted, Forward, InProcessing>, Row<InProcessing, Assign, InProcessing>,
                      Row<InProcessing, AskSupplement, AwaitingSupplement>,
                      Row<AwaitingSupplement, Supply, InProcessing>,
                      Row<InProcessing, AskPayment, AwaitingPayment>,
                      Row<AwaitingPayment, Paid, InProcessing>, Row<InProcessing, Finish, Finished>,
                      Row<Finished, HandOver, HandedOver>> {};
  template <typename Fsm, typename Event>
  void no_transition(const Event&, Fsm&, int) {
    std::abort();
  }
};
using Machine = msm::back::state_machine<Life>;

}  // namespace with_msm

namespace with_statechart {

namespace sc = boost::statechart;
struct None;
struct Machine : sc::state_machine<Machine, None> {};
template <typename Event>
struct Of : sc::event<Of<Event>> {};
struct New;
struct Accepted;
struct InProcessing;
struct AwaitingSupplement;
struct AwaitingPayment;
struct Finished;
struct HandedOver;
struct None : sc::simple_state<None, Machine> {
  using reactions = sc::transition<Of<Submit>, New>;
};
struct New : sc::simple_state<New, Machine> {
  using reactions = sc::transition<Of<Accept>, Accepted>;
};
struct Accepted : sc::simple_state<Accepted, Machine> {
  using reactions = sc::transition<Of<Forward>, InProcessing>;
};
struct InProcessing : sc::simple_state<InProcessing, Machine> {
  using reactions = mpl::list<sc::transition<Of<Assign>, InProcessing>,
                              sc::transition<Of<AskSupplement>, AwaitingSupplement>,
                              sc::transition<Of<AskPayment>, AwaitingPayment>,
                              sc::transition<Of<Finish>, Finished>>;
};
struct AwaitingSupplement : sc::simple_state<AwaitingSupplement, Machine> {
  using reactions = sc::transition<Of<Supply>, InProcessing>;
};
struct AwaitingPayment : sc::simple_state<AwaitingPayment, Machine> {
  using reactions = sc::transition<Of<Paid>, InProcessing>;
};
struct Finished : sc::simple_state<Finished, Machine> {
  using reactions = sc::transition<Of<HandOver>, HandedOver>;
};
struct HandedOver : sc::simple_state<HandedOver, Machine> {};

// The same face as of the other machine.
struct Fed {
  Machine& machine;
  template <typename Event>
  void process_event(const Event&) {
    machine.process_event(Of<Event>());
  }
};

}  // namespace with_statechart

void BM_BoostMsm(benchmark::State& state) {
  const std::vector<unsigned char> rows = Rows();
  for (auto _ : state) {
    int handed_over = 0;
    for (std::size_t k = 0; k < rows.size(); k += 10) {
      with_msm::Machine machine;
      machine.start();
      for (std::size_t event = k; event < k + 10; ++event) Feed(machine, rows[event]);
      // Numbered in the order of the table: HandedOver is the last.
      handed_over += machine.current_state()[0] == 7 ? 1 : 0;
    }
    if (handed_over != kDossiers) state.SkipWithError("not handed over");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}
BENCHMARK(BM_BoostMsm)->Unit(benchmark::kMillisecond);

void BM_BoostStatechart(benchmark::State& state) {
  const std::vector<unsigned char> rows = Rows();
  for (auto _ : state) {
    int handed_over = 0;
    for (std::size_t k = 0; k < rows.size(); k += 10) {
      with_statechart::Machine machine;
      machine.initiate();
      with_statechart::Fed fed{machine};
      for (std::size_t event = k; event < k + 10; ++event) Feed(fed, rows[event]);
      handed_over += machine.state_cast<const with_statechart::HandedOver*>() != nullptr ? 1 : 0;
    }
    if (handed_over != kDossiers) state.SkipWithError("not handed over");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}
BENCHMARK(BM_BoostStatechart)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
