// motcua/c/procedures.h, for Python. motcua/procedures.py makes the tuples objects.
#include "dossiers_bindings.h"

namespace motcua::python {
namespace {

// (code, name, field, levels, agency, status, valid_from, valid_to, limits, fees)
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
  return py::make_tuple(Str(procedure.code), Str(procedure.name), Str(procedure.field),
                        procedure.levels, Str(procedure.agency), Str(procedure.status),
                        procedure.valid_from, procedure.valid_to, limits, fees);
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
      .def_static(
          "parse",
          [](const std::string& procedures, const std::string& limits, const std::string& fees,
             const std::string& agencies, const std::string& legal) {
            motcua_catalogue* handle = nullptr;
            Call(motcua_catalogue_parse, Text(procedures), Text(limits), Text(fees), Text(agencies),
                 Text(legal), &handle);
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
      .def("check", [](const Catalogue& self) {
        motcua_problem_list* list = nullptr;
        CallReleased(motcua_catalogue_check, self.get(), &list);
        return ProblemTuples(list);
      });
}

}  // namespace motcua::python
