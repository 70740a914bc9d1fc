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
  int32_t fee;         /* 0: not looked at; 1: acceptance and hand-over wait for it */
  uint32_t reserved;
} motcua_machine_options;
#define MOTCUA_MACHINE_OPTIONS_INIT \
  { sizeof(motcua_machine_options), 0, 0, 0, 0, 0, {0, 0}, 0, 0 }

/* One row of a machine. Set struct_size with MOTCUA_TRANSITION_INIT. */
typedef struct motcua_transition {
  uint32_t struct_size;
  int32_t from;      /* 0 (no dossier yet) to 10 */
  motcua_text event; /* the kind */
  motcua_text guard; /* joined by +, "-" if none; borrowed from the machine */
  motcua_text to;    /* "1" to "10", "same" or "previous" */
  motcua_text role;
  motcua_text clock;  /* none, start, pause, resume, restart, shift, end, reopen, extend */
  motcua_text option; /* "stop=terminal", two joined by +, "-" if none */
  motcua_text source;
  int32_t visit; /* 1: the citizen comes to the counter for it, where the channel is direct */
  uint32_t reserved;
  motcua_text roles;      /* everyone who may do it, `role` first, joined by + */
  motcua_text from_state; /* the state's name; "none": there is no dossier yet */
  motcua_text to_state;   /* a state's name, "same" or "previous" */
} motcua_transition;
#define MOTCUA_TRANSITION_INIT                                                                  \
  {                                                                                             \
    sizeof(motcua_transition), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, \
        {0, 0}, {0, 0}, {                                                                       \
      0, 0                                                                                      \
    }                                                                                           \
  }

/* A state of a machine. Set struct_size with MOTCUA_MACHINE_STATE_INIT. */
typedef struct motcua_machine_state {
  uint32_t struct_size;
  int32_t status;   /* the portal's status it counts as; 0: there is no dossier yet */
  int32_t terminal; /* 1: nothing leads out of it */
  uint32_t reserved;
  motcua_text name;
  motcua_text title; /* for people */
} motcua_machine_state;
#define MOTCUA_MACHINE_STATE_INIT                           \
  {                                                         \
    sizeof(motcua_machine_state), 0, 0, 0, {0, 0}, { 0, 0 } \
  }

/* What is known of a dossier beside its state. Set struct_size with
 * MOTCUA_GUARD_FACTS_INIT, which lets time and payment be in order. */
typedef struct motcua_guard_facts {
  uint32_t struct_size;
  int32_t counter;            /* 1: this event came direct or by post */
  int32_t asked_in;           /* the status in which the open supplement was asked; 0: none */
  int32_t supplement_expired; /* 1: the applicant was silent for the whole period */
  int32_t extended;           /* 1: the due date was put off before */
  int32_t day_before;         /* 1: at the latest on the day before the due date */
  int32_t fee_paid;           /* 1: nothing that has to be paid first is unpaid */
  int32_t result_ready;       /* 1: the electronic result is there */
} motcua_guard_facts;
#define MOTCUA_GUARD_FACTS_INIT \
  { sizeof(motcua_guard_facts), 0, 0, 0, 0, 1, 1, 1 }

/* Which event may happen in which state. Free with motcua_machine_free(). */
typedef struct motcua_machine motcua_machine;
/* The national machine; `options` and `dataset` may be NULL. Errors: INVALID_ARGUMENT
 * for an option out of range, DATA_LOSS. */
MOTCUA_EXPORT motcua_status motcua_machine_national(const motcua_machine_options* options,
                                                    const motcua_dataset* dataset,
                                                    motcua_machine** out, motcua_error** error);
/* A machine from text, checked: a table (columns from, event, guard, to, role, clock,
 * visit, option, source) or the readable form with states of its own. Errors: DATA_LOSS. */
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
/* The same, sound or not: ask motcua_machine_check(). Errors: DATA_LOSS if it cannot be read. */
MOTCUA_EXPORT motcua_status motcua_machine_draft(motcua_text text,
                                                 const motcua_machine_options* options,
                                                 motcua_machine** out, motcua_error** error);
/* What an own machine calls itself, and the codes it is for, joined by spaces. */
MOTCUA_EXPORT motcua_text motcua_machine_name(const motcua_machine* machine);
MOTCUA_EXPORT motcua_text motcua_machine_procedures(const motcua_machine* machine);
/* States, "none" first; errors: INVALID_ARGUMENT if there is no such index. */
MOTCUA_EXPORT size_t motcua_machine_state_count(const motcua_machine* machine);
MOTCUA_EXPORT motcua_status motcua_machine_get_state(const motcua_machine* machine, size_t i,
                                                     motcua_machine_state* out,
                                                     motcua_error** error);
/* An SVG image; the caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_machine_to_svg(const motcua_machine* machine,
                                                  motcua_buffer** out, motcua_error** error);
/* The readable form; the caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_machine_to_text(const motcua_machine* machine,
                                                   motcua_buffer** out, motcua_error** error);
/* Whether `event` may happen in `state` (a name), done by `role` (empty: whoever). Gives the
 * index of the transition, SIZE_MAX if none, the rule (allowed, no_transition, guard or
 * role; static), and what was expected: the events, guards or roles that would have done,
 * the source of an allowed one; the caller frees the buffer. Errors: INVALID_ARGUMENT for
 * a name that is not known. */
MOTCUA_EXPORT motcua_status motcua_machine_decide(const motcua_machine* machine, motcua_text state,
                                                  motcua_text event, motcua_text role,
                                                  const motcua_guard_facts* facts,
                                                  size_t* transition, motcua_text* rule,
                                                  motcua_buffer** expected, motcua_error** error);
MOTCUA_EXPORT void motcua_machine_free(motcua_machine* machine);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_MACHINE_H_ */
