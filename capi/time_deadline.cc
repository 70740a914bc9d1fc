// motcua/c/deadline.h
#include <algorithm>

#include "motcua/time/lateness.h"
#include "motcua/time/latest_acceptance.h"
#include "motcua/time/plain_deadline.h"
#include "row_threads.h"
#include "time_handles.h"

using motcua::MinuteNumber;
using motcua::Strided;
using motcua::capi::Guard;
using motcua::capi::GuardBatch;
using motcua::capi::ReadStruct;
using motcua::capi::Require;

namespace motcua::capi {

absl::StatusOr<Policy> ReadPolicy(std::int32_t policy) {
  if (policy == MOTCUA_BY_DAY) return Policy::kByDay;
  if (policy == MOTCUA_BY_HOUR) return Policy::kByHour;
  return Error(Reason::kInvalidArgument, "policy", std::to_string(policy), "by_day or by_hour");
}

absl::StatusOr<DeadlineOptions> ReadOptions(const motcua_deadline_options* given,
                                            std::vector<Pause>& storage) {
  if (given == nullptr) return DeadlineOptions{};
  motcua_deadline_options read = MOTCUA_DEADLINE_OPTIONS_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "options", read));
  DeadlineOptions options;
  MOTCUA_ASSIGN_OR_RETURN(options.policy, ReadPolicy(read.policy));
  options.extension = read.extension;
  if (read.pause_count > 0) MOTCUA_RETURN_IF_ERROR(Require(read.pauses, "options.pauses"));
  storage.reserve(read.pause_count);
  for (size_t k = 0; k < read.pause_count; ++k) {
    const motcua_pause& pause = read.pauses[k];
    if (pause.practice < MOTCUA_RESUME || pause.practice > MOTCUA_SHIFT) {
      return Error(Reason::kInvalidArgument, "pauses[" + std::to_string(k) + "].practice",
                   std::to_string(pause.practice), "resume, restart or shift");
    }
    storage.push_back({pause.from, pause.to, static_cast<PausePractice>(pause.practice)});
  }
  options.pauses = storage;
  return options;
}

}  // namespace motcua::capi

namespace {

// Of motcua_deadline as it was first published: no caller's struct is smaller.
constexpr std::uint32_t kFirstSize = sizeof(motcua_deadline);

void Write(const motcua::Deadline& deadline, motcua_deadline* out) {
  const motcua_deadline made{out->struct_size,         deadline.pauses_counted,
                             deadline.effective_start, deadline.due,
                             deadline.original_due,    deadline.left_at_pause,
                             deadline.paused ? 1 : 0,  deadline.provisional ? 1 : 0};
  if (made.struct_size >= sizeof(made)) {
    *out = made;
  } else {
    std::memcpy(out, &made, made.struct_size);
  }
}

absl::StatusOr<motcua::Deadline> Read(const motcua_deadline* given) {
  motcua_deadline read = MOTCUA_DEADLINE_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "deadline", read));
  motcua::Deadline deadline;
  deadline.effective_start = read.effective_start;
  deadline.due = read.due;
  deadline.original_due = read.original_due;
  deadline.left_at_pause = read.left_at_pause;
  deadline.pauses_counted = read.pauses_counted;
  deadline.paused = read.paused != 0;
  deadline.provisional = read.provisional != 0;
  return deadline;
}

// The handles' values, gathered so that the batch can index them.
struct Rules {
  std::vector<motcua::WorkingCalendar> calendars;
  std::vector<motcua::TimeLimit> limits;
  motcua::BatchRules rules;
};

absl::StatusOr<motcua_deadline_rules> ReadRules(const motcua_deadline_rules* given, Rules& out) {
  motcua_deadline_rules read = MOTCUA_DEADLINE_RULES_INIT;
  MOTCUA_RETURN_IF_ERROR(ReadStruct(given, "rules", read));
  MOTCUA_ASSIGN_OR_RETURN(out.rules.policy, motcua::capi::ReadPolicy(read.policy));
  MOTCUA_RETURN_IF_ERROR(motcua::capi::ReadHandles(read.calendars, read.calendar_count,
                                                   "rules.calendars", out.calendars));
  MOTCUA_RETURN_IF_ERROR(
      motcua::capi::ReadHandles(read.limits, read.limit_count, "rules.limits", out.limits));
  out.rules.calendars = out.calendars;
  out.rules.limits = out.limits;
  out.rules.calendar_of_row = {read.calendar_of_row, read.calendar_stride};
  out.rules.limit_of_row = {read.limit_of_row, read.limit_stride};
  return read;
}

}  // namespace

