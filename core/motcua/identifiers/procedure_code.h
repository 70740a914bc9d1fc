// The code of a procedure (mã thủ tục hành chính): "1.004616", with the suffix of a
// province "1.014464.H50" or, as it was written until 2025, "1.004616.000.00.00.H56".
//
//   const auto code = ProcedureCode::Parse("Mã TTHC: 1.013.788.H42 )");
//   code->national() == "1.013788"; code->agency()->text() == "H42"; !code->clean()
//
// The forms above really stand in official decisions. Spaces, a label in front,
// punctuation behind and one misplaced dot within the six digits are repaired and
// said; anything else is refused.
#ifndef MOTCUA_IDENTIFIERS_PROCEDURE_CODE_H_
#define MOTCUA_IDENTIFIERS_PROCEDURE_CODE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "motcua/identifiers/agency_code.h"

namespace motcua {

class ProcedureCode {
 public:
  // Errors: kInvalidArgument.
  static absl::StatusOr<ProcedureCode> Parse(std::string_view text);

  const std::string& national() const { return national_; }            // "1.004616"
  const std::optional<AgencyCode>& agency() const { return agency_; }  // of the suffix
  std::string text() const;                                            // "1.004616.H56"
  // Whether it was written as text(), or as its national part with the old suffix.
  bool clean() const { return clean_; }

  friend bool operator==(const ProcedureCode& a, const ProcedureCode& b) {
    return a.national_ == b.national_ && a.agency_ == b.agency_;
  }

 private:
  std::string national_;
  std::optional<AgencyCode> agency_;
  bool clean_ = true;
};

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_PROCEDURE_CODE_H_
