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
  // An agency stands under another if its number in the tour lies in the other's interval.
  struct Site {
    std::uint32_t enters;
    std::uint32_t leaves;
    std::uint32_t province;  // kNobody: none
  };
  struct Pair {
    std::uint32_t first, second;
  };

  explicit Tables(Rights given) : rights(std::move(given)) {}
  absl::Status Build(AccountRows given);

  Rights rights;
  AccountRows rows;
  std::vector<Core> cores;
  std::vector<Place> places;
  std::vector<Loan> loans;
  std::vector<Site> sites;
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
  absl::Status Tour(const std::vector<std::uint32_t>& parents,
                    const std::vector<std::string>& own_provinces);
  std::uint32_t Agency(const std::string& name);
  absl::StatusOr<std::uint32_t> Account(std::string_view list, std::size_t row,
                                        std::string_view field, const std::string& id) const;
  absl::StatusOr<std::uint32_t> Event(std::string_view list, std::size_t row,
                                      std::string_view field, const std::string& event) const;
};

}  // namespace motcua

#endif  // MOTCUA_ACCESS_ACCOUNT_TABLES_H_
