/* motcua: the engine under the one-stop door of Vietnam's local government.
 *
 * This header and those it includes are the whole public C interface; what is
 * not in them is not promised. Rules that hold for every function:
 *
 *   Status     Every function that can fail returns motcua_status; results go to
 *              out-parameters, which a failure leaves untouched.
 *   Errors     The last parameter of such a function is `motcua_error** error`.
 *              It may be NULL. On failure it receives a new error that the caller
 *              frees; on success it is untouched. There is no "last error".
 *   Handles    Opaque. Made by one function, freed by one function named in the
 *              comment of its type; freeing NULL does nothing.
 *   Text       UTF-8, as pointer and length. Text that a function returns is
 *              borrowed from the handle it came from, unless said otherwise.
 *   Structs    Begin with struct_size, set by their _INIT macro; they grow only
 *              at the end.
 *   Time       Days are int32_t since 1970-01-01; minutes are int64_t since
 *              1970-01-01T00:00 local time (UTC+7). INT32_MIN and INT64_MIN mean
 *              "no such time" (NaT).
 *   Threads    A handle that has been made is immutable unless its comment says
 *              otherwise, and may be shared by threads.
 */
#ifndef MOTCUA_H_
#define MOTCUA_H_

#include "motcua/c/access.h"
#include "motcua/c/agencies.h"
#include "motcua/c/base.h"
#include "motcua/c/calendar.h"
#include "motcua/c/carry.h"
#include "motcua/c/catalogue_rows.h"
#include "motcua/c/deadline.h"
#include "motcua/c/dossier.h"
#include "motcua/c/dossiers.h"
#include "motcua/c/explanation.h"
#include "motcua/c/handover.h"
#include "motcua/c/identifiers.h"
#include "motcua/c/machine.h"
#include "motcua/c/machine_promises.h"
#include "motcua/c/procedures.h"
#include "motcua/c/reconciliation.h"
#include "motcua/c/resolver.h"
#include "motcua/c/statistics.h"
#include "motcua/c/text.h"
#include "motcua/c/units.h"

#endif /* MOTCUA_H_ */
