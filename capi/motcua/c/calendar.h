/* Working calendars, holiday law and the lunar calendar. */
#ifndef MOTCUA_C_CALENDAR_H_
#define MOTCUA_C_CALENDAR_H_

#include "motcua/c/base.h"

MOTCUA_EXTERN_C_BEGIN

/* A working calendar, immutable. Free with motcua_calendar_free(). */
typedef struct motcua_calendar motcua_calendar;

/* Office hours [open, close) in minutes of a day. `day` is a weekday (0 Monday .. 6
 * Sunday) in weekly hours, a day number in half-days. */
typedef struct motcua_period {
  int32_t day;
  uint16_t open;
  uint16_t close;
} motcua_period;

typedef struct motcua_day_off {
  int32_t day;
  motcua_text name;
} motcua_day_off;

/* A day that is worked with the hours of `weekday` (0 Monday .. 6 Sunday). */
typedef struct motcua_make_up {
  int32_t day;
  int32_t weekday;
} motcua_make_up;

/* What a province or a unit decides for itself. All arrays are borrowed for the call. */
typedef struct motcua_layer {
  uint32_t struct_size;
  int32_t has_weekly;          /* not 0: `weekly` replaces the hours; days not named are off */
  motcua_text source;          /* the decision, shown by explanations */
  int32_t valid_from;          /* MOTCUA_NO_DAY: since ever */
  int32_t valid_to;            /* exclusive; MOTCUA_NO_DAY: for ever */
  const motcua_period* weekly; /* by weekday, each weekday's periods in order */
  size_t weekly_count;
  const motcua_day_off* days_off;
  size_t days_off_count;
  const motcua_make_up* make_up;
  size_t make_up_count;
  const motcua_period* half_days; /* periods of one day stand together, in order */
  size_t half_days_count;
  /* By weekday: when dossiers are taken in outside the working hours. No working time. */
  const motcua_period* reception;
  size_t reception_count;
} motcua_layer;
#define MOTCUA_LAYER_INIT                                                                        \
  {                                                                                              \
    sizeof(motcua_layer), 0, {NULL, 0}, MOTCUA_NO_DAY, MOTCUA_NO_DAY, NULL, 0, NULL, 0, NULL, 0, \
        NULL, 0, NULL, 0                                                                         \
  }

/* What a special day is. */
#define MOTCUA_HOLIDAY 0      /* the holiday itself */
#define MOTCUA_COMPENSATORY 1 /* rest for a holiday on a weekly day of rest */
#define MOTCUA_SWAPPED_OFF 2  /* off in exchange for a make-up day */
#define MOTCUA_MAKE_UP 3      /* a day of rest that is worked */

/* A row of holidays, and of a notice. Text of rows that the library returns is borrowed
 * from the dataset (the built-in one for NULL) or calendar they came from. */
typedef struct motcua_holiday {
  int32_t day;
  int32_t partner;  /* the other day of a swap; required for a make-up day of a notice */
  int32_t kind;     /* MOTCUA_HOLIDAY .. MOTCUA_MAKE_UP */
  int32_t official; /* 1: from the complete table of its year, or from a notice */
  motcua_text name;
  motcua_text source;
} motcua_holiday;

/* Options of a national calendar. */
typedef struct motcua_national_options {
  uint32_t struct_size;
  int32_t first;                   /* MOTCUA_NO_DAY: all that the dataset covers */
  int32_t last;                    /* inclusive */
  int32_t culture_day_compensated; /* not 0: 24/11 on a weekend is made up; default 0 */
} motcua_national_options;
#define MOTCUA_NATIONAL_OPTIONS_INIT \
  { sizeof(motcua_national_options), MOTCUA_NO_DAY, MOTCUA_NO_DAY, 0 }

/* The calendar of national law. `dataset` NULL: the built-in one; `options` may be NULL.
 * Errors: OUT_OF_RANGE for days outside the dataset. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_calendar_national(const motcua_dataset* dataset,
                                                     const motcua_national_options* options,
                                                     motcua_calendar** out, motcua_error** error);
/* `calendar` with one more layer on top. Errors: INVALID_ARGUMENT naming the part. */
MOTCUA_EXPORT motcua_status motcua_calendar_with_layer(const motcua_calendar* calendar,
                                                       const motcua_layer* layer,
                                                       motcua_calendar** out, motcua_error** error);
