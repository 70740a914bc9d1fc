// motcua/c/catalogue_rows.h
#include "dossiers_boundary.h"
#include "motcua/procedures/catalogue.h"

using namespace motcua::capi;  // NOLINT: this file is the C face of the catalogue's rows
using motcua::Procedure;

motcua_status motcua_catalogue_get_agency(const motcua_catalogue* catalogue, size_t i, size_t row,
                                          motcua_text_pair* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->agencies.size(), "row"));
    *out = {Text(procedure->agencies[row].role), Text(procedure->agencies[row].agency)};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_get_legal_basis(const motcua_catalogue* catalogue, size_t i,
                                               size_t row, motcua_text_pair* out,
                                               motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->legal_basis.size(), "row"));
    *out = {Text(procedure->legal_basis[row].document), Text(procedure->legal_basis[row].date)};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_get_case(const motcua_catalogue* catalogue, size_t i, size_t row,
                                        motcua_case_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->cases.size(), "row"));
    const motcua::CaseRow& one = procedure->cases[row];
    return WriteStruct({0, one.case_no, one.components, one.instructions, one.with_form, 0}, out,
                       "out");
  });
}

motcua_status motcua_catalogue_get_detail(const motcua_catalogue* catalogue, size_t i, size_t row,
                                          motcua_detail_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->details.size(), "row"));
    const motcua::DetailRow& one = procedure->details[row];
    return WriteStruct({0, one.case_no, one.row_no, 0, Text(one.part), Text(one.id), Text(one.text),
                        Text(one.extra)},
                       out, "out");
  });
}

size_t motcua_catalogue_process_count(const motcua_catalogue* catalogue) {
  return catalogue == nullptr ? 0 : catalogue->value.processes().size();
}

motcua_text motcua_catalogue_process_code(const motcua_catalogue* catalogue, size_t i) {
  if (i >= motcua_catalogue_process_count(catalogue)) return Text("");
  return Text(catalogue->value.processes()[i].code);
}

size_t motcua_catalogue_step_count(const motcua_catalogue* catalogue, size_t i) {
  if (i >= motcua_catalogue_process_count(catalogue)) return 0;
  return catalogue->value.processes()[i].steps.size();
}

motcua_status motcua_catalogue_get_step(const motcua_catalogue* catalogue, size_t i, size_t step,
                                        motcua_step* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_catalogue_process_count(catalogue), "i"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(step, motcua_catalogue_step_count(catalogue, i), "step"));
    const motcua::Step& one = catalogue->value.processes()[i].steps[step];
    return WriteStruct({0, one.number, one.shares, 0, Text(one.name), Text(one.agency),
                        Text(one.role), Text(one.value), Text(NameOf(one.unit)), Text(one.limit),
                        Text(one.after_cell), Text(one.source)},
                       out, "out");
  });
}

motcua_status motcua_catalogue_process_length(const motcua_catalogue* catalogue, size_t i,
                                              int64_t* working_minutes, int64_t* calendar_minutes,
                                              motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(working_minutes, "working_minutes"));
    MOTCUA_RETURN_IF_ERROR(Require(calendar_minutes, "calendar_minutes"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_catalogue_process_count(catalogue), "i"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::ProcessLength length,
                            motcua::LengthOf(catalogue->value.processes()[i]));
    *working_minutes = length.working_minutes;
    *calendar_minutes = length.calendar_minutes;
    return absl::OkStatus();
  });
}

size_t motcua_catalogue_group_count(const motcua_catalogue* catalogue) {
  return catalogue == nullptr ? 0 : catalogue->value.groups().size();
}

motcua_status motcua_catalogue_get_group(const motcua_catalogue* catalogue, size_t i,
                                         motcua_linked_group* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_catalogue_group_count(catalogue), "i"));
    const motcua::LinkedGroup& one = catalogue->value.groups()[i];
    return WriteStruct(
        {0, static_cast<uint32_t>(one.steps.size()), one.steps.data(), Text(one.group),
         Text(one.code), Text(one.name), Text(one.case_name), Text(one.limit), Text(one.source)},
        out, "out");
  });
}
