// The electronic identification code of an agency (mã định danh điện tử), Decision
// 20/2020/QD-TTg: groups from the highest to the lowest, joined by dots.
//
//   AgencyCode::Parse("000.00.12.H36")->text() == "H36.12"     // the form of QCVN 102:2016
//   AgencyCode::Parse("H36.12")->old_form() == "000.00.12.H36"
//
// The first group is a letter A..Y and two digits: G a ministry, H a province.
#ifndef MOTCUA_IDENTIFIERS_AGENCY_CODE_H_
#define MOTCUA_IDENTIFIERS_AGENCY_CODE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace motcua {

// A value. Equal codes are equal whichever form they were read from.
class AgencyCode {
 public:
  static constexpr std::size_t kMaxSize = 35;

  // Either written form; capital letters, digits and dots only. Groups of zeros of the
  // old form are empty levels and fall away; those of the new form stand.
  // Errors: kInvalidArgument naming `field`.
  static absl::StatusOr<AgencyCode> Parse(std::string_view text, std::string_view field = "agency");

  const std::string& text() const { return text_; }  // the form in force, "H36.12"
  // "000.00.12.H36"; nothing if the code has more or wider groups than the old form.
  std::optional<std::string> old_form() const;
  std::string_view root() const { return std::string_view(text_).substr(0, 3); }  // "H36"
  std::vector<std::string_view> groups() const;                                   // borrowed
  // The agency one level up; nothing for a root.
  std::optional<AgencyCode> parent() const;
  // Whether the other is this agency or lies above it.
  bool IsWithin(const AgencyCode& other) const;

  friend bool operator==(const AgencyCode& a, const AgencyCode& b) { return a.text_ == b.text_; }

 private:
  explicit AgencyCode(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace motcua

#endif  // MOTCUA_IDENTIFIERS_AGENCY_CODE_H_
