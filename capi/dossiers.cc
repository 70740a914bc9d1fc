// motcua/c/dossiers.h
#include <charconv>

#include "dossiers_boundary.h"
#include "motcua/dossiers/event_json.h"
#include "time_handles.h"

using namespace motcua::capi;  // NOLINT: this file is the C face of the room dossiers
using motcua::Dossier;
using motcua::DossierRegister;
using motcua::Error;
using motcua::EventLog;
using motcua::EventReader;
using motcua::FoldRules;
using motcua::Machine;
using motcua::Reason;
using motcua::WorkingCalendar;

namespace motcua::capi {

absl::StatusOr<Machine> ReadMachine(const motcua_machine* machine) {
  return machine == nullptr ? Machine::National() : absl::StatusOr<Machine>(machine->value);
}

absl::StatusOr<ProcedureMachines> ReadMachines(const motcua_text* procedures,
                                               const motcua_machine* const* machines,
                                               std::size_t count) {
  ProcedureMachines read;
  if (count != 0) {
    MOTCUA_RETURN_IF_ERROR(Require(procedures, "machine_procedures"));
    MOTCUA_RETURN_IF_ERROR(Require(machines, "machines"));
  }
  for (std::size_t k = 0; k < count; ++k) {
    MOTCUA_RETURN_IF_ERROR(Require(machines[k], "machines"));
    if (read.emplace(View(procedures[k]), machines[k]->value).second) continue;
    return Error(Reason::kInvalidArgument, "machine of procedure", View(procedures[k]),
                 "one machine a procedure");
  }
  return read;
}

}  // namespace motcua::capi

motcua_status motcua_event_log_new(motcua_event_log** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_event_log{};
    return absl::OkStatus();
  });
}

motcua_status motcua_event_log_read(motcua_text path, motcua_event_log** out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    const File file(std::string(View(path)), "rb");
    if (file.get() == nullptr) {
      return FileError(View(path), "a file that can be read");
    }
    auto log = std::make_unique<motcua_event_log>();
    EventReader reader(log->value);
    std::vector<char> block(std::size_t{1} << 20);
    std::size_t size = 0;
    while ((size = std::fread(block.data(), 1, block.size(), file.get())) > 0) {
      reader.Feed({block.data(), size});
    }
    if (std::ferror(file.get()) != 0) {
      return FileError(View(path), "a file that can be read to its end");
    }
    reader.Finish();
    log->problems = reader.problems();
    *out = log.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_event_log_append(motcua_event_log* log, motcua_text json_lines, size_t* added,
                                      motcua_problem_list** problems, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    EventLog extended = log->value;
    EventReader reader(extended);
    reader.Feed(View(json_lines));
    reader.Finish();
    if (problems != nullptr) {
      *problems = new motcua_problem_list{reader.problems()};
    } else {
      log->problems.insert(log->problems.end(), reader.problems().begin(), reader.problems().end());
    }
    log->value = std::move(extended);
    if (added != nullptr) *added = reader.appended();
    return absl::OkStatus();
  });
}

motcua_status motcua_event_log_write(const motcua_event_log* log, motcua_text path,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    constexpr std::size_t kBlock = std::size_t{1} << 20;
    File file(std::string(View(path)), "wb");
    bool written = file.get() != nullptr;
    std::string block;
    for (std::size_t k = 0; written && k < log->value.size(); ++k) {
      AppendJson(log->value.event(k), block);
      block.push_back('\n');
      if (block.size() < kBlock) continue;
      written = std::fwrite(block.data(), 1, block.size(), file.get()) == block.size();
      block.clear();
    }
    written = written && std::fwrite(block.data(), 1, block.size(), file.get()) == block.size();
    if (file.get() != nullptr) written = file.Close() && written;
    if (written) return absl::OkStatus();
    return FileError(View(path), "a file that can be written");
  });
}

size_t motcua_event_log_size(const motcua_event_log* log) {
  return log == nullptr ? 0 : log->value.size();
}

motcua_status motcua_event_log_event(const motcua_event_log* log, size_t k, motcua_buffer** out,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(k, log->value.size(), "k"));
    auto buffer = std::make_unique<motcua_buffer>();
    AppendJson(log->value.event(k), buffer->text);
    *out = buffer.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_event_log_problems(const motcua_event_log* log, motcua_problem_list** out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_problem_list{log->problems};
    return absl::OkStatus();
  });
}

void motcua_event_log_free(motcua_event_log* log) { delete log; }

namespace {

// "1,2" or "-" (nothing) or empty (the step before).
absl::Status ReadAfter(std::string_view text, motcua::PlannedStep& step) {
  if (text == "-") {
    step.follows_nothing = true;
    return absl::OkStatus();
  }
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view word = text.substr(0, comma);
    int number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size()) {
      return Error(Reason::kInvalidArgument, "after", word, "step numbers joined by commas, or -");
    }
    step.after.push_back(number);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return absl::OkStatus();
}

