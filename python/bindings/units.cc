// motcua/c/units.h, for Python. Units cross as plain tuples; motcua/units.py makes
// them objects.
#include <memory>
#include <vector>

#include "bindings.h"
#include "units_bindings.h"

namespace motcua::python {

using UnitList = Handle<motcua_unit_list, motcua_unit_list_free>;

py::tuple UnitTuple(const motcua_unit_list* list, size_t i) {
  motcua_unit unit = MOTCUA_UNIT_INIT;
  Call(motcua_unit_list_get, list, i, &unit);
  return py::make_tuple(Str(unit.code), unit.level, Str(unit.type), Str(unit.name),
                        Str(unit.full_name), Str(unit.key), Str(unit.parent_code), unit.valid_from,
                        unit.valid_to, unit.as_of);
}

py::list UnitTuples(const motcua_unit_list* list) {
  py::list units;
  for (size_t i = 0; i < motcua_unit_list_size(list); ++i) units.append(UnitTuple(list, i));
  return units;
}

py::tuple SuccessionTuple(motcua_succession* made) {
  const Succession succession(made);
  const motcua_unit_list* units = motcua_succession_units(made);
  py::list edges;
  for (size_t i = 0; i < motcua_unit_list_size(units); ++i) {
    motcua_succession_edge edge = MOTCUA_SUCCESSION_EDGE_INIT;
    Call(motcua_succession_get_edge, made, i, &edge);
    py::list steps;
    for (size_t k = 0; k < edge.step_count; ++k) {
      motcua_succession_step step = MOTCUA_SUCCESSION_STEP_INIT;
      Call(motcua_succession_get_step, made, i, k, &step);
      steps.append(py::make_tuple(step.date, Str(step.act), step.article, step.clause));
    }
    edges.append(py::make_tuple(UnitTuple(units, i), Str(motcua_extent_name(edge.extent)),
                                Str(motcua_moved_name(edge.moved)), steps));
  }
  return py::make_tuple(Str(motcua_succession_kind_name(motcua_succession_get_kind(made))), edges,
                        UnitTuples(motcua_succession_answered_by(made)));
}

namespace {

// Memory of the library, lent to NumPy for as long as an array looks at it.
struct Block {
  std::shared_ptr<void> owner;
  const void* data;
  size_t size;
};

// Codes of NumPy's "U" as "S" of the same length; what is not ASCII is no code.
std::vector<char> Narrow(const char32_t* wide, size_t letters) {
  std::vector<char> narrow(letters);
  for (size_t i = 0; i < letters; ++i)
    narrow[i] = wide[i] < 0x80 ? static_cast<char>(wide[i]) : '?';
  return narrow;
}

// Codes of 5 bytes as NumPy's "U5".
Block Widen(const char* codes, size_t count) {
  const std::shared_ptr<char32_t> wide(new char32_t[count * 5], std::default_delete<char32_t[]>());
  for (size_t i = 0; i < count * 5; ++i) wide.get()[i] = static_cast<unsigned char>(codes[i]);
  return {wide, wide.get(), count * 5 * sizeof(char32_t)};
}

// (offsets as int64, codes as "U5", unknown rows). `codes` is an array of "S" or, of
// 4 bytes a letter, of "U"; `letters` is the length of each.
py::tuple Translate(const Registry& registry, const py::buffer& codes, size_t letters,
                    size_t letter_size, int32_t since, int32_t until) {
  const py::buffer_info info = codes.request();
  const auto size = static_cast<size_t>(info.size * info.itemsize) / letter_size;
  const size_t count = letters == 0 ? 0 : size / letters;
  motcua_translation* made = nullptr;
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  Block found;
  {
    const py::gil_scoped_release released;
    std::vector<char> narrow;
    if (letter_size == sizeof(char32_t))
      narrow = Narrow(static_cast<const char32_t*>(info.ptr), size);
    status = motcua_registry_translate(
        registry.get(), narrow.empty() ? static_cast<const char*>(info.ptr) : narrow.data(), count,
        letters, since, until, &made, &error);
    if (status == MOTCUA_OK)
      found = Widen(motcua_translation_codes(made),
                    static_cast<size_t>(motcua_translation_offsets(made)[count]));
  }
  if (status != MOTCUA_OK) Raise(status, error);
  const std::shared_ptr<motcua_translation> owner(made, motcua_translation_free);
  py::list unknown;
  for (size_t k = 0; k < motcua_translation_unknown_count(made); ++k)
    unknown.append(motcua_translation_unknown(made)[k]);
  return py::make_tuple(
      Block{owner, motcua_translation_offsets(made), (count + 1) * sizeof(int64_t)}, found,
      unknown);
}

}  // namespace

void BindUnits(py::module_& module) {
  py::class_<Block>(module, "Block", py::buffer_protocol()).def_buffer([](const Block& self) {
    return py::buffer_info(const_cast<void*>(self.data), 1, "B",
                           static_cast<py::ssize_t>(self.size));
  });
  py::class_<Registry>(module, "Registry")
      .def_static(
          "national",
          [](const Dataset* dataset) {
            motcua_registry* made = nullptr;
            Call(motcua_registry_national,
                 dataset == nullptr ? nullptr : const_cast<const motcua_dataset*>(dataset->get()),
                 &made);
            return Registry(made);
          })
      .def("first_day", [](const Registry& self) { return motcua_registry_first_day(self.get()); })
      .def("dataset_version",
           [](const Registry& self) { return Str(motcua_registry_dataset_version(self.get())); })
      .def("find",
           [](const Registry& self, std::string_view code, int32_t at) {
             motcua_unit_list* made = nullptr;
             Call(motcua_registry_find, self.get(), Text(code), at, &made);
             return UnitTuple(UnitList(made).get(), 0);
           })
      .def("units",
           [](const Registry& self, int32_t at, motcua_level level, std::string_view parent) {
             motcua_unit_list* made = nullptr;
             Call(motcua_registry_units, self.get(), at, level, Text(parent), &made);
             return UnitTuples(UnitList(made).get());
           })
      .def("named",
           [](const Registry& self, std::string_view name, int32_t at) {
             motcua_unit_list* made = nullptr;
             Call(motcua_registry_named, self.get(), Text(name), at, &made);
             return UnitTuples(UnitList(made).get());
           })
      .def("successors",
           [](const Registry& self, std::string_view code, int32_t since, int32_t until) {
             motcua_succession* made = nullptr;
             Call(motcua_registry_successors, self.get(), Text(code), since, until, &made);
             return SuccessionTuple(made);
           })
      .def("predecessors",
           [](const Registry& self, std::string_view code, int32_t until, int32_t since) {
             motcua_succession* made = nullptr;
             Call(motcua_registry_predecessors, self.get(), Text(code), until, since, &made);
             return SuccessionTuple(made);
           })
      .def("translate", &Translate);
}

}  // namespace motcua::python
