/* The journal: events that are durable, chained, and merge. Not part of motcua.h: it is
 * a library of its own, libmotcua_journal.so, over SQLite and PostgreSQL; both libraries
 * come from one build. pkg-config motcua-journal, CMake component `journal`. */
#ifndef MOTCUA_C_JOURNAL_H_
#define MOTCUA_C_JOURNAL_H_

#include "motcua/c/dossiers.h"

MOTCUA_EXTERN_C_BEGIN

/* An open journal. It may be shared by threads, and any number of processes may open the
 * same one. Free with motcua_journal_free(). Statuses beside those of base.h: */
#define MOTCUA_ALREADY_EXISTS 6 /* an id that the journal holds with other content */
#define MOTCUA_UNAVAILABLE 14   /* disk or server failed; nothing was promised, try again */
typedef struct motcua_journal motcua_journal;

/* Set struct_size with MOTCUA_JOURNAL_OPTIONS_INIT. */
typedef struct motcua_journal_options {
  uint32_t struct_size;
  int32_t mode; /* 0 made where there is none, 1 must exist, 2 must exist and is only read */
  /* Fields whose values are personal data and can be erased: "note", or other keys of
   * events; beside those that are always taken to be (note, applicant, phone, ...), without
   * case. A key whose value holds such a name at any depth is sealed whole. Other known
   * fields (actor, ...) are never sealed, and refused. */
  const motcua_text* personal;
  size_t personal_count;
} motcua_journal_options;
#define MOTCUA_JOURNAL_OPTIONS_INIT \
  { sizeof(motcua_journal_options), 0, 0, 0 }

/* "sqlite:PATH", or "postgresql://..." as libpq reads it. `options` may be NULL. Errors:
 * INVALID_ARGUMENT for another form or a journal that must exist; DATA_LOSS for what is no
 * journal, or of a later version; UNAVAILABLE. */
MOTCUA_EXPORT motcua_status motcua_journal_open(motcua_text url,
                                                const motcua_journal_options* options,
                                                motcua_journal** out, motcua_error** error);
MOTCUA_EXPORT void motcua_journal_free(motcua_journal* journal);

/* Appends events, JSON objects one a line: all of them or none, durable on return. An event
 * that is there already is left alone. `sequences` receives the sequence number of each
 * distinct id in order of first appearance; it has room for a number a line. `recorded_at`
 * is UTC milliseconds since 1970, or MOTCUA_NO_MINUTE for the clock of the host. Errors:
 * DATA_LOSS or INVALID_ARGUMENT with the rows of bad lines (from 0); ALREADY_EXISTS;
 * UNAVAILABLE. */
MOTCUA_EXPORT motcua_status motcua_journal_append(motcua_journal* journal, motcua_text json_lines,
                                                  int64_t recorded_at, int64_t* sequences,
                                                  size_t capacity, size_t* count,
                                                  motcua_error** error);
/* The same for encoded messages motcua.v1.Event. */
MOTCUA_EXPORT motcua_status motcua_journal_append_encoded(motcua_journal* journal,
                                                          const motcua_text* events,
                                                          size_t event_count, int64_t recorded_at,
                                                          int64_t* sequences, size_t capacity,
                                                          size_t* count, motcua_error** error);

/* Where the chain stands. Keep it elsewhere to prove later that nothing before it changed. */
typedef struct motcua_journal_head {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t sequence; /* 0: no event */
  uint8_t hash[32];
} motcua_journal_head;
#define MOTCUA_JOURNAL_HEAD_INIT             \
  {                                          \
    sizeof(motcua_journal_head), 0, 0, { 0 } \
  }
MOTCUA_EXPORT motcua_status motcua_journal_get_head(motcua_journal* journal,
                                                    motcua_journal_head* out, motcua_error** error);

/* What motcua_journal_verify finds. `problem` goes to a buffer that the caller frees. */
typedef struct motcua_journal_verification {
  uint32_t struct_size;
  int32_t ok;
  int64_t events;    /* rows whose links hold */
  int64_t broken_at; /* sequence number of the first broken link; 0: none */
  uint8_t hash[32];  /* of the last row whose link holds */
} motcua_journal_verification;
#define MOTCUA_JOURNAL_VERIFICATION_INIT                \
  {                                                     \
    sizeof(motcua_journal_verification), 0, 0, 0, { 0 } \
  }
/* Follows every link up to the end as it is at the beginning. `anchor`, a head kept elsewhere,
 * may be NULL. A journal that is damaged is an answer, not an error. Errors: INVALID_ARGUMENT
 * for an anchor whose sequence is below 0; UNAVAILABLE. */
MOTCUA_EXPORT motcua_status motcua_journal_verify(motcua_journal* journal,
                                                  const motcua_journal_head* anchor,
                                                  motcua_journal_verification* out,
                                                  motcua_buffer** problem, motcua_error** error);

