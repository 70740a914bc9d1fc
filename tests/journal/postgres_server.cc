#include "tests/journal/postgres_server.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace motcua {
namespace {

// The newest version installed; Debian keeps the programs out of PATH.
std::string Programs() {
  std::string newest;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    const std::string bin = entry.path().string() + "/bin";
    if (std::filesystem::exists(bin + "/postgres", ignored) && bin > newest) newest = bin;
  }
  return newest;
}

}  // namespace

bool PostgresServer::Installed() { return !Programs().empty(); }

PostgresServer* PostgresServer::Shared() {
  static PostgresServer* const server = [] {
    auto* made = new PostgresServer;  // stopped at exit
    if (!made->Start()) return static_cast<PostgresServer*>(nullptr);
    std::atexit([] { delete Shared(); });
    return made;
  }();
  return server;
}

PostgresServer::PostgresServer() {
  char name[] = "/tmp/motcua-postgres-XXXXXX";
  folder_ = mkdtemp(name);
  // A server refuses to run as root.
  if (geteuid() == 0) {
    [[maybe_unused]] const int done = std::system(("chown postgres " + folder_).c_str());
  }
}

PostgresServer::~PostgresServer() {
  Run(Programs() + "/pg_ctl -D " + folder_ + "/data -m immediate -w stop");
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

bool PostgresServer::Run(const std::string& command) const {
  std::string line = "cd " + folder_ + " && ";
  if (geteuid() == 0) line.append("runuser -u postgres -- ");
  line.append(command).append(" >>log 2>&1");
  return std::system(line.c_str()) == 0;
}

bool PostgresServer::Start() {
  if (!Installed()) return false;
  const std::string data = folder_ + "/data";
  if (!std::filesystem::exists(data + "/PG_VERSION") &&
      !Run(Programs() + "/initdb -D " + data + " -U motcua -A trust --no-sync")) {
    return false;
  }
  return Run(Programs() + "/pg_ctl -D " + data + " -w -t 60 -l " + folder_ +
             "/server.log -o \"-c listen_addresses='' -k " + folder_ + "\" start");
}

void PostgresServer::Kill() {
  Run(Programs() + "/pg_ctl -D " + folder_ + "/data -m immediate -w stop");
}

std::string PostgresServer::NewUrl() {
  const std::string base = "postgresql://motcua@/postgres?host=" + folder_;
  std::string schema = std::to_string(++schemas_);
  schema.insert(schema.begin(), 's');
  Run(Programs() + "/psql -q -h " + folder_ + " -U motcua -c 'CREATE SCHEMA " + schema +
      "' postgres");
  return base + "&options=-csearch_path%3D" + schema;
}

}  // namespace motcua
