/* What a register is folded with, from C: machines by procedure, terms, linked groups. */
#include <motcua.h>
#include <stddef.h>
#include <string.h>

#include "check.h"

static motcua_text text(const char* string) {
  const motcua_text made = {string, strlen(string)};
  return made;
}

static int is(motcua_text found, const char* expected) {
  return found.size == strlen(expected) && memcmp(found.data, expected, found.size) == 0;
}

static const char kDesk[] =
    "machine Desk\nprocedure X\nstate here 2\nstate done 10\n"
    "none + accept / start -> here by one_stop_officer because art. 16\n"
    "here + hand_over / end -> done by one_stop_officer because art. 22\n"
    "here + transfer -> same by system because a merger\n";

static motcua_event_log* log_of(const char* lines) {
  motcua_event_log* log = NULL;
  CHECK(motcua_event_log_new(&log, NULL) == MOTCUA_OK);
  CHECK(motcua_event_log_append(log, text(lines), NULL, NULL, NULL) == MOTCUA_OK);
  return log;
}

static void machines_by_procedure(void) {
  const char* lines =
      "{\"id\":\"1\",\"dossier\":\"A\",\"kind\":\"accept\",\"at\":\"2025-06-30T08:00\",\"agency\":"
      "\"24826\",\"procedure\":\"X\",\"channel\":1,\"limit\":\"5wd\"}\n"
      "{\"id\":\"2\",\"dossier\":\"B\",\"kind\":\"accept\",\"at\":\"2025-06-30T08:00\",\"agency\":"
      "\"24826\",\"procedure\":\"Y\",\"channel\":1,\"limit\":\"5wd\"}\n"
      "{\"id\":\"3\",\"dossier\":\"A\",\"kind\":\"hand_over\",\"at\":\"2025-07-02T08:00\"}\n"
      "{\"id\":\"4\",\"dossier\":\"B\",\"kind\":\"finish\",\"at\":\"2025-07-02T08:00\"}\n";
  motcua_event_log* log = log_of(lines);
  motcua_machine* desk = NULL;
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_handover_options handover = MOTCUA_HANDOVER_OPTIONS_INIT;
  motcua_handover_report* report = NULL;
  motcua_registry* registry = NULL;
  motcua_register* dossiers = NULL;
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  motcua_history* history = NULL;
  motcua_history_entry entry = MOTCUA_HISTORY_ENTRY_INIT;
  uint8_t statuses[2] = {0, 0};
  motcua_text procedures[2];
  const motcua_machine* machines[2];
  CHECK(motcua_machine_parse(text(kDesk), NULL, &desk, NULL) == MOTCUA_OK);
  procedures[0] = procedures[1] = text("X");
  machines[0] = machines[1] = desk;
  options.machine_count = 1;
  options.machine_procedures = procedures;
  options.machines = machines;
  columns.status = statuses;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK);
  CHECK(statuses[0] == 10 && statuses[1] == 9);
  CHECK(motcua_register_history(dossiers, text("A"), &history, NULL) == MOTCUA_OK);
  CHECK(motcua_history_get(history, 1, &entry, NULL) == MOTCUA_OK && is(entry.state, "done"));
  motcua_history_free(history);
  motcua_register_free(dossiers);
  /* The machine that names its procedure is for that one alone. */
  options.machine_count = 0;
  options.machine = desk;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK);
  CHECK(statuses[0] == 10 && statuses[1] == 9);
  motcua_register_free(dossiers);
  options.machine = NULL;
  options.machine_count = 2; /* of one procedure */
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  options.machines = NULL;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  /* A handover asks the machine of each. */
  handover.machine_count = 1;
  handover.machine_procedures = procedures;
  handover.machines = machines;
  CHECK(motcua_registry_national(NULL, &registry, NULL) == MOTCUA_OK);
  CHECK(motcua_handover_run_with(log, registry, 20270, &handover, &report, NULL) == MOTCUA_OK);
  CHECK(motcua_handover_transferred_count(report) == 2);
  motcua_handover_report_free(report);
  CHECK(motcua_handover_run_with(log, registry, 20270, NULL, &report, NULL) == MOTCUA_OK);
  CHECK(motcua_handover_transferred_count(report) == 0);
  motcua_handover_report_free(report);
  motcua_registry_free(registry);
  motcua_machine_free(desk);
  motcua_event_log_free(log);
}

