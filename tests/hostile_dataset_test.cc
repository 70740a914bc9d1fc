// Datasets from files may be damaged, or made by somebody who means harm: bytes are
// changed and signed again, and whatever is still taken must be safe to ask.
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>

#include "motcua/base/dataset.h"
#include "motcua/base/dataset_image.h"
#include "motcua/dossiers/machine.h"
#include "motcua/time/lunar.h"
#include "motcua/time/time_tables_check.h"
#include "motcua/time/working_calendar.h"
#include "motcua/units/agencies.h"
#include "motcua/units/carry.h"
#include "motcua/units/equivalents.h"
#include "motcua/units/reconciliation.h"
#include "motcua/units/resolver.h"
#include "motcua/units/units_rows.h"
#include "tests/status_matchers.h"

namespace motcua {
namespace {

constexpr int kCases = 80;
constexpr unsigned kSeed = 20261125;

std::string Builtin() {
  const auto image = Dataset::Builtin().image();
  return {reinterpret_cast<const char*>(image.data()), image.size()};
}

std::span<const TableEntry> Entries(const std::string& image) {
  return ImageDirectory(std::as_bytes(std::span(image)));
}

void Sign(std::string& image) {
  for (const TableEntry& entry : Entries(image)) {
    if (TableName(entry) != "version") continue;
    const std::string digest = ImageDigest(std::as_bytes(std::span(image)));
    image.replace(entry.offset + entry.row_count - digest.size(), digest.size(), digest);
    return;
  }
}

void AskUnits(const Dataset& dataset, std::mt19937& draw) {
  const auto registry = Registry::National(dataset);
  if (!registry.ok()) return;
  const CivilDay days[] = {CivilDay(2004, 9, 1), CivilDay(2015, 8, 31), CivilDay(2025, 6, 30),
                           CivilDay(2025, 7, 1), CivilDay(2026, 9, 30)};
  const CivilDay first = days[draw() % 3], last = days[3 + draw() % 2];
  const auto units = registry->Units(first);
  ASSERT_THAT(units, IsOk());
  for (int k = 0; k < 40 && !units->empty(); ++k) {
    const Unit& unit = (*units)[draw() % units->size()];
    unit.key();
    unit.parent();
    (void)registry->Successors(unit.code(), first, last);
    (void)registry->Predecessors(unit.code(), first, days[0]);
    const CatalogueRow row[] = {{unit.code(), unit.name(), ""}};
    (void)Reconcile(*registry, row, last, {.level = Level::kProvince, .within = std::nullopt});
  }
  (void)registry->Translate("68\0\0\0", 1, 5, first, last);
  (void)Resolver(*registry).Resolve("P. Bến Nghé, Q.1, TP.HCM; Phường Lộc Sơn, Bảo Lộc", last);
  const auto agencies = AgencyDirectory::National(*registry);
  if (agencies.ok()) (void)agencies->Agencies(last);
}

void AskTime(const Dataset& dataset) {
  if (!CheckTimeTables(dataset).ok()) return;
  (void)LunarOf(CivilDay(2026, 2, 17), dataset);
  (void)SolarOf({2199, 12, 29, false, true}, dataset);
  const auto calendar = WorkingCalendar::National(dataset);
  if (calendar.ok()) (void)calendar->version();
}

void Ask(const std::string& image, std::mt19937& draw) {
  const auto dataset = Dataset::Parse(image);
  if (!dataset.ok()) {
    EXPECT_EQ(ReasonOf(dataset.status()), Reason::kMalformedData);
    return;
  }
  AskUnits(*dataset, draw);
  AskTime(*dataset);
  (void)Machine::National({}, *dataset);
}

TEST(HostileDataset, ForgedRowsAreRefusedOrHarmless) {
  SCOPED_TRACE(kSeed);
  std::mt19937 draw(kSeed);
  const std::string sound = Builtin();
  for (int k = 0; k < kCases; ++k) {
    std::string image = sound;
    const auto entries = Entries(sound);
    const TableEntry& entry = entries[draw() % entries.size()];
    const std::size_t size = std::size_t{entry.row_size} * entry.row_count;
    for (unsigned change = 0; change <= draw() % 4; ++change) {
      const std::size_t at = entry.offset + draw() % size;
      const std::uint8_t values[] = {0, 1, 0x7f, 0xff, static_cast<std::uint8_t>(draw())};
      image[at] = static_cast<char>(values[draw() % 5]);
    }
    Sign(image);
    Ask(image, draw);
  }
}

TEST(HostileDataset, ForgedDirectoriesAreRefused) {
  std::mt19937 draw(kSeed);
  const std::string sound = Builtin();
  const std::size_t end = sizeof(ImageHeader) + Entries(sound).size_bytes();
  for (int k = 0; k < kCases; ++k) {
    std::string image = sound;
    const std::size_t at = draw() % (end / 4) * 4;
    const std::uint32_t values[] = {0,          1,          0x7fffffff,
                                    0xffffffff, 0x80000000, static_cast<std::uint32_t>(draw())};
    const std::uint32_t value = values[draw() % 6];
    if (std::memcmp(image.data() + at, &value, 4) == 0) continue;
    std::memcpy(image.data() + at, &value, 4);
    EXPECT_FALSE(Dataset::Parse(image).ok()) << at;
  }
}

TEST(HostileDataset, TruncatedImagesAreRefused) {
  std::mt19937 draw(kSeed);
  const std::string sound = Builtin();
  ASSERT_THAT(Dataset::Parse(sound), IsOk());
  for (int k = 0; k < kCases; ++k)
    EXPECT_FALSE(Dataset::Parse(sound.substr(0, draw() % sound.size())).ok());
}

// The built-in image with the numbers of one column of units.edges changed.
template <typename Change>
absl::StatusOr<Registry> WithEdges(Change change) {
  std::string image = Builtin();
  for (const TableEntry& entry : Entries(image)) {
    if (TableName(entry) != "units.edges") continue;
    for (std::uint32_t row = 0; row < entry.row_count; ++row) {
      EdgeRow edge;
      char* const place = image.data() + entry.offset + row * entry.row_size;
      std::memcpy(&edge, place, sizeof edge);
      change(edge);
      std::memcpy(place, &edge, sizeof edge);
    }
  }
  Sign(image);
  MOTCUA_ASSIGN_OR_RETURN(const Dataset dataset, Dataset::Parse(image));
  return Registry::National(dataset);
}

// The walks of succession end only if every edge leads on: an edge back is refused.
TEST(HostileDataset, ASuccessionThatTurnsBackIsRefused) {
  EXPECT_THAT(WithEdges([](EdgeRow& edge) { edge.to = edge.from; }),
              FailsWith(Reason::kMalformedData, "units.edges"));
  EXPECT_THAT(WithEdges([](EdgeRow& edge) { --edge.day; }),
              FailsWith(Reason::kMalformedData, "units.edges"));
}

// A unit that loses ground and goes on keeps the rest: an edge to itself says so.
TEST(HostileDataset, AUnitThatGoesOnWithNothingIsRefused) {
  EXPECT_THAT(WithEdges([](EdgeRow& edge) {
                if (edge.to == edge.from) ++edge.day;
              }),
              FailsWith(Reason::kMalformedData, "units.edges"));
}

}  // namespace
}  // namespace motcua
