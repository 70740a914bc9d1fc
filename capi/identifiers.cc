// motcua/c/identifiers.h
#include "motcua/identifiers/agency_code.h"
#include "motcua/identifiers/citizen_number.h"
#include "motcua/identifiers/dossier_number.h"
#include "motcua/identifiers/procedure_code.h"
#include "motcua/identifiers/tax_code.h"
#include "motcua/identifiers/unit_code.h"
#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Guard;
using motcua::capi::Require;
using motcua::capi::View;
using motcua::capi::WriteStruct;

namespace {

// Copies into a field that is wide enough by construction, and zeroed.
template <size_t kSize>
void Put(std::string_view text, char (&field)[kSize]) {
  std::memcpy(field, text.data(), std::min(text.size(), kSize - 1));
}

motcua_dossier_number Made(const motcua::DossierNumber& number) {
  motcua_dossier_number made = MOTCUA_DOSSIER_NUMBER_INIT;
  made.date = motcua::ToNumber(number.date());
  made.date_digits = number.date_digits();
  Put(number.agency(), made.agency);
  Put(number.serial(), made.serial);
  Put(number.text(), made.text);
  return made;
}

}  // namespace

motcua_status motcua_agency_code_parse(motcua_text text, motcua_agency_code* out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const motcua::AgencyCode code, motcua::AgencyCode::Parse(View(text)));
    motcua_agency_code made = MOTCUA_AGENCY_CODE_INIT;
    Put(code.text(), made.text);
    if (const auto old_form = code.old_form()) Put(*old_form, made.old_form);
    if (const auto parent = code.parent()) Put(parent->text(), made.parent);
    return WriteStruct(made, out);
  });
}

motcua_status motcua_unit_code_parse(motcua_text text, motcua_level* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const size_t digits, motcua::UnitCodeDigits(View(text)));
    *out = digits == 2   ? MOTCUA_LEVEL_PROVINCE
           : digits == 3 ? MOTCUA_LEVEL_DISTRICT
                         : MOTCUA_LEVEL_COMMUNE;
    return absl::OkStatus();
  });
}

motcua_status motcua_procedure_code_parse(motcua_text text, motcua_procedure_code* out,
                                          motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const motcua::ProcedureCode code,
                            motcua::ProcedureCode::Parse(View(text)));
    motcua_procedure_code made = MOTCUA_PROCEDURE_CODE_INIT;
    made.clean = code.clean() ? 1 : 0;
    Put(code.national(), made.national);
    if (code.agency()) Put(code.agency()->text(), made.agency);
    Put(code.text(), made.text);
    return WriteStruct(made, out);
  });
}

motcua_status motcua_dossier_number_parse(motcua_text text, motcua_dossier_number* out,
                                          motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const motcua::DossierNumber number,
                            motcua::DossierNumber::Parse(View(text)));
    return WriteStruct(Made(number), out);
  });
}

motcua_status motcua_dossier_number_make(motcua_text agency, int32_t date, int64_t serial,
                                         int32_t date_digits, int32_t serial_digits,
                                         motcua_dossier_number* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(date, "date"));
    MOTCUA_ASSIGN_OR_RETURN(
        const motcua::DossierNumber number,
        motcua::DossierNumber::Make(View(agency), day, serial, date_digits, serial_digits));
    return WriteStruct(Made(number), out);
  });
}

motcua_status motcua_citizen_number_parse(motcua_text text, motcua_sex sex, int32_t birth_year,
                                          int32_t not_after, motcua_citizen_number* out,
                                          motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (sex < MOTCUA_SEX_NOT_GIVEN || sex > MOTCUA_SEX_FEMALE)
      return Error(Reason::kInvalidArgument, "sex", std::to_string(sex), "a MOTCUA_SEX_ number");
    motcua::CitizenNumber::Claims claims;
    if (sex != MOTCUA_SEX_NOT_GIVEN) claims.sex = static_cast<motcua::Sex>(sex);
    if (birth_year != 0) claims.birth_year = birth_year;
    if (not_after != 0) claims.not_after = not_after;
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CitizenNumber number,
                            motcua::CitizenNumber::Parse(View(text), claims));
    motcua_citizen_number made = MOTCUA_CITIZEN_NUMBER_INIT;
    made.sex = static_cast<motcua_sex>(number.sex());
    made.birth_year = number.birth_year();
    made.abroad = number.abroad() ? 1 : 0;
    Put(number.place(), made.place);
    Put(number.text(), made.text);
    Put(number.masked(), made.masked);
    return WriteStruct(made, out);
  });
}

motcua_status motcua_tax_code_parse(motcua_text text, int32_t zero_sum, motcua_tax_code* out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (zero_sum != 0 && zero_sum != 1)
      return Error(Reason::kInvalidArgument, "zero_sum", std::to_string(zero_sum), "0 or 1");
    MOTCUA_ASSIGN_OR_RETURN(
        const motcua::TaxCode code,
        motcua::TaxCode::Parse(View(text), zero_sum == 1 ? motcua::TaxCode::ZeroSum::kCheckDigitZero
                                                         : motcua::TaxCode::ZeroSum::kRefused));
    motcua_tax_code made = MOTCUA_TAX_CODE_INIT;
    Put(code.base(), made.base);
    Put(code.branch(), made.branch);
    Put(code.text(), made.text);
    return WriteStruct(made, out);
  });
}
