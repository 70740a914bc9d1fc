// Texts stored once and known by number: ids, agencies, procedures, notes.
//
// Half a million events repeat a few thousand texts; a number for each makes an
// event a small fixed-size row and equality one comparison.
#ifndef MOTCUA_DOSSIERS_TEXT_TABLE_H_
#define MOTCUA_DOSSIERS_TEXT_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

class TextTable {
 public:
  TextTable();

  // The number of `text`, a new one if it was not there. 0 is the empty text.
  // Numbers are given in order and never change. Complexity: O(1) expected.
  std::uint32_t Intern(std::string_view text) { return Intern(text, HashOf(text)); }
  // The same, quicker where the number is `likely`, any that was given.
  std::uint32_t InternLikely(std::string_view text, std::uint32_t likely) {
    return (*this)[likely] == text ? likely : Intern(text);
  }

  std::optional<std::uint32_t> Find(std::string_view text) const {
    return Find(text, HashOf(text));
  }

  // For who does both with one text.
  static std::uint32_t HashOf(std::string_view text);
  std::uint32_t Intern(std::string_view text, std::uint32_t hash);
  std::optional<std::uint32_t> Find(std::string_view text, std::uint32_t hash) const;

  // The text of a number below size(); valid until the next Intern.
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(characters_).substr(ends_[number], ends_[number + 1] - ends_[number]);
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

 private:
  // The slot that holds `text` or the free one where it belongs.
  std::size_t SlotOf(std::string_view text, std::uint32_t hash) const;
  void Grow();

  std::string characters_;
  std::vector<std::uint64_t> ends_;  // text k is characters_[ends_[k], ends_[k + 1])
  // The hash of a text and its number plus one, so that a search stays in one place; 0: free. A
  // power of two, at most 2/3 full.
  std::vector<std::uint64_t> slots_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_TEXT_TABLE_H_
