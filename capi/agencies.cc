// motcua/c/agencies.h
#include "motcua/units/agencies.h"

#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Guard;
using motcua::capi::Require;
using motcua::capi::Text;
using motcua::capi::View;
using motcua::capi::WriteStruct;

struct motcua_agency_directory {
  motcua::AgencyDirectory value;
};

struct motcua_agency_list {
  struct Entry {
    motcua::Agency agency;
    motcua_unit_list unit;
  };
  std::vector<Entry> entries;
};

namespace {

absl::StatusOr<motcua::AgencyEntry> ReadRow(const motcua_agency_row& given) {
  motcua::AgencyEntry row;
  row.code = View(given.code);
  row.name = View(given.name);
  row.kind = View(given.kind);
  row.unit = View(given.unit);
  row.source = View(given.source);
  MOTCUA_ASSIGN_OR_RETURN(row.valid_from, Day(given.valid_from, "valid_from"));
  if (given.valid_to != MOTCUA_NO_DAY) {
    MOTCUA_ASSIGN_OR_RETURN(row.valid_to, Day(given.valid_to, "valid_to"));
  }
  return row;
}

void GiveList(std::vector<motcua::Agency> agencies, motcua_agency_list** out) {
  auto list = std::make_unique<motcua_agency_list>();
  for (motcua::Agency& agency : agencies) {
    motcua_agency_list::Entry entry{std::move(agency), {}};
    if (entry.agency.unit) entry.unit.Add(*entry.agency.unit);
    list->entries.push_back(std::move(entry));
  }
  *out = list.release();
}

}  // namespace

motcua_status motcua_agency_directory_national(const motcua_registry* registry,
                                               motcua_agency_directory** out,
                                               motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(auto made, motcua::AgencyDirectory::National(registry->value));
    *out = new motcua_agency_directory{std::move(made)};
    return absl::OkStatus();
  });
}

void motcua_agency_directory_free(motcua_agency_directory* directory) { delete directory; }

motcua_status motcua_agency_directory_with(const motcua_agency_directory* directory,
                                           const motcua_agency_row* rows, size_t count,
                                           motcua_agency_directory** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(directory, "directory"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(rows, "rows"));
    std::vector<motcua::AgencyEntry> read;
    for (size_t i = 0; i < count; ++i) {
      MOTCUA_ASSIGN_OR_RETURN(motcua::AgencyEntry row, ReadRow(rows[i]));
      read.push_back(std::move(row));
    }
    MOTCUA_ASSIGN_OR_RETURN(auto made, directory->value.With(read));
    *out = new motcua_agency_directory{std::move(made)};
    return absl::OkStatus();
  });
}

motcua_status motcua_agency_directory_find(const motcua_agency_directory* directory,
                                           motcua_text code, int32_t at, motcua_agency_list** out,
                                           motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(directory, "directory"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    MOTCUA_ASSIGN_OR_RETURN(motcua::Agency agency, directory->value.Find(View(code), day));
    std::vector<motcua::Agency> one;
    one.push_back(std::move(agency));
    GiveList(std::move(one), out);
    return absl::OkStatus();
  });
}

motcua_status motcua_agency_directory_list(const motcua_agency_directory* directory, int32_t at,
                                           motcua_text unit, motcua_text within,
                                           motcua_agency_list** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(directory, "directory"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    std::optional<std::string_view> on, inside;
    if (unit.size != 0) on = View(unit);
    if (within.size != 0) inside = View(within);
    MOTCUA_ASSIGN_OR_RETURN(auto agencies, directory->value.Agencies(day, on, inside));
    GiveList(std::move(agencies), out);
    return absl::OkStatus();
  });
}

size_t motcua_agency_list_size(const motcua_agency_list* list) {
  return list == nullptr ? 0 : list->entries.size();
}

motcua_status motcua_agency_list_get(const motcua_agency_list* list, size_t i, motcua_agency* out,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(list, "list"));
    if (i >= list->entries.size())
      return Error(Reason::kInvalidArgument, "i", std::to_string(i),
                   "an index below " + std::to_string(list->entries.size()));
    const motcua::Agency& agency = list->entries[i].agency;
    const motcua_agency made = {
        sizeof(motcua_agency),
        motcua::ToNumber(agency.valid_from),
        agency.valid_to ? motcua::ToNumber(*agency.valid_to) : MOTCUA_NO_DAY,
        0,
        Text(agency.code.text()),
        Text(agency.name),
        Text(agency.kind),
        Text(agency.source)};
    return WriteStruct(made, out);
  });
}

const motcua_unit_list* motcua_agency_list_unit(const motcua_agency_list* list, size_t i) {
  return list == nullptr || i >= list->entries.size() ? nullptr : &list->entries[i].unit;
}

void motcua_agency_list_free(motcua_agency_list* list) { delete list; }
