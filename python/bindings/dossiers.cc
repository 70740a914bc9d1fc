// motcua/c/dossiers.h and handover.h, for Python. motcua/dossiers.py makes
// the tuples objects.
#include "dossiers_bindings.h"
#include "handover_bindings.h"
#include "time_bindings.h"
#include "units_bindings.h"

namespace motcua::python {
namespace {

// (procedure, number, name, agency, limit, after, shares) a step, kept alive for a call.
class StepRows {
 public:
  explicit StepRows(const py::sequence& rows) {
    texts_.reserve(5 * rows.size());
    for (const py::handle handle : rows) {
      const auto row = py::cast<py::tuple>(handle);
      motcua_planned_step step = MOTCUA_PLANNED_STEP_INIT;
      step.procedure = Keep(row[0]);
      step.number = py::cast<int32_t>(row[1]);
      step.name = Keep(row[2]);
      step.agency = Keep(row[3]);
      step.limit = Keep(row[4]);
      step.after = Keep(row[5]);
      step.shares = py::cast<int32_t>(row[6]);
      steps_.push_back(step);
    }
  }
  const motcua_planned_step* data() const { return steps_.data(); }
  size_t size() const { return steps_.size(); }

 private:
  motcua_text Keep(const py::object& text) {
    texts_.push_back(py::cast<std::string>(text));
    return Text(texts_.back());
  }

