// The dossiers that these benchmarks fold: all live the same life of ten events.
#ifndef MOTCUA_BENCHMARKS_DOSSIERS_LIFE_H_
#define MOTCUA_BENCHMARKS_DOSSIERS_LIFE_H_

#include <string>

#include "motcua/dossiers/event.h"

namespace motcua {

struct Moment {
  EventKind kind;
  MinuteNumber minute;  // since submission
};
// Asked for papers, asked for money, finished, fetched.
inline constexpr Moment kLife[] = {{EventKind::kSubmit, 0},
                                   {EventKind::kAccept, 60},
                                   {EventKind::kForward, 90},
                                   {EventKind::kAssign, 120},
                                   {EventKind::kRequestSupplement, 1500},
                                   {EventKind::kSupply, 4500},
                                   {EventKind::kRequestPayment, 6000},
                                   {EventKind::kPaid, 7500},
                                   {EventKind::kFinish, 9000},
                                   {EventKind::kHandOver, 10500}};

// When a dossier, by its number, is submitted.
inline MinuteNumber SubmissionOf(int dossier) {
  return ToNumber(CivilMinute(2025, 7, 1, 8, 0)) + dossier % 20'000;
}

// The events, dossier by dossier; ids and numbers as systems write them, and an officer acts.
template <typename Take>
void ForEachEvent(int dossiers, Take&& take) {
  for (int d = 0; d < dossiers; ++d) {
    const std::string dossier = "H36.12-250701-" + std::to_string(100'000 + d);
    for (const Moment& moment : kLife) {
      const std::string id = dossier + "/" + std::string(NameOf(moment.kind));
      const bool opens = moment.kind == EventKind::kSubmit;
      const bool accepts = moment.kind == EventKind::kAccept;
      take(Event{.id = id,
                 .dossier = dossier,
                 .kind = moment.kind,
                 .channel = opens ? Channel::kOnline : Channel::kUnknown,
                 .at = SubmissionOf(d) + moment.minute,
                 .agency = "24820",
                 .procedure = opens ? "1.001193" : "",
                 .limit = accepts ? "10wd" : "",
                 .actor = opens ? "" : "H36.12/0042"});
    }
  }
}

}  // namespace motcua

#endif  // MOTCUA_BENCHMARKS_DOSSIERS_LIFE_H_
