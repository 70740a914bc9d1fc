/* Time limits and deadlines. */
#ifndef MOTCUA_C_DEADLINE_H_
#define MOTCUA_C_DEADLINE_H_

#include "motcua/c/calendar.h"

MOTCUA_EXTERN_C_BEGIN

/* A time limit such as "3wd" or "same_day@15:00". Free with motcua_time_limit_free(). */
typedef struct motcua_time_limit motcua_time_limit;
/* Errors: INVALID_ARGUMENT naming what was expected. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_time_limit_parse(motcua_text text, motcua_time_limit** out,
                                                    motcua_error** error);
/* `limit` and then `extra`, e.g. 10 more working days in a disadvantaged commune. */
MOTCUA_EXPORT motcua_status motcua_time_limit_plus(const motcua_time_limit* limit,
                                                   const motcua_time_limit* extra,
                                                   motcua_time_limit** out, motcua_error** error);
/* The canonical text; borrowed from the limit. */
MOTCUA_EXPORT motcua_text motcua_time_limit_text(const motcua_time_limit* limit);
MOTCUA_EXPORT void motcua_time_limit_free(motcua_time_limit* limit);

/* How working days are counted. */
#define MOTCUA_BY_DAY 0
#define MOTCUA_BY_HOUR 1

/* What the end of a pause does: what was left goes on; a new acceptance; the due time moves
 * by the pause's working days (by_hour: minutes). */
#define MOTCUA_RESUME 0
#define MOTCUA_RESTART 1
#define MOTCUA_SHIFT 2

/* The clock stands in the minutes [from, to); `to` MOTCUA_NO_MINUTE: still open. */
typedef struct motcua_pause {
  int64_t from;
  int64_t to;
  int32_t practice;
  int32_t reserved; /* 0 */
} motcua_pause;

typedef struct motcua_deadline_options {
  uint32_t struct_size;
  int32_t policy;             /* MOTCUA_BY_DAY */
  const motcua_pause* pauses; /* sorted and disjoint; borrowed for the call */
  size_t pause_count;
  int64_t extension; /* the new due minute; MOTCUA_NO_MINUTE: none */
} motcua_deadline_options;
#define MOTCUA_DEADLINE_OPTIONS_INIT \
  { sizeof(motcua_deadline_options), MOTCUA_BY_DAY, NULL, 0, MOTCUA_NO_MINUTE }

typedef struct motcua_deadline {
  uint32_t struct_size;
  uint32_t pauses_counted; /* leading pauses that changed something or are open */
  int64_t effective_start; /* minute */
  int64_t due;             /* last minute in time; MOTCUA_NO_MINUTE: none, or an open pause */
  int64_t original_due;    /* before the extension */
  int64_t left_at_pause;   /* working minutes left when the open pause began */
  int32_t paused;          /* 1: a pause is open */
  int32_t provisional;     /* 1: leans on a year without a complete official table */
} motcua_deadline;
#define MOTCUA_DEADLINE_INIT \
  { sizeof(motcua_deadline), 0, 0, 0, 0, 0, 0, 0 }

/* The deadline of one dossier. `options` may be NULL. `out->struct_size` must be set.
 * Errors: INVALID_ARGUMENT (fraction of a working day by day; pauses unsorted, overlapping or
 * empty; an extension before the old due time), OUT_OF_RANGE. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_deadline_compute(const motcua_calendar* calendar,
                                                    const motcua_time_limit* limit,
                                                    int64_t accepted_at,
                                                    const motcua_deadline_options* options,
                                                    motcua_deadline* out, motcua_error** error);

/* Which calendar and limit each row of a batch is counted with. */
typedef struct motcua_deadline_rules {
  uint32_t struct_size;
  int32_t policy;
  const motcua_calendar* const* calendars; /* at least one */
  size_t calendar_count;
  const int32_t* calendar_of_row; /* NULL: calendars[0] for every row */
  ptrdiff_t calendar_stride;
  const motcua_time_limit* const* limits; /* at least one */
  size_t limit_count;
  const int32_t* limit_of_row; /* NULL: limits[0] for every row */
  ptrdiff_t limit_stride;
  int32_t threads;  /* 0 or 1: the caller's alone; short columns use fewer */
  int32_t reserved; /* 0 */
} motcua_deadline_rules;
#define MOTCUA_DEADLINE_RULES_INIT                                                               \
  {                                                                                              \
    sizeof(motcua_deadline_rules), MOTCUA_BY_DAY, NULL, 0, NULL, sizeof(int32_t), NULL, 0, NULL, \
        sizeof(int32_t), 1, 0                                                                    \
  }

/* The due minutes of a column of acceptance minutes; strides in bytes. NaT in gives NaT
 * out, a limit of none gives NaT. A row that fails gets NaT and is named by the error; every
 * other row is computed. */
MOTCUA_EXPORT motcua_status motcua_deadline_batch(const motcua_deadline_rules* rules, size_t rows,
                                                  const int64_t* accepted_at,
                                                  ptrdiff_t accepted_stride, int64_t* due,
                                                  ptrdiff_t due_stride, motcua_error** error);

/* The greatest minute whose due time is not after `due`. Errors: OUT_OF_RANGE where no acceptance
 * within coverage meets it; INVALID_ARGUMENT for a limit of none. */
MOTCUA_EXPORT motcua_status motcua_deadline_latest_acceptance(const motcua_calendar* calendar,
                                                              const motcua_time_limit* limit,
                                                              int64_t due, int32_t policy,
                                                              int64_t* out, motcua_error** error);

/* The same of a column of due minutes, which belongs to `rules` as in motcua_deadline_batch:
 * strides in bytes, NaT in gives NaT out, a row that fails gets NaT and is named by the error.
 * @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_latest_acceptance_batch(const motcua_deadline_rules* rules,
                                                           size_t rows, const int64_t* due,
                                                           ptrdiff_t due_stride, int64_t* latest,
                                                           ptrdiff_t latest_stride,
                                                           motcua_error** error);

/* Working minutes left at `now` (negative when late; while a pause is open, what was left
 * when it began), and used since the start. `options` are those the deadline was computed
 * with, or NULL. Errors: INVALID_ARGUMENT for a deadline without a due time. */
MOTCUA_EXPORT motcua_status motcua_deadline_remaining(const motcua_calendar* calendar,
                                                      const motcua_deadline* deadline,
                                                      const motcua_deadline_options* options,
                                                      int64_t now, int64_t* out,
                                                      motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_deadline_elapsed(const motcua_calendar* calendar,
                                                    const motcua_deadline* deadline,
                                                    const motcua_deadline_options* options,
                                                    int64_t now, int64_t* out,
                                                    motcua_error** error);

/* Lateness by dates, as forms and index compare; on time where nothing is due. */
#define MOTCUA_EARLY 0
#define MOTCUA_ON_TIME 1
#define MOTCUA_OVERDUE 2
MOTCUA_EXPORT int32_t motcua_lateness_by_date(int64_t due, int64_t finished_at);

/* Where a clock starts: at reception; from 2026-08-05 at receipt by the competent agency
 * where reception is boundary-free (MOTCUA_NO_MINUTE where it is not). */
MOTCUA_EXPORT motcua_status motcua_clock_start(int64_t received_at, int64_t competent_at,
                                               int64_t* out, motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_DEADLINE_H_ */
