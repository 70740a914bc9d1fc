// The layout of a dataset image, shared by its writer and its reader.
//
//   ImageHeader | TableEntry[table_count] | tables, each 16-byte aligned
//
// Little-endian, as every machine motcua runs on. Two tables are reserved:
// "version" and "text", both of one-byte rows.
#ifndef MOTCUA_BASE_DATASET_IMAGE_H_
#define MOTCUA_BASE_DATASET_IMAGE_H_

#include <array>
#include <bit>
#include <cstdint>

namespace motcua {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::array<char, 8> kImageMagic = {'m', 'o', 't', 'c', 'u', 'a', '0', '1'};

struct ImageHeader {
  std::array<char, 8> magic;
  std::uint32_t table_count;
  std::uint32_t image_size;
};

struct TableEntry {
  std::array<char, 32> name;  // NUL-padded
  std::uint32_t row_size;
  std::uint32_t row_count;
  std::uint32_t offset;  // from the start of the image
  std::uint32_t reserved;
};

}  // namespace motcua

#endif  // MOTCUA_BASE_DATASET_IMAGE_H_
