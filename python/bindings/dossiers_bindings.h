// What the binding files of procedures, dossiers and statistics share.
#ifndef MOTCUA_PYTHON_DOSSIERS_BINDINGS_H_
#define MOTCUA_PYTHON_DOSSIERS_BINDINGS_H_

#include <utility>
#include <vector>

#include "bindings.h"

namespace motcua::python {

using Catalogue = Handle<motcua_catalogue, motcua_catalogue_free>;
using EventLog = Handle<motcua_event_log, motcua_event_log_free>;
using Machine = Handle<motcua_machine, motcua_machine_free>;
using DossierRegister = Handle<motcua_register, motcua_register_free>;

// Calls a C function without the GIL; its last parameter is `motcua_error**`.
template <typename Function, typename... Arguments>
void CallReleased(Function* function, Arguments... arguments) {
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    status = function(arguments..., &error);
  }
  if (status != MOTCUA_OK) Raise(status, error);
}

// (reason, line, subject, field, value, expected, kind) a problem; frees the list.
inline py::list ProblemTuples(motcua_problem_list* made) {
  const Handle<motcua_problem_list, motcua_problem_list_free> list(made);
  py::list problems;
  for (size_t i = 0; i < motcua_problem_list_size(made); ++i) {
    motcua_problem problem = MOTCUA_PROBLEM_INIT;
    Call(motcua_problem_list_get, made, i, &problem);
    problems.append(py::make_tuple(problem.reason, problem.line, Str(problem.subject),
                                   Str(problem.field), Str(problem.value), Str(problem.expected),
                                   Str(problem.kind)));
  }
  return problems;
}

// Texts of a Python sequence, kept alive for a call.
class TextList {
 public:
  explicit TextList(const py::sequence& texts) {
    strings_.reserve(texts.size());
    for (const py::handle text : texts) strings_.push_back(py::cast<std::string>(text));
    for (const std::string& text : strings_) views_.push_back(Text(text));
  }
  const motcua_text* data() const { return views_.data(); }
  size_t size() const { return views_.size(); }

 private:
  std::vector<std::string> strings_;
  std::vector<motcua_text> views_;
};

// A pair (machine or None, {procedure: machine}), kept alive for a call.
class MachineChoice {
 public:
  explicit MachineChoice(const py::tuple& pair)
      : fallback_(pair[0].is_none() ? nullptr : py::cast<const Machine&>(pair[0]).get()),
        procedures_(py::list(pair[1])) {
    for (const auto& [procedure, machine] : py::cast<py::dict>(pair[1])) {
      machines_.push_back(py::cast<const Machine&>(machine).get());
    }
  }
  // Into the options of a fold or a handover.
  template <typename Options>
  void Fill(Options& options) const {
    options.machine = fallback_;
    options.machine_count = machines_.size();
    options.machine_procedures = procedures_.data();
    options.machines = machines_.data();
  }

 private:
  const motcua_machine* fallback_;
  TextList procedures_;
  std::vector<const motcua_machine*> machines_;
};

}  // namespace motcua::python

#endif  // MOTCUA_PYTHON_DOSSIERS_BINDINGS_H_
