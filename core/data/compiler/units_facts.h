// What the TSVs of core/data/units say, read and checked, before it becomes rows.
#ifndef MOTCUA_DATA_COMPILER_UNITS_FACTS_H_
#define MOTCUA_DATA_COMPILER_UNITS_FACTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "facts_folder.h"
#include "motcua/units/unit.h"
#include "motcua/units/units_rows.h"

namespace motcua {

struct SpellFact {
  std::string code;
  Level level = Level::kCommune;
  UnitType type = UnitType::kXa;
  std::string name;
  std::string parent;
  std::int32_t valid_from = 0;
  std::int32_t valid_to = kOpenEnd;
  std::string from_act;
  std::string to_act;
  std::uint32_t population = 0;
  std::uint32_t area_hectares = 0;
};

struct EdgeFact {
  std::uint32_t from = 0;  // index of SpellFact
  std::uint32_t to = 0;
  std::int32_t day = 0;
  std::string act;
  std::uint8_t article = 0;
  std::uint16_t clause = 0;
  std::uint8_t extent = 0;
  std::uint8_t moved = 0;
  std::uint8_t flags = 0;
};

struct VariantFact {
  std::uint32_t spell = 0;
  std::string name;
};

struct UnitsFacts {
  std::vector<SpellFact> spells;  // by code (shorter first), then day
  std::vector<EdgeFact> edges;    // by from, day, to
  std::vector<VariantFact> variants;
  std::vector<AnswerRow> answers;  // by district

  // The spell of `code` on `day`; kNoRow if none.
  std::uint32_t SpellOn(std::string_view code, std::int32_t day) const;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_code;
};

// Each reads its files and adds to `facts`, in this order. Errors: kMalformedData.
absl::Status ReadSpells(const FactsFolder& folder, UnitsFacts& facts);
absl::Status ReadEdges(const FactsFolder& folder, UnitsFacts& facts);
// Adds the edges on which ground passed between units that went on. Called by ReadEdges.
void AddLostGround(UnitsFacts& facts);
absl::Status ReadVariants(const FactsFolder& folder, UnitsFacts& facts);

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_UNITS_FACTS_H_
