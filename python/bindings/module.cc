// motcua._core: one Bind function a room.
#include "bindings.h"

PYBIND11_MODULE(_core, module) {
  motcua::python::BindBase(module);
  motcua::python::BindIdentifiers(module);
  motcua::python::BindReconciliation(module);
  motcua::python::BindResolver(module);
  motcua::python::BindText(module);
  motcua::python::BindTime(module);
  motcua::python::BindUnits(module);
  motcua::python::BindAgencies(module);
  motcua::python::BindCarry(module);
  motcua::python::BindProcedures(module);
  motcua::python::BindMachine(module);
  motcua::python::BindDossiers(module);
  motcua::python::BindAccess(module);
  motcua::python::BindStatistics(module);
}
