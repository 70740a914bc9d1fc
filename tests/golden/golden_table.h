// Reads the golden tables of deadlines; tests/golden/README.md describes their notation.
#ifndef MOTCUA_TESTS_GOLDEN_GOLDEN_TABLE_H_
#define MOTCUA_TESTS_GOLDEN_GOLDEN_TABLE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/deadline_oracle.h"

namespace motcua::golden {

struct Row {
  std::string name, basis;
  std::vector<oracle::Layer> layers;
  oracle::Question question;
  oracle::Answer expected;  // left_at_pause is not in the table
};

// Layers by name. Throws std::invalid_argument, naming the line, for a row that is unclear or
// has no basis.
std::map<std::string, oracle::Layer> ReadLayers(const std::string& text);

// The rows, in order. Throws std::invalid_argument, naming the line: a name used twice, an
// empty basis, a layer that `layers` does not have, a cell that is not in the notation.
std::vector<Row> ReadDeadlines(const std::string& text,
                               const std::map<std::string, oracle::Layer>& layers);

// The text of a file of tests/golden/.
std::string ReadGoldenFile(const std::string& name);

}  // namespace motcua::golden

#endif  // MOTCUA_TESTS_GOLDEN_GOLDEN_TABLE_H_
