// motcua/c/journal.h
#include "motcua/c/journal.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "dossiers_boundary.h"
#include "motcua/dossiers/event_json.h"
#include "motcua/journal/journal.h"

struct motcua_journal {
  std::unique_ptr<motcua::Journal> value;
};

struct motcua_journal_cursor {
  motcua::Journal* journal;
  std::vector<std::int64_t> sequences;
  std::size_t at = 0;
};

using namespace motcua::capi;  // NOLINT: this file is the C face of the room journal
using motcua::AppendJson;
using motcua::Conflict;
using motcua::Error;
using motcua::Event;
using motcua::EventLog;
using motcua::EventReader;
using motcua::Journal;
using motcua::JournalEntry;
using motcua::JournalHead;
using motcua::Problem;
using motcua::Reason;

motcua_status motcua_journal_open(motcua_text url, const motcua_journal_options* options,
                                  motcua_journal** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (std::strcmp(motcua_version(), MOTCUA_VERSION_STRING) != 0) {
      return Error(Reason::kInternal, "libmotcua.so", motcua_version(),
                   "version " MOTCUA_VERSION_STRING ", as libmotcua_journal.so");
    }
    motcua_journal_options read = MOTCUA_JOURNAL_OPTIONS_INIT;
    if (options != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(options, "options", read));
    if (read.mode < 0 || read.mode > 2) {
      return Error(Reason::kInvalidArgument, "mode", std::to_string(read.mode), "0, 1 or 2");
    }
    if (read.personal_count != 0) MOTCUA_RETURN_IF_ERROR(Require(read.personal, "personal"));
    motcua::JournalOptions given{.mode = static_cast<motcua::OpenMode>(read.mode), .personal = {}};
    for (std::size_t k = 0; k < read.personal_count; ++k) {
      given.personal.emplace_back(View(read.personal[k]));
    }
    auto journal = std::make_unique<motcua_journal>();
    MOTCUA_ASSIGN_OR_RETURN(journal->value, Journal::Open(View(url), given));
    *out = journal.release();
    return absl::OkStatus();
  });
}

void motcua_journal_free(motcua_journal* journal) { delete journal; }

namespace {

// Of what was refused only codes are shown: any other text may be a citizen's name.
std::string_view Shown(std::string_view value) {
  constexpr std::size_t kLongest = 40;
  const bool is_code =
      value.size() <= kLongest && std::all_of(value.begin(), value.end(), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' ||
               c == '_' || c == ':' || c == '/';
      });
  return is_code ? value : "...";
}

motcua_status FailLines(const std::vector<Problem>& problems, motcua_error** error) {
  std::vector<std::size_t> rows;
  std::string message;
  for (const Problem& problem : problems) {
    rows.push_back(static_cast<std::size_t>(std::max<std::int64_t>(problem.line, 1) - 1));
    if (rows.size() > 5) continue;
    absl::StrAppend(&message, message.empty() ? "" : "; ", "events[", rows.back(), "]",
                    problem.subject.empty() ? "" : " ", motcua::ToAbsl(Shown(problem.subject)),
                    ": ", motcua::ToAbsl(Shown(problem.field)), " '",
                    motcua::ToAbsl(Shown(problem.value)), "': expected ", problem.expected);
  }
  if (problems.size() > 5) absl::StrAppend(&message, "; and ", problems.size() - 5, " more");
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return Fail(Error(problems.front().reason, message), std::move(rows), error);
}

absl::Status GiveSequences(const std::vector<std::int64_t>& made, std::int64_t* sequences,
                           std::size_t capacity, std::size_t* count) {
  if (count != nullptr) *count = made.size();
  if (sequences == nullptr) return absl::OkStatus();
  std::copy_n(made.begin(), std::min(capacity, made.size()), sequences);
  return absl::OkStatus();
}

}  // namespace

