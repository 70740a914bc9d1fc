// motcua/c/access.h, for Python. motcua/access.py makes the tuples objects.
#include "handover_bindings.h"

namespace motcua::python {
namespace {

using Accounts = Handle<motcua_accounts, motcua_accounts_free>;

// Structs read from tuples of Python, their texts kept alive for a call.
template <typename Struct>
class Rows {
 public:
  template <typename Read>
  Rows(const py::sequence& given, size_t texts_a_row, Read read) {
    texts_.reserve(texts_a_row * given.size());
    for (const py::handle row : given) rows_.push_back(read(*this, py::cast<py::tuple>(row)));
  }
  motcua_text Keep(const py::handle& text) {
    texts_.push_back(py::cast<std::string>(text));
    return Text(texts_.back());
  }
  const Struct* data() const { return rows_.data(); }
  size_t size() const { return rows_.size(); }

 private:
  std::vector<std::string> texts_;
  std::vector<Struct> rows_;
};

// accounts (id, agency, roles, from, to), agencies (id, parent, province, from, to), delegations
// (from, to, events, from, to), separations (first, second, source), postings (account, day,
// agency, basis)
Accounts MakeAccounts(const py::sequence& accounts, const py::sequence& agencies,
                      const py::sequence& delegations, const py::sequence& separations,
                      const py::sequence& postings, const std::string& rights,
                      const Registry* registry) {
  const Rows<motcua_account> account_rows(accounts, 3, [](auto& rows, const py::tuple& row) {
    motcua_account made = MOTCUA_ACCOUNT_INIT;
    made.id = rows.Keep(row[0]);
    made.agency = rows.Keep(row[1]);
    made.roles = rows.Keep(row[2]);
    made.valid_from = py::cast<int32_t>(row[3]);
    made.valid_to = py::cast<int32_t>(row[4]);
    return made;
  });
  const Rows<motcua_agency_place> agency_rows(agencies, 3, [](auto& rows, const py::tuple& row) {
    motcua_agency_place made = MOTCUA_AGENCY_PLACE_INIT;
    made.id = rows.Keep(row[0]);
    made.parent = rows.Keep(row[1]);
    made.province = rows.Keep(row[2]);
    made.valid_from = py::cast<int32_t>(row[3]);
    made.valid_to = py::cast<int32_t>(row[4]);
    return made;
  });
  const Rows<motcua_delegation> loans(delegations, 3, [](auto& rows, const py::tuple& row) {
    motcua_delegation made = MOTCUA_DELEGATION_INIT;
    made.from = rows.Keep(row[0]);
    made.to = rows.Keep(row[1]);
    made.events = rows.Keep(row[2]);
    made.valid_from = py::cast<int32_t>(row[3]);
    made.valid_to = py::cast<int32_t>(row[4]);
    return made;
  });
  const Rows<motcua_separation> pairs(separations, 3, [](auto& rows, const py::tuple& row) {
    motcua_separation made = MOTCUA_SEPARATION_INIT;
    made.first = rows.Keep(row[0]);
    made.second = rows.Keep(row[1]);
    made.source = rows.Keep(row[2]);
    return made;
  });
  const Rows<motcua_posting> places(postings, 3, [](auto& rows, const py::tuple& row) {
    motcua_posting made = MOTCUA_POSTING_INIT;
    made.account = rows.Keep(row[0]);
    made.from = py::cast<int32_t>(row[1]);
    made.agency = rows.Keep(row[2]);
    made.basis = rows.Keep(row[3]);
    return made;
  });
  motcua_account_rows all = MOTCUA_ACCOUNT_ROWS_INIT;
  all.accounts = account_rows.data();
  all.account_count = account_rows.size();
  all.agencies = agency_rows.data();
  all.agency_count = agency_rows.size();
  all.delegations = loans.data();
  all.delegation_count = loans.size();
  all.separations = pairs.data();
  all.separation_count = pairs.size();
  all.postings = places.data();
  all.posting_count = places.size();
  all.rights = Text(rights);
  all.registry = registry == nullptr ? nullptr : registry->get();
  motcua_accounts* handle = nullptr;
  CallReleased(motcua_accounts_new, static_cast<const motcua_account_rows*>(&all), &handle);
  return Accounts(handle);
}

// (allowed, rule, reason); acts are pairs (event number, account number)
py::tuple Decide(const Accounts& accounts, uint32_t account, uint32_t event, uint32_t holder,
                 uint32_t competent, uint32_t receiving, int32_t day, const py::sequence& acts,
                 const std::string& without) {
  std::vector<uint32_t> events, actors;
  for (const py::handle act : acts) {
    const auto pair = py::cast<py::tuple>(act);
    events.push_back(py::cast<uint32_t>(pair[0]));
    actors.push_back(py::cast<uint32_t>(pair[1]));
  }
  motcua_access_question question = MOTCUA_ACCESS_QUESTION_INIT;
  question.day = day;
  question.account = account;
  question.event = event;
  question.holder = holder;
  question.competent = competent;
  question.receiving = receiving;
  question.act_count = events.size();
  question.act_events = events.data();
  question.act_accounts = actors.data();
  question.without = Text(without);
  int32_t allowed = 0;
  motcua_buffer* rule = nullptr;
  motcua_buffer* reason = nullptr;
  Call(motcua_accounts_decide, accounts.get(),
       static_cast<const motcua_access_question*>(&question), &allowed, &rule, &reason);
  const Buffer kept_rule(rule), kept_reason(reason);
  return py::make_tuple(allowed != 0, Str(rule), Str(reason));
}

// Six arrays of 32-bit numbers and one of bytes, all of one length.
void DecideMany(const Accounts& accounts, const py::sequence& arrays, const py::buffer& decided) {
  std::vector<py::buffer_info> held;
  for (const py::handle array : arrays) held.push_back(py::cast<py::buffer>(array).request());
  py::buffer_info out = decided.request(true);
  const auto count = static_cast<size_t>(out.size);
  for (const py::buffer_info& info : held) {
    if (static_cast<size_t>(info.size) != count || info.itemsize != 4) {
      throw py::value_error("expected arrays of one length, of 32-bit numbers");
    }
  }
  const auto numbers = [&](size_t k) { return static_cast<const uint32_t*>(held[k].ptr); };
  CallReleased(motcua_accounts_decide_many, static_cast<const motcua_accounts*>(accounts.get()),
               count, numbers(0), numbers(1), numbers(2), numbers(3), numbers(4),
               static_cast<const int32_t*>(held[5].ptr), static_cast<uint8_t*>(out.ptr));
}

py::list AccountRights(const Accounts& accounts) {
  py::list rows;
  for (size_t i = 0; i < motcua_accounts_right_count(accounts.get()); ++i) {
    motcua_right row = MOTCUA_RIGHT_INIT;
    Call(motcua_accounts_get_right, accounts.get(), i, &row);
    rows.append(py::make_tuple(Str(row.role), Str(row.event), Str(row.relation), Str(row.source)));
  }
  return rows;
}

// (account, day, agency, basis)
py::list Postings(const Accounts& accounts) {
  py::list rows;
  for (size_t i = 0; i < motcua_accounts_posting_count(accounts.get()); ++i) {
    motcua_posting row = MOTCUA_POSTING_INIT;
    Call(motcua_accounts_get_posting, accounts.get(), i, &row);
    rows.append(py::make_tuple(Str(row.account), row.from, Str(row.agency), Str(row.basis)));
  }
  return rows;
}

// (accounts, moved, undecided)
py::tuple HandOverAccounts(const Accounts& accounts, const Registry& registry, int32_t date,
                           const py::sequence& from, const py::sequence& to,
                           const py::sequence& hints) {
  const TextList old_agencies(from);
  const TextList new_agencies(to);
  const HintRows rows(hints);
  motcua_accounts* made = nullptr;
  motcua_handover_report* report = nullptr;
  CallReleased(motcua_accounts_hand_over, static_cast<const motcua_accounts*>(accounts.get()),
               static_cast<const motcua_registry*>(registry.get()), date, old_agencies.data(),
               new_agencies.data(), old_agencies.size(), rows.data(), rows.size(), &made, &report);
  py::tuple lists = ReportTuples(report);
  return py::make_tuple(Accounts(made), lists[0], lists[1]);
}

}  // namespace

void BindAccess(py::module_& module) {
  py::class_<Accounts>(module, "Accounts")
      .def_static("make", &MakeAccounts)
      .def("__len__", [](const Accounts& self) { return motcua_accounts_size(self.get()); })
      .def("find", [](const Accounts& self,
                      const std::string& id) { return motcua_accounts_find(self.get(), Text(id)); })
      .def("agency",
           [](const Accounts& self, const std::string& agency) {
             return motcua_accounts_agency(self.get(), Text(agency));
           })
      .def("event",
           [](const Accounts& self, const std::string& event) {
             return motcua_accounts_event(self.get(), Text(event));
           })
      .def("agency_of",
           [](const Accounts& self, uint32_t account, int32_t day) {
             return Str(motcua_accounts_agency_of(self.get(), account, day));
           })
      .def("decide", &Decide)
      .def("decide_many", &DecideMany)
      .def("rights", &AccountRights)
      .def("postings", &Postings)
      .def("hand_over", &HandOverAccounts);
  module.attr("NOBODY") = py::int_(static_cast<uint32_t>(MOTCUA_NOBODY));
}

}  // namespace motcua::python
