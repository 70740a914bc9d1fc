/* The dossier machine: statuses, and which event may happen in which. */
#ifndef MOTCUA_C_MACHINE_H_
#define MOTCUA_C_MACHINE_H_

#include "motcua/c/procedures.h"

MOTCUA_EXTERN_C_BEGIN

/* "accepted", ...; "none" for 0, empty for no status; static. */
MOTCUA_EXPORT motcua_text motcua_dossier_status_name(int32_t status);
MOTCUA_EXPORT motcua_text motcua_dossier_status_name_vi(int32_t status);
/* 0 none, 1 early, 2 on_time, 3 overdue, 4 pending, 5 pending_overdue; static. */
MOTCUA_EXPORT motcua_text motcua_outcome_name(int32_t outcome);

/* The readings of the law that a machine takes; 0 is the default of each. Set
 * struct_size with MOTCUA_MACHINE_OPTIONS_INIT. */
typedef struct motcua_machine_options {
  uint32_t struct_size;
  int32_t stop;        /* 0: status 8 ends the dossier; 1: it is a pause */
  int32_t withdrawal;  /* 0: status 7; 1: stored as finished, 9 */
  int32_t supplement;  /* after acceptance 0: the limit restarts; 1: resumes; 2: shifts */
  int32_t payment;     /* 0: the limit resumes; 1: shifts */
  int32_t extension;   /* 0: at the latest the day before the due date; 1: any time */
  motcua_text silence; /* when a supplement has expired; empty: "15d" */
} motcua_machine_options;
#define MOTCUA_MACHINE_OPTIONS_INIT                         \
  {                                                         \
    sizeof(motcua_machine_options), 0, 0, 0, 0, 0, { 0, 0 } \
  }

/* One row of a machine. Set struct_size with MOTCUA_TRANSITION_INIT. */
typedef struct motcua_transition {
  uint32_t struct_size;
  int32_t from;      /* 0 (no dossier yet) to 10 */
  motcua_text event; /* the kind */
  motcua_text guard; /* joined by +, "-" if none; borrowed from the machine */
  motcua_text to;    /* "1" to "10", "same" or "previous" */
  motcua_text role;
  motcua_text clock;  /* none, start, pause, resume, restart, shift, end, reopen, extend */
  motcua_text option; /* "stop=terminal", "-" if none */
  motcua_text source;
  int32_t visit; /* 1: the citizen comes to the counter for it, where the channel is direct */
  uint32_t reserved;
} motcua_transition;
#define MOTCUA_TRANSITION_INIT \
  { sizeof(motcua_transition), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0 }

/* Which event may happen in which status. Free with motcua_machine_free(). */
typedef struct motcua_machine motcua_machine;
/* The national machine; `options` and `dataset` may be NULL. Errors: INVALID_ARGUMENT
 * for an option out of range, DATA_LOSS. */
MOTCUA_EXPORT motcua_status motcua_machine_national(const motcua_machine_options* options,
                                                    const motcua_dataset* dataset,
                                                    motcua_machine** out, motcua_error** error);
/* A machine from the text of a table, checked. Errors: DATA_LOSS. */
MOTCUA_EXPORT motcua_status motcua_machine_parse(motcua_text table,
                                                 const motcua_machine_options* options,
                                                 motcua_machine** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_machine_transition_count(const motcua_machine* machine);
MOTCUA_EXPORT motcua_status motcua_machine_get_transition(const motcua_machine* machine, size_t i,
                                                          motcua_transition* out,
                                                          motcua_error** error);
/* What is wrong with it; the caller frees the list. */
MOTCUA_EXPORT motcua_status motcua_machine_check(const motcua_machine* machine,
                                                 motcua_problem_list** out, motcua_error** error);
/* A Mermaid state diagram; the caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_machine_to_mermaid(const motcua_machine* machine,
                                                      motcua_buffer** out, motcua_error** error);
MOTCUA_EXPORT void motcua_machine_free(motcua_machine* machine);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_MACHINE_H_ */