motcua_status motcua_journal_append(motcua_journal* journal, motcua_text json_lines,
                                    int64_t recorded_at, int64_t* sequences, size_t capacity,
                                    size_t* count, motcua_error** error) {
  std::vector<Problem> problems;
  const motcua_status status = Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    EventLog log;
    EventReader reader(log);
    reader.Feed(View(json_lines));
    reader.Finish();
    if (!reader.problems().empty()) {
      problems = reader.problems();
      return absl::OkStatus();
    }
    MOTCUA_ASSIGN_OR_RETURN(const std::vector<std::int64_t> made,
                            journal->value->Append(log, recorded_at));
    return GiveSequences(made, sequences, capacity, count);
  });
  if (status != MOTCUA_OK || problems.empty()) return status;
  return FailLines(problems, error);
}

motcua_status motcua_journal_append_encoded(motcua_journal* journal, const motcua_text* events,
                                            size_t event_count, int64_t recorded_at,
                                            int64_t* sequences, size_t capacity, size_t* count,
                                            motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    if (event_count != 0) MOTCUA_RETURN_IF_ERROR(Require(events, "events"));
    // Through the JSON reader, so that both ways in refuse the same things.
    std::string lines;
    motcua::RecordCodec codec;
    for (std::size_t k = 0; k < event_count; ++k) {
      Event event;
      motcua::SealedPart sealed;
      MOTCUA_RETURN_IF_ERROR(codec.DecodeEvent(View(events[k]), event, sealed));
      if (!sealed.key.empty()) {
        return Error(Reason::kInvalidArgument, "sealed", event.id, "an event with nothing sealed");
      }
      std::string extra;
      std::vector<motcua::JsonMember> members;
      MOTCUA_RETURN_IF_ERROR(motcua::SplitExtra(event.extra, extra, members));
      if (!members.empty()) event.extra = std::string_view(extra).substr(1, extra.size() - 2);
      AppendJson(event, lines);
      lines.push_back('\n');
    }
    EventLog log;
    EventReader reader(log);
    reader.Feed(lines);
    reader.Finish();
    if (!reader.problems().empty()) {
      const Problem& first = reader.problems().front();
      return Error(first.reason, Shown(first.field), Shown(first.value), first.expected);
    }
    MOTCUA_ASSIGN_OR_RETURN(const std::vector<std::int64_t> made,
                            journal->value->Append(log, recorded_at));
    return GiveSequences(made, sequences, capacity, count);
  });
}

namespace {

absl::Status WriteHead(const JournalHead& head, motcua_journal_head* out) {
  motcua_journal_head value = MOTCUA_JOURNAL_HEAD_INIT;
  value.sequence = head.sequence;
  std::memcpy(value.hash, head.hash.data(), sizeof value.hash);
  return WriteStruct(value, out, "out");
}

}  // namespace

motcua_status motcua_journal_get_head(motcua_journal* journal, motcua_journal_head* out,
                                      motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_ASSIGN_OR_RETURN(const JournalHead head, journal->value->Head());
    return WriteHead(head, out);
  });
}

namespace {

absl::StatusOr<motcua::Progress> ReadProgress(const motcua_progress* progress) {
  motcua_progress read = MOTCUA_PROGRESS_INIT;
  if (progress != nullptr) MOTCUA_RETURN_IF_ERROR(ReadStruct(progress, "progress", read));
  if (read.report == nullptr) return motcua::Progress();
  return [read](std::int64_t done, std::int64_t total) { read.report(read.context, done, total); };
}

}  // namespace

motcua_status motcua_journal_verify(motcua_journal* journal, const motcua_journal_head* anchor,
                                    motcua_journal_verification* out, motcua_buffer** problem,
                                    motcua_error** error) {
  return motcua_journal_verify_with(journal, anchor, nullptr, out, problem, error);
}

