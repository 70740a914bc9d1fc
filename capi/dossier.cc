// motcua/c/dossier.h, and the history of motcua/c/dossiers.h.
#include "dossiers_boundary.h"
#include "motcua/dossiers/status_table.h"

struct motcua_history {
  motcua::DossierRegister dossiers;
  std::vector<motcua::HistoryEntry> entries;
};

struct motcua_possibilities {
  std::vector<motcua::Possibility> rows;
};

struct motcua_dossier_steps {
  motcua::DossierRegister dossiers;  // the steps borrow from its rules
  motcua::StepRun run;
};

using namespace motcua::capi;  // NOLINT: this file is the C face of a dossier

motcua_text motcua_dossier_mark_name(int32_t bit) {
  if (bit < 0 || bit >= motcua::kDossierMarkCount) return Text("");
  return Text(motcua::MarkName(bit));
}

motcua_status motcua_register_history(const motcua_register* dossiers, motcua_text code,
                                      motcua_history** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(std::vector<motcua::HistoryEntry> entries,
                            dossiers->value.History(View(code)));
    *out = new motcua_history{dossiers->value, std::move(entries)};
    return absl::OkStatus();
  });
}

size_t motcua_history_size(const motcua_history* history) {
  return history == nullptr ? 0 : history->entries.size();
}

motcua_status motcua_history_get(const motcua_history* history, size_t i, motcua_history_entry* out,
                                 motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(history, "history"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, history->entries.size(), "i"));
    const motcua::HistoryEntry& entry = history->entries[i];
    const motcua::EventLog& log = history->dossiers.log();
    const motcua::Event event = log.event(entry.event);
    return WriteStruct({0,
                        entry.applied ? 1 : 0,
                        static_cast<int32_t>(entry.from),
                        static_cast<int32_t>(entry.to),
                        entry.event,
                        event.at,
                        entry.due,
                        Text(event.id),
                        Text(NameOf(event.kind)),
                        Text(event.agency),
                        Text(NameOf(entry.clock)),
                        Text(entry.reason),
                        Text(event.actor),
                        Text(log.texts()[entry.holder]),
                        Text(log.texts()[entry.competent]),
                        entry.original_due,
                        entry.step_due,
                        entry.step,
                        entry.visit ? 1 : 0,
                        entry.marks,
                        0,
                        Text(history->dossiers.machine(entry.machine).states()[entry.state].name),
                        Text(event.note)},
                       out, "out");
  });
}

void motcua_history_free(motcua_history* history) { delete history; }

motcua_status motcua_register_possible(const motcua_register* dossiers, motcua_text code,
                                       int64_t at, motcua_possibilities** out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(std::vector<motcua::Possibility> rows,
                            dossiers->value.Possible(View(code), at));
    *out = new motcua_possibilities{std::move(rows)};
    return absl::OkStatus();
  });
}

size_t motcua_possibilities_size(const motcua_possibilities* list) {
  return list == nullptr ? 0 : list->rows.size();
}

motcua_status motcua_possibilities_get(const motcua_possibilities* list, size_t i,
                                       motcua_possibility* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(list, "list"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, list->rows.size(), "i"));
    const motcua::Possibility& row = list->rows[i];
    return WriteStruct(
        {0, row.possible ? 1 : 0, static_cast<int32_t>(row.to), 0, Text(NameOf(row.kind)),
         Text(NameOf(row.role)), Text(row.reason), Text(row.roles)},
        out, "out");
  });
}

void motcua_possibilities_free(motcua_possibilities* list) { delete list; }

motcua_status motcua_register_steps(const motcua_register* dossiers, motcua_text code,
                                    motcua_dossier_steps** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(motcua::StepRun run, dossiers->value.Steps(View(code)));
    *out = new motcua_dossier_steps{dossiers->value, std::move(run)};
    return absl::OkStatus();
  });
}

size_t motcua_dossier_steps_size(const motcua_dossier_steps* steps) {
  return steps == nullptr ? 0 : steps->run.states().size();
}

motcua_status motcua_dossier_steps_get(const motcua_dossier_steps* steps, size_t i,
                                       motcua_step_state* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(steps, "steps"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, steps->run.states().size(), "i"));
    const motcua::StepState& state = steps->run.states()[i];
    const motcua::PlannedStep& step = steps->run.plan()->steps()[i];
    const motcua::EventLog& log = steps->dossiers.log();
    const auto id = [&](motcua::MinuteNumber at, std::uint32_t event) {
      return at == motcua::kNoMinute ? Text("") : Text(log.ids()[log.rows()[event].id]);
    };
    return WriteStruct({0, step.number, Text(step.name), Text(step.agency), Text(step.limit),
                        state.begun_at, state.ended_at, state.original_due, state.due,
                        id(state.begun_at, state.begun_by), id(state.ended_at, state.ended_by)},
                       out, "out");
  });
}

void motcua_dossier_steps_free(motcua_dossier_steps* steps) { delete steps; }

motcua_status motcua_fold_statuses(const motcua_machine* machine, size_t dossier_count,
                                   const int64_t* offsets, const uint8_t* kinds,
                                   const uint8_t* channels, uint8_t* statuses, uint32_t* refused,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(offsets, "offsets"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Machine rules, ReadMachine(machine));
    if (offsets[dossier_count] < 0) {
      return motcua::Error(motcua::Reason::kInvalidArgument, "offsets",
                           std::to_string(offsets[dossier_count]), "offsets that do not fall");
    }
    const auto events = static_cast<size_t>(offsets[dossier_count]);
    if (dossier_count != 0) MOTCUA_RETURN_IF_ERROR(Require(statuses, "statuses"));
    if (events != 0) MOTCUA_RETURN_IF_ERROR(Require(kinds, "kinds"));
    return motcua::StatusTable(rules).Fold(
        {offsets, dossier_count + 1}, {kinds, events}, {channels, channels == nullptr ? 0 : events},
        {statuses, dossier_count}, {refused, refused == nullptr ? 0 : dossier_count});
  });
}
