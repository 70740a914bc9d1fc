// motcua/c/explanation.h
#include "motcua/c/explanation.h"

#include <deque>

#include "motcua/time/explanation.h"
#include "motcua/time/recomputation.h"
#include "time_handles.h"

using motcua::capi::Guard;
using motcua::capi::ReadOptions;
using motcua::capi::Require;
using motcua::capi::Text;

struct motcua_explanation {
  struct Day {
    motcua::ExplainedDay day;
    std::string reason, source;
  };
  std::vector<Day> days;
};

struct motcua_recomputation {
  std::vector<motcua::MovedDeadline> moved;
  std::vector<std::vector<int32_t>> days;  // of each row
  std::vector<motcua_moved_deadline> rows;
};

motcua_status motcua_deadline_explain(const motcua_calendar* calendar,
                                      const motcua_time_limit* limit, int64_t accepted_at,
                                      const motcua_deadline_options* options, int32_t language,
                                      motcua_explanation** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(limit, "limit"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (language != MOTCUA_VIETNAMESE && language != MOTCUA_ENGLISH) {
      return Error(motcua::Reason::kInvalidArgument, "language", std::to_string(language),
                   "Vietnamese or English");
    }
    std::vector<motcua::Pause> pauses;
    MOTCUA_ASSIGN_OR_RETURN(const motcua::DeadlineOptions read, ReadOptions(options, pauses));
    MOTCUA_ASSIGN_OR_RETURN(std::vector<motcua::ExplainedDay> days,
                            motcua::Explain(calendar->value, limit->value, accepted_at, read));
    auto made = std::make_unique<motcua_explanation>();
    const auto spoken = static_cast<motcua::Language>(language);
    for (motcua::ExplainedDay& day : days) {
      std::string reason = motcua::Describe(day, spoken);
      std::string source = motcua::SourceOf(day, spoken);
      made->days.push_back({std::move(day), std::move(reason), std::move(source)});
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_explanation_count(const motcua_explanation* explanation) {
  return explanation == nullptr ? 0 : explanation->days.size();
}

motcua_status motcua_explanation_get(const motcua_explanation* explanation, size_t k,
                                     motcua_explained_day* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (k >= motcua_explanation_count(explanation)) {
      return Error(motcua::Reason::kInvalidArgument, "k", std::to_string(k),
                   "an index below the explanation's count");
    }
    const motcua_explanation::Day& day = explanation->days[k];
    motcua_explained_day made = MOTCUA_EXPLAINED_DAY_INIT;
    made.struct_size = out->struct_size;
    made.day = day.day.day;
    made.mark = static_cast<int32_t>(day.day.mark);
    made.due = day.day.due ? 1 : 0;
    made.provisional = day.day.provisional ? 1 : 0;
    made.minutes = day.day.minutes;
    made.reason = Text(day.reason);
    made.source = Text(day.source);
    std::memcpy(out, &made, std::min<size_t>(out->struct_size, sizeof(made)));
    return absl::OkStatus();
  });
}

void motcua_explanation_free(motcua_explanation* explanation) { delete explanation; }

motcua_status motcua_recompute(const motcua_calendar* before, const motcua_calendar* after,
                               const motcua_clock* clocks, size_t count, motcua_recomputation** out,
                               motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(before, "before"));
    MOTCUA_RETURN_IF_ERROR(Require(after, "after"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(clocks, "clocks"));
    std::deque<std::vector<motcua::Pause>> pauses;  // does not move what the options borrow
    std::vector<motcua::OpenClock> open;
    for (size_t k = 0; k < count; ++k) {
      MOTCUA_RETURN_IF_ERROR(Require(clocks[k].limit, "clocks[].limit"));
      MOTCUA_ASSIGN_OR_RETURN(const motcua::DeadlineOptions options,
                              ReadOptions(clocks[k].options, pauses.emplace_back()));
      open.push_back({clocks[k].limit->value, clocks[k].accepted_at, options});
    }
    auto made = std::make_unique<motcua_recomputation>();
    MOTCUA_ASSIGN_OR_RETURN(made->moved, motcua::Recompute(before->value, after->value, open));
    for (const motcua::MovedDeadline& moved : made->moved) {
      std::vector<int32_t>& days = made->days.emplace_back();
      for (const motcua::ChangedDay& change : moved.changes) days.push_back(change.day);
    }
    for (size_t k = 0; k < made->moved.size(); ++k) {
      const motcua::MovedDeadline& moved = made->moved[k];
      made->rows.push_back({moved.dossier, moved.before.due, moved.after.due, made->days[k].data(),
                            made->days[k].size(), moved.after.paused ? 1 : 0,
                            moved.after.provisional ? 1 : 0, moved.before.left_at_pause,
                            moved.after.left_at_pause});
    }
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_recomputation_count(const motcua_recomputation* recomputation) {
  return recomputation == nullptr ? 0 : recomputation->rows.size();
}

const motcua_moved_deadline* motcua_recomputation_at(const motcua_recomputation* recomputation,
                                                     size_t k) {
  return k < motcua_recomputation_count(recomputation) ? &recomputation->rows[k] : nullptr;
}

motcua_status motcua_recomputation_changed_day(const motcua_recomputation* recomputation, size_t k,
                                               size_t day, motcua_changed_day* out,
                                               motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (k >= motcua_recomputation_count(recomputation) ||
        day >= recomputation->moved[k].changes.size()) {
      return Error(motcua::Reason::kInvalidArgument, "k, day",
                   std::to_string(k) + ", " + std::to_string(day), "a changed day of a row");
    }
    const motcua::ChangedDay& change = recomputation->moved[k].changes[day];
    motcua_changed_day made = MOTCUA_CHANGED_DAY_INIT;
    made.struct_size = out->struct_size;
    made.day = change.day;
    made.old_minutes = change.old_minutes;
    made.new_minutes = change.new_minutes;
    made.name = Text(change.what);
    made.source = Text(change.source);
    std::memcpy(out, &made, std::min<size_t>(out->struct_size, sizeof(made)));
    return absl::OkStatus();
  });
}

void motcua_recomputation_free(motcua_recomputation* recomputation) { delete recomputation; }