/* One calendar for each of `count` layers, into out[count]; equal layers share memory. The
 * layers stand layers[0].struct_size bytes apart. On failure no calendar is made. */
MOTCUA_EXPORT motcua_status motcua_calendar_with_each(const motcua_calendar* calendar,
                                                      const motcua_layer* layers, size_t count,
                                                      motcua_calendar** out, motcua_error** error);
/* `calendar` under a new official notice. Only the days named change; the rules' division of Tết or
 * of National Day falls away where the rows give off, as holiday or compensatory rest, at least as
 * many weekdays around it. `complete_years` are years of which the rows are the whole table: one
 * holiday there replaces the division, and the year becomes official. */
MOTCUA_EXPORT motcua_status motcua_calendar_with_notice(const motcua_calendar* calendar,
                                                        const motcua_holiday* rows, size_t count,
                                                        const int32_t* complete_years,
                                                        size_t complete_year_count,
                                                        motcua_calendar** out,
                                                        motcua_error** error);
MOTCUA_EXPORT void motcua_calendar_free(motcua_calendar* calendar);

/* The days covered, inclusive; MOTCUA_NO_DAY for NULL. */
MOTCUA_EXPORT int32_t motcua_calendar_first(const motcua_calendar* calendar);
MOTCUA_EXPORT int32_t motcua_calendar_last(const motcua_calendar* calendar);
/* The dataset's version and a digest of what lies over it; borrowed from the calendar. */
MOTCUA_EXPORT motcua_text motcua_calendar_version(const motcua_calendar* calendar);
/* Bytes of the compiled index, shared by calendars made of equal parts. */
MOTCUA_EXPORT size_t motcua_calendar_index_bytes(const motcua_calendar* calendar);

/* Columns. Strides are in bytes and may be 0 or negative. NaT in gives NaT out. A row that
 * fails gets NaT and is named by the error; every other row is computed. The functions
 * ending in 32 take int32_t days, those in 64 int64_t days (NaT: INT64_MIN). */
