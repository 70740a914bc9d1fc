#include "motcua/units/agencies.h"

#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/text/normal_form.h"
#include "motcua/units/registry_tables.h"

namespace motcua {
namespace {

bool Covers(const AgencyEntry& row, CivilDay day) {
  return row.valid_from <= day && (!row.valid_to || day < *row.valid_to);
}

// That a code names a unit on every day of the row.
absl::Status CheckUnit(const Registry& registry, const AgencyEntry& row) {
  CivilDay day = row.valid_from;
  while (true) {
    const auto unit = registry.Find(row.unit, day);
    if (!unit.ok()) return unit.status();
    const auto end = unit->valid_to();
    if (!end || (row.valid_to && *end >= *row.valid_to)) return absl::OkStatus();
    day = *end;
  }
}

AgencyEntry RowOf(const Dataset& dataset, const AgencyFactRow& fact) {
  AgencyEntry row;
  row.code = dataset.text(fact.code);
  row.name = dataset.text(fact.name);
  row.kind = dataset.text(fact.kind);
  row.unit = dataset.text(fact.unit);
  row.source = dataset.text(fact.source);
  row.valid_from = DayFrom(fact.valid_from);
  if (fact.valid_to != kOpenEnd) row.valid_to = DayFrom(fact.valid_to);
  return row;
}

}  // namespace

absl::StatusOr<AgencyDirectory> AgencyDirectory::National(const Registry& registry) {
  const Dataset& dataset = registry.tables().dataset;
  std::vector<AgencyEntry> rows;
  for (const AgencyFactRow& fact : dataset.table<AgencyFactRow>("units.agencies"))
    rows.push_back(RowOf(dataset, fact));
  if (rows.empty()) return Error(Reason::kMalformedData, "dataset has no table units.agencies");
  AgencyDirectory empty(registry);
  empty.entries_ = std::make_shared<const std::vector<Entry>>();
  auto made = empty.With(rows);
  if (made.ok()) return made;
  return Error(Reason::kMalformedData,
               "dataset table units.agencies, " + std::string(ToStd(made.status().message())));
}

absl::StatusOr<AgencyDirectory::Entry> AgencyDirectory::Checked(const AgencyEntry& row) const {
  MOTCUA_ASSIGN_OR_RETURN(AgencyCode code, AgencyCode::Parse(row.code, "code"));
  MOTCUA_RETURN_IF_ERROR(ValidateText(row.name, "name"));
  MOTCUA_RETURN_IF_ERROR(ValidateText(row.kind, "kind"));
  MOTCUA_RETURN_IF_ERROR(ValidateText(row.source, "source"));
  if (row.name.empty()) return Error(Reason::kInvalidArgument, "name", row.name, "a name");
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(row.valid_from, "valid_from"));
  if (row.valid_to && *row.valid_to <= row.valid_from)
    return Error(Reason::kInvalidArgument, "valid_to", ToString(*row.valid_to),
                 "a day after valid_from, " + ToString(row.valid_from));
  if (!row.unit.empty()) MOTCUA_RETURN_IF_ERROR(CheckUnit(registry_, row));
  return Entry{std::move(code), row};
}

absl::StatusOr<AgencyDirectory> AgencyDirectory::With(std::span<const AgencyEntry> rows) const {
  std::vector<Entry> entries = *entries_;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto entry = Checked(rows[i]);
    if (!entry.ok())
      return Error(ReasonOf(entry.status()), "row " + std::to_string(i) + ": " +
                                                 std::string(ToStd(entry.status().message())));
    entries.push_back(*std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    const int order = a.code.text().compare(b.code.text());
    return order != 0 ? order < 0 : a.row.valid_from < b.row.valid_from;
  });
  for (std::size_t i = 1; i < entries.size(); ++i)
    if (entries[i - 1].code == entries[i].code &&
        Covers(entries[i - 1].row, entries[i].row.valid_from))
      return Error(Reason::kInvalidArgument, "code", entries[i].code.text(),
                   "one agency of a code on " + ToString(entries[i].row.valid_from));
  AgencyDirectory made(registry_);
  made.entries_ = std::make_shared<const std::vector<Entry>>(std::move(entries));
  return made;
}

Agency AgencyDirectory::Made(const Entry& entry, CivilDay at) const {
  Agency agency{entry.code,           entry.row.name,     entry.row.kind,  std::nullopt,
                entry.row.valid_from, entry.row.valid_to, entry.row.source};
  if (!entry.row.unit.empty())
    if (auto unit = registry_.Find(entry.row.unit, at); unit.ok()) agency.unit = *std::move(unit);
  return agency;
}

absl::StatusOr<Agency> AgencyDirectory::Find(std::string_view code, CivilDay at) const {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(at, "at"));
  MOTCUA_ASSIGN_OR_RETURN(const AgencyCode wanted, AgencyCode::Parse(code, "code"));
  for (const Entry& entry : *entries_)
    if (entry.code == wanted && Covers(entry.row, at)) return Made(entry, at);
  return Error(Reason::kUnknownUnit, "code", code, "the code of an agency on " + ToString(at));
}

absl::StatusOr<std::vector<Agency>> AgencyDirectory::Agencies(
    CivilDay at, std::optional<std::string_view> unit,
    std::optional<std::string_view> within) const {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(at, "at"));
  if (unit) MOTCUA_RETURN_IF_ERROR(registry_.Find(*unit, at).status());
  std::optional<AgencyCode> above;
  if (within) {
    MOTCUA_ASSIGN_OR_RETURN(above, AgencyCode::Parse(*within, "within"));
  }
  std::vector<Agency> agencies;
  for (const Entry& entry : *entries_)
    if (Covers(entry.row, at) && (!unit || entry.row.unit == *unit) &&
        (!above || entry.code.IsWithin(*above)))
      agencies.push_back(Made(entry, at));
  return agencies;
}

}  // namespace motcua
