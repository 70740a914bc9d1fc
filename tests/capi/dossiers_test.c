/* Procedures, dossiers and statistics from C: one small province, and what is refused. */
#include <motcua.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

static motcua_text text(const char* string) {
  const motcua_text made = {string, strlen(string)};
  return made;
}

static int is(motcua_text found, const char* expected) {
  return found.size == strlen(expected) && memcmp(found.data, expected, found.size) == 0;
}

static const char kEvents[] =
    "{\"id\":\"1\",\"dossier\":\"D\",\"kind\":\"accept\",\"at\":\"2025-06-30T08:00\","
    "\"agency\":\"24829\",\"procedure\":\"1.000001\",\"channel\":1}\n"
    "{\"id\":\"2\",\"dossier\":\"D\",\"kind\":\"approve\",\"at\":\"2025-06-30T08:00\"}\n"
    "{\"id\":\"3\",\"dossier\":\"D\",\"kind\":\"hand_over\",\"at\":\"2025-07-02T08:00\"}\n"
    "{\"id\":\"4\",\"dossier\":\"D\",\"kind\":\"finish\",\"at\":\"2025-07-03T16:00\"}\n";

static motcua_catalogue* catalogue(void) {
  motcua_catalogue* made = NULL;
  const motcua_text none = {NULL, 0};
  CHECK(
      motcua_catalogue_parse(
          text("code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tB\tcommune\n"),
          text("code\tchannel\trow_no\tvalue\tunit\traw_text\n"
               "1.000001\tdirect\t1\t3\tworking_day\t3\n1.000001\tonline\t1\t3\tunspecified\t3\n"),
          none, none, none, &made, NULL) == MOTCUA_OK);
  return made;
}

