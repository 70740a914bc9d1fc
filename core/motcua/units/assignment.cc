#include "motcua/units/assignment.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <unordered_map>

namespace motcua {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFFu;

}  // namespace

// A search for the cheapest way to give a row a column: it takes one from another row,
// which takes one from a third, until a column is free or a row stays without one.
// Costs are those above the prices, so that none is negative.
struct Assignment::Search {
  struct Step {
    int cost;
    std::uint32_t column;    // kNone: `from_row` stays without one
    std::uint32_t from_row;  // the row that takes it
    bool operator>(const Step& other) const { return cost > other.cost; }
  };

  explicit Search(const Assignment& of) : all(of) {}

  // Every column that the row may take instead of its own, `cost` having been paid.
  void Leave(std::uint32_t row, int cost) {
    for (const Offer& offer : all.offers_[row]) {
      if (offer.column == all.column_of_[row] || taken_from.contains(offer.column)) continue;
      steps.push(
          {cost + all.profit_[row] - offer.worth + all.price_[offer.column], offer.column, row});
    }
  }

  // The cheapest step not taken yet; nothing if none is left.
  std::optional<Step> Next() {
    while (!steps.empty()) {
      const Step step = steps.top();
      steps.pop();
      if (step.column == kNone || !taken_from.contains(step.column)) return step;
    }
    return std::nullopt;
  }

  // The row that has the column gives it up and looks for another, or for none.
  void Displace(const Step& step) {
    taken_from.emplace(step.column, step);
    const std::uint32_t row = all.row_of_[step.column];
    steps.push({step.cost + all.profit_[row], kNone, row});
    Leave(row, step.cost);
  }

  const Assignment& all;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> steps;
  std::unordered_map<std::uint32_t, Step> taken_from;  // by column
};

Assignment::Assignment(std::vector<std::vector<Offer>> offers, std::size_t columns)
    : offers_(std::move(offers)),
      column_of_(offers_.size(), kNone),
      row_of_(columns, kNone),
      price_(columns, 0),
      profit_(offers_.size(), 0) {
  for (std::uint32_t row = 0; row < offers_.size(); ++row) Place(row);
  FormGroups();
}

void Assignment::FormGroups() {
  std::vector<std::uint32_t> leader(offers_.size() + price_.size());  // rows, then columns
  std::iota(leader.begin(), leader.end(), 0u);
  const auto find = [&](std::uint32_t node) {
    while (leader[node] != node) node = leader[node] = leader[leader[node]];
    return node;
  };
  const auto rows = static_cast<std::uint32_t>(offers_.size());
  for (std::uint32_t row = 0; row < rows; ++row)
    for (const Offer& offer : offers_[row]) leader[find(rows + offer.column)] = find(row);
  std::vector<std::uint32_t> group_of(leader.size(), kNone);
  for (std::uint32_t node = 0; node < leader.size(); ++node) {
    std::uint32_t& group = group_of[find(node)];
    if (group == kNone) {
      group = static_cast<std::uint32_t>(groups_.size());
      groups_.emplace_back();
    }
    if (node < rows) {
      groups_[group].rows.push_back(node);
      group_of_.push_back(group);
    } else {
      groups_[group].columns.push_back(node - rows);
    }
  }
}

void Assignment::Place(std::uint32_t row) {
  for (const Offer& offer : offers_[row])
    profit_[row] = std::max(profit_[row], offer.worth - price_[offer.column]);
  for (const Offer& offer : offers_[row]) {
    if (row_of_[offer.column] != kNone || offer.worth < profit_[row]) continue;
    column_of_[row] = offer.column;  // nothing is better, and nobody has it
    row_of_[offer.column] = row;
    return;
  }
  Search search(*this);
  search.steps.push({profit_[row], kNone, row});
  search.Leave(row, 0);
  auto step = search.Next();
  while (step->column != kNone && row_of_[step->column] != kNone) {
    search.Displace(*step);
    step = search.Next();
  }
  const int total = step->cost;
  for (const auto& [column, taken] : search.taken_from) {
    profit_[row_of_[column]] -= total - taken.cost;
    price_[column] += total - taken.cost;
  }
  profit_[row] -= total;
  // Back along the way: each row takes what the next one gave up.
  std::uint32_t column = step->column;
  std::uint32_t taker = step->from_row;
  while (true) {
    const std::uint32_t given_up = column_of_[taker];
    column_of_[taker] = column;
    if (column != kNone) row_of_[column] = taker;
    if (taker == row) return;
    column = given_up;
    taker = search.taken_from.at(column).from_row;
  }
}

std::optional<std::uint32_t> Assignment::ColumnOf(std::size_t row) const {
  if (column_of_[row] == kNone) return std::nullopt;
  return column_of_[row];
}

int Assignment::LossIfMoved(std::size_t row, int limit) const {
  Search search(*this);
  search.Leave(static_cast<std::uint32_t>(row), 0);
  bool one_less = false;  // the way so far takes a free column, or leaves a row without one
  for (auto step = search.Next(); step && step->cost < limit; step = search.Next()) {
    if (step->column == column_of_[row] && step->column != kNone) return step->cost;
    if (step->column != kNone && row_of_[step->column] != kNone) {
      search.Displace(*step);
      continue;
    }
    if (column_of_[row] == kNone) return step->cost;
    if (one_less) continue;
    // Some column may now be free instead, or go to a row that had none.
    one_less = true;
    const Group& group = groups_[group_of_[row]];
    for (const std::uint32_t column : group.columns)
      if (row_of_[column] != kNone) search.steps.push({step->cost + price_[column], column, kNone});
    for (const std::uint32_t other : group.rows)
      if (column_of_[other] == kNone) search.Leave(other, step->cost);
  }
  return limit;
}

}  // namespace motcua
