// motcua/c/units.h
#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Give;
using motcua::capi::Guard;
using motcua::capi::Require;
using motcua::capi::Text;
using motcua::capi::View;
using motcua::capi::WriteStruct;

struct motcua_translation {
  motcua::Translation value;
};

namespace {

absl::Status NoSuch(std::string_view field, size_t index, size_t size) {
  return Error(Reason::kInvalidArgument, field, std::to_string(index),
               "an index below " + std::to_string(size));
}

template <typename Name, typename Enum>
motcua_text NameIn(Name name, int32_t number, int32_t count) {
  return number < 0 || number >= count ? Text("unknown") : Text(name(static_cast<Enum>(number)));
}

}  // namespace

size_t motcua_unit_list_size(const motcua_unit_list* list) {
  return list == nullptr ? 0 : list->entries.size();
}

motcua_status motcua_unit_list_get(const motcua_unit_list* list, size_t i, motcua_unit* out,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(list, "list"));
    if (i >= list->entries.size()) return NoSuch("i", i, list->entries.size());
    const motcua_unit_list::Entry& entry = list->entries[i];
    const auto valid_to = entry.unit.valid_to();
    const motcua_unit unit = {sizeof(motcua_unit),
                              static_cast<motcua_level>(entry.unit.level()),
                              Text(entry.unit.code()),
                              Text(entry.unit.type_name()),
                              Text(entry.unit.name()),
                              Text(entry.full_name),
                              Text(entry.key),
                              Text(entry.parent_code),
                              motcua::ToNumber(entry.unit.valid_from()),
                              valid_to ? motcua::ToNumber(*valid_to) : MOTCUA_NO_DAY,
                              motcua::ToNumber(entry.unit.as_of())};
    return WriteStruct(unit, out);
  });
}

void motcua_unit_list_free(motcua_unit_list* list) { delete list; }

motcua_status motcua_registry_national(const motcua_dataset* dataset, motcua_registry** out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(motcua::Registry registry,
                            motcua::Registry::National(
                                dataset == nullptr ? motcua::Dataset::Builtin() : dataset->value));
    *out = new motcua_registry{std::move(registry)};
    return absl::OkStatus();
  });
}

void motcua_registry_free(motcua_registry* registry) { delete registry; }

int32_t motcua_registry_first_day(const motcua_registry*) {
  return motcua::ToNumber(motcua::Registry::first_day());
}

motcua_text motcua_registry_dataset_version(const motcua_registry* registry) {
  return registry == nullptr ? Text("") : Text(registry->value.dataset_version());
}

motcua_status motcua_registry_find(const motcua_registry* registry, motcua_text code, int32_t at,
                                   motcua_unit_list** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Unit unit, registry->value.Find(View(code), day));
    return Give({unit}, out);
  });
}

motcua_status motcua_registry_units(const motcua_registry* registry, int32_t at, motcua_level level,
                                    motcua_text parent_code, motcua_unit_list** out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (level < MOTCUA_LEVEL_ANY || level > MOTCUA_LEVEL_COMMUNE)
      return Error(Reason::kInvalidArgument, "level", std::to_string(level),
                   "a MOTCUA_LEVEL_ number, 0 to 3");
    std::optional<motcua::Level> wanted;
    if (level != MOTCUA_LEVEL_ANY) wanted = static_cast<motcua::Level>(level);
    std::optional<std::string_view> parent;
    if (parent_code.size != 0) parent = View(parent_code);
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    MOTCUA_ASSIGN_OR_RETURN(const auto units, registry->value.Units(day, wanted, parent));
    return Give(units, out);
  });
}

motcua_status motcua_registry_named(const motcua_registry* registry, motcua_text name, int32_t at,
                                    motcua_unit_list** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    MOTCUA_ASSIGN_OR_RETURN(const auto units, registry->value.Named(View(name), day));
    return Give(units, out);
  });
}

motcua_text motcua_succession_kind_name(motcua_succession_kind kind) {
  return NameIn<decltype(motcua::SuccessionKindName), motcua::SuccessionKind>(
      motcua::SuccessionKindName, kind, motcua::kSuccessionKindCount);
}

