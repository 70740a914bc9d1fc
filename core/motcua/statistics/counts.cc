#include "motcua/statistics/counts.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "motcua/base/status.h"

namespace motcua {
namespace {

// The keys of a group as numbers: of the log's texts, the catalogue's entry, the channel.
using GroupKey = std::array<std::int64_t, kGroupingCount>;

GroupKey KeyOf(const Dossier& dossier, std::span<const Grouping> by) {
  GroupKey key = {};
  for (std::size_t k = 0; k < by.size(); ++k) {
    switch (by[k]) {
      case Grouping::kAgency:
        key[k] = dossier.counted_at;
        break;
      case Grouping::kField:
        key[k] = dossier.entry;
        break;
      case Grouping::kProcedure:
        key[k] = dossier.procedure;
        break;
      case Grouping::kChannel:
        key[k] = static_cast<std::int64_t>(dossier.channel);
        break;
    }
  }
  return key;
}

std::string TextOf(const DossierRegister& dossiers, const Dossier& dossier, Grouping grouping) {
  switch (grouping) {
    case Grouping::kAgency:
      return std::string(dossiers.counted_at(dossier));
    case Grouping::kField:
      return std::string(dossiers.field(dossier));
    case Grouping::kProcedure:
      return std::string(dossiers.procedure(dossier));
    case Grouping::kChannel:
      return std::string(NameOf(dossier.channel));
  }
  return {};
}

// Adds one accepted dossier; false if the period does not concern it.
bool Add(const Dossier& dossier, DayNumber first, DayNumber last, Counts& counts) {
  const bool finished = dossier.finished_at != kNoMinute;
  if (finished && DayOf(dossier.finished_at) < first) return false;
  if (DayOf(dossier.accepted_at) < first) {
    ++counts.carried_over;
  } else if (dossier.channel == Channel::kOnline) {
    ++counts.received_online;
  } else {
    ++counts.received_direct_postal;
  }
  if (!finished) {
    const bool late = dossier.due != kNoMinute && DayOf(dossier.due) < last;
    ++(late ? counts.pending_overdue : counts.pending_within);
    return true;
  }
  switch (Compare(dossier.finished_at, dossier.due)) {
    case Outcome::kEarly:
      ++counts.early;
      break;
    case Outcome::kOverdue:
      ++counts.overdue;
      break;
    default:
      ++counts.on_time;
      break;
  }
  if (dossier.status == DossierStatus::kStopped) ++counts.returned;
  return true;
}

absl::Status CheckArguments(CivilDay first, CivilDay last, std::span<const Grouping> by) {
  if (last < first) {
    return Error(Reason::kInvalidArgument, "last", ToString(last),
                 "a day not before the first, " + ToString(first));
  }
  for (auto grouping = by.begin(); grouping != by.end(); ++grouping) {
    if (std::find(by.begin(), grouping, *grouping) != grouping) {
      return Error(Reason::kInvalidArgument, "by", NameOf(*grouping), "each grouping once");
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::int64_t Counts::on_time_rate() const {
  const std::int64_t all = resolved();
  if (all == 0) return -1;
  return ((early + on_time) * 20000 + all) / (2 * all);
}

Counts& Counts::operator+=(const Counts& other) {
  received_online += other.received_online;
  received_direct_postal += other.received_direct_postal;
  carried_over += other.carried_over;
  early += other.early;
  on_time += other.on_time;
  overdue += other.overdue;
  returned += other.returned;
  pending_within += other.pending_within;
  pending_overdue += other.pending_overdue;
  return *this;
}

std::string_view NameOf(Grouping grouping) {
  constexpr std::array<std::string_view, kGroupingCount> kNames = {"agency", "field", "procedure",
                                                                   "channel"};
  return kNames[static_cast<std::size_t>(grouping)];
}

absl::StatusOr<Statistics> Count(const DossierRegister& dossiers, CivilDay first, CivilDay last,
                                 std::span<const Grouping> by) {
  MOTCUA_RETURN_IF_ERROR(CheckArguments(first, last, by));
  const DayNumber first_day = ToNumber(first);
  const DayNumber last_day = ToNumber(last);
  MOTCUA_ASSIGN_OR_RETURN(const DossierRegister then, dossiers.AsOf(StartOf(last_day + 1) - 1));

  // Counted by numbers first; numbers that stand for one text meet afterwards.
  std::map<GroupKey, std::pair<const Dossier*, Counts>> groups;
  for (const Dossier& dossier : then.dossiers()) {
    if (dossier.accepted_at == kNoMinute) continue;
    Counts one;
    if (!Add(dossier, first_day, last_day, one)) continue;
    auto& [example, counts] = groups[KeyOf(dossier, by)];
    example = &dossier;
    counts += one;
  }
  std::map<std::vector<std::string>, Counts> by_text;
  Statistics statistics{first, last, {by.begin(), by.end()}, {}, {}};
  for (const auto& [key, group] : groups) {
    std::vector<std::string> texts;
    for (const Grouping grouping : by) texts.push_back(TextOf(then, *group.first, grouping));
    by_text[std::move(texts)] += group.second;
    statistics.total += group.second;
  }
  for (auto& [texts, counts] : by_text) statistics.rows.push_back({texts, counts});
  return statistics;
}

}  // namespace motcua
