/* Administrative units over time: look-up and succession. */
#ifndef MOTCUA_C_UNITS_H_
#define MOTCUA_C_UNITS_H_

#include "motcua/c/base.h"

MOTCUA_EXTERN_C_BEGIN

typedef int32_t motcua_level;
#define MOTCUA_LEVEL_ANY 0
#define MOTCUA_LEVEL_PROVINCE 1
#define MOTCUA_LEVEL_DISTRICT 2
#define MOTCUA_LEVEL_COMMUNE 3

/* A unit as it stood on `as_of`. Text is borrowed from the handle the unit was
 * read from. Days as in motcua.h. Set struct_size with MOTCUA_UNIT_INIT.
 * @since ABI 1 */
typedef struct motcua_unit {
  uint32_t struct_size;
  motcua_level level;
  motcua_text code;        /* "24829"; names nothing without a day */
  motcua_text type;        /* "Phường" */
  motcua_text name;        /* "B'Lao" */
  motcua_text full_name;   /* "Phường B'Lao" */
  motcua_text key;         /* identity across renaming and retyping: "24829@2025-07-01" */
  motcua_text parent_code; /* of the parent on `as_of`; empty for a province */
  int32_t valid_from;
  int32_t valid_to; /* exclusive; MOTCUA_NO_DAY: still valid */
  int32_t as_of;
} motcua_unit;
#define MOTCUA_UNIT_INIT \
  { sizeof(motcua_unit), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0 }

/* Units, in the order of their codes. Free with motcua_unit_list_free(). */
typedef struct motcua_unit_list motcua_unit_list;
MOTCUA_EXPORT size_t motcua_unit_list_size(const motcua_unit_list* list);
/* Errors: INVALID_ARGUMENT if i is no index of the list. */
MOTCUA_EXPORT motcua_status motcua_unit_list_get(const motcua_unit_list* list, size_t i,
                                                 motcua_unit* out, motcua_error** error);
MOTCUA_EXPORT void motcua_unit_list_free(motcua_unit_list* list);

/* Every unit since 2004-08-31. Free with motcua_registry_free(); handles made from
 * it stay good after that. */
typedef struct motcua_registry motcua_registry;
/* `dataset` may be NULL: the built-in facts. Errors: DATA_LOSS. */
MOTCUA_EXPORT motcua_status motcua_registry_national(const motcua_dataset* dataset,
                                                     motcua_registry** out, motcua_error** error);
MOTCUA_EXPORT void motcua_registry_free(motcua_registry* registry);
/* The first day it knows. */
MOTCUA_EXPORT int32_t motcua_registry_first_day(const motcua_registry* registry);
/* The version of the facts it answers from; borrowed. @since ABI 1 */
MOTCUA_EXPORT motcua_text motcua_registry_dataset_version(const motcua_registry* registry);

/* The unit of `code` on the day `at`: a list of one.
 * Errors: INVALID_ARGUMENT (not 2, 3 or 5 digits); OUT_OF_RANGE with reason
 * OUTSIDE_COVERAGE (a day before the first); NOT_FOUND with reason UNKNOWN_UNIT. */
MOTCUA_EXPORT motcua_status motcua_registry_find(const motcua_registry* registry, motcua_text code,
                                                 int32_t at, motcua_unit_list** out,
                                                 motcua_error** error);
/* All units of a day: of one level or MOTCUA_LEVEL_ANY, under one parent or, if
 * parent_code is empty, under any. Errors as motcua_registry_find. */
MOTCUA_EXPORT motcua_status motcua_registry_units(const motcua_registry* registry, int32_t at,
                                                  motcua_level level, motcua_text parent_code,
                                                  motcua_unit_list** out, motcua_error** error);
/* The units of a day whose name, or a listed variant of it, folds to the search key
 * of `name`, which may begin with the level word. Perhaps none.
 * Errors: INVALID_ARGUMENT (not UTF-8), OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_registry_named(const motcua_registry* registry, motcua_text name,
                                                  int32_t at, motcua_unit_list** out,
                                                  motcua_error** error);

typedef int32_t motcua_succession_kind;
#define MOTCUA_SUCCESSION_UNCHANGED 0
#define MOTCUA_SUCCESSION_RENAMED 1
#define MOTCUA_SUCCESSION_RETYPED 2
#define MOTCUA_SUCCESSION_RECODED 3
#define MOTCUA_SUCCESSION_MERGED 4
#define MOTCUA_SUCCESSION_SPLIT 5
#define MOTCUA_SUCCESSION_ABOLISHED 6
#define MOTCUA_SUCCESSION_UNKNOWN 7
/* "unchanged", "merged", ...; static. */
MOTCUA_EXPORT motcua_text motcua_succession_kind_name(motcua_succession_kind kind);

