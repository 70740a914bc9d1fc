// The path of a journal's file: a path and nothing else, though SQLite would read URIs.
#ifndef MOTCUA_JOURNAL_SQLITE_PATH_H_
#define MOTCUA_JOURNAL_SQLITE_PATH_H_

#include <string>

#include "absl/status/status.h"

namespace motcua {

// Errors: kInvalidArgument for what is no path of a file, or of one that must exist and does not.
absl::Status CheckSqlitePath(const std::string& path, bool must_exist);

// Whether nobody can be writing: we may not in that folder or on that medium, and no
// write-ahead log lies beside the file.
bool IsStill(const std::string& path);

// How SQLite is told that a file is still; it would want to make a log beside it otherwise.
std::string StillUri(const std::string& path);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_SQLITE_PATH_H_
