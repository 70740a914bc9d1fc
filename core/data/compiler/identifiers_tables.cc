// Compiles core/data/identifiers and core/data/units/agencies.tsv.
#include <algorithm>

#include "facts_folder.h"
#include "image_builder.h"
#include "motcua/base/civil.h"
#include "motcua/base/status.h"
#include "motcua/base/tsv.h"
#include "motcua/identifiers/agency_code.h"
#include "motcua/identifiers/citizen_number.h"
#include "motcua/units/agencies.h"
#include "motcua/units/units_rows.h"

namespace motcua {
namespace {

absl::Status AddBirthProvinces(const FactsFolder& folder, ImageBuilder& image) {
  constexpr std::string_view kFile = "identifiers/birth_provinces.tsv";
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read(kFile));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table,
                          Tsv::Parse(std::string(kFile), text, {"number", "name_vi", "source"}));
  std::vector<BirthProvinceRow> rows;
  for (const Tsv::Row& row : table.rows()) {
    const std::string_view number = row["number"];
    if (number.size() != 2 || number.find_first_not_of("0123456789") != std::string_view::npos)
      return row.Refuse("number", "two digits");
    const auto value = static_cast<std::uint8_t>((number[0] - '0') * 10 + (number[1] - '0'));
    if (!rows.empty() && value <= rows.back().number) return row.Refuse("number", "rising numbers");
    if (row["source"].empty()) return row.Refuse("source", "a source");
    rows.push_back({value});
  }
  image.AddTable("identifiers.birth_provinces", rows);
  return absl::OkStatus();
}

absl::StatusOr<AgencyFactRow> ReadAgency(const Tsv::Row& row, ImageBuilder& image) {
  const auto code = AgencyCode::Parse(row["code"]);
  if (!code.ok() || code->text() != row["code"])
    return row.Refuse("code", "an agency code in the form in force");
  for (const std::string_view column : {"name_vi", "kind", "source"})
    if (row[column].empty()) return row.Refuse(column, "some text");
  const auto from = ParseDay(row["valid_from"]);
  if (!from.ok()) return row.Refuse("valid_from", "a date, YYYY-MM-DD");
  std::int32_t end = kOpenEnd;
  if (!row["valid_to"].empty()) {
    const auto to = ParseDay(row["valid_to"]);
    if (!to.ok() || *to <= *from) return row.Refuse("valid_to", "a date after valid_from");
    end = ToNumber(*to);
  }
  return AgencyFactRow{image.AddText(row["code"]),
                       image.AddText(row["name_vi"]),
                       image.AddText(row["kind"]),
                       image.AddText(row["unit_code"]),
                       image.AddText(row["source"]),
                       ToNumber(*from),
                       end};
}

}  // namespace

absl::Status CompileIdentifiers(const FactsFolder& folder, ImageBuilder& image) {
  MOTCUA_RETURN_IF_ERROR(AddBirthProvinces(folder, image));
  constexpr std::string_view kFile = "units/agencies.tsv";
  MOTCUA_ASSIGN_OR_RETURN(const std::string text, folder.Read(kFile));
  MOTCUA_ASSIGN_OR_RETURN(const Tsv table, Tsv::Parse(std::string(kFile), text,
                                                      {"code", "name_vi", "kind", "unit_code",
                                                       "valid_from", "valid_to", "source"}));
  std::vector<AgencyFactRow> rows;
  for (const Tsv::Row& row : table.rows()) {
    MOTCUA_ASSIGN_OR_RETURN(const AgencyFactRow fact, ReadAgency(row, image));
    rows.push_back(fact);
  }
  image.AddTable("units.agencies", rows);
  return absl::OkStatus();
}

}  // namespace motcua
