#include <iostream>

#include "motcua/base/dataset.h"

int main() {
  std::cout << "facts " << motcua::Dataset::Builtin().version() << "\n";
  return motcua::Dataset::Builtin().version().empty() ? 1 : 0;
}
