// The members of a JSON object as they stand in its text, to be kept verbatim.
#ifndef MOTCUA_DOSSIERS_JSON_MEMBERS_H_
#define MOTCUA_DOSSIERS_JSON_MEMBERS_H_

#include <cstddef>
#include <string_view>

namespace motcua {

struct JsonMember {
  std::string_view key;   // as written, without its quotes
  std::string_view text;  // `"key": value`, without white space around it
};

// Reads one after the other:
//
//   JsonMembers members(line);
//   for (JsonMember member; members.Next(member);) ...
//
// `object` is known to be one JSON object; nothing is checked.
class JsonMembers {
 public:
  explicit JsonMembers(std::string_view object) : object_(object), at_(object.find('{') + 1) {}
  bool Next(JsonMember& member);

 private:
  std::string_view object_;
  std::size_t at_;
};

}  // namespace motcua

#endif  // MOTCUA_DOSSIERS_JSON_MEMBERS_H_
