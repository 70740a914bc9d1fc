#include "motcua/access/account_tables.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

absl::Status Refuse(std::string_view list, std::size_t row, std::string_view field,
                    std::string_view value, std::string_view expected) {
  return Error(Reason::kInvalidArgument,
               absl::StrCat(ToAbsl(list), " row ", row, ", ", ToAbsl(field)), value, expected);
}

std::string List(std::span<const std::string> words) {
  std::string list;
  for (const std::string& word : words) absl::StrAppend(&list, list.empty() ? "" : ", ", word);
  return list;
}

}  // namespace

absl::Status Accounts::Tables::Build(AccountRows given) {
  rows = std::move(given);
  if (rights.events().size() > 64) {
    return Error(Reason::kInvalidArgument, "rights", absl::StrCat(rights.events().size()),
                 "at most 64 events");
  }
  MOTCUA_RETURN_IF_ERROR(AddAgencies());
  MOTCUA_RETURN_IF_ERROR(AddAccounts());
  MOTCUA_RETURN_IF_ERROR(AddPlaces());
  MOTCUA_RETURN_IF_ERROR(AddLoans());
  return AddPairs();
}

absl::Status Accounts::Tables::AddAccounts() {
  for (std::size_t k = 0; k < rows.accounts.size(); ++k) {
    const motcua::Account& row = rows.accounts[k];
    if (row.id.empty()) return Refuse("accounts", k, "id", "", "a text");
    if (row.agency.empty()) return Refuse("accounts", k, "agency", "", "a text");
    if (row.roles.empty()) return Refuse("accounts", k, "roles", "", "at least one role");
    if (row.valid_to <= row.valid_from) {
      return Refuse("accounts", k, "valid_to", ToString(DayFrom(row.valid_to)),
                    "a day after valid_from");
    }
    if (!account_numbers.emplace(row.id, static_cast<std::uint32_t>(k)).second) {
      return Refuse("accounts", k, "id", row.id, "each id once");
    }
    unsigned roles = 0;
    for (const std::string& role : row.roles) {
      const auto number = rights.RoleNamed(role);
      if (!number) return Refuse("accounts", k, "roles", role, "of " + List(rights.roles()));
      roles |= 1u << *number;
    }
    cores.push_back({row.valid_from, row.valid_to, 0, 0, 0, 0, static_cast<std::uint16_t>(roles)});
  }
  return absl::OkStatus();
}

absl::Status Accounts::Tables::AddPlaces() {
  std::map<std::pair<std::uint32_t, DayNumber>, std::uint32_t> by_account;
  for (std::uint32_t k = 0; k < cores.size(); ++k) {
    by_account[{k, kFromTheBeginning}] = Agency(rows.accounts[k].agency);
  }
  for (std::size_t k = 0; k < rows.postings.size(); ++k) {
    const Posting& row = rows.postings[k];
    MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t account,
                            Account("postings", k, "account", row.account));
    if (row.agency.empty()) return Refuse("postings", k, "agency", "", "a text");
    if (row.from == kFromTheBeginning) return Refuse("postings", k, "from", "", "a day");
    const auto [at, is_new] = by_account.emplace(std::pair(account, row.from), Agency(row.agency));
    if (!is_new && agency_names[at->second] != row.agency) {
      return Refuse("postings", k, "agency", row.agency,
                    "one agency a day; " + agency_names[at->second] + " stands there");
    }
  }
  for (const auto& [key, agency] : by_account) {
    Core& core = cores[key.first];
    if (core.places == 0) core.first_place = static_cast<std::uint32_t>(places.size());
    ++core.places;
    places.push_back({key.second, agency});
  }
  return absl::OkStatus();
}

absl::Status Accounts::Tables::AddLoans() {
  std::vector<std::pair<std::uint32_t, Loan>> lent;
  for (std::size_t k = 0; k < rows.delegations.size(); ++k) {
    const Delegation& row = rows.delegations[k];
    MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t from, Account("delegations", k, "from", row.from));
    MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t to, Account("delegations", k, "to", row.to));
    if (from == to) return Refuse("delegations", k, "to", row.to, "another account");
    if (row.valid_to <= row.valid_from) {
      return Refuse("delegations", k, "valid_to", ToString(DayFrom(row.valid_to)),
                    "a day after valid_from");
    }
    std::uint64_t events = row.events.empty() ? ~std::uint64_t{0} : 0;
    for (const std::string& event : row.events) {
      MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t number, Event("delegations", k, "events", event));
      events |= std::uint64_t{1} << number;
    }
    lent.emplace_back(to, Loan{from, row.valid_from, row.valid_to, events});
  }
  std::stable_sort(lent.begin(), lent.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [to, loan] : lent) {
    Core& core = cores[to];
    if (core.loans == 0) core.first_loan = static_cast<std::uint32_t>(loans.size());
    ++core.loans;
    loans.push_back(loan);
  }
  return absl::OkStatus();
}

