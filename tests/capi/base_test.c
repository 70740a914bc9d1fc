/* motcua/c/base.h, from C: what it gives, what it refuses, what NULL does. */
#include <motcua.h>
#include <string.h>

#include "check.h"

static void versions(void) {
  CHECK(motcua_abi_version() == MOTCUA_ABI_VERSION);
  CHECK(strchr(motcua_version(), '.') != NULL);
}

static void dataset(void) {
  motcua_dataset* dataset = NULL;
  motcua_error* error = NULL;
  CHECK(motcua_dataset_builtin(&dataset, &error) == MOTCUA_OK);
  CHECK(error == NULL);
  CHECK(motcua_dataset_version(dataset).size > 10);
  motcua_dataset_free(dataset);
  CHECK(motcua_dataset_version(NULL).size == 0);
}

static void refusals(void) {
  const motcua_text image = {"not an image", 12};
  const motcua_text none = {NULL, 0};
  motcua_dataset* dataset = NULL;
  motcua_error* error = NULL;
  CHECK(motcua_dataset_parse(image, &dataset, &error) == MOTCUA_DATA_LOSS);
  CHECK(dataset == NULL);
  CHECK(motcua_error_status(error) == MOTCUA_DATA_LOSS);
  CHECK(motcua_error_reason(error) == MOTCUA_REASON_MALFORMED_DATA);
  CHECK(strstr(motcua_error_message(error), "dataset image") != NULL);
  CHECK(motcua_error_row_count(error) == 0);
  CHECK(motcua_error_row(error, 0) == SIZE_MAX);
  motcua_error_free(error);

  CHECK(motcua_dataset_parse(none, &dataset, NULL) == MOTCUA_DATA_LOSS);
  CHECK(motcua_dataset_builtin(NULL, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static void null_is_harmless(void) {
  motcua_error_free(NULL);
  motcua_buffer_free(NULL);
  motcua_dataset_free(NULL);
  CHECK(motcua_error_status(NULL) == MOTCUA_OK);
  CHECK(motcua_error_reason(NULL) == MOTCUA_REASON_NONE);
  CHECK(strcmp(motcua_error_message(NULL), "") == 0);
  CHECK(motcua_error_row_count(NULL) == 0);
  CHECK(strcmp(motcua_buffer_data(NULL), "") == 0);
  CHECK(motcua_buffer_size(NULL) == 0);
}

int main(void) {
  versions();
  dataset();
  refusals();
  null_is_harmless();
  return check_failures == 0 ? 0 : 1;
}
