// Reading the table of rights; the facts compiler needs no more than this.
#include <algorithm>

#include "motcua/access/rights.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"

namespace motcua {
namespace {

constexpr std::array<std::string_view, kRelationCount> kRelations = {
    "any", "own", "competent", "receiving", "subordinate", "province"};

}  // namespace

std::string_view NameOf(Relation relation) {
  return kRelations[static_cast<std::size_t>(relation)];
}

absl::StatusOr<std::vector<Right>> ParseRights(std::string name, std::string_view text) {
  MOTCUA_ASSIGN_OR_RETURN(
      const Tsv tsv, Tsv::Parse(std::move(name), text, {"role", "event", "relation", "source"}));
  std::vector<Right> rights;
  for (const Tsv::Row& row : tsv.rows()) {
    for (const std::string_view column : {"role", "event", "source"}) {
      if (row[column].empty()) return row.Refuse(column, "a text");
    }
    const auto relation = std::find(kRelations.begin(), kRelations.end(), row["relation"]);
    if (relation == kRelations.end()) {
      return row.Refuse("relation", "any, own, competent, receiving, subordinate or province");
    }
    Right right{std::string(row["role"]), std::string(row["event"]),
                static_cast<Relation>(relation - kRelations.begin()), std::string(row["source"])};
    for (const Right& other : rights) {
      if (other.role == right.role && other.event == right.event &&
          other.relation == right.relation) {
        return row.Refuse("event", "each role, event and relation once");
      }
    }
    rights.push_back(std::move(right));
  }
  return rights;
}

}  // namespace motcua
