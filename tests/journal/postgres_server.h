// A PostgreSQL server of the test's own: a private data folder and a Unix socket, no
// port. It stops when the object goes, or with the test program.
#ifndef MOTCUA_TESTS_JOURNAL_POSTGRES_SERVER_H_
#define MOTCUA_TESTS_JOURNAL_POSTGRES_SERVER_H_

#include <string>

namespace motcua {

class PostgresServer {
 public:
  // Whether the server's programs are installed (Debian package postgresql).
  static bool Installed();
  // The server that the tests of this program share, or nullptr where none can be started.
  static PostgresServer* Shared();

  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool Start();
  void Kill();  // as a power failure: SIGQUIT to the postmaster, no checkpoint
  // A new, empty schema of its own, as the url of a journal.
  std::string NewUrl();

 private:
  bool Run(const std::string& command) const;  // as the user that may run a server

  std::string folder_;
  int schemas_ = 0;
};

}  // namespace motcua

#endif  // MOTCUA_TESTS_JOURNAL_POSTGRES_SERVER_H_
