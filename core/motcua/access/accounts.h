// Accounts (tài khoản): who may cause an event in a dossier, and by which rule.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Accounts accounts, Accounts::Of(rows, rights));
//   const Decision decision = accounts.Decide(*accounts.Find("u1"), *accounts.EventNamed("accept"),
//                                             subject, ToNumber(today));
//   accounts.RuleOf(decision) == "right one_stop_officer/accept/province"
//
// The agency of an account is the one it is posted to on the day: a merger moves accounts by
// adding postings. A right may be delegated (ủy quyền) for a time: the delegate then acts with
// roles and agency of who delegated; delegations do not chain. Where separation of duties is
// asked, who did the one event of a pair may not do the other in the same dossier. Agencies
// stand where they stood on the day: a decision about the past comes out as it did then.
// Immutable; copies share the tables. Thread safety: may be shared.
#ifndef MOTCUA_ACCESS_ACCOUNTS_H_
#define MOTCUA_ACCESS_ACCOUNTS_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/access/rights.h"
#include "motcua/base/civil.h"

namespace motcua {

inline constexpr DayNumber kFromTheBeginning = std::numeric_limits<DayNumber>::min();  // valid_from
inline constexpr DayNumber kWithoutEnd = std::numeric_limits<DayNumber>::max();        // valid_to
inline constexpr std::uint32_t kNobody = 0xFFFFFFFF;  // no account, no agency

struct Account {
  std::string id;
  std::string agency;
  std::vector<std::string> roles;
  DayNumber valid_from = kFromTheBeginning;
  DayNumber valid_to = kWithoutEnd;  // exclusive
};

// What the relations subordinate and province are found from: where an agency stands for a
// time. One may have several rows, one after the other; on a day that none of them covers, and
// without any, it stands under none and lies in no province.
struct AgencyPlace {
  std::string id;
  std::string parent = {};    // empty: under none
  std::string province = {};  // empty: that of the nearest parent that has one
  DayNumber valid_from = kFromTheBeginning;
  DayNumber valid_to = kWithoutEnd;  // exclusive
};
inline constexpr int kMaxAgencyDepth = 64;  // how many agencies may stand above one

struct Delegation {
  std::string from;                 // account
  std::string to;                   // account
  std::vector<std::string> events;  // empty: all
  DayNumber valid_from = kFromTheBeginning;
  DayNumber valid_to = kWithoutEnd;
};

// Who did the one may not do the other.
struct Separation {
  std::string first;   // event
  std::string second;  // event; may be the same: not twice by one account
  std::string source;
};

// An account goes to another agency on a day.
struct Posting {
  std::string account;
  DayNumber from = kFromTheBeginning;
  std::string agency;
  std::string basis;
};

struct AccountRows {
  std::vector<Account> accounts;
  std::vector<AgencyPlace> agencies;
  std::vector<Delegation> delegations;
  std::vector<Separation> separations;
  std::vector<Posting> postings;
};

// An event that an account caused in the dossier.
struct Act {
  std::uint32_t event;
  std::uint32_t account;
};

// The dossier as far as a right depends on it: agencies by number, kNobody where unknown.
struct Subject {
  std::uint32_t holder = kNobody;
  std::uint32_t competent = kNobody;
  std::uint32_t receiving = kNobody;
  std::span<const Act> acts = {};
};

// Numbers cross the C ABI.
enum class Ground : std::uint8_t {
  kRight = 0,       // allowed: by role and relation
  kDelegation = 1,  // allowed: by a delegated right
  kValidity = 2,    // refused: the account is not valid on the day
  kRole = 3,        // refused: none of its roles may cause the event
  kRelation = 4,    // refused: a role may, but not in this relation
  kSeparation = 5,  // refused: it did the other half of a pair
};

struct Decision {
  bool allowed = false;
  Ground ground = Ground::kRole;
  std::uint8_t role = 0;               // of the right; the first that may of kRelation
  Relation relation = Relation::kAny;  // of the right
  std::uint32_t account = kNobody;
  std::uint32_t event = 0;
  std::uint32_t principal = kNobody;  // who delegated
  std::uint32_t separation = 0;       // index, of kSeparation
};

class Accounts {
 public:
  // Errors: kInvalidArgument naming list, row, field and value: an id given twice, no role or
  // one that the rights do not know, an interval that ends before it begins or covers days of
  // another row of its agency, an account or event that is not there, agencies that stand in a
  // circle or deeper than kMaxAgencyDepth.
  static absl::StatusOr<Accounts> Of(AccountRows rows, const Rights& rights);

  const Rights& rights() const;
  const AccountRows& rows() const;
  std::size_t size() const;
  std::size_t agency_count() const;  // agency numbers are below it

  std::optional<std::uint32_t> Find(std::string_view id) const;  // O(1) expected
  std::optional<std::uint32_t> EventNamed(std::string_view event) const;
  // The number of an agency; kNobody if nobody is posted to it and no row lists it.
  std::uint32_t AgencyNumber(std::string_view agency) const;
  // The agency of an account on a day.
  std::string_view AgencyOf(std::uint32_t account, DayNumber day) const;
  // Since when it is posted there; kFromTheBeginning if from the beginning.
  DayNumber PostedSince(std::uint32_t account, DayNumber day) const;

  // `account` and `event` are numbers of this object. Roles in `without` (a bit each, by the
  // numbers of the rights) grant nothing, neither its own nor delegated. No allocation; under
  // 150 ns.
  Decision Decide(std::uint32_t account, std::uint32_t event, const Subject& subject, DayNumber day,
                  unsigned without = 0) const;

  // "right ROLE/EVENT/RELATION", "delegation of ID: ...", "validity", "role", "relation",
  // "separation FIRST/SECOND".
  std::string RuleOf(const Decision& decision) const;
  // The source of the right, or what would have been needed.
  std::string ReasonOf(const Decision& decision) const;

  // With more postings; one that is there already changes nothing. Errors: as Of; a posting
  // of the same account and day elsewhere.
  absl::StatusOr<Accounts> Posted(std::vector<Posting> postings) const;

 private:
  struct Tables;
  explicit Accounts(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  bool Grants(std::uint32_t account, const Subject& subject, DayNumber day, unsigned without,
              Decision& decision) const;
  bool Separated(const Subject& subject, std::uint32_t account, Decision& decision) const;

  std::shared_ptr<const Tables> tables_;
};

}  // namespace motcua

#endif  // MOTCUA_ACCESS_ACCOUNTS_H_
