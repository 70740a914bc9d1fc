// motcua/c/text.h
#include "boundary.h"
#include "motcua/text/folding.h"
#include "motcua/text/normal_form.h"

using motcua::capi::Guard;
using motcua::capi::Require;
using motcua::capi::View;

namespace {

absl::Status FoldInto(motcua_text text, motcua_stage stage, motcua_buffer** out) {
  MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
  if (stage < 0 || stage >= motcua::kStageCount) {
    return motcua::Error(motcua::Reason::kInvalidArgument, "stage", std::to_string(stage),
                         "a MOTCUA_STAGE_ number, 0 to 11");
  }
  MOTCUA_RETURN_IF_ERROR(motcua::ValidateText(View(text), "text"));
  *out = new motcua_buffer{motcua::Fold(View(text), static_cast<motcua::Stage>(stage))};
  return absl::OkStatus();
}

}  // namespace

motcua_text motcua_stage_name(motcua_stage stage) {
  return motcua::capi::Text(motcua::StageName(static_cast<motcua::Stage>(stage)));
}

motcua_status motcua_text_normalize(motcua_text text, motcua_buffer** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(std::string normal, motcua::ToNfc(View(text)));
    *out = new motcua_buffer{std::move(normal)};
    return absl::OkStatus();
  });
}

motcua_status motcua_text_fold(motcua_text text, motcua_stage stage, motcua_buffer** out,
                               motcua_error** error) {
  return Guard(error, [&] { return FoldInto(text, stage, out); });
}

motcua_status motcua_search_key(motcua_text text, motcua_buffer** out, motcua_error** error) {
  return Guard(error, [&] { return FoldInto(text, MOTCUA_STAGE_NO_DIACRITICS, out); });
}

motcua_status motcua_stage_between(motcua_text a, motcua_text b, motcua_stage* out,
                                   motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_RETURN_IF_ERROR(motcua::ValidateText(View(a), "a"));
    MOTCUA_RETURN_IF_ERROR(motcua::ValidateText(View(b), "b"));
    const auto stage = motcua::StageBetween(View(a), View(b));
    *out = stage ? static_cast<motcua_stage>(*stage) : MOTCUA_STAGE_NONE;
    return absl::OkStatus();
  });
}