motcua_status motcua_journal_verify_with(motcua_journal* journal, const motcua_journal_head* anchor,
                                         const motcua_progress* progress,
                                         motcua_journal_verification* out, motcua_buffer** problem,
                                         motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    JournalHead kept;
    if (anchor != nullptr) {
      motcua_journal_head read = MOTCUA_JOURNAL_HEAD_INIT;
      MOTCUA_RETURN_IF_ERROR(ReadStruct(anchor, "anchor", read));
      kept.sequence = read.sequence;
      std::memcpy(kept.hash.data(), read.hash, kept.hash.size());
    }
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Progress heard, ReadProgress(progress));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Verification found, journal->value->Verify(kept, heard));
    motcua_journal_verification value = MOTCUA_JOURNAL_VERIFICATION_INIT;
    value.ok = found.ok() ? 1 : 0;
    value.events = found.events;
    value.broken_at = found.broken_at;
    std::memcpy(value.hash, found.head.hash.data(), sizeof value.hash);
    MOTCUA_RETURN_IF_ERROR(WriteStruct(value, out, "out"));
    if (problem != nullptr) *problem = new motcua_buffer{found.problem};
    return absl::OkStatus();
  });
}

motcua_status motcua_journal_select(motcua_journal* journal, int64_t after, int32_t canonical,
                                    motcua_text dossier, motcua_journal_cursor** out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    if (canonical != 0 && canonical != 1) {
      return Error(Reason::kInvalidArgument, "canonical", std::to_string(canonical), "0 or 1");
    }
    auto cursor = std::make_unique<motcua_journal_cursor>();
    cursor->journal = journal->value.get();
    MOTCUA_ASSIGN_OR_RETURN(
        cursor->sequences,
        journal->value->Sequences(
            {.after = after, .canonical = canonical == 1, .dossier = View(dossier)}));
    *out = cursor.release();
    return absl::OkStatus();
  });
}

size_t motcua_journal_cursor_size(const motcua_journal_cursor* cursor) {
  return cursor == nullptr ? 0 : cursor->sequences.size();
}

namespace {

// Names of fields and ids are texts of a caller: as JSON.
void AppendName(std::string_view name, std::string& out) {
  Event event{.id = name};
  std::string object;
  AppendJson(event, object);  // {"id":NAME,...
  const std::size_t begin = object.find(':') + 1;
  out.append(object, begin, object.find(",\"kind\"") - begin);
}

void AppendEntry(const JournalEntry& entry, std::string& out) {
  absl::StrAppend(&out, "{\"sequence\":", entry.sequence, ",\"turn\":", entry.turn, ",\"epoch\":\"",
                  absl::Hex(entry.epoch, absl::kZeroPad16),
                  "\",\"recorded_at\":", entry.recorded_at, ",\"hash\":\"",
                  motcua::Hex(motcua::Bytes(entry.hash)), "\",\"erased\":[");
  for (std::size_t k = 0; k < entry.erased.size(); ++k) {
    if (k > 0) out.push_back(',');
    AppendName(entry.erased[k], out);
  }
  out.append("],\"event\":");
  AppendJson(entry.event, out);
  out.append("}\n");
}

}  // namespace

motcua_status motcua_journal_cursor_next(motcua_journal_cursor* cursor, size_t limit,
                                         motcua_buffer** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(cursor, "cursor"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    const std::size_t count = std::min(limit, cursor->sequences.size() - cursor->at);
    auto buffer = std::make_unique<motcua_buffer>();
    MOTCUA_RETURN_IF_ERROR(cursor->journal->Show(
        std::span(cursor->sequences).subspan(cursor->at, count), [&](const JournalEntry& entry) {
          AppendEntry(entry, buffer->text);
          return absl::OkStatus();
        }));
    cursor->at += count;
    *out = buffer.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_journal_cursor_load(motcua_journal_cursor* cursor, motcua_event_log* log,
                                         motcua_error** error) {
  motcua_status appended = MOTCUA_OK;
  const motcua_status status = Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(cursor, "cursor"));
    MOTCUA_RETURN_IF_ERROR(Require(log, "log"));
    constexpr std::size_t kPortion = std::size_t{1} << 20;  // bytes
    std::string lines;
    const auto hand_over = [&]() -> absl::Status {
      appended = motcua_event_log_append(log, Text(lines), nullptr, nullptr, error);
      lines.clear();
      return appended == MOTCUA_OK ? absl::OkStatus() : absl::CancelledError();
    };
    const absl::Status shown =
        cursor->journal->Show(cursor->sequences, [&](const JournalEntry& entry) -> absl::Status {
          AppendJson(entry.event, lines);
          lines.push_back('\n');
          return lines.size() < kPortion ? absl::OkStatus() : hand_over();
        });
    if (appended != MOTCUA_OK) return absl::OkStatus();
    MOTCUA_RETURN_IF_ERROR(shown);
    hand_over().IgnoreError();
    return absl::OkStatus();
  });
  return status == MOTCUA_OK ? appended : status;
}

