// One administrative procedure (thủ tục hành chính) as a catalogue publishes it.
//
// Limits and fees hang on the channel and the row within it, as on the national
// portal. What the portal left out stays left out: a number without a unit is
// kUnspecified, prose is kText, "no information" is kNone, and only a kNone or a
// real unit yields a limit that can be reckoned with; and kNone only where the page's
// words say that there is none, not that nothing is known.
#ifndef MOTCUA_PROCEDURES_PROCEDURE_H_
#define MOTCUA_PROCEDURES_PROCEDURE_H_

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "motcua/base/civil.h"
#include "motcua/procedures/channel.h"

namespace motcua {

enum class PrintedUnit : std::uint8_t {
  kWorkingDay = 0,
  kWorkingHour = 1,
  kDay = 2,
  kHour = 3,
  kMonth = 4,
  kYear = 5,
  kNone = 6,         // no number and no unit: "no information", or an empty cell
  kUnspecified = 7,  // a number without a unit: a finding, never a guess
  kText = 8,         // prose
};
inline constexpr int kPrintedUnitCount = 9;
std::string_view NameOf(PrintedUnit unit);

// Whether words beside no number leave open what the limit is ("Không có thông tin"); only
// "Không quy định" says that there is none.
bool TellsNothing(std::string_view raw);

// One time row (thời hạn giải quyết) of a channel.
struct LimitRow {
  Channel channel = Channel::kUnknown;
  std::int32_t row_no = 0;  // from 1 within the channel
  std::string_view value;   // the number as printed, e.g. "1.5"; empty where there is none
  PrintedUnit unit = PrintedUnit::kNone;
  std::string limit;     // in the form of TimeLimit, e.g. "3wd"; "none"; empty where not told
  std::string_view raw;  // the cell as printed
};

inline constexpr std::int64_t kNoAmount = std::numeric_limits<std::int64_t>::min();

// One fee (phí) or charge (lệ phí); several may hang on one time row.
struct FeeRow {
  Channel channel = Channel::kUnknown;
  std::int32_t row_no = 0;              // of the time row
  std::int64_t amount_vnd = kNoAmount;  // dong; kNoAmount where only prose is printed, never 0
  std::string_view kind;                // fee, charge, unknown
  std::string_view raw;
};

// Who may handle a procedure: the levels as a set of bits.
enum LevelBit : std::uint8_t {
  kLevelMinistry = 1,
  kLevelProvince = 2,
  kLevelCommune = 4,
  kLevelOther = 8,
};

struct AgencyRow {
  std::string_view role;  // its authority: decides, implements, delegated, coordinates
  std::string_view agency;
};

struct LegalBasisRow {
  std::string_view document;  // số hiệu văn bản
  std::string_view date;      // YYYY-MM-DD or empty
};

// A case (trường hợp) and how many papers its dossier holds.
struct CaseRow {
  std::int32_t case_no = 0;       // from 1
  std::int32_t components = 0;    // papers (thành phần hồ sơ) listed
  std::int32_t instructions = 0;  // of them entries with neither original nor copy: no papers
  std::int32_t with_form = 0;     // of them with a form (mẫu đơn, tờ khai)
};

// What a page says in words, a row a sentence or paper. `part` is one of
//   case         the name of case `case_no`
//   sequence     a step of the procedure as published (trình tự thực hiện)
//   component    a paper: `id` its code, `extra` the name of its form
//   requirement  yêu cầu, điều kiện
//   subject      who may apply (đối tượng thực hiện), in words
//   result       kết quả: `id` its code KQ.AGENCY.NNNNNN
//   portal       a key of the portal's JSON (`id`) and its value, verbatim
struct DetailRow {
  std::string_view part;
  std::int32_t case_no = 0;  // 0: of the whole procedure
  std::int32_t row_no = 0;
  std::string_view id;
  std::string_view text;
  std::string_view extra;
};

// Views into the catalogue that it came from, which must outlive it.
struct Procedure {
  std::string_view code;  // mã thủ tục, e.g. "1.001193"
  std::string_view name;
  std::string_view field;  // lĩnh vực
  std::uint8_t levels = 0;
  std::string_view agency;
  std::string_view status;        // page, doc, list_only: how it came into the catalogue
  DayNumber valid_from = kNoDay;  // first day; kNoDay: always
  DayNumber valid_to = kNoDay;    // first day after; kNoDay: still valid
  std::span<const LimitRow> limits;
  std::span<const FeeRow> fees;
  std::span<const AgencyRow> agencies;
  std::span<const LegalBasisRow> legal_basis;
  std::string_view subjects;      // joined by +: citizen, enterprise, ...
  std::string_view decision;      // số quyết định công bố
  std::string_view result;        // joined by |
  std::string_view online_level;  // full, partial, or empty
  std::string_view source_date;   // YYYY-MM-DD of what it was read from, or empty
  std::span<const CaseRow> cases;
  std::span<const DetailRow> details;

  bool ValidOn(DayNumber day) const {
    return (valid_from == kNoDay || day >= valid_from) && (valid_to == kNoDay || day < valid_to);
  }
};

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_PROCEDURE_H_
