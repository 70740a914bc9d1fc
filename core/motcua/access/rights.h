// Rights (quyền): which role may cause which event, by how the agencies are related.
//
//   one_stop_officer  accept  province   Decree 118/2025/NĐ-CP art. 14
//
// The national table is core/data/access/rights.tsv; a deployment may bring its own. What
// no row grants is refused. Immutable; copies share the rows.
#ifndef MOTCUA_ACCESS_RIGHTS_H_
#define MOTCUA_ACCESS_RIGHTS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/dataset.h"

namespace motcua {

// How the agency of an account stands to a dossier; more than one may hold.
enum class Relation : std::uint8_t {
  kAny = 0,          // holds always
  kOwn = 1,          // it holds the dossier
  kCompetent = 2,    // it decides
  kReceiving = 3,    // it received the dossier
  kSubordinate = 4,  // the holder stands under it
  kProvince = 5,     // the competent agency lies in its province
};
inline constexpr int kRelationCount = 6;

std::string_view NameOf(Relation relation);

struct Right {
  std::string role;
  std::string event;
  Relation relation = Relation::kAny;
  std::string source;
};

// A row as the dataset holds it.
struct RightRow {
  TextRef role;
  TextRef event;
  TextRef source;
  std::uint32_t relation;
};

class Rights {
 public:
  static constexpr std::size_t kMaxRoles = 16;  // a set of roles is a 16-bit mask

  // Errors: kMalformedData if `dataset` has no sound table.
  static absl::StatusOr<Rights> National(const Dataset& dataset = Dataset::Builtin());

  // A table with the columns role, event, relation, source. Errors: kMalformedData naming
  // line, column and value: an unknown relation, an empty cell, a row given twice, more
  // than kMaxRoles roles.
  static absl::StatusOr<Rights> Parse(std::string name, std::string_view text);

  std::span<const Right> rows() const;
  std::span<const std::string> roles() const;   // in the order of their first row
  std::span<const std::string> events() const;  // likewise

  std::optional<std::uint32_t> RoleNamed(std::string_view role) const;
  std::optional<std::uint32_t> EventNamed(std::string_view event) const;

  // The relations under which a role may cause an event: bit k is Relation k. O(1).
  std::uint8_t Mask(std::uint32_t event, std::uint32_t role) const {
    return masks_[event * kMaxRoles + role];
  }
  // The row that grants it. Complexity: O(rows).
  const Right* Find(std::uint32_t event, std::uint32_t role, Relation relation) const;

 private:
  struct Tables;
  static absl::StatusOr<Rights> Of(std::vector<Right> rows);
  Rights(std::shared_ptr<const Tables> tables, const std::uint8_t* masks)
      : tables_(std::move(tables)), masks_(masks) {}

  std::shared_ptr<const Tables> tables_;
  const std::uint8_t* masks_;  // of the tables
};

// Reads the rows of a table, for Rights::Parse and the facts compiler.
absl::StatusOr<std::vector<Right>> ParseRights(std::string name, std::string_view text);

}  // namespace motcua

#endif  // MOTCUA_ACCESS_RIGHTS_H_
