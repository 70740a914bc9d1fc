/* Why a dossier is due when it is, and what a new calendar changes. */
#ifndef MOTCUA_C_EXPLANATION_H_
#define MOTCUA_C_EXPLANATION_H_

#include "motcua/c/deadline.h"

MOTCUA_EXTERN_C_BEGIN

#define MOTCUA_VIETNAMESE 0
#define MOTCUA_ENGLISH 1

/* What a day did for the clock. */
#define MOTCUA_DAY_START 0 /* day 0, not counted */
#define MOTCUA_DAY_COUNTED 1
#define MOTCUA_DAY_HALF 2 /* counted in part, or a shortened day */
#define MOTCUA_DAY_SKIPPED 3
#define MOTCUA_DAY_PAUSED 4

/* A day from receipt to due; text is borrowed from the explanation. */
typedef struct motcua_explained_day {
  uint32_t struct_size;
  int32_t day;
  int32_t mark;        /* MOTCUA_DAY_* */
  int32_t due;         /* 1: the due day */
  int32_t provisional; /* 1: of a year without a complete official table */
  int32_t minutes;     /* working minutes counted, for limits in minutes; else 0 */
  motcua_text reason;
  motcua_text source; /* article, notice or decision; empty on an ordinary day */
} motcua_explained_day;
#define MOTCUA_EXPLAINED_DAY_INIT                                                   \
  {                                                                                 \
    sizeof(motcua_explained_day), MOTCUA_NO_DAY, 0, 0, 0, 0, {NULL, 0}, { NULL, 0 } \
  }

/* Free with motcua_explanation_free(). */
typedef struct motcua_explanation motcua_explanation;
/* Every day from the acceptance to the due day (or to an open pause). `options` may be NULL.
 * Errors: as motcua_deadline_compute. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_deadline_explain(const motcua_calendar* calendar,
                                                    const motcua_time_limit* limit,
                                                    int64_t accepted_at,
                                                    const motcua_deadline_options* options,
                                                    int32_t language, motcua_explanation** out,
                                                    motcua_error** error);
MOTCUA_EXPORT size_t motcua_explanation_count(const motcua_explanation* explanation);
/* `out->struct_size` must be set. Errors: INVALID_ARGUMENT past the end. */
MOTCUA_EXPORT motcua_status motcua_explanation_get(const motcua_explanation* explanation, size_t k,
                                                   motcua_explained_day* out, motcua_error** error);
MOTCUA_EXPORT void motcua_explanation_free(motcua_explanation* explanation);

/* A dossier as its deadline sees it. */
typedef struct motcua_clock {
  const motcua_time_limit* limit;
  int64_t accepted_at;
  const motcua_deadline_options* options; /* may be NULL */
} motcua_clock;

/* A dossier whose due time moves, or that an open pause holds with more or less left. */
typedef struct motcua_moved_deadline {
  size_t dossier; /* index of its clock */
  int64_t old_due;
  int64_t new_due;
  const int32_t* changed_days; /* between start and due, seen differently; borrowed */
  size_t changed_day_count;
  int32_t paused;      /* 1: an open pause holds it; both due times are MOTCUA_NO_MINUTE */
  int32_t provisional; /* 1: the new due time leans on a year without a complete table */
  int64_t old_left;    /* paused: working minutes left when the pause began; else 0 */
  int64_t new_left;
} motcua_moved_deadline;

/* One of the changed days, and what stands on it now (or stood, if nothing does now). */
typedef struct motcua_changed_day {
  uint32_t struct_size;
  int32_t day;
  int32_t old_minutes; /* working minutes of the day */
  int32_t new_minutes;
  motcua_text name;
  motcua_text source; /* article, notice or decision; text is borrowed from the recomputation */
} motcua_changed_day;
#define MOTCUA_CHANGED_DAY_INIT                                             \
  {                                                                         \
    sizeof(motcua_changed_day), MOTCUA_NO_DAY, 0, 0, {NULL, 0}, { NULL, 0 } \
  }

/* Free with motcua_recomputation_free(). */
typedef struct motcua_recomputation motcua_recomputation;
/* The clocks whose due time (under an open pause: what is left) differs between the two
 * calendars, in order.
 * Errors: as motcua_deadline_compute, naming the dossier's index; nothing is returned. */
MOTCUA_EXPORT motcua_status motcua_recompute(const motcua_calendar* before,
                                             const motcua_calendar* after,
                                             const motcua_clock* clocks, size_t count,
                                             motcua_recomputation** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_recomputation_count(const motcua_recomputation* recomputation);
/* Borrowed from `recomputation`; NULL past the end. */
MOTCUA_EXPORT const motcua_moved_deadline* motcua_recomputation_at(
    const motcua_recomputation* recomputation, size_t k);
/* The `day`-th changed day of the k-th moved deadline. `out->struct_size` must be set.
 * Errors: INVALID_ARGUMENT past the end. */
MOTCUA_EXPORT motcua_status
motcua_recomputation_changed_day(const motcua_recomputation* recomputation, size_t k, size_t day,
                                 motcua_changed_day* out, motcua_error** error);
MOTCUA_EXPORT void motcua_recomputation_free(motcua_recomputation* recomputation);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_EXPLANATION_H_ */
