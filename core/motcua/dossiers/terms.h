// The terms (thời hạn) of Decree 118/2025/NĐ-CP beside the limit of a procedure. Each is a
// TimeLimit, because sector law may say otherwise; "none": not watched. A term that was missed
// is told by a mark of the dossier, never by refusing what happened.
#ifndef MOTCUA_DOSSIERS_TERMS_H_
#define MOTCUA_DOSSIERS_TERMS_H_

#include <string>

#include "absl/status/status.h"

namespace motcua {

struct Terms {
  // Art. 17.2: an online dossier is accepted, refused or sent back, and before that the officer
  // is alerted.
  std::string reception = "8wh";
  std::string alert = "2h";
  // Art. 18.2: papers leave reception the same working day, those received after 15:00 the next;
  // art. 20: to a competent agency elsewhere within one working day. What came online goes at once,
  // for which no number is set.
  std::string forwarding = "same_day@15:00>result";
  std::string passing_on = "1wd";
  // Art. 19.5: a supplement that the appraisal finds wanting is asked for since the dossier, whole,
  // was received.
  std::string appraisal = "3wd";

  // Errors: kInvalidArgument naming the first that is no limit.
  absl::Status Check() const;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_TERMS_H_
