"""The page of a reconciliation: one file, no network, readable on a phone."""

from __future__ import annotations

from html import escape

_KINDS = {
    "exact": "Khớp",
    "spelling": "Sai chính tả",
    "type": "Sai loại đơn vị",
    "parent": "Sai đơn vị cấp trên",
    "code": "Sai mã",
    "stale": "Đơn vị đã thay đổi",
    "ambiguous": "Chưa xác định được",
    "surplus": "Thừa",
    "missing": "Thiếu",
}

_STYLE = """
:root{color-scheme:light dark;--line:#8886;--soft:#8882}
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem}
ul.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0}
ul.counts li{border:1px solid var(--line);border-radius:.5rem;padding:.4rem .8rem}
ul.counts b{display:block;font-size:1.3rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{background:var(--soft)}
td.number{font-variant-numeric:tabular-nums}
@media(max-width:45rem){thead{display:none}tr{display:block;border-bottom:2px solid var(--line);padding:.4rem 0}
td{display:block;border:0;padding:.1rem 0}td:not(:empty)::before{content:attr(data-label) ": ";opacity:.7}}
"""

_HEADINGS = {
    "row": "Dòng",
    "given": "Danh mục ghi",
    "kind": "Kết quả",
    "unit": "Đơn vị đúng",
    "proposal": "Đề nghị sửa",
}


def page(reconciliation, title: str) -> str:
    """The whole page as HTML."""
    counts = reconciliation.counts()
    cards = "".join(f"<li><b>{counts[kind]:,}</b>{_KINDS[kind]}</li>" for kind in _KINDS if kind in counts)
    problems = [row for row in reconciliation.table() if row["kind"] != "exact"]
    head = "".join(f"<th>{text}</th>" for text in _HEADINGS.values())
    body = "".join(map(_row, problems)) or f'<tr><td colspan="{len(_HEADINGS)}">Mọi dòng đều khớp.</td></tr>'
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><h1>{escape(title)}</h1><ul class="counts">{cards}</ul>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def _row(row: dict[str, str]) -> str:
    kind = _KINDS[row["kind"]] + (f" ({row['stage']})" if row["stage"] not in ("", "exact") else "")
    cells = {
        "row": row["row"],
        "given": _joined(row["code"], row["name"], row["parent"]),
        "kind": kind,
        "unit": _joined(row["unit_code"], row["unit_name"], row["unit_parent"]),
        "proposal": row["proposal"],
    }
    return "<tr>" + "".join(_cell(name, text) for name, text in cells.items()) + "</tr>"


def _cell(name: str, text: str) -> str:
    number = ' class="number"' if name == "row" else ""
    return f'<td{number} data-label="{_HEADINGS[name]}">{escape(text)}</td>'


def _joined(code: str, name: str, parent: str) -> str:
    named = " ".join(part for part in (code, name) if part)
    return ", ".join(part for part in (named, parent) if part)
