// Findings about what a publication has to say, and of whom: authorities, documents,
// names, the parts of Decree 63/2010/NĐ-CP art. 8.2.
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"
#include "motcua/procedures/authority.h"
#include "motcua/procedures/catalogue_check.h"

namespace motcua {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::int32_t CodepointAt(std::string_view text, std::size_t at) {
  utf8proc_int32_t codepoint = -1;
  if (at < text.size()) {
    utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                     static_cast<utf8proc_ssize_t>(text.size() - at), &codepoint);
  }
  return codepoint;
}

bool IsLetter(std::int32_t codepoint) {
  if (codepoint < 0) return false;
  const utf8proc_category_t category = utf8proc_category(codepoint);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t codepoint = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &codepoint);
    if (size <= 0) break;
    utf8proc_uint8_t bytes[4];
    const auto written = utf8proc_encode_char(utf8proc_tolower(codepoint), bytes);
    lower.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(written));
    at += static_cast<std::size_t>(size);
  }
  return lower;
}

// Where the code point before `at` begins.
std::size_t Before(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// "Sở Tư pháp Thành phố Hà Nội", "... - tỉnh An Giang", "... TP.HCM": a body of a place
// with a name of its own.
bool NamesOnePlace(std::string_view agency) {
  for (const std::string_view word : {"ành phố ", "ỉnh ", "TP.", "TP "}) {
    for (std::size_t at = agency.find(word); at != std::string_view::npos;
         at = agency.find(word, at + 1)) {
      std::size_t next = at + word.size();
      if (next < agency.size() && agency[next] == ' ') ++next;
      const std::int32_t codepoint = CodepointAt(agency, next);
      if (codepoint >= 0 && utf8proc_category(codepoint) == UTF8PROC_CATEGORY_LU) return true;
    }
  }
  return false;
}

// "1681/QĐ-BCA", "105a/QĐ-NHNN".
bool IsDecisionNumber(std::string_view text) {
  std::size_t k = 0;
  while (k < text.size() && IsDigit(text[k])) ++k;
  if (k == 0) return false;
  if (k < text.size() && text[k] >= 'a' && text[k] <= 'z') ++k;
  constexpr std::string_view kMark = "/QĐ-";
  return text.substr(k).starts_with(kMark) && text.size() > k + kMark.size() &&
         text.find(' ') == std::string_view::npos;
}

// "118/2025/NĐ-CP", "66.7/2025/NQ-CP", "32/2024/QH15", "46/2005/TTLT/BQP-BTC".
bool IsDocumentNumber(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0 || !IsDigit(text[0])) return false;
  return slash + 1 < text.size() && text.find(' ') == std::string_view::npos &&
         std::any_of(text.begin() + static_cast<std::ptrdiff_t>(slash), text.end(),
                     [](char c) { return !IsDigit(c) && c != '/'; });
}

// The year between two slashes; none if there is none.
std::optional<int> YearOf(std::string_view document) {
  const std::size_t slash = document.find('/');
  if (slash == std::string_view::npos || document.size() < slash + 6) return std::nullopt;
  const std::string_view year = document.substr(slash + 1, 4);
  int number = 0;
  const auto [end, error] = std::from_chars(year.data(), year.data() + 4, number);
  if (error != std::errc() || end != year.data() + 4 || document[slash + 5] != '/') {
    return std::nullopt;
  }
  return number;
}

// Case, punctuation and "và" aside.
std::string FieldKey(std::string_view field) {
  std::string key;
  std::string word;
  const std::string lower = Lower(field) + " ";
  for (std::size_t at = 0; at < lower.size();) {
    std::size_t next = at + 1;
    while (next < lower.size() && (static_cast<unsigned char>(lower[next]) & 0xC0) == 0x80) ++next;
    if (IsLetter(CodepointAt(lower, at))) {
      word.append(lower, at, next - at);
    } else if (!word.empty()) {
      if (word != "và") absl::StrAppend(&key, word, " ");
      word.clear();
    }
    at = next;
  }
  return key;
}

// "an authority that still exists; districts ended on 2025-06-30, now ..."
std::string Ended(const AuthorityRow& body, const Dataset& dataset) {
  const std::string_view kind = dataset.text(body.kind);
  return absl::StrCat("an authority that still exists; ",
                      kind == "district" ? "districts" : ToAbsl(dataset.text(body.words)),
                      " ended on ", ToString(DayFrom(body.valid_to - 1)), ", now ",
                      ToAbsl(dataset.text(body.successor)));
}