using Plans = std::map<std::string, motcua::StepPlan, std::less<>>;

absl::StatusOr<Plans> PlansOf(const motcua_fold_options& options) {
  if (options.step_count != 0) MOTCUA_RETURN_IF_ERROR(Require(options.steps, "steps"));
  std::map<std::string, std::vector<motcua::PlannedStep>, std::less<>> steps;
  for (std::size_t k = 0; k < options.step_count; ++k) {
    motcua_planned_step row = MOTCUA_PLANNED_STEP_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(ElementOf(options.steps, k), "steps", row));
    motcua::PlannedStep step{.number = 0,
                             .name = std::string(View(row.name)),
                             .agency = std::string(View(row.agency)),
                             .limit = std::string(View(row.limit)),
                             .after = {}};
    for (const int32_t number : {row.number, row.shares}) {
      if (number >= 0 && number <= 255) continue;
      return Error(Reason::kInvalidArgument, "step", std::to_string(number), "1 to 255");
    }
    step.number = static_cast<std::uint8_t>(row.number);
    step.shares = static_cast<std::uint8_t>(row.shares);
    MOTCUA_RETURN_IF_ERROR(ReadAfter(View(row.after), step));
    steps[std::string(View(row.procedure))].push_back(std::move(step));
  }
  Plans plans;
  for (auto& [procedure, rows] : steps) {
    absl::StatusOr<motcua::StepPlan> plan = motcua::StepPlan::Of(std::move(rows));
    if (!plan.ok()) {
      return Error(
          Reason::kInvalidArgument,
          "procedure " + procedure + ", " + std::string(motcua::ToStd(plan.status().message())));
    }
    plans.emplace(procedure, *std::move(plan));
  }
  return plans;
}

absl::StatusOr<FoldRules> RulesOf(const motcua_fold_options& options) {
  if (options.policy != 0 && options.policy != 1) {
    return Error(Reason::kInvalidArgument, "policy", std::to_string(options.policy),
                 "0 (by_day) or 1 (by_hour)");
  }
  absl::StatusOr<WorkingCalendar> calendar =
      options.calendar == nullptr ? WorkingCalendar::National()
                                  : absl::StatusOr<WorkingCalendar>(options.calendar->value);
  if (!calendar.ok()) return calendar.status();
  MOTCUA_ASSIGN_OR_RETURN(Machine machine, ReadMachine(options.machine));
  FoldRules rules{.calendar = *std::move(calendar),
                  .machine = std::move(machine),
                  .calendars = {},
                  .catalogue = std::nullopt,
                  .policy = static_cast<motcua::Policy>(options.policy),
                  .clock = true};
  const auto set = [](motcua_text given, std::string& term) {
    if (given.size != 0) term = View(given);
  };
  set(options.reception, rules.terms.reception);
  set(options.alert, rules.terms.alert);
  set(options.forwarding, rules.terms.forwarding);
  set(options.passing_on, rules.terms.passing_on);
  set(options.appraisal, rules.terms.appraisal);
  MOTCUA_ASSIGN_OR_RETURN(rules.plans, PlansOf(options));
  MOTCUA_ASSIGN_OR_RETURN(rules.machines, ReadMachines(options.machine_procedures, options.machines,
                                                       options.machine_count));
  rules.catalogue_processes = options.steps_only == 0;
  if (options.catalogue != nullptr) rules.catalogue = options.catalogue->value;
  if (options.agency_count != 0) {
    MOTCUA_RETURN_IF_ERROR(Require(options.agencies, "agencies"));
    MOTCUA_RETURN_IF_ERROR(Require(options.agency_calendars, "agency_calendars"));
  }
  for (std::size_t k = 0; k < options.agency_count; ++k) {
    MOTCUA_RETURN_IF_ERROR(Require(options.agency_calendars[k], "agency_calendars"));
    rules.calendars.emplace(View(options.agencies[k]), options.agency_calendars[k]->value);
  }
  return rules;
}

}  // namespace

motcua_status motcua_register_fold(const motcua_event_log* log, const motcua_fold_options* options,
                                   motcua_register** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    motcua_fold_options read = MOTCUA_FOLD_OPTIONS_INIT;
    if (options != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(options, "options", read));
    MOTCUA_ASSIGN_OR_RETURN(const FoldRules rules, RulesOf(read));
    MOTCUA_ASSIGN_OR_RETURN(DossierRegister dossiers,
                            DossierRegister::Fold(log->value, rules, read.as_of));
    *out = new motcua_register{std::move(dossiers)};
    return absl::OkStatus();
  });
}

