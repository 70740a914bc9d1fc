// How well a row of a foreign catalogue fits a unit. Internal to the room.
#ifndef MOTCUA_UNITS_ROW_MATCH_H_
#define MOTCUA_UNITS_ROW_MATCH_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "motcua/units/reconciliation.h"
#include "motcua/units/registry_tables.h"
#include "motcua/units/words.h"

namespace motcua {

enum class Agreement { kNotGiven, kYes, kAncestor, kNo };

struct RowMatch {
  std::uint32_t spell = kNoRow;
  std::optional<Stage> stage;  // of the name, its level word included
  Agreement code = Agreement::kNotGiven;
  Agreement parent = Agreement::kNotGiven;
  Agreement type = Agreement::kNotGiven;
  bool current = false;
  bool named = false;  // the row has a name
  int score = 0;
};

// Finds the units that a row may mean. Holds what rows have in common, for one day.
class RowMatcher {
 public:
  RowMatcher(const RegistryTables& tables, DayNumber at);

  // All matches worth a thought, best first; one a unit.
  std::vector<RowMatch> Match(const CatalogueRow& row);

 private:
  // A reading of a row's name, and its search key.
  struct KeyedReading : NameReading {
    std::string key;
    std::uint32_t key_row = kNoRow;  // of units.keys
  };
  struct Parent {
    bool given = false;
    bool country = false;  // what a list writes above a province
    std::string code;
    std::vector<std::pair<TypeSet, std::uint32_t>> names;  // a level word or 0, row of units.keys
  };

  // The match of a row that has the code, full name and parent of a unit to the letter:
  // nothing can fit better, so that nothing else need be weighed.
  std::optional<RowMatch> FaultlessMatch(const CatalogueRow& row);
  std::vector<RowMatch> WeighAll(const CatalogueRow& row, const std::vector<KeyedReading>& readings,
                                 std::vector<std::uint32_t> spells);
  std::string_view LongName(std::string_view search_key) const;
  std::vector<KeyedReading> Readings(std::string_view name) const;
  std::optional<Stage> StageOf(const KeyedReading& reading, std::string_view name,
                               std::uint32_t key_row) const;
  const Parent& ParentOf(std::string_view text);
  bool IsParent(const Parent& parent, std::uint32_t spell) const;
  // Lists of today write today's province above a unit of former days.
  bool IsParentOfSuccessor(const Parent& parent, std::uint32_t spell) const;
  Agreement CompareParent(const Parent& parent, std::uint32_t spell) const;
  RowMatch Weigh(const CatalogueRow& row, const std::vector<KeyedReading>& readings,
                 const Parent& parent, std::uint32_t spell) const;
  std::optional<Stage> NameStage(const KeyedReading& reading, std::uint32_t spell) const;
  void AddByName(const std::vector<KeyedReading>& readings,
                 std::vector<std::uint32_t>& spells) const;
  void AddByCode(std::string_view code, std::vector<std::uint32_t>& spells) const;
  void AddNear(const std::vector<KeyedReading>& readings, std::vector<std::uint32_t>& spells) const;

  const RegistryTables& tables_;
  const DayNumber at_;
  std::vector<std::uint32_t> key_of_;  // row of units.keys of each spell's own name
  std::vector<std::uint32_t> key_of_naming_;
  std::vector<std::vector<std::uint32_t>> variants_of_;  // rows of units.namings, by spell
  std::unordered_map<std::string, Parent> parents_;
};

// A code as the office writes it: digits only, lost zeros put back.
std::vector<std::string> PossibleCodes(std::string_view written);

}  // namespace motcua

#endif  // MOTCUA_UNITS_ROW_MATCH_H_
