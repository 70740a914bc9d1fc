/* CHECK for tests written in C: prints the failed condition and counts it. */
#ifndef MOTCUA_TESTS_CAPI_CHECK_H_
#define MOTCUA_TESTS_CAPI_CHECK_H_

#include <stdio.h>

static int check_failures = 0;

#define CHECK(condition)                                                     \
  do {                                                                       \
    if (!(condition)) {                                                      \
      ++check_failures;                                                      \
      fprintf(stderr, "%s:%d: CHECK(%s)\n", __FILE__, __LINE__, #condition); \
    }                                                                        \
  } while (0)

#endif /* MOTCUA_TESTS_CAPI_CHECK_H_ */
