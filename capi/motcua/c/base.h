/* Status, errors, text, versions and the dataset. */
#ifndef MOTCUA_C_BASE_H_
#define MOTCUA_C_BASE_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define MOTCUA_EXTERN_C_BEGIN extern "C" {
#define MOTCUA_EXTERN_C_END }
#else
#define MOTCUA_EXTERN_C_BEGIN
#define MOTCUA_EXTERN_C_END
#endif

#if defined(__GNUC__)
#define MOTCUA_EXPORT __attribute__((visibility("default")))
#else
#define MOTCUA_EXPORT
#endif

MOTCUA_EXTERN_C_BEGIN

/* The interface number; it moves only when a compiled program would break. */
#define MOTCUA_ABI_VERSION 1

/* The outcome of a call. Treat a number not listed here as MOTCUA_UNKNOWN. */
typedef int32_t motcua_status;
#define MOTCUA_OK 0
#define MOTCUA_UNKNOWN 2
#define MOTCUA_INVALID_ARGUMENT 3
#define MOTCUA_NOT_FOUND 5
#define MOTCUA_RESOURCE_EXHAUSTED 8
#define MOTCUA_FAILED_PRECONDITION 9
#define MOTCUA_OUT_OF_RANGE 11
#define MOTCUA_INTERNAL 13
#define MOTCUA_DATA_LOSS 15

/* Why, where a caller can act on it. Numbers never change; new ones are appended. */
typedef int32_t motcua_reason;
#define MOTCUA_REASON_NONE 0
#define MOTCUA_REASON_INVALID_ARGUMENT 1
#define MOTCUA_REASON_OUTSIDE_COVERAGE 2
#define MOTCUA_REASON_UNKNOWN_UNIT 3
#define MOTCUA_REASON_UNKNOWN_PROCEDURE 4
#define MOTCUA_REASON_UNKNOWN_DOSSIER 5
#define MOTCUA_REASON_ILLEGAL_TRANSITION 6
#define MOTCUA_REASON_MALFORMED_DATA 7
#define MOTCUA_REASON_INTERNAL 8
#define MOTCUA_REASON_COUNT 9

#define MOTCUA_NO_DAY INT32_MIN
#define MOTCUA_NO_MINUTE INT64_MIN

/* Borrowed UTF-8 text, not NUL-terminated. `data` may be NULL where size is 0. */
typedef struct motcua_text {
  const char* data;
  size_t size;
} motcua_text;

/* A failure. Free with motcua_error_free(). */
typedef struct motcua_error motcua_error;
MOTCUA_EXPORT motcua_status motcua_error_status(const motcua_error* error);
MOTCUA_EXPORT motcua_reason motcua_error_reason(const motcua_error* error);
/* The message in English, NUL-terminated; borrowed from the error. */
MOTCUA_EXPORT const char* motcua_error_message(const motcua_error* error);
/* How many rows of a batch failed; 0 if the failure is not of rows. */
MOTCUA_EXPORT size_t motcua_error_row_count(const motcua_error* error);
/* The index of the k-th failed row, k < row_count; SIZE_MAX otherwise. */
MOTCUA_EXPORT size_t motcua_error_row(const motcua_error* error, size_t k);
MOTCUA_EXPORT void motcua_error_free(motcua_error* error);

/* Text that the library made for the caller. Free with motcua_buffer_free(). */
typedef struct motcua_buffer motcua_buffer;
/* NUL-terminated; the size does not count the NUL. */
MOTCUA_EXPORT const char* motcua_buffer_data(const motcua_buffer* buffer);
MOTCUA_EXPORT size_t motcua_buffer_size(const motcua_buffer* buffer);
MOTCUA_EXPORT void motcua_buffer_free(motcua_buffer* buffer);

/* The ABI of the library that is loaded; compare with MOTCUA_ABI_VERSION. */
MOTCUA_EXPORT int32_t motcua_abi_version(void);
/* The version of the library, e.g. "0.1.0". Static. */
MOTCUA_EXPORT const char* motcua_version(void);

/* The facts that answers come from. Free with motcua_dataset_free(). */
typedef struct motcua_dataset motcua_dataset;
/* The facts compiled into the library. */
MOTCUA_EXPORT motcua_status motcua_dataset_builtin(motcua_dataset** out, motcua_error** error);
/* A dataset image made by motcua-compile-facts; the bytes are copied. Everything is
 * checked here: structure, digest, and every row of every room.
 * Errors: DATA_LOSS for anything but a whole, consistent image. */
MOTCUA_EXPORT motcua_status motcua_dataset_parse(motcua_text image, motcua_dataset** out,
                                                 motcua_error** error);
/* "2026.10.01+5b0c1f2e90a7": last day of the sources, digest of the facts. */
MOTCUA_EXPORT motcua_text motcua_dataset_version(const motcua_dataset* dataset);
/* The image itself, for writing to a file that motcua_dataset_parse() reads; borrowed.
 * @since ABI 1 */
MOTCUA_EXPORT motcua_text motcua_dataset_image(const motcua_dataset* dataset);
MOTCUA_EXPORT void motcua_dataset_free(motcua_dataset* dataset);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_BASE_H_ */
