// Collects tables and text and writes them as a dataset image.
#ifndef MOTCUA_DATA_COMPILER_IMAGE_BUILDER_H_
#define MOTCUA_DATA_COMPILER_IMAGE_BUILDER_H_

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "motcua/base/dataset.h"

namespace motcua {

class ImageBuilder {
 public:
  // Puts `text` in the pool; equal texts are stored once.
  TextRef AddText(std::string_view text);

  // Adds a table; names are at most 31 bytes, `room.concept`. Rows must have no
  // padding bytes, so that the image is the same on every build.
  template <typename Row>
  void AddTable(std::string_view name, const std::vector<Row>& rows) {
    static_assert(std::is_trivially_copyable_v<Row>);
    static_assert(std::has_unique_object_representations_v<Row>, "a row has padding bytes");
    AddRaw(name, sizeof(Row), std::as_bytes(std::span(rows)));
  }

  // The finished image. Its version is `sources_end`, the last day the sources
  // cover, and a digest of every table, e.g. "2026.10.01+5b0c1f2e90a7".
  std::string Finish(std::string_view sources_end);

 private:
  struct Table {
    std::string name;
    std::uint32_t row_size;
    std::string bytes;
  };

  void AddRaw(std::string_view name, std::size_t row_size, std::span<const std::byte> bytes);

  std::vector<Table> tables_;
  std::string pool_;
  std::unordered_map<std::string, TextRef> texts_;
};

}  // namespace motcua

#endif  // MOTCUA_DATA_COMPILER_IMAGE_BUILDER_H_
