// motcua/c/statistics.h, for Python. motcua/statistics.py makes the tuples objects.
#include "dossiers_bindings.h"

namespace motcua::python {
namespace {

using Statistics = Handle<motcua_statistics, motcua_statistics_free>;

// The counts in the order of the struct.
py::tuple CountsTuple(const motcua_counts& counts) {
  return py::make_tuple(counts.received_online, counts.received_direct_postal, counts.received,
                        counts.carried_over, counts.processed, counts.resolved, counts.early,
                        counts.on_time, counts.overdue, counts.returned, counts.pending,
                        counts.pending_within, counts.pending_overdue, counts.on_time_rate);
}

// (keys, counts) a group
py::list Rows(const Statistics& statistics, size_t by_count) {
  py::list rows;
  for (size_t i = 0; i < motcua_statistics_size(statistics.get()); ++i) {
    motcua_counts counts = MOTCUA_COUNTS_INIT;
    Call(motcua_statistics_get, statistics.get(), i, &counts);
    py::list keys;
    for (size_t k = 0; k < by_count; ++k) {
      keys.append(Str(motcua_statistics_key(statistics.get(), i, k)));
    }
    rows.append(py::make_tuple(py::tuple(keys), CountsTuple(counts)));
  }
  return rows;
}

}  // namespace

void BindStatistics(py::module_& module) {
  py::class_<Statistics>(module, "Statistics")
      .def_static(
          "count",
          [](const DossierRegister& dossiers, int32_t first, int32_t last, const py::sequence& by) {
            std::vector<motcua_grouping> groupings;
            for (const py::handle grouping : by) {
              groupings.push_back(py::cast<motcua_grouping>(grouping));
            }
            motcua_statistics* handle = nullptr;
            CallReleased(motcua_statistics_count,
                         static_cast<const motcua_register*>(dossiers.get()), first, last,
                         static_cast<const motcua_grouping*>(groupings.data()), groupings.size(),
                         &handle);
            return Statistics(handle);
          })
      .def("rows", &Rows)
      .def("total",
           [](const Statistics& self) {
             motcua_counts counts = MOTCUA_COUNTS_INIT;
             Call(motcua_statistics_total, self.get(), &counts);
             return CountsTuple(counts);
           })
      .def("to_csv",
           [](const Statistics& self) {
             motcua_buffer* buffer = nullptr;
             Call(motcua_statistics_to_csv, self.get(), &buffer);
             return Str(Buffer(buffer).get());
           })
      .def("to_html", [](const Statistics& self, const std::string& title, const py::sequence& keys,
                         const py::sequence& names) {
        const TextList key_texts(keys);
        const TextList name_texts(names);
        if (key_texts.size() != name_texts.size()) {
          throw py::value_error("names: expected one a key");
        }
        motcua_buffer* buffer = nullptr;
        Call(motcua_statistics_to_html, self.get(), Text(title), key_texts.data(),
             name_texts.data(), key_texts.size(), &buffer);
        return Str(Buffer(buffer).get());
      });
  module.def("form_heading", [](size_t k) { return Str(motcua_form_heading(k)); });
}

}  // namespace motcua::python
