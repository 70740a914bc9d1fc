// motcua/c/identifiers.h, for Python: plain tuples that motcua/identifiers.py names.
#include "bindings.h"

namespace motcua::python {
namespace {

py::tuple DossierNumberTuple(const motcua_dossier_number& number) {
  return py::make_tuple(number.text, number.agency, number.date, number.date_digits, number.serial);
}

}  // namespace

void BindIdentifiers(py::module_& module) {
  // (text, old form, parent)
  module.def("agency_code", [](std::string_view text) {
    motcua_agency_code code = MOTCUA_AGENCY_CODE_INIT;
    Call(motcua_agency_code_parse, Text(text), &code);
    return py::make_tuple(code.text, code.old_form, code.parent);
  });
  module.def("unit_code", [](std::string_view text) {
    motcua_level level = MOTCUA_LEVEL_ANY;
    Call(motcua_unit_code_parse, Text(text), &level);
    return level;
  });
  // (text, national, agency, clean)
  module.def("procedure_code", [](std::string_view text) {
    motcua_procedure_code code = MOTCUA_PROCEDURE_CODE_INIT;
    Call(motcua_procedure_code_parse, Text(text), &code);
    return py::make_tuple(code.text, code.national, code.agency, code.clean != 0);
  });
  module.def("dossier_number", [](std::string_view text) {
    motcua_dossier_number number = MOTCUA_DOSSIER_NUMBER_INIT;
    Call(motcua_dossier_number_parse, Text(text), &number);
    return DossierNumberTuple(number);
  });
  module.def("make_dossier_number", [](std::string_view agency, int32_t date, int64_t serial,
                                       int32_t date_digits, int32_t serial_digits) {
    motcua_dossier_number number = MOTCUA_DOSSIER_NUMBER_INIT;
    Call(motcua_dossier_number_make, Text(agency), date, serial, date_digits, serial_digits,
         &number);
    return DossierNumberTuple(number);
  });
  // (text, masked, place, abroad, sex, birth year)
  module.def("citizen_number",
             [](std::string_view text, int32_t sex, int32_t birth_year, int32_t not_after) {
               motcua_citizen_number number = MOTCUA_CITIZEN_NUMBER_INIT;
               Call(motcua_citizen_number_parse, Text(text), sex, birth_year, not_after, &number);
               return py::make_tuple(number.text, number.masked, number.place, number.abroad != 0,
                                     number.sex, number.birth_year);
             });
  // (text, base, branch)
  module.def("tax_code", [](std::string_view text, bool zero_sum) {
    motcua_tax_code code = MOTCUA_TAX_CODE_INIT;
    Call(motcua_tax_code_parse, Text(text), zero_sum ? 1 : 0, &code);
    return py::make_tuple(code.text, code.base, code.branch);
  });
}

}  // namespace motcua::python