// "(cấp xã)", "(thực hiện tại cấp tỉnh)", "... - cấp Trung ương": a level that qualifies the
// procedure, not a body in its name ("Chủ tịch Uỷ ban nhân dân cấp tỉnh").
bool QualifiedByLevel(std::string_view name) {
  const std::string lower = Lower(name);
  for (const std::string_view level :
       {"cấp xã", "cấp tỉnh", "cấp huyện", "cấp trung ương", "cấp bộ"}) {
    for (std::size_t at = lower.find(level); at != std::string::npos;
         at = lower.find(level, at + 1)) {
      const std::string_view before = std::string_view(lower).substr(0, at);
      std::string_view after = std::string_view(lower).substr(at + level.size());
      if (IsLetter(CodepointAt(after, 0))) continue;
      if (before.ends_with("thực hiện tại ") || before.ends_with("thực hiện ở ")) return true;
      while (after.starts_with(' ')) after.remove_prefix(1);
      if ((before.ends_with('(') || before.ends_with("- ")) && !IsLetter(CodepointAt(after, 0))) {
        return true;
      }
    }
  }
  return false;
}

// "KQ.G15.000031": agency and number.
bool IsResultCode(std::string_view text) {
  if (!text.starts_with("KQ.")) return false;
  const std::size_t point = text.find('.', 3);
  return point != std::string_view::npos && point > 3 && point + 1 < text.size() &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(), IsDigit);
}

}  // namespace

bool HoldsWords(std::string_view name, std::string_view words) {
  const std::string low_name = Lower(name);
  const std::string low_words = Lower(words);
  if (low_words.empty()) return false;
  for (std::size_t at = low_name.find(low_words); at != std::string::npos;
       at = low_name.find(low_words, at + 1)) {
    const bool before = at == 0 || !IsLetter(CodepointAt(low_name, Before(low_name, at)));
    if (before && !IsLetter(CodepointAt(low_name, at + low_words.size()))) return true;
  }
  return false;
}

void CheckAuthority(std::string_view agency, std::string_view code, const std::string& field,
                    DayNumber first, DayNumber end, const Dataset& dataset,
                    CatalogueFindings& findings) {
  for (const AuthorityRow& body : dataset.table<AuthorityRow>("procedures.authorities")) {
    const bool gone = body.valid_to != kNoDay && (end == kNoDay || end > body.valid_to);
    const bool unborn = body.valid_from != kNoDay && first != kNoDay && first < body.valid_from;
    if ((!gone && !unborn) || !HoldsWords(agency, dataset.text(body.words))) continue;
    findings.Add(gone ? "agency_abolished" : "agency_not_yet", code, field, agency,
                 gone ? Ended(body, dataset)
                      : "an authority that exists on the day; it began on " +
                            ToString(DayFrom(body.valid_from)));
    break;
  }
}

void CheckAuthorities(const Procedure& procedure, DayNumber at, const Dataset& dataset,
                      CatalogueFindings& findings) {
  // It has to be there on the day; without one, on every day of the version.
  const DayNumber first = at != kNoDay ? at : procedure.valid_from;
  const DayNumber end = at != kNoDay ? at + 1 : procedure.valid_to;
  for (const AgencyRow& row : procedure.agencies) {
    const std::string field = absl::StrCat("agency that ", ToAbsl(row.role));
    if (row.agency.ends_with("…")) {
      findings.Add("agency_unreadable", procedure.code, field, row.agency,
                   "names of agencies; this cell was cut");
    }
    if (NamesOnePlace(row.agency)) {
      findings.Add("agency_of_one_place", procedure.code, field, row.agency,
                   "a body that every province has; this is one place's, the portal's default");
    }
    CheckAuthority(row.agency, procedure.code, field, first, end, dataset, findings);
  }
  const bool listed =
      std::any_of(procedure.agencies.begin(), procedure.agencies.end(), [&](const AgencyRow& row) {
        return procedure.agency.find(row.agency) != procedure.agency.npos;
      });
  if (!listed) {
    CheckAuthority(procedure.agency, procedure.code, "agency_vi", first, end, dataset, findings);
  }
}

void CheckDocuments(const Procedure& procedure, DayNumber at, CatalogueFindings& findings) {
  if (!procedure.decision.empty() && !IsDecisionNumber(procedure.decision)) {
    findings.Add("decision_junk", procedure.code, "decision_no", procedure.decision,
                 "a number as 1681/QĐ-BCA");
  }
  for (const DetailRow& row : procedure.details) {
    if (row.part != "result" || row.id.empty() || IsResultCode(row.id)) continue;
    findings.Add("result_junk", procedure.code, "result", row.id, "a code as KQ.G15.000031");
  }
  std::optional<int> latest;  // no document is of a later year
  if (at != kNoDay) latest = static_cast<int>(DayFrom(at).year());
  const auto source = ParseDay(procedure.source_date);
  if (!latest && source.ok()) latest = static_cast<int>(source->year());
  for (const LegalBasisRow& row : procedure.legal_basis) {
    if (!IsDocumentNumber(row.document)) {
      findings.Add("document_junk", procedure.code, "legal basis", row.document,
                   "a number as 118/2025/NĐ-CP");
    }
    const auto year = YearOf(row.document);
    if (year && latest && *year > *latest) {
      findings.Add("document_future", procedure.code, "legal basis", row.document,
                   absl::StrCat("a document of ", *latest, " or before"));
    }
  }
}

