// Accounts on a merger: who works for an abolished body works for its successor.
//
//   MOTCUA_ASSIGN_OR_RETURN(const AccountHandover moved,
//                           HandOverAccounts(accounts, registry, CivilDay(2025, 7, 1), {}, {}));
//   moved.accounts.Decide(...)   // before the day as before, from the day on at the successor
#ifndef MOTCUA_ACCESS_ACCOUNT_HANDOVER_H_
#define MOTCUA_ACCESS_ACCOUNT_HANDOVER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/access/accounts.h"
#include "motcua/access/agency_succession.h"

namespace motcua {

struct AccountHandoverRow {
  std::string account;
  std::string from;
  std::string to;                             // of a move; empty if undecided
  std::string basis;                          // the acts that moved the unit, or the hint
  std::vector<HandoverCandidate> candidates;  // of an undecided one
};

struct AccountHandover {
  Accounts accounts;
  std::vector<AccountHandoverRow> moved;  // in the order of the accounts
  std::vector<AccountHandoverRow> undecided;
};

// Adds a posting on `date` for every account that is valid then and whose agency went whole
// into one successor, or that a hint sends to one. An account posted on that day already is
// left alone, so running it twice adds nothing. An account without a beginning was there the
// day before `date`. Errors: kOutsideCoverage.
absl::StatusOr<AccountHandover> HandOverAccounts(const Accounts& accounts, const Registry& registry,
                                                 CivilDay date, const AgencySuccession& agencies,
                                                 const HandoverHints& hints);

}  // namespace motcua

#endif  // MOTCUA_ACCESS_ACCOUNT_HANDOVER_H_
