#include "motcua/units/carry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "motcua/base/status.h"
#include "motcua/units/registry_tables.h"
#include "motcua/units/share.h"

namespace motcua {
namespace {

using Pair = std::pair<std::string, std::string>;

// Whether an edge takes anything of what is counted; what is unknown may.
bool Takes(const SuccessionEdge& edge, CarryBy by) {
  const Share share = ShareOf(edge.moved);
  return (by == CarryBy::kPopulation ? share.people : share.land) != Amount::kNone;
}

bool TakesAll(const SuccessionEdge& edge, CarryBy by) {
  const Share share = ShareOf(edge.moved);
  return share.known && (by == CarryBy::kPopulation ? share.people : share.land) == Amount::kAll;
}

absl::Status RefuseRow(std::size_t row, const absl::Status& status) {
  return Error(ReasonOf(status),
               "row " + std::to_string(row) + ": " + std::string(ToStd(status.message())));
}

absl::StatusOr<std::map<Pair, double>> ReadWeights(std::span<const CarryWeight> given) {
  std::map<Pair, double> weights;
  for (const CarryWeight& row : given) {
    const std::string pair = std::string(row.from) + " to " + std::string(row.to);
    if (!std::isfinite(row.weight) || row.weight < 0)
      return Error(Reason::kInvalidArgument, "weight of " + pair, std::to_string(row.weight),
                   "a number, 0 or more");
    if (!weights.emplace(Pair(row.from, row.to), row.weight).second)
      return Error(Reason::kInvalidArgument, "weights", pair, "one weight for a pair");
  }
  return weights;
}

// value * weight / sum, in parts that add up.
std::vector<std::int64_t> Parted(std::int64_t value, const std::vector<double>& weights) {
  const long double sum = std::accumulate(weights.begin(), weights.end(), 0.0L);
  const std::int64_t sign = value < 0 ? -1 : 1;
  std::vector<std::int64_t> parts(weights.size());
  std::vector<std::pair<long double, std::size_t>> remainders;
  std::int64_t left = value;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const long double exact = static_cast<long double>(value) * (weights[i] / sum);
    parts[i] = static_cast<std::int64_t>(std::trunc(exact));
    left -= parts[i];
    if (weights[i] > 0) remainders.emplace_back(-std::abs(exact - std::trunc(exact)), i);
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t k = 0; left != 0; k = (k + 1) % remainders.size()) {
    const std::int64_t step = left * sign > 0 ? sign : -sign;
    parts[remainders[k].second] += step;
    left -= step;
  }
  return parts;
}

std::vector<double> Parted(double value, const std::vector<double>& weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> parts(weights.size(), 0.0);
  double left = value;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0) last = i;
  for (std::size_t i = 0; i < last; ++i) {
    parts[i] = value * (weights[i] / sum);
    left -= parts[i];
  }
  parts[last] = left;
  return parts;
}

bool Adds(std::int64_t a, std::int64_t b, std::int64_t& sum) {
  return !__builtin_add_overflow(a, b, &sum);
}
bool Adds(double a, double b, double& sum) {
  sum = a + b;
  return std::isfinite(sum);
}

template <typename Value>
class Carrier {
 public:
  Carrier(const Registry& registry, std::span<const CarriedValue<Value>> values, CivilDay since,
          CivilDay until, CarryBy by, std::map<Pair, double> weights)
      : registry_(registry), since_(since), until_(until), by_(by), weights_(std::move(weights)) {
    for (const CarriedValue<Value>& row : values) {
      const auto unit = registry_.Find(row.code, since_);
      const auto parent = unit.ok() ? unit->parent() : std::nullopt;
      if (parent) counted_below_.emplace(parent->code());
    }
  }

  absl::Status Add(std::size_t row, const CarriedValue<Value>& given) {
    if constexpr (std::is_floating_point_v<Value>) {
      if (!std::isfinite(given.value))
        return Error(Reason::kInvalidArgument, "value", std::to_string(given.value),
                     "a finite number");
    }
    const auto traced = since_ <= until_ ? registry_.Successors(given.code, since_, until_)
                                         : registry_.Predecessors(given.code, since_, until_);
    if (!traced.ok()) return traced.status();
    const auto& edges = traced->edges;
    if (edges.empty()) {
      result_.left.push_back({row, given.value, CarryNote::kNoSuccessor});
      return absl::OkStatus();
    }
    MOTCUA_ASSIGN_OR_RETURN(const std::vector<double> weights, WeightsOf(given.code, edges));
    if (weights.empty()) {
      result_.left.push_back({row, given.value, CarryNote::kSplit});
      return absl::OkStatus();
    }
    // Its communes take the same residents to the same units.
    if (traced->kind == SuccessionKind::kAbolished && counted_below_.contains(given.code)) {
      result_.left.push_back({row, given.value, CarryNote::kCountedBelow});
      return absl::OkStatus();
    }
    const auto parts = Parted(given.value, weights);
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (weights[i] > 0) MOTCUA_RETURN_IF_ERROR(Give(edges[i].unit, parts[i]));
    if (edges.size() == 1 && edges[0].extent == Extent::kUnknown)
      result_.assumed.push_back({row, given.value, CarryNote::kExtentUnknown});
    return absl::OkStatus();
  }

