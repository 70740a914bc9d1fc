#include "motcua/identifiers/agency_code.h"

#include <algorithm>

#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::string_view kExpected =
    "a letter A-Y and two digits, then groups of A-Z and 0-9 after dots (H36.12), or the old form "
    "of four groups (000.00.12.H36), at most 35 characters";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

bool IsRoot(std::string_view group) {
  return group.size() == 3 && group[0] >= 'A' && group[0] <= 'Y' && IsDigit(group[1]) &&
         IsDigit(group[2]);
}

bool IsZeros(std::string_view group) {
  return group.find_first_not_of('0') == std::string_view::npos;
}

// The groups between the dots; empty if one of them is, or has other characters.
std::vector<std::string_view> SplitGroups(std::string_view text) {
  std::vector<std::string_view> groups;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view group = text.substr(0, dot);
    if (group.empty() ||
        !std::all_of(group.begin(), group.end(), [](char c) { return IsDigit(c) || IsCapital(c); }))
      return {};
    groups.push_back(group);
    if (dot == std::string_view::npos) return groups;
    text.remove_prefix(dot + 1);
  }
}

bool IsOldForm(const std::vector<std::string_view>& groups) {
  return groups.size() == 4 && groups[0].size() == 3 && groups[1].size() == 2 &&
         groups[2].size() == 2 && IsRoot(groups[3]) && !IsRoot(groups[0]);
}

}  // namespace

absl::StatusOr<AgencyCode> AgencyCode::Parse(std::string_view text, std::string_view field) {
  const auto groups = text.size() <= kMaxSize ? SplitGroups(text) : std::vector<std::string_view>{};
  if (!groups.empty() && IsRoot(groups[0])) return AgencyCode(std::string(text));
  if (!IsOldForm(groups)) return Error(Reason::kInvalidArgument, field, text, kExpected);
  std::string made(groups[3]);
  for (int k = 2; k >= 0; --k) {
    const std::string_view group = groups[static_cast<std::size_t>(k)];
    if (!IsZeros(group)) made.append(".").append(group);
  }
  return AgencyCode(std::move(made));
}

std::vector<std::string_view> AgencyCode::groups() const { return SplitGroups(text_); }

std::optional<std::string> AgencyCode::old_form() const {
  // From the right: the root, two groups of two, one of three.
  std::string slots[3] = {"000", "00", "00"};
  std::size_t slot = 3;
  const auto all = groups();
  for (std::size_t k = 1; k < all.size(); ++k) {
    if (IsZeros(all[k])) return std::nullopt;  // would read back as an empty level
    while (slot > 0 && slots[slot - 1].size() != all[k].size()) --slot;
    if (slot == 0) return std::nullopt;
    slots[--slot] = all[k];
  }
  return slots[0] + "." + slots[1] + "." + slots[2] + "." + std::string(all[0]);
}

std::optional<AgencyCode> AgencyCode::parent() const {
  const std::size_t dot = text_.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  return AgencyCode(text_.substr(0, dot));
}

bool AgencyCode::IsWithin(const AgencyCode& other) const {
  return text_ == other.text_ ||
         (text_.size() > other.text_.size() && text_[other.text_.size()] == '.' &&
          std::string_view(text_).starts_with(other.text_));
}

}  // namespace motcua
