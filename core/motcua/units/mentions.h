// Where a text may name a unit. Internal to the room.
#ifndef MOTCUA_UNITS_MENTIONS_H_
#define MOTCUA_UNITS_MENTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/units/registry_tables.h"
#include "motcua/units/words.h"

namespace motcua {

// A run of words that is some unit's name, with the level word beside it.
struct Mention {
  std::uint64_t words = 0;  // bit i: word i belongs to it
  std::uint32_t begin = 0;  // bytes of the name, without the level word
  std::uint32_t end = 0;
  std::uint32_t key = 0;     // row of units.keys
  TypeSet types = 0;         // 0: no level word
  bool abbreviated = false;  // the level word, or the name (HCM, Một)
  int edits = 0;             // typing errors between the words and the key
};

struct MentionedText {
  std::string_view text;
  std::vector<Word> words;  // at most kMaxWords, the last ones
  std::vector<Mention> mentions;
};

inline constexpr std::size_t kMaxWords = 48;

// All mentions without typing errors. A name does not reach across a comma.
MentionedText FindMentions(const RegistryTables& tables, std::string_view text);

// Adds mentions with one or two errors for the words of `open`: a run of words that
// no unit has explained, with the level word before it, if any.
struct OpenRun {
  std::size_t first = 0;  // words [first, last)
  std::size_t last = 0;
  std::uint64_t type_words = 0;
  TypeSet types = 0;
  bool abbreviated = false;
};
void AddNearMentions(const RegistryTables& tables, const OpenRun& open, MentionedText& found);

// The runs of words that lie outside `explained`, up to commas and level words.
std::vector<OpenRun> OpenRuns(const MentionedText& found, std::uint64_t explained);

}  // namespace motcua

#endif  // MOTCUA_UNITS_MENTIONS_H_
