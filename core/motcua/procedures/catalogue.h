// A catalogue of procedures (danh mục thủ tục hành chính), read once, then immutable.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Catalogue catalogue, Catalogue::Parse(texts));
//   MOTCUA_ASSIGN_OR_RETURN(const Procedure* birth, catalogue.Find("1.001193", day));
//   MOTCUA_ASSIGN_OR_RETURN(std::string limit, LimitOf(*birth, Channel::kDirect));
//
// A Catalogue is a value: copies share the rows. Thread safety: immutable.
#ifndef MOTCUA_PROCEDURES_CATALOGUE_H_
#define MOTCUA_PROCEDURES_CATALOGUE_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/problem.h"
#include "motcua/procedures/procedure.h"

namespace motcua {

// The texts of the TSV files that core/data/procedures/README.md describes. The
// first two are needed; the others may be empty.
struct CatalogueTexts {
  std::string_view procedures;   // procedures.tsv; may have columns valid_from, valid_to
  std::string_view time_limits;  // time_limits.tsv
  std::string_view fees;         // fees.tsv
  std::string_view agencies;     // agencies.tsv
  std::string_view legal_basis;  // legal_basis.tsv
};

class Catalogue {
 public:
  // Reads the tables; the texts are copied. A code may come several times with
  // validities that do not overlap. Errors: kMalformedData naming file, line,
  // column and value.
  static absl::StatusOr<Catalogue> Parse(const CatalogueTexts& texts);

  // The procedure of that code on that day; it lives as long as any copy of the
  // catalogue. Errors: kUnknownProcedure. Complexity: O(log procedures).
  absl::StatusOr<const Procedure*> Find(std::string_view code, CivilDay at) const;

  // All procedures, by code and validity.
  std::span<const Procedure> procedures() const;

  // What is doubtful in the tables (see the list in catalogue_check.cc). `subject`
  // is the code, `line` is 0.
  std::vector<Problem> Check() const;

 private:
  struct Tables;
  explicit Catalogue(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

// The limit a dossier of this procedure and channel has when its event names none:
// row 1 of the channel if every row of it says the same. Errors: kInvalidArgument
// where the channel has no row, where its rows differ (they are variants that only
// the receiving officer can choose between), or where row 1 is not a limit.
absl::StatusOr<std::string> LimitOf(const Procedure& procedure, Channel channel);

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_CATALOGUE_H_
