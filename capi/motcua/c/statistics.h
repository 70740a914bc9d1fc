/* Statutory counts: form II.06a. */
#ifndef MOTCUA_C_STATISTICS_H_
#define MOTCUA_C_STATISTICS_H_

#include "motcua/c/dossiers.h"

MOTCUA_EXTERN_C_BEGIN

typedef int32_t motcua_grouping;
#define MOTCUA_BY_AGENCY 0
#define MOTCUA_BY_FIELD 1
#define MOTCUA_BY_PROCEDURE 2
#define MOTCUA_BY_CHANNEL 3

/* The counts of a group; processed = received + carried_over = resolved + pending.
 * Set struct_size with MOTCUA_COUNTS_INIT. @since ABI 1 */
typedef struct motcua_counts {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t received_online;
  int64_t received_direct_postal;
  int64_t received;
  int64_t carried_over;
  int64_t processed;
  int64_t resolved;
  int64_t early;
  int64_t on_time;
  int64_t overdue;
  int64_t returned; /* the part of resolved that was not eligible */
  int64_t pending;
  int64_t pending_within;
  int64_t pending_overdue;
  int64_t on_time_rate; /* hundredths of a percent; -1 if nothing was resolved */
} motcua_counts;
#define MOTCUA_COUNTS_INIT \
  { sizeof(motcua_counts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* The counts of a period by group. Free with motcua_statistics_free(). */
typedef struct motcua_statistics motcua_statistics;
/* Counts the days first .. last, folding the register's log as of the end of `last`.
 * Errors: INVALID_ARGUMENT if last is before first, or for a grouping unknown or twice. */
MOTCUA_EXPORT motcua_status motcua_statistics_count(const motcua_register* dossiers, int32_t first,
                                                    int32_t last, const motcua_grouping* by,
                                                    size_t by_count, motcua_statistics** out,
                                                    motcua_error** error);
/* Groups, by their keys. */
MOTCUA_EXPORT size_t motcua_statistics_size(const motcua_statistics* statistics);
/* The key of group i in the k-th grouping; borrowed; empty if there is none. */
MOTCUA_EXPORT motcua_text motcua_statistics_key(const motcua_statistics* statistics, size_t i,
                                                size_t k);
MOTCUA_EXPORT motcua_status motcua_statistics_get(const motcua_statistics* statistics, size_t i,
                                                  motcua_counts* out, motcua_error** error);
MOTCUA_EXPORT motcua_status motcua_statistics_total(const motcua_statistics* statistics,
                                                    motcua_counts* out, motcua_error** error);
/* The heading of form column 3 + k, k < 11, in Vietnamese; static. */
MOTCUA_EXPORT motcua_text motcua_form_heading(size_t k);
/* CSV with a last row "total"; the caller frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_statistics_to_csv(const motcua_statistics* statistics,
                                                     motcua_buffer** out, motcua_error** error);
/* Form II.06a as a self-contained page; names[k] is printed for keys[k]. The caller
 * frees the buffer. */
MOTCUA_EXPORT motcua_status motcua_statistics_to_html(const motcua_statistics* statistics,
                                                      motcua_text title, const motcua_text* keys,
                                                      const motcua_text* names, size_t name_count,
                                                      motcua_buffer** out, motcua_error** error);
MOTCUA_EXPORT void motcua_statistics_free(motcua_statistics* statistics);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_STATISTICS_H_ */
