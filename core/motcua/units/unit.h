// A unit (đơn vị hành chính) as it stood on a day.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Unit unit, registry.Find("24829", CivilDay(2025, 7, 1)));
//   unit.full_name() == "Phường B'Lao";  unit.parent()->name() == "Lâm Đồng"
//
// A code alone names nothing: 24829 was Phường Lộc Sơn until 2025-06-30. A Unit is
// one spell: an interval in which its type, name and parent do not change.
#ifndef MOTCUA_UNITS_UNIT_H_
#define MOTCUA_UNITS_UNIT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "motcua/base/civil.h"
#include "motcua/units/vocabulary.h"

namespace motcua {

struct RegistryTables;

// A value; cheap to copy. Text is borrowed from the registry's tables, which a
// Unit keeps alive. Thread safety: immutable.
class Unit {
 public:
  std::string_view code() const;
  Level level() const;
  UnitType type() const;
  std::string_view type_name() const { return TypeName(type()); }
  std::string_view name() const;             // without the type; a numbered ward is "15"
  std::string full_name() const;             // "Phường 1 Bảo Lộc", "Phường 15"
  CivilDay valid_from() const;               // 2004-08-31: already there in the first list
  std::optional<CivilDay> valid_to() const;  // exclusive; nothing: still valid
  // The unit it belonged to on the day it was asked for; nothing for a province.
  std::optional<Unit> parent() const;
  // The identity that renaming, retyping, another parent and another code leave
  // alone: the first code and the first day of the unit, "24829@2025-07-01".
  std::string key() const;

  // The row of units.spells, and the day that parent() looks at.
  std::uint32_t spell() const { return spell_; }
  CivilDay as_of() const { return as_of_; }

  // Two units are equal if they are the same spell.
  friend bool operator==(const Unit& a, const Unit& b) { return a.spell_ == b.spell_; }

 private:
  friend struct RegistryTables;
  Unit(std::shared_ptr<const RegistryTables> tables, std::uint32_t spell, CivilDay as_of)
      : tables_(std::move(tables)), spell_(spell), as_of_(as_of) {}

  std::shared_ptr<const RegistryTables> tables_;
  std::uint32_t spell_;
  CivilDay as_of_;
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_UNIT_H_