absl::Status Accounts::Tables::AddPairs() {
  for (std::size_t k = 0; k < rows.separations.size(); ++k) {
    const Separation& row = rows.separations[k];
    MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t first, Event("separations", k, "first", row.first));
    MOTCUA_ASSIGN_OR_RETURN(const std::uint32_t second,
                            Event("separations", k, "second", row.second));
    pairs.push_back({first, second});
  }
  return absl::OkStatus();
}

absl::Status Accounts::Tables::AddAgencies() {
  std::map<std::pair<std::uint32_t, DayNumber>, std::size_t> by_agency;  // row
  for (std::size_t k = 0; k < rows.agencies.size(); ++k) {
    const AgencyPlace& row = rows.agencies[k];
    if (row.id.empty()) return Refuse("agencies", k, "id", "", "a text");
    if (row.valid_to <= row.valid_from) {
      return Refuse("agencies", k, "valid_to", ToString(DayFrom(row.valid_to)),
                    "a day after valid_from");
    }
    if (!by_agency.emplace(std::pair(Agency(row.id), row.valid_from), k).second) {
      return Refuse("agencies", k, "id", row.id, "each id once, or for days of its own");
    }
  }
  std::map<std::string, std::uint32_t> provinces;
  for (const auto& [key, k] : by_agency) {
    const AgencyPlace& row = rows.agencies[k];
    Site site{row.valid_from, row.valid_to, kNobody, kNobody};
    if (!row.province.empty()) {
      const auto next = static_cast<std::uint32_t>(provinces.size());
      site.province = provinces.emplace(row.province, next).first->second;
    }
    if (!row.parent.empty()) {
      const auto parent = agency_numbers.find(row.parent);
      if (parent == agency_numbers.end()) {
        return Refuse("agencies", k, "parent", row.parent, "an agency of the list");
      }
      site.parent = parent->second;
    }
    Sites& own = sites_of[key.first];
    if (own.count == 0) own.first = static_cast<std::uint32_t>(sites.size());
    if (own.count != 0 && sites.back().valid_to > row.valid_from) {
      return Refuse("agencies", k, "valid_from", ToString(DayFrom(row.valid_from)),
                    "a day on which no other row of " + row.id + " holds");
    }
    ++own.count;
    sites.push_back(site);
  }
  for (std::size_t k = 0; k < rows.agencies.size(); ++k) MOTCUA_RETURN_IF_ERROR(CheckAbove(k));
  return absl::OkStatus();
}

// That the agencies above one are no circle. The youngest row of a circle closes it, so the
// first day of every row is looked at and no other.
absl::Status Accounts::Tables::CheckAbove(std::size_t row) const {
  const AgencyPlace& place = rows.agencies[row];
  const std::uint32_t agency = agency_numbers.at(place.id);
  const Site* site = SiteOn(agency, place.valid_from);
  for (int above = 0; site != nullptr && site->parent != kNobody; ++above) {
    if (site->parent == agency || above == kMaxAgencyDepth) {
      return Refuse("agencies", row, "parent", place.parent,
                    site->parent == agency
                        ? "an agency that does not stand under this one"
                        : absl::StrCat("at most ", kMaxAgencyDepth, " agencies above this one"));
    }
    site = SiteOn(site->parent, place.valid_from);
  }
  return absl::OkStatus();
}

bool Accounts::Tables::StandsUnder(std::uint32_t agency, std::uint32_t above, DayNumber day) const {
  const Site* site = SiteOn(agency, day);
  while (site != nullptr && site->parent != kNobody) {
    if (site->parent == above) return true;
    site = SiteOn(site->parent, day);
  }
  return false;
}

std::uint32_t Accounts::Tables::ProvinceOf(std::uint32_t agency, DayNumber day) const {
  const Site* site = SiteOn(agency, day);
  while (site != nullptr && site->province == kNobody && site->parent != kNobody) {
    site = SiteOn(site->parent, day);
  }
  return site == nullptr ? kNobody : site->province;
}

// The number of an agency, a new one if nobody named it before.
std::uint32_t Accounts::Tables::Agency(const std::string& name) {
  const auto next = static_cast<std::uint32_t>(agency_names.size());
  const auto [at, is_new] = agency_numbers.emplace(name, next);
  if (is_new) {
    agency_names.push_back(name);
    sites_of.emplace_back();
  }
  return at->second;
}

absl::StatusOr<std::uint32_t> Accounts::Tables::Account(std::string_view list, std::size_t row,
                                                        std::string_view field,
                                                        const std::string& id) const {
  const auto number = account_numbers.find(id);
  if (number != account_numbers.end()) return number->second;
  return Refuse(list, row, field, id, "an account of the list");
}

absl::StatusOr<std::uint32_t> Accounts::Tables::Event(std::string_view list, std::size_t row,
                                                      std::string_view field,
                                                      const std::string& event) const {
  if (const auto number = rights.EventNamed(event)) return *number;
  return Refuse(list, row, field, event, "of " + List(rights.events()));
}

}  // namespace motcua
