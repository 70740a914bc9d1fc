/* A stranger's program that links the journal. */
#include <motcua.h>
#include <motcua/c/journal.h>
#include <stdio.h>

int main(void) {
  const char url[] = "sqlite:";
  motcua_journal* journal = NULL;
  motcua_error* error = NULL;
  motcua_text place = {url, sizeof url - 1};
  if (motcua_journal_open(place, NULL, &journal, &error) != MOTCUA_INVALID_ARGUMENT) return 1;
  printf("refused as it should be: %s\n", motcua_error_message(error));
  motcua_error_free(error);
  return 0;
}
