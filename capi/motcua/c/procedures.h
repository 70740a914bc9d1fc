/* Catalogues of procedures, and lists of problems. */
#ifndef MOTCUA_C_PROCEDURES_H_
#define MOTCUA_C_PROCEDURES_H_

#include "motcua/c/base.h"

MOTCUA_EXTERN_C_BEGIN

/* One thing wrong with input of many parts, the rest of which was still used. Text is
 * borrowed from the list. Set struct_size with MOTCUA_PROBLEM_INIT. @since ABI 1 */
typedef struct motcua_problem {
  uint32_t struct_size;
  motcua_reason reason;
  int64_t line;        /* of the file, from 1; 0 where there is none */
  motcua_text subject; /* an event id, a procedure code, a transition */
  motcua_text field;
  motcua_text value; /* printable, at most 80 bytes; empty for personal data */
  motcua_text expected;
  motcua_text kind; /* a stable word for what is wrong; empty where the finder has none */
} motcua_problem;
#define MOTCUA_PROBLEM_INIT                                                \
  {                                                                        \
    sizeof(motcua_problem), 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* Problems in the order they were found. Free with motcua_problem_list_free(). */
typedef struct motcua_problem_list motcua_problem_list;
MOTCUA_EXPORT size_t motcua_problem_list_size(const motcua_problem_list* list);
/* Errors: INVALID_ARGUMENT if i is no index of the list. */
MOTCUA_EXPORT motcua_status motcua_problem_list_get(const motcua_problem_list* list, size_t i,
                                                    motcua_problem* out, motcua_error** error);
MOTCUA_EXPORT void motcua_problem_list_free(motcua_problem_list* list);

/* How the applicant comes: the portal's codes. */
typedef int32_t motcua_channel;
#define MOTCUA_CHANNEL_UNKNOWN 0
#define MOTCUA_CHANNEL_DIRECT 1
#define MOTCUA_CHANNEL_ONLINE 2
#define MOTCUA_CHANNEL_POSTAL 3
/* "direct", ...; static. */
MOTCUA_EXPORT motcua_text motcua_channel_name(motcua_channel channel);

#define MOTCUA_PROCEDURE_MINISTRY 1
#define MOTCUA_PROCEDURE_PROVINCE 2
#define MOTCUA_PROCEDURE_COMMUNE 4
#define MOTCUA_PROCEDURE_OTHER 8

/* One version of a procedure. Set struct_size with MOTCUA_PROCEDURE_INIT. */
typedef struct motcua_procedure {
  uint32_t struct_size;
  uint32_t levels; /* bits MOTCUA_PROCEDURE_... */
  motcua_text code;
  motcua_text name;
  motcua_text field;
  motcua_text agency;
  motcua_text status; /* page, doc, list_only */
  int32_t valid_from; /* MOTCUA_NO_DAY: always */
  int32_t valid_to;   /* exclusive; MOTCUA_NO_DAY: still valid */
  size_t limit_count;
  size_t fee_count;
  motcua_text subjects;     /* joined by +: citizen, enterprise, ... */
  motcua_text decision;     /* the number of the decision that published it */
  motcua_text result;       /* joined by | */
  motcua_text online_level; /* full, partial, or empty */
  motcua_text source_date;  /* YYYY-MM-DD, or empty */
  size_t agency_count;
  size_t legal_basis_count;
  size_t case_count;
  size_t detail_count;
} motcua_procedure;
#define MOTCUA_PROCEDURE_INIT                                                                \
  {                                                                                          \
    sizeof(motcua_procedure), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, {0, 0}, \
        {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0                                           \
  }

/* A time row. Set struct_size with MOTCUA_LIMIT_ROW_INIT. */
typedef struct motcua_limit_row {
  uint32_t struct_size;
  motcua_channel channel;
  int32_t row_no; /* from 1 within the channel */
  uint32_t reserved;
  motcua_text limit; /* "3wd", "none"; empty where the page tells none */
  motcua_text value; /* the number as printed */
  motcua_text unit; /* working_day, working_hour, day, hour, month, year, none, unspecified, text */
  motcua_text raw;  /* the cell as printed */
} motcua_limit_row;
#define MOTCUA_LIMIT_ROW_INIT                                           \
  {                                                                     \
    sizeof(motcua_limit_row), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

#define MOTCUA_NO_AMOUNT INT64_MIN

/* A fee. Set struct_size with MOTCUA_FEE_ROW_INIT. */
typedef struct motcua_fee_row {
  uint32_t struct_size;
  motcua_channel channel;
  int32_t row_no; /* of the time row it hangs on */
  uint32_t reserved;
  int64_t amount_vnd; /* dong; MOTCUA_NO_AMOUNT where none is printed, never 0 for it */
  motcua_text kind;   /* fee, charge, unknown */
  motcua_text raw;
} motcua_fee_row;
#define MOTCUA_FEE_ROW_INIT                              \
  {                                                      \
    sizeof(motcua_fee_row), 0, 0, 0, 0, {0, 0}, { 0, 0 } \
  }

/* The texts of a catalogue's TSV files; procedures and time_limits are needed. Set
 * struct_size with MOTCUA_CATALOGUE_TEXTS_INIT. */
typedef struct motcua_catalogue_texts {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text procedures;
  motcua_text time_limits;
  motcua_text fees;
  motcua_text agencies;
  motcua_text legal_basis;
  motcua_text component_counts;
  motcua_text details;
  motcua_text procedure_steps;
  motcua_text linked_groups;
} motcua_catalogue_texts;
#define MOTCUA_CATALOGUE_TEXTS_INIT                                                            \
  {                                                                                            \
    sizeof(motcua_catalogue_texts), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, \
        {0, 0}, {                                                                              \
      0, 0                                                                                     \
    }                                                                                          \
  }

/* A catalogue. Free with motcua_catalogue_free(); text lent out is borrowed from it. */
typedef struct motcua_catalogue motcua_catalogue;
/* From the texts of TSV files; the first two are needed, the others may be empty.
 * The texts are copied. Errors: DATA_LOSS naming file, line, column and value. */
MOTCUA_EXPORT motcua_status motcua_catalogue_parse(motcua_text procedures, motcua_text time_limits,
                                                   motcua_text fees, motcua_text agencies,
                                                   motcua_text legal_basis, motcua_catalogue** out,
                                                   motcua_error** error);
/* The same with every table. Errors: as motcua_catalogue_parse. */
MOTCUA_EXPORT motcua_status motcua_catalogue_parse_tables(const motcua_catalogue_texts* texts,
                                                          motcua_catalogue** out,
                                                          motcua_error** error);
/* From a folder with procedures.tsv, time_limits.tsv and perhaps fees.tsv, agencies.tsv,
 * legal_basis.tsv, component_counts.tsv, details.tsv, procedure_steps.tsv and
 * linked_groups.tsv. Errors: INVALID_ARGUMENT if a file cannot be
 * read; as motcua_catalogue_parse. */
MOTCUA_EXPORT motcua_status motcua_catalogue_read(motcua_text folder, motcua_catalogue** out,
                                                  motcua_error** error);
MOTCUA_EXPORT size_t motcua_catalogue_size(const motcua_catalogue* catalogue);
/* The index of the version of `code` valid on the day `at`.
 * Errors: NOT_FOUND with reason UNKNOWN_PROCEDURE. */
MOTCUA_EXPORT motcua_status motcua_catalogue_find(const motcua_catalogue* catalogue,
                                                  motcua_text code, int32_t at, size_t* out,
                                                  motcua_error** error);
/* Errors of all below: INVALID_ARGUMENT if there is no such index or row. */
MOTCUA_EXPORT motcua_status motcua_catalogue_get(const motcua_catalogue* catalogue, size_t i,
                                                 motcua_procedure* out, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_limit(const motcua_catalogue* catalogue, size_t i,
                                                       size_t row, motcua_limit_row* out,
                                                       motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_catalogue_get_fee(const motcua_catalogue* catalogue, size_t i,
                                                     size_t row, motcua_fee_row* out,
                                                     motcua_error** error);
/* The limit of a dossier whose event names none: row 1 of the channel if all its rows
 * agree, as "3wd"; the caller frees the buffer. Errors: INVALID_ARGUMENT also where
 * the rows differ or row 1 has no unit. */
MOTCUA_EXPORT motcua_status motcua_catalogue_limit_of(const motcua_catalogue* catalogue, size_t i,
                                                      motcua_channel channel, motcua_buffer** out,
                                                      motcua_error** error);
/* What is doubtful in the catalogue; the caller frees the list. */
MOTCUA_EXPORT motcua_status motcua_catalogue_check(const motcua_catalogue* catalogue,
                                                   motcua_problem_list** out, motcua_error** error);
/* The same for the versions valid on the day `at`, against the authorities of that day. */
MOTCUA_EXPORT motcua_status motcua_catalogue_check_at(const motcua_catalogue* catalogue, int32_t at,
                                                      motcua_problem_list** out,
                                                      motcua_error** error);
/* A table as TSV: procedures, time_limits, fees, agencies, legal_basis, component_counts,
 * details, procedure_steps or linked_groups; empty if the catalogue has none. The caller
 * frees the buffer. Errors: INVALID_ARGUMENT for another name. */
MOTCUA_EXPORT motcua_status motcua_catalogue_write(const motcua_catalogue* catalogue,
                                                   motcua_text table, motcua_buffer** out,
                                                   motcua_error** error);
MOTCUA_EXPORT void motcua_catalogue_free(motcua_catalogue* catalogue);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_PROCEDURES_H_ */
