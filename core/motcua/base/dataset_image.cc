#include "motcua/base/dataset_image.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

// FNV-1a, 64 bits: enough to tell two versions of the facts apart.
class Digest {
 public:
  void Add(std::string_view bytes) {
    for (const char byte : bytes)
      state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  std::string Hex() const { return absl::StrFormat("%012x", state_ >> 16); }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace

std::span<const TableEntry> ImageDirectory(std::span<const std::byte> image) {
  ImageHeader header;
  std::memcpy(&header, image.data(), sizeof(header));
  return {reinterpret_cast<const TableEntry*>(image.data() + sizeof(header)), header.table_count};
}

std::string_view TableName(const TableEntry& entry) {
  return {entry.name.data(), strnlen(entry.name.data(), entry.name.size())};
}

std::string ImageDigest(std::span<const std::byte> image) {
  Digest digest;
  for (const TableEntry& entry : ImageDirectory(image)) {
    std::string_view rows(reinterpret_cast<const char*>(image.data()) + entry.offset,
                          std::size_t{entry.row_size} * entry.row_count);
    if (TableName(entry) == "version") rows.remove_suffix(std::min(rows.size(), kDigestSize));
    digest.Add(TableName(entry));
    digest.Add(absl::StrCat("\n", entry.row_size, "\n"));
    digest.Add(rows);
  }
  return digest.Hex();
}

}  // namespace motcua
