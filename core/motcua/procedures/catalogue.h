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
#include "motcua/base/dataset.h"
#include "motcua/base/problem.h"
#include "motcua/procedures/procedure.h"
#include "motcua/procedures/process.h"

namespace motcua {

// The texts of the TSV files that core/data/procedures/README.md describes. The
// first two are needed; the others may be empty.
struct CatalogueTexts {
  std::string_view procedures;    // procedures.tsv; may have columns valid_from, valid_to
  std::string_view time_limits;   // time_limits.tsv
  std::string_view fees;          // fees.tsv
  std::string_view agencies;      // agencies.tsv
  std::string_view legal_basis;   // legal_basis.tsv
  std::string_view cases = {};    // component_counts.tsv
  std::string_view details = {};  // details.tsv
  std::string_view steps = {};    // procedure_steps.tsv
  std::string_view groups = {};   // linked_groups.tsv
};

// The tables by the name of their file; also the order of CatalogueTexts.
inline constexpr std::string_view kCatalogueTables[] = {
    "procedures", "time_limits",     "fees",         "agencies", "legal_basis", "component_counts",
    "details",    "procedure_steps", "linked_groups"};

// What Check looks at beside the tables.
struct CatalogueCheckOptions {
  // Only versions valid on this day, and only authorities gone or not yet there on it;
  // kNoDay: every version, against the days of its own validity.
  DayNumber at = kNoDay;
};

class Catalogue {
 public:
  // Reads the tables; the texts are copied. A code may come several times with
  // validities that do not overlap; a row of another table belongs to every version, or
  // with a cell in a column valid_from to the one that begins then. Errors:
  // kMalformedData naming file, line, column and value; text that is not UTF-8.
  static absl::StatusOr<Catalogue> Parse(const CatalogueTexts& texts);

  // The procedure of that code on that day; it lives as long as any copy of the
  // catalogue. Errors: kUnknownProcedure. Complexity: O(log procedures).
  absl::StatusOr<const Procedure*> Find(std::string_view code, CivilDay at) const;

  // All procedures, by code and validity.
  std::span<const Procedure> procedures() const;

  // Internal processes by code, also of codes the catalogue does not have.
  std::span<const Process> processes() const;
  // That of a code; null if there is none. O(log processes).
  const Process* ProcessOf(std::string_view code) const;
  // Linked groups (liên thông), a row a case, in the order of the table.
  std::span<const LinkedGroup> groups() const;

  // What is doubtful in the tables (catalogue_check.h lists the kinds). `subject` is the
  // code, `field` where, `kind` a stable word; `line` is 0.
  std::vector<Problem> Check(const CatalogueCheckOptions& options = {},
                             const Dataset& dataset = Dataset::Builtin()) const;

  // One of kCatalogueTables as TSV, rows by code and version as they were read; empty if
  // the catalogue has none. Reading all of them gives the same catalogue.
  std::string Write(std::string_view table) const;

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
