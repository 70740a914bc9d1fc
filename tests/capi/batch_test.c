/* Columns through the C interface: strides, calendars and limits by row, NaT, failures, threads. */
#include <motcua.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { kMany = 100000 };

static const int32_t kAcceptedDay = 20328; /* Thursday 2025-08-28; 1 and 2 September are off */
static const int64_t kMinutesPerDay = 1440;

static motcua_calendar* national(void) {
  motcua_calendar* calendar = NULL;
  CHECK(motcua_calendar_national(NULL, NULL, &calendar, NULL) == MOTCUA_OK);
  return calendar;
}

/* The national calendar with one day off, 2025-08-29. */
static motcua_calendar* closed_on_friday(const motcua_calendar* calendar) {
  motcua_layer layer = MOTCUA_LAYER_INIT;
  motcua_day_off off = {20329, {"storm", 5}};
  motcua_calendar* closed = NULL;
  layer.source.data = "decision";
  layer.source.size = 8;
  layer.days_off = &off;
  layer.days_off_count = 1;
  CHECK(motcua_calendar_with_layer(calendar, &layer, &closed, NULL) == MOTCUA_OK);
  return closed;
}

static motcua_time_limit* limit_of(const char* text) {
  motcua_text given;
  motcua_time_limit* limit = NULL;
  given.data = text;
  given.size = strlen(text);
  CHECK(motcua_time_limit_parse(given, &limit, NULL) == MOTCUA_OK);
  return limit;
}

/* 3 working days after 28 August are 29 August, 3 and 4 September. */
static void test_strides(const motcua_calendar* calendar) {
  const int32_t apart[6] = {kAcceptedDay, -1, kAcceptedDay + 1, -1, MOTCUA_NO_DAY, -1};
  const int64_t three = 3;
  int32_t out[3] = {0, 0, 0};
  CHECK(motcua_calendar_add_working_days32(calendar, 3, apart, 8, &three, 0, out, 4, NULL) ==
        MOTCUA_OK);
  CHECK(out[0] == 20335 && out[1] == 20336 && out[2] == MOTCUA_NO_DAY);
  /* Backwards, and the result apart. */
  int32_t spread[6] = {7, 7, 7, 7, 7, 7};
  CHECK(motcua_calendar_add_working_days32(calendar, 2, &apart[2], -8, &three, 0, spread, 12,
                                           NULL) == MOTCUA_OK);
  CHECK(spread[0] == 20336 && spread[3] == 20335 && spread[1] == 7 && spread[4] == 7);
  CHECK(motcua_calendar_add_working_days32(calendar, 0, NULL, 0, NULL, 0, NULL, 0, NULL) ==
        MOTCUA_OK);
}

static void test_every_bad_row_is_named(const motcua_calendar* calendar) {
  const motcua_calendar* calendars[1];
  motcua_calendar_rules rules = MOTCUA_CALENDAR_RULES_INIT;
  const int32_t days[5] = {kAcceptedDay, 0, MOTCUA_NO_DAY, 25932, kAcceptedDay};
  const int32_t n[5] = {1, 1, 1, 1, -1};
  int32_t out[5];
  motcua_error* error = NULL;
  calendars[0] = calendar;
  rules.calendars = calendars;
  rules.calendar_count = 1;
  CHECK(motcua_add_working_days_batch32(&rules, 5, days, 4, n, 4, out, 4, &error) ==
        MOTCUA_OUT_OF_RANGE);
  CHECK(motcua_error_row_count(error) == 3);
  CHECK(motcua_error_row(error, 0) == 1 && motcua_error_row(error, 1) == 3 &&
        motcua_error_row(error, 2) == 4);
  CHECK(out[0] == 20329 && out[1] == MOTCUA_NO_DAY && out[2] == MOTCUA_NO_DAY &&
        out[3] == MOTCUA_NO_DAY && out[4] == MOTCUA_NO_DAY);
  motcua_error_free(error);
}

