// motcua/c/reconciliation.h
#include "motcua/units/reconciliation.h"

#include <array>

#include "motcua/units/equivalents.h"
#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Guard;
using motcua::capi::ReadStruct;
using motcua::capi::Require;
using motcua::capi::Text;
using motcua::capi::View;
using motcua::capi::WriteStruct;

struct motcua_reconciliation {
  struct Entry {
    motcua::Finding finding;
    motcua_unit_list unit;
    motcua_unit_list others;
  };
  std::vector<Entry> entries;
};

struct motcua_equivalents {
  struct Group {
    std::array<motcua_unit_list, 2> sides;
    bool known = true;
  };
  std::vector<Group> groups;
};

namespace {

absl::StatusOr<motcua::ReconciliationScope> ReadScope(const motcua_scope* given) {
  motcua::ReconciliationScope scope;
  if (given == nullptr) return scope;
  motcua_scope read = MOTCUA_SCOPE_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "scope", read));
  if (read.level < MOTCUA_LEVEL_ANY || read.level > MOTCUA_LEVEL_COMMUNE)
    return Error(Reason::kInvalidArgument, "scope.level", std::to_string(read.level),
                 "a MOTCUA_LEVEL_ number, 0 to 3");
  if (read.level != MOTCUA_LEVEL_ANY) scope.level = static_cast<motcua::Level>(read.level);
  if (read.within.size != 0) scope.within = std::string(View(read.within));
  return scope;
}

}  // namespace

motcua_text motcua_finding_kind_name(motcua_finding_kind kind) {
  return kind < 0 || kind >= motcua::kFindingKindCount
             ? Text("unknown")
             : Text(motcua::FindingKindName(static_cast<motcua::FindingKind>(kind)));
}

motcua_status motcua_registry_reconcile(const motcua_registry* registry,
                                        const motcua_catalogue_row* rows, size_t count, int32_t at,
                                        const motcua_scope* scope, motcua_reconciliation** out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(rows, "rows"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::ReconciliationScope read, ReadScope(scope));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    std::vector<motcua::CatalogueRow> given;
    for (size_t i = 0; i < count; ++i)
      given.push_back({View(rows[i].code), View(rows[i].name), View(rows[i].parent)});
    MOTCUA_ASSIGN_OR_RETURN(auto findings, motcua::Reconcile(registry->value, given, day, read));
    auto made = std::make_unique<motcua_reconciliation>();
    for (motcua::Finding& finding : findings) {
      motcua_reconciliation::Entry entry;
      if (finding.unit) entry.unit.Add(*finding.unit);
      for (const motcua::Unit& unit : finding.others) entry.others.Add(unit);
      entry.finding = std::move(finding);
      made->entries.push_back(std::move(entry));
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_reconciliation_size(const motcua_reconciliation* reconciliation) {
  return reconciliation == nullptr ? 0 : reconciliation->entries.size();
}

motcua_status motcua_reconciliation_get(const motcua_reconciliation* reconciliation, size_t i,
                                        motcua_finding* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(reconciliation, "reconciliation"));
    if (i >= reconciliation->entries.size())
      return Error(Reason::kInvalidArgument, "i", std::to_string(i),
                   "an index below " + std::to_string(reconciliation->entries.size()));
    const motcua::Finding& finding = reconciliation->entries[i].finding;
    const motcua_finding made = {
        sizeof(motcua_finding),
        static_cast<motcua_finding_kind>(finding.kind),
        finding.row ? static_cast<int64_t>(*finding.row) : -1,
        finding.stage ? static_cast<motcua_stage>(*finding.stage) : MOTCUA_STAGE_NONE,
        0,
        Text(finding.proposal)};
    return WriteStruct(made, out);
  });
}

const motcua_unit_list* motcua_reconciliation_unit(const motcua_reconciliation* reconciliation,
                                                   size_t i) {
  if (reconciliation == nullptr || i >= reconciliation->entries.size()) return nullptr;
  return &reconciliation->entries[i].unit;
}

const motcua_unit_list* motcua_reconciliation_others(const motcua_reconciliation* reconciliation,
                                                     size_t i) {
  if (reconciliation == nullptr || i >= reconciliation->entries.size()) return nullptr;
  return &reconciliation->entries[i].others;
}

void motcua_reconciliation_free(motcua_reconciliation* reconciliation) { delete reconciliation; }

motcua_status motcua_registry_equivalents(const motcua_registry* registry, int32_t first,
                                          int32_t second, motcua_equivalents** out,
                                          motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay from, Day(first, "first"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay to, Day(second, "second"));
    MOTCUA_ASSIGN_OR_RETURN(const auto groups, motcua::Equivalents(registry->value, from, to));
    auto made = std::make_unique<motcua_equivalents>();
    for (const motcua::EquivalentGroup& group : groups) {
      motcua_equivalents::Group& copy = made->groups.emplace_back();
      for (const motcua::Unit& unit : group.first) copy.sides[0].Add(unit);
      for (const motcua::Unit& unit : group.second) copy.sides[1].Add(unit);
      copy.known = group.known;
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_equivalents_size(const motcua_equivalents* equivalents) {
  return equivalents == nullptr ? 0 : equivalents->groups.size();
}

const motcua_unit_list* motcua_equivalents_side(const motcua_equivalents* equivalents, size_t i,
                                                int32_t side) {
  if (equivalents == nullptr || i >= equivalents->groups.size() || side < 0 || side > 1)
    return nullptr;
  return &equivalents->groups[i].sides[static_cast<size_t>(side)];
}

int32_t motcua_equivalents_known(const motcua_equivalents* equivalents, size_t i) {
  return equivalents != nullptr && i < equivalents->groups.size() && equivalents->groups[i].known;
}

void motcua_equivalents_free(motcua_equivalents* equivalents) { delete equivalents; }
