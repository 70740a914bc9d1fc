// Catalogue::Write: the tables as TSV again. What no row needs gets no column, so that
// tables without versions come out as they went in.
#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "motcua/base/status.h"
#include "motcua/procedures/catalogue.h"

namespace motcua {
namespace {

std::string DayText(DayNumber day) { return day == kNoDay ? "" : ToString(DayFrom(day)); }

std::string LevelText(std::uint8_t levels) {
  constexpr std::pair<std::uint8_t, std::string_view> kLevels[] = {{kLevelMinistry, "ministry"},
                                                                   {kLevelProvince, "province"},
                                                                   {kLevelCommune, "commune"},
                                                                   {kLevelOther, "other"}};
  std::string text;
  for (const auto& [bit, name] : kLevels) {
    if ((levels & bit) != 0) absl::StrAppend(&text, text.empty() ? "" : "+", ToAbsl(name));
  }
  return text;
}

class TableWriter {
 public:
  explicit TableWriter(std::span<const Procedure> procedures) : procedures_(procedures) {
    for (const Procedure& one : procedures) {
      versions_ = versions_ || one.valid_from != kNoDay || one.valid_to != kNoDay;
    }
  }

  std::string Procedures() {
    Line({"code", "name_vi", "field_vi", "levels", "agency_vi", "subjects", "decision_no",
          "result_vi", "online_level", "status", "source_commit_date"},
         "valid_from\tvalid_to");
    for (const Procedure& p : procedures_) {
      Line({p.code, p.name, p.field, LevelText(p.levels), p.agency, p.subjects, p.decision,
            p.result, p.online_level, p.status, p.source_date},
           absl::StrCat(DayText(p.valid_from), "\t", DayText(p.valid_to)));
    }
    return std::move(text_);
  }

  std::string Limits() {
    return Rows({"channel", "row_no", "value", "unit", "raw_text"}, &Procedure::limits,
                [](const LimitRow& row) -> Cells {
                  return {std::string(NameOf(row.channel)), absl::StrCat(row.row_no),
                          std::string(row.value), std::string(NameOf(row.unit)),
                          std::string(row.raw)};
                });
  }

  std::string Fees() {
    return Rows({"channel", "row_no", "amount_vnd", "kind", "raw_text"}, &Procedure::fees,
                [](const FeeRow& row) -> Cells {
                  return {std::string(NameOf(row.channel)), absl::StrCat(row.row_no),
                          row.amount_vnd == kNoAmount ? "" : absl::StrCat(row.amount_vnd),
                          std::string(row.kind), std::string(row.raw)};
                });
  }

  std::string Agencies() {
    return Rows({"role", "agency_vi"}, &Procedure::agencies, [](const AgencyRow& row) -> Cells {
      return {std::string(row.role), std::string(row.agency)};
    });
  }

  std::string LegalBasis() {
    return Rows({"document_no", "date"}, &Procedure::legal_basis,
                [](const LegalBasisRow& row) -> Cells {
                  return {std::string(row.document), std::string(row.date)};
                });
  }

  std::string Cases() {
    return Rows({"case_no", "components", "instructions", "with_form"}, &Procedure::cases,
                [](const CaseRow& row) -> Cells {
                  return {absl::StrCat(row.case_no), absl::StrCat(row.components),
                          absl::StrCat(row.instructions), absl::StrCat(row.with_form)};
                });
  }

  std::string Details() {
    return Rows({"part", "case_no", "row_no", "id", "text", "extra"}, &Procedure::details,
                [](const DetailRow& row) -> Cells {
                  return {std::string(row.part),    absl::StrCat(row.case_no),
                          absl::StrCat(row.row_no), std::string(row.id),
                          std::string(row.text),    std::string(row.extra)};
                });
  }

  std::string Steps(std::span<const Process> processes) {
    versions_ = false;
    if (processes.empty()) return "";
    Line({"code", "step_no", "step_name_vi", "agency", "time_value", "time_unit", "source", "role",
          "after"},
         "");
    for (const Process& process : processes) {
      for (const Step& step : process.steps) {
        const std::string unit = step.unit == StepUnit::kShared
                                     ? absl::StrCat("group_of_step_", step.shares)
                                     : std::string(NameOf(step.unit));
        Line({process.code, absl::StrCat(step.number), step.name, step.agency, step.value, unit,
              step.source, step.role, step.after_cell},
             "");
      }
    }
    return std::move(text_);
  }

  std::string Groups(std::span<const LinkedGroup> groups) {
    versions_ = false;
    if (groups.empty()) return "";
    Line({"group", "code", "name_vi", "case", "limit", "steps", "source"}, "");
    for (const LinkedGroup& group : groups) {
      Line({group.group, group.code, group.name, group.case_name, group.limit,
            absl::StrJoin(group.steps, "+"), group.source},
           "");
    }
    return std::move(text_);
  }

 private:
  using Cells = std::vector<std::string>;

  // A cell of either kind of text.
  struct Cell {
    Cell(const char* cell) : text(cell) {}         // NOLINT: cells are written in lists
    Cell(std::string_view cell) : text(cell) {}    // NOLINT
    Cell(const std::string& cell) : text(cell) {}  // NOLINT
    std::string_view text;
  };

  void Line(std::initializer_list<Cell> cells, std::string_view validity) {
    bool first = true;
    for (const Cell& cell : cells) {
      absl::StrAppend(&text_, first ? "" : "\t", ToAbsl(cell.text));
      first = false;
    }
    if (versions_) absl::StrAppend(&text_, "\t", ToAbsl(validity));
    text_.push_back('\n');
  }

  template <typename Row, typename Write>
  std::string Rows(const Cells& columns, std::span<const Row> Procedure::*member, Write write) {
    const bool any = std::any_of(procedures_.begin(), procedures_.end(),
                                 [&](const Procedure& one) { return !(one.*member).empty(); });
    if (!any && !std::is_same_v<Row, LimitRow>) return "";
    absl::StrAppend(&text_, "code\t", absl::StrJoin(columns, "\t"),
                    versions_ ? "\tvalid_from\n" : "\n");
    for (const Procedure& procedure : procedures_) {
      for (const Row& row : procedure.*member) {
        absl::StrAppend(&text_, ToAbsl(procedure.code), "\t", absl::StrJoin(write(row), "\t"));
        // "-": of the version without a first day; nothing would be every version.
        const std::string from = DayText(procedure.valid_from);
        if (versions_) absl::StrAppend(&text_, "\t", from.empty() ? "-" : from);
        text_.push_back('\n');
      }
    }
    return std::move(text_);
  }

  std::span<const Procedure> procedures_;
  bool versions_ = false;  // some procedure has a validity
  std::string text_;
};

}  // namespace

std::string Catalogue::Write(std::string_view table) const {
  TableWriter writer(procedures());
  if (table == "procedures") return writer.Procedures();
  if (table == "time_limits") return writer.Limits();
  if (table == "fees") return writer.Fees();
  if (table == "agencies") return writer.Agencies();
  if (table == "legal_basis") return writer.LegalBasis();
  if (table == "component_counts") return writer.Cases();
  if (table == "details") return writer.Details();
  if (table == "procedure_steps") return writer.Steps(processes());
  if (table == "linked_groups") return writer.Groups(groups());
  return "";
}

}  // namespace motcua
