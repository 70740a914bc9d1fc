// Bodies that came or went: authorities.tsv of the facts, by words of their names.
#ifndef MOTCUA_PROCEDURES_AUTHORITY_H_
#define MOTCUA_PROCEDURES_AUTHORITY_H_

#include <cstdint>
#include <string_view>

#include "motcua/base/civil.h"
#include "motcua/base/dataset.h"

namespace motcua {

// A row as the dataset holds it (table procedures.authorities).
struct AuthorityRow {
  TextRef words;  // "huyện", "Bộ Kế hoạch và Đầu tư": as names of agencies hold them
  TextRef kind;   // district, department, ministry
  TextRef successor;  // who has its business now
  TextRef source;
  DayNumber valid_from;  // first day; kNoDay: before all data
  DayNumber valid_to;    // first day after; kNoDay: still there
};

// Whether `name` holds `words` as words of their own, whatever the case of the first
// letter: "UBND cấp huyện" holds "huyện", "nguyện" does not.
bool HoldsWords(std::string_view name, std::string_view words);

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_AUTHORITY_H_
