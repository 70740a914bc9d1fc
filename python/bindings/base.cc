// Versions, the dataset, and how a failure becomes an exception.
#include "bindings.h"

namespace motcua::python {

void Raise(motcua_status status, motcua_error* error) {
  const std::unique_ptr<motcua_error, void (*)(motcua_error*)> owned(error, motcua_error_free);
  py::list rows;
  for (size_t k = 0; k < motcua_error_row_count(error); ++k)
    rows.append(motcua_error_row(error, k));
  // motcua.errors owns the classes; it knows which one a reason deserves.
  const py::object make = py::module_::import("motcua.errors").attr("_from_reason");
  const py::object exception =
      make(status, motcua_error_reason(error), motcua_error_message(error), rows);
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
  throw py::error_already_set();
}

void BindBase(py::module_& module) {
  py::class_<Dataset>(module, "Dataset")
      .def_static("builtin",
                  [] {
                    motcua_dataset* handle = nullptr;
                    Call(motcua_dataset_builtin, &handle);
                    return Dataset(handle);
                  })
      .def_static("parse",
                  [](const py::bytes& image) {
                    motcua_dataset* handle = nullptr;
                    Call(motcua_dataset_parse, Text(std::string_view(image)), &handle);
                    return Dataset(handle);
                  })
      .def("version", [](const Dataset& self) { return Str(motcua_dataset_version(self.get())); })
      .def("image", [](const Dataset& self) {
        const motcua_text image = motcua_dataset_image(self.get());
        return py::bytes(image.data, image.size);
      });

  module.def("abi_version", &motcua_abi_version);
  module.def("version", &motcua_version);
  module.attr("REASON_COUNT") = MOTCUA_REASON_COUNT;
}

}  // namespace motcua::python