motcua_text motcua_extent_name(motcua_extent extent) {
  return NameIn<decltype(motcua::ExtentName), motcua::Extent>(motcua::ExtentName, extent, 3);
}

motcua_text motcua_moved_name(motcua_moved moved) {
  return NameIn<decltype(motcua::MovedName), motcua::Moved>(motcua::MovedName, moved, 7);
}

motcua_status motcua_registry_successors(const motcua_registry* registry, motcua_text code,
                                         int32_t since, int32_t until, motcua_succession** out,
                                         motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay first, Day(since, "since"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay last, Day(until, "until"));
    MOTCUA_ASSIGN_OR_RETURN(auto made, registry->value.Successors(View(code), first, last));
    return Give(std::move(made), out);
  });
}

motcua_status motcua_registry_predecessors(const motcua_registry* registry, motcua_text code,
                                           int32_t until, int32_t since, motcua_succession** out,
                                           motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay last, Day(until, "until"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay first, Day(since, "since"));
    MOTCUA_ASSIGN_OR_RETURN(auto made, registry->value.Predecessors(View(code), last, first));
    return Give(std::move(made), out);
  });
}

motcua_succession_kind motcua_succession_get_kind(const motcua_succession* succession) {
  return succession == nullptr ? MOTCUA_SUCCESSION_UNKNOWN
                               : static_cast<motcua_succession_kind>(succession->value.kind);
}

const motcua_unit_list* motcua_succession_units(const motcua_succession* succession) {
  return succession == nullptr ? nullptr : &succession->units;
}

const motcua_unit_list* motcua_succession_answered_by(const motcua_succession* succession) {
  return succession == nullptr ? nullptr : &succession->answered_by;
}

motcua_status motcua_succession_get_edge(const motcua_succession* succession, size_t edge,
                                         motcua_succession_edge* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(succession, "succession"));
    const auto& edges = succession->value.edges;
    if (edge >= edges.size()) return NoSuch("edge", edge, edges.size());
    const motcua_succession_edge made = {
        sizeof(motcua_succession_edge), static_cast<motcua_extent>(edges[edge].extent),
        static_cast<motcua_moved>(edges[edge].moved), 0, edges[edge].steps.size()};
    return WriteStruct(made, out);
  });
}

motcua_status motcua_succession_get_step(const motcua_succession* succession, size_t edge,
                                         size_t step, motcua_succession_step* out,
                                         motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(succession, "succession"));
    const auto& edges = succession->value.edges;
    if (edge >= edges.size()) return NoSuch("edge", edge, edges.size());
    const auto& steps = edges[edge].steps;
    if (step >= steps.size()) return NoSuch("step", step, steps.size());
    const motcua_succession_step made = {sizeof(motcua_succession_step),
                                         motcua::ToNumber(steps[step].date), Text(steps[step].act),
                                         steps[step].article, steps[step].clause};
    return WriteStruct(made, out);
  });
}

void motcua_succession_free(motcua_succession* succession) { delete succession; }

motcua_status motcua_registry_translate(const motcua_registry* registry, const char* codes,
                                        size_t count, size_t stride, int32_t since, int32_t until,
                                        motcua_translation** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(codes, "codes"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay first, Day(since, "since"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay last, Day(until, "until"));
    MOTCUA_ASSIGN_OR_RETURN(motcua::Translation made,
                            registry->value.Translate(codes, count, stride, first, last));
    *out = new motcua_translation{std::move(made)};
    return absl::OkStatus();
  });
}

const int64_t* motcua_translation_offsets(const motcua_translation* translation) {
  return translation == nullptr ? nullptr : translation->value.offsets.data();
}

const char* motcua_translation_codes(const motcua_translation* translation) {
  return translation == nullptr || translation->value.codes.empty()
             ? ""
             : translation->value.codes.front().data();
}

size_t motcua_translation_unknown_count(const motcua_translation* translation) {
  return translation == nullptr ? 0 : translation->value.unknown.size();
}

const size_t* motcua_translation_unknown(const motcua_translation* translation) {
  return translation == nullptr ? nullptr : translation->value.unknown.data();
}

void motcua_translation_free(motcua_translation* translation) { delete translation; }
