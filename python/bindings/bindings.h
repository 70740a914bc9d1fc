// What the binding files share: failures become motcua's Python exceptions, text
// crosses both ways, handles are freed.
#ifndef MOTCUA_PYTHON_BINDINGS_H_
#define MOTCUA_PYTHON_BINDINGS_H_

#include <motcua.h>
#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <string_view>

namespace motcua::python {

namespace py = pybind11;

// Throws the Python exception for a failed call; the error is freed.
[[noreturn]] void Raise(motcua_status status, motcua_error* error);

// Calls a C function whose last parameter is `motcua_error**`.
//   Call(motcua_dataset_builtin, &handle);
template <typename Function, typename... Arguments>
void Call(Function* function, Arguments... arguments) {
  motcua_error* error = nullptr;
  const motcua_status status = function(arguments..., &error);
  if (status != MOTCUA_OK) Raise(status, error);
}

inline motcua_text Text(std::string_view text) { return {text.data(), text.size()}; }
inline py::str Str(motcua_text text) {
  return py::str(text.data == nullptr ? "" : text.data, text.size);
}
inline py::str Str(const motcua_buffer* buffer) {
  return py::str(motcua_buffer_data(buffer), motcua_buffer_size(buffer));
}

// Owns a C handle. pybind11 needs a complete type, so it holds these:
//   using Dataset = Handle<motcua_dataset, motcua_dataset_free>;
template <typename T, void (*Free)(T*)>
class Handle {
 public:
  explicit Handle(T* handle) : handle_(handle) {}
  T* get() const { return handle_.get(); }

 private:
  struct Freer {
    void operator()(T* handle) const { Free(handle); }
  };
  std::unique_ptr<T, Freer> handle_;
};

using Dataset = Handle<motcua_dataset, motcua_dataset_free>;
using Buffer = Handle<motcua_buffer, motcua_buffer_free>;

// Each room binds itself.
void BindAccess(py::module_& module);
void BindBase(py::module_& module);
void BindAgencies(py::module_& module);
void BindCarry(py::module_& module);
void BindIdentifiers(py::module_& module);
void BindReconciliation(py::module_& module);
void BindDossiers(py::module_& module);
void BindMachine(py::module_& module);
void BindProcedures(py::module_& module);
void BindStatistics(py::module_& module);
void BindResolver(py::module_& module);
void BindText(py::module_& module);
void BindTime(py::module_& module);
void BindUnits(py::module_& module);

}  // namespace motcua::python

#endif  // MOTCUA_PYTHON_BINDINGS_H_
