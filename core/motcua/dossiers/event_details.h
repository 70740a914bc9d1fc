// Keys of an event that only some dossiers need, read from those it keeps verbatim.
//
//   {"id": "e2", ..., "kind": "accept", "agency": "24820", "competent": "24829"}
//
//   competent   of an event that opens or transfers a dossier: the agency that decides,
//               where another one receives (không phụ thuộc địa giới hành chính)
//   step, done  of an event that moves the work: the step that begins, the step that ends
//   case        of an event that opens a dossier of a linked group: its case, "social_insurance"
//   fee_paid, result_ready   true or false, of `accept` and `hand_over` under the machine's
//               option fee=checked: nothing is left to pay; the electronic result is there
//   hamlet, parcel, successor   of any event: what decides a handover when the unit is split
#ifndef MOTCUA_DOSSIERS_EVENT_DETAILS_H_
#define MOTCUA_DOSSIERS_EVENT_DETAILS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace motcua {

struct EventDetails {
  std::string competent;
  std::string case_name;
  std::uint8_t step = 0;  // 0: not given
  std::uint8_t done = 0;
  bool fee_paid = false;
  bool result_ready = false;
  std::string hamlet;     // thôn, tổ dân phố
  std::string parcel;     // thửa đất, as the land register writes it
  std::string successor;  // the agency chosen for this dossier
};

// Reads Event::extra. Other keys are left alone. Errors: kInvalidArgument naming the key
// for a value of the wrong form; kMalformedData if `extra` is no list of JSON members.
absl::StatusOr<EventDetails> ReadDetails(std::string_view extra);

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_EVENT_DETAILS_H_