static void test_calendars_by_row(const motcua_calendar* calendar, const motcua_calendar* closed) {
  const motcua_calendar* calendars[2];
  const int32_t of_row[4] = {0, 1, 2, -1};
  const int32_t one = 1;
  int32_t out[4], counted[4];
  uint8_t working[4];
  motcua_error* error = NULL;
  motcua_calendar_rules rules = MOTCUA_CALENDAR_RULES_INIT;
  calendars[0] = calendar;
  calendars[1] = closed;
  rules.calendars = calendars;
  rules.calendar_count = 2;
  rules.calendar_of_row = of_row;
  CHECK(motcua_add_working_days_batch32(&rules, 4, &kAcceptedDay, 0, &one, 0, out, 4, &error) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(out[0] == 20329 && out[1] == 20334 && out[2] == MOTCUA_NO_DAY && out[3] == MOTCUA_NO_DAY);
  CHECK(motcua_error_row_count(error) == 2 && motcua_error_row(error, 0) == 2);
  motcua_error_free(error);
  CHECK(motcua_count_working_days_batch32(&rules, 2, &kAcceptedDay, 0, &out[1], 0, counted, 4,
                                          NULL) == MOTCUA_OK);
  CHECK(counted[0] == 2 && counted[1] == 1);
  const int32_t friday = 20329;
  CHECK(motcua_is_working_day_batch32(&rules, 2, &friday, 0, working, 1, NULL) == MOTCUA_OK);
  CHECK(working[0] == 1 && working[1] == 0);
  const int64_t from = 20329 * kMinutesPerDay, to = 20330 * kMinutesPerDay;
  int64_t minutes[2];
  CHECK(motcua_working_minutes_batch(&rules, 2, &from, 0, &to, 0, minutes, 8, NULL) == MOTCUA_OK);
  CHECK(minutes[0] == 480 && minutes[1] == 0);
  rules.calendar_count = 0;
  CHECK(motcua_is_working_day_batch32(&rules, 1, &friday, 0, working, 1, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
}

static void test_limits_and_calendars_by_row(const motcua_calendar* calendar,
                                             const motcua_calendar* closed) {
  const motcua_calendar* calendars[2];
  const motcua_time_limit* limits[3];
  motcua_time_limit *one = limit_of("1wd"), *days = limit_of("5d"), *none = limit_of("none");
  const int32_t calendar_of_row[6] = {0, 1, 0, 0, 0, 1};
  const int32_t limit_of_row[6] = {0, 0, 1, 2, 3, 0};
  const int64_t at = kAcceptedDay * kMinutesPerDay + 600;
  int64_t accepted[6], due[6];
  motcua_error* error = NULL;
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  calendars[0] = calendar, calendars[1] = closed;
  limits[0] = one, limits[1] = days, limits[2] = none;
  rules.calendars = calendars, rules.calendar_count = 2;
  rules.calendar_of_row = calendar_of_row;
  rules.limits = limits, rules.limit_count = 3;
  rules.limit_of_row = limit_of_row;
  for (int k = 0; k < 6; ++k) accepted[k] = at;
  accepted[5] = MOTCUA_NO_MINUTE;
  CHECK(motcua_deadline_batch(&rules, 6, accepted, 8, due, 8, &error) == MOTCUA_INVALID_ARGUMENT);
  CHECK(due[0] == 20329 * kMinutesPerDay + 1050);
  CHECK(due[1] == 20334 * kMinutesPerDay + 1050);
  CHECK(due[2] == 20334 * kMinutesPerDay + 1050); /* 5 days: Tuesday 2 September, rolled on */
  CHECK(due[3] == MOTCUA_NO_MINUTE && due[4] == MOTCUA_NO_MINUTE && due[5] == MOTCUA_NO_MINUTE);
  CHECK(motcua_error_row_count(error) == 1 && motcua_error_row(error, 0) == 4);
  motcua_error_free(error);
  motcua_time_limit_free(one);
  motcua_time_limit_free(days);
  motcua_time_limit_free(none);
}

/* Rows of every kind, in one thread and in three; the failures keep their rows and order. */
static void test_threads(const motcua_calendar* calendar) {
  const motcua_calendar* calendars[1];
  motcua_calendar_rules rules = MOTCUA_CALENDAR_RULES_INIT;
  int64_t* const days = malloc(kMany * sizeof(int64_t));
  int64_t* const alone = malloc(kMany * sizeof(int64_t));
  int64_t* const together = malloc(kMany * sizeof(int64_t));
  const int64_t n = 7;
  motcua_error *first = NULL, *second = NULL;
  calendars[0] = calendar;
  rules.calendars = calendars;
  rules.calendar_count = 1;
  for (int k = 0; k < kMany; ++k) days[k] = k % 997 == 0 ? 0 : 16436 + k % 5000;
  CHECK(motcua_add_working_days_batch64(&rules, kMany, days, 8, &n, 0, alone, 8, &first) ==
        MOTCUA_OUT_OF_RANGE);
  rules.threads = 3;
  CHECK(motcua_add_working_days_batch64(&rules, kMany, days, 8, &n, 0, together, 8, &second) ==
        MOTCUA_OUT_OF_RANGE);
  CHECK(memcmp(alone, together, kMany * sizeof(int64_t)) == 0);
  CHECK(motcua_error_row_count(first) == (kMany + 996) / 997);
  CHECK(motcua_error_row_count(second) == motcua_error_row_count(first));
  for (size_t k = 0; k < motcua_error_row_count(second); ++k) {
    CHECK(motcua_error_row(second, k) == k * 997);
  }
  motcua_error_free(first);
  motcua_error_free(second);
  free(days);
  free(alone);
  free(together);
}

/* The inverse: 29 August 2025 17:30 is the last minute for 1 working day by 3 September. */
static void test_latest_acceptances(const motcua_calendar* calendar,
                                    const motcua_calendar* closed) {
  const motcua_calendar* calendars[2];
  const motcua_time_limit* limits[2];
  motcua_time_limit *one = limit_of("1wd"), *none = limit_of("none");
  const int32_t calendar_of_row[5] = {0, 1, 0, 0, 0};
  const int32_t limit_of_row[5] = {0, 0, 1, 0, 0};
  const int64_t wished = 20334 * kMinutesPerDay + 1050;
  const int64_t due[10] = {wished, -1, wished, -1, wished, -1, MOTCUA_NO_MINUTE, -1, 0, -1};
  int64_t latest[5];
  motcua_error* error = NULL;
  motcua_deadline_rules rules = MOTCUA_DEADLINE_RULES_INIT;
  calendars[0] = calendar, calendars[1] = closed;
  limits[0] = one, limits[1] = none;
  rules.calendars = calendars, rules.calendar_count = 2;
  rules.calendar_of_row = calendar_of_row;
  rules.limits = limits, rules.limit_count = 2;
  rules.limit_of_row = limit_of_row;
  CHECK(motcua_latest_acceptance_batch(&rules, 5, due, 16, latest, 8, &error) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(latest[0] == 20329 * kMinutesPerDay + 1050);
  CHECK(latest[1] == kAcceptedDay * kMinutesPerDay + 1050);
  CHECK(latest[2] == MOTCUA_NO_MINUTE && latest[3] == MOTCUA_NO_MINUTE &&
        latest[4] == MOTCUA_NO_MINUTE);
  CHECK(motcua_error_row_count(error) == 2 && motcua_error_row(error, 0) == 2 &&
        motcua_error_row(error, 1) == 4);
  motcua_error_free(error);
  CHECK(motcua_latest_acceptance_batch(&rules, 1, NULL, 8, latest, 8, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_latest_acceptance_batch(NULL, 1, due, 8, latest, 8, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  motcua_time_limit_free(one);
  motcua_time_limit_free(none);
}

static void test_fewer_threads_than_none(const motcua_calendar* calendar) {
  const motcua_calendar* calendars[1];
  const motcua_time_limit* limits[1];
  motcua_time_limit* one = limit_of("1wd");
  motcua_calendar_rules days = MOTCUA_CALENDAR_RULES_INIT;
  motcua_deadline_rules minutes = MOTCUA_DEADLINE_RULES_INIT;
  const int64_t at = kAcceptedDay * kMinutesPerDay;
  int32_t out = 0;
  int64_t due = 0;
  motcua_error* error = NULL;
  calendars[0] = calendar, limits[0] = one;
  days.calendars = minutes.calendars = calendars;
  days.calendar_count = minutes.calendar_count = 1;
  minutes.limits = limits, minutes.limit_count = 1;
  days.threads = minutes.threads = -1;
  CHECK(motcua_add_working_days_batch32(&days, 1, &kAcceptedDay, 4, &kAcceptedDay, 4, &out, 4,
                                        &error) == MOTCUA_INVALID_ARGUMENT);
  CHECK(strcmp(motcua_error_message(error), "rules.threads '-1': expected 0 or more") == 0);
  motcua_error_free(error);
  CHECK(motcua_deadline_batch(&minutes, 1, &at, 8, &due, 8, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_latest_acceptance_batch(&minutes, 1, &at, 8, &due, 8, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  minutes.threads = 0; /* as in a struct of noughts: the caller's alone */
  CHECK(motcua_deadline_batch(&minutes, 1, &at, 8, &due, 8, NULL) == MOTCUA_OK);
  motcua_time_limit_free(one);
}

int main(void) {
  motcua_calendar* const calendar = national();
  motcua_calendar* const closed = closed_on_friday(calendar);
  test_strides(calendar);
  test_every_bad_row_is_named(calendar);
  test_calendars_by_row(calendar, closed);
  test_limits_and_calendars_by_row(calendar, closed);
  test_latest_acceptances(calendar, closed);
  test_fewer_threads_than_none(calendar);
  test_threads(calendar);
  motcua_calendar_free(closed);
  motcua_calendar_free(calendar);
  return check_failures == 0 ? 0 : 1;
}
