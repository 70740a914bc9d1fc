// The resolver's index, made of the units' facts.
#ifndef MOTCUA_DATA_COMPILER_UNITS_NAMES_H_
#define MOTCUA_DATA_COMPILER_UNITS_NAMES_H_

#include "absl/status/status.h"
#include "facts_folder.h"
#include "units_facts.h"

namespace motcua {

// Adds the tables "names.*" (motcua/units/name_rows.h). Reads units/short_names.tsv.
// Errors: kMalformedData.
absl::Status AddNameIndex(const FactsFolder& folder, const UnitsFacts& facts, ImageBuilder& image);

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_UNITS_NAMES_H_
