#include "motcua/units/vocabulary.h"

#include <algorithm>
#include <array>

namespace motcua {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"", "province", "district", "commune"};
constexpr std::array<std::string_view, 10> kTypeNames = {
    "", "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu"};

}  // namespace

std::string_view LevelName(Level level) { return kLevelNames[static_cast<std::size_t>(level)]; }
std::string_view TypeName(UnitType type) { return kTypeNames[static_cast<std::size_t>(type)]; }

std::optional<Level> ParseLevel(std::string_view name) {
  const auto at = std::find(kLevelNames.begin() + 1, kLevelNames.end(), name);
  if (at == kLevelNames.end()) return std::nullopt;
  return static_cast<Level>(at - kLevelNames.begin());
}

std::optional<UnitType> ParseType(std::string_view name) {
  const auto at = std::find(kTypeNames.begin() + 1, kTypeNames.end(), name);
  if (at == kTypeNames.end()) return std::nullopt;
  return static_cast<UnitType>(at - kTypeNames.begin());
}

std::string_view SuccessionKindName(SuccessionKind kind) {
  constexpr std::array<std::string_view, kSuccessionKindCount> kNames = {
      "unchanged", "renamed", "retyped", "recoded", "merged", "split", "abolished", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view ExtentName(Extent extent) {
  constexpr std::array<std::string_view, 3> kNames = {"whole", "part", "unknown"};
  return kNames[static_cast<std::size_t>(extent)];
}

std::string_view MovedName(Moved moved) {
  constexpr std::array<std::string_view, 7> kNames = {
      "all",        "unchanged", "area", "area+population", "area+all_population",
      "population", "unknown"};
  return kNames[static_cast<std::size_t>(moved)];
}

}  // namespace motcua
