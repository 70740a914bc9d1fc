#include "image_builder.h"

#include <algorithm>
#include <cstring>

#include "motcua/base/dataset_image.h"

namespace motcua {
namespace {

std::size_t Aligned(std::size_t size) {
  return (size + Dataset::kTableAlignment - 1) / Dataset::kTableAlignment *
         Dataset::kTableAlignment;
}

}  // namespace

TextRef ImageBuilder::AddText(std::string_view text) {
  const auto [at, added] = texts_.try_emplace(std::string(text));
  if (added) {
    at->second = {static_cast<std::uint32_t>(pool_.size()),
                  static_cast<std::uint32_t>(text.size())};
    pool_.append(text);
  }
  return at->second;
}

void ImageBuilder::AddRaw(std::string_view name, std::size_t row_size,
                          std::span<const std::byte> bytes) {
  tables_.push_back({std::string(name), static_cast<std::uint32_t>(row_size),
                     std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
}

std::string ImageBuilder::Finish(std::string_view sources_end) {
  const std::string version = std::string(sources_end) + "+" + std::string(kDigestSize, '0');
  AddRaw("version", 1, std::as_bytes(std::span(version)));
  AddRaw("text", 1, std::as_bytes(std::span(pool_)));

  std::vector<TableEntry> directory;
  std::size_t offset = Aligned(sizeof(ImageHeader) + tables_.size() * sizeof(TableEntry));
  for (const Table& table : tables_) {
    TableEntry entry{};
    std::copy_n(table.name.begin(), std::min(table.name.size(), entry.name.size() - 1),
                entry.name.begin());
    entry.row_size = table.row_size;
    entry.row_count = static_cast<std::uint32_t>(table.bytes.size() / table.row_size);
    entry.offset = static_cast<std::uint32_t>(offset);
    directory.push_back(entry);
    offset = Aligned(offset + table.bytes.size());
  }

  const ImageHeader header{kImageMagic, static_cast<std::uint32_t>(tables_.size()),
                           static_cast<std::uint32_t>(offset)};
  std::string image(offset, '\0');
  std::memcpy(image.data(), &header, sizeof(header));
  std::memcpy(image.data() + sizeof(header), directory.data(),
              directory.size() * sizeof(TableEntry));
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    std::memcpy(image.data() + directory[i].offset, tables_[i].bytes.data(),
                tables_[i].bytes.size());
  }
  const std::string digest = ImageDigest(std::as_bytes(std::span(image)));
  const std::size_t version_at = directory[tables_.size() - 2].offset;
  image.replace(version_at + version.size() - digest.size(), digest.size(), digest);
  return image;
}

}  // namespace motcua