/* Papers forwarded on the second day: a mark beyond the first eight bits of none. */
static void terms(void) {
  const char* lines =
      "{\"id\":\"1\",\"dossier\":\"A\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:00\",\"agency\":"
      "\"A\",\"procedure\":\"P\",\"channel\":1,\"limit\":\"9wd\"}\n"
      "{\"id\":\"2\",\"dossier\":\"A\",\"kind\":\"forward\",\"at\":\"2025-07-02T08:00\"}\n"
      "{\"id\":\"3\",\"dossier\":\"A\",\"kind\":\"request_supplement\",\"at\":\"2025-07-07T08:00\"}"
      "\n";
  motcua_event_log* log = log_of(lines);
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_register* dossiers = NULL;
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  uint8_t marks = 0;
  uint32_t all_marks = 0;
  columns.marks = &marks;
  columns.all_marks = &all_marks;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK);
  CHECK(all_marks == 128 + 256 && marks == 128);
  motcua_register_free(dossiers);
  options.forwarding = text("1wd");
  options.appraisal = text("none");
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK && all_marks == 0);
  motcua_register_free(dossiers);
  options.alert = text("soon");
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  /* Whoever knows nothing of machines and terms. */
  options.struct_size = offsetof(motcua_fold_options, machine_count);
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  motcua_register_free(dossiers);
  motcua_event_log_free(log);
}

static void linked_groups(void) {
  const char* lines =
      "{\"id\":\"1\",\"dossier\":\"A\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:00\",\"agency\":"
      "\"A\",\"procedure\":\"LT\",\"channel\":1,\"case\":\"long\"}\n"
      "{\"id\":\"2\",\"dossier\":\"B\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:00\",\"agency\":"
      "\"A\",\"procedure\":\"LT\",\"channel\":1,\"case\":\"longer\"}\n";
  motcua_event_log* log = log_of(lines);
  motcua_catalogue* catalogue = NULL;
  motcua_catalogue_texts texts = MOTCUA_CATALOGUE_TEXTS_INIT;
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_register* dossiers = NULL;
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  motcua_problem_list* problems = NULL;
  motcua_problem problem = MOTCUA_PROBLEM_INIT;
  int32_t group = -1, limit = -1, entry = 0;
  texts.procedures = text("code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tX\tcommune\n");
  texts.time_limits = text("code\tchannel\trow_no\tvalue\tunit\traw_text\n");
  texts.linked_groups = text(
      "group\tcode\tname_vi\tcase\tlimit\tsteps\tsource\n"
      "g\tLT\tN\tshort\t3wd\t1\ts\ng\tLT\tN\tlong\t9wd\t1\ts\n");
  CHECK(motcua_catalogue_parse_tables(&texts, &catalogue, NULL) == MOTCUA_OK);
  options.catalogue = catalogue;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_size(dossiers) == 1);
  columns.group = &group;
  columns.limit = &limit;
  columns.entry = &entry;
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK && entry == -1);
  CHECK(is(motcua_register_case(dossiers, group), "long"));
  CHECK(is(motcua_register_limit(dossiers, limit), "9wd"));
  CHECK(motcua_register_case(dossiers, -1).size == 0 && motcua_register_case(NULL, 0).size == 0);
  CHECK(motcua_register_case(dossiers, 2).size == 0);
  CHECK(motcua_register_problems(dossiers, &problems, NULL) == MOTCUA_OK);
  CHECK(motcua_problem_list_get(problems, 0, &problem, NULL) == MOTCUA_OK);
  CHECK(is(problem.field, "case") && is(problem.value, "longer"));
  CHECK(is(problem.expected, "a case of LT: short, long"));
  motcua_problem_list_free(problems);
  motcua_register_free(dossiers);
  motcua_catalogue_free(catalogue);
  motcua_event_log_free(log);
}

int main(void) {
  machines_by_procedure();
  terms();
  linked_groups();
  return check_failures == 0 ? 0 : 1;
}
