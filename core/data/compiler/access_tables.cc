// Compiles core/data/access: the national table of rights.
#include "facts_folder.h"
#include "image_builder.h"

#include "motcua/access/rights.h"
#include "motcua/base/status.h"

namespace motcua {

absl::Status CompileAccess(const FactsFolder& folder, ImageBuilder& image) {
  constexpr std::string_view kFile = "access/rights.tsv";
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read(kFile));
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<Right> rights, ParseRights(std::string(kFile), text));
  std::vector<RightRow> rows;
  for (const Right& right : rights) {
    rows.push_back({.role = image.AddText(right.role),
                    .event = image.AddText(right.event),
                    .source = image.AddText(right.source),
                    .relation = static_cast<std::uint32_t>(right.relation)});
  }
  image.AddTable("access.rights", rows);
  return absl::OkStatus();
}

}  // namespace motcua
