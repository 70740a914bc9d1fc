"""report.html: one page that needs nothing but itself, Vietnamese first, English beneath.

Every number on it comes from the outcome of the run; texts from files are escaped.
"""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path
from typing import Any, Iterable

from ..period_statistics import FORM_COLUMNS
from .figures import Comparison, Figures, Place
from .pipeline import CountedTable, Finding, Outcome

_FIGURES = {
    "received_online": ("Trực tuyến", "online"),
    "received_direct_postal": ("Trực tiếp, bưu chính", "direct, postal"),
    "received": ("Tiếp nhận mới", "received"),
    "carried_over": ("Kỳ trước chuyển qua", "carried over"),
    "processed": ("Tổng số hồ sơ", "processed"),
    "resolved": ("Đã giải quyết", "resolved"),
    "early": ("Trước hạn", "early"),
    "on_time": ("Đúng hạn", "on time"),
    "early_or_on_time": ("Trước và đúng hạn", "early and on time"),
    "overdue": ("Quá hạn", "overdue"),
    "returned": ("Trả lại do không đủ điều kiện", "returned as not eligible"),
    "pending": ("Đang giải quyết", "pending"),
    "pending_within": ("Trong hạn", "within limit"),
    "pending_overdue": ("Đang giải quyết, quá hạn", "pending, overdue"),
    "on_time_rate": ("Tỷ lệ trước và đúng hạn", "early and on time, %"),
}
# What a table goes by.
_KEYS = {
    "agency": ("Đơn vị", "unit"),
    "field": ("Lĩnh vực", "field"),
    "channel": ("Hình thức nộp", "channel"),
    "procedure": ("Thủ tục", "procedure"),
}
_BAR = ("early", "on_time", "overdue", "pending_within", "pending_overdue")
_LONG_TABLE = 40


def report_page(outcome: Outcome) -> str:
    """The page of a run as one HTML text."""
    job = outcome.job
    css = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    body = "\n".join(
        [
            _masthead(outcome),
            _panels(outcome),
            _by_day(outcome),
            _published(outcome),
            _forms(outcome),
            _ranking(outcome),
            _findings(outcome),
            _notes(outcome),
        ]
    )
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_t(job.title['vi'])}</title>\n<style>\n{css}</style>\n</head>\n"
        f'<body>\n<div class="page">\n{body}\n</div>\n</body>\n</html>\n'
    )


# --- Numbers and words --------------------------------------------------------------------------
def _t(text: Any) -> str:
    return html.escape(str(text))


def number(value: float | None) -> str:
    """A number as Vietnamese writes it: 74.563 and 97,25."""
    if value is None:
        return "–"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{int(value):,}".replace(",", ".")


