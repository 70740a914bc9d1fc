#include "motcua/journal/admission.h"

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/dossiers/event_json.h"
#include "motcua/journal/sealing.h"

namespace motcua {
namespace {

absl::Status Refused(std::string_view field, std::string_view expected) {
  return Error(Reason::kMalformedData, field, "", expected);
}

// Whether these are the names of the personal data, in its order.
absl::StatusOr<bool> AreNamed(std::string_view note, std::string_view extra,
                              const std::vector<std::string>& fields) {
  std::string text;
  std::vector<JsonMember> members;
  MOTCUA_RETURN_IF_ERROR(SplitExtra(extra, text, members));
  std::vector<std::string> names;
  if (!note.empty()) names.emplace_back("note");
  for (const JsonMember& member : members) names.emplace_back(member.key);
  return names == fields;
}

// Whether the event, written as JSON, is read again as it is.
bool ReadsBack(const Event& event) {
  std::string line;
  AppendJson(event, line);
  EventLog log;
  EventReader reader(log);
  reader.Feed(line);
  reader.Finish();
  return reader.problems().empty() && log.size() == 1 && log.event(0).SameContent(event);
}

}  // namespace

absl::StatusOr<Admission> Admission::Of(const std::vector<StoredKey>& keys, Store& into) {
  Admission admission(into);
  for (const StoredKey& key : keys) {
    if (!IsWhole(key)) {
      return Error(Reason::kMalformedData, "branch", absl::StrCat("key ", Hex(key.id)),
                   "a key as it was made, or destroyed");
    }
    admission.keys_.emplace(key.id, key);
  }
  return admission;
}

absl::StatusOr<const StoredKey*> Admission::KeyOf(const std::string& id) {
  const auto known = merged_.find(id);
  if (known != merged_.end()) return &known->second;
  MOTCUA_ASSIGN_OR_RETURN(const std::vector<StoredKey> ours, into_->Keys("", id));
  const auto theirs = keys_.find(id);
  if (theirs == keys_.end() && ours.empty()) return nullptr;
  StoredKey key = ours.empty() ? theirs->second : ours.front();
  if (theirs != keys_.end() && theirs->second.secret.empty()) key.secret.clear();
  return &merged_.emplace(id, std::move(key)).first->second;
}

absl::Status Admission::CheckEvent(const Record& record) {
  Event event = record.event;
  std::string note, extra;
  if (!record.sealed.key.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const StoredKey* key, KeyOf(record.sealed.key));
    if (key != nullptr && key->dossier != event.dossier) {
      return Refused("sealed", "personal data under a key of its own dossier");
    }
    if (key != nullptr && !key->secret.empty()) {
      MOTCUA_RETURN_IF_ERROR(OpenBox(key->secret, event.id, record.sealed.box, note, extra));
      MOTCUA_ASSIGN_OR_RETURN(const bool named, AreNamed(note, extra, record.sealed.fields));
      if (!named) return Refused("sealed.fields", "the names of what is in the box");
      PutBack(note, extra, event);
    }
  }
  if (event.extra.empty() && event.due == kNoMinute) return absl::OkStatus();
  return ReadsBack(event) ? absl::OkStatus()
                          : Refused("extra", "keys and values as an event in JSON has them");
}

absl::Status Admission::Check(const DecodedRow& row) {
  const absl::Status checked = CheckEvent(row.record);
  if (checked.ok() || !absl::IsDataLoss(checked)) return checked;
  return Error(Reason::kMalformedData, "branch", absl::StrCat("sequence ", row.row.sequence),
               absl::StrCat("an event that could have been appended; ", checked.message()));
}

}  // namespace motcua
