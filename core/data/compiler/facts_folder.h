// The folder of TSVs that the compiler reads, and what each room makes of it.
#ifndef MOTCUA_DATA_COMPILER_FACTS_FOLDER_H_
#define MOTCUA_DATA_COMPILER_FACTS_FOLDER_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "image_builder.h"

namespace motcua {

class FactsFolder {
 public:
  explicit FactsFolder(std::filesystem::path root) : root_(std::move(root)) {}

  // The whole of a file, e.g. "units/units_2025.tsv". Errors: kMalformedData.
  absl::StatusOr<std::string> Read(std::string_view relative_path) const;

 private:
  std::filesystem::path root_;
};

// One function a room: reads its TSVs, checks them, adds its tables.
absl::Status CompileUnits(const FactsFolder& folder, ImageBuilder& image);
absl::Status CompileIdentifiers(const FactsFolder& folder, ImageBuilder& image);
absl::Status CompileTime(const FactsFolder& folder, ImageBuilder& image);
absl::Status CompileProcedures(const FactsFolder& folder, ImageBuilder& image);
absl::Status CompileAccess(const FactsFolder& folder, ImageBuilder& image);
absl::Status CompileDossiers(const FactsFolder& folder, ImageBuilder& image);

// Checks the succession of 2025 as a whole. Errors: kMalformedData, naming file and line.
absl::Status CheckReform(const FactsFolder& folder);

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_FACTS_FOLDER_H_
