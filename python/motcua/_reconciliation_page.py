"""The page of a reconciliation: one file, no network, no script, readable on a phone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reconciliation import Correction, Finding, Reconciliation

#: Kind: its name, and what it means for the person who keeps the catalogue.
_KINDS = {
    "code": ("Sai mã", "Tên và cấp trên đúng, mã không phải mã của đơn vị này."),
    "parent": ("Sai cấp trên", "Đơn vị có thật nhưng thuộc đơn vị cấp trên khác."),
    "type": ("Sai loại đơn vị", "Đúng tên, sai loại (phường, xã, đặc khu…)."),
    "spelling": ("Sai cách viết", "Đúng đơn vị, tên viết khác văn bản pháp luật."),
    "stale": ("Đơn vị cũ", "Đơn vị của thời điểm khác; nay do đơn vị kế thừa thay thế."),
    "ambiguous": ("Chưa xác định", "Nhiều đơn vị cùng phù hợp; cần người kiểm tra."),
    "surplus": ("Thừa", "Không có đơn vị như vậy, hoặc đơn vị đã có dòng khác."),
    "missing": ("Thiếu", "Đơn vị đang tồn tại nhưng danh mục chưa có."),
    "exact": ("Khớp", ""),
}
_STAGES = {
    "case": "khác chữ hoa, chữ thường",
    "apostrophe": "khác dấu nháy",
    "tone_placement": "khác vị trí dấu thanh",
    "spacing": "khác dấu cách, gạch nối hoặc số 0",
    "i_y": "khác i/y",
    "abbreviation": "viết tắt",
    "type": "thiếu hoặc khác loại",
    "listed_variant": "cách viết của một nguồn khác",
    "no_diacritics": "thiếu hoặc khác dấu",
    "edit_distance_1": "sai một chữ cái",
    "edit_distance_2": "sai hai chữ cái",
}
_ACTIONS = {
    "update": "Sửa thành",
    "delete": "Xóa dòng",
    "add": "Thêm dòng",
    "review": "Kiểm tra, chọn một",
    "none": "Sẽ có",
}

_STYLE = """
:root{color-scheme:light dark;--line:#8885;--soft:#8881;--mark:#b3261e}
@media(prefers-color-scheme:dark){:root{--mark:#ff897d}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;max-width:72rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2rem 0 .25rem}
p{margin:.25rem 0;max-width:60rem}
.about{opacity:.75}
ul.counts{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem;padding:0;
margin:1.25rem 0}
ul.counts li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem}
ul.counts a{color:inherit;text-decoration:none;display:block}
ul.counts b{display:block;font-size:1.4rem;line-height:1.2;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin-top:.5rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line);
overflow-wrap:anywhere}
th{background:var(--soft);font-weight:600}
th:first-child{width:4.5rem}
td.number{font-variant-numeric:tabular-nums}
td small{display:block;opacity:.75}
b.action{color:var(--mark);font-weight:600}
@media(max-width:45rem){thead{display:none}table,tbody{display:block}
tr{display:block;border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.4rem .6rem}
td{display:grid;grid-template-columns:6.2rem 1fr;gap:.5rem;border:0;padding:.15rem 0}
td:empty{display:none}td::before{content:attr(data-label);opacity:.7}}
@media print{body{max-width:none;padding:0}ul.counts a::after{content:""}tr{break-inside:avoid}}
"""


def page(reconciliation: Reconciliation, title: str) -> str:
    """The whole page as HTML."""
    counts = reconciliation.counts()
    groups: dict[str, list[tuple[Finding, Correction]]] = {}
    for finding, correction in zip(reconciliation.problems(), reconciliation._decisions()):
        groups.setdefault(finding.kind, []).append((finding, correction))
    order = ["exact", *(kind for kind in _KINDS if kind != "exact")]
    cards = "".join(_card(kind, counts[kind]) for kind in order if counts.get(kind))
    sections = "".join(_section(kind, groups[kind]) for kind in _KINDS if kind in groups)
    body = sections or "<p>Mọi dòng đều khớp.</p>"
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>{_about(reconciliation)}\n"
        f'<ul class="counts">{cards}</ul>\n{body}</body></html>\n'
    )


def _about(reconciliation: Reconciliation) -> str:
    said = [f"{len(reconciliation.rows):,} dòng".replace(",", ".")]
    if reconciliation.at is not None:
        said.append(f"so với danh mục ngày {reconciliation.at:%d/%m/%Y}")
    if reconciliation.dataset_version:
        said.append(f"dữ liệu {escape(reconciliation.dataset_version)}")
    unused = ", ".join(map(escape, reconciliation.unused_columns))
    left = f'<p class="about">Các cột không dùng đến: {unused}</p>' if unused else ""
    return f'<p class="about">{", ".join(said)}</p>{left}'


def _card(kind: str, count: int) -> str:
    inner = f"<b>{count:,}</b>{_KINDS[kind][0]}".replace(",", ".")
    return f"<li>{inner}</li>\n" if kind == "exact" else f'<li><a href="#{kind}">{inner}</a></li>\n'


def _section(kind: str, rows: list[tuple[Finding, Correction]]) -> str:
    name, meaning = _KINDS[kind]
    given = "" if kind == "missing" else "<th>Danh mục ghi</th>"
    first = "" if kind == "missing" else "<th>Dòng</th>"
    head = f"<thead><tr>{first}{given}<th>Đề nghị</th></tr></thead>"
    body = "".join(_row(kind, finding, correction) for finding, correction in rows)
    count = f"{len(rows):,}".replace(",", ".")
    return (
        f'<section id="{kind}"><h2>{name} ({count})</h2><p class="about">{meaning}</p>'
        f"<table>{head}<tbody>{body}</tbody></table></section>\n"
    )


def _row(kind: str, finding: Finding, correction: Correction) -> str:
    cells = []
    if kind != "missing":
        given = escape(_joined(correction.code, correction.name, correction.parent))
        why = _STAGES.get(finding.stage or "")
        cells.append(_cell("Dòng", escape(correction.row), "number"))
        cells.append(_cell("Danh mục ghi", given + (f"<small>{why}</small>" if why and kind != "type" else "")))
    cells.append(_cell("Đề nghị", _proposal(correction)))
    return f"<tr>{''.join(cells)}</tr>"


def _proposal(correction: Correction) -> str:
    said = f'<b class="action">{_ACTIONS[correction.action]}</b> '
    if correction.action == "delete":
        said += f"<small>{escape(correction.reason_vi)}</small>" if correction.reason_vi else ""
    elif correction.action == "review":
        said += "<br>".join(escape(choice) for choice in correction.choices)
    else:
        said += escape(_joined(correction.new_code, correction.new_name, correction.new_parent_name))
        if correction.reason_vi:
            said += f"<small>{escape(correction.reason_vi)}</small>"
    return said


def _cell(label: str, html: str, kind: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    return f'<td{of_kind} data-label="{label}"><span>{html}</span></td>' if html else f'<td data-label="{label}"></td>'


def _joined(code: str, name: str, parent: str) -> str:
    named = " ".join(part for part in (code, name) if part)
    return ", ".join(part for part in (named, parent) if part)
