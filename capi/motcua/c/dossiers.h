/* Events, and the register of dossiers folded from them. */
#ifndef MOTCUA_C_DOSSIERS_H_
#define MOTCUA_C_DOSSIERS_H_

#include "motcua/c/calendar.h"
#include "motcua/c/machine.h"
#include "motcua/c/procedures.h"

MOTCUA_EXTERN_C_BEGIN

/* Events, kept once by id. Not immutable: a log that is appended to belongs to one
 * thread. Free with motcua_event_log_free(). */
typedef struct motcua_event_log motcua_event_log;
MOTCUA_EXPORT motcua_status motcua_event_log_new(motcua_event_log** out, motcua_error** error);
/* Reads a file of JSON objects, one a line. Bad lines are problems of the log; the
 * rest is read. Errors: INVALID_ARGUMENT if the file cannot be read. */
MOTCUA_EXPORT motcua_status motcua_event_log_read(motcua_text path, motcua_event_log** out,
                                                  motcua_error** error);
/* Adds the events of JSON lines that the log does not have yet; their number goes to
 * `added`, which may be NULL. Problems go to `problems`, a list the caller frees, or
 * where that is NULL to the log's own. */
MOTCUA_EXPORT motcua_status motcua_event_log_append(motcua_event_log* log, motcua_text json_lines,
                                                    size_t* added, motcua_problem_list** problems,
                                                    motcua_error** error);
/* Writes all events as JSON lines. Errors: INVALID_ARGUMENT if the file cannot be written. */
MOTCUA_EXPORT motcua_status motcua_event_log_write(const motcua_event_log* log, motcua_text path,
                                                   motcua_error** error);
MOTCUA_EXPORT size_t motcua_event_log_size(const motcua_event_log* log);
/* The k-th event in order of arrival as a JSON object; the caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_event_log_event(const motcua_event_log* log, size_t k,
                                                   motcua_buffer** out, motcua_error** error);
/* The problems of reading so far; the caller frees the list. */
MOTCUA_EXPORT motcua_status motcua_event_log_problems(const motcua_event_log* log,
                                                      motcua_problem_list** out,
                                                      motcua_error** error);
MOTCUA_EXPORT void motcua_event_log_free(motcua_event_log* log);

/* A step of a procedure's internal process. Set struct_size with MOTCUA_PLANNED_STEP_INIT. */
typedef struct motcua_planned_step {
  uint32_t struct_size;
  int32_t number; /* 1 to 255 */
  motcua_text procedure;
  motcua_text name;
  motcua_text agency; /* who does it; may be empty */
  motcua_text limit;  /* "0.5wd", reckoned by working hours; empty: untimed */
  motcua_text after;  /* numbers joined by commas that have to be done before; empty: the step
                         before; "-": nothing, it begins with the acceptance */
  int32_t shares;     /* the step whose limit it shares; 0: its own */
  uint32_t reserved;
} motcua_planned_step;
#define MOTCUA_PLANNED_STEP_INIT \
  { sizeof(motcua_planned_step), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0 }

/* What a register is folded with. Set struct_size with MOTCUA_FOLD_OPTIONS_INIT. */
typedef struct motcua_fold_options {
  uint32_t struct_size;
  int32_t policy;                    /* 0 by_day, 1 by_hour */
  const motcua_calendar* calendar;   /* NULL: the national one */
  const motcua_catalogue* catalogue; /* NULL: procedures are not checked */
  const motcua_machine* machine;     /* NULL: the national one; one that names procedures is for
                                        those alone, and the others have the national one */
  size_t agency_count;               /* agencies with a calendar of their own */
  const motcua_text* agencies;
  const motcua_calendar* const* agency_calendars;
  int64_t as_of;                    /* minute; MOTCUA_NO_MINUTE: that of the last event */
  const motcua_planned_step* steps; /* internal processes; NULL: none */
  size_t step_count;
  motcua_text reception; /* how long an online dossier may wait for its answer; empty: "8wh" */
  int32_t steps_only;    /* 0: procedures that `steps` does not name have the catalogue's processes;
                            1: `steps` alone */
  int32_t reserved;
  size_t machine_count; /* procedures with a machine of their own; `machine` is for the others */
  const motcua_text* machine_procedures;
  const motcua_machine* const* machines;
  /* Other terms of Decree 118/2025 beside the limit, each a limit, "none" (not watched) or empty
     (the decree's). Missed ones are marks. */
  motcua_text alert;      /* an online dossier waits: "2h" (art. 17.2) */
  motcua_text forwarding; /* papers leave reception: "same_day@15:00>result" (art. 18.2) */
  motcua_text passing_on; /* to a competent agency elsewhere: "1wd" (art. 20) */
  motcua_text appraisal;  /* a supplement is asked for: "3wd" (art. 19.5) */
} motcua_fold_options;
#define MOTCUA_FOLD_OPTIONS_INIT                                                                  \
  {                                                                                               \
    sizeof(motcua_fold_options), 0, 0, 0, 0, 0, 0, 0, MOTCUA_NO_MINUTE, 0, 0, {0, 0}, 0, 0, 0, 0, \
        0, {0, 0}, {0, 0}, {0, 0}, {                                                              \
      0, 0                                                                                        \
    }                                                                                             \
  }

/* Every dossier of a log as of a minute, by dossier code. Later changes of the log do
 * not reach it. Free with motcua_register_free(). */
typedef struct motcua_register motcua_register;
/* `options` may be NULL. Events that cannot be applied are problems of the register. Processes of
 * the catalogue that are not sound give no steps; motcua_catalogue_check() tells of them. */
