// The terms of the decree beside the limit, and the marks for those that were missed.
#include <algorithm>

#include "motcua/dossiers/fold.h"

namespace motcua {

// Reckoned when it is first asked for: most supplements come without anybody asking.
void DossierFold::FindAnswerDue() {
  if (asked_at_ == kNoMinute) return;
  const std::string& silence = asked_under_->machine->options().silence;
  dossier_.answer_due = EndOf(asked_under_->silence, silence, asked_at_, asked_by_);
  asked_at_ = kNoMinute;
}

bool DossierFold::SupplementExpired(MinuteNumber at) {
  FindAnswerDue();
  return dossier_.answer_due != kNoMinute && DayOf(at) > DayOf(dossier_.answer_due);
}

// Whether papers that leave reception at a minute, or have not left it then, are late.
bool DossierFold::ForwardedLate(MinuteNumber at) {
  const bool papers = dossier_.channel == Channel::kDirect || dossier_.channel == Channel::kPostal;
  if (!rules_.clock || !papers || whole_since_ == kNoMinute) return false;
  const bool elsewhere = dossier_.competent != dossier_.receiving;
  const MinuteNumber due =
      elsewhere ? EndOf(passing_on_, rules_.terms.passing_on, whole_since_, dossier_.receiving)
                : EndOf(forwarding_, rules_.terms.forwarding, whole_since_, dossier_.receiving);
  return due != kNoMinute && DayOf(at) > DayOf(due);
}

// Whether a supplement asked for at a minute is asked too late. The competent agency may have
// received the dossier after it was whole.
bool DossierFold::AppraisedLate(MinuteNumber at) {
  if (!rules_.clock || whole_since_ == kNoMinute) return false;
  const MinuteNumber since = std::max(whole_since_, dossier_.clock_start);
  const MinuteNumber due = EndOf(appraisal_, rules_.terms.appraisal, since, dossier_.agency);
  return due != kNoMinute && DayOf(at) > DayOf(due);
}

// The marks of the minute that the fold ends at, beside those that events brought.
std::uint16_t DossierFold::Marks(MinuteNumber as_of) {
  unsigned marks = dossier_.marks;
  if (dossier_.status == DossierStatus::kNew && dossier_.reception_due != kNoMinute) {
    if (as_of > dossier_.reception_due) {
      marks |= kMarkReceptionLate;
    } else {
      const MinuteNumber alert = EndOf(alert_, rules_.terms.alert, awaited_since_, dossier_.agency);
      if (alert != kNoMinute && as_of > alert) marks |= kMarkReceptionAlert;
    }
  }
  if (dossier_.status == DossierStatus::kAccepted && ForwardedLate(as_of)) {
    marks |= kMarkForwardLate;
  }
  if (dossier_.accepted_at != kNoMinute && SupplementExpired(as_of)) {
    marks |= kMarkSupplementSilent;
  }
  const bool late =
      dossier_.outcome == Outcome::kOverdue || dossier_.outcome == Outcome::kPendingOverdue;
  if (late && !dossier_.extended) marks |= kMarkNoApology;
  if (IsNotCompetent()) marks |= kMarkNotCompetent;
  return static_cast<std::uint16_t>(marks);
}

}  // namespace motcua
