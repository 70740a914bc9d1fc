/* Agencies with identification codes, hanging on units in time. */
#ifndef MOTCUA_C_AGENCIES_H_
#define MOTCUA_C_AGENCIES_H_

#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* Which agency is this? Free with motcua_agency_directory_free(). @since ABI 1 */
typedef struct motcua_agency_directory motcua_agency_directory;
/* The codes of ministries and provinces. Errors: DATA_LOSS. */
MOTCUA_EXPORT motcua_status motcua_agency_directory_national(const motcua_registry* registry,
                                                             motcua_agency_directory** out,
                                                             motcua_error** error);
MOTCUA_EXPORT void motcua_agency_directory_free(motcua_agency_directory* directory);

/* A row of a deployment's own list. */
typedef struct motcua_agency_row {
  motcua_text code; /* either form */
  motcua_text name;
  motcua_text kind; /* the list's own word: "department" */
  motcua_text unit; /* the code of the unit it hangs on; may be empty */
  motcua_text source;
  int32_t valid_from;
  int32_t valid_to; /* exclusive; MOTCUA_NO_DAY: still valid */
} motcua_agency_row;
/* `directory` and more rows, as a new one; all or none. Errors: INVALID_ARGUMENT (a bad
 * code or day, a code that is taken), NOT_FOUND (the unit does not stand all the time),
 * naming the row. */
MOTCUA_EXPORT motcua_status motcua_agency_directory_with(const motcua_agency_directory* directory,
                                                         const motcua_agency_row* rows,
                                                         size_t count,
                                                         motcua_agency_directory** out,
                                                         motcua_error** error);

/* Set struct_size with MOTCUA_AGENCY_INIT. Text is borrowed from the list. */
typedef struct motcua_agency {
  uint32_t struct_size;
  int32_t valid_from;
  int32_t valid_to; /* exclusive; MOTCUA_NO_DAY: still valid */
  uint32_t reserved;
  motcua_text code; /* the form in force */
  motcua_text name;
  motcua_text kind;
  motcua_text source;
} motcua_agency;
#define MOTCUA_AGENCY_INIT                                           \
  {                                                                  \
    sizeof(motcua_agency), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* Agencies of a day, by code. Free with motcua_agency_list_free(). */
typedef struct motcua_agency_list motcua_agency_list;
/* The agency of a code, in either form: a list of one. Errors: INVALID_ARGUMENT,
 * OUT_OF_RANGE, NOT_FOUND with reason UNKNOWN_UNIT. */
MOTCUA_EXPORT motcua_status motcua_agency_directory_find(const motcua_agency_directory* directory,
                                                         motcua_text code, int32_t at,
                                                         motcua_agency_list** out,
                                                         motcua_error** error);
/* Those that hang on `unit` itself and lie within the agency `within`; either may be
 * empty: any. Errors as above, and those of motcua_registry_find for `unit`. */
MOTCUA_EXPORT motcua_status motcua_agency_directory_list(const motcua_agency_directory* directory,
                                                         int32_t at, motcua_text unit,
                                                         motcua_text within,
                                                         motcua_agency_list** out,
                                                         motcua_error** error);
MOTCUA_EXPORT size_t motcua_agency_list_size(const motcua_agency_list* list);
/* Errors: INVALID_ARGUMENT if i is no index. */
MOTCUA_EXPORT motcua_status motcua_agency_list_get(const motcua_agency_list* list, size_t i,
                                                   motcua_agency* out, motcua_error** error);
/* The unit of agency i: a list of one, or empty; borrowed. NULL if i is no index. */
MOTCUA_EXPORT const motcua_unit_list* motcua_agency_list_unit(const motcua_agency_list* list,
                                                              size_t i);
MOTCUA_EXPORT void motcua_agency_list_free(motcua_agency_list* list);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_AGENCIES_H_ */
