// Form II.06a (Tình hình, kết quả giải quyết thủ tục hành chính): what was received,
// resolved and is pending in a period, counted from the dossiers themselves.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Statistics statistics,
//                           Count(dossiers, CivilDay(2025, 7, 1), CivilDay(2025, 7, 29),
//                                 std::vector{Grouping::kAgency}));
//
// The status on a past day cannot be read from today's, so counting folds the log
// as of the end of the last day. Days are compared, never minutes.
#ifndef MOTCUA_STATISTICS_COUNTS_H_
#define MOTCUA_STATISTICS_COUNTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "motcua/base/civil.h"
#include "motcua/dossiers/register.h"

namespace motcua {

// A dossier is counted from its acceptance on; a refusal before it never is. The
// identities always hold:
//   received + carried_over = resolved + pending      received = online + direct and postal
//   resolved = early + on_time + overdue              pending = within + overdue
struct Counts {
  std::int64_t received_online = 0;  // accepted in the period
  std::int64_t received_direct_postal = 0;
  std::int64_t carried_over = 0;     // accepted before it, and open or finished in it
  std::int64_t early = 0;            // finished in the period, before the due day
  std::int64_t on_time = 0;          // on the due day, or without one
  std::int64_t overdue = 0;          // after it
  std::int64_t returned = 0;         // the part of resolved that was not eligible (status 8)
  std::int64_t pending_within = 0;   // open at the end of the last day, and not overdue
  std::int64_t pending_overdue = 0;  // open, its due day before the last day

  std::int64_t received() const { return received_online + received_direct_postal; }
  std::int64_t processed() const { return received() + carried_over; }  // column 3 of the form
  std::int64_t resolved() const { return early + on_time + overdue; }
  std::int64_t pending() const { return pending_within + pending_overdue; }
  // 100 x (early + on_time) / resolved, in hundredths of a percent, half up; -1 if
  // nothing was resolved. 9725 is 97.25 %.
  std::int64_t on_time_rate() const;

  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

// What rows are made of. Stable numbers: they cross the C ABI.
enum class Grouping : std::uint8_t {
  kAgency = 0,  // who held the dossier when it finished; of an open one, who holds it
  kField = 1,   // lĩnh vực, from the catalogue; empty without one
  kProcedure = 2,
  kChannel = 3,  // direct, online, postal
};
inline constexpr int kGroupingCount = 4;
std::string_view NameOf(Grouping grouping);

struct CountRow {
  std::vector<std::string> keys;  // one a grouping, in the order asked for
  Counts counts;
};

struct Statistics {
  CivilDay first;
  CivilDay last;  // inclusive
  std::vector<Grouping> by;
  std::vector<CountRow> rows;  // by keys; groups in which nothing is counted are left out
  Counts total;
};

// Counts the period [first, last]. Errors: kInvalidArgument if last < first or a
// grouping comes twice. Complexity: one fold of the log, then O(dossiers log groups).
absl::StatusOr<Statistics> Count(const DossierRegister& dossiers, CivilDay first, CivilDay last,
                                 std::span<const Grouping> by);

}  // namespace motcua

#endif  // MOTCUA_STATISTICS_COUNTS_H_
