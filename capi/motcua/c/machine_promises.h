/* What a dossier machine promises the applicant, with counterexamples. */
#ifndef MOTCUA_C_MACHINE_PROMISES_H_
#define MOTCUA_C_MACHINE_PROMISES_H_

#include "motcua/c/machine.h"

MOTCUA_EXTERN_C_BEGIN

/* What a machine promises in one state. Free the list with motcua_promise_list_free(). */
typedef struct motcua_promise_list motcua_promise_list;
typedef struct motcua_promise {
  uint32_t struct_size;
  int32_t answered; /* 1: from every way of being in the state an answer can come */
  motcua_text state;
  motcua_text unanswered; /* else the events that lead to where none can */
  size_t late_count;      /* ways to be late without an apology being due */
} motcua_promise;
#define MOTCUA_PROMISE_INIT \
  { sizeof(motcua_promise), 0, {0, 0}, {0, 0}, 0 }

/* For every state that can be reached: can an answer still come, and can the dossier be
 * late without an apology being due? The caller frees the list. */
MOTCUA_EXPORT motcua_status motcua_machine_promises(const motcua_machine* machine,
                                                    motcua_promise_list** out,
                                                    motcua_error** error);
MOTCUA_EXPORT size_t motcua_promise_list_size(const motcua_promise_list* list);
MOTCUA_EXPORT motcua_status motcua_promise_list_get(const motcua_promise_list* list, size_t i,
                                                    motcua_promise* out, motcua_error** error);
/* Way k of being late in state i: why no apology was due (no_event, spent, sent_back), and
 * the events that lead there. */
MOTCUA_EXPORT motcua_status motcua_promise_list_get_late(const motcua_promise_list* list, size_t i,
                                                         size_t k, motcua_text* reason,
                                                         motcua_text* path, motcua_error** error);
MOTCUA_EXPORT void motcua_promise_list_free(motcua_promise_list* list);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_MACHINE_PROMISES_H_ */
