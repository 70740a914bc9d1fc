/* Accounts and rights: who may cause an event in a dossier, and by which rule. */
#ifndef MOTCUA_C_ACCESS_H_
#define MOTCUA_C_ACCESS_H_

#include "motcua/c/handover.h"
#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* Validity: days since 1970-01-01, `valid_to` exclusive; INT32_MIN and INT32_MAX: no bound.
 * Words of a list are joined by commas. Each struct's struct_size is set by its _INIT. */
typedef struct motcua_account {
  uint32_t struct_size;
  int32_t valid_from;
  int32_t valid_to;
  uint32_t reserved;
  motcua_text id;
  motcua_text agency;
  motcua_text roles;
} motcua_account;
#define MOTCUA_ACCOUNT_INIT                                                   \
  {                                                                           \
    sizeof(motcua_account), INT32_MIN, INT32_MAX, 0, {0, 0}, {0, 0}, { 0, 0 } \
  }
/* Where an agency stands for a time; one may have several rows, one after the other. On a day
 * that none of them covers it stands under none and lies in no province. */
typedef struct motcua_agency_place {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text id;
  motcua_text parent;   /* empty: under none */
  motcua_text province; /* empty: that of the nearest parent that has one */
  int32_t valid_from;
  int32_t valid_to;
} motcua_agency_place;
#define MOTCUA_AGENCY_PLACE_INIT \
  { sizeof(motcua_agency_place), 0, {0, 0}, {0, 0}, {0, 0}, INT32_MIN, INT32_MAX }
/* `to` acts with roles and agency of `from`. */
typedef struct motcua_delegation {
  uint32_t struct_size;
  int32_t valid_from;
  int32_t valid_to;
  uint32_t reserved;
  motcua_text from;
  motcua_text to;
  motcua_text events; /* empty: all */
} motcua_delegation;
#define MOTCUA_DELEGATION_INIT                                                   \
  {                                                                              \
    sizeof(motcua_delegation), INT32_MIN, INT32_MAX, 0, {0, 0}, {0, 0}, { 0, 0 } \
  }
/* Who caused the one event may not cause the other in the same dossier. */
typedef struct motcua_separation {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text first;
  motcua_text second;
  motcua_text source;
} motcua_separation;
#define MOTCUA_SEPARATION_INIT                             \
  {                                                        \
    sizeof(motcua_separation), 0, {0, 0}, {0, 0}, { 0, 0 } \
  }
