/* Free text to the units it may mean. */
#ifndef MOTCUA_C_RESOLVER_H_
#define MOTCUA_C_RESOLVER_H_

#include "motcua/c/text.h"
#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* Set struct_size with MOTCUA_MATCH_INIT. @since ABI 1 */
typedef struct motcua_match {
  uint32_t struct_size;
  motcua_stage stage; /* of the worst part of the text */
  double score;       /* 0..1; 0.9 or more: certain */
  int32_t ambiguous;  /* 1: another unit fits as well */
  uint32_t reserved;
  size_t begin; /* bytes [begin, end) of the text that name the unit itself */
  size_t end;
  motcua_text rest; /* what stands before the first part that matched; borrowed */
} motcua_match;
#define MOTCUA_MATCH_INIT                            \
  {                                                  \
    sizeof(motcua_match), 0, 0, 0, 0, 0, 0, { 0, 0 } \
  }

/* Candidates, best first, one a unit. Free with motcua_match_list_free(). */
typedef struct motcua_match_list motcua_match_list;
/* `text` may hold a street and a house number, old and new names, with or without
 * districts; `at` ranks and never hides. At most `max` candidates; none if the text
 * names no unit.
 * Errors: INVALID_ARGUMENT (not UTF-8, over 4,096 bytes), OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_registry_resolve(const motcua_registry* registry,
                                                    motcua_text text, int32_t at, size_t max,
                                                    motcua_match_list** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_match_list_size(const motcua_match_list* list);
/* Errors: INVALID_ARGUMENT if i is no index. */
MOTCUA_EXPORT motcua_status motcua_match_list_get(const motcua_match_list* list, size_t i,
                                                  motcua_match* out, motcua_error** error);
/* The units of the matches, in their order; borrowed. */
MOTCUA_EXPORT const motcua_unit_list* motcua_match_list_units(const motcua_match_list* list);
/* What match i is on `today`: its successors, those with residents first, or itself.
 * Errors: INVALID_ARGUMENT, OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_match_list_current(const motcua_match_list* list, size_t i,
                                                      int32_t today, motcua_succession** out,
                                                      motcua_error** error);
MOTCUA_EXPORT void motcua_match_list_free(motcua_match_list* list);

/* The best unit of one text of many; all zero where there is none. */
typedef struct motcua_resolved {
  char code[8]; /* NUL-padded */
  double score;
  int32_t valid_from;
  motcua_stage stage; /* MOTCUA_STAGE_NONE: no unit */
  int32_t ambiguous;
  uint32_t reserved;
} motcua_resolved;

/* Resolves `count` texts into the caller's array `out`. Bad texts give no unit; the
 * failure lists their rows, after all others have been resolved.
 * Errors: INVALID_ARGUMENT, OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_registry_resolve_many(const motcua_registry* registry,
                                                         const motcua_text* texts, size_t count,
                                                         int32_t at, motcua_resolved* out,
                                                         motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_RESOLVER_H_ */
