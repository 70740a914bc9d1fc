/* motcua/c/journal.h from C99: what it does and what it refuses. */
#include "motcua/c/journal.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

static motcua_text Text(const char* text) {
  motcua_text view;
  view.data = text;
  view.size = strlen(text);
  return view;
}

static const char kLines[] =
    "{\"id\":\"1\",\"dossier\":\"D\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:15\",\"limit\":"
    "\"3wd\"}\n"
    "{\"id\":\"2\",\"dossier\":\"D\",\"kind\":\"assign\",\"at\":\"2025-07-01T09:00\",\"note\":\"bi "
    "mat\"}\n";

typedef struct heard {
  int calls;
  int64_t done, total;
} heard;

static void Hear(void* context, int64_t done, int64_t total) {
  heard* last = (heard*)context;
  ++last->calls;
  last->done = done;
  last->total = total;
}

static void Progress(motcua_journal* journal) {
  heard last = {0, 0, 0};
  motcua_progress progress = MOTCUA_PROGRESS_INIT;
  motcua_journal_verification found = MOTCUA_JOURNAL_VERIFICATION_INIT;
  motcua_journal_head head = MOTCUA_JOURNAL_HEAD_INIT;
  motcua_journal* copy = NULL;
  progress.report = Hear;
  progress.context = &last;
  CHECK(motcua_journal_verify_with(journal, NULL, &progress, &found, NULL, NULL) == MOTCUA_OK);
  CHECK(last.calls == 1 && last.done == 2 && last.total == 2 && found.ok == 1);
  remove("journal_c_test_copy.db");
  CHECK(motcua_journal_copy_with(journal, Text("sqlite:journal_c_test_copy.db"), &progress, &head,
                                 NULL) == MOTCUA_OK);
  CHECK(last.calls == 2 && last.done == 2 && head.sequence == 2);
  CHECK(motcua_journal_open(Text("sqlite:journal_c_test_copy.db"), NULL, &copy, NULL) == MOTCUA_OK);
  CHECK(motcua_journal_merge_with(journal, copy, &progress, NULL, NULL) == MOTCUA_OK);
  CHECK(last.calls == 4 && last.done == 4 && last.total == 4);
  progress.struct_size = 0;
  CHECK(motcua_journal_verify_with(journal, NULL, &progress, &found, NULL, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_merge_with(journal, copy, &progress, NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_copy_with(journal, Text("sqlite:journal_c_test_copy.db"), NULL, NULL,
                                 NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_verify_with(NULL, NULL, NULL, &found, NULL, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  motcua_journal_free(copy);
  remove("journal_c_test_copy.db");
}

static void Refusals(motcua_journal* journal) {
  motcua_error* error = NULL;
  motcua_journal_cursor* cursor = NULL;
  motcua_journal_head head = MOTCUA_JOURNAL_HEAD_INIT;
  motcua_journal_verification found = MOTCUA_JOURNAL_VERIFICATION_INIT;
  motcua_journal* none = NULL;
  motcua_journal_options options = MOTCUA_JOURNAL_OPTIONS_INIT;
  CHECK(motcua_journal_open(Text("file.db"), NULL, &none, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_open(Text("sqlite:x"), NULL, NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
  options.mode = 7;
  CHECK(motcua_journal_open(Text("sqlite:x"), &options, &none, NULL) == MOTCUA_INVALID_ARGUMENT);
  options.struct_size = 0;
  CHECK(motcua_journal_open(Text("sqlite:x"), &options, &none, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(none == NULL);
  CHECK(motcua_journal_append(NULL, Text(""), MOTCUA_NO_MINUTE, NULL, 0, NULL, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_append(journal, Text("{\"id\":\"3\"}\nno json"), MOTCUA_NO_MINUTE, NULL, 0,
                              NULL, &error) == MOTCUA_DATA_LOSS);
  CHECK(motcua_error_row_count(error) == 2 && motcua_error_row(error, 1) == 1);
  motcua_error_free(error);
  error = NULL;
  CHECK(
      motcua_journal_append(
          journal,
          Text("{\"id\":\"1\",\"dossier\":\"X\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:15\"}"),
          MOTCUA_NO_MINUTE, NULL, 0, NULL, &error) == MOTCUA_ALREADY_EXISTS);
  motcua_error_free(error);
  CHECK(motcua_journal_merge(journal, journal, NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_erase(journal, Text(""), NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_cursor_size(NULL) == 0);
  CHECK(motcua_journal_select(journal, 0, 7, Text(""), &cursor, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_journal_select(journal, INT64_MAX, 0, Text(""), &cursor, NULL) == MOTCUA_OK);
  CHECK(motcua_journal_cursor_size(cursor) == 0);
  motcua_journal_cursor_free(cursor);
  head.sequence = -1;
  CHECK(motcua_journal_verify(journal, &head, &found, NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_journal_free(NULL);
  motcua_journal_cursor_free(NULL);
}

int main(void) {
  const char path[] = "journal_c_test.db";
  motcua_journal* journal = NULL;
  motcua_journal_cursor* cursor = NULL;
  motcua_journal_head head = MOTCUA_JOURNAL_HEAD_INIT;
  motcua_journal_verification found = MOTCUA_JOURNAL_VERIFICATION_INIT;
  motcua_buffer* buffer = NULL;
  motcua_event_log* log = NULL;
  int64_t sequences[2] = {0, 0};
  int64_t destroyed = 0;
  size_t count = 0;
  remove(path);
  remove("journal_c_test.db-wal");
  remove("journal_c_test.db-shm");
  CHECK(motcua_journal_open(Text("sqlite:journal_c_test.db"), NULL, &journal, NULL) == MOTCUA_OK);
  CHECK(motcua_journal_append(journal, Text(kLines), MOTCUA_NO_MINUTE, sequences, 2, &count,
                              NULL) == MOTCUA_OK);
  CHECK(count == 2 && sequences[0] == 1 && sequences[1] == 2);
  Refusals(journal);
  Progress(journal);
  CHECK(motcua_journal_get_head(journal, &head, NULL) == MOTCUA_OK && head.sequence == 2);
  CHECK(motcua_journal_verify(journal, &head, &found, &buffer, NULL) == MOTCUA_OK);
  CHECK(found.ok == 1 && found.events == 2 && motcua_buffer_size(buffer) == 0);
  motcua_buffer_free(buffer);
  CHECK(motcua_journal_select(journal, 0, 1, Text("D"), &cursor, NULL) == MOTCUA_OK);
  CHECK(motcua_journal_cursor_size(cursor) == 2);
  CHECK(motcua_event_log_new(&log, NULL) == MOTCUA_OK);
  CHECK(motcua_journal_cursor_load(cursor, log, NULL) == MOTCUA_OK);
  CHECK(motcua_event_log_size(log) == 2);
  motcua_event_log_free(log);
  CHECK(motcua_journal_cursor_next(cursor, 1, &buffer, NULL) == MOTCUA_OK);
  CHECK(strstr(motcua_buffer_data(buffer), "{\"sequence\":1,") == motcua_buffer_data(buffer));
  motcua_buffer_free(buffer);
  motcua_journal_cursor_free(cursor);
  CHECK(motcua_journal_erase(journal, Text("D"), &destroyed, NULL) == MOTCUA_OK && destroyed == 1);
  CHECK(motcua_journal_conflicts(journal, &buffer, NULL) == MOTCUA_OK);
  CHECK(strcmp(motcua_buffer_data(buffer), "[]") == 0);
  motcua_buffer_free(buffer);
  motcua_journal_free(journal);
  remove(path);
  return check_failures != 0;
}
