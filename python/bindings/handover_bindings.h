// What the binding files of the handover of dossiers and of accounts share.
#ifndef MOTCUA_PYTHON_HANDOVER_BINDINGS_H_
#define MOTCUA_PYTHON_HANDOVER_BINDINGS_H_

#include <string>
#include <vector>

#include "dossiers_bindings.h"
#include "units_bindings.h"

namespace motcua::python {

// (dossier, account, agency, hamlet, parcel, successor, source) a hint, kept alive for a call.
class HintRows {
 public:
  explicit HintRows(const py::sequence& rows) {
    texts_.reserve(7 * rows.size());
    for (const py::handle handle : rows) {
      const auto row = py::cast<py::tuple>(handle);
      motcua_handover_hint hint = MOTCUA_HANDOVER_HINT_INIT;
      motcua_text* const fields[] = {&hint.dossier, &hint.account,   &hint.agency, &hint.hamlet,
                                     &hint.parcel,  &hint.successor, &hint.source};
      for (size_t k = 0; k < 7; ++k) {
        texts_.push_back(py::cast<std::string>(row[k]));
        *fields[k] = Text(texts_.back());
      }
      hints_.push_back(hint);
    }
  }
  const motcua_handover_hint* data() const { return hints_.data(); }
  size_t size() const { return hints_.size(); }

 private:
  std::vector<std::string> texts_;
  std::vector<motcua_handover_hint> hints_;
};

// (transferred, undecided): rows (dossier, from, to, basis, candidates); frees the report.
py::tuple ReportTuples(motcua_handover_report* made);

}  // namespace motcua::python

#endif  // MOTCUA_PYTHON_HANDOVER_BINDINGS_H_
