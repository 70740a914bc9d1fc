// What the C files of procedures, dossiers and statistics share.
#ifndef MOTCUA_CAPI_DOSSIERS_BOUNDARY_H_
#define MOTCUA_CAPI_DOSSIERS_BOUNDARY_H_

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "boundary.h"
#include "motcua/base/problem.h"
#include "motcua/dossiers/event_log.h"
#include "motcua/dossiers/machine.h"
#include "motcua/dossiers/register.h"
#include "motcua/procedures/catalogue.h"

struct motcua_problem_list {
  std::vector<motcua::Problem> problems;
};

struct motcua_catalogue {
  motcua::Catalogue value;
};

struct motcua_event_log {
  motcua::EventLog value;
  std::vector<motcua::Problem> problems;  // of everything read so far
};

struct motcua_machine {
  // What the C interface lends out of a row as text.
  struct Words {
    std::string guard, to, option, roles, from_state, to_state;
  };

  explicit motcua_machine(motcua::Machine machine) : value(std::move(machine)) {
    for (const motcua::Transition& row : value.transitions()) {
      words.push_back(
          {motcua::GuardNames(row.guards), motcua::TargetName(row.to), motcua::OptionNames(row),
           motcua::RoleNames(row), value.states()[row.from_state].name,
           row.to_state == 0 ? motcua::TargetName(row.to) : value.states()[row.to_state].name});
    }
    for (const std::string& code : value.head().procedures) {
      procedures.append(procedures.empty() ? "" : " ").append(code);
    }
  }

  motcua::Machine value;
  std::vector<Words> words;
  std::string procedures;  // joined by spaces
};

struct motcua_register {
  motcua::DossierRegister value;
};

namespace motcua::capi {

// Fills a caller's struct of any age, never beyond the size it names.
// Errors: kInvalidArgument for NULL or a struct_size that is not set.
template <typename Struct>
absl::Status WriteStruct(Struct value, Struct* out, std::string_view name) {
  MOTCUA_RETURN_IF_ERROR(Require(out, name));
  const std::uint32_t size = out->struct_size;
  if (size < sizeof(size)) {
    return Error(Reason::kInvalidArgument, std::string(name) + ".struct_size", std::to_string(size),
                 "the size set by the _INIT macro");
  }
  value.struct_size = size;
  std::memcpy(static_cast<void*>(out), &value, std::min<std::size_t>(size, sizeof(Struct)));
  return absl::OkStatus();
}

// Element k of a caller's array of versioned structs, which may be of an older size.
template <typename Struct>
const Struct* ElementOf(const Struct* array, std::size_t k) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(array);
  return reinterpret_cast<const Struct*>(bytes + k * array->struct_size);
}

// An index that a caller passed.
inline absl::Status CheckIndex(std::size_t i, std::size_t size, std::string_view name) {
  if (i < size) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, name, std::to_string(i),
               "an index below " + std::to_string(size));
}

// A version of a procedure. Errors: kInvalidArgument for NULL or no such index.
inline absl::StatusOr<const Procedure*> ProcedureAt(const motcua_catalogue* catalogue,
                                                    std::size_t i) {
  MOTCUA_RETURN_IF_ERROR(Require(catalogue, "catalogue"));
  const auto procedures = catalogue->value.procedures();
  MOTCUA_RETURN_IF_ERROR(CheckIndex(i, procedures.size(), "i"));
  return &procedures[i];
}

// The machine of a caller, the national one for NULL.
absl::StatusOr<Machine> ReadMachine(const motcua_machine* machine);
// machines[k] is that of procedures[k]. Errors: kInvalidArgument for a procedure given twice.
absl::StatusOr<ProcedureMachines> ReadMachines(const motcua_text* procedures,
                                               const motcua_machine* const* machines,
                                               std::size_t count);

// A file of the host, open for the length of a call.
class File {
 public:
  File(const std::string& path, const char* mode) : file_(std::fopen(path.c_str(), mode)) {}
  ~File() {
    if (file_ != nullptr) std::fclose(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::FILE* get() const { return file_; }
  // Closes it; false if what was written did not arrive.
  bool Close() { return std::fclose(std::exchange(file_, nullptr)) == 0; }

 private:
  std::FILE* file_;
};

// Says of a file what was expected of it; its path in full, however long.
absl::Status FileError(std::string_view path, std::string_view expected);

// The whole of a file. Errors: kInvalidArgument naming the path.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_DOSSIERS_BOUNDARY_H_
