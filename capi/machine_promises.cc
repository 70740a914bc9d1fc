// motcua/c/machine_promises.h
#include "motcua/dossiers/machine_promises.h"

#include "dossiers_boundary.h"

struct motcua_promise_list {
  struct Entry {
    motcua::StatePromise promise;
    std::string state;
  };
  std::vector<Entry> entries;
};

using namespace motcua::capi;  // NOLINT: this file is the C face of the promises

motcua_status motcua_machine_promises(const motcua_machine* machine, motcua_promise_list** out,
                                      motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(machine, "machine"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    auto list = std::make_unique<motcua_promise_list>();
    for (motcua::StatePromise& promise : motcua::CheckPromises(machine->value)) {
      const std::string& name = machine->value.states()[promise.state].name;
      list->entries.push_back({std::move(promise), name});
    }
    *out = list.release();
    return absl::OkStatus();
  });
}

size_t motcua_promise_list_size(const motcua_promise_list* list) {
  return list == nullptr ? 0 : list->entries.size();
}

motcua_status motcua_promise_list_get(const motcua_promise_list* list, size_t i,
                                      motcua_promise* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_promise_list_size(list), "i"));
    const motcua_promise_list::Entry& entry = list->entries[i];
    return WriteStruct({0, entry.promise.answered ? 1 : 0, Text(entry.state),
                        Text(entry.promise.unanswered), entry.promise.late.size()},
                       out, "out");
  });
}

motcua_status motcua_promise_list_get_late(const motcua_promise_list* list, size_t i, size_t k,
                                           motcua_text* reason, motcua_text* path,
                                           motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(reason, "reason"));
    MOTCUA_RETURN_IF_ERROR(Require(path, "path"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, motcua_promise_list_size(list), "i"));
    const auto& late = list->entries[i].promise.late;
    MOTCUA_RETURN_IF_ERROR(CheckIndex(k, late.size(), "k"));
    *reason = Text(late[k].reason);
    *path = Text(late[k].path);
    return absl::OkStatus();
  });
}

void motcua_promise_list_free(motcua_promise_list* list) { delete list; }
