#include "motcua/journal/sqlite_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/journal/chain.h"

namespace motcua {

absl::Status CheckSqlitePath(const std::string& path, bool must_exist) {
  const auto refused = [&](std::string_view expected) {
    return Error(Reason::kInvalidArgument, "journal", path, expected);
  };
  if (path == ":memory:") return refused("a file; memory keeps nothing");
  // Its parameters can turn off what makes a journal durable, or leave the disk altogether.
  if (path.starts_with("file:")) {
    return refused("the path of a file, and not a URI of SQLite; ./file:... where it is so called");
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return refused("a file; this is a folder");
  if (must_exist && !std::filesystem::exists(path, ignored)) return refused("a file that exists");
  return absl::OkStatus();
}

bool IsStill(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::absolute(path, ignored).parent_path();
  return faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0 &&
         !std::filesystem::exists(path + "-wal", ignored);
}

std::string StillUri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      absl::StrAppend(&uri, "%", Hex({&c, 1}));
    } else {
      uri.push_back(c);
    }
  }
  return uri + "?immutable=1";
}

}  // namespace motcua