MOTCUA_EXPORT motcua_status motcua_calendar_is_working_day(const motcua_calendar* calendar,
                                                           size_t rows, const int64_t* days,
                                                           ptrdiff_t days_stride, uint8_t* out,
                                                           ptrdiff_t out_stride,
                                                           motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_calendar_add_working_days32(
    const motcua_calendar* calendar, size_t rows, const int32_t* days, ptrdiff_t days_stride,
    const int64_t* n, ptrdiff_t n_stride, int32_t* out, ptrdiff_t out_stride, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_calendar_add_working_days64(
    const motcua_calendar* calendar, size_t rows, const int64_t* days, ptrdiff_t days_stride,
    const int64_t* n, ptrdiff_t n_stride, int64_t* out, ptrdiff_t out_stride, motcua_error** error);
/* Working days in (start, end]; negative if reversed. */
MOTCUA_EXPORT motcua_status motcua_calendar_count_working_days32(
    const motcua_calendar* calendar, size_t rows, const int32_t* start, ptrdiff_t start_stride,
    const int32_t* end, ptrdiff_t end_stride, int64_t* out, ptrdiff_t out_stride,
    motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_calendar_count_working_days64(
    const motcua_calendar* calendar, size_t rows, const int64_t* start, ptrdiff_t start_stride,
    const int64_t* end, ptrdiff_t end_stride, int64_t* out, ptrdiff_t out_stride,
    motcua_error** error);
/* Working minutes in [start, end) of minute numbers; negative if reversed. */
MOTCUA_EXPORT motcua_status
motcua_calendar_working_minutes(const motcua_calendar* calendar, size_t rows, const int64_t* start,
                                ptrdiff_t start_stride, const int64_t* end, ptrdiff_t end_stride,
                                int64_t* out, ptrdiff_t out_stride, motcua_error** error);

/* Which calendar each row of a batch is counted with. A calendar index that is out of range
 * fails its row. */
typedef struct motcua_calendar_rules {
  uint32_t struct_size;
  int32_t threads;                         /* 0 or 1: the caller's alone; short columns use fewer */
  const motcua_calendar* const* calendars; /* at least one */
  size_t calendar_count;
  const int32_t* calendar_of_row; /* NULL: calendars[0] for every row */
  ptrdiff_t calendar_stride;
} motcua_calendar_rules;
#define MOTCUA_CALENDAR_RULES_INIT \
  { sizeof(motcua_calendar_rules), 1, NULL, 0, NULL, sizeof(int32_t) }

/* The same questions with a calendar by row and in threads. In a function ending in 32 every
 * column is int32_t (NaT: INT32_MIN), in one ending in 64 int64_t. @since ABI 1 */
MOTCUA_EXPORT motcua_status motcua_is_working_day_batch32(const motcua_calendar_rules* rules,
                                                          size_t rows, const int32_t* days,
                                                          ptrdiff_t days_stride, uint8_t* out,
                                                          ptrdiff_t out_stride,
                                                          motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_is_working_day_batch64(const motcua_calendar_rules* rules,
                                                          size_t rows, const int64_t* days,
                                                          ptrdiff_t days_stride, uint8_t* out,
                                                          ptrdiff_t out_stride,
                                                          motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_add_working_days_batch32(
    const motcua_calendar_rules* rules, size_t rows, const int32_t* days, ptrdiff_t days_stride,
    const int32_t* n, ptrdiff_t n_stride, int32_t* out, ptrdiff_t out_stride, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_add_working_days_batch64(
    const motcua_calendar_rules* rules, size_t rows, const int64_t* days, ptrdiff_t days_stride,
    const int64_t* n, ptrdiff_t n_stride, int64_t* out, ptrdiff_t out_stride, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_count_working_days_batch32(
    const motcua_calendar_rules* rules, size_t rows, const int32_t* start, ptrdiff_t start_stride,
    const int32_t* end, ptrdiff_t end_stride, int32_t* out, ptrdiff_t out_stride,
    motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_count_working_days_batch64(
    const motcua_calendar_rules* rules, size_t rows, const int64_t* start, ptrdiff_t start_stride,
    const int64_t* end, ptrdiff_t end_stride, int64_t* out, ptrdiff_t out_stride,
    motcua_error** error);
/* Working minutes in [start, end) of minute numbers. */
MOTCUA_EXPORT motcua_status motcua_working_minutes_batch(const motcua_calendar_rules* rules,
                                                         size_t rows, const int64_t* start,
                                                         ptrdiff_t start_stride, const int64_t* end,
                                                         ptrdiff_t end_stride, int64_t* out,
                                                         ptrdiff_t out_stride,
                                                         motcua_error** error);

/* The special days of a year, in order of day. Free with motcua_holidays_free(). */
typedef struct motcua_holidays motcua_holidays;
/* `dataset` may be NULL. Errors: OUT_OF_RANGE. */
MOTCUA_EXPORT motcua_status motcua_holidays_of(const motcua_dataset* dataset, int32_t year,
                                               motcua_holidays** out, motcua_error** error);
/* The same under a calendar's notices. */
MOTCUA_EXPORT motcua_status motcua_calendar_holidays(const motcua_calendar* calendar, int32_t year,
                                                     motcua_holidays** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_holidays_count(const motcua_holidays* holidays);
/* Borrowed from `holidays`; NULL past the end. */
MOTCUA_EXPORT const motcua_holiday* motcua_holidays_at(const motcua_holidays* holidays, size_t k);
MOTCUA_EXPORT void motcua_holidays_free(motcua_holidays* holidays);

/* A date of the Vietnamese lunar calendar. */
typedef struct motcua_lunar_date {
  int32_t year;
  int32_t month;
  int32_t day;
  int32_t leap;     /* 1: the second of two months of this number */
  int32_t verified; /* 0: before 1968, not compared with published tables */
} motcua_lunar_date;
/* Errors: OUT_OF_RANGE outside 1900-01-01 .. 2199-12-31. */
MOTCUA_EXPORT motcua_status motcua_lunar_of(int32_t day, motcua_lunar_date* out,
                                            motcua_error** error);
/* Errors: OUT_OF_RANGE; INVALID_ARGUMENT for a date that the year does not have. */
MOTCUA_EXPORT motcua_status motcua_solar_of(const motcua_lunar_date* date, int32_t* out,
                                            motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_CALENDAR_H_ */