/* From a day on an account works elsewhere. */
typedef struct motcua_posting {
  uint32_t struct_size;
  int32_t from;
  motcua_text account;
  motcua_text agency;
  motcua_text basis;
} motcua_posting;
#define MOTCUA_POSTING_INIT                             \
  {                                                     \
    sizeof(motcua_posting), 0, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* What accounts are made of. Set struct_size with MOTCUA_ACCOUNT_ROWS_INIT. */
typedef struct motcua_account_rows {
  uint32_t struct_size;
  uint32_t reserved;
  const motcua_account* accounts;
  size_t account_count;
  const motcua_agency_place* agencies;
  size_t agency_count;
  const motcua_delegation* delegations;
  size_t delegation_count;
  const motcua_separation* separations;
  size_t separation_count;
  const motcua_posting* postings;
  size_t posting_count;
  motcua_text rights; /* a table: role, event, relation, source; empty: the national one */
  const motcua_registry* registry; /* its units stand, day by day, where they stood, unless
                                      `agencies` lists them; NULL: `agencies` alone */
} motcua_account_rows;
#define MOTCUA_ACCOUNT_ROWS_INIT \
  { sizeof(motcua_account_rows), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, {0, 0}, 0 }

/* Immutable. Free with motcua_accounts_free(). */
typedef struct motcua_accounts motcua_accounts;
/* Errors: INVALID_ARGUMENT naming list, row and field; DATA_LOSS for the table of rights. */
MOTCUA_EXPORT motcua_status motcua_accounts_new(const motcua_account_rows* rows,
                                                motcua_accounts** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_accounts_size(const motcua_accounts* accounts);
#define MOTCUA_NOBODY UINT32_MAX
/* Numbers to ask with; MOTCUA_NOBODY if there is none. */
MOTCUA_EXPORT uint32_t motcua_accounts_find(const motcua_accounts* accounts, motcua_text id);
MOTCUA_EXPORT uint32_t motcua_accounts_agency(const motcua_accounts* accounts, motcua_text agency);
MOTCUA_EXPORT uint32_t motcua_accounts_event(const motcua_accounts* accounts, motcua_text event);
/* Where an account works on a day; borrowed; empty for no account. */
MOTCUA_EXPORT motcua_text motcua_accounts_agency_of(const motcua_accounts* accounts,
                                                    uint32_t account, int32_t day);

/* One row of the rights. Set struct_size with MOTCUA_RIGHT_INIT. */
typedef struct motcua_right {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text role;
  motcua_text event;
  motcua_text relation; /* any, own, competent, receiving, subordinate, province */
  motcua_text source;
} motcua_right;
#define MOTCUA_RIGHT_INIT                                     \
  {                                                           \
    sizeof(motcua_right), 0, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }
MOTCUA_EXPORT size_t motcua_accounts_right_count(const motcua_accounts* accounts);
MOTCUA_EXPORT motcua_status motcua_accounts_get_right(const motcua_accounts* accounts, size_t i,
                                                      motcua_right* out, motcua_error** error);
/* The posting rows, those given and those a handover added. */
MOTCUA_EXPORT size_t motcua_accounts_posting_count(const motcua_accounts* accounts);
MOTCUA_EXPORT motcua_status motcua_accounts_get_posting(const motcua_accounts* accounts, size_t i,
                                                        motcua_posting* out, motcua_error** error);

/* Many questions: each array of `count` numbers; `decided` receives 1 or 0. Errors:
 * INVALID_ARGUMENT for a number that is none, naming the row; nothing is decided then. */
MOTCUA_EXPORT motcua_status motcua_accounts_decide_many(
    const motcua_accounts* accounts, size_t count, const uint32_t* account, const uint32_t* event,
    const uint32_t* holder, const uint32_t* competent, const uint32_t* receiving,
    const int32_t* day, uint8_t* decided, motcua_error** error);

/* One question. Set struct_size with MOTCUA_ACCESS_QUESTION_INIT. */
typedef struct motcua_access_question {
  uint32_t struct_size;
  int32_t day;
  uint32_t account;
  uint32_t event;
  uint32_t holder; /* agencies; MOTCUA_NOBODY: unknown */
  uint32_t competent;
  uint32_t receiving;
  uint32_t reserved;
  size_t act_count; /* events that accounts caused in the dossier, for separations */
  const uint32_t* act_events;
  const uint32_t* act_accounts;
  motcua_text without; /* roles joined by +, that grant nothing here; empty: none */
} motcua_access_question;
#define MOTCUA_ACCESS_QUESTION_INIT                                                                \
  {                                                                                                \
    sizeof(motcua_access_question), 0, MOTCUA_NOBODY, MOTCUA_NOBODY, MOTCUA_NOBODY, MOTCUA_NOBODY, \
        MOTCUA_NOBODY, 0, 0, 0, 0, {                                                               \
      0, 0                                                                                         \
    }                                                                                              \
  }
/* `allowed` receives 1 or 0; the caller frees `rule` and `reason`, each of which may be NULL. */
MOTCUA_EXPORT motcua_status motcua_accounts_decide(const motcua_accounts* accounts,
                                                   const motcua_access_question* question,
                                                   int32_t* allowed, motcua_buffer** rule,
                                                   motcua_buffer** reason, motcua_error** error);

/* Accounts of abolished bodies go to the successors; `out` receives new accounts, `report`
 * the rows (their `dossier` is the account). Parameters as of motcua_handover_run_hinted. */
MOTCUA_EXPORT motcua_status motcua_accounts_hand_over(
    const motcua_accounts* accounts, const motcua_registry* registry, int32_t date,
    const motcua_text* agencies_from, const motcua_text* agencies_to, size_t agency_count,
    const motcua_handover_hint* hints, size_t hint_count, motcua_accounts** out,
    motcua_handover_report** report, motcua_error** error);
MOTCUA_EXPORT void motcua_accounts_free(motcua_accounts* accounts);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_ACCESS_H_ */
