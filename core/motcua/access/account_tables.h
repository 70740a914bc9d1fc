// The tables that Accounts looks its answers up in. Internal to the room.
#ifndef MOTCUA_ACCESS_ACCOUNT_TABLES_H_
#define MOTCUA_ACCESS_ACCOUNT_TABLES_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "motcua/access/accounts.h"

namespace motcua {

struct Accounts::Tables {
  // Where an account is from a day on; those of one account lie together, by day.
  struct Place {
    DayNumber from;
    std::uint32_t agency;
  };
  // A right lent to an account; those of one account lie together.
  struct Loan {
    std::uint32_t from;
    DayNumber valid_from;
    DayNumber valid_to;
    std::uint64_t events;  // bit per event
  };
  struct Core {
    DayNumber valid_from;
    DayNumber valid_to;
    std::uint32_t first_place;
    std::uint32_t first_loan;
    std::uint16_t places;
    std::uint16_t loans;
    std::uint16_t roles;  // bit per role
  };
  // Where an agency stands for a time; the sites of one agency lie together, by day.
  struct Site {
    DayNumber valid_from;
    DayNumber valid_to;
    std::uint32_t parent;    // agency; kNobody: under none
    std::uint32_t province;  // its own; kNobody: that of the nearest parent that has one
  };
  struct Sites {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  struct Pair {
    std::uint32_t first, second;
  };

  explicit Tables(Rights given) : rights(std::move(given)) {}
  absl::Status Build(AccountRows given);

  // The site of an agency on a day; null if it has none. A unit has seldom more than two, and
  // mostly the last is asked for.
  const Site* SiteOn(std::uint32_t agency, DayNumber day) const {
    const Sites& own = sites_of[agency];
    for (std::uint32_t k = own.count; k > 0; --k) {
      const Site& site = sites[own.first + k - 1];
      if (site.valid_from <= day) return day < site.valid_to ? &site : nullptr;
    }
    return nullptr;
  }
  bool StandsUnder(std::uint32_t agency, std::uint32_t above, DayNumber day) const;
  std::uint32_t ProvinceOf(std::uint32_t agency, DayNumber day) const;  // kNobody: none

  Rights rights;
  AccountRows rows;
  std::vector<Core> cores;
  std::vector<Place> places;
  std::vector<Loan> loans;
  std::vector<Site> sites;
  std::vector<Sites> sites_of;  // by agency
  std::vector<std::string> agency_names;
  std::vector<Pair> pairs;
  std::unordered_map<std::string, std::uint32_t> account_numbers;
  std::unordered_map<std::string, std::uint32_t> agency_numbers;

 private:
  absl::Status AddAccounts();
  absl::Status AddPlaces();
  absl::Status AddLoans();
  absl::Status AddPairs();
  absl::Status AddAgencies();
  absl::Status CheckAbove(std::size_t row) const;
  std::uint32_t Agency(const std::string& name);
  absl::StatusOr<std::uint32_t> Account(std::string_view list, std::size_t row,
                                        std::string_view field, const std::string& id) const;
  absl::StatusOr<std::uint32_t> Event(std::string_view list, std::size_t row,
                                      std::string_view field, const std::string& event) const;
};

}  // namespace motcua

#endif  // MOTCUA_ACCESS_ACCOUNT_TABLES_H_
