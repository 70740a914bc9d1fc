#include "motcua/journal/settings.h"

#include <algorithm>

#include "motcua/journal/chain.h"

namespace motcua {
namespace {

bool IsKnown(std::string_view name) {
  return name == kDigestSetting || name == kSchemaSetting || name == kPersonalSetting ||
         name == kUnfinishedSetting || name.starts_with(kEpochPrefix);
}

}  // namespace

std::string DigestOf(const Settings& settings) {
  std::string text;
  for (const auto& [name, value] : settings) {
    if (name == kDigestSetting || name == kSchemaSetting) continue;
    // With their lengths, so that nothing can pass from one to the next.
    for (const std::string& part : {name, value}) {
      text += std::to_string(part.size()) + ':' + part;
    }
  }
  return std::string(Bytes(HashOf(text)));
}

bool AreWhole(const Settings& settings) {
  // A digest whose name was changed is not taken for one that is not there yet.
  if (!std::all_of(settings.begin(), settings.end(),
                   [](const auto& setting) { return IsKnown(setting.first); })) {
    return false;
  }
  const auto digest = settings.find(std::string(kDigestSetting));
  return digest == settings.end() || digest->second == DigestOf(settings);
}

}  // namespace motcua