size_t motcua_register_size(const motcua_register* dossiers) {
  return dossiers == nullptr ? 0 : dossiers->value.dossiers().size();
}

int64_t motcua_register_as_of(const motcua_register* dossiers) {
  return dossiers == nullptr ? MOTCUA_NO_MINUTE : dossiers->value.as_of();
}

motcua_status motcua_register_problems(const motcua_register* dossiers, motcua_problem_list** out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_problem_list{dossiers->value.problems()};
    return absl::OkStatus();
  });
}

namespace {

template <typename Element, typename Value>
void Fill(Element* column, std::span<const Dossier> rows, Value Dossier::*member) {
  if (column == nullptr) return;
  for (std::size_t k = 0; k < rows.size(); ++k) column[k] = static_cast<Element>(rows[k].*member);
}

}  // namespace

motcua_status motcua_register_fill(const motcua_register* dossiers,
                                   const motcua_register_columns* columns, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    motcua_register_columns to = MOTCUA_REGISTER_COLUMNS_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(columns, "columns", to));
    const auto rows = dossiers->value.dossiers();
    Fill(to.agency, rows, &Dossier::agency);
    Fill(to.counted_at, rows, &Dossier::counted_at);
    Fill(to.procedure, rows, &Dossier::procedure);
    Fill(to.entry, rows, &Dossier::entry);
    Fill(to.limit, rows, &Dossier::limit);
    Fill(to.submitted_at, rows, &Dossier::submitted_at);
    Fill(to.accepted_at, rows, &Dossier::accepted_at);
    Fill(to.original_due, rows, &Dossier::original_due);
    Fill(to.due, rows, &Dossier::due);
    Fill(to.finished_at, rows, &Dossier::finished_at);
    Fill(to.handed_over_at, rows, &Dossier::handed_over_at);
    Fill(to.held_since, rows, &Dossier::held_since);
    Fill(to.changed_at, rows, &Dossier::changed_at);
    Fill(to.status, rows, &Dossier::status);
    Fill(to.previous, rows, &Dossier::previous);
    Fill(to.channel, rows, &Dossier::channel);
    Fill(to.outcome, rows, &Dossier::outcome);
    Fill(to.visits, rows, &Dossier::visits);
    Fill(to.supplements, rows, &Dossier::supplements);
    Fill(to.extended, rows, &Dossier::extended);
    Fill(to.provisional, rows, &Dossier::provisional);
    Fill(to.receiving, rows, &Dossier::receiving);
    Fill(to.competent, rows, &Dossier::competent);
    Fill(to.clock_start, rows, &Dossier::clock_start);
    Fill(to.reception_due, rows, &Dossier::reception_due);
    Fill(to.answer_due, rows, &Dossier::answer_due);
    Fill(to.step_due, rows, &Dossier::step_due);
    Fill(to.step, rows, &Dossier::step);
    Fill(to.marks, rows, &Dossier::marks);
    Fill(to.group, rows, &Dossier::group);
    Fill(to.all_marks, rows, &Dossier::marks);
    return absl::OkStatus();
  });
}

motcua_text motcua_register_code(const motcua_register* dossiers, size_t i) {
  if (dossiers == nullptr || i >= dossiers->value.dossiers().size()) return Text("");
  return Text(dossiers->value.code(dossiers->value.dossiers()[i]));
}

motcua_text motcua_register_text(const motcua_register* dossiers, uint32_t number) {
  if (dossiers == nullptr || number >= dossiers->value.log().texts().size()) return Text("");
  return Text(dossiers->value.log().texts()[number]);
}

motcua_text motcua_register_field(const motcua_register* dossiers, int32_t entry) {
  if (dossiers == nullptr || entry < 0 || !dossiers->value.rules().catalogue) return Text("");
  const auto procedures = dossiers->value.rules().catalogue->procedures();
  const auto index = static_cast<std::size_t>(entry);
  return index < procedures.size() ? Text(procedures[index].field) : Text("");
}

motcua_text motcua_register_case(const motcua_register* dossiers, int32_t group) {
  return dossiers == nullptr ? Text("") : Text(dossiers->value.case_name(group));
}

motcua_text motcua_register_limit(const motcua_register* dossiers, int32_t number) {
  return dossiers == nullptr ? Text("") : Text(dossiers->value.limit(number));
}

motcua_status motcua_register_find(const motcua_register* dossiers, motcua_text code, size_t* out,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const Dossier* dossier, dossiers->value.Find(View(code)));
    *out = static_cast<size_t>(dossier - dossiers->value.dossiers().data());
    return absl::OkStatus();
  });
}

void motcua_register_free(motcua_register* dossiers) { delete dossiers; }
