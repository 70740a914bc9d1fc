// The keys that an event carries beside the known ones, as values of JSON. For the inside of this
// room: who only wants their text asks SplitExtra.
#ifndef MOTCUA_JOURNAL_EXTRA_H_
#define MOTCUA_JOURNAL_EXTRA_H_

#include <simdjson.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace motcua {

// `object` lives as long as `parser`. Errors: kMalformedData if it is not JSON members.
absl::Status ParseExtra(std::string_view extra, simdjson::dom::parser& parser,
                        simdjson::dom::object& object);

// A value as text, the members of every object in it by their keys: equal where the values are,
// since the order of members says nothing in JSON.
void AppendOrdered(simdjson::dom::element value, std::string& text);

}  // namespace motcua

#endif  // MOTCUA_JOURNAL_EXTRA_H_
