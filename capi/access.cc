// motcua/c/access.h
#include "motcua/access/account_handover.h"
#include "motcua/access/accounts.h"
#include "motcua/access/agency_places.h"

#include "handover_boundary.h"
#include "units_boundary.h"

struct motcua_accounts {
  motcua::Accounts value;
};

using namespace motcua::capi;  // NOLINT: this file is the C face of the room access
using motcua::AccountRows;
using motcua::Accounts;
using motcua::Error;
using motcua::Reason;
using motcua::Rights;
using motcua::Subject;

namespace {

std::string String(motcua_text text) { return std::string(View(text)); }

// Words joined by commas, spaces around them left out.
std::vector<std::string> Words(motcua_text text) {
  std::vector<std::string> words;
  std::string_view rest = View(text);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view word = rest.substr(0, comma);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return words;
}

// Reads every element of a caller's array, each first into today's struct.
template <typename Struct, typename Body>
absl::Status ForEach(const Struct* rows, std::size_t count, Struct init, std::string_view name,
                     Body&& body) {
  if (count != 0) MOTCUA_RETURN_IF_ERROR(Require(rows, name));
  for (std::size_t k = 0; k < count; ++k) {
    Struct row = init;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(ElementOf(rows, k), name, row));
    body(row);
  }
  return absl::OkStatus();
}

absl::StatusOr<AccountRows> ReadRows(const motcua_account_rows& given) {
  AccountRows rows;
  MOTCUA_RETURN_IF_ERROR(ForEach<motcua_account>(
      given.accounts, given.account_count, MOTCUA_ACCOUNT_INIT, "accounts", [&](const auto& row) {
        rows.accounts.push_back(
            {String(row.id), String(row.agency), Words(row.roles), row.valid_from, row.valid_to});
      }));
  MOTCUA_RETURN_IF_ERROR(ForEach<motcua_agency_place>(
      given.agencies, given.agency_count, MOTCUA_AGENCY_PLACE_INIT, "agencies",
      [&](const auto& row) {
        rows.agencies.push_back({String(row.id), String(row.parent), String(row.province),
                                 row.valid_from, row.valid_to});
      }));
  MOTCUA_RETURN_IF_ERROR(ForEach<motcua_delegation>(
      given.delegations, given.delegation_count, MOTCUA_DELEGATION_INIT, "delegations",
      [&](const auto& row) {
        rows.delegations.push_back(
            {String(row.from), String(row.to), Words(row.events), row.valid_from, row.valid_to});
      }));
  MOTCUA_RETURN_IF_ERROR(ForEach<motcua_separation>(
      given.separations, given.separation_count, MOTCUA_SEPARATION_INIT, "separations",
      [&](const auto& row) {
        rows.separations.push_back({String(row.first), String(row.second), String(row.source)});
      }));
  MOTCUA_RETURN_IF_ERROR(ForEach<motcua_posting>(
      given.postings, given.posting_count, MOTCUA_POSTING_INIT, "postings", [&](const auto& row) {
        rows.postings.push_back(
            {String(row.account), row.from, String(row.agency), String(row.basis)});
      }));
  return rows;
}

}  // namespace

motcua_status motcua_accounts_new(const motcua_account_rows* rows, motcua_accounts** out,
                                  motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    motcua_account_rows given = MOTCUA_ACCOUNT_ROWS_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(rows, "rows", given));
    absl::StatusOr<Rights> rights =
        given.rights.size == 0 ? Rights::National() : Rights::Parse("rights", View(given.rights));
    if (!rights.ok()) return rights.status();
    MOTCUA_ASSIGN_OR_RETURN(AccountRows read, ReadRows(given));
    if (given.registry != nullptr) AddUnitPlaces(given.registry->value, read);
    MOTCUA_ASSIGN_OR_RETURN(Accounts accounts, Accounts::Of(std::move(read), *rights));
    *out = new motcua_accounts{std::move(accounts)};
    return absl::OkStatus();
  });
}

