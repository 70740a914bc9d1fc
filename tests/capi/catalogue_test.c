/* Machines of a procedure's own and the rows of a catalogue from C, and what is refused. */
#include <motcua.h>
#include <string.h>

#include "check.h"

static motcua_text text(const char* string) {
  const motcua_text made = {string, strlen(string)};
  return made;
}

static int is(motcua_text found, const char* expected) {
  return found.size == strlen(expected) && memcmp(found.data, expected, found.size) == 0;
}

static const char kMachine[] =
    "machine Permit\nprocedure 1.000001\nstate received 2\nstate decided 9 Done\n"
    "none + accept [counter] / start -> received by one_stop_officer visit because a\n"
    "received + finish / end -> decided by agency_head, specialist because b\n";

static void states(const motcua_machine* machine) {
  motcua_machine_state state = MOTCUA_MACHINE_STATE_INIT;
  motcua_transition row = MOTCUA_TRANSITION_INIT;
  CHECK(is(motcua_machine_name(machine), "Permit"));
  CHECK(is(motcua_machine_procedures(machine), "1.000001"));
  CHECK(motcua_machine_state_count(machine) == 3);
  CHECK(motcua_machine_get_state(machine, 2, &state, NULL) == MOTCUA_OK);
  CHECK(is(state.name, "decided") && is(state.title, "Done") && state.status == 9);
  CHECK(state.terminal == 1);
  CHECK(motcua_machine_get_state(machine, 3, &state, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_get_state(NULL, 0, &state, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_get_transition(machine, 1, &row, NULL) == MOTCUA_OK);
  CHECK(is(row.roles, "agency_head+specialist") && is(row.role, "agency_head"));
  CHECK(is(row.from_state, "received") && is(row.to_state, "decided"));
  CHECK(motcua_machine_state_count(NULL) == 0 && motcua_machine_name(NULL).size == 0);
}

static void decisions(const motcua_machine* machine) {
  motcua_guard_facts facts = MOTCUA_GUARD_FACTS_INIT;
  motcua_buffer* expected = NULL;
  motcua_text rule = {NULL, 0};
  size_t row = 7;
  CHECK(motcua_machine_decide(machine, text("none"), text("accept"), text(""), &facts, &row, &rule,
                              &expected, NULL) == MOTCUA_OK);
  CHECK(row == SIZE_MAX && is(rule, "guard"));
  CHECK(strcmp(motcua_buffer_data(expected), "counter") == 0);
  motcua_buffer_free(expected);
  facts.counter = 1;
  CHECK(motcua_machine_decide(machine, text("none"), text("accept"), text("one_stop_officer"),
                              &facts, &row, &rule, &expected, NULL) == MOTCUA_OK);
  CHECK(row == 0 && is(rule, "allowed"));
  motcua_buffer_free(expected);
  expected = NULL;
  CHECK(motcua_machine_decide(machine, text("lost"), text("accept"), text(""), NULL, &row, &rule,
                              &expected, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_decide(machine, text("none"), text("accept"), text("king"), NULL, &row,
                              &rule, &expected, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_decide(machine, text("none"), text("dance"), text(""), NULL, &row, &rule,
                              &expected, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(expected == NULL);
}

static void promises(const motcua_machine* machine) {
  motcua_promise_list* list = NULL;
  motcua_promise promise = MOTCUA_PROMISE_INIT;
  motcua_text reason = {NULL, 0}, path = {NULL, 0};
  CHECK(motcua_machine_promises(machine, &list, NULL) == MOTCUA_OK);
  CHECK(motcua_promise_list_size(list) == 2);
  CHECK(motcua_promise_list_get(list, 0, &promise, NULL) == MOTCUA_OK);
  CHECK(is(promise.state, "received") && promise.answered == 1 && promise.late_count == 1);
  CHECK(motcua_promise_list_get_late(list, 0, 0, &reason, &path, NULL) == MOTCUA_OK);
  CHECK(is(reason, "no_event") && path.size > 0);
  CHECK(motcua_promise_list_get_late(list, 0, 1, &reason, &path, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_promise_list_get(list, 2, &promise, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_promises(NULL, &list, NULL) == MOTCUA_INVALID_ARGUMENT);
  motcua_promise_list_free(list);
  motcua_promise_list_free(NULL);
}

static void machines(void) {
  motcua_machine* machine = NULL;
  motcua_buffer* buffer = NULL;
  CHECK(motcua_machine_draft(text(kMachine), NULL, &machine, NULL) == MOTCUA_OK);
  states(machine);
  decisions(machine);
  promises(machine);
  CHECK(motcua_machine_to_svg(machine, &buffer, NULL) == MOTCUA_OK);
  CHECK(strncmp(motcua_buffer_data(buffer), "<svg", 4) == 0);
  motcua_buffer_free(buffer);
  CHECK(motcua_machine_to_text(machine, &buffer, NULL) == MOTCUA_OK);
  CHECK(strncmp(motcua_buffer_data(buffer), "machine Permit\n", 15) == 0);
  motcua_buffer_free(buffer);
  motcua_machine_free(machine);
  CHECK(motcua_machine_draft(text("state"), NULL, &machine, NULL) == MOTCUA_DATA_LOSS);
  CHECK(motcua_machine_to_svg(NULL, &buffer, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_machine_to_text(NULL, &buffer, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static motcua_catalogue* catalogue(void) {
  motcua_catalogue* made = NULL;
  motcua_catalogue_texts texts = MOTCUA_CATALOGUE_TEXTS_INIT;
  texts.procedures = text("code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tB\tcommune\n");
  texts.time_limits = text(
      "code\tchannel\trow_no\tvalue\tunit\traw_text\n1.000001\tdirect\t1\t3\tunspecified\t3\n");
  texts.agencies = text("code\trole\tagency_vi\n1.000001\tdecides\tC\n");
  texts.legal_basis = text("code\tdocument_no\tdate\n1.000001\t1/2025/ND\t2025-01-02\n");
  texts.component_counts =
      text("code\tcase_no\tcomponents\tinstructions\twith_form\n1.000001\t1\t4\t1\t2\n");
  texts.details =
      text("code\tpart\tcase_no\trow_no\tid\ttext\textra\n1.000001\tcase\t1\t0\t\tD\t\n");
  texts.procedure_steps = text(
      "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\n"
      "1.000001\t1\tE\tF\t0.25\tworking_day\tG\n");
  texts.linked_groups =
      text("group\tcode\tname_vi\tcase\tlimit\tsteps\tsource\ng\t1.000001\tN\tall\t3wd\t1\tS\n");
  CHECK(motcua_catalogue_parse_tables(&texts, &made, NULL) == MOTCUA_OK);
  texts.struct_size = 0;
  CHECK(motcua_catalogue_parse_tables(&texts, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_parse_tables(NULL, &made, NULL) == MOTCUA_INVALID_ARGUMENT);
  return made;
}

static void rows(const motcua_catalogue* made) {
  motcua_text_pair pair;
  motcua_case_row one = MOTCUA_CASE_ROW_INIT;
  motcua_detail_row detail = MOTCUA_DETAIL_ROW_INIT;
  CHECK(motcua_catalogue_get_agency(made, 0, 0, &pair, NULL) == MOTCUA_OK);
  CHECK(is(pair.first, "decides") && is(pair.second, "C"));
  CHECK(motcua_catalogue_get_agency(made, 0, 1, &pair, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_get_legal_basis(made, 0, 0, &pair, NULL) == MOTCUA_OK);
  CHECK(is(pair.second, "2025-01-02"));
  CHECK(motcua_catalogue_get_legal_basis(made, 1, 0, &pair, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_get_case(made, 0, 0, &one, NULL) == MOTCUA_OK);
  CHECK(one.components == 4 && one.instructions == 1 && one.with_form == 2);
  CHECK(motcua_catalogue_get_case(made, 0, 1, &one, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_get_detail(made, 0, 0, &detail, NULL) == MOTCUA_OK);
  CHECK(is(detail.part, "case") && is(detail.text, "D") && detail.case_no == 1);
  CHECK(motcua_catalogue_get_detail(NULL, 0, 0, &detail, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static void processes(const motcua_catalogue* made) {
  motcua_step step = MOTCUA_STEP_INIT;
  motcua_linked_group group = MOTCUA_LINKED_GROUP_INIT;
  int64_t working = 0, calendar = 7;
  CHECK(motcua_catalogue_process_count(made) == 1 && motcua_catalogue_process_count(NULL) == 0);
  CHECK(is(motcua_catalogue_process_code(made, 0), "1.000001"));
  CHECK(motcua_catalogue_process_code(made, 1).size == 0);
  CHECK(motcua_catalogue_step_count(made, 0) == 1 && motcua_catalogue_step_count(made, 1) == 0);
  CHECK(motcua_catalogue_get_step(made, 0, 0, &step, NULL) == MOTCUA_OK);
  CHECK(is(step.limit, "0.25wd") && is(step.unit, "working_day") && step.number == 1);
  CHECK(motcua_catalogue_get_step(made, 0, 1, &step, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_process_length(made, 0, &working, &calendar, NULL) == MOTCUA_OK);
  CHECK(working == 120 && calendar == 0);
  CHECK(motcua_catalogue_process_length(made, 1, &working, &calendar, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_group_count(made) == 1);
  CHECK(motcua_catalogue_get_group(made, 0, &group, NULL) == MOTCUA_OK);
  CHECK(is(group.limit, "3wd") && group.step_count == 1 && group.steps[0] == 1);
  CHECK(motcua_catalogue_get_group(made, 1, &group, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static void findings(const motcua_catalogue* made) {
  motcua_problem_list* problems = NULL;
  motcua_problem problem = MOTCUA_PROBLEM_INIT;
  motcua_buffer* table = NULL;
  CHECK(motcua_catalogue_check_at(made, 20000, &problems, NULL) == MOTCUA_OK);
  CHECK(motcua_problem_list_get(problems, 0, &problem, NULL) == MOTCUA_OK);
  CHECK(is(problem.kind, "limit_without_unit") && is(problem.subject, "1.000001"));
  motcua_problem_list_free(problems);
  CHECK(motcua_catalogue_write(made, text("agencies"), &table, NULL) == MOTCUA_OK);
  CHECK(strcmp(motcua_buffer_data(table), "code\trole\tagency_vi\n1.000001\tdecides\tC\n") == 0);
  motcua_buffer_free(table);
  CHECK(motcua_catalogue_write(made, text("prices"), &table, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_catalogue_write(NULL, text("fees"), &table, NULL) == MOTCUA_INVALID_ARGUMENT);
}

int main(void) {
  motcua_catalogue* made = catalogue();
  machines();
  rows(made);
  processes(made);
  findings(made);
  motcua_catalogue_free(made);
  return check_failures != 0;
}
