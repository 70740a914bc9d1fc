// What the C files of the handover of dossiers and of accounts share.
#ifndef MOTCUA_CAPI_HANDOVER_BOUNDARY_H_
#define MOTCUA_CAPI_HANDOVER_BOUNDARY_H_

#include "dossiers_boundary.h"
#include "motcua/access/agency_succession.h"
#include "motcua/dossiers/handover.h"

struct motcua_handover_report {
  motcua::HandoverReport value;
};

namespace motcua::capi {

absl::StatusOr<AgencySuccession> ReadAgencies(const motcua_text* from, const motcua_text* to,
                                              size_t count);
absl::StatusOr<HandoverHints> ReadHints(const motcua_handover_hint* hints, size_t count);

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_HANDOVER_BOUNDARY_H_
