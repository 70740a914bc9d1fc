/* motcua/c/calendar.h, deadline.h and explanation.h, from C: what they give and refuse. */
#include <motcua.h>
#include <string.h>

#include "check.h"

/* Days and minutes since 1970, of July 2025. */
#define JULY(day) (20269 + (day)) /* 2025-07-01 is day 20270 */
#define AT(day, hour, minute) ((int64_t)JULY(day) * 1440 + (hour)*60 + (minute))

static motcua_calendar* national(void) {
  motcua_calendar* calendar = NULL;
  CHECK(motcua_calendar_national(NULL, NULL, &calendar, NULL) == MOTCUA_OK);
  return calendar;
}

static motcua_time_limit* limit_of(const char* text) {
  const motcua_text given = {text, strlen(text)};
  motcua_time_limit* limit = NULL;
  CHECK(motcua_time_limit_parse(given, &limit, NULL) == MOTCUA_OK);
  return limit;
}

static int is(motcua_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static void limits(void) {
  motcua_time_limit* limit = limit_of("15wd@15:00>start");
  motcua_time_limit* extra = limit_of("10wd");
  motcua_time_limit* sum = NULL;
  motcua_error* error = NULL;
  const motcua_text bad = {"3xd", 3};
  CHECK(motcua_time_limit_plus(limit, extra, &sum, NULL) == MOTCUA_OK);
  CHECK(is(motcua_time_limit_text(sum), "25wd@15:00>start"));
  CHECK(motcua_time_limit_plus(limit, limit, &sum, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_time_limit_plus(NULL, extra, &sum, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_time_limit_parse(bad, &limit, &error) == MOTCUA_INVALID_ARGUMENT);
  CHECK(strstr(motcua_error_message(error), "'3xd': expected one of the units") != NULL);
  motcua_error_free(error);
  CHECK(motcua_time_limit_text(NULL).size == 0);
  motcua_time_limit_free(sum);
  motcua_time_limit_free(extra);
  motcua_time_limit_free(limit);
  motcua_time_limit_free(NULL);
}

/* 1 July 2025, 08:00, five working days, paused on the 2nd and 3rd. */
static void one_deadline(const motcua_calendar* calendar) {
  motcua_time_limit* limit = limit_of("5wd");
  const motcua_pause pause = {AT(2, 8, 0), AT(4, 7, 30), MOTCUA_RESUME, 0};
  motcua_deadline_options options = MOTCUA_DEADLINE_OPTIONS_INIT;
  motcua_deadline deadline = MOTCUA_DEADLINE_INIT;
  int64_t minutes = 0;
  options.pauses = &pause;
  options.pause_count = 1;
  CHECK(motcua_deadline_compute(calendar, limit, AT(1, 8, 0), &options, &deadline, NULL) ==
        MOTCUA_OK);
  CHECK(deadline.due == AT(10, 17, 30) && deadline.original_due == deadline.due);
  CHECK(deadline.effective_start == AT(1, 8, 0) && deadline.pauses_counted == 1);
  CHECK(motcua_deadline_remaining(calendar, &deadline, &options, AT(10, 16, 30), &minutes, NULL) ==
        MOTCUA_OK);
  CHECK(minutes == 60);
  CHECK(motcua_deadline_elapsed(calendar, &deadline, &options, AT(4, 8, 30), &minutes, NULL) ==
        MOTCUA_OK);
  CHECK(minutes == 450 + 30 + 60);
  CHECK(motcua_lateness_by_date(deadline.due, AT(10, 23, 0)) == MOTCUA_ON_TIME);
  CHECK(motcua_lateness_by_date(deadline.due, AT(11, 0, 0)) == MOTCUA_OVERDUE);
  CHECK(motcua_lateness_by_date(deadline.due, AT(9, 23, 0)) == MOTCUA_EARLY);
  CHECK(motcua_deadline_latest_acceptance(calendar, limit, AT(8, 17, 30), MOTCUA_BY_DAY, &minutes,
                                          NULL) == MOTCUA_OK);
  CHECK(minutes == AT(1, 17, 30));

  options.extension = AT(10, 17, 29);
  CHECK(motcua_deadline_compute(calendar, limit, AT(1, 8, 0), &options, &deadline, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  options.extension = MOTCUA_NO_MINUTE;
  options.policy = 7;
  CHECK(motcua_deadline_compute(calendar, limit, AT(1, 8, 0), &options, &deadline, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_deadline_compute(calendar, limit, 0, NULL, &deadline, NULL) == MOTCUA_OUT_OF_RANGE);
  CHECK(motcua_deadline_compute(NULL, limit, 0, NULL, &deadline, NULL) == MOTCUA_INVALID_ARGUMENT);
  deadline.struct_size = 0;
  CHECK(motcua_deadline_compute(calendar, limit, AT(1, 8, 0), NULL, &deadline, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  deadline.struct_size = sizeof deadline;
  motcua_time_limit_free(limit);
}

static void explanation(const motcua_calendar* calendar) {
  motcua_time_limit* limit = limit_of("3wd");
  const motcua_pause pause = {AT(2, 8, 0), AT(3, 7, 30), MOTCUA_RESUME, 0};
  motcua_deadline_options options = MOTCUA_DEADLINE_OPTIONS_INIT;
  motcua_explanation* days = NULL;
  motcua_explained_day day = MOTCUA_EXPLAINED_DAY_INIT;
  options.pauses = &pause;
  options.pause_count = 1;
  CHECK(motcua_deadline_explain(calendar, limit, AT(1, 8, 0), &options, MOTCUA_ENGLISH, &days,
                                NULL) == MOTCUA_OK);
  CHECK(motcua_explanation_count(days) == 7); /* 1 July .. 7 July */
  CHECK(motcua_explanation_get(days, 1, &day, NULL) == MOTCUA_OK);
  CHECK(day.day == JULY(2) && day.mark == MOTCUA_DAY_PAUSED);
  CHECK(is(day.reason, "paused, not counted: 2025-07-02T08:00 - 2025-07-03T07:30"));
  CHECK(motcua_explanation_get(days, 6, &day, NULL) == MOTCUA_OK);
  CHECK(day.due == 1 && day.mark == MOTCUA_DAY_COUNTED);
  CHECK(motcua_explanation_get(days, 7, &day, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_deadline_explain(calendar, limit, AT(1, 8, 0), NULL, 9, &days, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  motcua_explanation_free(days);
  motcua_explanation_free(NULL);
  motcua_time_limit_free(limit);
}

/* 2 July is closed by a later decision: one dossier moves, one is paused, one stays. */
static void recomputation(const motcua_calendar* before) {
  motcua_time_limit* limit = limit_of("1wd");
  const motcua_pause open = {AT(1, 9, 0), MOTCUA_NO_MINUTE, MOTCUA_RESUME, 0};
  motcua_deadline_options paused = MOTCUA_DEADLINE_OPTIONS_INIT;
  const motcua_day_off storm = {JULY(2), {"B\xc3\xa3o", 4}};
  motcua_layer layer = MOTCUA_LAYER_INIT;
  motcua_calendar* after = NULL;
  motcua_recomputation* moved = NULL;
  motcua_changed_day change = MOTCUA_CHANGED_DAY_INIT;
  paused.pauses = &open;
  paused.pause_count = 1;
  layer.source.data = "12/QD";
  layer.source.size = 5;
  layer.days_off = &storm;
  layer.days_off_count = 1;
  CHECK(motcua_calendar_with_layer(before, &layer, &after, NULL) == MOTCUA_OK);
  {
    const motcua_clock clocks[] = {
        {limit, AT(3, 8, 0), NULL}, {limit, AT(1, 8, 0), NULL}, {limit, AT(1, 8, 0), &paused}};
    CHECK(motcua_recompute(before, after, clocks, 3, &moved, NULL) == MOTCUA_OK);
  }
  CHECK(motcua_recomputation_count(moved) == 1);
  CHECK(motcua_recomputation_at(moved, 0)->dossier == 1);
  CHECK(motcua_recomputation_at(moved, 0)->old_due == AT(2, 17, 30));
  CHECK(motcua_recomputation_at(moved, 0)->new_due == AT(3, 17, 30));
  CHECK(motcua_recomputation_at(moved, 0)->changed_day_count == 1);
  CHECK(motcua_recomputation_at(moved, 1) == NULL);
  CHECK(motcua_recomputation_changed_day(moved, 0, 0, &change, NULL) == MOTCUA_OK);
  CHECK(change.day == JULY(2) && change.old_minutes == 480 && change.new_minutes == 0);
  CHECK(is(change.name, "B\xc3\xa3o") && is(change.source, "12/QD"));
  CHECK(motcua_recomputation_changed_day(moved, 0, 1, &change, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_recomputation_changed_day(moved, 1, 0, &change, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_recomputation_changed_day(NULL, 0, 0, &change, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_recomputation_free(moved);
  motcua_recomputation_free(NULL);
  motcua_calendar_free(after);
  motcua_time_limit_free(limit);
}

static void layers(const motcua_calendar* calendar) {
  const motcua_period sunday_morning[] = {{6, 450, 690}};
  const motcua_period no_weekday[] = {{7, 450, 690}};
  motcua_layer layer = MOTCUA_LAYER_INIT;
  motcua_calendar* made = NULL;
  const int64_t sunday = JULY(6);
  uint8_t working = 9;
  layer.source.data = "x";
  layer.source.size = 1;
  layer.reception = sunday_morning;
  layer.reception_count = 1;
  CHECK(motcua_calendar_with_layer(calendar, &layer, &made, NULL) == MOTCUA_OK);
  CHECK(motcua_calendar_is_working_day(made, 1, &sunday, 8, &working, 1, NULL) == MOTCUA_OK);
  CHECK(working == 0);
  motcua_calendar_free(made);
  layer.reception = no_weekday;
  CHECK(motcua_calendar_with_layer(calendar, &layer, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  layer.reception = NULL;
  CHECK(motcua_calendar_with_layer(calendar, &layer, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  layer.struct_size = 0;
  CHECK(motcua_calendar_with_layer(calendar, &layer, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
}

/* A client whose layer ends before `reception` did: the struct of its header, twice. */
static void layers_of_an_older_client(const motcua_calendar* calendar) {
  enum { kOlder = offsetof(motcua_layer, reception) };
  int64_t room[2 * kOlder / sizeof(int64_t)];
  unsigned char* const bytes = (unsigned char*)room;
  const motcua_day_off off = {JULY(2), {"x", 1}};
  motcua_layer layer = MOTCUA_LAYER_INIT;
  motcua_calendar* made[2] = {NULL, NULL};
  const int64_t day = JULY(2);
  uint8_t working = 9;
  layer.struct_size = kOlder;
  layer.source.data = "x";
  layer.source.size = 1;
  memcpy(bytes, &layer, kOlder);
  layer.days_off = &off;
  layer.days_off_count = 1;
  memcpy(bytes + kOlder, &layer, kOlder);
  CHECK(motcua_calendar_with_each(calendar, (const motcua_layer*)(const void*)room, 2, made,
                                  NULL) == MOTCUA_OK);
  CHECK(motcua_calendar_is_working_day(made[0], 1, &day, 8, &working, 1, NULL) == MOTCUA_OK);
  CHECK(working == 1);
  CHECK(motcua_calendar_is_working_day(made[1], 1, &day, 8, &working, 1, NULL) == MOTCUA_OK);
  CHECK(working == 0);
  motcua_calendar_free(made[0]);
  motcua_calendar_free(made[1]);
}

static void where_a_clock_starts(void) {
  const int64_t received = (int64_t)20671 * 1440; /* 2026-08-06 */
  int64_t at = 0;
  CHECK(motcua_clock_start(received, received + 600, &at, NULL) == MOTCUA_OK);
  CHECK(at == received + 600);
  CHECK(motcua_clock_start(received, MOTCUA_NO_MINUTE, &at, NULL) == MOTCUA_OK && at == received);
  CHECK(motcua_clock_start(received, received - 1, &at, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_clock_start(received - 2880, received, &at, NULL) == MOTCUA_OK);
  CHECK(at == received - 2880); /* before the decree */
  CHECK(motcua_clock_start(received, received, NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
}

int main(void) {
  motcua_calendar* calendar = national();
  limits();
  one_deadline(calendar);
  explanation(calendar);
  recomputation(calendar);
  layers(calendar);
  layers_of_an_older_client(calendar);
  where_a_clock_starts();
  motcua_calendar_free(calendar);
  return check_failures == 0 ? 0 : 1;
}
