#include "motcua/units/unit.h"

#include "motcua/units/registry_tables.h"

namespace motcua {

std::string_view Unit::code() const { return CodeText(tables_->spells[spell_].code); }
Level Unit::level() const { return static_cast<Level>(tables_->spells[spell_].level); }
UnitType Unit::type() const { return static_cast<UnitType>(tables_->spells[spell_].type); }
std::string_view Unit::name() const { return tables_->NameOf(spell_); }

std::string Unit::full_name() const {
  std::string full(type_name());
  full += ' ';
  full += name();
  return full;
}

CivilDay Unit::valid_from() const { return DayFrom(tables_->spells[spell_].valid_from); }

std::optional<CivilDay> Unit::valid_to() const {
  const std::int32_t end = tables_->spells[spell_].valid_to;
  if (end == kOpenEnd) return std::nullopt;
  return DayFrom(end);
}

std::optional<Unit> Unit::parent() const {
  const std::uint32_t parent = tables_->ParentOf(spell_, ToNumber(as_of_));
  if (parent == kNoRow) return std::nullopt;
  return Unit(tables_, parent, as_of_);
}

std::string Unit::key() const {
  const SpellRow& first = tables_->spells[tables_->spells[spell_].identity];
  return std::string(CodeText(first.code)) + "@" + ToString(DayFrom(first.valid_from));
}

}  // namespace motcua