  // That every weight belongs to a row and to one of its successors.
  absl::StatusOr<CarryResult<Value>> Take() {
    for (const auto& [pair, weight] : weights_)
      if (!used_.contains(pair))
        return Error(Reason::kInvalidArgument, "weights", pair.first + " to " + pair.second,
                     "a unit among the values, and one of its successors on " + ToString(until_));
    for (auto& [spell, given] : given_) result_.given.push_back(std::move(given));
    return std::move(result_);
  }

 private:
  // One weight an edge, not all 0; none if nothing says how to part.
  absl::StatusOr<std::vector<double>> WeightsOf(std::string_view code,
                                                const std::vector<SuccessionEdge>& edges) {
    std::vector<double> own(edges.size(), 0);
    bool any = false, enough = true;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const Pair pair(code, edges[i].unit.code());
      if (const auto at = weights_.find(pair); at != weights_.end()) {
        own[i] = at->second;
        any = true;
        used_.insert(pair);
      } else if (Takes(edges[i], by_)) {
        enough = false;
      }
    }
    if (any) {
      if (enough && std::accumulate(own.begin(), own.end(), 0.0) > 0) return own;
      return Error(Reason::kInvalidArgument, "weights", code,
                   "a weight for each of its successors, and one above 0");
    }
    std::size_t takers = 0, only = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (!Takes(edges[i], by_)) continue;
      if (takers == 0 || TakesAll(edges[i], by_)) only = i;
      ++takers;
    }
    const bool forward = since_ <= until_;
    if (edges.size() == 1) return std::vector<double>{1};
    if (takers == 1 || (takers > 1 && forward && TakesAll(edges[only], by_))) {
      own[only] = 1;
      return own;
    }
    return std::vector<double>{};
  }

  absl::Status Give(const Unit& unit, Value part) {
    const auto [at, added] =
        given_.try_emplace(unit.spell(), typename CarryResult<Value>::Given{unit, part});
    if (added || Adds(at->second.value, part, at->second.value)) return absl::OkStatus();
    return Error(Reason::kInvalidArgument, "value", std::string(unit.code()),
                 "values whose sum can be represented");
  }

  const Registry& registry_;
  const CivilDay since_, until_;
  const CarryBy by_;
  const std::map<Pair, double> weights_;
  std::set<std::string, std::less<>> counted_below_;  // the parents of the rows' units
  std::set<Pair> used_;
  std::map<std::uint32_t, typename CarryResult<Value>::Given> given_;
  CarryResult<Value> result_;
};

}  // namespace

std::string_view CarryNoteName(CarryNote note) {
  constexpr std::array<std::string_view, kCarryNoteCount> kNames = {
      "", "no_successor", "split", "extent_unknown", "counted_below"};
  return kNames[static_cast<std::size_t>(note)];
}

template <typename Value>
absl::StatusOr<CarryResult<Value>> Carry(const Registry& registry,
                                         std::span<const CarriedValue<Value>> values,
                                         CivilDay since, CivilDay until,
                                         const CarryOptions& options) {
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(since, "since"));
  MOTCUA_RETURN_IF_ERROR(Registry::CheckDay(until, "until"));
  MOTCUA_ASSIGN_OR_RETURN(auto weights, ReadWeights(options.weights));
  Carrier<Value> carrier(registry, values, since, until, options.by, std::move(weights));
  for (std::size_t row = 0; row < values.size(); ++row)
    if (const absl::Status status = carrier.Add(row, values[row]); !status.ok())
      return RefuseRow(row, status);
  return carrier.Take();
}

template absl::StatusOr<CarryResult<std::int64_t>> Carry(
    const Registry&, std::span<const CarriedValue<std::int64_t>>, CivilDay, CivilDay,
    const CarryOptions&);
template absl::StatusOr<CarryResult<double>> Carry(const Registry&,
                                                   std::span<const CarriedValue<double>>, CivilDay,
                                                   CivilDay, const CarryOptions&);

}  // namespace motcua
