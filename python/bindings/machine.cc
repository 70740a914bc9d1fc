// motcua/c/machine.h, for Python. motcua/machine.py makes the tuples objects.
#include "dossiers_bindings.h"

namespace motcua::python {
namespace {

// The readings in the order of motcua.machine.OPTIONS, and the silence.
struct Options {
  Options(const py::sequence& choices, const std::string& quiet) : silence(quiet) {
    int32_t* const fields[] = {&value.stop,    &value.withdrawal, &value.supplement,
                               &value.payment, &value.extension,  &value.fee};
    for (size_t k = 0; k < std::size(fields) && k < choices.size(); ++k) {
      *fields[k] = py::cast<int32_t>(choices[k]);
    }
    value.silence = Text(silence);
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  std::string silence;
  motcua_machine_options value = MOTCUA_MACHINE_OPTIONS_INIT;
};

// (from, event, guard, to, role, clock, visit, option, source, roles, from_state, to_state)
py::list Transitions(const Machine& machine) {
  py::list rows;
  for (size_t i = 0; i < motcua_machine_transition_count(machine.get()); ++i) {
    motcua_transition row = MOTCUA_TRANSITION_INIT;
    Call(motcua_machine_get_transition, machine.get(), i, &row);
    rows.append(py::make_tuple(row.from, Str(row.event), Str(row.guard), Str(row.to), Str(row.role),
                               Str(row.clock), row.visit != 0, Str(row.option), Str(row.source),
                               Str(row.roles), Str(row.from_state), Str(row.to_state)));
  }
  return rows;
}

// (name, status, title, terminal) a state
py::list States(const Machine& machine) {
  py::list states;
  for (size_t i = 0; i < motcua_machine_state_count(machine.get()); ++i) {
    motcua_machine_state state = MOTCUA_MACHINE_STATE_INIT;
    Call(motcua_machine_get_state, machine.get(), i, &state);
    states.append(
        py::make_tuple(Str(state.name), state.status, Str(state.title), state.terminal != 0));
  }
  return states;
}

// (index of the transition or None, rule, expected)
py::tuple Decide(const Machine& machine, const std::string& state, const std::string& event,
                 const std::string& role, bool counter, int32_t asked_in, bool supplement_expired,
                 bool extended, bool day_before, bool fee_paid, bool result_ready) {
  motcua_guard_facts facts = MOTCUA_GUARD_FACTS_INIT;
  facts.counter = counter;
  facts.asked_in = asked_in;
  facts.supplement_expired = supplement_expired;
  facts.extended = extended;
  facts.day_before = day_before;
  facts.fee_paid = fee_paid;
  facts.result_ready = result_ready;
  size_t transition = 0;
  motcua_text rule = {nullptr, 0};
  motcua_buffer* expected = nullptr;
  Call(motcua_machine_decide, machine.get(), Text(state), Text(event), Text(role), &facts,
       &transition, &rule, &expected);
  const Buffer owned(expected);
  const py::object index = transition == SIZE_MAX ? py::none() : py::object(py::int_(transition));
  return py::make_tuple(index, Str(rule), Str(owned.get()));
}

// (state, answered, unanswered, [(reason, path)]) a reachable state
py::list Promises(const Machine& machine) {
  motcua_promise_list* made = nullptr;
  CallReleased(motcua_machine_promises, static_cast<const motcua_machine*>(machine.get()), &made);
  const Handle<motcua_promise_list, motcua_promise_list_free> list(made);
  py::list promises;
  for (size_t i = 0; i < motcua_promise_list_size(made); ++i) {
    motcua_promise promise = MOTCUA_PROMISE_INIT;
    Call(motcua_promise_list_get, made, i, &promise);
    py::list late;
    for (size_t k = 0; k < promise.late_count; ++k) {
      motcua_text reason = {nullptr, 0}, path = {nullptr, 0};
      Call(motcua_promise_list_get_late, made, i, k, &reason, &path);
      late.append(py::make_tuple(Str(reason), Str(path)));
    }
    promises.append(
        py::make_tuple(Str(promise.state), promise.answered != 0, Str(promise.unanswered), late));
  }
  return promises;
}

// What a C function writes into a buffer.
template <typename Function>
auto Writes(Function* function) {
  return [function](const Machine& self) {
    motcua_buffer* buffer = nullptr;
    Call(function, self.get(), &buffer);
    return Str(Buffer(buffer).get());
  };
}

template <typename Function>
auto Reads(Function* function) {
  return
      [function](const std::string& text, const py::sequence& choices, const std::string& silence) {
        const Options options(choices, silence);
        motcua_machine* handle = nullptr;
        Call(function, Text(text), &options.value, &handle);
        return Machine(handle);
      };
}

}  // namespace

void BindMachine(py::module_& module) {
  py::class_<Machine>(module, "Machine")
      .def_static(
          "national",
          [](const Dataset* dataset, const py::sequence& choices, const std::string& silence) {
            const Options options(choices, silence);
            motcua_machine* handle = nullptr;
            Call(motcua_machine_national, &options.value,
                 dataset == nullptr ? nullptr : dataset->get(), &handle);
            return Machine(handle);
          })
      .def_static("parse", Reads(&motcua_machine_parse))
      .def_static("draft", Reads(&motcua_machine_draft))
      .def("name", [](const Machine& self) { return Str(motcua_machine_name(self.get())); })
      .def("procedures",
           [](const Machine& self) { return Str(motcua_machine_procedures(self.get())); })
      .def("transitions", &Transitions)
      .def("states", &States)
      .def("decide", &Decide)
      .def("promises", &Promises)
      .def("check",
           [](const Machine& self) {
             motcua_problem_list* list = nullptr;
             CallReleased(motcua_machine_check, static_cast<const motcua_machine*>(self.get()),
                          &list);
             return ProblemTuples(list);
           })
      .def("to_mermaid", Writes(&motcua_machine_to_mermaid))
      .def("to_svg", Writes(&motcua_machine_to_svg))
      .def("to_text", Writes(&motcua_machine_to_text));
}

}  // namespace motcua::python