def percent(value: float | None) -> str:
    """A percentage with two decimals: 97,25 %."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",") + " %"


def _cell(value: int, group: bool = False) -> str:
    classes = " ".join(name for name, on in (("zero", value == 0), ("group", group)) if on)
    return f'<td class="{classes}">{number(value)}</td>' if classes else f"<td>{number(value)}</td>"


def _both(vi: str, en: str) -> str:
    return f'{_t(vi)} <span class="en">{_t(en)}</span>'


def _period(first: dt.date, last: dt.date) -> str:
    return f"{first.day}/{first.month} – {last.day}/{last.month}/{last.year}"


def _section(vi: str, en: str, content: str) -> str:
    return (
        f'<section>\n<div class="head"><h2>{_t(vi)}</h2><span class="en">{_t(en)}</span></div>\n{content}\n</section>'
    )


# --- The sections -------------------------------------------------------------------------------
def _masthead(outcome: Outcome) -> str:
    job = outcome.job
    note = f'<p class="note">{_both(job.note["vi"], job.note["en"])}</p>' if job.note["vi"] else ""
    handed = outcome.handed_over
    moved = ""
    if handed:
        moved = (
            f"<p>{number(handed['communes'] + handed['departments'])} hồ sơ của đơn vị cũ được bàn giao ngày "
            f"{job.merger.day}/{job.merger.month}/{job.merger.year}: {number(handed['communes'])} về cấp xã, "
            f"{number(handed['departments'])} về sở, ban, ngành. "
            f'<span class="en">{handed["communes"] + handed["departments"]:,} dossiers of abolished units '
            "were handed over, "
            f"{handed['communes']:,} to communes and {handed['departments']:,} to departments; "
            f"{len(outcome.undecided):,} could not be decided.</span></p>"
        )
    return (
        f'<header><div class="label">Một cửa · motcua</div><h1>{_t(job.title["vi"])}</h1>'
        f'<span class="en">{_t(job.title["en"])}</span>{moved}{note}</header>'
    )


def _panels(outcome: Outcome) -> str:
    panels = [
        _panel(outcome.job.summaries[name], figures, wide=position < 2)
        for position, (name, figures) in enumerate(outcome.summaries.items())
    ]
    return f'<div class="panels">{"".join(panels)}</div>'


def _panel(scope: Any, figures: Figures, wide: bool) -> str:
    whole = max(figures["processed"], 1)
    bar = "".join(f'<i class="{name}" style="width:{100 * figures[name] / whole:.3f}%"></i>' for name in _BAR)
    legend = "".join(
        f'<li><b>{number(figures[name])}</b><i class="{name}"></i>{_both(*_FIGURES[name])}</li>'
        for name in _BAR
        if figures[name] or name in ("early", "on_time", "overdue", "pending_within")
    )
    return (
        f'<div class="panel{" wide" if wide else ""}"><h3>{_t(scope.title["vi"])}</h3>'
        + (f'<span class="en">{_t(scope.title["en"])}</span>' if scope.title["en"] != scope.title["vi"] else "")
        + f'<span class="when">{_period(scope.first, scope.last)}</span>'
        f'<div class="big"><div><span class="figure">{number(figures["processed"])}</span> hồ sơ'
        '<span class="en">dossiers processed</span></div>'
        f'<div class="rate"><span class="figure">{percent(figures["on_time_rate"])}</span>'
        '<span class="what">trước và đúng hạn <span class="en">early or on time</span></span></div></div>'
        f'<p class="sum">{number(figures["received"])} mới + {number(figures["carried_over"])} chuyển qua '
        f"= {number(figures['resolved'])} đã giải quyết + {number(figures['pending'])} đang giải quyết "
        '<span class="en">received + carried over = resolved + pending</span></p>'
        f'<div class="bar">{bar}</div><ul class="legend">{legend}</ul></div>'
    )


def _by_day(outcome: Outcome) -> str:
    """Dossiers accepted and dossiers ended on each day of the longest summary period."""
    import numpy as np

    scopes = outcome.job.summaries.values()
    first, last = min(scope.first for scope in scopes), max(scope.last for scope in scopes)
    days = (last - first).days + 1
    if not outcome.dossiers or days > 92:
        return ""

    def per_day(name: str) -> list[int]:
        moments = outcome.columns[name].astype("M8[m]")
        index = (moments[~np.isnat(moments)].astype("M8[D]") - np.datetime64(first)).astype(int)
        return np.bincount(index[(index >= 0) & (index < days)], minlength=days).tolist()

    return _section(
        "Tiếp nhận và giải quyết từng ngày",
        "Accepted and resolved, day by day",
        '<div class="chart"><p class="key"><span><i class="early"></i>Tiếp nhận <span class="en">accepted</span></span>'
        '<span><i class="pending_overdue"></i>Giải quyết xong <span class="en">resolved</span></span></p>'
        f"<div class=wide-only>{_bars(first, per_day('accepted_at'), per_day('finished_at'))}</div></div>",
    )


def _bars(first: dt.date, accepted: list[int], ended: list[int]) -> str:
    width, height, left, bottom = 1080, 230, 44, 24
    top = max(max(accepted), max(ended), 1)
    step = _round_step(top)
    unit, day_width = (height - bottom - 8) / top, (width - left) / len(accepted)
    parts = []
    for level in range(0, top + 1, step):
        y = height - bottom - level * unit
        parts.append(f'<line x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3dfd4"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{number(level)}</text>')
    for index, (new, done) in enumerate(zip(accepted, ended)):
        x, bar = left + index * day_width, day_width * 0.36
        day = first + dt.timedelta(days=index)
        for offset, value, colour in ((0.12, new, "#1f6f5c"), (0.52, done, "#d98e3f")):
            tall = value * unit
            parts.append(
                f'<rect x="{x + offset * day_width:.1f}" y="{height - bottom - tall:.1f}" width="{bar:.1f}" '
                f'height="{tall:.1f}" fill="{colour}"><title>{day:%d/%m}: {number(value)}</title></rect>'
            )
        if len(accepted) <= 31 and (index % 2 == 0 or len(accepted) < 16):
            parts.append(
                f'<text x="{x + day_width / 2:.1f}" y="{height - 7}" text-anchor="middle">{day.day}/{day.month}</text>'
            )
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="Từng ngày">{"".join(parts)}</svg>'


def _round_step(top: int) -> int:
    step = 1
    while top / step > 5:
        step *= 2 if str(step)[0] in "15" else 5
        if str(step)[0] == "1" and len(str(step)) > 1 and step % 10:
            step = 10 ** len(str(step))
    return step


def _published(outcome: Outcome) -> str:
    if not outcome.comparisons:
        return ""
    rows, last = [], ""
    for comparison in outcome.comparisons:
        if comparison.summary != last:
            scope, last = outcome.job.summaries[comparison.summary], comparison.summary
            rows.append(
                f'<tr class="scope"><td colspan="5">{_t(scope.title["vi"])}, '
                f"{_period(scope.first, scope.last)}</td></tr>"
            )
        rows.append(_published_row(comparison))
    table = (
        '<div class="scroll"><table><thead><tr><th class="t">Chỉ tiêu<span class="en">figure</span></th>'
        '<th>Công bố<span class="en">published</span></th><th>Tính được<span class="en">computed</span></th>'
        '<th>Lệch<span class="en">off by</span></th>'
        '<th class="narrow-off">Nguồn<span class="en">source</span></th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
    return _section(
        "So với số liệu đã công bố",
        "Against the published figures",
        table + _unmet(outcome.comparisons, outcome.job.summaries) + _quoted(outcome),
    )


def _published_row(row: Comparison) -> str:
    show = percent if row.figure == "on_time_rate" else number
    off = '<span class="yes">khớp</span>' if row.met else f'<span class="no">{show(row.off_by)}</span>'
    return (
        f'<tr><td class="t">{_both(*_FIGURES.get(row.figure, (row.figure, "")))}</td><td>{_t(row.as_printed)}</td>'
        f'<td>{show(row.computed)}</td><td>{off}</td><td class="narrow-off">{_t(row.report)}</td></tr>'
    )


def _unmet(comparisons: Iterable[Comparison], titles: dict[str, Any]) -> str:
    missed = [row for row in comparisons if not row.met]
    if not missed:
        return (
            '<p class="all-met"><span class="yes">Mọi số liệu đã công bố đều khớp.</span> '
            '<span class="en">Every published figure is met; there is none that could not be.</span></p>'
        )
    items = "".join(
        f"<li>{_t(titles[row.summary].title['vi'])}: {_both(*_FIGURES.get(row.figure, (row.figure, '')))} "
        f"công bố {_t(row.as_printed)}, tính được {number(row.computed)}, lệch {number(row.off_by)}</li>"
        for row in missed
    )
    return (
        '<p class="all-met"><span class="no">Không khớp</span> '
        '<span class="en">could not be met, and by how much</span></p>'
        f"<ul>{items}</ul>"
    )


def _quoted(outcome: Outcome) -> str:
    if not outcome.job.quoted:
        return ""
    rows = "".join(
        f'<tr><td class="t">{_both(row["fact_vi"], row["fact_en"])}</td>'
        f'<td class="t">{_both(row["value_vi"], row["value_en"])}</td>'
        f'<td class="narrow-off">{_t(row["report"])}</td></tr>'
        for row in outcome.job.quoted
    )
    return (
        '<details open><summary>Số liệu được dẫn, không tái hiện<span class="en">Quoted, not reproduced: '
        "they come from the portal's own score or are not events</span></summary>"
        f'<div class="scroll"><table><tbody>{rows}</tbody></table></div></details>'
    )


def _forms(outcome: Outcome) -> str:
    if not outcome.tables:
        return ""
    content = "".join(_form(counted) for counted in outcome.tables)
    return _section("Biểu số II.06a", "Form II.06a: results of settlement, columns 1 to 13", content)


def _form(counted: CountedTable) -> str:
    scope = counted.table.scope
    is_open = "" if len(counted.rows) > _LONG_TABLE else " open"
    what = _KEYS[counted.table.by]
    rows = [_form_row("", "Tổng số", counted.total, total=True)]
    rows += [_form_row(str(place), name, figures) for place, (_, name, figures) in enumerate(counted.rows, 1)]
    return (
        f"<details{is_open}><summary>{_t(scope.title['vi'])}, {_period(scope.first, scope.last)}"
        f'<span class="en">{_t(scope.title["en"])}</span></summary>'
        f'<div class="scroll"><table class="form">{_form_head(what)}'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _form_head(what: tuple[str, str]) -> str:
    def column(vi: str, en: str, group: bool = False) -> str:
        return f'<th{" class=group" if group else ""}>{_t(vi)}<span class="en">{_t(en)}</span></th>'

    starts = ("processed", "resolved", "pending")
    heads = "".join(column(*_form_label(name), name in starts) for name in FORM_COLUMNS)
    numbers = "".join(
        f'<th class="column{" group" if name in starts else ""}">({n})</th>' for n, name in enumerate(FORM_COLUMNS, 3)
    )
    return (
        f'<thead><tr><th>STT</th><th class="t">{_t(what[0])}<span class="en">{_t(what[1])}</span></th>{heads}</tr>'
        f'<tr><th class="column">(1)</th><th class="column t">(2)</th>{numbers}</tr></thead>'
    )


def _form_label(name: str) -> tuple[str, str]:
    own = {
        "processed": ("Tiếp nhận, tổng số", "received in all"),
        "resolved": ("Đã giải quyết, tổng số", "resolved in all"),
        "pending": ("Đang giải quyết, tổng số", "pending in all"),
        "pending_overdue": ("Quá hạn", "overdue"),
    }
    return own.get(name, _FIGURES[name])


def _form_row(place: str, name: str, figures: Figures, total: bool = False) -> str:
    starts = ("processed", "resolved", "pending")
    cells = "".join(_cell(figures[column], column in starts) for column in FORM_COLUMNS)
    return f'<tr{" class=total" if total else ""}><td>{place}</td><td class="t">{_t(name)}</td>{cells}</tr>'


def _ranking(outcome: Outcome) -> str:
    if not outcome.ranking:
        return ""
    quoted = {row["code"]: row for row in outcome.job.quoted if row["code"]}
    rows = "".join(
        _ranking_row(place, outcome.names.get(place.code, place.code), quoted.get(place.code))
        for place in outcome.ranking
    )
    table = (
        '<div class="scroll"><table><thead><tr><th class="place">Hạng<span class="en">place</span></th>'
        '<th class="t">Đơn vị<span class="en">unit</span></th>'
        '<th>Trước, đúng hạn<span class="en">in time</span></th>'
        '<th>Đã giải quyết<span class="en">resolved / processed</span></th>'
        '<th class="narrow-off">Tổng số<span class="en">processed</span></th>'
        '<th class="narrow-off">Quá hạn<span class="en">overdue</span></th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    note = (
        '<p class="note">Xếp theo (trước hạn + đúng hạn) / (đã giải quyết + đang giải quyết quá hạn), '
        "rồi đã giải quyết / tổng số, "
        "rồi mã đơn vị; các đơn vị bằng nhau cùng hạng, ghi dấu =. "
        "Thứ hạng trên Cổng Dịch vụ công quốc gia tính theo bộ điểm riêng "
        "của Cổng và chỉ được dẫn ở trên. "
        '<span class="en">Equal units share a place, marked =. '
        "The places on the national portal come from its own score "
        "and are only quoted above.</span></p>"
    )
    title = outcome.job.ranking.title
    return _section(title["vi"], title["en"], table + note)


def _ranking_row(place: Place, name: str, quoted: dict[str, str] | None) -> str:
    settled = 100 * float(place.settled)
    bar = f'<span class="mini"><i style="width:{settled:.2f}%"></i></span>'
    beside = ""
    if quoted:
        beside = f'<span class="en">dẫn: {_t(quoted["value_vi"])} (quoted: {_t(quoted["value_en"])})</span>'
    tie = ' <span class="tie">=</span>' if place.tied else ""
    return (
        f'<tr><td class="place">{place.place}{tie}</td>'
        f'<td class="t">{_t(name)} <small class="tie narrow-off">{_t(place.code)}</small>{beside}</td>'
        f"<td>{percent(100 * float(place.in_time))}</td><td>{bar} {percent(settled)}</td>"
        f'<td class="narrow-off">{number(place.figures["processed"])}</td>'
        f'<td class="narrow-off">{number(place.figures["overdue"])}</td></tr>'
    )


def _findings(outcome: Outcome) -> str:
    if not outcome.portal_rows:
        return ""
    exact = outcome.portal_rows - sum(finding.kind != "missing" for finding in outcome.findings)
    intro = (
        f"<p>{exact} / {outcome.portal_rows} dòng của danh mục trên Cổng trùng khớp với danh mục đơn vị hành chính. "
        f'<span class="en">{exact} of {outcome.portal_rows} rows of the portal\'s catalogue agree exactly '
        "with the registry.</span></p>"
    )
    return _section(
        "Đối chiếu danh mục đơn vị trên Cổng",
        "The portal's catalogue of units against the registry",
        intro + "".join(_finding(finding) for finding in outcome.findings),
    )


def _finding(finding: Finding) -> str:
    right = f"{_t(finding.unit_name)} <span class=en>({_t(finding.unit_code)})</span>" if finding.unit_code else "–"
    stage = f", bước khớp <b>{_t(finding.stage)}</b>" if finding.stage else ""
    return (
        '<div class="finding"><div><div class="label">Cổng ghi</div>'
        f'<div class="spelled">{_t(finding.name or "–")}</div></div>'
        f'<div class="arrow">→</div><div><div class="label">Đúng là</div><div class="spelled">{right}</div></div>'
        f"<p>Loại <b>{_t(finding.kind)}</b>{stage}, đề nghị sửa <b>{_t(finding.proposal)}</b>. "
        '<span class="en">kind, stage of the match, and the correction proposed</span></p></div>'
    )


def _notes(outcome: Outcome) -> str:
    import motcua

    problems = ""
    if outcome.problems:
        problems = (
            f'<p><span class="no">{number(len(outcome.problems))} vấn đề trong tệp sự kiện</span>, xem problems.csv. '
            '<span class="en">Problems in the events: those events were not applied, the rest was.</span></p>'
        )
    return (
        f"<footer>{problems}<p>Tổng số = tiếp nhận mới + kỳ trước chuyển qua = đã giải quyết + đang giải quyết; "
        "so sánh theo ngày: trước ngày hẹn trả là trước hạn, đúng ngày là đúng hạn, sau ngày là quá hạn. "
        "Hồ sơ bị từ chối khi tiếp nhận không được tính. "
        '<span class="en">Processed = received + carried over = resolved + pending; lateness is judged by dates; '
        "dossiers refused at reception never count.</span></p>"
        f"<p>{number(outcome.events)} sự kiện, {number(outcome.dossiers)} hồ sơ; motcua {_t(motcua.__version__)}, "
        f"dữ liệu {_t(motcua.dataset_version())}, cách tính hạn {_t(outcome.job.policy)}.</p></footer>"
    )
