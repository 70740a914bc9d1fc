// Linked groups (liên thông): received under the code of a group, a dossier has the limit and
// the steps of its case (trường hợp).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/fold.h"

namespace motcua {

bool DossierFold::IsGroup(std::uint32_t procedure) const {
  if (!rules_.catalogue) return false;
  const auto groups = rules_.catalogue->groups();
  const std::string_view code = log_.texts()[procedure];
  return std::any_of(groups.begin(), groups.end(),
                     [&](const LinkedGroup& group) { return group.code == code; });
}

// The case that the events named, or the only one. A dossier that names none has no case where
// its limit is known otherwise: from the event, or because the code is published as a procedure.
absl::Status DossierFold::ChooseCase(const EventRow& row) {
  if (!rules_.catalogue) return absl::OkStatus();
  const auto groups = rules_.catalogue->groups();
  const std::string_view code = log_.texts()[dossier_.procedure];
  std::string cases;
  std::int32_t last = -1;
  int count = 0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    if (groups[k].code != code) continue;
    last = static_cast<std::int32_t>(k);
    if (groups[k].case_name == case_) {
      dossier_.group = last;
      return absl::OkStatus();
    }
    absl::StrAppend(&cases, count++ == 0 ? "" : ", ", ToAbsl(groups[k].case_name));
  }
  if (count == 0) return absl::OkStatus();
  if (case_.empty() && count == 1) dossier_.group = last;
  if (case_.empty() && (count == 1 || row.limit != 0 || dossier_.entry >= 0)) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument, "case", case_,
               absl::StrCat("a case of ", ToAbsl(code), ": ", cases));
}

const StepPlan* DossierFold::Plan() const {
  if (dossier_.group >= 0 && !rules_.case_plans.empty()) {
    const auto& plan = rules_.case_plans[static_cast<std::size_t>(dossier_.group)];
    if (plan) return &*plan;
  }
  const auto plan = rules_.plans.find(log_.texts()[dossier_.procedure]);
  return plan == rules_.plans.end() ? nullptr : &plan->second;
}

}  // namespace motcua
