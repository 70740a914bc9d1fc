// Stands in for postgres_store.cc in a build without libpq.
#include "motcua/base/status.h"
#include "motcua/journal/store.h"

namespace motcua {

absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(const std::string&, OpenMode) {
  return Error(Reason::kInvalidArgument, "journal", "postgresql",
               "sqlite:PATH; this motcua was built without PostgreSQL: install libpq-dev and build "
               "it again with MOTCUA_POSTGRESQL");
}

}  // namespace motcua
