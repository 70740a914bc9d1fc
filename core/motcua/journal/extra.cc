#include "motcua/journal/extra.h"

#include <algorithm>
#include <vector>

#include "motcua/base/status.h"

namespace motcua {

absl::Status ParseExtra(std::string_view extra, simdjson::dom::parser& parser,
                        simdjson::dom::object& object) {
  if (!parser.parse(std::string(1, '{').append(extra).append(1, '}')).get(object)) {
    return absl::OkStatus();
  }
  return Error(Reason::kMalformedData, "extra", "", "JSON members joined by commas");
}

void AppendOrdered(simdjson::dom::element value, std::string& text) {
  simdjson::dom::array array;
  simdjson::dom::object object;
  if (!value.get(array)) {
    text.push_back('[');
    for (const simdjson::dom::element item : array) {
      AppendOrdered(item, text);
      text.push_back(',');
    }
    text.push_back(']');
  } else if (!value.get(object)) {
    std::vector<simdjson::dom::key_value_pair> members(object.begin(), object.end());
    std::stable_sort(members.begin(), members.end(),
                     [](const auto& a, const auto& b) { return a.key < b.key; });
    text.push_back('{');
    for (const simdjson::dom::key_value_pair& member : members) {
      text.append(std::to_string(member.key.size())).append(1, ':').append(member.key);
      AppendOrdered(member.value, text);
      text.push_back(',');
    }
    text.push_back('}');
  } else {
    text.append(simdjson::minify(value));
  }
}

}  // namespace motcua
