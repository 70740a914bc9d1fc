"""The files of ``out/``: summary.json, CSV files, report.html."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any, Iterable, Iterator

from .._cells import CellWriter
from .figures import FIGURES
from .pipeline import Outcome

_CHUNK = 20_000
# A quote, or a cell that may be taken for a formula.
_SPECIAL = re.compile(r"[\"\r]|(?:^|,)'*[=+\-@\t]", re.MULTILINE)
_DOSSIER_COLUMNS = (
    "dossier",
    "agency",
    "procedure",
    "limit",
    "accepted_at",
    "due",
    "finished_at",
    "outcome",
    "returned",
)


def write_out(outcome: Outcome) -> None:
    """Write every result of a run, all or nothing; what an earlier run wrote is replaced or taken away."""
    from .report import report_page

    out = outcome.job.out
    out.mkdir(parents=True, exist_ok=True)
    earlier = _written_before(out)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=out) as new:
        fresh = Path(new)
        write_dossiers(fresh / "dossiers.csv", outcome.columns)
        for name, header, rows in _tables(outcome):
            write_csv(fresh / name, header, rows)
        _write(fresh / "report.html", report_page(outcome))
        told = summary(outcome)
        names = told["files"]
        _write(fresh / "summary.json", json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        _refuse_folders(out / name for name in (*names, "summary.json"))
        # The summary last: it says what is there.
        for name in (*names, "summary.json"):
            os.replace(fresh / name, out / name)
    for name in earlier - set(names):
        (out / name).unlink(missing_ok=True)


def _tables(outcome: Outcome) -> Iterator[tuple[str, Iterable[str], Iterable[Iterable[Any]]]]:
    """The tables of a run: name of the file, header, rows."""
    for counted in outcome.tables:
        rows = ([code, name, *(figures[figure] for figure in FIGURES)] for code, name, figures in counted.rows)
        yield f"{counted.table.name}.csv", (counted.table.by, "name", *FIGURES), rows
    if outcome.ranking:
        yield "ranking.csv", ("place", "tied", "code", "name", "in_time", "settled", *FIGURES), _places(outcome)
    compared = ("summary", "figure", "least", "most", "computed", "off_by", "as_printed", "report")
    yield "published.csv", compared, _compared(outcome)
    yield "problems.csv", ("source", "line", "event", "field", "value", "expected"), outcome.problems
    if outcome.undecided:
        yield "undecided.csv", ("dossier", "from", "candidates"), outcome.undecided


def _written_before(out: Path) -> set[str]:
    """The files that an earlier run says it wrote here."""
    try:
        names = json.loads((out / "summary.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    named = names if isinstance(names, list) else []
    return {name for name in named if isinstance(name, str) and Path(name).name == name}


def _refuse_folders(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder where a file of the run belongs", str(path))


def summary(outcome: Outcome) -> dict[str, Any]:
    """What summary.json says."""
    result: dict[str, Any] = {name: dict(figures) for name, figures in outcome.summaries.items()}
    if outcome.job.merger:
        result["handed_over"] = {**outcome.handed_over, "undecided": len(outcome.undecided)}
    result["reconciliation"] = {
        "rows": outcome.portal_rows,
        "exact": outcome.portal_rows - sum(1 for finding in outcome.findings if finding.kind != "missing"),
        "findings": [vars(finding) for finding in outcome.findings],
    }
    result["published"] = {
        "figures": len(outcome.comparisons),
        "met": sum(comparison.met for comparison in outcome.comparisons),
        "not_met": [
            {
                "summary": comparison.summary,
                "figure": comparison.figure,
                "published": comparison.as_printed,
                "computed": comparison.computed,
                "off_by": comparison.off_by,
            }
            for comparison in outcome.comparisons
            if not comparison.met
        ],
    }
    result["problems"] = len(outcome.problems)
    result["files"] = sorted(["dossiers.csv", "report.html", *(name for name, *_ in _tables(outcome))])
    return result


def write_csv(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """A CSV file, UTF-8, LF, a header row; None is an empty cell, and no cell is a formula."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = CellWriter(file)
        writer.writerow(header)
        writer.writerows(rows)


def write_dossiers(path: Path, columns: dict[str, Any]) -> None:
    """One row a dossier that counts, in the order of the register."""
    import numpy as np

    def texts(name: str, part: slice) -> list[str]:
        values = columns[name][part]
        if name == "returned":
            return np.where(values.astype(bool), "yes", "no").tolist()
        if values.dtype.kind == "M":
            moments = np.datetime_as_string(values.astype("M8[m]"))
            return np.where(np.isnat(values), "", moments).tolist()
        return ["" if value is None else value for value in values.tolist()]

    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = CellWriter(file)
        writer.writerow(_DOSSIER_COLUMNS)
        for begin in range(0, len(columns["dossier"]), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            rows = list(zip(*(texts(name, part) for name in _DOSSIER_COLUMNS)))
            plain = "".join(",".join(row) + "\n" for row in rows)
            # Nothing to quote and no formula: four times as fast as the writer.
            whole = _separators(plain) == len(rows) * len(_DOSSIER_COLUMNS)
            if whole and not _SPECIAL.search(plain):
                file.write(plain)
            else:
                writer.writerows(rows)


def _separators(text: str) -> int:
    return text.count(",") + text.count("\n")


def _places(outcome: Outcome) -> Iterable[list[Any]]:
    for place in outcome.ranking:
        yield [
            place.place,
            "yes" if place.tied else "no",
            place.code,
            outcome.names.get(place.code, ""),
            f"{float(place.in_time):.6f}",
            f"{float(place.settled):.6f}",
            *(place.figures[figure] for figure in FIGURES),
        ]


def _compared(outcome: Outcome) -> Iterable[list[Any]]:
    for row in outcome.comparisons:
        yield [row.summary, row.figure, row.least, row.most, row.computed, row.off_by, row.as_printed, row.report]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
