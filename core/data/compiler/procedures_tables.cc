// Compiles core/data/procedures/authorities.tsv: bodies that came or went.
#include "facts_folder.h"
#include "image_builder.h"

#include "motcua/base/civil.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/procedures/authority.h"

namespace motcua {
namespace {

absl::StatusOr<DayNumber> ReadDay(const Tsv::Row& row, std::string_view column) {
  if (row[column].empty()) return kNoDay;
  const auto day = ParseDay(row[column], column);
  if (!day.ok()) return row.Refuse(column, "a day that exists, or nothing");
  return ToNumber(*day);
}

}  // namespace

absl::Status CompileProcedures(const FactsFolder& folder, ImageBuilder& image) {
  constexpr std::string_view kFile = "procedures/authorities.tsv";
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read(kFile));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse(std::string(kFile), text,
                                                    {"words", "kind", "valid_from", "valid_to",
                                                     "successor_vi", "source"}));
  std::vector<AuthorityRow> rows;
  for (const Tsv::Row& row : tsv.rows()) {
    if (row["words"].empty()) return row.Refuse("words", "words of a name");
    if (row["source"].empty()) return row.Refuse("source", "a law, decree or resolution");
    AuthorityRow body = {};
    MOTCUA_ASSIGN_OR_RETURN(body.valid_from, ReadDay(row, "valid_from"));
    MOTCUA_ASSIGN_OR_RETURN(body.valid_to, ReadDay(row, "valid_to"));
    body.words = image.AddText(row["words"]);
    body.kind = image.AddText(row["kind"]);
    body.successor = image.AddText(row["successor_vi"]);
    body.source = image.AddText(row["source"]);
    rows.push_back(body);
  }
  image.AddTable("procedures.authorities", rows);
  return absl::OkStatus();
}

}  // namespace motcua