typedef int32_t motcua_extent;
#define MOTCUA_EXTENT_WHOLE 0
#define MOTCUA_EXTENT_PART 1
#define MOTCUA_EXTENT_UNKNOWN 2
MOTCUA_EXPORT motcua_text motcua_extent_name(motcua_extent extent);

typedef int32_t motcua_moved;
#define MOTCUA_MOVED_ALL 0
#define MOTCUA_MOVED_UNCHANGED 1
#define MOTCUA_MOVED_AREA 2
#define MOTCUA_MOVED_AREA_POPULATION 3
#define MOTCUA_MOVED_AREA_ALL_POPULATION 4
#define MOTCUA_MOVED_POPULATION 5
#define MOTCUA_MOVED_UNKNOWN 6
MOTCUA_EXPORT motcua_text motcua_moved_name(motcua_moved moved);

/* One successor or predecessor. Set struct_size with MOTCUA_SUCCESSION_EDGE_INIT. */
typedef struct motcua_succession_edge {
  uint32_t struct_size;
  motcua_extent extent; /* how much of the older unit lies in the newer one */
  motcua_moved moved;   /* what went from the older to the newer */
  uint32_t reserved;
  size_t step_count;
} motcua_succession_edge;
#define MOTCUA_SUCCESSION_EDGE_INIT \
  { sizeof(motcua_succession_edge), 0, 0, 0, 0 }

/* One act on the way. Set struct_size with MOTCUA_SUCCESSION_STEP_INIT. */
typedef struct motcua_succession_step {
  uint32_t struct_size;
  int32_t date;    /* in force */
  motcua_text act; /* empty where the list changed without an act */
  int32_t article; /* 0: not known */
  int32_t clause;  /* 0: not known */
} motcua_succession_step;
#define MOTCUA_SUCCESSION_STEP_INIT \
  { sizeof(motcua_succession_step), 0, {0, 0}, 0, 0 }

/* What became of a unit, or out of what it came. Free with motcua_succession_free(). */
typedef struct motcua_succession motcua_succession;
/* By `until`, the unit of `code` on `since`. Errors as motcua_registry_find;
 * INVALID_ARGUMENT if until is before since. */
MOTCUA_EXPORT motcua_status motcua_registry_successors(const motcua_registry* registry,
                                                       motcua_text code, int32_t since,
                                                       int32_t until, motcua_succession** out,
                                                       motcua_error** error);
/* On `since`, of the unit of `code` on `until`. Errors as above. */
MOTCUA_EXPORT motcua_status motcua_registry_predecessors(const motcua_registry* registry,
                                                         motcua_text code, int32_t until,
                                                         int32_t since, motcua_succession** out,
                                                         motcua_error** error);
MOTCUA_EXPORT motcua_succession_kind
motcua_succession_get_kind(const motcua_succession* succession);
/* The units of the edges, in the order of the edges; borrowed. */
MOTCUA_EXPORT const motcua_unit_list* motcua_succession_units(const motcua_succession* succession);
/* The province that answers for an abolished district: a list of one, else empty; borrowed. */
MOTCUA_EXPORT const motcua_unit_list* motcua_succession_answered_by(
    const motcua_succession* succession);
/* Errors: INVALID_ARGUMENT if there is no such edge or step. */
MOTCUA_EXPORT motcua_status motcua_succession_get_edge(const motcua_succession* succession,
                                                       size_t edge, motcua_succession_edge* out,
                                                       motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_succession_get_step(const motcua_succession* succession,
                                                       size_t edge, size_t step,
                                                       motcua_succession_step* out,
                                                       motcua_error** error);
MOTCUA_EXPORT void motcua_succession_free(motcua_succession* succession);

/* Successors in bulk. Free with motcua_translation_free(). */
typedef struct motcua_translation motcua_translation;
/* `codes` are `count` codes, `stride` bytes apart, padded with NUL (NumPy's "S5":
 * stride 5). A code that is no unit's on `since` gives no successors; its row is
 * listed in motcua_translation_unknown(). Errors: INVALID_ARGUMENT, OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_registry_translate(const motcua_registry* registry,
                                                      const char* codes, size_t count,
                                                      size_t stride, int32_t since, int32_t until,
                                                      motcua_translation** out,
                                                      motcua_error** error);
/* count + 1 offsets: the successors of row i are codes [offsets[i], offsets[i + 1]). */
MOTCUA_EXPORT const int64_t* motcua_translation_offsets(const motcua_translation* translation);
/* The codes, 5 bytes each, padded with NUL. */
MOTCUA_EXPORT const char* motcua_translation_codes(const motcua_translation* translation);
MOTCUA_EXPORT size_t motcua_translation_unknown_count(const motcua_translation* translation);
MOTCUA_EXPORT const size_t* motcua_translation_unknown(const motcua_translation* translation);
MOTCUA_EXPORT void motcua_translation_free(motcua_translation* translation);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_UNITS_H_ */
