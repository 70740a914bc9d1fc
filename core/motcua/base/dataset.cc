#include "motcua/base/dataset.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/dataset_image.h"
#include "motcua/base/status.h"

extern "C" {
extern const std::byte motcua_builtin_facts[];
extern const std::byte motcua_builtin_facts_end[];
}

namespace motcua {
namespace {

std::string_view NameOf(const TableEntry& entry) {
  return {entry.name.data(), strnlen(entry.name.data(), entry.name.size())};
}

std::span<const TableEntry> Directory(std::span<const std::byte> image) {
  ImageHeader header;
  std::memcpy(&header, image.data(), sizeof(header));
  return {reinterpret_cast<const TableEntry*>(image.data() + sizeof(header)), header.table_count};
}

absl::Status Malformed(std::string_view what) {
  return Error(Reason::kMalformedData, absl::StrCat("dataset image: ", ToAbsl(what)));
}

absl::Status CheckStructure(std::span<const std::byte> image) {
  ImageHeader header;
  if (image.size() < sizeof(header)) return Malformed("shorter than its header");
  std::memcpy(&header, image.data(), sizeof(header));
  if (header.magic != kImageMagic) return Malformed("does not begin with the mark of format 01");
  if (header.image_size != image.size()) return Malformed("size differs from the header's");
  if (header.table_count > (image.size() - sizeof(header)) / sizeof(TableEntry)) {
    return Malformed("table directory is cut off");
  }
  for (const TableEntry& entry : Directory(image)) {
    const std::uint64_t size = std::uint64_t{entry.row_size} * entry.row_count;
    if (entry.row_size == 0 || entry.offset % Dataset::kTableAlignment != 0 ||
        entry.offset > image.size() || size > image.size() - entry.offset) {
      return Malformed(
          ToStd(absl::StrCat("table '", Printable(NameOf(entry)), "' is out of bounds")));
    }
  }
  return absl::OkStatus();
}

}  // namespace

const Dataset& Dataset::Builtin() {
  // The build writes the image, so opening it cannot fail; value() would abort if it did.
  static const Dataset builtin =
      Open({motcua_builtin_facts, motcua_builtin_facts_end}, nullptr).value();
  return builtin;
}

absl::StatusOr<Dataset> Dataset::Parse(std::string image) {
  auto owner = std::make_shared<const std::string>(std::move(image));
  return Open(std::as_bytes(std::span(*owner)), owner);
}

absl::StatusOr<Dataset> Dataset::Open(std::span<const std::byte> image,
                                      std::shared_ptr<const std::string> owner) {
  MOTCUA_RETURN_IF_ERROR(CheckStructure(image));
  Dataset dataset;
  dataset.image_ = image;
  dataset.owner_ = std::move(owner);
  const auto view = [&](std::string_view name) -> std::string_view {
    const RawTable raw = dataset.Find(name, 1);
    return {reinterpret_cast<const char*>(raw.bytes), raw.row_count};
  };
  dataset.version_ = view("version");
  dataset.pool_ = view("text");
  if (dataset.version_.empty()) return Malformed("has no version");
  return dataset;
}

Dataset::RawTable Dataset::Find(std::string_view name, std::size_t row_size) const {
  for (const TableEntry& entry : Directory(image_)) {
    if (NameOf(entry) == name && entry.row_size == row_size) {
      return {image_.data() + entry.offset, entry.row_count};
    }
  }
  return {};
}

}  // namespace motcua
