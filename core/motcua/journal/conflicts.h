// Finding events that were written side by side and do not go together; the rule is in
// docs/decisions/0024.
#ifndef MOTCUA_JOURNAL_CONFLICTS_H_
#define MOTCUA_JOURNAL_CONFLICTS_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "motcua/journal/journal.h"

namespace motcua {

class ConflictFinder {
 public:
  explicit ConflictFinder(Journal& journal) : journal_(journal) {}

  // The conflicts of these dossiers in which one of these rows takes part. The caller
  // holds the journal, and SetAside has been run.
  absl::StatusOr<std::vector<Conflict>> Among(const std::set<std::string>& dossiers,
                                              const std::set<std::int64_t>& rows);
  // All conflicts.
  absl::StatusOr<std::vector<Conflict>> All();

 private:
  // Where a row was written.
  struct Place {
    std::uint64_t epoch, turn;
  };

  // An act of an officer.
  struct Mark {
    EventKind kind;
    std::string id;
    std::int64_t sequence;  // of the row that stands
    Place place;            // its own
  };

  // What the fold did with an event.
  struct Effect {
    std::size_t order = 0;  // among the events of its dossier
    bool applied = false;
    bool moves = false;  // the status
  };
  class Folder;

  absl::Status AddMark(const DecodedRow& row);
  absl::Status AddSetAside(const DecodedRow& row);
  absl::Status AddSideBySide();
  // Of an event, all rows that say the same: `place` is that of the one that stands.
  std::vector<Place> PlacesOf(std::string_view id, const Place& place) const;
  // Whether the writer of one of the first knew one of the others.
  bool Knew(const std::vector<Place>& by, const std::vector<Place>& places) const;
  bool AreSideBySide(const Mark& a, const Mark& b) const;
  absl::Status AddPairs(const std::string& dossier,
                        const std::vector<std::pair<const Mark*, const Mark*>>& pairs,
                        Folder& folder);
  std::vector<Conflict> Sorted() const;

  Journal& journal_;
  std::map<std::string, std::vector<Mark>> marks_;                  // by dossier
  std::map<std::string, std::vector<Place>, std::less<>> repeats_;  // by id, beside the standing
  // With the ids of both, so that the order is the same in every journal.
  std::map<std::tuple<std::string, ConflictKind, std::string, std::string, std::string>, Conflict>
      found_;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_CONFLICTS_H_
