// motcua/c/text.h, for Python.
#include "bindings.h"

namespace motcua::python {

void BindText(py::module_& module) {
  module.def("search_key", [](std::string_view text) {
    motcua_buffer* made = nullptr;
    Call(motcua_search_key, Text(text), &made);
    return Str(Buffer(made).get());
  });
  module.def("normalize", [](std::string_view text) {
    motcua_buffer* made = nullptr;
    Call(motcua_text_normalize, Text(text), &made);
    return Str(Buffer(made).get());
  });
  module.def("fold", [](std::string_view text, motcua_stage stage) {
    motcua_buffer* made = nullptr;
    Call(motcua_text_fold, Text(text), stage, &made);
    return Str(Buffer(made).get());
  });
  module.def("stage_between", [](std::string_view a, std::string_view b) {
    motcua_stage stage = MOTCUA_STAGE_NONE;
    Call(motcua_stage_between, Text(a), Text(b), &stage);
    return stage;
  });
  py::list stages;
  for (motcua_stage stage = 0; stage < MOTCUA_STAGE_COUNT; ++stage)
    stages.append(Str(motcua_stage_name(stage)));
  module.attr("STAGES") = py::tuple(stages);
}

}  // namespace motcua::python
