/* The room access through C: places of agencies in time, and structs of an older size. */
#include <motcua.h>
#include <stddef.h>
#include <string.h>

#include "check.h"

static motcua_text Text(const char* text) {
  motcua_text made;
  made.data = text;
  made.size = strlen(text);
  return made;
}

enum { kBefore = 20269, kAfter = 20270 }; /* 2025-06-30, 2025-07-01 */

/* An officer of 24823 (Lâm Đồng) on a dossier of 22918 (Bình Thuận until 2025-06-30). */
static int MayAccept(const motcua_accounts* accounts, int32_t day) {
  motcua_access_question question = MOTCUA_ACCESS_QUESTION_INIT;
  int32_t allowed = -1;
  question.day = day;
  question.account = motcua_accounts_find(accounts, Text("u"));
  question.event = motcua_accounts_event(accounts, Text("accept"));
  question.holder = motcua_accounts_agency(accounts, Text("22918"));
  CHECK(motcua_accounts_decide(accounts, &question, &allowed, NULL, NULL, NULL) == MOTCUA_OK);
  return allowed;
}

static motcua_accounts* Make(motcua_account_rows* rows) {
  motcua_account account = MOTCUA_ACCOUNT_INIT;
  motcua_accounts* accounts = NULL;
  account.id = Text("u");
  account.agency = Text("24823");
  account.roles = Text("one_stop_officer");
  rows->accounts = &account;
  rows->account_count = 1;
  CHECK(motcua_accounts_new(rows, &accounts, NULL) == MOTCUA_OK);
  return accounts;
}

static void PlacesOfTheRegistry(const motcua_registry* registry) {
  motcua_account_rows rows = MOTCUA_ACCOUNT_ROWS_INIT;
  motcua_accounts* accounts;
  rows.registry = registry;
  accounts = Make(&rows);
  CHECK(MayAccept(accounts, kBefore) == 0);
  CHECK(MayAccept(accounts, kAfter) == 1);
  motcua_accounts_free(accounts);
  /* Whoever knows nothing of the field has no registry. */
  rows.struct_size = offsetof(motcua_account_rows, registry);
  accounts = Make(&rows);
  CHECK(motcua_accounts_agency(accounts, Text("22918")) == MOTCUA_NOBODY);
  motcua_accounts_free(accounts);
}

static void PlacesOfOnesOwn(void) {
  motcua_agency_place places[3] = {MOTCUA_AGENCY_PLACE_INIT, MOTCUA_AGENCY_PLACE_INIT,
                                   MOTCUA_AGENCY_PLACE_INIT};
  motcua_account_rows rows = MOTCUA_ACCOUNT_ROWS_INIT;
  motcua_accounts* accounts;
  places[0].id = Text("24823");
  places[0].province = Text("68");
  places[1].id = places[2].id = Text("22918");
  places[1].province = Text("60");
  places[1].valid_to = kAfter;
  places[2].province = Text("68");
  places[2].valid_from = kAfter;
  rows.agencies = places;
  rows.agency_count = 3;
  accounts = Make(&rows);
  CHECK(MayAccept(accounts, kBefore) == 0);
  CHECK(MayAccept(accounts, kAfter) == 1);
  motcua_accounts_free(accounts);
}

/* An array of the struct as it was before places held for a time: they hold always. */
static void PlacesOfAnOlderCaller(void) {
  struct {
    uint32_t struct_size, reserved;
    motcua_text id, parent, province;
  } places[2];
  motcua_account_rows rows = MOTCUA_ACCOUNT_ROWS_INIT;
  motcua_accounts* accounts;
  memset(places, 0, sizeof places);
  places[0].struct_size = places[1].struct_size = sizeof places[0];
  places[0].id = Text("24823");
  places[1].id = Text("22918");
  places[0].province = places[1].province = Text("68");
  rows.agencies = (const motcua_agency_place*)(const void*)places;
  rows.agency_count = 2;
  accounts = Make(&rows);
  CHECK(MayAccept(accounts, kBefore) == 1);
  CHECK(MayAccept(accounts, kAfter) == 1);
  motcua_accounts_free(accounts);
}

int main(void) {
  motcua_registry* registry = NULL;
  CHECK(motcua_registry_national(NULL, &registry, NULL) == MOTCUA_OK);
  PlacesOfTheRegistry(registry);
  PlacesOfOnesOwn();
  PlacesOfAnOlderCaller();
  motcua_registry_free(registry);
  return check_failures == 0 ? 0 : 1;
}