void CheckNames(std::span<const Procedure* const> procedures, CatalogueFindings& findings) {
  std::map<std::string, const Procedure*> names;
  std::map<std::string, std::map<std::string_view, const Procedure*>> fields;
  for (const Procedure* procedure : procedures) {
    if (!procedure->field.empty()) {
      fields[FieldKey(procedure->field)].emplace(procedure->field, procedure);
    }
    if (procedure->name.empty()) continue;
    if (QualifiedByLevel(procedure->name)) {
      findings.Add("name_holds_level", procedure->code, "name_vi", procedure->name,
                   "the level in `levels`, not in the name");
    }
    const auto [known, added] = names.emplace(Lower(procedure->name), procedure);
    if (added || known->second->code == procedure->code) continue;
    findings.Add("name_shared", procedure->code, "name_vi", procedure->name,
                 absl::StrCat("a name of its own; ", ToAbsl(known->second->code), " has it too"));
  }
  for (const auto& [key, spellings] : fields) {
    if (spellings.size() < 2) continue;
    for (const auto& [spelling, procedure] : spellings) {
      findings.Add(
          "field_spelling", procedure->code, "field_vi", spelling,
          "one spelling of the field; it is also written \"" +
              std::string(spelling == spellings.begin()->first ? std::next(spellings.begin())->first
                                                               : spellings.begin()->first) +
              "\"");
    }
  }
}

void CheckParts(std::span<const Procedure* const> procedures, CatalogueFindings& findings) {
  const auto any = [&](auto has) { return std::any_of(procedures.begin(), procedures.end(), has); };
  const auto detail = [](std::string_view part) {
    return [part](const Procedure* one) {
      return std::any_of(one->details.begin(), one->details.end(),
                         [&](const DetailRow& row) { return row.part == part; });
    };
  };
  const auto subjects = [&](const Procedure* one) {
    return !one->subjects.empty() || detail("subject")(one);
  };
  const auto components = [&](const Procedure* one) {
    return !one->cases.empty() || detail("component")(one);
  };
  const auto agency = [](const Procedure* one) {
    return !one->agencies.empty() || !one->agency.empty();
  };
  const auto result = [&](const Procedure* one) {
    return !one->result.empty() || detail("result")(one);
  };
  const auto limits = [](const Procedure* one) { return !one->limits.empty(); };
  const auto legal = [](const Procedure* one) { return !one->legal_basis.empty(); };
  const auto decision = [](const Procedure* one) { return !one->decision.empty(); };
  const auto require = [&](std::string_view kind, std::string field, std::string_view expected,
                           auto has) {
    if (!any(has)) return;  // the catalogue has no such table
    for (const Procedure* one : procedures) {
      if (!has(one)) findings.Add(kind, one->code, field, "", expected);
    }
  };
  // The seven parts as the score counts them: name, sequence, method, components, time limit,
  // subjects, agency. A result is asked of every page too, but not by that article.
  constexpr std::string_view kLaw = "Decree 63/2010/NĐ-CP art. 8.2";
  require("part_missing_sequence", "sequence", absl::StrCat("how it is done, ", ToAbsl(kLaw)),
          detail("sequence"));
  for (const Procedure* one : procedures) {
    if (limits(one)) {
      const bool told =
          std::any_of(one->limits.begin(), one->limits.end(), [](const LimitRow& row) {
            return row.unit != PrintedUnit::kNone || !TellsNothing(row.raw);
          });
      if (told) continue;
      findings.Add("part_missing_limit", one->code, "time limit", one->limits.front().raw,
                   "a time row that tells its limit, Decree 63/2010/NĐ-CP art. 8.2");
      continue;
    }
    findings.Add("part_missing_channel", one->code, "channels", "",
                 "how to apply: direct, online or postal, Decree 63/2010/NĐ-CP art. 8.2");
    findings.Add("part_missing_limit", one->code, "time limit", "",
                 "at least one channel with a time row, Decree 63/2010/NĐ-CP art. 8.2");
  }
  require("part_missing_components", "components",
          absl::StrCat("the papers of the dossier, ", ToAbsl(kLaw)), components);
  require("part_missing_subjects", "subjects", absl::StrCat("who may apply, ", ToAbsl(kLaw)),
          subjects);
  require("part_missing_agency", "agency", absl::StrCat("who handles it, ", ToAbsl(kLaw)), agency);
  require("part_missing_result", "result", "what comes of it", result);
  require("legal_basis_missing", "legal basis", "the documents it rests on", legal);
  require("decision_missing", "decision_no", "the decision that published it", decision);
  for (const Procedure* one : procedures) {
    for (const CaseRow& row : one->cases) {
      if (row.instructions == 0) continue;
      findings.Add("component_instruction", one->code,
                   absl::StrCat("components, case ", row.case_no),
                   absl::StrCat(row.instructions, " of ", row.components),
                   "papers; an entry without original and copy is an instruction");
    }
  }
}

}  // namespace motcua
