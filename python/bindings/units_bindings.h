// What the binding files of the room units share.
#ifndef MOTCUA_PYTHON_UNITS_BINDINGS_H_
#define MOTCUA_PYTHON_UNITS_BINDINGS_H_

#include "bindings.h"

namespace motcua::python {

using Registry = Handle<motcua_registry, motcua_registry_free>;

// (code, level, type, name, full_name, key, parent_code, valid_from, valid_to, as_of)
py::tuple UnitTuple(const motcua_unit_list* list, size_t i);
py::list UnitTuples(const motcua_unit_list* list);

// (kind, edges, answered_by); an edge is (unit, extent, moved, steps). Frees `made`.
using Succession = Handle<motcua_succession, motcua_succession_free>;
py::tuple SuccessionTuple(motcua_succession* made);

}  // namespace motcua::python

#endif  // MOTCUA_PYTHON_UNITS_BINDINGS_H_
