// motcua/c/agencies.h, for Python.
#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

#include "units_bindings.h"

namespace motcua::python {
namespace {

using Directory = Handle<motcua_agency_directory, motcua_agency_directory_free>;
using AgencyList = Handle<motcua_agency_list, motcua_agency_list_free>;
// code, name, kind, unit, source, valid_from, valid_to
using Row =
    std::tuple<std::string, std::string, std::string, std::string, std::string, int32_t, int32_t>;

// (code, name, kind, source, valid_from, valid_to, units) each; frees `made`.
py::list AgencyTuples(motcua_agency_list* made) {
  const AgencyList list(made);
  py::list agencies;
  for (size_t i = 0; i < motcua_agency_list_size(made); ++i) {
    motcua_agency agency = MOTCUA_AGENCY_INIT;
    Call(motcua_agency_list_get, made, i, &agency);
    agencies.append(py::make_tuple(Str(agency.code), Str(agency.name), Str(agency.kind),
                                   Str(agency.source), agency.valid_from, agency.valid_to,
                                   UnitTuples(motcua_agency_list_unit(made, i))));
  }
  return agencies;
}

Directory With(const Directory& self, const std::vector<Row>& rows) {
  std::vector<motcua_agency_row> given;
  for (const auto& [code, name, kind, unit, source, from, to] : rows)
    given.push_back({Text(code), Text(name), Text(kind), Text(unit), Text(source), from, to});
  motcua_agency_directory* made = nullptr;
  Call(motcua_agency_directory_with, self.get(), given.data(), given.size(), &made);
  return Directory(made);
}

}  // namespace

void BindAgencies(py::module_& module) {
  py::class_<Directory>(module, "AgencyDirectory")
      .def_static("national",
                  [](const Registry& registry) {
                    motcua_agency_directory* made = nullptr;
                    Call(motcua_agency_directory_national, registry.get(), &made);
                    return Directory(made);
                  })
      .def("with_rows", &With)
      .def("find",
           [](const Directory& self, std::string_view code, int32_t at) {
             motcua_agency_list* made = nullptr;
             Call(motcua_agency_directory_find, self.get(), Text(code), at, &made);
             return AgencyTuples(made);
           })
      .def("list",
           [](const Directory& self, int32_t at, std::string_view unit, std::string_view within) {
             motcua_agency_list* made = nullptr;
             Call(motcua_agency_directory_list, self.get(), at, Text(unit), Text(within), &made);
             return AgencyTuples(made);
           });
}

}  // namespace motcua::python
