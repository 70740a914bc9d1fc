#include "motcua/dossiers/text_table.h"

#include <functional>
#include <utility>

namespace motcua {
std::uint32_t TextTable::HashOf(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

TextTable::TextTable() : ends_{0}, slots_(64, 0) { Intern(""); }

std::size_t TextTable::SlotOf(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) {
    const auto number = static_cast<std::uint32_t>(slots_[slot]) - 1;
    if (slots_[slot] >> 32 == hash && (*this)[number] == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::optional<std::uint32_t> TextTable::Find(std::string_view text, std::uint32_t hash) const {
  const std::uint64_t taken = slots_[SlotOf(text, hash)];
  if (taken == 0) return std::nullopt;
  return static_cast<std::uint32_t>(taken) - 1;
}

std::uint32_t TextTable::Intern(std::string_view text, std::uint32_t hash) {
  std::size_t slot = SlotOf(text, hash);
  if (slots_[slot] != 0) return static_cast<std::uint32_t>(slots_[slot]) - 1;
  const std::uint32_t number = size();
  if ((number + std::size_t{1}) * 3 > slots_.size() * 2) {
    Grow();
    slot = SlotOf(text, hash);
  }
  characters_.append(text);
  ends_.push_back(characters_.size());
  slots_[slot] = std::uint64_t{hash} << 32 | (number + 1);
  return number;
}

void TextTable::Grow() {
  const std::vector<std::uint64_t> taken = std::move(slots_);
  slots_.assign(taken.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint64_t entry : taken) {
    if (entry == 0) continue;
    std::size_t slot = (entry >> 32) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  }
}

}  // namespace motcua
