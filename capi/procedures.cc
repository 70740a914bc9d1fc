// motcua/c/procedures.h
#include "motcua/procedures/catalogue.h"

#include <sys/stat.h>

#include "dossiers_boundary.h"

namespace motcua::capi {

absl::Status FileError(std::string_view path, std::string_view expected) {
  return Error(Reason::kInvalidArgument, "file '" + Printable(path, path.size() * 4) +
                                             "': expected " + std::string(expected));
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const File file(path, "rb");
  struct stat status;
  if (file.get() == nullptr || fstat(fileno(file.get()), &status) != 0 ||
      !S_ISREG(status.st_mode)) {
    return FileError(path, "a file that can be read");
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const std::size_t read = std::fread(text.data(), 1, text.size(), file.get());
  if (read != text.size() || std::ferror(file.get()) != 0) {
    return FileError(path, "a file that can be read to its end");
  }
  return text;
}

namespace {

// A file that may be missing: then empty.
absl::StatusOr<std::string> ReadOptional(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return std::string();
  return ReadFile(path);
}

}  // namespace
}  // namespace motcua::capi

using namespace motcua::capi;  // NOLINT: this file is the C face of these rooms
using motcua::Catalogue;
using motcua::CatalogueTexts;
using motcua::Error;
using motcua::Procedure;
using motcua::Reason;

size_t motcua_problem_list_size(const motcua_problem_list* list) {
  return list == nullptr ? 0 : list->problems.size();
}

motcua_status motcua_problem_list_get(const motcua_problem_list* list, size_t i,
                                      motcua_problem* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(list, "list"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, list->problems.size(), "i"));
    const motcua::Problem& problem = list->problems[i];
    return WriteStruct(
        {0, static_cast<motcua_reason>(problem.reason), problem.line, Text(problem.subject),
         Text(problem.field), Text(problem.value), Text(problem.expected), Text(problem.kind)},
        out, "out");
  });
}

void motcua_problem_list_free(motcua_problem_list* list) { delete list; }

motcua_text motcua_channel_name(motcua_channel channel) {
  const auto known = motcua::ChannelOf(channel);
  return Text(NameOf(known.value_or(motcua::Channel::kUnknown)));
}

motcua_status motcua_catalogue_parse(motcua_text procedures, motcua_text time_limits,
                                     motcua_text fees, motcua_text agencies,
                                     motcua_text legal_basis, motcua_catalogue** out,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(Catalogue catalogue,
                            Catalogue::Parse({View(procedures), View(time_limits), View(fees),
                                              View(agencies), View(legal_basis)}));
    *out = new motcua_catalogue{std::move(catalogue)};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_read(motcua_text folder, motcua_catalogue** out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    const std::string path = std::string(View(folder)) + "/";
    MOTCUA_ASSIGN_OR_RETURN(const std::string procedures, ReadFile(path + "procedures.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string limits, ReadFile(path + "time_limits.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string fees, ReadOptional(path + "fees.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string agencies, ReadOptional(path + "agencies.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string legal, ReadOptional(path + "legal_basis.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string cases, ReadOptional(path + "component_counts.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string details, ReadOptional(path + "details.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string steps, ReadOptional(path + "procedure_steps.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(const std::string groups, ReadOptional(path + "linked_groups.tsv"));
    MOTCUA_ASSIGN_OR_RETURN(Catalogue catalogue,
                            Catalogue::Parse({procedures, limits, fees, agencies, legal, cases,
                                              details, steps, groups}));
    *out = new motcua_catalogue{std::move(catalogue)};
    return absl::OkStatus();
  });
}

size_t motcua_catalogue_size(const motcua_catalogue* catalogue) {
  return catalogue == nullptr ? 0 : catalogue->value.procedures().size();
}

motcua_status motcua_catalogue_find(const motcua_catalogue* catalogue, motcua_text code, int32_t at,
                                    size_t* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(catalogue, "catalogue"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure,
                            catalogue->value.Find(View(code), motcua::DayFrom(at)));
    *out = static_cast<size_t>(procedure - catalogue->value.procedures().data());
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_get(const motcua_catalogue* catalogue, size_t i,
                                   motcua_procedure* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    return WriteStruct({0,
                        procedure->levels,
                        Text(procedure->code),
                        Text(procedure->name),
                        Text(procedure->field),
                        Text(procedure->agency),
                        Text(procedure->status),
                        procedure->valid_from,
                        procedure->valid_to,
                        procedure->limits.size(),
                        procedure->fees.size(),
                        Text(procedure->subjects),
                        Text(procedure->decision),
                        Text(procedure->result),
                        Text(procedure->online_level),
                        Text(procedure->source_date),
                        procedure->agencies.size(),
                        procedure->legal_basis.size(),
                        procedure->cases.size(),
                        procedure->details.size()},
                       out, "out");
  });
}

motcua_status motcua_catalogue_get_limit(const motcua_catalogue* catalogue, size_t i, size_t row,
                                         motcua_limit_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->limits.size(), "row"));
    const motcua::LimitRow& limit = procedure->limits[row];
    return WriteStruct(
        {0, static_cast<motcua_channel>(limit.channel), limit.row_no, 0, Text(limit.limit),
         Text(limit.value), Text(NameOf(limit.unit)), Text(limit.raw)},
        out, "out");
  });
}

