#include "motcua/journal/decoded_row.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "motcua/base/status.h"
#include "motcua/dossiers/json_members.h"
#include "motcua/journal/extra.h"
#include "motcua/journal/sealing.h"

namespace motcua {
namespace {

// What an event carries beside its known fields: names and values, sorted.
struct Carried {
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::string> erased;
};

absl::Status AddExtra(std::string_view extra, Carried& carried) {
  if (extra.empty()) return absl::OkStatus();
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  MOTCUA_RETURN_IF_ERROR(ParseExtra(extra, parser, object));
  const std::string text = simdjson::minify(object);
  JsonMembers members(text);
  JsonMember member;
  for (const simdjson::dom::key_value_pair found : object) {
    members.Next(member);  // the same one, its key as it is written
    AppendOrdered(found.value, carried.fields.emplace_back(member.key, "").second);
  }
  return absl::OkStatus();
}

absl::StatusOr<Carried> CarriedBy(const EventSide& side) {
  Carried carried;
  std::string note(side.event.note), extra;
  MOTCUA_RETURN_IF_ERROR(AddExtra(side.event.extra, carried));
  if (side.store != nullptr && !side.sealed.key.empty()) {
    MOTCUA_ASSIGN_OR_RETURN(const auto keys, side.store->Keys("", side.sealed.key));
    std::string personal_note;
    if (keys.empty() || keys.front().secret.empty()) {
      carried.erased = side.sealed.fields;
    } else {
      MOTCUA_RETURN_IF_ERROR(
          OpenBox(keys.front().secret, side.event.id, side.sealed.box, personal_note, extra));
    }
    note += personal_note;
    MOTCUA_RETURN_IF_ERROR(AddExtra(extra, carried));
  }
  if (!note.empty()) carried.fields.emplace_back("note", note);
  std::sort(carried.fields.begin(), carried.fields.end());
  return carried;
}

void Leave(const std::vector<std::string>& names, Carried& carried) {
  std::erase_if(carried.fields, [&](const auto& field) {
    return std::find(names.begin(), names.end(), field.first) != names.end();
  });
}

}  // namespace

bool Stands(const DecodedRow& a, const DecodedRow& b) {
  if (a.row.turn != b.row.turn) return a.row.turn < b.row.turn;
  if (a.record.epoch != b.record.epoch) return a.record.epoch < b.record.epoch;
  const Hash hash_a = HashOf(a.record.event_bytes), hash_b = HashOf(b.record.event_bytes);
  return hash_a != hash_b ? hash_a < hash_b : a.row.record < b.row.record;
}

absl::StatusOr<bool> SameContent(const EventSide& a, const EventSide& b) {
  const auto known = [](const Event& e) {
    return std::tie(e.id, e.dossier, e.kind, e.channel, e.at, e.due, e.agency, e.procedure, e.limit,
                    e.actor);
  };
  if (known(a.event) != known(b.event)) return false;
  const auto bare = [](const EventSide& side) {
    return side.event.note.empty() && side.event.extra.empty() && side.sealed.key.empty();
  };
  if (bare(a) && bare(b)) return true;
  MOTCUA_ASSIGN_OR_RETURN(Carried in_a, CarriedBy(a));
  MOTCUA_ASSIGN_OR_RETURN(Carried in_b, CarriedBy(b));
  Leave(in_a.erased, in_b);
  Leave(in_b.erased, in_a);
  return in_a.fields == in_b.fields;
}

}  // namespace motcua
