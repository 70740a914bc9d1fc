// Of boundary.h, what libmotcua_journal.so does in its own way.
#include "boundary.h"

namespace motcua::capi {

// The error that needs no memory is libmotcua's own; here there is the status alone.
motcua_status FailOutOfMemory(motcua_error**) noexcept { return MOTCUA_RESOURCE_EXHAUSTED; }

}  // namespace motcua::capi
