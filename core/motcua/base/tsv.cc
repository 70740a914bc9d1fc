#include "motcua/base/tsv.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

std::vector<std::string_view> Split(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

std::string_view Tsv::Row::operator[](std::string_view column) const {
  const auto at = std::find(table_->header_.begin(), table_->header_.end(), column);
  if (at == table_->header_.end()) std::abort();  // a misspelt column is a defect of the caller
  return cells_[static_cast<std::size_t>(at - table_->header_.begin())];
}

absl::Status Tsv::Row::Refuse(std::string_view column, std::string_view expected) const {
  return Error(Reason::kMalformedData,
               absl::StrCat(table_->name_, " line ", line_, ", ", ToAbsl(column)), (*this)[column],
               expected);
}

absl::StatusOr<Tsv> Tsv::Parse(std::string name, std::string_view text,
                               const std::vector<std::string_view>& columns) {
  const auto refuse = [&](int line, std::string_view what) {
    return Error(Reason::kMalformedData, absl::StrCat(name, " line ", line, ": ", ToAbsl(what)));
  };
  Tsv tsv;
  for (int line_number = 1; !text.empty(); ++line_number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
      return refuse(line_number, "expected a line feed at the end");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.find('\r') != std::string_view::npos) {
      return refuse(line_number, "expected LF line ends, found a carriage return");
    }
    std::vector<std::string_view> cells = Split(line);
    if (line_number == 1) {
      tsv.header_ = std::move(cells);
      for (auto cell = tsv.header_.begin(); cell != tsv.header_.end(); ++cell) {
        if (std::find(tsv.header_.begin(), cell, *cell) == cell) continue;
        return refuse(
            1, ToStd(absl::StrCat("expected each column once, found '", ToAbsl(*cell), "' twice")));
      }
      continue;
    }
    if (cells.size() != tsv.header_.size()) {
      return refuse(line_number, ToStd(absl::StrCat("expected ", tsv.header_.size(),
                                                    " cells, found ", cells.size())));
    }
    Row row;
    row.line_ = line_number;
    row.cells_ = std::move(cells);
    tsv.rows_.push_back(std::move(row));
  }
  tsv.name_ = name;
  for (const std::string_view column : columns) {
    if (!tsv.has_column(column)) {
      return refuse(1, ToStd(absl::StrCat("expected a column named ", ToAbsl(column))));
    }
  }
  return tsv;
}

Tsv::Tsv(Tsv&& other) noexcept
    : name_(std::move(other.name_)),
      header_(std::move(other.header_)),
      rows_(std::move(other.rows_)) {
  for (Row& row : rows_) row.table_ = this;
}

bool Tsv::has_column(std::string_view column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

}  // namespace motcua
