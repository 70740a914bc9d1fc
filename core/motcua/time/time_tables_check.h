// Whether the time tables of a dataset can be read from: every row of law, hours and
// lunar years in its bounds and in order. A dataset from a file is checked before
// anything is answered from it.
#ifndef MOTCUA_TIME_TIME_TABLES_CHECK_H_
#define MOTCUA_TIME_TIME_TABLES_CHECK_H_

#include "absl/status/status.h"
#include "motcua/base/dataset.h"

namespace motcua {

// O(rows), some microseconds. Errors: kMalformedData naming table and row.
absl::Status CheckTimeTables(const Dataset& dataset);

}  // namespace motcua

#endif  // MOTCUA_TIME_TIME_TABLES_CHECK_H_
