// The layout of a dataset image, shared by its writer and its reader.
//
//   ImageHeader | TableEntry[table_count] | tables, each 16-byte aligned
//
// Tables follow each other in the order of their entries with nothing but zeros
// between them, so that one set of facts has one image. Little-endian, as every
// machine motcua runs on. Two tables are reserved: "version" and "text", both of
// one-byte rows.
#ifndef MOTCUA_BASE_DATASET_IMAGE_H_
#define MOTCUA_BASE_DATASET_IMAGE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

// The entries of an image at least as long as its header says.
std::span<const TableEntry> ImageDirectory(std::span<const std::byte> image);
std::string_view TableName(const TableEntry& entry);

// The last bytes of "version": '+' and the digest.
inline constexpr std::size_t kDigestSize = 12;

// The digest of an image whose structure is sound: 12 hexadecimal digits over every
// table, name and row size, and over what stands before the digest in "version". It
// finds damage, not forgery: readers check their rows as well. O(size).
std::string ImageDigest(std::span<const std::byte> image);

}  // namespace motcua

#endif  // MOTCUA_BASE_DATASET_IMAGE_H_
