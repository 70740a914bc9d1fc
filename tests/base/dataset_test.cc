#include "motcua/base/dataset.h"

#include <gmock/gmock.h>

#include <cstring>
#include <string>

#include "motcua/base/dataset_image.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

constexpr std::string_view kVersion = "v+000000000000";

// Writes the digest that the bytes have, as only the writer of an image can know it.
void Sign(std::string& image) {
  const std::string digest = ImageDigest(std::as_bytes(std::span(image)));
  const std::size_t start = image.find("v+");
  image.replace(start + 2, digest.size(), digest);
}

// An image with one table "t" of three bytes and a version that begins with "v".
std::string SmallImage() {
  const std::uint32_t tables = sizeof(ImageHeader) + 2 * sizeof(TableEntry);
  const std::uint32_t start = (tables + 15) / 16 * 16;
  const ImageHeader header{kImageMagic, 2, start + 32};
  TableEntry version{{'v', 'e', 'r', 's', 'i', 'o', 'n'}, 1, kVersion.size(), start, 0};
  TableEntry table{{'t'}, 1, 3, start + 16, 0};
  std::string image(start + 32, '\0');
  std::memcpy(image.data(), &header, sizeof(header));
  std::memcpy(image.data() + sizeof(header), &version, sizeof(version));
  std::memcpy(image.data() + sizeof(header) + sizeof(version), &table, sizeof(table));
  std::memcpy(image.data() + start, kVersion.data(), kVersion.size());
  std::memcpy(image.data() + start + 16, "abc", 3);
  Sign(image);
  return image;
}

TEST(Dataset, BuiltinHasAVersionThatNamesTheLastDayOfItsSources) {
  EXPECT_THAT(std::string(Dataset::Builtin().version()),
              testing::MatchesRegex("2026\\.10\\.01\\+[0-9a-f]{12}"));
}

TEST(Dataset, FindsTablesByNameAndRowSize) {
  const auto dataset = Dataset::Parse(SmallImage());
  ASSERT_THAT(dataset, IsOk());
  EXPECT_THAT(std::string(dataset->version()), testing::MatchesRegex("v\\+[0-9a-f]{12}"));
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(dataset->image().data()),
                             dataset->image().size()),
            SmallImage());
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
  EXPECT_THAT(Dataset::Parse(image + std::string(16, '\0')),
              FailsWith(Reason::kMalformedData, "dataset image"));
}

TEST(Dataset, RefusesEveryFlippedBit) {
  const std::string image = SmallImage();
  for (std::size_t bit = 0; bit < 8 * image.size(); ++bit) {
    std::string damaged = image;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(Dataset::Parse(damaged), FailsWith(Reason::kMalformedData, "dataset image")) << bit;
  }
}

TEST(Dataset, RefusesAnotherFormatAndTextThatIsNotUtf8) {
  std::string other = SmallImage();
  other[7] = '2';
  EXPECT_THAT(Dataset::Parse(other), FailsWith(Reason::kMalformedData, "format 01"));
  std::string text = SmallImage();
  std::memcpy(text.data() + sizeof(ImageHeader) + sizeof(TableEntry), "text", 4);
  Sign(text);
  ASSERT_THAT(Dataset::Parse(text), IsOk());
  text[text.size() - 16] = '\xff';
  Sign(text);
  EXPECT_THAT(Dataset::Parse(text), FailsWith(Reason::kMalformedData, "UTF-8"));
}

TEST(Dataset, KnowsWhetherAReferenceCutsALetter) {
  std::string image = SmallImage();
  std::memcpy(image.data() + sizeof(ImageHeader) + sizeof(TableEntry), "text", 4);
  std::memcpy(image.data() + image.size() - 16, "a\xC3\xA0", 3);
  Sign(image);
  const auto dataset = Dataset::Parse(image);
  ASSERT_THAT(dataset, IsOk());
  EXPECT_TRUE(dataset->HasText({0, 3}));
  EXPECT_TRUE(dataset->HasText({1, 2}));
  EXPECT_FALSE(dataset->HasText({0, 2}));
  EXPECT_FALSE(dataset->HasText({2, 1}));
  EXPECT_FALSE(dataset->HasText({0, 4}));
  EXPECT_FALSE(dataset->HasText({4, 0}));
}

}  // namespace
}  // namespace motcua
