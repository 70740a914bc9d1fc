// Registry::Translate: successors in bulk.
#include <algorithm>

#include "motcua/base/status.h"
#include "motcua/units/registry.h"
#include "motcua/units/registry_tables.h"

namespace motcua {
namespace {

using Code = std::array<char, 5>;

// Successors of the codes of a call, each traced once.
class Translator {
 public:
  // The codes [first, first + count) of codes().
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = kUntried;
  };
  static constexpr std::uint32_t kUntried = kNoRow, kNone = kNoRow - 1;

  Translator(const RegistryTables& tables, CivilDay since, CivilDay until)
      : tables_(tables), since_(since), until_(until), ranges_(kSlots) {}

  // The codes that `code` became; count is kNone if it is no unit's.
  Range Of(const char* code, std::size_t stride) {
    std::size_t size = 0;
    const std::size_t slot = SlotOf(code, stride, size);
    if (slot == kSlots) return {0, kNone};
    if (ranges_[slot].count == kUntried) ranges_[slot] = Trace({code, size});
    return ranges_[slot];
  }
  const Code* codes() const { return codes_.data(); }

 private:
  static constexpr std::size_t kSlots = 101100;  // 100 provinces, 1,000 districts, 100,000 communes

  static std::size_t SlotOf(const char* code, std::size_t stride, std::size_t& size) {
    std::size_t number = 0;
    for (; size < stride && code[size] != '\0'; ++size) {
      const auto digit = static_cast<unsigned char>(code[size] - '0');
      if (digit > 9 || size == 5) return kSlots;
      number = number * 10 + digit;
    }
    switch (size) {
      case 5:
        return number;
      case 3:
        return 100000 + number;
      case 2:
        return 101000 + number;
      default:
        return kSlots;
    }
  }

  Range Trace(std::string_view code) {
    const std::uint32_t row = tables_.FindCode(code);
    const std::uint32_t spell = row == kNoRow ? kNoRow : tables_.SpellOn(row, ToNumber(since_));
    if (spell == kNoRow) return {0, kNone};
    const auto first = static_cast<std::uint32_t>(codes_.size());
    if (tables_.spells[spell].level == static_cast<std::uint8_t>(Level::kDistrict)) {
      for (const auto& edge : motcua::Trace(tables_, spell, since_, until_, true).edges)
        Add(edge.unit.spell());
    } else {
      for (const std::uint32_t end :
           TraceEnds(tables_, spell, ToNumber(since_), ToNumber(until_), true))
        Add(end);
    }
    return {first, static_cast<std::uint32_t>(codes_.size()) - first};
  }

  void Add(std::uint32_t spell) {
    Code code{};
    const std::string_view text = CodeText(tables_.spells[spell].code);
    std::copy_n(text.begin(), std::min(text.size(), code.size()), code.begin());
    codes_.push_back(code);
  }

  const RegistryTables& tables_;
  const CivilDay since_;
  const CivilDay until_;
  std::vector<Range> ranges_;
  std::vector<Code> codes_;
};

}  // namespace

absl::StatusOr<Translation> Registry::Translate(const char* codes, std::size_t count,
                                                std::size_t stride, CivilDay since,
                                                CivilDay until) const {
  MOTCUA_RETURN_IF_ERROR(CheckOrder(since, until));
  Translator translator(*tables_, since, until);
  Translation result;
  result.offsets.reserve(count + 1);
  result.codes.reserve(count + count / 8);
  result.offsets.push_back(0);
  for (std::size_t i = 0; i < count; ++i) {
    const Translator::Range found = translator.Of(codes + i * stride, stride);
    if (found.count == 1) {
      result.codes.push_back(translator.codes()[found.first]);
    } else if (found.count != Translator::kNone) {
      const Code* first = translator.codes() + found.first;
      result.codes.insert(result.codes.end(), first, first + found.count);
    } else {
      result.unknown.push_back(i);
    }
    result.offsets.push_back(static_cast<std::int64_t>(result.codes.size()));
  }
  return result;
}

}  // namespace motcua
