// motcua/c/resolver.h
#include "motcua/units/resolver.h"

#include <algorithm>

#include "units_boundary.h"

using motcua::Error;
using motcua::Reason;
using motcua::capi::Day;
using motcua::capi::Guard;
using motcua::capi::Require;
using motcua::capi::Text;
using motcua::capi::View;
using motcua::capi::WriteStruct;

struct motcua_match_list {
  motcua::Resolver resolver;
  std::vector<motcua::Match> matches;
  motcua_unit_list units;
};

namespace {

absl::Status CheckIndex(const motcua_match_list* list, size_t i) {
  MOTCUA_RETURN_IF_ERROR(Require(list, "list"));
  if (i < list->matches.size()) return absl::OkStatus();
  return Error(Reason::kInvalidArgument, "i", std::to_string(i),
               "an index below " + std::to_string(list->matches.size()));
}

motcua_resolved Flat(const motcua::BestMatch& best) {
  motcua_resolved flat{};
  flat.stage = MOTCUA_STAGE_NONE;
  flat.valid_from = MOTCUA_NO_DAY;
  if (!best.found) return flat;
  std::copy(best.code.begin(), best.code.end(), flat.code);
  flat.score = best.score;
  flat.valid_from = best.valid_from;
  flat.stage = static_cast<motcua_stage>(best.stage);
  flat.ambiguous = best.ambiguous ? 1 : 0;
  return flat;
}

}  // namespace

motcua_status motcua_registry_resolve(const motcua_registry* registry, motcua_text text, int32_t at,
                                      size_t max, motcua_match_list** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    motcua::Resolver resolver(registry->value);
    MOTCUA_ASSIGN_OR_RETURN(auto matches, resolver.Resolve(View(text), day, max));
    auto made = std::make_unique<motcua_match_list>(
        motcua_match_list{std::move(resolver), std::move(matches), {}});
    for (const motcua::Match& match : made->matches) made->units.Add(match.unit);
    *out = made.release();
    return absl::OkStatus();
  });
}

size_t motcua_match_list_size(const motcua_match_list* list) {
  return list == nullptr ? 0 : list->matches.size();
}

motcua_status motcua_match_list_get(const motcua_match_list* list, size_t i, motcua_match* out,
                                    motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(list, i));
    const motcua::Match& match = list->matches[i];
    const motcua_match made = {sizeof(motcua_match),
                               static_cast<motcua_stage>(match.stage),
                               match.score,
                               match.ambiguous ? 1 : 0,
                               0,
                               match.begin,
                               match.end,
                               Text(match.rest)};
    return WriteStruct(made, out);
  });
}

const motcua_unit_list* motcua_match_list_units(const motcua_match_list* list) {
  return list == nullptr ? nullptr : &list->units;
}

motcua_status motcua_match_list_current(const motcua_match_list* list, size_t i, int32_t today,
                                        motcua_succession** out, motcua_error** error) {
  return Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(CheckIndex(list, i));
    MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(today, "today"));
    motcua::Succession succession;
    succession.edges = list->resolver.Current(list->matches[i].unit, day);
    if (succession.edges.size() == 1) succession.kind = motcua::SuccessionKind::kUnchanged;
    return motcua::capi::Give(std::move(succession), out);
  });
}

void motcua_match_list_free(motcua_match_list* list) { delete list; }

motcua_status motcua_registry_resolve_many(const motcua_registry* registry,
                                           const motcua_text* texts, size_t count, int32_t at,
                                           motcua_resolved* out, motcua_error** error) {
  std::vector<size_t> bad;
  absl::Status first_failure;
  const motcua_status status = Guard(error, [&]() -> absl::Status {
    MOTCUA_RETURN_IF_ERROR(Require(registry, "registry"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(texts, "texts"));
    if (count > 0) MOTCUA_RETURN_IF_ERROR(Require(out, "out"));
    MOTCUA_ASSIGN_OR_RETURN(const motcua::CivilDay day, Day(at, "at"));
    const motcua::Resolver resolver(registry->value);
    MOTCUA_RETURN_IF_ERROR(resolver.ResolveBest("", day).status());
    for (size_t i = 0; i < count; ++i) {
      const auto best = resolver.ResolveBest(View(texts[i]), day);
      out[i] = Flat(best.ok() ? *best : motcua::BestMatch());
      if (best.ok()) continue;
      if (bad.empty()) first_failure = best.status();
      bad.push_back(i);
    }
    return absl::OkStatus();
  });
  if (status != MOTCUA_OK || bad.empty()) return status;
  return motcua::capi::Fail(first_failure, std::move(bad), error);
}
