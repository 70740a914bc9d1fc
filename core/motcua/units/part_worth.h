// How well the words of a mention fit a unit's spelling. Internal to the room.
#ifndef MOTCUA_UNITS_PART_WORTH_H_
#define MOTCUA_UNITS_PART_WORTH_H_

#include "motcua/units/mentions.h"
#include "motcua/units/registry_tables.h"

namespace motcua {

struct PartWorth {
  float score = 1;
  Stage stage = Stage::kExact;  // of name and level word
  bool missing_marks = false;   // the score counts marks that are not there
};

// A missing level word costs this; chains give it back where none is needed.
inline constexpr float kNoLevelWord = 0.985f;
// Marks that are missing cost this, once a text.
inline constexpr float kMissingMarks = 0.97f;

// `naming` is one of the mention's key.
PartWorth WorthOf(const RegistryTables& tables, const Words& words, const Mention& mention,
                  const NameRow& naming);

// How the level word of a mention is written for a unit of `type`, one of its types.
Stage StageOfLevel(const Words& words, const Mention& mention, UnitType type);

}  // namespace motcua

#endif  // MOTCUA_UNITS_PART_WORTH_H_