static motcua_event_log* events(void) {
  motcua_event_log* log = NULL;
  motcua_problem_list* problems = NULL;
  motcua_problem problem = MOTCUA_PROBLEM_INIT;
  size_t added = 0;
  CHECK(motcua_event_log_new(&log, NULL) == MOTCUA_OK);
  CHECK(motcua_event_log_append(log, text(kEvents), &added, &problems, NULL) == MOTCUA_OK);
  CHECK(added == 3 && motcua_event_log_size(log) == 3);
  CHECK(motcua_problem_list_size(problems) == 1);
  CHECK(motcua_problem_list_get(problems, 0, &problem, NULL) == MOTCUA_OK);
  CHECK(problem.line == 2 && is(problem.field, "kind") && is(problem.value, "approve"));
  CHECK(motcua_problem_list_get(problems, 1, &problem, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_problem_list_free(problems);
  return log;
}

static void procedures(void) {
  motcua_catalogue* made = catalogue();
  motcua_procedure procedure = MOTCUA_PROCEDURE_INIT;
  motcua_limit_row limit = MOTCUA_LIMIT_ROW_INIT;
  motcua_fee_row fee = MOTCUA_FEE_ROW_INIT;
  motcua_buffer* buffer = NULL;
  motcua_problem_list* problems = NULL;
  motcua_error* error = NULL;
  size_t i = 9;
  CHECK(motcua_catalogue_find(made, text("1.000001"), 20270, &i, NULL) == MOTCUA_OK && i == 0);
  CHECK(motcua_catalogue_get(made, 0, &procedure, NULL) == MOTCUA_OK);
  CHECK(procedure.levels == MOTCUA_PROCEDURE_COMMUNE && procedure.limit_count == 2);
  CHECK(motcua_catalogue_get_limit(made, 0, 1, &limit, NULL) == MOTCUA_OK);
  CHECK(limit.limit.size == 0 && is(limit.unit, "unspecified"));
  CHECK(motcua_catalogue_limit_of(made, 0, MOTCUA_CHANNEL_DIRECT, &buffer, NULL) == MOTCUA_OK);
  CHECK(strcmp(motcua_buffer_data(buffer), "3wd") == 0);
  motcua_buffer_free(buffer);
  CHECK(motcua_catalogue_check(made, &problems, NULL) == MOTCUA_OK);
  CHECK(motcua_problem_list_size(problems) == 2);
  motcua_problem_list_free(problems);

  CHECK(motcua_catalogue_find(made, text("9"), 20270, &i, &error) == MOTCUA_NOT_FOUND);
  CHECK(motcua_error_reason(error) == MOTCUA_REASON_UNKNOWN_PROCEDURE);
  motcua_error_free(error);
  CHECK(motcua_catalogue_get(made, 1, &procedure, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_get_fee(made, 0, 0, &fee, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_limit_of(made, 0, 7, &buffer, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_limit_of(made, 0, 2, &buffer, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_get(NULL, 0, &procedure, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_read(text("/no/such/folder"), &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_size(NULL) == 0);
  motcua_catalogue_free(made);
  motcua_catalogue_free(NULL);
}

static void machine(void) {
  motcua_machine_options options = MOTCUA_MACHINE_OPTIONS_INIT;
  motcua_transition row = MOTCUA_TRANSITION_INIT;
  motcua_machine* made = NULL;
  motcua_problem_list* problems = NULL;
  motcua_buffer* drawing = NULL;
  options.stop = 1;
  CHECK(motcua_machine_national(&options, NULL, &made, NULL) == MOTCUA_OK);
  CHECK(motcua_machine_transition_count(made) > 30);
  CHECK(motcua_machine_get_transition(made, 0, &row, NULL) == MOTCUA_OK);
  CHECK(row.from == 0 && is(row.event, "submit") && row.source.size > 0);
  CHECK(motcua_machine_check(made, &problems, NULL) == MOTCUA_OK);
  CHECK(motcua_problem_list_size(problems) == 0);
  CHECK(motcua_machine_to_mermaid(made, &drawing, NULL) == MOTCUA_OK);
  CHECK(motcua_buffer_size(drawing) > 100);
  CHECK(is(motcua_dossier_status_name(2), "accepted"));
  CHECK(motcua_dossier_status_name(11).size == 0 && motcua_outcome_name(-1).size == 0);
  motcua_buffer_free(drawing);
  motcua_problem_list_free(problems);
  motcua_machine_free(made);
  options.stop = 2;
  CHECK(motcua_machine_national(&options, NULL, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_parse(text("from\n"), NULL, &made, NULL) == MOTCUA_DATA_LOSS);
  CHECK(motcua_machine_get_transition(NULL, 0, &row, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static motcua_register* folded(const motcua_event_log* log) {
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_register* dossiers = NULL;
  motcua_catalogue* procedures_known = catalogue();
  options.catalogue = procedures_known;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  motcua_catalogue_free(procedures_known); /* the register keeps what it needs */
  return dossiers;
}

static void fold(void) {
  motcua_event_log* log = events();
  motcua_register* dossiers = folded(log);
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  motcua_problem_list* problems = NULL;
  motcua_history* history = NULL;
  motcua_history_entry entry = MOTCUA_HISTORY_ENTRY_INIT;
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  int64_t due = 0;
  uint8_t status = 0, outcome = 0;
  int32_t limit = -1;
  size_t i = 9;
  CHECK(motcua_register_size(dossiers) == 1 && is(motcua_register_code(dossiers, 0), "D"));
  columns.due = &due;
  columns.status = &status;
  columns.outcome = &outcome;
  columns.limit = &limit;
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK);
  /* Three working days from Monday 30 June end on Thursday 3 July at 17:30. */
  CHECK(due == (INT64_C(20269) + 3) * 1440 + 17 * 60 + 30);
  CHECK(status == 9 && is(motcua_outcome_name(outcome), "on_time"));
  CHECK(is(motcua_register_limit(dossiers, limit), "3wd"));
  CHECK(motcua_register_problems(dossiers, &problems, NULL) == MOTCUA_OK);
  CHECK(motcua_problem_list_size(problems) == 1);
  motcua_problem_list_free(problems);
  CHECK(motcua_register_history(dossiers, text("D"), &history, NULL) == MOTCUA_OK);
  CHECK(motcua_history_size(history) == 3);
  CHECK(motcua_history_get(history, 1, &entry, NULL) == MOTCUA_OK);
  CHECK(entry.applied == 0 && is(entry.kind, "hand_over"));
  CHECK(motcua_history_get(history, 3, &entry, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_history_free(history);
  CHECK(motcua_register_find(dossiers, text("X"), &i, NULL) == MOTCUA_NOT_FOUND);
  options.policy = 5;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_register_fold(NULL, NULL, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_register_free(dossiers);
  motcua_event_log_free(log);
}

static void handover(void) {
  motcua_event_log* log = events();
  motcua_registry* registry = NULL;
  motcua_handover_report* report = NULL;
  motcua_handover_row row = MOTCUA_HANDOVER_ROW_INIT;
  motcua_handover_candidate candidate = MOTCUA_HANDOVER_CANDIDATE_INIT;
  CHECK(motcua_registry_national(NULL, &registry, NULL) == MOTCUA_OK);
  CHECK(motcua_handover_run(log, registry, 20270, NULL, NULL, 0, NULL, &report, NULL) == MOTCUA_OK);
  CHECK(motcua_handover_transferred_count(report) == 1);
  CHECK(motcua_handover_undecided_count(report) == 0);
  CHECK(motcua_handover_transferred(report, 0, &row, NULL) == MOTCUA_OK);
  CHECK(is(row.dossier, "D") && is(row.to, "24829"));
  CHECK(motcua_handover_undecided(report, 0, &row, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_handover_get_candidate(report, 0, 0, &candidate, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_event_log_size(log) == 4);
  CHECK(motcua_handover_run(log, registry, 20270, NULL, NULL, 1, NULL, &report, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  motcua_handover_report_free(report);
  motcua_registry_free(registry);
  motcua_event_log_free(log);
}

static void counts(void) {
  motcua_event_log* log = events();
  motcua_register* dossiers = folded(log);
  motcua_statistics* statistics = NULL;
  motcua_counts total = MOTCUA_COUNTS_INIT;
  motcua_buffer* csv = NULL;
  const motcua_grouping by[] = {MOTCUA_BY_FIELD, MOTCUA_BY_CHANNEL};
  const motcua_grouping unknown[] = {4};
  CHECK(motcua_statistics_count(dossiers, 20270, 20298, by, 2, &statistics, NULL) == MOTCUA_OK);
  CHECK(motcua_statistics_size(statistics) == 1);
  CHECK(is(motcua_statistics_key(statistics, 0, 0), "B"));
  CHECK(is(motcua_statistics_key(statistics, 0, 1), "direct"));
  CHECK(motcua_statistics_total(statistics, &total, NULL) == MOTCUA_OK);
  CHECK(total.carried_over == 1 && total.on_time == 1 && total.on_time_rate == 10000);
  CHECK(motcua_statistics_to_csv(statistics, &csv, NULL) == MOTCUA_OK);
  CHECK(strstr(motcua_buffer_data(csv), "B,direct,") != NULL);
  CHECK(motcua_form_heading(10).size > 0 && motcua_form_heading(11).size == 0);
  CHECK(motcua_statistics_get(statistics, 1, &total, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_buffer_free(csv);
  motcua_statistics_free(statistics);
  CHECK(motcua_statistics_count(dossiers, 20270, 20269, by, 2, &statistics, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_statistics_count(dossiers, 20270, 20298, unknown, 1, &statistics, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  motcua_register_free(dossiers);
  motcua_event_log_free(log);
}

static void one_dossier(void) {
  motcua_event_log* log = events();
  motcua_catalogue* made = catalogue();
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_planned_step steps[2] = {MOTCUA_PLANNED_STEP_INIT, MOTCUA_PLANNED_STEP_INIT};
  motcua_register* dossiers = NULL;
  motcua_possibilities* possible = NULL;
  motcua_possibility possibility = MOTCUA_POSSIBILITY_INIT;
  motcua_dossier_steps* states = NULL;
  motcua_step_state state = MOTCUA_STEP_STATE_INIT;
  motcua_history* history = NULL;
  motcua_history_entry entry = MOTCUA_HISTORY_ENTRY_INIT;
  steps[0].procedure = steps[1].procedure = text("1.000001");
  steps[0].number = 1;
  steps[0].limit = text("0.5wd");
  steps[1].number = 2;
  options.catalogue = made;
  options.steps = steps;
  options.step_count = 2;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_possible(dossiers, text("D"), motcua_register_as_of(dossiers), &possible,
                                 NULL) == MOTCUA_OK);
  CHECK(motcua_possibilities_size(possible) == 16);
  CHECK(motcua_possibilities_get(possible, 14, &possibility, NULL) == MOTCUA_OK);
  CHECK(is(possibility.kind, "hand_over") && possibility.possible == 1 && possibility.to == 10);
  CHECK(is(possibility.role, "result_returner"));
  CHECK(is(possibility.roles, "result_returner+one_stop_officer+one_stop_head"));
  CHECK(motcua_possibilities_get(possible, 16, &possibility, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_possibilities_free(possible);
  CHECK(motcua_register_steps(dossiers, text("D"), &states, NULL) == MOTCUA_OK);
  CHECK(motcua_dossier_steps_size(states) == 2);
  CHECK(motcua_dossier_steps_get(states, 0, &state, NULL) == MOTCUA_OK);
  CHECK(is(state.begun_by, "1") && is(state.ended_by, "4") && is(state.limit, "0.5wd"));
  CHECK(motcua_dossier_steps_get(states, 2, &state, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_dossier_steps_free(states);
  CHECK(motcua_register_history(dossiers, text("D"), &history, NULL) == MOTCUA_OK);
  CHECK(motcua_history_get(history, 0, &entry, NULL) == MOTCUA_OK);
  CHECK(is(entry.holder, "24829") && entry.step == 1 && entry.visit == 1 && entry.marks == 0);
  CHECK(is(entry.state, "accepted") && entry.note.size == 0);
  motcua_history_free(history);
  CHECK(motcua_register_steps(dossiers, text("X"), &states, NULL) == MOTCUA_NOT_FOUND);
  CHECK(is(motcua_dossier_mark_name(3), "no_apology"));
  CHECK(is(motcua_dossier_mark_name(6), "not_competent"));
  CHECK(is(motcua_dossier_mark_name(9), "reception_alert"));
  CHECK(motcua_dossier_mark_name(10).size == 0 && motcua_dossier_mark_name(-1).size == 0);
  motcua_register_free(dossiers);
  steps[1].number = 1;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_catalogue_free(made);
  motcua_event_log_free(log);
}

/* Steps from the catalogue, or not; an officer's act of an agency that has no part. */
static void steps_and_marks(void) {
  const char* lines =
      "{\"id\":\"1\",\"dossier\":\"D\",\"kind\":\"accept\",\"at\":\"2025-07-01T08:00\",\"agency\":"
      "\"A\",\"procedure\":\"1.000001\",\"channel\":1,\"limit\":\"5wd\"}\n"
      "{\"id\":\"2\",\"dossier\":\"D\",\"kind\":\"finish\",\"at\":\"2025-07-01T09:00\",\"agency\":"
      "\"B\"}\n";
  motcua_event_log* log = NULL;
  motcua_catalogue* made = NULL;
  motcua_fold_options options = MOTCUA_FOLD_OPTIONS_INIT;
  motcua_register* dossiers = NULL;
  motcua_dossier_steps* states = NULL;
  motcua_history* history = NULL;
  motcua_history_entry entry = MOTCUA_HISTORY_ENTRY_INIT;
  motcua_register_columns columns = MOTCUA_REGISTER_COLUMNS_INIT;
  uint8_t marks = 0;
  motcua_catalogue_texts texts = MOTCUA_CATALOGUE_TEXTS_INIT;
  texts.procedures = text("code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tX\tcommune\n");
  texts.time_limits = text("code\tchannel\trow_no\tvalue\tunit\traw_text\n");
  texts.procedure_steps = text(
      "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\trole\tafter\n"
      "1.000001\t1\tOne\t\t1\tworking_day\ts\t\t\n");
  CHECK(motcua_event_log_new(&log, NULL) == MOTCUA_OK);
  CHECK(motcua_event_log_append(log, text(lines), NULL, NULL, NULL) == MOTCUA_OK);
  CHECK(motcua_catalogue_parse_tables(&texts, &made, NULL) == MOTCUA_OK);
  options.catalogue = made;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_steps(dossiers, text("D"), &states, NULL) == MOTCUA_OK);
  CHECK(motcua_dossier_steps_size(states) == 1);
  motcua_dossier_steps_free(states);
  columns.marks = &marks;
  CHECK(motcua_register_fill(dossiers, &columns, NULL) == MOTCUA_OK && marks == 16);
  CHECK(is(motcua_dossier_mark_name(4), "foreign_agency"));
  CHECK(motcua_register_history(dossiers, text("D"), &history, NULL) == MOTCUA_OK);
  CHECK(motcua_history_get(history, 0, &entry, NULL) == MOTCUA_OK && entry.marks == 0);
  CHECK(motcua_history_get(history, 1, &entry, NULL) == MOTCUA_OK && entry.marks == 16);
  motcua_history_free(history);
  motcua_register_free(dossiers);
  options.steps_only = 1;
  CHECK(motcua_register_fold(log, &options, &dossiers, NULL) == MOTCUA_OK);
  CHECK(motcua_register_steps(dossiers, text("D"), &states, NULL) == MOTCUA_OK);
  CHECK(motcua_dossier_steps_size(states) == 0);
  motcua_dossier_steps_free(states);
  motcua_register_free(dossiers);
  motcua_catalogue_free(made);
  motcua_event_log_free(log);
}

static void access_rights(void) {
  motcua_account account = MOTCUA_ACCOUNT_INIT;
  motcua_account_rows rows = MOTCUA_ACCOUNT_ROWS_INIT;
  motcua_accounts* accounts = NULL;
  motcua_access_question question = MOTCUA_ACCESS_QUESTION_INIT;
  motcua_right right = MOTCUA_RIGHT_INIT;
  motcua_buffer* rule = NULL;
  motcua_buffer* reason = NULL;
  int32_t allowed = 9;
  uint32_t number = 0;
  uint8_t decided = 9;
  account.id = text("u");
  account.agency = text("24829");
  account.roles = text("clerk, one_stop_officer");
  rows.accounts = &account;
  rows.account_count = 1;
  CHECK(motcua_accounts_new(&rows, &accounts, NULL) == MOTCUA_OK);
  CHECK(motcua_accounts_size(accounts) == 1);
  CHECK(motcua_accounts_get_right(accounts, 0, &right, NULL) == MOTCUA_OK && right.source.size > 0);
  question.account = motcua_accounts_find(accounts, text("u"));
  question.event = motcua_accounts_event(accounts, text("accept"));
  question.holder = motcua_accounts_agency(accounts, text("24829"));
  question.day = 20270;
  CHECK(motcua_accounts_decide(accounts, &question, &allowed, &rule, &reason, NULL) == MOTCUA_OK);
  CHECK(allowed == 1);
  CHECK(strcmp(motcua_buffer_data(rule), "right one_stop_officer/accept/own") == 0);
  CHECK(strstr(motcua_buffer_data(reason), "118/2025") != NULL);
  motcua_buffer_free(rule);
  motcua_buffer_free(reason);
  number = MOTCUA_NOBODY;
  CHECK(motcua_accounts_decide_many(accounts, 1, &question.account, &question.event,
                                    &question.holder, &number, &number, &question.day, &decided,
                                    NULL) == MOTCUA_OK);
  CHECK(decided == 1);
  question.account = 7;
  CHECK(motcua_accounts_decide(accounts, &question, &allowed, NULL, NULL, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_accounts_find(accounts, text("v")) == MOTCUA_NOBODY);
  motcua_accounts_free(accounts);
  motcua_accounts_free(NULL);
  account.roles = text("boss");
  CHECK(motcua_accounts_new(&rows, &accounts, NULL) == MOTCUA_INVALID_ARGUMENT);
}

int main(void) {
  procedures();
  machine();
  fold();
  handover();
  counts();
  one_dossier();
  steps_and_marks();
  access_rights();
  return check_failures != 0;
}
