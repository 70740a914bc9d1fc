/* A foreign catalogue of units against the registry; territories that compare. */
#ifndef MOTCUA_C_RECONCILIATION_H_
#define MOTCUA_C_RECONCILIATION_H_

#include "motcua/c/text.h"
#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* What a foreign catalogue says of one unit; any may be empty. @since ABI 1 */
typedef struct motcua_catalogue_row {
  motcua_text code;
  motcua_text name;   /* with or without the level word */
  motcua_text parent; /* code or name */
} motcua_catalogue_row;

typedef int32_t motcua_finding_kind;
#define MOTCUA_FINDING_EXACT 0
#define MOTCUA_FINDING_SPELLING 1
#define MOTCUA_FINDING_TYPE 2
#define MOTCUA_FINDING_PARENT 3
#define MOTCUA_FINDING_CODE 4
#define MOTCUA_FINDING_STALE 5
#define MOTCUA_FINDING_AMBIGUOUS 6
#define MOTCUA_FINDING_SURPLUS 7
#define MOTCUA_FINDING_MISSING 8
/* "exact", "spelling", ...; static. */
MOTCUA_EXPORT motcua_text motcua_finding_kind_name(motcua_finding_kind kind);

/* Which units are looked for as missing. Set struct_size with MOTCUA_SCOPE_INIT. */
typedef struct motcua_scope {
  uint32_t struct_size;
  motcua_level level; /* MOTCUA_LEVEL_ANY: of every level */
  motcua_text within; /* the code of a unit they lie in; empty: anywhere */
} motcua_scope;
#define MOTCUA_SCOPE_INIT             \
  {                                   \
    sizeof(motcua_scope), 0, { 0, 0 } \
  }

/* Set struct_size with MOTCUA_FINDING_INIT. */
typedef struct motcua_finding {
  uint32_t struct_size;
  motcua_finding_kind kind;
  int64_t row;        /* -1: a unit without a row */
  motcua_stage stage; /* how the name matches; MOTCUA_STAGE_NONE: it does not, or there is none */
  uint32_t reserved;
  motcua_text proposal; /* the correction, in words; borrowed from the reconciliation */
} motcua_finding;
#define MOTCUA_FINDING_INIT                      \
  {                                              \
    sizeof(motcua_finding), 0, 0, 0, 0, { 0, 0 } \
  }

/* Free with motcua_reconciliation_free(). */
typedef struct motcua_reconciliation motcua_reconciliation;
/* Exactly one finding a row, in order, then one for each unit of `scope` without a
 * row. `scope` may be NULL: every unit of the day.
 * Errors: INVALID_ARGUMENT (text that is not UTF-8, naming the row), OUT_OF_RANGE,
 * NOT_FOUND (scope.within). */
MOTCUA_EXPORT motcua_status motcua_registry_reconcile(
    const motcua_registry* registry, const motcua_catalogue_row* rows, size_t count, int32_t at,
    const motcua_scope* scope, motcua_reconciliation** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_reconciliation_size(const motcua_reconciliation* reconciliation);
/* Errors: INVALID_ARGUMENT if i is no index. */
MOTCUA_EXPORT motcua_status motcua_reconciliation_get(const motcua_reconciliation* reconciliation,
                                                      size_t i, motcua_finding* out,
                                                      motcua_error** error);
/* The best unit of finding i: a list of one, or empty; borrowed. NULL if i is no index. */
MOTCUA_EXPORT const motcua_unit_list* motcua_reconciliation_unit(
    const motcua_reconciliation* reconciliation, size_t i);
/* Successors of a stale unit, candidates of an ambiguous row; borrowed. */
MOTCUA_EXPORT const motcua_unit_list* motcua_reconciliation_others(
    const motcua_reconciliation* reconciliation, size_t i);
MOTCUA_EXPORT void motcua_reconciliation_free(motcua_reconciliation* reconciliation);

/* Groups of units of two days with the same territory. Free with
 * motcua_equivalents_free(). The later day may come first: the sides are exchanged. */
typedef struct motcua_equivalents motcua_equivalents;
/* Errors: OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_registry_equivalents(const motcua_registry* registry,
                                                        int32_t first, int32_t second,
                                                        motcua_equivalents** out,
                                                        motcua_error** error);
MOTCUA_EXPORT size_t motcua_equivalents_size(const motcua_equivalents* equivalents);
/* The units of group i on the first day (side 0) or the second (side 1); borrowed.
 * NULL if there is no such group or side. */
MOTCUA_EXPORT const motcua_unit_list* motcua_equivalents_side(const motcua_equivalents* equivalents,
                                                              size_t i, int32_t side);
/* 1 if every path between the two sides of group i is known, else 0. */
MOTCUA_EXPORT int32_t motcua_equivalents_known(const motcua_equivalents* equivalents, size_t i);
MOTCUA_EXPORT void motcua_equivalents_free(motcua_equivalents* equivalents);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_RECONCILIATION_H_ */
