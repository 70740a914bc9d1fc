// motcua/c/carry.h, for Python.
#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

#include "units_bindings.h"

namespace motcua::python {
namespace {

using Carried = Handle<motcua_carried, motcua_carried_free>;
using Weights = std::vector<std::tuple<std::string, std::string, double>>;

// (units, values, [(row, note name)]) of values of one type.
template <typename Value, typename Function, typename Read>
py::tuple Carry(Function* function, Read* read, const Registry& registry,
                const std::vector<std::string>& codes, const std::vector<Value>& values,
                int32_t since, int32_t until, int32_t by, const Weights& weights) {
  std::vector<motcua_text> texts;
  for (const std::string& code : codes) texts.push_back(Text(code));
  std::vector<motcua_carry_weight> given;
  for (const auto& [from, to, weight] : weights) given.push_back({Text(from), Text(to), weight});
  motcua_carry_options options = MOTCUA_CARRY_OPTIONS_INIT;
  options.by = by;
  options.weights = given.data();
  options.weight_count = given.size();
  motcua_carried* made = nullptr;
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    status = function(registry.get(), texts.data(), values.data(), texts.size(), since, until,
                      &options, &made, &error);
  }
  if (status != MOTCUA_OK) Raise(status, error);
  const Carried carried(made);
  const motcua_unit_list* units = motcua_carried_units(made);
  py::list results, notes;
  for (size_t i = 0; i < motcua_unit_list_size(units); ++i) results.append(read(made)[i]);
  for (size_t k = 0; k < motcua_carried_note_count(made); ++k)
    notes.append(py::make_tuple(motcua_carried_note_row(made, k),
                                Str(motcua_carry_note_name(motcua_carried_note(made, k)))));
  return py::make_tuple(UnitTuples(units), results, notes);
}

}  // namespace

void BindCarry(py::module_& module) {
  module.def("carry_int64", [](const Registry& registry, const std::vector<std::string>& codes,
                               const std::vector<int64_t>& values, int32_t since, int32_t until,
                               int32_t by, const Weights& weights) {
    return Carry(motcua_registry_carry_int64, motcua_carried_int64, registry, codes, values, since,
                 until, by, weights);
  });
  module.def("carry_double", [](const Registry& registry, const std::vector<std::string>& codes,
                                const std::vector<double>& values, int32_t since, int32_t until,
                                int32_t by, const Weights& weights) {
    return Carry(motcua_registry_carry_double, motcua_carried_double, registry, codes, values,
                 since, until, by, weights);
  });
}

}  // namespace motcua::python
