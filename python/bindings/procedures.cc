// motcua/c/procedures.h, for Python. motcua/procedures.py makes the tuples objects.
#include <pybind11/stl.h>

#include "dossiers_bindings.h"

namespace motcua::python {
namespace {

template <typename Function>
py::list Pairs(Function* get, const Catalogue& catalogue, size_t i, size_t count) {
  py::list pairs;
  for (size_t row = 0; row < count; ++row) {
    motcua_text_pair pair = {{nullptr, 0}, {nullptr, 0}};
    Call(get, catalogue.get(), i, row, &pair);
    pairs.append(py::make_tuple(Str(pair.first), Str(pair.second)));
  }
  return pairs;
}

// (code, name, field, levels, agency, status, valid_from, valid_to, limits, fees, agencies,
// legal_basis, cases, details, subjects, decision, result, online_level, source_date)
py::tuple ProcedureTuple(const Catalogue& catalogue, size_t i) {
  motcua_procedure procedure = MOTCUA_PROCEDURE_INIT;
  Call(motcua_catalogue_get, catalogue.get(), i, &procedure);
  py::list limits, fees;
  for (size_t row = 0; row < procedure.limit_count; ++row) {
    motcua_limit_row limit = MOTCUA_LIMIT_ROW_INIT;
    Call(motcua_catalogue_get_limit, catalogue.get(), i, row, &limit);
    limits.append(py::make_tuple(Str(motcua_channel_name(limit.channel)), limit.row_no,
                                 Str(limit.limit), Str(limit.value), Str(limit.unit),
                                 Str(limit.raw)));
  }
  for (size_t row = 0; row < procedure.fee_count; ++row) {
    motcua_fee_row fee = MOTCUA_FEE_ROW_INIT;
    Call(motcua_catalogue_get_fee, catalogue.get(), i, row, &fee);
    const py::object amount =
        fee.amount_vnd == MOTCUA_NO_AMOUNT ? py::none() : py::object(py::int_(fee.amount_vnd));
    fees.append(py::make_tuple(Str(motcua_channel_name(fee.channel)), fee.row_no, amount,
                               Str(fee.kind), Str(fee.raw)));
  }
  py::list cases, details;
  for (size_t row = 0; row < procedure.case_count; ++row) {
    motcua_case_row one = MOTCUA_CASE_ROW_INIT;
    Call(motcua_catalogue_get_case, catalogue.get(), i, row, &one);
    cases.append(py::make_tuple(one.case_no, one.components, one.instructions, one.with_form));
  }
  for (size_t row = 0; row < procedure.detail_count; ++row) {
    motcua_detail_row one = MOTCUA_DETAIL_ROW_INIT;
    Call(motcua_catalogue_get_detail, catalogue.get(), i, row, &one);
    details.append(py::make_tuple(Str(one.part), one.case_no, one.row_no, Str(one.id),
                                  Str(one.text), Str(one.extra)));
  }
  return py::make_tuple(
      Str(procedure.code), Str(procedure.name), Str(procedure.field), procedure.levels,
      Str(procedure.agency), Str(procedure.status), procedure.valid_from, procedure.valid_to,
      limits, fees, Pairs(motcua_catalogue_get_agency, catalogue, i, procedure.agency_count),
      Pairs(motcua_catalogue_get_legal_basis, catalogue, i, procedure.legal_basis_count), cases,
      details, Str(procedure.subjects), Str(procedure.decision), Str(procedure.result),
      Str(procedure.online_level), Str(procedure.source_date));
}

// (number, name, agency, role, value, unit, shares, limit, after, source) a step
py::list Steps(const Catalogue& catalogue, size_t i) {
  py::list steps;
  for (size_t k = 0; k < motcua_catalogue_step_count(catalogue.get(), i); ++k) {
    motcua_step step = MOTCUA_STEP_INIT;
    Call(motcua_catalogue_get_step, catalogue.get(), i, k, &step);
    steps.append(py::make_tuple(step.number, Str(step.name), Str(step.agency), Str(step.role),
                                Str(step.value), Str(step.unit), step.shares, Str(step.limit),
                                Str(step.after), Str(step.source)));
  }
  return steps;
}

// (group, code, name, case, limit, steps, source) a case of a group
py::list Groups(const Catalogue& catalogue) {
  py::list groups;
  for (size_t i = 0; i < motcua_catalogue_group_count(catalogue.get()); ++i) {
    motcua_linked_group group = MOTCUA_LINKED_GROUP_INIT;
    Call(motcua_catalogue_get_group, catalogue.get(), i, &group);
    py::list steps;
    for (size_t k = 0; k < group.step_count; ++k) steps.append(group.steps[k]);
    groups.append(py::make_tuple(Str(group.group), Str(group.code), Str(group.name),
                                 Str(group.case_name), Str(group.limit), steps, Str(group.source)));
  }
  return groups;
}

}  // namespace

void BindProcedures(py::module_& module) {
  py::class_<Catalogue>(module, "Catalogue")
      .def_static("read",
                  [](const std::string& folder) {
                    motcua_catalogue* handle = nullptr;
                    CallReleased(motcua_catalogue_read, Text(folder), &handle);
                    return Catalogue(handle);
                  })
      .def_static("parse",
                  [](const py::sequence& tables) {
                    const TextList held(tables);
                    motcua_catalogue_texts texts = MOTCUA_CATALOGUE_TEXTS_INIT;
                    motcua_text* const fields[] = {
                        &texts.procedures, &texts.time_limits,     &texts.fees,
                        &texts.agencies,   &texts.legal_basis,     &texts.component_counts,
                        &texts.details,    &texts.procedure_steps, &texts.linked_groups};
                    for (size_t k = 0; k < held.size() && k < std::size(fields); ++k) {
                      *fields[k] = held.data()[k];
                    }
                    motcua_catalogue* handle = nullptr;
                    CallReleased(motcua_catalogue_parse_tables,
                                 static_cast<const motcua_catalogue_texts*>(&texts), &handle);
                    return Catalogue(handle);
                  })
      .def("__len__", [](const Catalogue& self) { return motcua_catalogue_size(self.get()); })
      .def("find",
           [](const Catalogue& self, const std::string& code, int32_t at) {
             size_t index = 0;
             Call(motcua_catalogue_find, self.get(), Text(code), at, &index);
             return index;
           })
      .def("get", &ProcedureTuple)
      .def("limit_of",
           [](const Catalogue& self, size_t i, int32_t channel) {
             motcua_buffer* buffer = nullptr;
             Call(motcua_catalogue_limit_of, self.get(), i, channel, &buffer);
             return Str(Buffer(buffer).get());
           })
      .def("write",
           [](const Catalogue& self, const std::string& table) {
             motcua_buffer* buffer = nullptr;
             Call(motcua_catalogue_write, self.get(), Text(table), &buffer);
             return Str(Buffer(buffer).get());
           })
      .def("processes",
           [](const Catalogue& self) {
             py::list codes;
             for (size_t i = 0; i < motcua_catalogue_process_count(self.get()); ++i) {
               codes.append(Str(motcua_catalogue_process_code(self.get(), i)));
             }
             return codes;
           })
      .def("steps", &Steps)
      .def("length",
           [](const Catalogue& self, size_t i) {
             int64_t working = 0, calendar = 0;
             Call(motcua_catalogue_process_length, self.get(), i, &working, &calendar);
             return py::make_tuple(working, calendar);
           })
      .def("groups", &Groups)
      .def("check", [](const Catalogue& self, std::optional<int32_t> at) {
        motcua_problem_list* list = nullptr;
        const motcua_catalogue* catalogue = self.get();
        if (at) {
          CallReleased(motcua_catalogue_check_at, catalogue, *at, &list);
        } else {
          CallReleased(motcua_catalogue_check, catalogue, &list);
        }
        return ProblemTuples(list);
      });
}

}  // namespace motcua::python
