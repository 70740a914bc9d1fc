#include "motcua/base/dataset.h"

#include <gmock/gmock.h>

#include <cstring>
#include <string>

#include "motcua/base/dataset_image.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

// An image with one table "t" of three bytes and the version "v".
std::string SmallImage() {
  const std::uint32_t tables = sizeof(ImageHeader) + 2 * sizeof(TableEntry);
  const std::uint32_t start = (tables + 15) / 16 * 16;
  const ImageHeader header{kImageMagic, 2, start + 32};
  TableEntry version{{'v', 'e', 'r', 's', 'i', 'o', 'n'}, 1, 1, start, 0};
  TableEntry table{{'t'}, 1, 3, start + 16, 0};
  std::string image(start + 32, '\0');
  std::memcpy(image.data(), &header, sizeof(header));
  std::memcpy(image.data() + sizeof(header), &version, sizeof(version));
  std::memcpy(image.data() + sizeof(header) + sizeof(version), &table, sizeof(table));
  image[start] = 'v';
  std::memcpy(image.data() + start + 16, "abc", 3);
  return image;
}

TEST(Dataset, BuiltinHasAVersionThatNamesTheLastDayOfItsSources) {
  EXPECT_THAT(std::string(Dataset::Builtin().version()),
              testing::MatchesRegex("2026\\.10\\.01\\+[0-9a-f]{12}"));
}

TEST(Dataset, FindsTablesByNameAndRowSize) {
  const auto dataset = Dataset::Parse(SmallImage());
  ASSERT_THAT(dataset, IsOk());
  EXPECT_EQ(dataset->version(), "v");
  EXPECT_EQ(dataset->table<char>("t").size(), 3u);
  EXPECT_EQ(dataset->table<char>("t")[2], 'c');
  EXPECT_TRUE(dataset->table<std::uint32_t>("t").empty());
  EXPECT_TRUE(dataset->table<char>("none").empty());
  EXPECT_EQ(dataset->text({100, 5}), "");
}

TEST(Dataset, RefusesEveryTruncationAndEveryBadHeader) {
  const std::string image = SmallImage();
  for (std::size_t size = 0; size < image.size(); ++size) {
    EXPECT_THAT(Dataset::Parse(image.substr(0, size)),
                FailsWith(Reason::kMalformedData, "dataset image"));
  }
  for (std::size_t at = 0; at < sizeof(ImageHeader); ++at) {
    std::string damaged = image;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    EXPECT_THAT(Dataset::Parse(damaged), FailsWith(Reason::kMalformedData, "dataset image")) << at;
  }
}

}  // namespace
}  // namespace motcua