void motcua_journal_cursor_free(motcua_journal_cursor* cursor) { delete cursor; }

motcua_status motcua_journal_copy(motcua_journal* journal, motcua_text url,
                                  motcua_journal_head* head, motcua_error** error) {
  return motcua_journal_copy_with(journal, url, nullptr, head, error);
}

motcua_status motcua_journal_copy_with(motcua_journal* journal, motcua_text url,
                                       const motcua_progress* progress, motcua_journal_head* head,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Progress heard, ReadProgress(progress));
    MOTCUA_ASSIGN_OR_RETURN(const JournalHead copied, journal->value->CopyTo(View(url), heard));
    return head == nullptr ? absl::OkStatus() : WriteHead(copied, head);
  });
}

namespace {

void AppendConflicts(const std::vector<Conflict>& conflicts, std::string& out) {
  out.push_back('[');
  for (std::size_t k = 0; k < conflicts.size(); ++k) {
    const Conflict& conflict = conflicts[k];
    absl::StrAppend(&out, k == 0 ? "" : ",", "{\"kind\":\"",
                    motcua::ToAbsl(motcua::NameOf(conflict.kind)), "\",\"rule\":\"",
                    motcua::ToAbsl(motcua::RuleOf(conflict)), "\",\"stands\":", conflict.stands,
                    ",\"set_aside\":", conflict.set_aside, ",\"dossier\":");
    AppendName(conflict.dossier, out);
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace

motcua_status motcua_journal_merge(motcua_journal* journal, motcua_journal* other,
                                   motcua_buffer** report, motcua_error** error) {
  return motcua_journal_merge_with(journal, other, nullptr, report, error);
}

motcua_status motcua_journal_merge_with(motcua_journal* journal, motcua_journal* other,
                                        const motcua_progress* progress, motcua_buffer** report,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_RETURN_IF_ERROR(Require(other, "other"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::Progress heard, ReadProgress(progress));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::MergeReport made,
                            journal->value->Merge(*other->value, heard));
    if (report == nullptr) return absl::OkStatus();
    auto buffer = std::make_unique<motcua_buffer>();
    std::string& out = buffer->text;
    absl::StrAppend(&out, "{\"added\":", made.added, ",\"duplicates\":", made.duplicates,
                    ",\"conflicts\":");
    AppendConflicts(made.conflicts, out);
    out.append(",\"skews\":[");
    for (std::size_t k = 0; k < made.skews.size(); ++k) {
      const motcua::ClockSkew& skew = made.skews[k];
      absl::StrAppend(&out, k == 0 ? "" : ",", "{\"kind\":\"",
                      motcua::ToAbsl(motcua::NameOf(skew.kind)), "\",\"events\":", skew.events,
                      ",\"minutes\":", skew.minutes, ",\"event\":");
      AppendName(skew.event, out);
      out.push_back('}');
    }
    out.append("]}");
    *report = buffer.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_journal_conflicts(motcua_journal* journal, motcua_buffer** out,
                                       motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const std::vector<Conflict> conflicts, journal->value->Conflicts());
    auto buffer = std::make_unique<motcua_buffer>();
    AppendConflicts(conflicts, buffer->text);
    *out = buffer.release();
    return absl::OkStatus();
  });
}

motcua_status motcua_journal_erase(motcua_journal* journal, motcua_text dossier, int64_t* destroyed,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_ASSIGN_OR_RETURN(const std::int64_t count, journal->value->Erase(View(dossier)));
    if (destroyed != nullptr) *destroyed = count;
    return absl::OkStatus();
  });
}

motcua_status motcua_journal_generation(motcua_journal* journal, int64_t* out,
                                        motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(journal, "journal"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(*out, journal->value->Generation());
    return absl::OkStatus();
  });
}
