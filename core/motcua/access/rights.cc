#include "motcua/access/rights.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {

struct Rights::Tables {
  std::vector<Right> rows;
  std::vector<std::string> roles, events;
  std::vector<std::uint8_t> masks;  // [event * kMaxRoles + role]
};

namespace {

std::optional<std::uint32_t> IndexOf(const std::vector<std::string>& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - words.begin());
}

std::uint32_t Intern(std::vector<std::string>& words, const std::string& word) {
  if (const auto known = IndexOf(words, word)) return *known;
  words.push_back(word);
  return static_cast<std::uint32_t>(words.size() - 1);
}

}  // namespace

absl::StatusOr<Rights> Rights::Of(std::vector<Right> rows) {
  auto tables = std::make_shared<Tables>();
  for (const Right& right : rows) {
    const std::uint32_t role = Intern(tables->roles, right.role);
    const std::uint32_t event = Intern(tables->events, right.event);
    if (role >= kMaxRoles) {
      return Error(Reason::kMalformedData, "role", right.role,
                   absl::StrCat("at most ", kMaxRoles, " roles"));
    }
    tables->masks.resize(tables->events.size() * kMaxRoles);
    tables->masks[event * kMaxRoles + role] |=
        static_cast<std::uint8_t>(1u << static_cast<unsigned>(right.relation));
  }
  tables->rows = std::move(rows);
  const std::uint8_t* masks = tables->masks.data();
  return Rights(std::move(tables), masks);
}

absl::StatusOr<Rights> Rights::National(const Dataset& dataset) {
  std::vector<Right> rows;
  for (const RightRow& row : dataset.table<RightRow>("access.rights")) {
    if (row.relation >= kRelationCount) {
      return Error(Reason::kMalformedData, "dataset table access.rights holds an unknown relation");
    }
    rows.push_back({std::string(dataset.text(row.role)), std::string(dataset.text(row.event)),
                    static_cast<Relation>(row.relation), std::string(dataset.text(row.source))});
  }
  if (rows.empty()) return Error(Reason::kMalformedData, "dataset has no table access.rights");
  return Of(std::move(rows));
}

absl::StatusOr<Rights> Rights::Parse(std::string name, std::string_view text) {
  MOTCUA_ASSIGN_OR_RETURN(std::vector<Right> rows, ParseRights(std::move(name), text));
  return Of(std::move(rows));
}

std::span<const Right> Rights::rows() const { return tables_->rows; }
std::span<const std::string> Rights::roles() const { return tables_->roles; }
std::span<const std::string> Rights::events() const { return tables_->events; }

std::optional<std::uint32_t> Rights::RoleNamed(std::string_view role) const {
  return IndexOf(tables_->roles, role);
}
std::optional<std::uint32_t> Rights::EventNamed(std::string_view event) const {
  return IndexOf(tables_->events, event);
}

const Right* Rights::Find(std::uint32_t event, std::uint32_t role, Relation relation) const {
  for (const Right& right : tables_->rows) {
    if (right.relation == relation && right.role == tables_->roles[role] &&
        right.event == tables_->events[event]) {
      return &right;
    }
  }
  return nullptr;
}

}  // namespace motcua
