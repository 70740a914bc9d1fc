// The facts motcua answers from: one immutable image of tables.
//
// The TSVs of core/data are compiled, at build time, into an image: named tables
// of fixed-size rows plus one pool of text. The built-in image lies in the
// library's read-only memory; nothing is parsed or copied at start-up.
//
//   const Dataset& facts = Dataset::Builtin();
//   for (const SpellRow& row : facts.table<SpellRow>("units.spells")) ...
//
// A Dataset is a value: copies share the bytes. Thread safety: immutable.
#ifndef MOTCUA_BASE_DATASET_H_
#define MOTCUA_BASE_DATASET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/statusor.h"

namespace motcua {

// A piece of the text pool. Rows of tables refer to text by these.
struct TextRef {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

class Dataset {
 public:
  // The facts compiled into this library.
  static const Dataset& Builtin();

  // An image from elsewhere, e.g. a file read by the host. The structure (bounds,
  // order, names, text) and the digest are checked here, so that no damaged byte goes
  // unseen; each room checks its own rows when it opens the dataset. O(size).
  // Errors: kMalformedData.
  static absl::StatusOr<Dataset> Parse(std::string image);

  // "2026.10.01+5b0c1f2e": the last day the sources cover, and a digest of the
  // facts themselves, so that two images with one version hold the same facts.
  std::string_view version() const { return version_; }

  // All rows of a table; empty if the image has no table of that name.
  template <typename Row>
  std::span<const Row> table(std::string_view name) const {
    static_assert(std::is_trivially_copyable_v<Row> && alignof(Row) <= kTableAlignment);
    const RawTable raw = Find(name, sizeof(Row));
    return {reinterpret_cast<const Row*>(raw.bytes), raw.row_count};
  }

  // The text of a reference; empty if it points outside the pool.
  std::string_view text(TextRef ref) const {
    if (ref.offset > pool_.size() || ref.size > pool_.size() - ref.offset) return {};
    return pool_.substr(ref.offset, ref.size);
  }

  // Whether a reference lies in the pool and cuts no letter in two.
  bool HasText(TextRef ref) const;

  // The image itself, as Parse takes it.
  std::span<const std::byte> image() const { return image_; }

  static constexpr std::size_t kTableAlignment = 16;

 private:
  struct RawTable {
    const std::byte* bytes = nullptr;
    std::size_t row_count = 0;
  };

  static absl::StatusOr<Dataset> Open(std::span<const std::byte> image,
                                      std::shared_ptr<const std::string> owner);
  RawTable Find(std::string_view name, std::size_t row_size) const;

  std::span<const std::byte> image_;
  std::shared_ptr<const std::string> owner_;  // null for the built-in image
  std::string_view version_;
  std::string_view pool_;
};

}  // namespace motcua

#endif  // MOTCUA_BASE_DATASET_H_
