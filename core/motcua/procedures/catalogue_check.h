// What Catalogue::Check finds, and how. Each rule is one function over one procedure or
// over the whole catalogue; a finding names the code, where, the value and what was
// expected, under a kind that does not change:
//
//   identity     code_junk  name_missing  name_holds_code  name_holds_level  name_too_long
//                name_shared  field_missing  field_spelling  level_missing  cell_cut
//                page_missing (only a list names the code)  subject_unknown
//   limits       limit_without_unit  limit_in_words  limit_range  limit_zero
//                limit_variants (rows of one channel)  limit_by_channel
//                limit_channel_variants (channels that look like variants)
//                limit_split_from_fee (number and fee stood in one cell)
//                limit_unreadable (half a plain day)  limit_row_twice
//   fees         fee_decimal_point  fee_currency  fee_free_by_default  fee_free_with_note
//                fee_reduced_until  fee_without_row (of the time limits)
//   authorities  agency_abolished  agency_not_yet  agency_of_one_place  agency_unreadable
//   documents    decision_junk  document_junk  document_future  result_junk
//   parts that Decree 63/2010/NĐ-CP art. 8.2 asks for
//                part_missing_sequence  part_missing_channel  part_missing_components
//                part_missing_limit  part_missing_subjects  part_missing_agency
//                part_missing_result; also legal_basis_missing  decision_missing
//   components   component_instruction (entries that are no papers)
//   processes    steps_exceed_limit  steps_mixed_units  steps_wait_in_circle
//                step_shares_nothing  step_after_unknown  step_after_later
//                step_limit_unreadable  step_number_large  step_role_unknown
//                step_agency_missing  process_of_unknown_code
//                group_limit_exceeded  group_step_unknown  group_limit_unreadable
//
// A part is missing only from a catalogue that has the table it stands in.
#ifndef MOTCUA_PROCEDURES_CATALOGUE_CHECK_H_
#define MOTCUA_PROCEDURES_CATALOGUE_CHECK_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "motcua/procedures/catalogue.h"

namespace motcua {

class CatalogueFindings {
 public:
  void Add(std::string_view kind, std::string_view code, std::string field, std::string_view value,
           std::string_view expected) {
    problems_.push_back({Reason::kMalformedData, 0, std::string(code), std::move(field),
                         Printable(value), std::string(expected), std::string(kind)});
  }
  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  std::vector<Problem> problems_;
};

void CheckIdentity(const Procedure& procedure, CatalogueFindings& findings);
void CheckLimits(const Procedure& procedure, CatalogueFindings& findings);
void CheckFees(const Procedure& procedure, CatalogueFindings& findings);
void CheckAuthorities(const Procedure& procedure, DayNumber at, const Dataset& dataset,
                      CatalogueFindings& findings);
void CheckDocuments(const Procedure& procedure, DayNumber at, CatalogueFindings& findings);
// Over all: what only comparing procedures shows, and what this catalogue leaves out.
void CheckNames(std::span<const Procedure* const> procedures, CatalogueFindings& findings);
void CheckParts(std::span<const Procedure* const> procedures, CatalogueFindings& findings);
void CheckProcesses(const Catalogue& catalogue, std::span<const Procedure* const> procedures,
                    DayNumber at, const Dataset& dataset, CatalogueFindings& findings);

// The finding on a body that is gone, or not there yet, between two days; kNoDay: unbounded.
void CheckAuthority(std::string_view agency, std::string_view code, const std::string& field,
                    DayNumber first, DayNumber last, const Dataset& dataset,
                    CatalogueFindings& findings);

}  // namespace motcua

#endif  // MOTCUA_PROCEDURES_CATALOGUE_CHECK_H_
