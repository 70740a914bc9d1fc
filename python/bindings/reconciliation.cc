// motcua/c/reconciliation.h, for Python.
#include <pybind11/stl.h>

#include <array>
#include <string>
#include <vector>

#include "units_bindings.h"

namespace motcua::python {
namespace {

using Reconciliation = Handle<motcua_reconciliation, motcua_reconciliation_free>;
using EquivalentsHandle = Handle<motcua_equivalents, motcua_equivalents_free>;

// A list of (row, kind, unit or None, stage, others or None, proposal).
py::list Reconcile(const Registry& registry, const std::vector<std::array<std::string, 3>>& rows,
                   int32_t at, motcua_level level, std::string_view within) {
  std::vector<motcua_catalogue_row> given;
  for (const auto& [code, name, parent] : rows)
    given.push_back({Text(code), Text(name), Text(parent)});
  motcua_scope scope = MOTCUA_SCOPE_INIT;
  scope.level = level;
  scope.within = Text(within);
  motcua_reconciliation* made = nullptr;
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    status = motcua_registry_reconcile(registry.get(), given.data(), given.size(), at, &scope,
                                       &made, &error);
  }
  if (status != MOTCUA_OK) Raise(status, error);
  const Reconciliation owned(made);
  std::vector<py::str> kinds;
  for (motcua_finding_kind kind = 0; kind <= MOTCUA_FINDING_MISSING; ++kind)
    kinds.push_back(Str(motcua_finding_kind_name(kind)));
  py::list findings;
  for (size_t i = 0; i < motcua_reconciliation_size(made); ++i) {
    motcua_finding finding = MOTCUA_FINDING_INIT;
    Call(motcua_reconciliation_get, made, i, &finding);
    const motcua_unit_list* unit = motcua_reconciliation_unit(made, i);
    const motcua_unit_list* others = motcua_reconciliation_others(made, i);
    py::object one = py::none(), more = py::none();
    if (motcua_unit_list_size(unit) > 0) one = UnitTuple(unit, 0);
    if (motcua_unit_list_size(others) > 0) more = UnitTuples(others);
    findings.append(py::make_tuple(finding.row, kinds[static_cast<size_t>(finding.kind)], one,
                                   finding.stage, more, Str(finding.proposal)));
  }
  return findings;
}

// A list of (units of the first day, units of the second, known).
py::list Equivalents(const Registry& registry, int32_t first, int32_t second) {
  motcua_equivalents* made = nullptr;
  Call(motcua_registry_equivalents, registry.get(), first, second, &made);
  const EquivalentsHandle owned(made);
  py::list groups;
  for (size_t i = 0; i < motcua_equivalents_size(made); ++i)
    groups.append(py::make_tuple(UnitTuples(motcua_equivalents_side(made, i, 0)),
                                 UnitTuples(motcua_equivalents_side(made, i, 1)),
                                 motcua_equivalents_known(made, i) == 1));
  return groups;
}

}  // namespace

void BindReconciliation(py::module_& module) {
  module.def("reconcile", &Reconcile);
  module.def("equivalents", &Equivalents);
}

}  // namespace motcua::python
