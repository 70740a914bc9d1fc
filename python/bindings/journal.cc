// motcua/c/journal.h, for Python: an extension of its own, so that SQLite and libpq are
// loaded by those who open a journal. motcua/journal.py makes the lines objects.
#include <motcua/c/journal.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <exception>

#include "dossiers_bindings.h"

namespace motcua::python {
namespace {

using Journal = Handle<motcua_journal, motcua_journal_free>;

// A cursor reads its journal, which is kept for it.
struct Cursor {
  py::object journal;
  Handle<motcua_journal_cursor, motcua_journal_cursor_free> handle;
  motcua_journal_cursor* get() const { return handle.get(); }
};

Journal Open(const std::string& url, int32_t mode, const py::sequence& personal) {
  const TextList names(personal);
  motcua_journal_options options = MOTCUA_JOURNAL_OPTIONS_INIT;
  options.mode = mode;
  options.personal = names.data();
  options.personal_count = names.size();
  motcua_journal* handle = nullptr;
  CallReleased(motcua_journal_open, Text(url), static_cast<const motcua_journal_options*>(&options),
               &handle);
  return Journal(handle);
}

// The sequence number of each distinct id, in order of first appearance.
std::vector<int64_t> Append(const Journal& self, const std::string& lines, int64_t recorded_at,
                            size_t capacity) {
  std::vector<int64_t> sequences(capacity);
  size_t count = 0;
  CallReleased(motcua_journal_append, self.get(), Text(lines), recorded_at, sequences.data(),
               capacity, &count);
  sequences.resize(count);
  return sequences;
}

std::vector<int64_t> AppendEncoded(const Journal& self, const py::sequence& events,
                                   int64_t recorded_at) {
  std::vector<std::string> encoded;
  for (const py::handle event : events) encoded.emplace_back(py::cast<py::bytes>(event));
  std::vector<motcua_text> views;
  for (const std::string& event : encoded) views.push_back(Text(event));
  std::vector<int64_t> sequences(encoded.size());
  size_t count = 0;
  CallReleased(motcua_journal_append_encoded, self.get(),
               static_cast<const motcua_text*>(views.data()), views.size(), recorded_at,
               sequences.data(), sequences.size(), &count);
  sequences.resize(count);
  return sequences;
}

py::tuple HeadTuple(const motcua_journal_head& head) {
  return py::make_tuple(head.sequence,
                        py::bytes(reinterpret_cast<const char*>(head.hash), sizeof head.hash));
}

// Hands progress to a Python callable. What that raises is kept, ends the calls to it, and is
// raised when the work is done.
class Reporter {
 public:
  explicit Reporter(py::object callable) : callable_(std::move(callable)) {
    progress_.context = this;
    if (!callable_.is_none()) progress_.report = &Reporter::Report;
  }
  const motcua_progress* get() const { return &progress_; }
  void Finish() {
    if (raised_) std::rethrow_exception(raised_);
  }

 private:
  static void Report(void* context, int64_t done, int64_t total) {
    auto* self = static_cast<Reporter*>(context);
    if (self->raised_) return;
    const py::gil_scoped_acquire held;
    try {
      self->callable_(done, std::max(done, total));
    } catch (...) {
      self->raised_ = std::current_exception();
    }
  }

  py::object callable_;
  motcua_progress progress_ = MOTCUA_PROGRESS_INIT;
  std::exception_ptr raised_;
};

// (ok, events, broken_at, hash, problem)
py::tuple Verify(const Journal& self, int64_t anchor_sequence, const py::bytes& anchor_hash,
                 const py::object& progress) {
  Reporter reporter(progress);
  motcua_journal_head anchor = MOTCUA_JOURNAL_HEAD_INIT;
  anchor.sequence = anchor_sequence;
  std::string_view(anchor_hash).copy(reinterpret_cast<char*>(anchor.hash), sizeof anchor.hash);
  motcua_journal_verification found = MOTCUA_JOURNAL_VERIFICATION_INIT;
  motcua_buffer* problem = nullptr;
  CallReleased(motcua_journal_verify_with, self.get(),
               static_cast<const motcua_journal_head*>(&anchor), reporter.get(), &found, &problem);
  const Buffer owned(problem);
  reporter.Finish();
  return py::make_tuple(found.ok != 0, found.events, found.broken_at,
                        py::bytes(reinterpret_cast<const char*>(found.hash), sizeof found.hash),
                        Str(problem));
}

py::str Merge(const Journal& self, const Journal& other, const py::object& progress) {
  Reporter reporter(progress);
  motcua_buffer* report = nullptr;
  CallReleased(motcua_journal_merge_with, self.get(), other.get(), reporter.get(), &report);
  const Buffer owned(report);
  reporter.Finish();
  return Str(report);
}

py::tuple Copy(const Journal& self, const std::string& url, const py::object& progress) {
  Reporter reporter(progress);
  motcua_journal_head head = MOTCUA_JOURNAL_HEAD_INIT;
  CallReleased(motcua_journal_copy_with, self.get(), Text(url), reporter.get(), &head);
  reporter.Finish();
  return HeadTuple(head);
}

void BindCursor(py::module_& module) {
  py::class_<Cursor>(module, "Cursor")
      .def("__len__", [](const Cursor& self) { return motcua_journal_cursor_size(self.get()); })
      .def("next",
           [](const Cursor& self, size_t limit) {
             motcua_buffer* lines = nullptr;
             CallReleased(motcua_journal_cursor_next, self.get(), limit, &lines);
             return Str(Buffer(lines).get());
           })
      .def("load", [](const Cursor& self, const EventLog& log) {
        CallReleased(motcua_journal_cursor_load, self.get(), log.get());
      });
}

void BindJournal(py::module_& module) {
  py::class_<Journal>(module, "Journal")
      .def_static("open", &Open)
      .def("append", &Append)
      .def("append_encoded", &AppendEncoded)
      .def("head",
           [](const Journal& self) {
             motcua_journal_head head = MOTCUA_JOURNAL_HEAD_INIT;
             CallReleased(motcua_journal_get_head, self.get(), &head);
             return HeadTuple(head);
           })
      .def("verify", &Verify)
      .def("select",
           [](const py::object& self, int64_t after, bool canonical, const std::string& dossier) {
             motcua_journal_cursor* cursor = nullptr;
             CallReleased(motcua_journal_select, self.cast<const Journal&>().get(), after,
                          int32_t{canonical}, Text(dossier), &cursor);
             return Cursor{self, decltype(Cursor::handle)(cursor)};
           })
      .def("copy", &Copy)
      .def("merge", &Merge)
      .def("conflicts",
           [](const Journal& self) {
             motcua_buffer* list = nullptr;
             CallReleased(motcua_journal_conflicts, self.get(), &list);
             return Str(Buffer(list).get());
           })
      .def("erase",
           [](const Journal& self, const std::string& dossier) {
             int64_t destroyed = 0;
             CallReleased(motcua_journal_erase, self.get(), Text(dossier), &destroyed);
             return destroyed;
           })
      .def("generation", [](const Journal& self) {
        int64_t generation = 0;
        CallReleased(motcua_journal_generation, self.get(), &generation);
        return generation;
      });
}

}  // namespace
}  // namespace motcua::python

PYBIND11_MODULE(_journal, module) {
  pybind11::module_::import("motcua._core");  // it knows EventLog
  motcua::python::BindCursor(module);
  motcua::python::BindJournal(module);
  module.attr("NO_TIME") = MOTCUA_NO_MINUTE;
}
