/* The room units through C: a look-up, a succession, a reconciliation, a text. */
#include <motcua.h>
#include <string.h>

#include "check.h"

static motcua_text Text(const char* text) {
  motcua_text made;
  made.data = text;
  made.size = strlen(text);
  return made;
}

static int Is(motcua_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

enum { kBefore = 20269, kAfter = 20270 }; /* 2025-06-30, 2025-07-01 */

static void LookUp(const motcua_registry* registry) {
  motcua_unit_list* list = NULL;
  motcua_unit unit = MOTCUA_UNIT_INIT;
  motcua_error* error = NULL;
  CHECK(motcua_registry_find(registry, Text("24829"), kAfter, &list, NULL) == MOTCUA_OK);
  CHECK(motcua_unit_list_get(list, 0, &unit, NULL) == MOTCUA_OK);
  CHECK(Is(unit.full_name, "Phường B'Lao") && Is(unit.parent_code, "68"));
  CHECK(unit.valid_from == kAfter && unit.valid_to == MOTCUA_NO_DAY);
  CHECK(motcua_unit_list_get(list, 1, &unit, &error) == MOTCUA_INVALID_ARGUMENT);
  motcua_error_free(error);
  motcua_unit_list_free(list);
  CHECK(motcua_registry_find(registry, Text("99999"), kAfter, &list, &error) == MOTCUA_NOT_FOUND);
  CHECK(motcua_error_reason(error) == MOTCUA_REASON_UNKNOWN_UNIT);
  motcua_error_free(error);
  CHECK(motcua_registry_find(NULL, Text("68"), kAfter, &list, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_registry_units(registry, kAfter, 9, Text(""), &list, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
}

static void Succeed(const motcua_registry* registry) {
  motcua_succession* succession = NULL;
  motcua_succession_edge edge = MOTCUA_SUCCESSION_EDGE_INIT;
  motcua_succession_step step = MOTCUA_SUCCESSION_STEP_INIT;
  CHECK(motcua_registry_successors(registry, Text("24826"), kBefore, kAfter, &succession, NULL) ==
        MOTCUA_OK);
  CHECK(motcua_succession_get_kind(succession) == MOTCUA_SUCCESSION_MERGED);
  CHECK(motcua_succession_get_edge(succession, 0, &edge, NULL) == MOTCUA_OK);
  CHECK(edge.extent == MOTCUA_EXTENT_WHOLE && edge.moved == MOTCUA_MOVED_ALL);
  CHECK(motcua_succession_get_step(succession, 0, 0, &step, NULL) == MOTCUA_OK);
  CHECK(Is(step.act, "1671/NQ-UBTVQH15") && step.article == 1 && step.clause == 107);
  CHECK(motcua_succession_get_edge(succession, 1, &edge, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_unit_list_size(motcua_succession_units(succession)) == 1);
  motcua_succession_free(succession);
}

static void Reconcile(const motcua_registry* registry) {
  motcua_catalogue_row row;
  motcua_reconciliation* made = NULL;
  motcua_finding finding = MOTCUA_FINDING_INIT;
  motcua_scope scope = MOTCUA_SCOPE_INIT;
  row.code = Text("24829");
  row.name = Text("Phường BLao");
  row.parent = Text("");
  scope.within = Text("68");
  CHECK(motcua_registry_reconcile(registry, &row, 1, kAfter, &scope, &made, NULL) == MOTCUA_OK);
  CHECK(motcua_reconciliation_size(made) == 124);
  CHECK(motcua_reconciliation_get(made, 0, &finding, NULL) == MOTCUA_OK);
  CHECK(finding.kind == MOTCUA_FINDING_SPELLING && finding.stage == MOTCUA_STAGE_APOSTROPHE);
  CHECK(Is(finding.proposal, "name: Phường B'Lao") && finding.row == 0);
  motcua_reconciliation_free(made);
  row.name = Text("\xff");
  CHECK(motcua_registry_reconcile(registry, &row, 1, kAfter, NULL, &made, NULL) ==
        MOTCUA_INVALID_ARGUMENT);
}

static void Resolve(const motcua_registry* registry) {
  motcua_text texts[2];
  motcua_resolved resolved[2];
  motcua_error* error = NULL;
  texts[0] = Text("Phường BLao, Lâm Đồng");
  texts[1] = Text("\xff");
  CHECK(motcua_registry_resolve_many(registry, texts, 2, kAfter, resolved, &error) ==
        MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_error_row_count(error) == 1 && motcua_error_row(error, 0) == 1);
  motcua_error_free(error);
  CHECK(strcmp(resolved[0].code, "24829") == 0 && resolved[0].score > 0.9);
  CHECK(resolved[1].code[0] == '\0' && resolved[1].stage == MOTCUA_STAGE_NONE);
}

static void Fold(void) {
  motcua_buffer* key = NULL;
  motcua_stage stage = MOTCUA_STAGE_NONE;
  CHECK(motcua_search_key(Text("Phường 01, B'Lao"), &key, NULL) == MOTCUA_OK);
  CHECK(strcmp(motcua_buffer_data(key), "phuong1blao") == 0);
  motcua_buffer_free(key);
  CHECK(motcua_stage_between(Text("BLao"), Text("B'Lao"), &stage, NULL) == MOTCUA_OK);
  CHECK(stage == MOTCUA_STAGE_APOSTROPHE && Is(motcua_stage_name(stage), "apostrophe"));
  CHECK(motcua_text_fold(Text("a"), 12, &key, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_search_key(Text("\xff"), &key, NULL) == MOTCUA_INVALID_ARGUMENT);
}

int main(void) {
  motcua_registry* registry = NULL;
  CHECK(motcua_registry_national(NULL, &registry, NULL) == MOTCUA_OK);
  LookUp(registry);
  Succeed(registry);
  Reconcile(registry);
  Resolve(registry);
  Fold();
  motcua_registry_free(registry);
  motcua_registry_free(NULL);
  return check_failures != 0;
}