size_t motcua_accounts_size(const motcua_accounts* accounts) {
  return accounts == nullptr ? 0 : accounts->value.size();
}

uint32_t motcua_accounts_find(const motcua_accounts* accounts, motcua_text id) {
  if (accounts == nullptr) return MOTCUA_NOBODY;
  return accounts->value.Find(View(id)).value_or(MOTCUA_NOBODY);
}

uint32_t motcua_accounts_agency(const motcua_accounts* accounts, motcua_text agency) {
  return accounts == nullptr ? MOTCUA_NOBODY : accounts->value.AgencyNumber(View(agency));
}

uint32_t motcua_accounts_event(const motcua_accounts* accounts, motcua_text event) {
  if (accounts == nullptr) return MOTCUA_NOBODY;
  return accounts->value.EventNamed(View(event)).value_or(MOTCUA_NOBODY);
}

motcua_text motcua_accounts_agency_of(const motcua_accounts* accounts, uint32_t account,
                                      int32_t day) {
  if (accounts == nullptr || account >= accounts->value.size()) return Text("");
  return Text(accounts->value.AgencyOf(account, day));
}

size_t motcua_accounts_right_count(const motcua_accounts* accounts) {
  return accounts == nullptr ? 0 : accounts->value.rights().rows().size();
}

motcua_status motcua_accounts_get_right(const motcua_accounts* accounts, size_t i,
                                        motcua_right* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(accounts, "accounts"));
    const auto rows = accounts->value.rights().rows();
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, rows.size(), "i"));
    return WriteStruct({0, 0, Text(rows[i].role), Text(rows[i].event),
                        Text(NameOf(rows[i].relation)), Text(rows[i].source)},
                       out, "out");
  });
}

size_t motcua_accounts_posting_count(const motcua_accounts* accounts) {
  return accounts == nullptr ? 0 : accounts->value.rows().postings.size();
}

motcua_status motcua_accounts_get_posting(const motcua_accounts* accounts, size_t i,
                                          motcua_posting* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(accounts, "accounts"));
    const auto& rows = accounts->value.rows().postings;
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, rows.size(), "i"));
    return WriteStruct(
        {0, rows[i].from, Text(rows[i].account), Text(rows[i].agency), Text(rows[i].basis)}, out,
        "out");
  });
}

namespace {

// The numbers of a question are this object's.
absl::Status CheckNumbers(const Accounts& accounts, size_t agencies, size_t row, uint32_t account,
                          uint32_t event, const Subject& subject) {
  const auto refuse = [&](std::string_view field, uint32_t number) {
    return Error(Reason::kInvalidArgument, std::string(field) + " of row " + std::to_string(row),
                 std::to_string(number), "a number that these accounts gave");
  };
  if (account >= accounts.size()) return refuse("account", account);
  if (event >= accounts.rights().events().size()) return refuse("event", event);
  for (const uint32_t agency : {subject.holder, subject.competent, subject.receiving}) {
    if (agency != motcua::kNobody && agency >= agencies) return refuse("agency", agency);
  }
  return absl::OkStatus();
}

}  // namespace

motcua_status motcua_accounts_decide_many(const motcua_accounts* accounts, size_t count,
                                          const uint32_t* account, const uint32_t* event,
                                          const uint32_t* holder, const uint32_t* competent,
                                          const uint32_t* receiving, const int32_t* day,
                                          uint8_t* decided, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(accounts, "accounts"));
    if (count == 0) return absl::OkStatus();
    const void* const arrays[] = {account, event, holder, competent, receiving, day, decided};
    for (const void* array : arrays) MOTCUA_RETURN_IF_ERROR(Require(array, "arrays"));
    const Accounts& all = accounts->value;
    const auto subject = [&](size_t k) {
      return Subject{holder[k], competent[k], receiving[k], {}};
    };
    for (size_t k = 0; k < count; ++k) {
      MOTCUA_RETURN_IF_ERROR(
          CheckNumbers(all, all.agency_count(), k, account[k], event[k], subject(k)));
    }
    for (size_t k = 0; k < count; ++k) {
      decided[k] = all.Decide(account[k], event[k], subject(k), day[k]).allowed ? 1 : 0;
    }
    return absl::OkStatus();
  });
}

