#include "motcua/dossiers/text_table.h"

#include <functional>

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
    const std::uint32_t number = slots_[slot] - 1;
    if (hashes_[number] == hash && (*this)[number] == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::optional<std::uint32_t> TextTable::Find(std::string_view text, std::uint32_t hash) const {
  const std::uint32_t taken = slots_[SlotOf(text, hash)];
  if (taken == 0) return std::nullopt;
  return taken - 1;
}

std::uint32_t TextTable::Intern(std::string_view text, std::uint32_t hash) {
  std::size_t slot = SlotOf(text, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if ((hashes_.size() + 1) * 3 > slots_.size() * 2) {
    Grow();
    slot = SlotOf(text, hash);
  }
  characters_.append(text);
  ends_.push_back(characters_.size());
  hashes_.push_back(hash);
  slots_[slot] = static_cast<std::uint32_t>(hashes_.size());
  return slots_[slot] - 1;
}

void TextTable::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < hashes_.size(); ++number) {
    std::size_t slot = hashes_[number] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = number + 1;
  }
}

}  // namespace motcua