motcua_status motcua_time_limit_parse(motcua_text text, motcua_time_limit** out,
                                      motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::TimeLimit limit,
                            motcua::TimeLimit::Parse(motcua::capi::View(text)));
    *out = new motcua_time_limit(limit);
    return absl::OkStatus();
  });
}

motcua_status motcua_time_limit_plus(const motcua_time_limit* limit, const motcua_time_limit* extra,
                                     motcua_time_limit** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(limit, "limit"));
    MOTCUA_RETURN_IF_ERROR(Require(extra, "extra"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::TimeLimit sum, limit->value.Plus(extra->value));
    *out = new motcua_time_limit(sum);
    return absl::OkStatus();
  });
}

motcua_text motcua_time_limit_text(const motcua_time_limit* limit) {
  return motcua::capi::Text(limit == nullptr ? std::string_view() : limit->text);
}

void motcua_time_limit_free(motcua_time_limit* limit) { delete limit; }

namespace {

// Whether the options, all there, ask for a policy at most.
bool AskNothing(const motcua_deadline_options* options) {
  return options == nullptr ||
         (options->struct_size >= sizeof(*options) && options->pause_count == 0 &&
          options->extension == MOTCUA_NO_MINUTE &&
          (options->policy == MOTCUA_BY_DAY || options->policy == MOTCUA_BY_HOUR));
}

// Not inlined: what Guard keeps on the stack would cost the plain call below more than its answer.
[[gnu::noinline]] motcua_status ComputeAny(const motcua_calendar* calendar,
                                           const motcua_time_limit* limit, int64_t accepted_at,
                                           const motcua_deadline_options* options,
                                           motcua_deadline* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(limit, "limit"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (out->struct_size < kFirstSize) {
      return motcua::Error(motcua::Reason::kInvalidArgument, "out.struct_size",
                           std::to_string(out->struct_size),
                           "the size set by MOTCUA_DEADLINE_INIT");
    }
    std::vector<motcua::Pause> pauses;
    MOTCUA_ASSIGN_OR_RETURN(const motcua::DeadlineOptions read,
                            motcua::capi::ReadOptions(options, pauses));
    MOTCUA_ASSIGN_OR_RETURN(
        const motcua::Deadline deadline,
        motcua::ComputeDeadline(calendar->value, limit->value, accepted_at, read));
    Write(deadline, out);
    return absl::OkStatus();
  });
}

}  // namespace

motcua_status motcua_deadline_compute(const motcua_calendar* calendar,
                                      const motcua_time_limit* limit, int64_t accepted_at,
                                      const motcua_deadline_options* options, motcua_deadline* out,
                                      motcua_error** error) {
  // Nearly every call; it allocates nothing and cannot fail. Its answer goes from registers to
  // `out`: a struct written by fields and then copied whole would wait for the writes.
  if (calendar != nullptr && limit != nullptr && out != nullptr &&
      out->struct_size >= sizeof(*out) && AskNothing(options)) {
    const motcua::Policy policy = options != nullptr && options->policy == MOTCUA_BY_HOUR
                                      ? motcua::Policy::kByHour
                                      : motcua::Policy::kByDay;
    const motcua::PlainDeadline plain =
        motcua::ComputePlainDeadline(calendar->value, limit->value, policy, accepted_at);
    if (plain.due != motcua::kNoMinute) {
      out->pauses_counted = 0;
      out->effective_start = plain.effective_start;
      out->due = out->original_due = plain.due;
      out->left_at_pause = 0;
      out->paused = 0;
      out->provisional = plain.provisional(calendar->value) ? 1 : 0;
      return MOTCUA_OK;
    }
  }
  return ComputeAny(calendar, limit, accepted_at, options, out, error);
}

