/* One dossier of a register: what may happen to it, its steps; and statuses in bulk. */
#ifndef MOTCUA_C_DOSSIER_H_
#define MOTCUA_C_DOSSIER_H_

#include "motcua/c/dossiers.h"

MOTCUA_EXTERN_C_BEGIN

/* "reception_late", "supplement_twice", "supplement_silent", "no_apology" of bit 0 to 3;
 * empty beyond; static. */
MOTCUA_EXPORT motcua_text motcua_dossier_mark_name(int32_t bit);
MOTCUA_EXPORT motcua_status motcua_register_fill(const motcua_register* dossiers,
                                                 const motcua_register_columns* columns,
                                                 motcua_error** error);

/* What an event of a kind would meet. Set struct_size with MOTCUA_POSSIBILITY_INIT. */
typedef struct motcua_possibility {
  uint32_t struct_size;
  int32_t possible; /* 0: refused by the machine */
  int32_t to;       /* the status it would lead to */
  uint32_t reserved;
  motcua_text kind;
  motcua_text role;   /* whose business it is by the machine */
  motcua_text reason; /* the source of the transition, or what was expected */
  motcua_text roles;  /* "applicant+system": all that the transition names; empty if refused */
} motcua_possibility;
#define MOTCUA_POSSIBILITY_INIT                                           \
  {                                                                       \
    sizeof(motcua_possibility), 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }
/* Every kind of event at a minute. Free with motcua_possibilities_free(). */
typedef struct motcua_possibilities motcua_possibilities;
MOTCUA_EXPORT motcua_status motcua_register_possible(const motcua_register* dossiers,
                                                     motcua_text code, int64_t at,
                                                     motcua_possibilities** out,
                                                     motcua_error** error);
MOTCUA_EXPORT size_t motcua_possibilities_size(const motcua_possibilities* list);
MOTCUA_EXPORT motcua_status motcua_possibilities_get(const motcua_possibilities* list, size_t i,
                                                     motcua_possibility* out, motcua_error** error);
MOTCUA_EXPORT void motcua_possibilities_free(motcua_possibilities* list);

/* Where a step of a dossier stands. Set struct_size with MOTCUA_STEP_STATE_INIT. */
typedef struct motcua_step_state {
  uint32_t struct_size;
  int32_t number;
  motcua_text name;
  motcua_text agency;
  motcua_text limit; /* empty: untimed */
  int64_t begun_at;  /* MOTCUA_NO_MINUTE until it happens */
  int64_t ended_at;
  int64_t original_due;
  int64_t due;
  motcua_text begun_by; /* event ids; empty until it happens */
  motcua_text ended_by;
} motcua_step_state;
#define MOTCUA_STEP_STATE_INIT                                                         \
  {                                                                                    \
    sizeof(motcua_step_state), 0, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, {0, 0}, { 0, 0 } \
  }
/* The steps of a dossier; none where its procedure has no internal process. Free with
 * motcua_dossier_steps_free(). */
typedef struct motcua_dossier_steps motcua_dossier_steps;
MOTCUA_EXPORT motcua_status motcua_register_steps(const motcua_register* dossiers, motcua_text code,
                                                  motcua_dossier_steps** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_dossier_steps_size(const motcua_dossier_steps* steps);
MOTCUA_EXPORT motcua_status motcua_dossier_steps_get(const motcua_dossier_steps* steps, size_t i,
                                                     motcua_step_state* out, motcua_error** error);
MOTCUA_EXPORT void motcua_dossier_steps_free(motcua_dossier_steps* steps);

/* The statuses of many dossiers from events in columns, grouped by dossier and in order: those
 * of dossier d are [offsets[d], offsets[d + 1]). kinds: 0 submit to 15 transfer, as the events
 * are listed in possibilities; channels: 0 to 3, or NULL. Guards that need a clock are taken to
 * hold; an event that the machine does not allow changes nothing and is counted in `refused`,
 * which may be NULL. `machine` may be NULL. Errors: INVALID_ARGUMENT; nothing is written then. */
MOTCUA_EXPORT motcua_status motcua_fold_statuses(const motcua_machine* machine,
                                                 size_t dossier_count, const int64_t* offsets,
                                                 const uint8_t* kinds, const uint8_t* channels,
                                                 uint8_t* statuses, uint32_t* refused,
                                                 motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_DOSSIER_H_ */
