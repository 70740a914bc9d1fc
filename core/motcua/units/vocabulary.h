// The words of the room: levels, types, and what succession can say.
//
// All numbers cross the C ABI and lie in dataset images; they never change.
#ifndef MOTCUA_UNITS_VOCABULARY_H_
#define MOTCUA_UNITS_VOCABULARY_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace motcua {

enum class Level : std::uint8_t { kProvince = 1, kDistrict = 2, kCommune = 3 };
enum class UnitType : std::uint8_t {
  kTinh = 1,      // Tỉnh, province
  kThanhPho = 2,  // Thành phố, city: run by the centre, or of a province
  kQuan = 3,      // Quận, urban district
  kHuyen = 4,     // Huyện, rural district
  kThiXa = 5,     // Thị xã, town of district rank
  kPhuong = 6,    // Phường, ward
  kXa = 7,        // Xã, rural commune
  kThiTran = 8,   // Thị trấn, township
  kDacKhu = 9,    // Đặc khu, special zone
};

std::string_view LevelName(Level level);   // "province", "district", "commune"
std::string_view TypeName(UnitType type);  // "Phường"
std::optional<Level> ParseLevel(std::string_view name);
std::optional<UnitType> ParseType(std::string_view name);  // exact: "Phường"

// What became of a unit between the two days. Of several reasons the first in
// this order is given: unknown, abolished, split, merged, recoded, renamed, retyped.
enum class SuccessionKind : std::int32_t {
  kUnchanged = 0,  // the same unit; perhaps larger, respelled or under another parent
  kRenamed = 1,
  kRetyped = 2,
  kRecoded = 3,    // the same unit under another code
  kMerged = 4,     // looking forward: into one unit with others; backward: out of several
  kSplit = 5,      // forward: into several units; backward: out of a part of one
  kAbolished = 6,  // a district across 2025-07-01
  kUnknown = 7,    // the sources name no successor, or no predecessor
};
inline constexpr std::int32_t kSuccessionKindCount = 8;
std::string_view SuccessionKindName(SuccessionKind kind);

// How much of the older unit lies in the newer one. Along a path: unknown if any
// step is, else part if any is.
enum class Extent : std::int32_t { kWhole = 0, kPart = 1, kUnknown = 2 };
std::string_view ExtentName(Extent extent);

// What went from the older unit to the newer one. Along a path the shares of land
// and of residents combine each for itself.
enum class Moved : std::int32_t {
  kAll = 0,
  kUnchanged = 1,          // nothing moved: the unit goes on
  kArea = 2,               // a part of the land, no residents
  kAreaPopulation = 3,     // a part of both
  kAreaAllPopulation = 4,  // a part of the land and every resident
  kPopulation = 5,         // residents, no land
  kUnknown = 6,
};
std::string_view MovedName(Moved moved);

}  // namespace motcua

#endif  // MOTCUA_UNITS_VOCABULARY_H_
