// motcua/c/handover.h
#include "motcua/dossiers/handover.h"

#include "dossiers_boundary.h"
#include "handover_boundary.h"
#include "units_boundary.h"

using namespace motcua::capi;  // NOLINT: this file is the C face of the handover
using motcua::HandoverRow;

namespace motcua::capi {

absl::StatusOr<AgencySuccession> ReadAgencies(const motcua_text* from, const motcua_text* to,
                                              size_t count) {
  AgencySuccession agencies;
  if (count != 0) {
    MOTCUA_RETURN_IF_ERROR(Require(from, "agencies_from"));
    MOTCUA_RETURN_IF_ERROR(Require(to, "agencies_to"));
  }
  for (size_t k = 0; k < count; ++k) {
    if (View(from[k]) == View(to[k])) {
      return motcua::Error(motcua::Reason::kInvalidArgument,
                           "agencies, successor of " + std::string(View(from[k])), View(to[k]),
                           "another agency than itself");
    }
    agencies.emplace(View(from[k]), View(to[k]));
  }
  return agencies;
}

absl::StatusOr<HandoverHints> ReadHints(const motcua_handover_hint* hints, size_t count) {
  if (count != 0) MOTCUA_RETURN_IF_ERROR(Require(hints, "hints"));
  std::vector<HandoverHint> rows;
  for (size_t k = 0; k < count; ++k) {
    motcua_handover_hint row = MOTCUA_HANDOVER_HINT_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(ElementOf(hints, k), "hints", row));
    const auto text = [](motcua_text given) { return std::string(View(given)); };
    rows.push_back({text(row.dossier), text(row.account), text(row.agency), text(row.hamlet),
                    text(row.parcel), text(row.successor), text(row.source)});
  }
  return HandoverHints::Of(std::move(rows));
}

}  // namespace motcua::capi

motcua_status motcua_handover_run(motcua_event_log* log, const motcua_registry* registry,
                                  int32_t date, const motcua_text* agencies_from,
                                  const motcua_text* agencies_to, size_t agency_count,
                                  const motcua_machine* machine, motcua_handover_report** out,
                                  motcua_error** error) {
  return motcua_handover_run_hinted(log, registry, date, agencies_from, agencies_to, agency_count,
                                    nullptr, 0, machine, out, error);
}

motcua_status motcua_handover_run_hinted(motcua_event_log* log, const motcua_registry* registry,
                                         int32_t date, const motcua_text* agencies_from,
                                         const motcua_text* agencies_to, size_t agency_count,
                                         const motcua_handover_hint* hints, size_t hint_count,
                                         const motcua_machine* machine,
                                         motcua_handover_report** out, motcua_error** error) {
  motcua_handover_options options = MOTCUA_HANDOVER_OPTIONS_INIT;
  options.agencies_from = agencies_from;
  options.agencies_to = agencies_to;
  options.agency_count = agency_count;
  options.hints = hints;
  options.hint_count = hint_count;
  options.machine = machine;
  return motcua_handover_run_with(log, registry, date, &options, out, error);
}

motcua_status motcua_handover_run_with(motcua_event_log* log, const motcua_registry* registry,
                                       int32_t date, const motcua_handover_options* options,
                                       motcua_handover_report** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    motcua_handover_options read = MOTCUA_HANDOVER_OPTIONS_INIT;
    if (options != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(options, "options", read));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(date, "date"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::AgencySuccession agencies,
                            ReadAgencies(read.agencies_from, read.agencies_to, read.agency_count));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::HandoverHints decided,
                            ReadHints(read.hints, read.hint_count));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Machine machine, ReadMachine(read.machine));
    MOTCUA_ASSIGN_OR_RETURN(
        const motcua::ProcedureMachines machines,
        ReadMachines(read.machine_procedures, read.machines, read.machine_count));
    auto report = std::make_unique<motcua_handover_report>();
    MOTCUA_ASSIGN_OR_RETURN(report->value, HandOver(log->value, registry->value, day, agencies,
                                                    machine, decided, machines));
    *out = report.release();
    return absl::OkStatus();
  });
}

size_t motcua_handover_transferred_count(const motcua_handover_report* report) {
  return report == nullptr ? 0 : report->value.transferred.size();
}

size_t motcua_handover_undecided_count(const motcua_handover_report* report) {
  return report == nullptr ? 0 : report->value.undecided.size();
}

namespace {

absl::Status WriteRow(const std::vector<HandoverRow>& rows, size_t i, motcua_handover_row* out) {
  MOTCUA_RETURN_IF_ERROR(CheckIndex(i, rows.size(), "i"));
  const HandoverRow& row = rows[i];
  return WriteStruct({0, 0, Text(row.dossier), Text(row.from), Text(row.to), Text(row.basis),
                      row.candidates.size()},
                     out, "out");
}

}  // namespace

motcua_status motcua_handover_transferred(const motcua_handover_report* report, size_t i,
                                          motcua_handover_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(report, "report"));
    return WriteRow(report->value.transferred, i, out);
  });
}

motcua_status motcua_handover_undecided(const motcua_handover_report* report, size_t i,
                                        motcua_handover_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(report, "report"));
    return WriteRow(report->value.undecided, i, out);
  });
}

motcua_status motcua_handover_get_candidate(const motcua_handover_report* report, size_t i,
                                            size_t candidate, motcua_handover_candidate* out,
                                            motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(report, "report"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, report->value.undecided.size(), "i"));
    const auto& candidates = report->value.undecided[i].candidates;
    MOTCUA_RETURN_IF_ERROR(CheckIndex(candidate, candidates.size(), "candidate"));
    const motcua::HandoverCandidate& row = candidates[candidate];
    return WriteStruct({0, 0, Text(row.agency), Text(row.moved), Text(row.extent)}, out, "out");
  });
}

void motcua_handover_report_free(motcua_handover_report* report) { delete report; }
