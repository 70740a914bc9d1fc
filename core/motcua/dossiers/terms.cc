#include "motcua/dossiers/terms.h"

#include <utility>

#include "motcua/base/status.h"
#include "motcua/time/time_limit.h"

namespace motcua {

absl::Status Terms::Check() const {
  const std::pair<std::string_view, const std::string*> all[] = {{"reception", &reception},
                                                                 {"alert", &alert},
                                                                 {"forwarding", &forwarding},
                                                                 {"passing_on", &passing_on},
                                                                 {"appraisal", &appraisal}};
  for (const auto& [name, term] : all) {
    if (TimeLimit::Parse(*term).ok()) continue;
    return Error(Reason::kInvalidArgument, name, *term, "a time limit, as \"8wh\", or \"none\"");
  }
  return absl::OkStatus();
}

}  // namespace motcua
