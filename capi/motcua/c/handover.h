/* Handover: what an abolished body holds passes to its successor. */
#ifndef MOTCUA_C_HANDOVER_H_
#define MOTCUA_C_HANDOVER_H_

#include "motcua/c/dossiers.h"
#include "motcua/c/machine.h"
#include "motcua/c/units.h"

MOTCUA_EXTERN_C_BEGIN

/* One dossier of a handover. Set struct_size with MOTCUA_HANDOVER_ROW_INIT. */
typedef struct motcua_handover_row {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text dossier;
  motcua_text from;
  motcua_text to;         /* empty if undecided */
  motcua_text basis;      /* the acts */
  size_t candidate_count; /* of an undecided one */
} motcua_handover_row;
#define MOTCUA_HANDOVER_ROW_INIT \
  { sizeof(motcua_handover_row), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0 }
typedef struct motcua_handover_candidate {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text agency;
  motcua_text moved;
  motcua_text extent;
} motcua_handover_candidate;
#define MOTCUA_HANDOVER_CANDIDATE_INIT                             \
  {                                                                \
    sizeof(motcua_handover_candidate), 0, {0, 0}, {0, 0}, { 0, 0 } \
  }

/* What a handover did. Free with motcua_handover_report_free(). */
typedef struct motcua_handover_report motcua_handover_report;
/* Appends a `transfer` at 00:00 of `date` for every dossier, open or finished and not
 * handed over, whose holder went whole into one successor; lists the undecided.
 * agencies_from[k] passes to agencies_to[k], asked before the registry. `machine` may be
 * NULL. Running it twice adds nothing; a failure leaves the log unchanged.
 * Errors: OUT_OF_RANGE, INVALID_ARGUMENT. */
MOTCUA_EXPORT motcua_status motcua_handover_run(motcua_event_log* log,
                                                const motcua_registry* registry, int32_t date,
                                                const motcua_text* agencies_from,
                                                const motcua_text* agencies_to, size_t agency_count,
                                                const motcua_machine* machine,
                                                motcua_handover_report** out, motcua_error** error);
/* What decides where something of a split unit goes: a dossier, an account, or an agency with
 * a hamlet or a land parcel. Set struct_size with MOTCUA_HANDOVER_HINT_INIT. */
typedef struct motcua_handover_hint {
  uint32_t struct_size;
  uint32_t reserved;
  motcua_text dossier;
  motcua_text account;
  motcua_text agency;
  motcua_text hamlet;
  motcua_text parcel;
  motcua_text successor;
  motcua_text source; /* who decided it; may be empty */
} motcua_handover_hint;
#define MOTCUA_HANDOVER_HINT_INIT                                                             \
  {                                                                                           \
    sizeof(motcua_handover_hint), 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, { 0, 0 } \
  }
/* As motcua_handover_run, with hints for what was split. Errors: INVALID_ARGUMENT too for a
 * hint that names no successor, nothing or too much, or contradicts another. */
MOTCUA_EXPORT motcua_status motcua_handover_run_hinted(
    motcua_event_log* log, const motcua_registry* registry, int32_t date,
    const motcua_text* agencies_from, const motcua_text* agencies_to, size_t agency_count,
    const motcua_handover_hint* hints, size_t hint_count, const motcua_machine* machine,
    motcua_handover_report** out, motcua_error** error);
/* What a handover goes by, as of motcua_handover_run_hinted and motcua_fold_options. Set
 * struct_size with MOTCUA_HANDOVER_OPTIONS_INIT. */
typedef struct motcua_handover_options {
  uint32_t struct_size;
  uint32_t reserved;
  size_t agency_count;
  const motcua_text* agencies_from;
  const motcua_text* agencies_to;
  size_t hint_count;
  const motcua_handover_hint* hints;
  const motcua_machine* machine;
  size_t machine_count;
  const motcua_text* machine_procedures;
  const motcua_machine* const* machines;
} motcua_handover_options;
#define MOTCUA_HANDOVER_OPTIONS_INIT \
  { sizeof(motcua_handover_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* `options` may be NULL. */
MOTCUA_EXPORT motcua_status motcua_handover_run_with(motcua_event_log* log,
                                                     const motcua_registry* registry, int32_t date,
                                                     const motcua_handover_options* options,
                                                     motcua_handover_report** out,
                                                     motcua_error** error);
MOTCUA_EXPORT size_t motcua_handover_transferred_count(const motcua_handover_report* report);
MOTCUA_EXPORT size_t motcua_handover_undecided_count(const motcua_handover_report* report);
MOTCUA_EXPORT motcua_status motcua_handover_transferred(const motcua_handover_report* report,
                                                        size_t i, motcua_handover_row* out,
                                                        motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_handover_undecided(const motcua_handover_report* report,
                                                      size_t i, motcua_handover_row* out,
                                                      motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_handover_get_candidate(const motcua_handover_report* report,
                                                          size_t i, size_t candidate,
                                                          motcua_handover_candidate* out,
                                                          motcua_error** error);
MOTCUA_EXPORT void motcua_handover_report_free(motcua_handover_report* report);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_HANDOVER_H_ */
