// Reads the tables of facts: UTF-8, NFC, tab-separated, one header line, LF, no quoting.
//
//   MOTCUA_ASSIGN_OR_RETURN(const Tsv tsv, Tsv::Parse("units_2025.tsv", text,
//                                                     {"code", "level", "type_vi"}));
//   for (const Tsv::Row& row : tsv.rows()) Use(row["code"]);
//
// Every refusal names the file, the line and what was expected.
#ifndef MOTCUA_BASE_TSV_H_
#define MOTCUA_BASE_TSV_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace motcua {

class Tsv {
 public:
  class Row {
   public:
    // The cell under `column`, which must be one of the header's names.
    std::string_view operator[](std::string_view column) const;
    int line() const { return line_; }  // from 1; the header is line 1

    // A kMalformedData failure that names the file, this line, the column and its value.
    absl::Status Refuse(std::string_view column, std::string_view expected) const;

   private:
    friend class Tsv;
    const Tsv* table_ = nullptr;
    int line_ = 0;
    std::vector<std::string_view> cells_;
  };

  // Reads `text`, which must outlive the table. `columns` must all be in the
  // header; others may follow. Errors: kMalformedData.
  static absl::StatusOr<Tsv> Parse(std::string name, std::string_view text,
                                   const std::vector<std::string_view>& columns);

  Tsv(Tsv&& other) noexcept;
  Tsv& operator=(Tsv&&) = delete;

  const std::vector<Row>& rows() const { return rows_; }
  bool has_column(std::string_view column) const;
  const std::string& name() const { return name_; }

 private:
  Tsv() = default;

  std::string name_;
  std::vector<std::string_view> header_;
  std::vector<Row> rows_;
};

}  // namespace motcua

#endif  // MOTCUA_BASE_TSV_H_
