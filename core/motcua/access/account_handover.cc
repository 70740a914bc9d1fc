#include "motcua/access/account_handover.h"

#include <algorithm>
#include <utility>

#include "motcua/base/status.h"

namespace motcua {
namespace {

// Since when an account works where it does on the eve of `day`, as a day of the registry.
DayNumber WorksSince(const Accounts& accounts, std::uint32_t account, DayNumber day) {
  const DayNumber posted = accounts.PostedSince(account, day - 1);
  const DayNumber since =
      posted == kFromTheBeginning ? accounts.rows().accounts[account].valid_from : posted;
  if (since == kFromTheBeginning) return day - 1;
  return std::max(since, std::min(ToNumber(Registry::first_day()), day - 1));
}

}  // namespace

absl::StatusOr<AccountHandover> HandOverAccounts(const Accounts& accounts, const Registry& registry,
                                                 CivilDay date, const AgencySuccession& agencies,
                                                 const HandoverHints& hints) {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(date, "date"));
  const DayNumber day = ToNumber(date);
  AgencyJudge judge(registry, date, agencies);
  std::vector<AccountHandoverRow> moved, undecided;
  std::vector<Posting> postings;
  for (std::uint32_t k = 0; k < accounts.size(); ++k) {
    const Account& account = accounts.rows().accounts[k];
    const bool there = account.valid_from < day && day < account.valid_to;
    if (!there || accounts.PostedSince(k, day) == day) continue;
    const std::string from(accounts.AgencyOf(k, day));
    AgencyVerdict verdict = judge.On(from, WorksSince(accounts, k, day));
    const HandoverHint* hint = hints.ForAccount(account.id);
    if (verdict.kind == AgencyVerdict::kUndecided && hint != nullptr) verdict.DecideBy(*hint);
    if (verdict.kind == AgencyVerdict::kStays) continue;
    AccountHandoverRow row{account.id, from, verdict.to, verdict.basis, verdict.candidates};
    if (verdict.kind == AgencyVerdict::kUndecided) {
      undecided.push_back(std::move(row));
      continue;
    }
    row.candidates.clear();
    postings.push_back({account.id, day, verdict.to, verdict.basis});
    moved.push_back(std::move(row));
  }
  MOTCUA_ASSIGN_OR_RETURN(Accounts posted, accounts.Posted(std::move(postings)));
  return AccountHandover{std::move(posted), std::move(moved), std::move(undecided)};
}

}  // namespace motcua
