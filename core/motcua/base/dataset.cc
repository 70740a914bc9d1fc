#include "motcua/base/dataset.h"

#include <utf8proc.h>

#include <algorithm>
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

absl::Status Malformed(std::string_view what) {
  return Error(Reason::kMalformedData, absl::StrCat("dataset image: ", ToAbsl(what)));
}

std::size_t Aligned(std::size_t size) {
  return (size + Dataset::kTableAlignment - 1) / Dataset::kTableAlignment *
         Dataset::kTableAlignment;
}

bool IsZero(std::span<const std::byte> bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](std::byte byte) { return byte == std::byte{}; });
}

absl::Status CheckHeader(std::span<const std::byte> image) {
  ImageHeader header;
  if (image.size() < sizeof(header)) return Malformed("shorter than its header");
  std::memcpy(&header, image.data(), sizeof(header));
  if (header.magic != kImageMagic) return Malformed("does not begin with the mark of format 01");
  if (header.image_size != image.size()) return Malformed("size differs from the header's");
  if (header.table_count > (image.size() - sizeof(header)) / sizeof(TableEntry))
    return Malformed("table directory is cut off");
  return absl::OkStatus();
}

// That an entry has a name of its own and nothing behind it.
absl::Status CheckName(const TableEntry& entry, std::span<const TableEntry> before) {
  const std::string_view name = TableName(entry);
  if (name.empty() || name.size() == entry.name.size() || entry.reserved != 0 ||
      !IsZero(std::as_bytes(std::span(entry.name)).subspan(name.size())))
    return Malformed("a table has no proper name");
  for (const TableEntry& other : before)
    if (TableName(other) == name)
      return Malformed(ToStd(absl::StrCat("has table '", Printable(name), "' twice")));
  return absl::OkStatus();
}

// That the tables fill the image in the order of their entries.
absl::Status CheckStructure(std::span<const std::byte> image) {
  MOTCUA_RETURN_IF_ERROR(CheckHeader(image));
  const std::span<const TableEntry> entries = ImageDirectory(image);
  std::size_t end = sizeof(ImageHeader) + entries.size_bytes();
  for (std::size_t i = 0; i <= entries.size(); ++i) {
    const std::size_t start = Aligned(end);
    if (start > image.size() || !IsZero(image.subspan(end, start - end)))
      return Malformed("has bytes between its tables");
    if (i == entries.size()) {
      if (start != image.size()) return Malformed("has bytes behind its tables");
      break;
    }
    MOTCUA_RETURN_IF_ERROR(CheckName(entries[i], entries.first(i)));
    const std::uint64_t size = std::uint64_t{entries[i].row_size} * entries[i].row_count;
    if (entries[i].row_size == 0 || entries[i].offset != start || size > image.size() - start)
      return Malformed(
          ToStd(absl::StrCat("table '", Printable(TableName(entries[i])), "' is out of bounds")));
    end = start + static_cast<std::size_t>(size);
  }
  return absl::OkStatus();
}

bool IsUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t letter = 0;
    const auto size =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &letter);
    if (size <= 0) return false;
    at += static_cast<std::size_t>(size);
  }
  return true;
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
  const auto bytes = std::as_bytes(std::span(*owner));
  MOTCUA_RETURN_IF_ERROR(CheckStructure(bytes));
  MOTCUA_ASSIGN_OR_RETURN(Dataset dataset, Open(bytes, owner));
  if (dataset.version_.size() <= kDigestSize + 1 ||
      !dataset.version_.ends_with(ToStd(absl::StrCat("+", ImageDigest(bytes)))))
    return Malformed(ToStd(absl::StrCat("was damaged: its version '", Printable(dataset.version_),
                                        "' is not that of its bytes")));
  if (!IsUtf8(dataset.pool_) || !IsUtf8(dataset.version_))
    return Malformed("has text that is not UTF-8");
  return dataset;
}

absl::StatusOr<Dataset> Dataset::Open(std::span<const std::byte> image,
                                      std::shared_ptr<const std::string> owner) {
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

bool Dataset::HasText(TextRef ref) const {
  if (ref.offset > pool_.size() || ref.size > pool_.size() - ref.offset) return false;
  const auto starts_a_letter = [&](std::size_t at) {
    return at == pool_.size() || (static_cast<unsigned char>(pool_[at]) & 0xC0) != 0x80;
  };
  return starts_a_letter(ref.offset) && starts_a_letter(std::size_t{ref.offset} + ref.size);
}

Dataset::RawTable Dataset::Find(std::string_view name, std::size_t row_size) const {
  for (const TableEntry& entry : ImageDirectory(image_)) {
    if (TableName(entry) == name && entry.row_size == row_size) {
      return {image_.data() + entry.offset, entry.row_count};
    }
  }
  return {};
}

}  // namespace motcua
