/* Statistics moved along succession. */
#ifndef MOTCUA_C_CARRY_H_
#define MOTCUA_C_CARRY_H_

#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

typedef int32_t motcua_carry_by;
#define MOTCUA_CARRY_BY_POPULATION 0
#define MOTCUA_CARRY_BY_AREA 1

typedef int32_t motcua_carry_note;
#define MOTCUA_CARRY_NONE 0
#define MOTCUA_CARRY_NO_SUCCESSOR 1   /* left over: the sources name none */
#define MOTCUA_CARRY_SPLIT 2          /* left over: nothing says how to part it */
#define MOTCUA_CARRY_EXTENT_UNKNOWN 3 /* given on; no text says that it is the whole */
#define MOTCUA_CARRY_COUNTED_BELOW 4  /* left over: a district; communes of it have rows */
/* "no_successor", "split", "extent_unknown", "counted_below"; static. */
MOTCUA_EXPORT motcua_text motcua_carry_note_name(motcua_carry_note note);

/* The share of unit `from` that its successor `to` has; shares need not add up to 1. */
typedef struct motcua_carry_weight {
  motcua_text from;
  motcua_text to;
  double weight;
} motcua_carry_weight;

/* Set struct_size with MOTCUA_CARRY_OPTIONS_INIT. @since ABI 1 */
typedef struct motcua_carry_options {
  uint32_t struct_size;
  motcua_carry_by by;
  const motcua_carry_weight* weights;
  size_t weight_count;
} motcua_carry_options;
#define MOTCUA_CARRY_OPTIONS_INIT \
  { sizeof(motcua_carry_options), 0, 0, 0 }

/* Free with motcua_carried_free(). */
typedef struct motcua_carried motcua_carried;
/* Moves whole numbers from the units of `since` to those of `until`, which may be the
 * earlier day. A unit with one successor gives it everything; one that was split gives
 * everything to the one that has all residents (all land), if the act says so, else it
 * needs weights; what cannot be given on is left over. What is given and what is left
 * over add up to what came in; parts are rounded by the largest remainder.
 * `options` may be NULL. Errors: INVALID_ARGUMENT, OUT_OF_RANGE, NOT_FOUND (naming the
 * row). */
MOTCUA_EXPORT motcua_status motcua_registry_carry_int64(const motcua_registry* registry,
                                                        const motcua_text* codes,
                                                        const int64_t* values, size_t count,
                                                        int32_t since, int32_t until,
                                                        const motcua_carry_options* options,
                                                        motcua_carried** out, motcua_error** error);
/* The same with fractions: the last part is what the others leave. */
MOTCUA_EXPORT motcua_status motcua_registry_carry_double(
    const motcua_registry* registry, const motcua_text* codes, const double* values, size_t count,
    int32_t since, int32_t until, const motcua_carry_options* options, motcua_carried** out,
    motcua_error** error);

/* The units that received something, by code; borrowed. */
MOTCUA_EXPORT const motcua_unit_list* motcua_carried_units(const motcua_carried* carried);
/* One value a unit; the one of the two that the call was made with, else NULL. */
MOTCUA_EXPORT const int64_t* motcua_carried_int64(const motcua_carried* carried);
MOTCUA_EXPORT const double* motcua_carried_double(const motcua_carried* carried);
/* Rows that were left over (NO_SUCCESSOR, SPLIT, COUNTED_BELOW) or given on an assumption
 * (EXTENT_UNKNOWN); the rows are rising. */
MOTCUA_EXPORT size_t motcua_carried_note_count(const motcua_carried* carried);
/* The k-th of them. SIZE_MAX and MOTCUA_CARRY_NONE if there is none. */
MOTCUA_EXPORT size_t motcua_carried_note_row(const motcua_carried* carried, size_t k);
MOTCUA_EXPORT motcua_carry_note motcua_carried_note(const motcua_carried* carried, size_t k);
MOTCUA_EXPORT void motcua_carried_free(motcua_carried* carried);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_CARRY_H_ */
