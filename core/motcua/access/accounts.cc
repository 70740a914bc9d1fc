#include "motcua/access/accounts.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/access/account_tables.h"
#include "motcua/base/status.h"

namespace motcua {

absl::StatusOr<Accounts> Accounts::Of(AccountRows rows, const Rights& rights) {
  auto tables = std::make_shared<Tables>(rights);
  MOTCUA_RETURN_IF_ERROR(tables->Build(std::move(rows)));
  return Accounts(std::move(tables));
}

const Rights& Accounts::rights() const { return tables_->rights; }
const AccountRows& Accounts::rows() const { return tables_->rows; }
std::size_t Accounts::size() const { return tables_->cores.size(); }
std::size_t Accounts::agency_count() const { return tables_->agency_names.size(); }

std::optional<std::uint32_t> Accounts::Find(std::string_view id) const {
  const auto number = tables_->account_numbers.find(std::string(id));
  if (number == tables_->account_numbers.end()) return std::nullopt;
  return number->second;
}

std::optional<std::uint32_t> Accounts::EventNamed(std::string_view event) const {
  return tables_->rights.EventNamed(event);
}

std::uint32_t Accounts::AgencyNumber(std::string_view agency) const {
  const auto number = tables_->agency_numbers.find(std::string(agency));
  return number == tables_->agency_numbers.end() ? kNobody : number->second;
}

namespace {

// The last place of [first, first + count) that is not after `day`; the first always is.
template <typename Place>
const Place& PlaceOn(const Place* first, std::size_t count, DayNumber day) {
  while (count > 1 && first[count - 1].from > day) --count;
  return first[count - 1];
}

}  // namespace

std::string_view Accounts::AgencyOf(std::uint32_t account, DayNumber day) const {
  const Tables::Core& core = tables_->cores[account];
  const Tables::Place& place = PlaceOn(tables_->places.data() + core.first_place, core.places, day);
  return tables_->agency_names[place.agency];
}

DayNumber Accounts::PostedSince(std::uint32_t account, DayNumber day) const {
  const Tables::Core& core = tables_->cores[account];
  return PlaceOn(tables_->places.data() + core.first_place, core.places, day).from;
}

Decision Accounts::Decide(std::uint32_t account, std::uint32_t event, const Subject& subject,
                          DayNumber day, unsigned without) const {
  Decision decision{.account = account, .event = event};
  const Tables::Core& core = tables_->cores[account];
  if (day < core.valid_from || day >= core.valid_to) {
    decision.ground = Ground::kValidity;
    return decision;
  }
  if (Grants(account, subject, day, without, decision)) {
    decision.allowed = !Separated(subject, account, decision);
    return decision;
  }
  for (std::uint32_t k = 0; k < core.loans; ++k) {
    const Tables::Loan& loan = tables_->loans[core.first_loan + k];
    const Tables::Core& lender = tables_->cores[loan.from];
    Decision lent{.account = account, .event = event, .principal = loan.from};
    if (day < loan.valid_from || day >= loan.valid_to || (loan.events >> event & 1) == 0 ||
        day < lender.valid_from || day >= lender.valid_to ||
        !Grants(loan.from, subject, day, without, lent)) {
      continue;
    }
    lent.ground = Ground::kDelegation;
    lent.allowed = !Separated(subject, account, lent) && !Separated(subject, loan.from, lent);
    return lent;
  }
  return decision;
}

// Whether roles and agency of an account grant the event; says which right, or what failed.
bool Accounts::Grants(std::uint32_t account, const Subject& subject, DayNumber day,
                      unsigned without, Decision& decision) const {
  const Tables::Core& core = tables_->cores[account];
  const std::uint32_t agency =
      PlaceOn(tables_->places.data() + core.first_place, core.places, day).agency;
  unsigned asked = 0;  // relations under which a role of the account may cause the event
  for (unsigned roles = core.roles & ~without; roles != 0; roles &= roles - 1) {
    asked |= tables_->rights.Mask(decision.event, static_cast<unsigned>(std::countr_zero(roles)));
  }
  const auto asks = [&](Relation relation) {
    return (asked >> static_cast<unsigned>(relation) & 1u) != 0;
  };
  unsigned holds = 1u << static_cast<unsigned>(Relation::kAny);
  const auto hold = [&](Relation relation, bool yes) {
    holds |= static_cast<unsigned>(yes) << static_cast<unsigned>(relation);
  };
  hold(Relation::kOwn, agency == subject.holder);
  hold(Relation::kCompetent, agency == subject.competent);
  hold(Relation::kReceiving, agency == subject.receiving);
  if (subject.holder != kNobody && asks(Relation::kSubordinate)) {
    hold(Relation::kSubordinate, tables_->StandsUnder(subject.holder, agency, day));
  }
  const std::uint32_t decides = subject.competent != kNobody ? subject.competent : subject.holder;
  if (decides != kNobody && asks(Relation::kProvince)) {
    const std::uint32_t province = tables_->ProvinceOf(agency, day);
    hold(Relation::kProvince, province != kNobody && tables_->ProvinceOf(decides, day) == province);
  }
  bool may = false;
  for (unsigned roles = core.roles & ~without; roles != 0; roles &= roles - 1) {
    const auto role = static_cast<std::uint32_t>(std::countr_zero(roles));
    const unsigned mask = tables_->rights.Mask(decision.event, role);
    if (mask == 0) continue;
    if (!may) decision.role = static_cast<std::uint8_t>(role);
    may = true;
    if ((mask & holds) == 0) continue;
    decision.role = static_cast<std::uint8_t>(role);
    decision.relation = static_cast<Relation>(std::countr_zero(mask & holds));
    decision.ground = Ground::kRight;
    return true;
  }
  decision.ground = may ? Ground::kRelation : Ground::kRole;
  return false;
}

bool Accounts::Separated(const Subject& subject, std::uint32_t account, Decision& decision) const {
  if (subject.acts.empty()) return false;
  for (std::uint32_t k = 0; k < tables_->pairs.size(); ++k) {
    const Tables::Pair& pair = tables_->pairs[k];
    for (const Act& act : subject.acts) {
      const bool both = (act.event == pair.first && decision.event == pair.second) ||
                        (act.event == pair.second && decision.event == pair.first);
      if (!both || act.account != account) continue;
      decision.ground = Ground::kSeparation;
      decision.separation = k;
      return true;
    }
  }
  return false;
}

std::string Accounts::RuleOf(const Decision& decision) const {
  const Rights& rights = tables_->rights;
  const std::string& event = rights.events()[decision.event];
  const std::string right = absl::StrCat("right ", rights.roles()[decision.role], "/", event, "/",
                                         ToAbsl(NameOf(decision.relation)));
  switch (decision.ground) {
    case Ground::kRight:
      return right;
    case Ground::kDelegation:
      return absl::StrCat("delegation of ", tables_->rows.accounts[decision.principal].id, ": ",
                          right);
    case Ground::kValidity:
      return "validity";
    case Ground::kRole:
      return "role";
    case Ground::kRelation:
      return "relation";
    case Ground::kSeparation: {
      const Separation& pair = tables_->rows.separations[decision.separation];
      return absl::StrCat("separation ", pair.first, "/", pair.second);
    }
  }
  return {};
}

std::string Accounts::ReasonOf(const Decision& decision) const {
  const Rights& rights = tables_->rights;
  const std::string& event = rights.events()[decision.event];
  const Account& account = tables_->rows.accounts[decision.account];
  std::string list;
  switch (decision.ground) {
    case Ground::kRight:
    case Ground::kDelegation:
      return rights.Find(decision.event, decision.role, decision.relation)->source;
    case Ground::kValidity:
      return absl::StrCat(
          "the account is valid ",
          account.valid_from == kFromTheBeginning ? ""
                                                  : "from " + ToString(DayFrom(account.valid_from)),
          account.valid_from != kFromTheBeginning && account.valid_to != kWithoutEnd ? " " : "",
          account.valid_to == kWithoutEnd ? ""
                                          : "until before " + ToString(DayFrom(account.valid_to)));
    case Ground::kRole:
      for (std::uint32_t role = 0; role < rights.roles().size(); ++role) {
        if (rights.Mask(decision.event, role) == 0) continue;
        absl::StrAppend(&list, list.empty() ? "" : ", ", rights.roles()[role]);
      }
      return absl::StrCat(event, " needs one of the roles ", list);
    case Ground::kRelation:
      for (int k = 0; k < kRelationCount; ++k) {
        if ((rights.Mask(decision.event, decision.role) >> k & 1) == 0) continue;
        absl::StrAppend(&list, list.empty() ? "" : ", ", ToAbsl(NameOf(static_cast<Relation>(k))));
      }
      return absl::StrCat(rights.roles()[decision.role], " may ", event,
                          " where its agency is one of: ", list);
    case Ground::kSeparation: {
      const Separation& pair = tables_->rows.separations[decision.separation];
      return pair.source.empty() ? "separation of duties" : pair.source;
    }
  }
  return {};
}

absl::StatusOr<Accounts> Accounts::Posted(std::vector<Posting> postings) const {
  AccountRows rows = tables_->rows;
  for (Posting& posting : postings) {
    const bool known =
        std::any_of(rows.postings.begin(), rows.postings.end(), [&](const auto& row) {
          return row.account == posting.account && row.from == posting.from &&
                 row.agency == posting.agency;
        });
    if (!known) rows.postings.push_back(std::move(posting));
  }
  return Of(std::move(rows), tables_->rights);
}

}  // namespace motcua
