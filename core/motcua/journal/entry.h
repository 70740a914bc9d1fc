// What a journal answers with: an event and where it stands, a verification, a conflict.
#ifndef MOTCUA_JOURNAL_ENTRY_H_
#define MOTCUA_JOURNAL_ENTRY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/dossiers/event.h"
#include "motcua/journal/chain.h"

namespace motcua {

// An event as a journal shows it; views live as long as the call that shows it.
struct JournalEntry {
  std::int64_t sequence = 0;
  std::uint64_t turn = 0;
  std::uint64_t epoch = 0;
  std::int64_t recorded_at = 0;  // UTC milliseconds since 1970, by the writer's clock
  Hash hash{};
  Event event;                      // personal data opened where its key exists
  std::vector<std::string> erased;  // names of fields whose key was destroyed
};

// Where a chain stands: whoever keeps this outside can tell later that nothing
// before it was changed or cut off.
struct JournalHead {
  std::int64_t sequence = 0;
  Hash hash{};
};

struct Verification {
  std::int64_t events = 0;     // rows whose links hold, from the first
  JournalHead head;            // the last of them
  std::int64_t broken_at = 0;  // sequence number of the first broken link; 0: none
  std::string problem;         // what is wrong; empty: nothing
  bool ok() const { return problem.empty(); }
};

// Two events of which one sets the other aside. Both stay in the journal. Beside kId these are
// acts of officers of whom neither knew of the other; what the fold applies stands.
enum class ConflictKind : std::uint8_t {
  kId = 0,          // one id, two contents: the one of the lower turn, then epoch, then hash stands
  kAcceptance = 1,  // accepted, refused or asked to be completed here, and again there
  kOutcome = 2,     // finished, stopped or withdrawn differently
  kExtension = 3,   // two extensions, of which the law allows one
  kSupplement = 4,  // two requests of a supplement
  kHolder = 5,      // forwarded or transferred to two places
  kOfficer = 6,     // assigned twice
  kPayment = 7,     // two requests of a payment
  kHandOver = 8,    // the result handed over twice
  kStatus = 9,      // different acts, of which one does not apply after the other or undoes it
};
inline constexpr int kConflictKindCount = 10;

constexpr std::string_view NameOf(ConflictKind kind) {
  constexpr std::string_view kNames[kConflictKindCount] = {
      "id",     "acceptance", "outcome", "extension", "supplement",
      "holder", "officer",    "payment", "hand_over", "status"};
  return kNames[static_cast<int>(kind)];
}

struct Conflict {
  ConflictKind kind = ConflictKind::kId;
  std::string dossier;
  std::int64_t stands = 0;  // sequence numbers
  std::int64_t set_aside = 0;
  bool both_applied = false;  // by the fold, one after the other
  friend bool operator==(const Conflict&, const Conflict&) = default;
};

// In words, which one stands and why.
std::string_view RuleOf(const Conflict& conflict);

// A clock that cannot have been right.
enum class SkewKind : std::uint8_t {
  kAhead = 0,      // written down later than it is now here
  kBehind = 1,     // written down before what its writer already knew
  kFuture = 2,     // happened later than it was written down
  kBackwards = 3,  // happened before an earlier known event of its dossier
};
inline constexpr int kSkewKindCount = 4;

constexpr std::string_view NameOf(SkewKind kind) {
  constexpr std::string_view kNames[kSkewKindCount] = {"ahead", "behind", "future", "backwards"};
  return kNames[static_cast<int>(kind)];
}

struct ClockSkew {
  SkewKind kind = SkewKind::kAhead;
  std::int64_t events = 0;   // how many show it
  std::int64_t minutes = 0;  // the most that one of them is off
  std::string event;         // id of that one
};

struct MergeReport {
  // Rows of the branch: of events that were new, and of events that were here already, be it
  // with a row that is new and now lies beside theirs.
  std::int64_t added = 0;
  std::int64_t duplicates = 0;
  std::vector<Conflict> conflicts;  // that the new events brought
  std::vector<ClockSkew> skews;     // that the new events show
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_ENTRY_H_
