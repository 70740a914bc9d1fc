// The registry (danh mục đơn vị hành chính): every unit of Vietnam since 2004.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Registry registry, Registry::National());
//   registry.Find("24829", CivilDay(2025, 6, 30))->full_name() == "Phường Lộc Sơn"
//   registry.Find("24829", CivilDay(2025, 7, 1))->full_name() == "Phường B'Lao"
//
// Every question takes a date, because codes are reused. The registry knows the
// days from 2004-08-31 on; a day after its last source has the state of that
// source's last day. Names on and before 2025-06-30 are those of the list of the
// day; other spellings are variants that every look-up by name accepts.
#ifndef MOTCUA_UNITS_REGISTRY_H_
#define MOTCUA_UNITS_REGISTRY_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"
#include "motcua/units/succession.h"
#include "motcua/units/unit.h"

namespace motcua {

// Successors in bulk: those of row i are codes [offsets[i], offsets[i + 1]).
struct Translation {
  std::vector<std::int64_t> offsets;
  std::vector<std::array<char, 5>> codes;  // NUL-padded
  std::vector<std::size_t> unknown;        // rows whose code is no unit's on that day
};

// Immutable; copies share the tables. Thread safety: may be shared.
class Registry {
 public:
  // Opens the national registry; parses nothing. Errors: kMalformedData.
  static absl::StatusOr<Registry> National(const Dataset& dataset = Dataset::Builtin());

  // The first day it knows, 2004-08-31. Earlier days are refused everywhere with
  // kOutsideCoverage.
  static CivilDay first_day() { return CivilDay(2004, 8, 31); }
  // Errors: kOutsideCoverage, naming `field`.
  static absl::Status CheckDay(CivilDay day, std::string_view field);
  // That both days are known and in order.
  static absl::Status CheckOrder(CivilDay since, CivilDay until);
  std::string_view dataset_version() const;

  // The unit of a code on a day. O(log units).
  // Errors: kInvalidArgument (not 2, 3 or 5 digits), kOutsideCoverage, kUnknownUnit.
  absl::StatusOr<Unit> Find(std::string_view code, CivilDay at) const;

  // All units of a day, by code; of one level, or directly under one parent, or both.
  // Errors: as Find, for `parent`.
  absl::StatusOr<std::vector<Unit>> Units(
      CivilDay at, std::optional<Level> level = std::nullopt,
      std::optional<std::string_view> parent = std::nullopt) const;

  // Every spell of every unit, by code and day, each as of its first day.
  std::vector<Unit> Spells() const;

  // The units of a day whose name, or a listed variant of it, has the search key
  // of `name`; with or without the level word. By code. Errors: kInvalidArgument.
  absl::StatusOr<std::vector<Unit>> Named(std::string_view name, CivilDay at) const;

  // What became of the unit of `code` on `since`, by `until`.
  // Errors: as Find; kInvalidArgument if until < since.
  absl::StatusOr<Succession> Successors(std::string_view code, CivilDay since,
                                        CivilDay until) const;
  // Out of what the unit of `code` on `until` came, looking back to `since`. An
  // edge's unit is the predecessor; its extent is how much of that went here.
  absl::StatusOr<Succession> Predecessors(std::string_view code, CivilDay until,
                                          CivilDay since) const;

  // The codes of the successors of many codes. Codes lie `stride` bytes apart,
  // NUL-padded or of the full stride. An unknown code gives no successors and its
  // row is listed. O(codes), a few nanoseconds each, after one walk a distinct code.
  // Errors: kOutsideCoverage, kInvalidArgument.
  absl::StatusOr<Translation> Translate(const char* codes, std::size_t count, std::size_t stride,
                                        CivilDay since, CivilDay until) const;

  const RegistryTables& tables() const { return *tables_; }

 private:
  explicit Registry(std::shared_ptr<const RegistryTables> tables) : tables_(std::move(tables)) {}
  absl::StatusOr<std::uint32_t> FindSpell(std::string_view code, CivilDay at) const;

  std::shared_ptr<const RegistryTables> tables_;
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_REGISTRY_H_
