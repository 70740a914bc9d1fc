// What the C files of the room units share: units with the texts they lend out.
#ifndef MOTCUA_CAPI_UNITS_BOUNDARY_H_
#define MOTCUA_CAPI_UNITS_BOUNDARY_H_

#include <memory>
#include <string>
#include <vector>

#include "boundary.h"
#include "motcua/units/registry.h"

struct motcua_registry {
  motcua::Registry value;
};

struct motcua_unit_list {
  struct Entry {
    motcua::Unit unit;
    std::string full_name;
    std::string key;
    std::string parent_code;
  };
  void Add(const motcua::Unit& unit) {
    const auto parent = unit.parent();
    entries.push_back(
        {unit, unit.full_name(), unit.key(), parent ? std::string(parent->code()) : std::string()});
  }
  std::vector<Entry> entries;
};

struct motcua_succession {
  motcua::Succession value;
  motcua_unit_list units;
  motcua_unit_list answered_by;
};

namespace motcua::capi {

// A day that a caller passed.
inline absl::StatusOr<CivilDay> Day(int32_t number, std::string_view field) {
  constexpr int32_t kLimit = 3'000'000;  // the year 10183
  if (number > -kLimit && number < kLimit) return DayFrom(number);
  return Error(Reason::kInvalidArgument, field, std::to_string(number),
               "days since 1970-01-01, before the year 10000");
}

// Writes today's struct into a caller's struct of any age.
template <typename Struct>
absl::Status WriteStruct(const Struct& made, Struct* out) {
  MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
  const uint32_t size = out->struct_size;
  if (size < sizeof(size))
    return Error(Reason::kInvalidArgument, "out.struct_size", std::to_string(size),
                 "the size set by the _INIT macro");
  std::memcpy(static_cast<void*>(out), &made, std::min<size_t>(size, sizeof(Struct)));
  out->struct_size = size;
  return absl::OkStatus();
}

inline absl::Status Give(const std::vector<Unit>& units, motcua_unit_list** out) {
  auto list = std::make_unique<motcua_unit_list>();
  for (const Unit& unit : units) list->Add(unit);
  *out = list.release();
  return absl::OkStatus();
}

inline absl::Status Give(Succession succession, motcua_succession** out) {
  auto made = std::make_unique<motcua_succession>();
  for (const SuccessionEdge& edge : succession.edges) made->units.Add(edge.unit);
  if (succession.answered_by) made->answered_by.Add(*succession.answered_by);
  made->value = std::move(succession);
  *out = made.release();
  return absl::OkStatus();
}

}  // namespace motcua::capi

#endif  // MOTCUA_CAPI_UNITS_BOUNDARY_H_
