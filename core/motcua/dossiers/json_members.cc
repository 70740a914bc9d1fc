#include "motcua/dossiers/json_members.h"

namespace motcua {
namespace {

// Where the JSON value that begins at `at` ends, in text known to be JSON.
std::size_t EndOfValue(std::string_view text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t k = at; k < text.size(); ++k) {
    const char c = text[k];
    if (quoted) {
      if (c == '\\') ++k;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return k;
      --depth;
    } else if (c == ',' && depth == 0) {
      return k;
    }
  }
  return text.size();
}

}  // namespace

bool JsonMembers::Next(JsonMember& member) {
  if (at_ >= object_.size() || object_[at_] == '}') return false;
  const std::size_t open = object_.find('"', at_);
  if (open == std::string_view::npos) return false;
  std::size_t close = open + 1;
  while (object_[close] != '"') close += object_[close] == '\\' ? 2 : 1;
  const std::size_t end = EndOfValue(object_, close + 1);
  const std::string_view text = object_.substr(open, end - open);
  member = {object_.substr(open + 1, close - open - 1),
            text.substr(0, text.find_last_not_of(" \t\r\n") + 1)};
  at_ = end + 1;
  return true;
}

}  // namespace motcua
