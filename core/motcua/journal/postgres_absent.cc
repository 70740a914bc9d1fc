// Stands in for postgres_store.cc where libpq was not there when motcua was built.
#include "motcua/base/status.h"
#include "motcua/journal/store.h"

namespace motcua {

absl::StatusOr<std::unique_ptr<Store>> OpenPostgresStore(const std::string&, OpenMode) {
  return Error(Reason::kInvalidArgument, "journal", "postgresql",
               "sqlite:PATH: this motcua was built without libpq; install libpq-dev and build it "
               "again");
}

}  // namespace motcua
