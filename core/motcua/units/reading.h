// One reading of a text, and the best of several. Internal to the room.
#ifndef MOTCUA_UNITS_READING_H_
#define MOTCUA_UNITS_READING_H_

#include <optional>
#include <utility>

#include "motcua/units/chains.h"

namespace motcua {

// The most that an ambiguous or doubtful match may claim.
inline constexpr float kUncertain = 0.85f;
// From this score on a match is certain.
inline constexpr float kCertain = 0.9f;

// One reading of the text's words: its mentions and its chains, best first.
class Reading {
 public:
  // Where `plain`, stretches that are a level word and a name are taken at first sight.
  Reading(const RegistryTables& tables, Words words, DayNumber at, bool plain = false)
      : tables_(&tables), at_(at), words_(std::move(words)) {
    FindMentions(tables_->names, words_, plain, mentions_);
    Build();
  }

  // Looks for names with typing errors too.
  void AddNear() { AddNear(Explained()); }

  // Where all of the text is a name that fits no unit for certain ("Xã Vạn hiện" may be Văn
  // Hiến, or Vạn Thiện without a letter), or is explained but for its marks, weighs names
  // with an error against it.
  void AddNearIfDoubtful();

  // Nothing is left that may be a name with an error.
  bool IsSettled() const;

  // Whether the best chain leaves no name of a unit out before it.
  bool IsWhole() const {
    return !chains_.empty() && LeftOutBefore(chains_.front()) == words_.size();
  }

  // Whether this explains the text better than `other`.
  bool IsBetterThan(const Reading& other) const;

  // Makes every chain less than certain.
  void Doubt() {
    for (UnitChain& chain : chains_) chain.score *= kUncertain;
  }

  // The words of the best chain.
  WordSet Explained() const { return chains_.empty() ? 0 : chains_.front().words; }

  // Makes a unit with nothing above it less than certain where its words were put right
  // ("Xãp Kim Liên"), or only its level word has marks: "Xã Na hang" may be Na Sang; and
  // any unit where one word alone was typed with the keys of marks: "Dak uxi" may be
  // Đăk Pxi with a wrong letter.
  void DoubtIfRepaired();

  // Makes a commune of another day less than certain where one of the day, of nearly
  // the name, lies in the same area: "Xã Ea Tu, Đắk Lắk" may be Ea Tul with a letter
  // lost. Not where a district says that an older one is meant.
  void DoubtIfAdrift();
  void DoubtIfReadTwice();

  // Leaves nothing of a text that names a place which is not there.
  void DropIfUnknown();
  // Marks the chains that no reader could tell from the best.
  absl::InlinedVector<bool, 16> Ambiguous() const;

  const Words& words() const { return words_; }
  const Chains& chains() const { return chains_; }
  const Mention& MentionOf(const UnitChain& chain) const { return mentions_[chain.mention]; }

 private:
  Level LevelOf(const UnitChain& chain) const { return static_cast<Level>(chain.naming->level); }
  UnitType TypeOf(const UnitChain& chain) const {
    return static_cast<UnitType>(chain.naming->type);
  }

  // Words behind the first one of the chain that no part of it explains.
  int Unexplained(const UnitChain& chain) const;

  void Build() {
    FindChains(*tables_, words_, mentions_, at_, chains_);
    Rank();
  }

  // For the words that `explained` leaves.
  void AddNear(WordSet explained);

  // Longer explanations first: what a chain leaves unexplained counts against it.
  void Rank();

  // A name with errors needs something that confirms it.
  bool IsGuess(const UnitChain& chain) const;

  // Whether the best is written in full and the other is not so named, or is of another
  // day and nothing in the text points to it.
  bool YieldsTo(const UnitChain& best, const UnitChain& other) const;
  bool Related(std::uint32_t a, std::uint32_t b) const;
  std::size_t LeftOutBefore(const UnitChain& best) const;
  bool MayHideCommune(const UnitChain& best) const;
  bool LeavesOutInside(const UnitChain& best) const;
  bool HoldsLevelWord(const Mention& mention) const;
  bool MayBeStreet(const UnitChain& best) const;
  bool IsNeighbour(const Mention& near, const UnitChain& best) const;

  const RegistryTables* tables_;
  DayNumber at_;
  Words words_;
  Mentions mentions_;
  Chains chains_;
  mutable std::optional<WordSet> fillers_;  // once they are asked for
};

// The words as they are; then put right; then with typing errors; then as if no comma
// stood in the wrong place. The first reading that leaves nothing open is taken, else
// the best, and what makes it doubtful is weighed.
Reading Read(const RegistryTables& tables, const Words& words, DayNumber at);

}  // namespace motcua

#endif  // MOTCUA_UNITS_READING_H_