motcua_status motcua_accounts_decide(const motcua_accounts* accounts,
                                     const motcua_access_question* question, int32_t* allowed,
                                     motcua_buffer** rule, motcua_buffer** reason,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(accounts, "accounts"));
    MOTCUA_RETURN_IF_ERROR(Require(allowed, "allowed"));
    motcua_access_question asked = MOTCUA_ACCESS_QUESTION_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(question, "question", asked));
    const Accounts& all = accounts->value;
    if (asked.act_count != 0) {
      MOTCUA_RETURN_IF_ERROR(Require(asked.act_events, "act_events"));
      MOTCUA_RETURN_IF_ERROR(Require(asked.act_accounts, "act_accounts"));
    }
    std::vector<motcua::Act> acts;
    for (size_t k = 0; k < asked.act_count; ++k) {
      acts.push_back({asked.act_events[k], asked.act_accounts[k]});
    }
    const Subject subject{asked.holder, asked.competent, asked.receiving, acts};
    MOTCUA_RETURN_IF_ERROR(
        CheckNumbers(all, all.agency_count(), 0, asked.account, asked.event, subject));
    unsigned without = 0;
    for (std::string_view left = View(asked.without); !left.empty();) {
      const std::size_t plus = std::min(left.find('+'), left.size());
      const auto role = all.rights().RoleNamed(left.substr(0, plus));
      if (role) without |= 1u << *role;
      left.remove_prefix(std::min(plus + 1, left.size()));
    }
    const motcua::Decision decision =
        all.Decide(asked.account, asked.event, subject, asked.day, without);
    auto made_rule = std::make_unique<motcua_buffer>();
    auto made_reason = std::make_unique<motcua_buffer>();
    if (rule != nullptr) made_rule->text = all.RuleOf(decision);
    if (reason != nullptr) made_reason->text = all.ReasonOf(decision);
    *allowed = decision.allowed ? 1 : 0;
    if (rule != nullptr) *rule = made_rule.release();
    if (reason != nullptr) *reason = made_reason.release();
    return absl::OkStatus();
  });
}

namespace {

std::vector<motcua::HandoverRow> ReportRows(std::vector<motcua::AccountHandoverRow> rows) {
  std::vector<motcua::HandoverRow> made;
  for (motcua::AccountHandoverRow& row : rows) {
    made.push_back({std::move(row.account), std::move(row.from), std::move(row.to),
                    std::move(row.basis), std::move(row.candidates)});
  }
  return made;
}

}  // namespace

motcua_status motcua_accounts_hand_over(const motcua_accounts* accounts,
                                        const motcua_registry* registry, int32_t date,
                                        const motcua_text* agencies_from,
                                        const motcua_text* agencies_to, size_t agency_count,
                                        const motcua_handover_hint* hints, size_t hint_count,
                                        motcua_accounts** out, motcua_handover_report** report,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(accounts, "accounts"));
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_RETURN_IF_ERROR(Require(report, "report"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(date, "date"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::AgencySuccession agencies,
                            ReadAgencies(agencies_from, agencies_to, agency_count));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::HandoverHints decided, ReadHints(hints, hint_count));
    MOTCUA_ASSIGN_OR_RETURN(
        motcua::AccountHandover made,
        HandOverAccounts(accounts->value, registry->value, day, agencies, decided));
    auto rows = std::make_unique<motcua_handover_report>();
    rows->value = {ReportRows(std::move(made.moved)), ReportRows(std::move(made.undecided))};
    *out = new motcua_accounts{std::move(made.accounts)};
    *report = rows.release();
    return absl::OkStatus();
  });
}

void motcua_accounts_free(motcua_accounts* accounts) { delete accounts; }
