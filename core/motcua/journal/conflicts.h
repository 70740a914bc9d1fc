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
  // An act of an officer.
  struct Mark {
    EventKind kind;
    std::string id;
    std::uint64_t turn, epoch;
    std::int64_t sequence;
  };

  // What the fold did with an event.
  struct Effect {
    std::size_t order = 0;  // among the events of its dossier
    bool applied = false;
    bool moves = false;  // the status
  };
  class Folder;

  absl::Status AddMark(const DecodedRow& row);
  absl::Status AddSameId(const DecodedRow& set_aside);
  absl::Status AddSideBySide();
  bool AreSideBySide(const Mark& a, const Mark& b) const;
  absl::Status AddPairs(const std::string& dossier,
                        const std::vector<std::pair<const Mark*, const Mark*>>& pairs,
                        Folder& folder);
  std::vector<Conflict> Sorted() const;

  Journal& journal_;
  std::map<std::string, std::vector<Mark>> marks_;  // by dossier
  // With the ids of both, so that the order is the same in every journal.
  std::map<std::tuple<std::string, ConflictKind, std::string, std::string, std::string>, Conflict>
      found_;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_CONFLICTS_H_
