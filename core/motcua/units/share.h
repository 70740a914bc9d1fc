// The algebra of what moves along succession. Internal to the room.
//
// A share says how much of a unit's land and how many of its residents went one
// way: none, a part, all. Shares combine along a path and beside each other.
#ifndef MOTCUA_UNITS_SHARE_H_
#define MOTCUA_UNITS_SHARE_H_

#include <algorithm>
#include <cstdint>

#include "motcua/units/succession.h"

namespace motcua {

enum class Amount : std::uint8_t { kNone, kPart, kAll };

struct Share {
  Amount land = Amount::kAll;
  Amount people = Amount::kAll;
  bool unchanged = true;  // nothing was joined or parted on the way
  bool known = true;
};

constexpr Share ShareOf(Moved moved) {
  switch (moved) {
    case Moved::kAll:
      return {Amount::kAll, Amount::kAll, false, true};
    case Moved::kUnchanged:
      return {Amount::kAll, Amount::kAll, true, true};
    case Moved::kArea:
      return {Amount::kPart, Amount::kNone, false, true};
    case Moved::kAreaPopulation:
      return {Amount::kPart, Amount::kPart, false, true};
    case Moved::kAreaAllPopulation:
      return {Amount::kPart, Amount::kAll, false, true};
    case Moved::kPopulation:
      return {Amount::kNone, Amount::kPart, false, true};
    case Moved::kUnknown:
      break;
  }
  return {Amount::kPart, Amount::kPart, false, false};
}

constexpr Moved MovedOf(const Share& share) {
  if (!share.known) return Moved::kUnknown;
  if (share.land == Amount::kAll && share.people == Amount::kAll)
    return share.unchanged ? Moved::kUnchanged : Moved::kAll;
  if (share.land == Amount::kNone)
    return share.people == Amount::kNone ? Moved::kUnknown : Moved::kPopulation;
  if (share.people == Amount::kNone) return Moved::kArea;
  return share.people == Amount::kAll ? Moved::kAreaAllPopulation : Moved::kAreaPopulation;
}

// First a, then b of what a carried: a part of a part may be empty, and is called a part.
constexpr Share Along(const Share& a, const Share& b) {
  return {std::min(a.land, b.land), std::min(a.people, b.people), a.unchanged && b.unchanged,
          a.known && b.known};
}

// Both a and b, two ways to the same unit. Two parts are called a part.
constexpr Share Beside(const Share& a, const Share& b) {
  return {std::max(a.land, b.land), std::max(a.people, b.people), false, a.known && b.known};
}

}  // namespace motcua

#endif  // MOTCUA_UNITS_SHARE_H_
