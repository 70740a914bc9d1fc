#include <motcua.h>
#include <stdio.h>
#include <time.h>

int main(void) {
  const motcua_text three_working_days = {"3wd", 3};
  const int64_t accepted_at = 29098990; /* 2025-04-29 15:10, minutes since 1970, local time */
  motcua_calendar* calendar = NULL;
  motcua_time_limit* limit = NULL;
  motcua_deadline deadline = MOTCUA_DEADLINE_INIT;
  motcua_error* error = NULL;
  motcua_status status = motcua_calendar_national(NULL, NULL, &calendar, &error);
  if (status == MOTCUA_OK) status = motcua_time_limit_parse(three_working_days, &limit, &error);
  if (status == MOTCUA_OK)
    status = motcua_deadline_compute(calendar, limit, accepted_at, NULL, &deadline, &error);

  if (status == MOTCUA_OK) {
    const time_t due = (time_t)(deadline.due * 60);
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", gmtime(&due));
    printf("due %s\n", text);
  } else {
    fprintf(stderr, "%s\n", motcua_error_message(error));
  }
  motcua_error_free(error);
  motcua_time_limit_free(limit);
  motcua_calendar_free(calendar);
  return status == MOTCUA_OK ? 0 : 1;
}
