// Agencies (cơ quan, đơn vị): ministries, People's Committees, departments, centres.
// Each has an identification code and hangs on an administrative unit in time.
//
//   const auto agencies = AgencyDirectory::National(registry);
//   agencies->Find("000.00.00.H36", CivilDay(2025, 7, 1))->unit->full_name() == "Tỉnh Lâm Đồng"
//
// The national directory holds what is the same everywhere: the codes of the ministries
// and of the provinces. Departments and centres are a deployment's own rows, With() them.
// After 2025-07-01 a province has the code of its name, not of its seat.
#ifndef MOTCUA_UNITS_AGENCIES_H_
#define MOTCUA_UNITS_AGENCIES_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/identifiers/agency_code.h"
#include "motcua/units/registry.h"

namespace motcua {

// "units.agencies", sorted by code, then valid_from.
struct AgencyFactRow {
  TextRef code;
  TextRef name;
  TextRef kind;
  TextRef unit;  // the code of a unit; empty: none
  TextRef source;
  std::int32_t valid_from;
  std::int32_t valid_to;  // exclusive; kOpenEnd
};

// An agency as its list has it.
struct AgencyEntry {
  std::string code;  // either form
  std::string name;
  std::string kind;  // "ministry", "province", "department", "centre", ...: the list's own word
  std::string unit;  // the code of the unit it hangs on; may be empty
  CivilDay valid_from;
  std::optional<CivilDay> valid_to;  // exclusive
  std::string source;
};

// An agency as it stood on a day.
struct Agency {
  AgencyCode code;
  std::string name;
  std::string kind;
  std::optional<Unit> unit;  // as of the day it was asked for
  CivilDay valid_from;
  std::optional<CivilDay> valid_to;
  std::string source;
};

// Immutable; copies share the rows. Thread safety: may be shared.
class AgencyDirectory {
 public:
  // Errors: kMalformedData.
  static absl::StatusOr<AgencyDirectory> National(const Registry& registry);

  // This directory and more rows; a row of a code and days that are taken is refused, and
  // so is one whose unit does not stand from valid_from to valid_to. Nothing is added if
  // one row is refused. Errors: kInvalidArgument, kUnknownUnit naming the row, from 0.
  absl::StatusOr<AgencyDirectory> With(std::span<const AgencyEntry> rows) const;

  // Errors: kInvalidArgument (no agency code), kOutsideCoverage, kUnknownUnit.
  absl::StatusOr<Agency> Find(std::string_view code, CivilDay at) const;

  // The agencies of a day by code: all, or those that hang on a unit itself, or those
  // of `within` and below it. Errors: as Registry::Find, AgencyCode::Parse.
  absl::StatusOr<std::vector<Agency>> Agencies(
      CivilDay at, std::optional<std::string_view> unit = std::nullopt,
      std::optional<std::string_view> within = std::nullopt) const;

 private:
  struct Entry {
    AgencyCode code;
    AgencyEntry row;
  };
  explicit AgencyDirectory(Registry registry) : registry_(std::move(registry)) {}
  absl::StatusOr<Entry> Checked(const AgencyEntry& row) const;
  Agency Made(const Entry& entry, CivilDay at) const;

  Registry registry_;
  std::shared_ptr<const std::vector<Entry>> entries_;  // by code, then day
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_AGENCIES_H_