  std::vector<std::string> texts_;
  std::vector<motcua_planned_step> steps_;
};

DossierRegister Fold(const EventLog& log, const Calendar* calendar, const Catalogue* catalogue,
                     const py::tuple& machines, int32_t policy, const py::sequence& agencies,
                     const py::sequence& agency_calendars, int64_t as_of, const py::sequence& steps,
                     const py::sequence& terms, bool steps_only) {
  const TextList names(agencies);
  std::vector<const motcua_calendar*> calendars;
  for (const py::handle own : agency_calendars) {
    calendars.push_back(py::cast<const Calendar&>(own).get());
  }
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  options.policy = policy;
  options.calendar = calendar == nullptr ? nullptr : calendar->get();
  options.catalogue = catalogue == nullptr ? nullptr : catalogue->get();
  const MachineChoice choice(machines);
  choice.Fill(options);
  options.agency_count = names.size();
  options.agencies = names.data();
  options.agency_calendars = calendars.data();
  options.as_of = as_of;
  const StepRows rows(steps);
  options.steps = rows.data();
  options.step_count = rows.size();
  const TextList given(terms);  // reception, alert, forwarding, passing_on, appraisal
  motcua_text* const fields[] = {&options.reception, &options.alert, &options.forwarding,
                                 &options.passing_on, &options.appraisal};
  for (size_t k = 0; k < given.size(); ++k) *fields[k] = given.data()[k];
  options.steps_only = steps_only ? 1 : 0;
  motcua_register* handle = nullptr;
  CallReleased(motcua_register_fold, static_cast<const motcua_event_log*>(log.get()),
               static_cast<const motcua_fold_options*>(&options), &handle);
  return DossierRegister(handle);
}

// Fills NumPy arrays, each of the register's length, given by name.
void Fill(const DossierRegister& dossiers, const py::dict& arrays) {
  std::vector<py::buffer_info> held;  // borrowed until the call is over
  const auto column = [&](const char* name, auto*& pointer, size_t item) {
    if (!arrays.contains(name)) return;
    py::buffer_info info = py::cast<py::buffer>(arrays[name]).request(true);
    if (static_cast<size_t>(info.size) != motcua_register_size(dossiers.get()) ||
        static_cast<size_t>(info.itemsize) != item || info.ndim != 1) {
      throw py::value_error(std::string(name) + ": expected one element a dossier");
    }
    pointer = static_cast<std::remove_reference_t<decltype(pointer)>>(info.ptr);
    held.push_back(std::move(info));
  };
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  column("agency", columns.agency, 4);
  column("counted_at", columns.counted_at, 4);
  column("procedure", columns.procedure, 4);
  column("entry", columns.entry, 4);
  column("limit", columns.limit, 4);
  column("submitted_at", columns.submitted_at, 8);
  column("accepted_at", columns.accepted_at, 8);
  column("original_due", columns.original_due, 8);
  column("due", columns.due, 8);
  column("finished_at", columns.finished_at, 8);
  column("handed_over_at", columns.handed_over_at, 8);
  column("held_since", columns.held_since, 8);
  column("changed_at", columns.changed_at, 8);
  column("status", columns.status, 1);
  column("previous", columns.previous, 1);
  column("channel", columns.channel, 1);
  column("outcome", columns.outcome, 1);
  column("visits", columns.visits, 1);
  column("supplements", columns.supplements, 1);
  column("extended", columns.extended, 1);
  column("provisional", columns.provisional, 1);
  column("receiving", columns.receiving, 4);
  column("competent", columns.competent, 4);
  column("clock_start", columns.clock_start, 8);
  column("reception_due", columns.reception_due, 8);
  column("answer_due", columns.answer_due, 8);
  column("step_due", columns.step_due, 8);
  column("step", columns.step, 1);
  column("marks", columns.all_marks, 4);
  column("group", columns.group, 4);
  CallReleased(motcua_register_fill, static_cast<const motcua_register*>(dossiers.get()),
               static_cast<const motcua_register_columns*>(&columns));
}

// (id, kind, at, agency, from, to, clock, due, applied, reason, actor, holder, competent,
// original_due, step, step_due, visit, marks) an event
py::list History(const DossierRegister& dossiers, const std::string& code) {
  motcua_history* made = nullptr;
  Call(motcua_register_history, dossiers.get(), Text(code), &made);
  const Handle<motcua_history, motcua_history_free> history(made);
  py::list entries;
  for (size_t i = 0; i < motcua_history_size(made); ++i) {
    motcua_history_entry entry = MOTCUA_HISTORY_ENTRY_INIT;
    Call(motcua_history_get, made, i, &entry);
    entries.append(py::make_tuple(
        Str(entry.id), Str(entry.kind), entry.at, Str(entry.agency), entry.from, entry.to,
        Str(entry.clock), entry.due, entry.applied != 0, Str(entry.reason), Str(entry.actor),
        Str(entry.holder), Str(entry.competent), entry.original_due, entry.step, entry.step_due,
        entry.visit != 0, Str(entry.state), Str(entry.note), entry.marks));
  }
  return entries;
}

// (kind, possible, to, role, reason, roles) a kind of event
py::list Possible(const DossierRegister& dossiers, const std::string& code, int64_t at) {
  motcua_possibilities* made = nullptr;
  Call(motcua_register_possible, dossiers.get(), Text(code), at, &made);
  const Handle<motcua_possibilities, motcua_possibilities_free> list(made);
  py::list rows;
  for (size_t i = 0; i < motcua_possibilities_size(made); ++i) {
    motcua_possibility row = MOTCUA_POSSIBILITY_INIT;
    Call(motcua_possibilities_get, made, i, &row);
    rows.append(py::make_tuple(Str(row.kind), row.possible != 0, row.to, Str(row.role),
                               Str(row.reason), Str(row.roles)));
  }
  return rows;
}

// (number, name, agency, limit, begun_at, ended_at, original_due, due, begun_by, ended_by) a step
py::list Steps(const DossierRegister& dossiers, const std::string& code) {
  motcua_dossier_steps* made = nullptr;
  Call(motcua_register_steps, dossiers.get(), Text(code), &made);
  const Handle<motcua_dossier_steps, motcua_dossier_steps_free> steps(made);
  py::list rows;
  for (size_t i = 0; i < motcua_dossier_steps_size(made); ++i) {
    motcua_step_state row = MOTCUA_STEP_STATE_INIT;
    Call(motcua_dossier_steps_get, made, i, &row);
    rows.append(py::make_tuple(row.number, Str(row.name), Str(row.agency), Str(row.limit),
                               row.begun_at, row.ended_at, row.original_due, row.due,
                               Str(row.begun_by), Str(row.ended_by)));
  }
  return rows;
}

py::tuple HandOver(const EventLog& log, const Registry& registry, int32_t date,
                   const py::sequence& from, const py::sequence& to, const py::tuple& machines,
                   const py::sequence& hints) {
  const TextList old_agencies(from);
  const TextList new_agencies(to);
  const HintRows rows(hints);
  motcua_handover_options options = MOTCUA_HANDOVER_OPTIONS_INIT;
  options.agency_count = old_agencies.size();
  options.agencies_from = old_agencies.data();
  options.agencies_to = new_agencies.data();
  options.hint_count = rows.size();
  options.hints = rows.data();
  const MachineChoice choice(machines);
  choice.Fill(options);
  motcua_handover_report* made = nullptr;
  CallReleased(motcua_handover_run_with, log.get(),
               static_cast<const motcua_registry*>(registry.get()), date,
               static_cast<const motcua_handover_options*>(&options), &made);
  return ReportTuples(made);
}

void BindEventLog(py::module_& module) {
  py::class_<EventLog>(module, "EventLog")
      .def(py::init([] {
        motcua_event_log* handle = nullptr;
        Call(motcua_event_log_new, &handle);
        return EventLog(handle);
      }))
      .def_static("read",
                  [](const std::string& path) {
                    motcua_event_log* handle = nullptr;
                    CallReleased(motcua_event_log_read, Text(path), &handle);
                    return EventLog(handle);
                  })
      .def("append",
           [](const EventLog& self, const std::string& lines) {
             size_t added = 0;
             motcua_problem_list* problems = nullptr;
             CallReleased(motcua_event_log_append, self.get(), Text(lines), &added, &problems);
             return py::make_tuple(added, ProblemTuples(problems));
           })
      .def("write",
           [](const EventLog& self, const std::string& path) {
             CallReleased(motcua_event_log_write, static_cast<const motcua_event_log*>(self.get()),
                          Text(path));
           })
      .def("__len__", [](const EventLog& self) { return motcua_event_log_size(self.get()); })
      .def("event",
           [](const EventLog& self, size_t k) {
             motcua_buffer* buffer = nullptr;
             Call(motcua_event_log_event, self.get(), k, &buffer);
             return Str(Buffer(buffer).get());
           })
      .def("problems", [](const EventLog& self) {
        motcua_problem_list* list = nullptr;
        Call(motcua_event_log_problems, self.get(), &list);
        return ProblemTuples(list);
      });
}

}  // namespace

namespace {

using ReadRow = decltype(&motcua_handover_transferred);

py::list ReportList(const motcua_handover_report* report, size_t count, ReadRow read) {
  py::list rows;
  for (size_t i = 0; i < count; ++i) {
    motcua_handover_row row = MOTCUA_HANDOVER_ROW_INIT;
    Call(read, report, i, &row);
    py::list candidates;
    for (size_t k = 0; k < row.candidate_count; ++k) {
      motcua_handover_candidate candidate = MOTCUA_HANDOVER_CANDIDATE_INIT;
      Call(motcua_handover_get_candidate, report, i, k, &candidate);
      candidates.append(
          py::make_tuple(Str(candidate.agency), Str(candidate.moved), Str(candidate.extent)));
    }
    rows.append(
        py::make_tuple(Str(row.dossier), Str(row.from), Str(row.to), Str(row.basis), candidates));
  }
  return rows;
}

}  // namespace

py::tuple ReportTuples(motcua_handover_report* made) {
  const Handle<motcua_handover_report, motcua_handover_report_free> report(made);
  return py::make_tuple(
      ReportList(made, motcua_handover_transferred_count(made), motcua_handover_transferred),
      ReportList(made, motcua_handover_undecided_count(made), motcua_handover_undecided));
}

namespace {

// Arrays: offsets int64, kinds and channels uint8 (channels may be empty), out statuses uint8 and
// refused uint32, one element a dossier.
void FoldStatuses(const Machine* machine, const py::buffer& offsets, const py::buffer& kinds,
                  const py::buffer& channels, const py::buffer& statuses,
                  const py::buffer& refused) {
  const py::buffer_info at = offsets.request(), what = kinds.request(), how = channels.request();
  const py::buffer_info made = statuses.request(true), counted = refused.request(true);
  const auto count = static_cast<size_t>(made.size);
  if (at.itemsize != 8 || static_cast<size_t>(at.size) != count + 1 || counted.size != made.size ||
      counted.itemsize != 4 || (how.size != 0 && how.size != what.size) ||
      static_cast<const int64_t*>(at.ptr)[count] != what.size) {
    throw py::value_error("offsets: expected one more than dossiers, up to the number of events");
  }
  CallReleased(motcua_fold_statuses,
               static_cast<const motcua_machine*>(machine == nullptr ? nullptr : machine->get()),
               count, static_cast<const int64_t*>(at.ptr), static_cast<const uint8_t*>(what.ptr),
               static_cast<const uint8_t*>(how.size == 0 ? nullptr : how.ptr),
               static_cast<uint8_t*>(made.ptr), static_cast<uint32_t*>(counted.ptr));
}

}  // namespace

void BindDossiers(py::module_& module) {
  BindEventLog(module);
  py::class_<DossierRegister>(module, "DossierRegister")
      .def_static("fold", &Fold)
      .def("__len__", [](const DossierRegister& self) { return motcua_register_size(self.get()); })
      .def("as_of", [](const DossierRegister& self) { return motcua_register_as_of(self.get()); })
      .def("problems",
           [](const DossierRegister& self) {
             motcua_problem_list* list = nullptr;
             Call(motcua_register_problems, self.get(), &list);
             return ProblemTuples(list);
           })
      .def("fill", &Fill)
      .def("codes",
           [](const DossierRegister& self) {
             py::list codes;
             for (size_t i = 0; i < motcua_register_size(self.get()); ++i) {
               codes.append(Str(motcua_register_code(self.get(), i)));
             }
             return codes;
           })
      .def("text", [](const DossierRegister& self,
                      uint32_t number) { return Str(motcua_register_text(self.get(), number)); })
      .def("field", [](const DossierRegister& self,
                       int32_t entry) { return Str(motcua_register_field(self.get(), entry)); })
      .def("case", [](const DossierRegister& self,
                      int32_t group) { return Str(motcua_register_case(self.get(), group)); })
      .def("limit", [](const DossierRegister& self,
                       int32_t number) { return Str(motcua_register_limit(self.get(), number)); })
      .def("find",
           [](const DossierRegister& self, const std::string& code) {
             size_t index = 0;
             Call(motcua_register_find, self.get(), Text(code), &index);
             return index;
           })
      .def("history", &History)
      .def("possible", &Possible)
      .def("steps", &Steps);
  module.def("handover", &HandOver);
  module.def("fold_statuses", &FoldStatuses);
  module.def("status_name", [](int32_t status) { return Str(motcua_dossier_status_name(status)); });
  module.def("status_name_vi",
             [](int32_t status) { return Str(motcua_dossier_status_name_vi(status)); });
  module.def("mark_name", [](int32_t bit) { return Str(motcua_dossier_mark_name(bit)); });
  module.def("outcome_name", [](int32_t outcome) { return Str(motcua_outcome_name(outcome)); });
}

}  // namespace motcua::python