MOTCUA_EXPORT motcua_status motcua_register_fold(const motcua_event_log* log,
                                                 const motcua_fold_options* options,
                                                 motcua_register** out, motcua_error** error);
MOTCUA_EXPORT size_t motcua_register_size(const motcua_register* dossiers);
MOTCUA_EXPORT int64_t motcua_register_as_of(const motcua_register* dossiers);
MOTCUA_EXPORT motcua_status motcua_register_problems(const motcua_register* dossiers,
                                                     motcua_problem_list** out,
                                                     motcua_error** error);

/* Columns to fill: each NULL or an array of motcua_register_size() elements. Minutes
 * are MOTCUA_NO_MINUTE where there is none. Set struct_size with the _INIT macro. */
typedef struct motcua_register_columns {
  uint32_t struct_size;
  uint32_t reserved;
  uint32_t* agency;     /* text number: who holds it */
  uint32_t* counted_at; /* text number: in whose statistics it is */
  uint32_t* procedure;  /* text number */
  int32_t* entry;       /* index in the catalogue; -1: none */
  int32_t* limit;       /* limit number; -1: not accepted */
  int64_t* submitted_at;
  int64_t* accepted_at;
  int64_t* original_due;
  int64_t* due;
  int64_t* finished_at;
  int64_t* handed_over_at;
  int64_t* held_since;
  int64_t* changed_at;
  uint8_t* status;
  uint8_t* previous;
  uint8_t* channel;
  uint8_t* outcome;
  uint8_t* visits;
  uint8_t* supplements;
  uint8_t* extended;
  uint8_t* provisional;
  uint32_t* receiving;    /* text number: who received it */
  uint32_t* competent;    /* text number: who decides */
  int64_t* clock_start;   /* the acceptance, or when the competent agency received it */
  int64_t* reception_due; /* submitted online: accept, refuse or ask by then */
  int64_t* answer_due;    /* the applicant's supplement is due on this day */
  int64_t* step_due;
  uint8_t* step;       /* the lowest open one; 0: none */
  uint8_t* marks;      /* bits, see motcua_dossier_mark_name */
  int32_t* group;      /* case of a linked group, see motcua_register_case; -1: none */
  uint32_t* all_marks; /* as marks, which holds the first eight alone */
} motcua_register_columns;
#define MOTCUA_REGISTER_COLUMNS_INIT                                                             \
  {                                                                                              \
    sizeof(motcua_register_columns), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0                                                       \
  }
/* The code of the i-th dossier; the text, field or limit behind a number. Borrowed;
 * empty where there is none. */
MOTCUA_EXPORT motcua_text motcua_register_code(const motcua_register* dossiers, size_t i);
MOTCUA_EXPORT motcua_text motcua_register_text(const motcua_register* dossiers, uint32_t number);
MOTCUA_EXPORT motcua_text motcua_register_field(const motcua_register* dossiers, int32_t entry);
MOTCUA_EXPORT motcua_text motcua_register_limit(const motcua_register* dossiers, int32_t number);
/* The name of a case of a linked group; borrowed; empty where there is none. */
MOTCUA_EXPORT motcua_text motcua_register_case(const motcua_register* dossiers, int32_t group);
/* Errors: NOT_FOUND with reason UNKNOWN_DOSSIER. */
MOTCUA_EXPORT motcua_status motcua_register_find(const motcua_register* dossiers, motcua_text code,
                                                 size_t* out, motcua_error** error);

/* What one event did. Set struct_size with MOTCUA_HISTORY_ENTRY_INIT. */
typedef struct motcua_history_entry {
  uint32_t struct_size;
  int32_t applied; /* 0: it was refused, and changed nothing */
  int32_t from;
  int32_t to;
  size_t event; /* index in the log */
  int64_t at;
  int64_t due; /* after the event */
  motcua_text id;
  motcua_text kind;
  motcua_text agency;
  motcua_text clock;
  motcua_text reason; /* the source of the transition, or what was expected */
  motcua_text actor;  /* as the event has it; may be personal */
  motcua_text holder; /* after the event, as what follows */
  motcua_text competent;
  int64_t original_due;
  int64_t step_due;
  int32_t step;
  int32_t visit; /* 1: the citizen came for it */
  int32_t marks; /* bits that this event brought, see motcua_dossier_mark_name */
  int32_t reserved;
  motcua_text state; /* after the event, by its name in the machine */
  motcua_text note;  /* as the event has it; may be personal */
} motcua_history_entry;
#define MOTCUA_HISTORY_ENTRY_INIT                                                           \
  {                                                                                         \
    sizeof(motcua_history_entry), 0, 0, 0, 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, \
        {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, 0, 0, 0, {0, 0}, {                                 \
      0, 0                                                                                  \
    }                                                                                       \
  }
/* The events of a dossier in the order taken. Free with motcua_history_free(). */
typedef struct motcua_history motcua_history;
MOTCUA_EXPORT motcua_status motcua_register_history(const motcua_register* dossiers,
                                                    motcua_text code, motcua_history** out,
                                                    motcua_error** error);
MOTCUA_EXPORT size_t motcua_history_size(const motcua_history* history);
MOTCUA_EXPORT motcua_status motcua_history_get(const motcua_history* history, size_t i,
                                               motcua_history_entry* out, motcua_error** error);
MOTCUA_EXPORT void motcua_history_free(motcua_history* history);

MOTCUA_EXPORT void motcua_register_free(motcua_register* dossiers);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_DOSSIERS_H_ */
