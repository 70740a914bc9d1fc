/* Identifiers: agencies, units, procedures, dossiers, citizens, taxpayers. Each is
 * parsed from text, refused with what was expected, and given back in one form.
 * Texts of the structs are NUL-terminated and part of the struct. */
#ifndef MOTCUA_C_IDENTIFIERS_H_
#define MOTCUA_C_IDENTIFIERS_H_

#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* Set struct_size with MOTCUA_AGENCY_CODE_INIT. @since ABI 1 */
typedef struct motcua_agency_code {
  uint32_t struct_size;
  char text[36];     /* the form in force: "H36.12" */
  char old_form[36]; /* "000.00.12.H36"; empty if it cannot be written so */
  char parent[36];   /* one level up: "H36"; empty for a root */
} motcua_agency_code;
#define MOTCUA_AGENCY_CODE_INIT                 \
  {                                             \
    sizeof(motcua_agency_code), {0}, {0}, { 0 } \
  }
/* Either written form. Errors: INVALID_ARGUMENT. */
MOTCUA_EXPORT motcua_status motcua_agency_code_parse(motcua_text text, motcua_agency_code* out,
                                                     motcua_error** error);

/* The level that a unit's code has by its digits. Whether it stands on a day,
 * motcua_registry_find() tells. Errors: INVALID_ARGUMENT. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_unit_code_parse(motcua_text text, motcua_level* out,
                                                   motcua_error** error);

/* Set struct_size with MOTCUA_PROCEDURE_CODE_INIT. @since ABI 1 */
typedef struct motcua_procedure_code {
  uint32_t struct_size;
  int32_t clean;     /* 0: it was repaired (spaces, label, punctuation, a misplaced dot) */
  char national[12]; /* "1.004616" */
  char agency[36];   /* of the suffix, in the form in force; empty: none */
  char text[48];     /* "1.004616.H56" */
} motcua_procedure_code;
#define MOTCUA_PROCEDURE_CODE_INIT                    \
  {                                                   \
    sizeof(motcua_procedure_code), 0, {0}, {0}, { 0 } \
  }
MOTCUA_EXPORT motcua_status motcua_procedure_code_parse(motcua_text text,
                                                        motcua_procedure_code* out,
                                                        motcua_error** error);

/* Set struct_size with MOTCUA_DOSSIER_NUMBER_INIT. @since ABI 1 */
typedef struct motcua_dossier_number {
  uint32_t struct_size;
  int32_t date;
  int32_t date_digits; /* 6 or 8 */
  char agency[36];     /* as written */
  char serial[8];      /* 4 to 7 digits */
  char text[56];
} motcua_dossier_number;
#define MOTCUA_DOSSIER_NUMBER_INIT                       \
  {                                                      \
    sizeof(motcua_dossier_number), 0, 0, {0}, {0}, { 0 } \
  }
MOTCUA_EXPORT motcua_status motcua_dossier_number_parse(motcua_text text,
                                                        motcua_dossier_number* out,
                                                        motcua_error** error);
/* Writes a number: date_digits 6 or 8, the serial padded to serial_digits, 4 to 7. */
MOTCUA_EXPORT motcua_status motcua_dossier_number_make(motcua_text agency, int32_t date,
                                                       int64_t serial, int32_t date_digits,
                                                       int32_t serial_digits,
                                                       motcua_dossier_number* out,
                                                       motcua_error** error);

typedef int32_t motcua_sex;
#define MOTCUA_SEX_MALE 0
#define MOTCUA_SEX_FEMALE 1
#define MOTCUA_SEX_NOT_GIVEN (-1)

/* Personal data: keep it out of logs, or show `masked`. Set struct_size with
 * MOTCUA_CITIZEN_NUMBER_INIT. @since ABI 1 */
typedef struct motcua_citizen_number {
  uint32_t struct_size;
  motcua_sex sex;
  int32_t birth_year;
  int32_t abroad; /* 1: the place is a country; its code is not checked */
  char place[4];  /* "068": 0 and the code of an old province, or a country */
  char text[16];
  char masked[16]; /* "068*********" */
} motcua_citizen_number;
#define MOTCUA_CITIZEN_NUMBER_INIT                          \
  {                                                         \
    sizeof(motcua_citizen_number), 0, 0, 0, {0}, {0}, { 0 } \
  }
/* `sex` MOTCUA_SEX_NOT_GIVEN, `birth_year` and `not_after` 0: not compared.
 * Errors: INVALID_ARGUMENT; no message shows the number. */
MOTCUA_EXPORT motcua_status motcua_citizen_number_parse(motcua_text text, motcua_sex sex,
                                                        int32_t birth_year, int32_t not_after,
                                                        motcua_citizen_number* out,
                                                        motcua_error** error);

/* Set struct_size with MOTCUA_TAX_CODE_INIT. @since ABI 1 */
typedef struct motcua_tax_code {
  uint32_t struct_size;
  char base[12];  /* "0100109106" */
  char branch[4]; /* "001"; empty: no dependent unit */
  char text[16];
} motcua_tax_code;
#define MOTCUA_TAX_CODE_INIT                 \
  {                                          \
    sizeof(motcua_tax_code), {0}, {0}, { 0 } \
  }
/* `zero_sum` 1: where the weighted sum is divisible by 11 the check digit is 0; with 0
 * such a code is refused. Errors: INVALID_ARGUMENT, with the code masked. */
MOTCUA_EXPORT motcua_status motcua_tax_code_parse(motcua_text text, int32_t zero_sum,
                                                  motcua_tax_code* out, motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_IDENTIFIERS_H_ */