/* A selection of events to read in portions; what is appended later is not in it. Free with
 * motcua_journal_cursor_free(); belongs to one thread, and the journal must outlive it. */
typedef struct motcua_journal_cursor motcua_journal_cursor;
/* `after`: only greater sequence numbers. `canonical` 1: in the order that all merged
 * journals share, each id once; 0: as they arrived, events set aside included. `dossier`:
 * empty for all. Errors: INVALID_ARGUMENT for another `canonical`; UNAVAILABLE. */
MOTCUA_EXPORT motcua_status motcua_journal_select(motcua_journal* journal, int64_t after,
                                                  int32_t canonical, motcua_text dossier,
                                                  motcua_journal_cursor** out,
                                                  motcua_error** error);
MOTCUA_EXPORT size_t motcua_journal_cursor_size(const motcua_journal_cursor* cursor);
/* The next events, at most `limit`, one JSON object a line: {"sequence", "turn", "epoch",
 * "recorded_at", "hash", "erased": [names], "event": {...}}; an empty buffer at the end. The
 * caller frees it. */
MOTCUA_EXPORT motcua_status motcua_journal_cursor_next(motcua_journal_cursor* cursor, size_t limit,
                                                       motcua_buffer** out, motcua_error** error);
/* Adds the events of the whole selection to a log, to fold it. */
MOTCUA_EXPORT motcua_status motcua_journal_cursor_load(motcua_journal_cursor* cursor,
                                                       motcua_event_log* log, motcua_error** error);
MOTCUA_EXPORT void motcua_journal_cursor_free(motcua_journal_cursor* cursor);

/* Copies everything into a new journal: a branch for an office without network, a backup
 * while writers go on, a move to another store. `head` may be NULL. */
MOTCUA_EXPORT motcua_status motcua_journal_copy(motcua_journal* journal, motcua_text url,
                                                motcua_journal_head* head, motcua_error** error);
/* Takes in all events of another journal, in any order and any number of times. The report
 * is a JSON object: {"added", "duplicates", "conflicts": [{"kind", "dossier", "rule",
 * "stands", "set_aside"}], "skews": [{"kind", "events", "minutes", "event"}]}, where stands
 * and set_aside are sequence numbers. The caller frees it. Errors: DATA_LOSS if the other's
 * chain is broken. */
MOTCUA_EXPORT motcua_status motcua_journal_merge(motcua_journal* journal, motcua_journal* other,
                                                 motcua_buffer** report, motcua_error** error);
/* All conflicts, as the list in the report of a merge. The caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_journal_conflicts(motcua_journal* journal, motcua_buffer** out,
                                                     motcua_error** error);
/* Destroys the keys of a dossier's personal data, beyond recovery; their number to
 * `destroyed`, which may be NULL. Keys that other journals made without knowing of it die
 * when they are merged. A PostgreSQL server's own logs and base backups hold a key as long as
 * they are kept. Errors: UNAVAILABLE, also where the keys are destroyed but
 * their bytes stay in SQLite's write-ahead log until readers leave: call it again then. */
MOTCUA_EXPORT motcua_status motcua_journal_erase(motcua_journal* journal, motcua_text dossier,
                                                 int64_t* destroyed, motcua_error** error);
/* A number that changes whenever an event read before may now be set aside for another. */
MOTCUA_EXPORT motcua_status motcua_journal_generation(motcua_journal* journal, int64_t* out,
                                                      motcua_error** error);

/* Hears how far work has come: rows done, of how many; called by the thread that does it, which
 * waits for the return. Set struct_size with MOTCUA_PROGRESS_INIT. */
typedef struct motcua_progress {
  uint32_t struct_size;
  uint32_t reserved;
  void (*report)(void* context, int64_t done, int64_t total); /* NULL: nobody hears */
  void* context;
} motcua_progress;
#define MOTCUA_PROGRESS_INIT \
  { sizeof(motcua_progress), 0, 0, 0 }
/* The functions of those names, with progress; `progress` may be NULL. A merge reads each row
 * of the other twice, and counts it twice. */
MOTCUA_EXPORT motcua_status motcua_journal_verify_with(
    motcua_journal* journal, const motcua_journal_head* anchor, const motcua_progress* progress,
    motcua_journal_verification* out, motcua_buffer** problem, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_journal_copy_with(motcua_journal* journal, motcua_text url,
                                                     const motcua_progress* progress,
                                                     motcua_journal_head* head,
                                                     motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_journal_merge_with(motcua_journal* journal,
                                                      motcua_journal* other,
                                                      const motcua_progress* progress,
                                                      motcua_buffer** report, motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_JOURNAL_H_ */