motcua_status motcua_catalogue_get_fee(const motcua_catalogue* catalogue, size_t i, size_t row,
                                       motcua_fee_row* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(row, procedure->fees.size(), "row"));
    const motcua::FeeRow& fee = procedure->fees[row];
    return WriteStruct({0, static_cast<motcua_channel>(fee.channel), fee.row_no, 0, fee.amount_vnd,
                        Text(fee.kind), Text(fee.raw)},
                       out, "out");
  });
}

motcua_status motcua_catalogue_limit_of(const motcua_catalogue* catalogue, size_t i,
                                        motcua_channel channel, motcua_buffer** out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const Procedure* procedure, ProcedureAt(catalogue, i));
    const auto known = motcua::ChannelOf(channel);
    if (!known) {
      return Error(Reason::kInvalidArgument, "channel", std::to_string(channel),
                   "1 (direct), 2 (online) or 3 (postal)");
    }
    MOTCUA_ASSIGN_OR_RETURN(std::string limit, LimitOf(*procedure, *known));
    *out = new motcua_buffer{std::move(limit)};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_check(const motcua_catalogue* catalogue, motcua_problem_list** out,
                                     motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(catalogue, "catalogue"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_problem_list{catalogue->value.Check()};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_check_at(const motcua_catalogue* catalogue, int32_t at,
                                        motcua_problem_list** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(catalogue, "catalogue"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_problem_list{catalogue->value.Check({.at = at})};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_parse_tables(const motcua_catalogue_texts* texts,
                                            motcua_catalogue** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    motcua_catalogue_texts read = MOTCUA_CATALOGUE_TEXTS_INIT;
    MOTCUA_RETURN_IF_ERROR(ReadStruct(texts, "texts", read));
    MOTCUA_ASSIGN_OR_RETURN(
        Catalogue catalogue,
        Catalogue::Parse({View(read.procedures), View(read.time_limits), View(read.fees),
                          View(read.agencies), View(read.legal_basis), View(read.component_counts),
                          View(read.details), View(read.procedure_steps),
                          View(read.linked_groups)}));
    *out = new motcua_catalogue{std::move(catalogue)};
    return absl::OkStatus();
  });
}

motcua_status motcua_catalogue_write(const motcua_catalogue* catalogue, motcua_text table,
                                     motcua_buffer** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(catalogue, "catalogue"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    const auto& known = motcua::kCatalogueTables;
    if (std::find(std::begin(known), std::end(known), View(table)) == std::end(known)) {
      return Error(Reason::kInvalidArgument, "table", View(table),
                   "procedures, time_limits, fees, agencies, legal_basis, component_counts, "
                   "details, procedure_steps or linked_groups");
    }
    *out = new motcua_buffer{catalogue->value.Write(View(table))};
    return absl::OkStatus();
  });
}

void motcua_catalogue_free(motcua_catalogue* catalogue) { delete catalogue; }
