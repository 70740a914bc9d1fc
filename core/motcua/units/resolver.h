// The resolver: free text to the units it may mean.
//
//   Resolver resolver(registry);
//   resolver.Resolve("12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", CivilDay(2026, 1, 1))
//   -> 26740 Phường Bến Nghé (2004..2025), abbreviation, rest "12 Lê Lợi",
//      current: Phường Sài Gòn
//
// Old and new names at once, in any order, with or without level words, commas and
// diacritics, with one or two typing errors in long names. The day ranks and never
// hides. Nothing is guessed: where several units fit as well, all are given, below
// 0.9, and marked ambiguous; where a level word stands before a name that no unit
// has, nothing is given.
#ifndef MOTCUA_UNITS_RESOLVER_H_
#define MOTCUA_UNITS_RESOLVER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/text/folding.h"
#include "motcua/units/registry.h"

namespace motcua {

struct Match {
  // As it stands on the day asked for, under whatever name; a name that is of another
  // day and of other ground gives the unit as it was then.
  Unit unit;
  double score = 0;             // 0..1; 0.9 or more: certain, every part fits and nothing rivals it
  Stage stage = Stage::kExact;  // of the worst part
  bool ambiguous = false;       // another unit fits as well
  std::size_t begin = 0;        // bytes [begin, end) of the text that name the unit itself
  std::size_t end = 0;
  std::string rest;  // what stands before the first part that matched, untouched
};

// The best match of one text of many, without what only a reader wants.
struct BestMatch {
  bool found = false;     // else nothing below is set
  std::string_view code;  // borrowed from the registry
  DayNumber valid_from = 0;
  double score = 0;
  Stage stage = Stage::kExact;
  bool ambiguous = false;
};

// Immutable, cheap to copy. Thread safety: may be shared.
class Resolver {
 public:
  explicit Resolver(Registry registry) : registry_(std::move(registry)) {}

  // Best first, at most `max`, one a unit; none if the text names no unit.
  // Text beyond its last 48 words is not read. O(words + candidates);
  // with typing errors also O(names) of what the text names above them.
  // Errors: kInvalidArgument (not UTF-8, over 4,096 bytes), kOutsideCoverage.
  absl::StatusOr<std::vector<Match>> Resolve(std::string_view text, CivilDay at,
                                             std::size_t max = 5) const;

  // The first of those alone. Errors: as Resolve.
  absl::StatusOr<BestMatch> ResolveBest(std::string_view text, CivilDay at) const;

  // Successors on `today`, those with residents first; the unit itself if it stands.
  std::vector<SuccessionEdge> Current(const Unit& unit, CivilDay today) const;

  const Registry& registry() const { return registry_; }

 private:
  Registry registry_;
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_RESOLVER_H_
