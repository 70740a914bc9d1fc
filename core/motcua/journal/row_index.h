// Which rows have this event id, and which this dossier: held in memory, kept in
// segments that are written once.
//
// A row has two fingerprints of 64 bits. Two texts can share one, so an answer is
// candidates: the caller looks at the rows. About 40 bytes a row.
#ifndef MOTCUA_JOURNAL_ROW_INDEX_H_
#define MOTCUA_JOURNAL_ROW_INDEX_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "motcua/journal/chain.h"

namespace motcua {

// Stable: fingerprints are stored.
std::uint64_t Fingerprint(std::string_view text);

// Rows by one fingerprint: chains of the rows that share it.
class FingerprintTable {
 public:
  // Adds the row after the last.
  void Add(std::uint64_t fingerprint);
  // The same for many rows, faster.
  void Add(std::span<const std::uint64_t> fingerprints);
  void Reserve(std::size_t rows);
  std::size_t size() const { return fingerprints_.size(); }
  std::uint64_t operator[](std::size_t k) const { return fingerprints_[k]; }
  // The rows (1, 2, ...) of a fingerprint, the latest first.
  std::uint32_t Last(std::uint64_t fingerprint) const;
  std::uint32_t Before(std::uint32_t row) const { return before_[row - 1]; }

 private:
  std::size_t SlotOf(std::uint64_t fingerprint) const;
  void Resize(std::size_t slots);

  std::vector<std::uint64_t> fingerprints_;  // of row k + 1
  std::vector<std::uint32_t> before_;        // the row before it with the same; 0: none
  std::vector<std::uint32_t> slots_;         // the last row of a fingerprint; 0: free
  std::size_t used_ = 0;
};

class RowIndex {
 public:
  static constexpr std::int64_t kSegmentRows = 16384;
  static constexpr std::size_t kSegmentBytes = 64 + 16 * kSegmentRows + sizeof(Hash);

  void Add(std::uint64_t id, std::uint64_t dossier, std::uint64_t turn);
  void Reserve(std::size_t rows) {
    ids_.Reserve(rows);
    dossiers_.Reserve(rows);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(ids_.size()); }

  // Candidates in order of sequence.
  std::vector<std::int64_t> WithId(std::string_view id) const;
  std::vector<std::int64_t> WithDossier(std::string_view dossier) const;
  // Whether an earlier row has the same fingerprint of its id.
  bool HasEarlier(std::int64_t row) const {
    return ids_.Before(static_cast<std::uint32_t>(row)) != 0;
  }

  std::uint64_t last_turn() const { return last_turn_; }  // the greatest so far
  bool ordered() const { return ordered_; }               // every turn greater than the one before

  // Rows [first, first + kSegmentRows) as a segment; `last` is the hash of its last row.
  std::string Segment(std::int64_t first, const Hash& last) const;
  // Adds a segment that continues the index, and gives the hash of its last row. False,
  // and nothing added, if it was damaged or does not continue it.
  bool AddSegment(std::string_view bytes, Hash& last);

 private:
  FingerprintTable ids_, dossiers_;
  std::uint64_t last_turn_ = 0;
  bool ordered_ = true;
};

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_ROW_INDEX_H_
