// One-to-one assignment of rows to columns, of the greatest worth in all. Internal to
// the room.
//
// Where two rows want the same unit, taking the best pair first may leave one of them
// with nothing although both could have been placed. This weighs the rows together, by
// shortest augmenting paths over prices of columns, so that only rows that share
// columns, directly or by others, cost each other time.
#ifndef MOTCUA_UNITS_ASSIGNMENT_H_
#define MOTCUA_UNITS_ASSIGNMENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace motcua {

struct Offer {
  std::uint32_t column = 0;
  int worth = 0;  // more than 0: what it is worth that the row has this column
};

class Assignment {
 public:
  // `offers` of each row; columns lie below `columns`. A row may stay without one.
  Assignment(std::vector<std::vector<Offer>> offers, std::size_t columns);

  std::optional<std::uint32_t> ColumnOf(std::size_t row) const;

  // What all rows together lose if this one takes another column than it has; `limit`
  // if it is that or more, or the row has no other.
  int LossIfMoved(std::size_t row, int limit) const;

 private:
  struct Search;
  // Rows that share columns, directly or by others.
  struct Group {
    std::vector<std::uint32_t> rows, columns;
  };
  void Place(std::uint32_t row);
  void FormGroups();

  std::vector<std::vector<Offer>> offers_;
  std::vector<std::uint32_t> column_of_;  // by row
  std::vector<std::uint32_t> row_of_;     // by column
  std::vector<int> price_;                // of columns; a free one costs nothing
  std::vector<int> profit_;               // of rows: the most that an offer leaves
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_;  // by row
};

}  // namespace motcua

#endif  // MOTCUA_UNITS_ASSIGNMENT_H_
