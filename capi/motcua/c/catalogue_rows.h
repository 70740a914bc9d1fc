/* More rows of a catalogue: agencies, documents, cases, words, internal processes, groups. */
#ifndef MOTCUA_C_CATALOGUE_ROWS_H_
#define MOTCUA_C_CATALOGUE_ROWS_H_

#include "motcua/c/procedures.h"

MOTCUA_EXTERN_C_BEGIN

/* Two texts of a row: of an agency its authority (decides, implements, delegated,
 * coordinates) and its name; of a legal basis the number and date of the document. */
typedef struct motcua_text_pair {
  motcua_text first;
  motcua_text second;
} motcua_text_pair;

/* A case and how many papers its dossier holds. Set struct_size with MOTCUA_CASE_ROW_INIT. */
typedef struct motcua_case_row {
  uint32_t struct_size;
  int32_t case_no;      /* from 1 */
  int32_t components;   /* papers listed */
  int32_t instructions; /* of them entries with neither original nor copy: no papers */
  int32_t with_form;    /* of them with a form */
  uint32_t reserved;
} motcua_case_row;
#define MOTCUA_CASE_ROW_INIT \
  { sizeof(motcua_case_row), 0, 0, 0, 0, 0 }

/* What a page says in words. Set struct_size with MOTCUA_DETAIL_ROW_INIT. */
typedef struct motcua_detail_row {
  uint32_t struct_size;
  int32_t case_no; /* 0: of the whole procedure */
  int32_t row_no;
  uint32_t reserved;
  motcua_text part; /* case, sequence, component, requirement, subject, result, ... */
  motcua_text id;
  motcua_text text;
  motcua_text extra;
} motcua_detail_row;
#define MOTCUA_DETAIL_ROW_INIT                                           \
  {                                                                      \
    sizeof(motcua_detail_row), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* A step of an internal process. Set struct_size with MOTCUA_STEP_INIT. */
typedef struct motcua_step {
  uint32_t struct_size;
  int32_t number; /* from 1 */
  int32_t shares; /* of unit shared: the step whose limit it is under; else 0 */
  uint32_t reserved;
  motcua_text name;
  motcua_text agency;
  motcua_text role;
  motcua_text value; /* the number as printed */
  motcua_text unit;  /* working_day, working_hour, day, hour, same_day, untimed, shared */
  motcua_text limit; /* "0.25wd", "none", "same_day"; empty where shared */
  motcua_text after; /* as printed: numbers joined by +, "-", or nothing: the step before */
  motcua_text source;
} motcua_step;
#define MOTCUA_STEP_INIT                                                                           \
  {                                                                                                \
    sizeof(motcua_step), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* One case of a linked group. Set struct_size with MOTCUA_LINKED_GROUP_INIT. */
typedef struct motcua_linked_group {
  uint32_t struct_size;
  uint32_t step_count;
  const int32_t* steps; /* numbers, borrowed from the catalogue */
  motcua_text group;    /* birth, death, karaoke */
  motcua_text code;     /* of its process */
  motcua_text name;
  motcua_text case_name;
  motcua_text limit; /* over all agencies, its cut-off with it: "3wd@15:00>start" */
  motcua_text source;
} motcua_linked_group;
#define MOTCUA_LINKED_GROUP_INIT                                                        \
  {                                                                                     \
    sizeof(motcua_linked_group), 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* Errors of all below: INVALID_ARGUMENT if there is no such index or row. */
MOTCUA_EXPORT motcua_status motcua_catalogue_get_agency(const motcua_catalogue* catalogue, size_t i,
                                                        size_t row, motcua_text_pair* out,
                                                        motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_legal_basis(const motcua_catalogue* catalogue,
                                                             size_t i, size_t row,
                                                             motcua_text_pair* out,
                                                             motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_case(const motcua_catalogue* catalogue, size_t i,
                                                      size_t row, motcua_case_row* out,
                                                      motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_detail(const motcua_catalogue* catalogue, size_t i,
                                                        size_t row, motcua_detail_row* out,
                                                        motcua_error** error);
/* Internal processes, by code; also of codes that the catalogue does not have. */
MOTCUA_EXPORT size_t motcua_catalogue_process_count(const motcua_catalogue* catalogue);
/* Empty if there is no such index. */
MOTCUA_EXPORT motcua_text motcua_catalogue_process_code(const motcua_catalogue* catalogue,
                                                        size_t i);
MOTCUA_EXPORT size_t motcua_catalogue_step_count(const motcua_catalogue* catalogue, size_t i);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_step(const motcua_catalogue* catalogue, size_t i,
                                                      size_t step, motcua_step* out,
                                                      motcua_error** error);
/* The longest way through the steps of process i, in working minutes (480 a working day)
 * and calendar minutes. Errors: DATA_LOSS for a step that waits for itself. */
MOTCUA_EXPORT motcua_status motcua_catalogue_process_length(const motcua_catalogue* catalogue,
                                                            size_t i, int64_t* working_minutes,
                                                            int64_t* calendar_minutes,
                                                            motcua_error** error);
/* Linked groups, one a case. */
MOTCUA_EXPORT size_t motcua_catalogue_group_count(const motcua_catalogue* catalogue);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_group(const motcua_catalogue* catalogue, size_t i,
                                                       motcua_linked_group* out,
                                                       motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_CATALOGUE_ROWS_H_ */
