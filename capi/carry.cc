// motcua/c/carry.h
#include "motcua/units/carry.h"

#include <algorithm>

#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Guard;
using motcua::capi::ReadStruct;
using motcua::capi::Require;
using motcua::capi::Text;
using motcua::capi::View;

struct motcua_carried {
  motcua_unit_list units;
  std::vector<int64_t> whole;
  std::vector<double> fractions;
  bool of_whole = true;
  std::vector<std::pair<size_t, motcua_carry_note>> notes;
};

namespace {

template <typename Value>
std::vector<Value>& ValuesOf(motcua_carried& carried) {
  if constexpr (std::is_same_v<Value, int64_t>) {
    return carried.whole;
  } else {
    return carried.fractions;
  }
}

template <typename Value>
motcua_status CarryValues(const motcua_registry* registry, const motcua_text* codes,
                          const Value* values, size_t count, int32_t since, int32_t until,
                          const motcua_carry_options* options, motcua_carried** out,
                          motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (count > 0) {
      MOTCUA_RETURN_IF_ERROR(Require(codes, "codes"));
      MOTCUA_RETURN_IF_ERROR(Require(values, "values"));
    }
    motcua_carry_options read = MOTCUA_CARRY_OPTIONS_INIT;
    if (options != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(options, "options", read));
    if (read.by != MOTCUA_CARRY_BY_POPULATION && read.by != MOTCUA_CARRY_BY_AREA)
      return Error(Reason::kInvalidArgument, "options.by", std::to_string(read.by), "0 or 1");
    if (read.weight_count > 0) MOTCUA_RETURN_IF_ERROR(Require(read.weights, "options.weights"));
    std::vector<motcua::CarryWeight> weights;
    for (size_t i = 0; i < read.weight_count; ++i)
      weights.push_back(
          {View(read.weights[i].from), View(read.weights[i].to), read.weights[i].weight});
    std::vector<motcua::CarriedValue<Value>> rows;
    for (size_t i = 0; i < count; ++i) rows.push_back({View(codes[i]), values[i]});
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay from, Day(since, "since"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay to, Day(until, "until"));
    MOTCUA_ASSIGN_OR_RETURN(const auto result,
                            motcua::Carry<Value>(registry->value, rows, from, to,
                                                 {static_cast<motcua::CarryBy>(read.by), weights}));
    auto made = std::make_unique<motcua_carried>();
    made->of_whole = std::is_same_v<Value, int64_t>;
    for (const auto& given : result.given) {
      made->units.Add(given.unit);
      ValuesOf<Value>(*made).push_back(given.value);
    }
    for (const auto* noted : {&result.left, &result.assumed})
      for (const auto& row : *noted)
        made->notes.emplace_back(row.row, static_cast<motcua_carry_note>(row.note));
    std::sort(made->notes.begin(), made->notes.end());
    *out = made.release();
    return absl::OkStatus();
  });
}

}  // namespace

motcua_text motcua_carry_note_name(motcua_carry_note note) {
  return note < 0 || note >= motcua::kCarryNoteCount
             ? Text("unknown")
             : Text(motcua::CarryNoteName(static_cast<motcua::CarryNote>(note)));
}

motcua_status motcua_registry_carry_int64(const motcua_registry* registry, const motcua_text* codes,
                                          const int64_t* values, size_t count, int32_t since,
                                          int32_t until, const motcua_carry_options* options,
                                          motcua_carried** out, motcua_error** error) {
  return CarryValues(registry, codes, values, count, since, until, options, out, error);
}

motcua_status motcua_registry_carry_double(const motcua_registry* registry,
                                           const motcua_text* codes, const double* values,
                                           size_t count, int32_t since, int32_t until,
                                           const motcua_carry_options* options,
                                           motcua_carried** out, motcua_error** error) {
  return CarryValues(registry, codes, values, count, since, until, options, out, error);
}

const motcua_unit_list* motcua_carried_units(const motcua_carried* carried) {
  return carried == nullptr ? nullptr : &carried->units;
}

const int64_t* motcua_carried_int64(const motcua_carried* carried) {
  return carried == nullptr || !carried->of_whole ? nullptr : carried->whole.data();
}

const double* motcua_carried_double(const motcua_carried* carried) {
  return carried == nullptr || carried->of_whole ? nullptr : carried->fractions.data();
}

size_t motcua_carried_note_count(const motcua_carried* carried) {
  return carried == nullptr ? 0 : carried->notes.size();
}

size_t motcua_carried_note_row(const motcua_carried* carried, size_t k) {
  return carried == nullptr || k >= carried->notes.size() ? SIZE_MAX : carried->notes[k].first;
}

motcua_carry_note motcua_carried_note(const motcua_carried* carried, size_t k) {
  return carried == nullptr || k >= carried->notes.size() ? MOTCUA_CARRY_NONE
                                                          : carried->notes[k].second;
}

void motcua_carried_free(motcua_carried* carried) { delete carried; }
