// Any texts read as the tables of a catalogue, cut at form feeds: they are refused, or the
// catalogue can be checked, and written and read again without a difference.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "motcua/procedures/catalogue.h"

namespace {

constexpr std::size_t kTables = std::size(motcua::kCatalogueTables);

motcua::CatalogueTexts TextsOf(const std::array<std::string, kTables>& texts) {
  return {texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], texts[7], texts[8]};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::array<std::string, kTables> texts;
  for (std::string& text : texts) {
    const std::size_t end = rest.find('\f');
    text = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  const auto catalogue = motcua::Catalogue::Parse(TextsOf(texts));
  if (!catalogue.ok()) return 0;
  catalogue->Check();
  std::array<std::string, kTables> written;
  for (std::size_t k = 0; k < kTables; ++k) {
    written[k] = catalogue->Write(motcua::kCatalogueTables[k]);
  }
  const auto again = motcua::Catalogue::Parse(TextsOf(written));
  if (!again.ok()) std::abort();
  for (std::size_t k = 0; k < kTables; ++k) {
    if (again->Write(motcua::kCatalogueTables[k]) != written[k]) std::abort();
  }
  return 0;
}
