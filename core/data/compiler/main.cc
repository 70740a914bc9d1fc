// motcua-compile-facts FOLDER IMAGE: compiles the TSVs of a facts folder into a
// dataset image. The build embeds the image of core/data into the library.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "absl/status/status.h"
#include "facts_folder.h"
#include "image_builder.h"
#include "motcua/base/civil.h"
#include "motcua/base/status.h"

namespace motcua {

absl::StatusOr<std::string> FactsFolder::Read(std::string_view relative_path) const {
  std::ifstream file(root_ / relative_path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file)
    return Error(Reason::kMalformedData, "file", relative_path, "a readable file of facts");
  return std::move(content).str();
}

namespace {

// A day, "2026.10.01": versions are told apart, and put in order, by it.
absl::StatusOr<std::string> ReadVersion(const FactsFolder& folder) {
  MOTCUA_ASSIGN_OR_RETURN(std::string version, folder.Read("VERSION"));
  version.erase(version.find_last_not_of('\n') + 1);
  std::string day = version;
  std::replace(day.begin(), day.end(), '.', '-');
  if (version.find('-') != std::string::npos || !ParseDay(day).ok())
    return Error(Reason::kMalformedData, "VERSION line 1, version", version, "a day as YYYY.MM.DD");
  return version;
}

absl::StatusOr<std::string> CompileFacts(const FactsFolder& folder) {
  MOTCUA_ASSIGN_OR_RETURN(const std::string version, ReadVersion(folder));
  ImageBuilder image;
  MOTCUA_RETURN_IF_ERROR(CompileUnits(folder, image));
  MOTCUA_RETURN_IF_ERROR(CheckReform(folder));
  MOTCUA_RETURN_IF_ERROR(CompileIdentifiers(folder, image));
  MOTCUA_RETURN_IF_ERROR(CompileTime(folder, image));
  MOTCUA_RETURN_IF_ERROR(CompileProcedures(folder, image));
  MOTCUA_RETURN_IF_ERROR(CompileAccess(folder, image));
  MOTCUA_RETURN_IF_ERROR(CompileDossiers(folder, image));
  return image.Finish(version);
}

}  // namespace
}  // namespace motcua

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: motcua-compile-facts FOLDER IMAGE\n";
    return 2;
  }
  const auto image = motcua::CompileFacts(motcua::FactsFolder(argv[1]));
  if (!image.ok()) {
    std::cerr << "motcua-compile-facts: " << image.status().message() << "\n";
    return 1;
  }
  std::ofstream file(argv[2], std::ios::binary);
  file << *image;
  file.close();
  if (!file) {
    std::cerr << "motcua-compile-facts: cannot write " << argv[2] << "\n";
    return 1;
  }
  return 0;
}
