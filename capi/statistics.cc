// motcua/c/statistics.h
#include "dossiers_boundary.h"
#include "motcua/statistics/counts.h"
#include "motcua/statistics/form.h"
#include "units_boundary.h"

struct motcua_statistics {
  motcua::Statistics value;
};

using namespace motcua::capi;  // NOLINT: this file is the C face of the room statistics
using motcua::Counts;
using motcua::Error;
using motcua::Grouping;
using motcua::Reason;

motcua_status motcua_statistics_count(const motcua_register* dossiers, int32_t first, int32_t last,
                                      const motcua_grouping* by, size_t by_count,
                                      motcua_statistics** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(dossiers, "register"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay from, Day(first, "first"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay to, Day(last, "last"));
    if (by_count != 0) MOTCUA_RETURN_IF_ERROR(Require(by, "by"));
    std::vector<Grouping> groupings;
    for (size_t k = 0; k < by_count; ++k) {
      if (by[k] < 0 || by[k] >= motcua::kGroupingCount) {
        return Error(Reason::kInvalidArgument, "by", std::to_string(by[k]),
                     "a grouping, MOTCUA_BY_AGENCY to MOTCUA_BY_CHANNEL");
      }
      groupings.push_back(static_cast<Grouping>(by[k]));
    }
    MOTCUA_ASSIGN_OR_RETURN(motcua::Statistics statistics,
                            Count(dossiers->value, from, to, groupings));
    *out = new motcua_statistics{std::move(statistics)};
    return absl::OkStatus();
  });
}

size_t motcua_statistics_size(const motcua_statistics* statistics) {
  return statistics == nullptr ? 0 : statistics->value.rows.size();
}

motcua_text motcua_statistics_key(const motcua_statistics* statistics, size_t i, size_t k) {
  if (statistics == nullptr || i >= statistics->value.rows.size()) return Text("");
  const auto& keys = statistics->value.rows[i].keys;
  return k < keys.size() ? Text(keys[k]) : Text("");
}

namespace {

absl::Status WriteCounts(const Counts& counts, motcua_counts* out) {
  return WriteStruct(
      {0, 0, counts.received_online, counts.received_direct_postal, counts.received(),
       counts.carried_over, counts.processed(), counts.resolved(), counts.early, counts.on_time,
       counts.overdue, counts.returned, counts.pending(), counts.pending_within,
       counts.pending_overdue, counts.on_time_rate()},
      out, "out");
}

}  // namespace

motcua_status motcua_statistics_get(const motcua_statistics* statistics, size_t i,
                                    motcua_counts* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(statistics, "statistics"));
    MOTCUA_RETURN_IF_ERROR(CheckIndex(i, statistics->value.rows.size(), "i"));
    return WriteCounts(statistics->value.rows[i].counts, out);
  });
}

motcua_status motcua_statistics_total(const motcua_statistics* statistics, motcua_counts* out,
                                      motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(statistics, "statistics"));
    return WriteCounts(statistics->value.total, out);
  });
}

motcua_text motcua_form_heading(size_t k) {
  return k < motcua::kFormColumnCount ? Text(motcua::FormHeading(static_cast<int>(k))) : Text("");
}

motcua_status motcua_statistics_to_csv(const motcua_statistics* statistics, motcua_buffer** out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(statistics, "statistics"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    *out = new motcua_buffer{ToCsv(statistics->value)};
    return absl::OkStatus();
  });
}

motcua_status motcua_statistics_to_html(const motcua_statistics* statistics, motcua_text title,
                                        const motcua_text* keys, const motcua_text* names,
                                        size_t name_count, motcua_buffer** out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(statistics, "statistics"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (name_count != 0) {
      MOTCUA_RETURN_IF_ERROR(Require(keys, "keys"));
      MOTCUA_RETURN_IF_ERROR(Require(names, "names"));
    }
    motcua::KeyNames name_of;
    for (size_t k = 0; k < name_count; ++k) {
      name_of.emplace_back(std::string(View(keys[k])), std::string(View(names[k])));
    }
    *out = new motcua_buffer{ToHtml(statistics->value, View(title), name_of)};
    return absl::OkStatus();
  });
}

void motcua_statistics_free(motcua_statistics* statistics) { delete statistics; }
