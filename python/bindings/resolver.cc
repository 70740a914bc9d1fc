// motcua/c/resolver.h, for Python.
#include <string>
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

// Appends a str as UTF-8. PyUnicode_AsUTF8AndSize would leave a copy in every str.
void AppendText(PyObject* text, std::string& buffer) {
  const Py_ssize_t size = PyUnicode_GET_LENGTH(text);
  const int kind = PyUnicode_KIND(text);
  const void* data = PyUnicode_DATA(text);
  const auto put = [&](Py_UCS4 byte) { buffer.push_back(static_cast<char>(byte)); };
  for (Py_ssize_t i = 0; i < size; ++i) {
    const Py_UCS4 code_point = PyUnicode_READ(kind, data, i);
    if (code_point < 0x80) {
      put(code_point);
      continue;
    }
    if (code_point < 0x800) {
      put(0xC0 | code_point >> 6);
    } else {
      if (code_point < 0x10000) {
        put(0xE0 | code_point >> 12);
      } else {
        put(0xF0 | code_point >> 18);
        put(0x80 | (code_point >> 12 & 0x3F));
      }
      put(0x80 | (code_point >> 6 & 0x3F));
    }
    put(0x80 | (code_point & 0x3F));
  }
}

// All texts of a sequence, behind each other in `buffer`.
std::vector<motcua_text> Encode(const py::sequence& texts, std::string& buffer) {
  const py::object fast =
      py::reinterpret_steal<py::object>(PySequence_Fast(texts.ptr(), "texts: expected a sequence"));
  if (!fast) throw py::error_already_set();
  const auto count = static_cast<size_t>(PySequence_Fast_GET_SIZE(fast.ptr()));
  std::vector<size_t> ends;
  ends.reserve(count);
  buffer.reserve(count * 64);
  for (size_t i = 0; i < count; ++i) {
    PyObject* item = PySequence_Fast_GET_ITEM(fast.ptr(), static_cast<Py_ssize_t>(i));
    if (!PyUnicode_Check(item))
      throw py::type_error("texts: expected str, row " + std::to_string(i) + " is not");
    AppendText(item, buffer);
    ends.push_back(buffer.size());
  }
  std::vector<motcua_text> encoded(count);
  size_t begin = 0;
  for (size_t i = 0; i < count; ++i) {
    encoded[i] = {buffer.data() + begin, ends[i] - begin};
    begin = ends[i];
  }
  return encoded;
}

// Room for one column of the answer, written by rows of `width` items.
template <typename Item>
Item* Column(const py::buffer& buffer, size_t rows, size_t width = 1) {
  const py::buffer_info info = buffer.request(true);
  if (info.itemsize != sizeof(Item) || static_cast<size_t>(info.size) != rows * width)
    throw py::value_error("resolve_many: a column of another size");
  return static_cast<Item*>(info.ptr);
}

// Writes the columns code (5 code points a row), valid_from (days; the least integer
// for none), score, stage (-1 for none) and ambiguous.
void ResolveMany(const Registry& registry, const py::sequence& texts, int32_t at,
                 const py::buffer& codes, const py::buffer& valid_from, const py::buffer& scores,
                 const py::buffer& stages, const py::buffer& ambiguous) {
  std::string buffer;
  const std::vector<motcua_text> given = Encode(texts, buffer);
  const size_t count = given.size();
  auto* code_column = Column<uint32_t>(codes, count, 5);
  auto* day_column = Column<int64_t>(valid_from, count);
  auto* score_column = Column<double>(scores, count);
  auto* stage_column = Column<int64_t>(stages, count);
  auto* ambiguous_column = Column<uint8_t>(ambiguous, count);
  motcua_error* error = nullptr;
  motcua_status status = MOTCUA_OK;
  {
    const py::gil_scoped_release released;
    std::vector<motcua_resolved> resolved(count);
    status = motcua_registry_resolve_many(registry.get(), given.data(), count, at, resolved.data(),
                                          &error);
    for (size_t i = 0; status == MOTCUA_OK && i < count; ++i) {
      const motcua_resolved& row = resolved[i];
      for (size_t k = 0; k < 5; ++k)
        code_column[5 * i + k] = static_cast<unsigned char>(row.code[k]);
      day_column[i] = row.stage < 0 ? INT64_MIN : row.valid_from;
      score_column[i] = row.score;
      stage_column[i] = row.stage;
      ambiguous_column[i] = row.ambiguous == 1 ? 1 : 0;
    }
  }
  if (status != MOTCUA_OK) Raise(status, error);
}

}  // namespace

void BindResolver(py::module_& module) {
  module.def("resolve", &Resolve);
  module.def("resolve_many", &ResolveMany);
}

}  // namespace motcua::python