namespace {

// Checks the columns and runs `batch(rules, rows, from, to)` over them, in pieces.
template <typename Batch>
motcua_status RunMinutes(const motcua_deadline_rules* rules, size_t rows,
                         Strided<const int64_t> from, const char* from_name, Strided<int64_t> to,
                         const char* to_name, motcua_error** error, Batch&& batch) {
  return GuardBatch(error, [&]() -> absl::StatusOr<motcua::BatchErrors> {
    Rules gathered;
    MOTCUA_ASSIGN_OR_RETURN(const motcua_deadline_rules read, ReadRules(rules, gathered));
    if (rows > 0) {
      MOTCUA_RETURN_IF_ERROR(Require(from.data(), from_name));
      MOTCUA_RETURN_IF_ERROR(Require(to.data(), to_name));
    }
    return motcua::capi::InThreads(rows, read.threads, [&](size_t begin, size_t end) {
      motcua::BatchRules part = gathered.rules;
      part.calendar_of_row = part.calendar_of_row.From(begin);
      part.limit_of_row = part.limit_of_row.From(begin);
      return batch(part, end - begin, from.From(begin), to.From(begin));
    });
  });
}

}  // namespace

motcua_status motcua_deadline_batch(const motcua_deadline_rules* rules, size_t rows,
                                    const int64_t* accepted_at, ptrdiff_t accepted_stride,
                                    int64_t* due, ptrdiff_t due_stride, motcua_error** error) {
  return RunMinutes(rules, rows, {accepted_at, accepted_stride}, "accepted_at", {due, due_stride},
                    "due", error, motcua::Deadlines);
}

motcua_status motcua_latest_acceptance_batch(const motcua_deadline_rules* rules, size_t rows,
                                             const int64_t* due, ptrdiff_t due_stride,
                                             int64_t* latest, ptrdiff_t latest_stride,
                                             motcua_error** error) {
  return RunMinutes(rules, rows, {due, due_stride}, "due", {latest, latest_stride}, "latest", error,
                    motcua::LatestAcceptances);
}

motcua_status motcua_deadline_latest_acceptance(const motcua_calendar* calendar,
                                                const motcua_time_limit* limit, int64_t due,
                                                int32_t policy, int64_t* out,
                                                motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(limit, "limit"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Policy read, motcua::capi::ReadPolicy(policy));
    MOTCUA_ASSIGN_OR_RETURN(*out,
                            motcua::LatestAcceptance(calendar->value, limit->value, due, read));
    return absl::OkStatus();
  });
}

namespace {

using Measure = decltype(&motcua::Remaining);

motcua_status MeasureAt(Measure measure, const motcua_calendar* calendar,
                        const motcua_deadline* deadline, const motcua_deadline_options* options,
                        int64_t now, int64_t* out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(calendar, "calendar"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Deadline read, Read(deadline));
    std::vector<motcua::Pause> pauses;
    MOTCUA_RETURN_IF_ERROR(motcua::capi::ReadOptions(options, pauses).status());
    MOTCUA_ASSIGN_OR_RETURN(*out, measure(calendar->value, read, pauses, now));
    return absl::OkStatus();
  });
}

}  // namespace

motcua_status motcua_deadline_remaining(const motcua_calendar* calendar,
                                        const motcua_deadline* deadline,
                                        const motcua_deadline_options* options, int64_t now,
                                        int64_t* out, motcua_error** error) {
  return MeasureAt(motcua::Remaining, calendar, deadline, options, now, out, error);
}

motcua_status motcua_deadline_elapsed(const motcua_calendar* calendar,
                                      const motcua_deadline* deadline,
                                      const motcua_deadline_options* options, int64_t now,
                                      int64_t* out, motcua_error** error) {
  return MeasureAt(motcua::Elapsed, calendar, deadline, options, now, out, error);
}

int32_t motcua_lateness_by_date(int64_t due, int64_t finished_at) {
  return static_cast<int32_t>(motcua::LatenessByDate(due, finished_at));
}

motcua_status motcua_clock_start(int64_t received_at, int64_t competent_at, int64_t* out,
                                 motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(*out, motcua::ClockStart(received_at, competent_at));
    return absl::OkStatus();
  });
}
