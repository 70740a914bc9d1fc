#include "motcua/statistics/form.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "motcua/base/status.h"

namespace motcua {
namespace {

constexpr std::array<std::string_view, kFormColumnCount> kHeadings = {
    "Tiếp nhận: tổng số",
    "Trong kỳ: trực tuyến",
    "Trong kỳ: trực tiếp, bưu chính",
    "Từ kỳ trước",
    "Đã giải quyết: tổng số",
    "Trước hạn",
    "Đúng hạn",
    "Quá hạn",
    "Đang giải quyết: tổng số",
    "Trong hạn",
    "Quá hạn (đang giải quyết)"};

constexpr std::string_view kStyle =
    "<style>body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:76rem;"
    "padding:0 1rem;color:#1c1c1c}h1{font-size:1.4rem}.scroll{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{border-bottom:1px solid #d5d5d5;padding:.4rem .55rem;text-align:right;"
    "font-variant-numeric:tabular-nums}th{vertical-align:bottom;background:#f5f3ee}"
    "th.key,td.key{text-align:left}tr.total td{font-weight:600;border-top:2px solid #1c1c1c}"
    "td.late{color:#a02020}</style>";

// A key is text from events: one that a spreadsheet would run as a formula gets an apostrophe.
std::string CsvCell(std::string_view text) {
  const std::size_t begin = text.find_first_not_of('\'');
  const bool formula = begin != std::string_view::npos &&
                       std::string_view("=+-@\t\r").find(text[begin]) != std::string_view::npos;
  const std::string mark = formula ? "'" : "";
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return mark + std::string(text);
  std::string cell = "\"" + mark;
  for (const char c : text) {
    if (c == '"') cell.push_back('"');
    cell.push_back(c);
  }
  cell.push_back('"');
  return cell;
}

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

std::string Percent(const Counts& counts) {
  const std::int64_t rate = counts.on_time_rate();
  return rate < 0 ? "" : absl::StrFormat("%d.%02d", rate / 100, rate % 100);
}

void AppendCsvCounts(const Counts& counts, std::string& csv) {
  for (const std::int64_t value :
       {counts.received_online, counts.received_direct_postal, counts.received(),
        counts.carried_over, counts.processed(), counts.resolved(), counts.early, counts.on_time,
        counts.overdue, counts.returned, counts.pending(), counts.pending_within,
        counts.pending_overdue}) {
    absl::StrAppend(&csv, value, ",");
  }
  absl::StrAppend(&csv, Percent(counts), "\n");
}

void AppendHtmlCounts(const Counts& counts, std::string& html) {
  const auto columns = FormColumns(counts);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const bool late = (k == 7 || k == 10) && columns[k] > 0;
    absl::StrAppend(&html, late ? "<td class=\"late\">" : "<td>", columns[k], "</td>");
  }
  absl::StrAppend(&html, "<td>", Percent(counts), "</td></tr>\n");
}

void AppendHtmlHead(const Statistics& statistics, std::string_view title, std::size_t keys,
                    std::string& html) {
  absl::StrAppend(&html,
                  "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>",
                  Escape(title), "</title>", ToAbsl(kStyle), "</head><body>\n<h1>");
  absl::StrAppend(&html, Escape(title), "</h1>\n<p>Biểu số II.06a/VPCP/KSTT · ",
                  ToString(statistics.first), " – ", ToString(statistics.last),
                  "</p>\n<div class=\"scroll\"><table>\n<thead><tr><th>(1)</th>");
  absl::StrAppend(&html, "<th class=\"key\" colspan=\"", keys, "\">Lĩnh vực, đơn vị (2)</th>");
  for (int k = 0; k < kFormColumnCount; ++k) {
    absl::StrAppend(&html, "<th>", ToAbsl(FormHeading(k)), " (", k + 3, ")</th>");
  }
  html += "<th>Tỷ lệ đúng hạn, %</th></tr></thead>\n<tbody>\n";
}

}  // namespace

std::array<std::int64_t, kFormColumnCount> FormColumns(const Counts& counts) {
  return {counts.processed(),    counts.received_online, counts.received_direct_postal,
          counts.carried_over,   counts.resolved(),      counts.early,
          counts.on_time,        counts.overdue,         counts.pending(),
          counts.pending_within, counts.pending_overdue};
}

std::string_view FormHeading(int k) { return kHeadings[static_cast<std::size_t>(k)]; }

std::string ToCsv(const Statistics& statistics) {
  std::string csv;
  for (const Grouping grouping : statistics.by)
    absl::StrAppend(&csv, ToAbsl(NameOf(grouping)), ",");
  csv +=
      "received_online,received_direct_postal,received,carried_over,processed,resolved,early,"
      "on_time,overdue,returned,pending,pending_within,pending_overdue,on_time_rate\n";
  for (const CountRow& row : statistics.rows) {
    for (const std::string& key : row.keys) absl::StrAppend(&csv, CsvCell(key), ",");
    AppendCsvCounts(row.counts, csv);
  }
  if (statistics.by.empty()) return csv;  // its one row is the total
  absl::StrAppend(&csv, "total", std::string(statistics.by.size(), ','));
  AppendCsvCounts(statistics.total, csv);
  return csv;
}

std::string ToHtml(const Statistics& statistics, std::string_view title, const KeyNames& names) {
  const std::map<std::string_view, std::string_view> name_of(names.begin(), names.end());
  const auto show = [&](const std::string& key) {
    const auto name = name_of.find(key);
    return Escape(name == name_of.end() ? std::string_view(key) : name->second);
  };
  const std::size_t keys = std::max<std::size_t>(statistics.by.size(), 1);
  std::string html;
  AppendHtmlHead(statistics, title, keys, html);
  int number = 0;
  for (const CountRow& row : statistics.rows) {
    if (row.keys.empty()) break;  // its one row is the total
    absl::StrAppend(&html, "<tr><td>", ++number, "</td>");
    for (const std::string& key : row.keys) {
      absl::StrAppend(&html, "<td class=\"key\">", show(key), "</td>");
    }
    AppendHtmlCounts(row.counts, html);
  }
  absl::StrAppend(&html, "<tr class=\"total\"><td></td><td class=\"key\" colspan=\"", keys,
                  "\">Tổng số</td>");
  AppendHtmlCounts(statistics.total, html);
  html += "</tbody></table></div></body></html>\n";
  return html;
}

}  // namespace motcua
