#include "motcua/dossiers/event_details.h"

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

absl::Status ReadText(simdjson::dom::object object, std::string_view key, std::string& out) {
  simdjson::dom::element value;
  if (object.at_key(key).get(value) || value.is_null()) return absl::OkStatus();
  std::string_view text;
  if (value.get(text)) {
    return Error(Reason::kInvalidArgument, key, simdjson::minify(value), "a text");
  }
  out = text;
  return absl::OkStatus();
}

absl::Status ReadStep(simdjson::dom::object object, std::string_view key, std::uint8_t& out) {
  simdjson::dom::element value;
  if (object.at_key(key).get(value) || value.is_null()) return absl::OkStatus();
  std::int64_t number = 0;
  if (value.get(number) || number < 1 || number > 255) {
    return Error(Reason::kInvalidArgument, key, simdjson::minify(value), "a step, 1 to 255");
  }
  out = static_cast<std::uint8_t>(number);
  return absl::OkStatus();
}

absl::Status ReadFlag(simdjson::dom::object object, std::string_view key, bool& out) {
  simdjson::dom::element value;
  if (object.at_key(key).get(value) || value.is_null()) return absl::OkStatus();
  if (value.get(out)) {
    return Error(Reason::kInvalidArgument, key, simdjson::minify(value), "true or false");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<EventDetails> ReadDetails(std::string_view extra) {
  EventDetails details;
  if (extra.empty()) return details;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const simdjson::padded_string text(absl::StrCat("{", ToAbsl(extra), "}"));
  if (parser.parse(text).get(object)) {
    // What stands there may be personal, so it is not shown.
    return Error(Reason::kMalformedData, "extra", "", "JSON members, `\"key\": value` by commas");
  }
  MOTCUA_RETURN_IF_ERROR(ReadText(object, "competent", details.competent));
  MOTCUA_RETURN_IF_ERROR(ReadText(object, "case", details.case_name));
  MOTCUA_RETURN_IF_ERROR(ReadStep(object, "step", details.step));
  MOTCUA_RETURN_IF_ERROR(ReadStep(object, "done", details.done));
  MOTCUA_RETURN_IF_ERROR(ReadFlag(object, "fee_paid", details.fee_paid));
  MOTCUA_RETURN_IF_ERROR(ReadFlag(object, "result_ready", details.result_ready));
  MOTCUA_RETURN_IF_ERROR(ReadText(object, "hamlet", details.hamlet));
  MOTCUA_RETURN_IF_ERROR(ReadText(object, "parcel", details.parcel));
  MOTCUA_RETURN_IF_ERROR(ReadText(object, "successor", details.successor));
  return details;
}

}  // namespace motcua
