// motcua/c/resolver.h, for Python.
#include <vector>

#include "units_bindings.h"

namespace motcua::python {
namespace {

using MatchList = Handle<motcua_match_list, motcua_match_list_free>;

// A list of (unit, score, stage, ambiguous, begin, end, rest, current), where
// current is a list of (unit, extent, moved) on `today`.
py::list Resolve(const Registry& registry, std::string_view text, int32_t at, size_t max,
                 int32_t today) {
  motcua_match_list* made = nullptr;
  Call(motcua_registry_resolve, registry.get(), Text(text), at, max, &made);
  const MatchList owned(made);
  py::list matches;
  for (size_t i = 0; i < motcua_match_list_size(made); ++i) {
    motcua_match match = MOTCUA_MATCH_INIT;
    Call(motcua_match_list_get, made, i, &match);
    motcua_succession* current = nullptr;
    Call(motcua_match_list_current, made, i, today, &current);
    matches.append(py::make_tuple(UnitTuple(motcua_match_list_units(made), i), match.score,
                                  match.stage, match.ambiguous == 1, match.begin, match.end,
                                  Str(match.rest), SuccessionTuple(current)));
  }
  return matches;
}

// Bytes of motcua_resolved, one a text.
py::bytes ResolveMany(const Registry& registry, const py::sequence& texts, int32_t at) {
  const size_t count = texts.size();
  std::vector<motcua_text> given(count);
  const py::object fast =
      py::reinterpret_steal<py::object>(PySequence_Fast(texts.ptr(), "texts: expected a sequence"));
  if (!fast) throw py::error_already_set();
  for (size_t i = 0; i < count; ++i) {
    PyObject* item = PySequence_Fast_GET_ITEM(fast.ptr(), static_cast<Py_ssize_t>(i));
    Py_ssize_t size = 0;
    const char* data = PyUnicode_Check(item) ? PyUnicode_AsUTF8AndSize(item, &size) : nullptr;
    if (data == nullptr) {
      if (PyErr_Occurred() != nullptr) throw py::error_already_set();
      throw py::type_error("texts: expected str, row " + std::to_string(i) + " is not");
    }
    given[i] = {data, static_cast<size_t>(size)};
  }
  std::vector<motcua_resolved> resolved(count);
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    status = motcua_registry_resolve_many(registry.get(), given.data(), count, at, resolved.data(),
                                          &error);
  }
  if (status != MOTCUA_OK) Raise(status, error);
  return py::bytes(reinterpret_cast<const char*>(resolved.data()), count * sizeof(motcua_resolved));
}

}  // namespace

void BindResolver(py::module_& module) {
  module.def("resolve", &Resolve);
  module.def("resolve_many", &ResolveMany);
}

}  // namespace motcua::python
