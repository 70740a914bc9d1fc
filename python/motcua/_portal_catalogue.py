"""The portal's LayThuTuc objects as the tables of a catalogue, and back.

The portal writes limits and fees below the channel and its time rows:
``CACHTHUCTHUCHIEN[]{KENH, THOIGIAN[]{THOIGIANGIAIQUYET, DONVITINH, MOTA, PHILEPHI[]{MAPHILEPHI,
SOTIEN, DONVI, MOTA}}}``. Every key is also kept verbatim as a detail row of part "portal", so that
an object comes back as it came, also through TSV.

What the portal has no key for, or would be read otherwise, stands in one key more: ``MOTCUA``, an
object of the tables. ``procedures`` has the cells that differ, every other table all its rows of
the procedure, a row an object of texts by column. What stands there goes before the portal's keys.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import MalformedData
from .tables import json_object

if TYPE_CHECKING:
    from .procedures import Procedure

_COLUMNS = {
    "procedures": (
        "code",
        "name_vi",
        "field_vi",
        "levels",
        "agency_vi",
        "subjects",
        "decision_no",
        "result_vi",
        "online_level",
        "status",
        "source_commit_date",
        "valid_from",
        "valid_to",
    ),
    "time_limits": ("code", "channel", "row_no", "value", "unit", "raw_text"),
    "fees": ("code", "channel", "row_no", "amount_vnd", "kind", "raw_text"),
    "agencies": ("code", "role", "agency_vi"),
    "legal_basis": ("code", "document_no", "date"),
    "component_counts": ("code", "case_no", "components", "instructions", "with_form"),
    "details": ("code", "part", "case_no", "row_no", "id", "text", "extra"),
}
_OWN = "MOTCUA"
_CHANNELS = {1: "direct", 2: "online", 3: "postal"}
_UNITS = {
    "ngày làm việc": "working_day",
    "giờ làm việc": "working_hour",
    "ngày": "day",
    "giờ": "hour",
    "tháng": "month",
    "năm": "year",
}
_UNIT_WORDS = {unit: word.capitalize() for word, unit in _UNITS.items()}
_DONG = ("vnđ", "vnd", "đồng", "việt nam đồng", "đ", "")
_NOTHING = re.compile(
    r"[\s\-.]*(không( có| quy định| thu( lệ)? phí)?|chưa quy định|miễn( (lệ )?phí)?"
    r"|(lệ )?phí\s*:?\s*(0|không)( (đồng|vnđ|đ))?)[\s.;]*",
    re.IGNORECASE,
)
_SMALLEST_NOTE = 1000  # dong; no fee is below it
_MOST_DONG = 10**15


class _Reader:
    """One procedure object; every refusal says which, where and what."""

    def __init__(self, obj: Any, number: int):
        self.place = f"portal JSON, procedure {number}"
        if not isinstance(obj, dict):
            self.refuse("", obj, "an object")
        self.obj = obj
        self.code = self.text(obj, "MATTHC")
        if not self.code:
            self.refuse("MATTHC", obj.get("MATTHC", ""), "the code of a procedure")
        self.place += f" ({self.code[:40]})"

    def refuse(self, key: str, value: Any, expected: str) -> NoReturn:
        shown = ascii(value) if isinstance(value, (dict, list)) else str(value)
        shown = shown.encode("utf-8", "backslashreplace").decode()
        where = f"{self.place}, {key}" if key else self.place
        raise MalformedData(f"{where} '{shown[:80]}': expected {expected}", status=15, reason=7)

    def text(self, obj: dict, key: str, path: str = "") -> str:
        """A text in one line; numbers are taken as their digits, null as empty."""
        value = obj.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.refuse(path + key, value, "text")
        return " ".join(str(value).split())

    def items(self, obj: dict, key: str, path: str = "") -> list[tuple[str, dict]]:
        """The objects of a list with their paths; a single object is a list of one."""
        value = obj.get(key)
        if value is None or value == "":
            return []
        listed = value if isinstance(value, list) else [value]
        for k, item in enumerate(listed):
            if not isinstance(item, dict):
                self.refuse(f"{path}{key}[{k}]", item, "an object")
        return [(f"{path}{key}[{k}].", item) for k, item in enumerate(listed)]


def tables_of(obj: Any) -> dict[str, str]:
    """The TSV texts of one object, a list, JSON text, or an answer that holds them."""
    rows: dict[str, list[tuple]] = {name: [] for name in _COLUMNS}
    for number, item in enumerate(_procedures(obj), start=1):
        found = _rows_of(_Reader(item, number))
        *_, first, end = found["procedures"][0]
        version = first or ("-" if end else "")  # "-": of the version without a first day
        rows["procedures"] += found.pop("procedures")
        for name, of in found.items():
            rows[name] += [(*row, version) for row in of]
    texts = {}
    for name, columns in _COLUMNS.items():
        if name != "procedures":
            columns = (*columns, "valid_from")
        if rows[name] or name in ("procedures", "time_limits"):
            texts[name] = "".join("\t".join(map(str, line)) + "\n" for line in [columns, *rows[name]])
    for name, text in texts.items():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            bad = ascii(text[error.start])
            raise MalformedData(
                f"portal JSON {bad}: expected text without lone surrogates", status=15, reason=7
            ) from None
    return texts


def object_of(procedure: Procedure) -> dict[str, Any]:
    """The object of a procedure: what was read from one verbatim, the rest from its tables."""
    page = {row.id: json.loads(row.text) for row in procedure.details if row.part == "portal"}
    rows = _table_rows(procedure)
    if page and (unsaid := _unsaid(page, rows)):  # the tables were edited since
        page.pop(_OWN, None)
        if unsaid.keys() & {"time_limits", "fees"}:
            page["CACHTHUCTHUCHIEN"] = _built_channels(procedure)
    elif not page:
        page = _built(procedure)
    if unsaid := _unsaid(page, rows):
        page[_OWN] = unsaid
    return page


def _table_rows(procedure: Procedure) -> dict[str, list[tuple[str, ...]]]:
    """The rows of a procedure as their tables print them, but for the portal's own keys."""
    p = procedure
    levels = "+".join(level for level in ("ministry", "province", "commune", "other") if level in p.levels)
    days = ("" if day is None else day.isoformat() for day in (p.valid_from, p.valid_to))
    head = (p.code, p.name, p.field, levels, p.agency, p._subjects, p.decision, "|".join(p.results))
    rows: dict[str, list[tuple]] = {
        "procedures": [(*head, p.online_level, p.status, p.source_date, *days)],
        "time_limits": [(p.code, r.channel, r.row_no, r.value, r.unit, r.raw) for r in p.limits],
        "fees": [
            (p.code, r.channel, r.row_no, "" if r.amount_vnd is None else r.amount_vnd, r.kind, r.raw) for r in p.fees
        ],
        "agencies": [(p.code, *row) for row in p.agencies],
        "legal_basis": [(p.code, *row) for row in p.legal_basis],
        "component_counts": [(p.code, *row) for row in p.cases],
        "details": [(p.code, *row) for row in p.details if row.part != "portal"],
    }
    return {name: _printed(found) for name, found in rows.items()}


def _printed(rows: list[tuple]) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rows]


def _unsaid(page: dict[str, Any], rows: dict[str, list[tuple[str, ...]]]) -> dict[str, list[dict[str, str]]]:
    """The tables that reading ``page`` would not give back, as its own key holds them."""
    told = {name: _printed(found) for name, found in _rows_of(_Reader(page, 1)).items()}
    told["details"] = [row for row in told["details"] if row[1] != "portal"]
    unsaid = {}
    for name, columns in _COLUMNS.items():
        if told[name] == rows[name]:
            continue
        unsaid[name] = [dict(zip(columns[1:], row[1:])) for row in rows[name]]
        if name == "procedures":
            unsaid[name] = [{c: cell for c, cell, said in zip(columns, rows[name][0], told[name][0]) if cell != said}]
    return unsaid


def _procedures(obj: Any) -> list[Any]:
    if isinstance(obj, (bytes, bytearray, str)):
        try:
            text = obj if isinstance(obj, str) else bytes(obj).decode("utf-8-sig")
            obj = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=json_object)
        except UnicodeDecodeError as error:
            raise MalformedData(f"portal JSON byte {error.start}: expected UTF-8 text", status=15, reason=7) from None
        except RecursionError:
            raise MalformedData("portal JSON: expected fewer levels of nesting", status=15, reason=7) from None
        except ValueError as error:
            raise MalformedData(f"portal JSON: expected JSON, {error}", status=15, reason=7) from None
    if isinstance(obj, dict) and "MATTHC" not in obj:
        for key in ("result", "data", "RESULT", "DATA"):
            if isinstance(obj.get(key), (list, dict)):
                obj = obj[key]
                break
    if isinstance(obj, dict):
        return [obj]
    if isinstance(obj, (list, tuple)):
        return list(obj)
    raise MalformedData(
        f"portal JSON '{type(obj).__name__}': expected an object, a list of them or JSON text", status=15, reason=7
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _rows_of(reader: _Reader) -> dict[str, list[tuple]]:
    obj, code = reader.obj, reader.code
    rows: dict[str, list[tuple]] = {name: [] for name in _COLUMNS}
    details = rows["details"]
    fields = [reader.text(item, "TENLINHVUC", path) for path, item in reader.items(obj, "LINHVUCTHUCHIEN")]
    agencies = [reader.text(item, "TENDONVI", path) for path, item in reader.items(obj, "COQUANTHUCHIEN")]
    results = []
    for k, (path, item) in enumerate(reader.items(obj, "KETQUATHUCHIEN"), start=1):
        results.append(reader.text(item, "TENKETQUA", path))
        details.append((code, "result", 0, k, reader.text(item, "MAKETQUA", path), results[-1], ""))
    rows["procedures"].append(
        (
            code,
            reader.text(obj, "TENTTHC"),
            next(filter(None, fields), ""),
            "",
            "|".join(filter(None, agencies)),
            "",
            "",
            "|".join(filter(None, (result.replace("|", "/") for result in results))),
            *[""] * 5,
        )
    )
    rows["agencies"] = [(code, "implements", agency) for agency in agencies if agency]
    for path, item in reader.items(obj, "CANCUPHAPLY"):
        number = reader.text(item, "SOVANBAN", path)
        if number:
            rows["legal_basis"].append((code, number, ""))
    _read_cases(reader, rows)
    for k, (path, item) in enumerate(reader.items(obj, "DOITUONGTHUCHIEN"), start=1):
        details.append((code, "subject", 0, k, "", reader.text(item, "TENDOITUONG", path), ""))
    for key, part in (("MOTADOITUONGTHUCHIEN", "subject"), ("YEUCAU", "requirement")):
        if reader.text(obj, key):
            details.append((code, part, 0, 0, "", reader.text(obj, key), ""))
    _read_channels(reader, rows)
    _read_own(reader, rows)
    for key, value in obj.items():
        if not isinstance(key, str):
            reader.refuse(str(key), value, "keys that are text")
        try:
            verbatim = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        except (TypeError, ValueError, RecursionError):
            reader.refuse(key, type(value).__name__, "a value of JSON")
        if key != " ".join(key.split()):
            reader.refuse(repr(key), value, "a key without tabs and line breaks")
        rows["details"].append((code, "portal", 0, 0, key, verbatim, ""))
    return rows


def _read_cases(reader: _Reader, rows: dict[str, list[tuple]]) -> None:
    code, details = reader.code, rows["details"]
    for case, (path, item) in enumerate(reader.items(reader.obj, "TRINHTUTHUCHIEN"), start=1):
        name = reader.text(item, "TRUONGHOP", path)
        if name:
            details.append((code, "case", case, 0, "", name, ""))
        for k, (below, step) in enumerate(reader.items(item, "TRINHTU", path), start=1):
            details.append((code, "sequence", case, k, "", reader.text(step, "TENTRINHTU", below), ""))
    for case, (path, item) in enumerate(reader.items(reader.obj, "THANHPHANHOSO"), start=1):
        papers = reader.items(item, "GIAYTO", path)
        forms = 0
        for k, (below, paper) in enumerate(papers, start=1):
            form = reader.text(paper, "TENMAUDON", below)
            forms += bool(form)
            paper_code, name = reader.text(paper, "MAGIAYTO", below), reader.text(paper, "TENGIAYTO", below)
            details.append((code, "component", case, k, paper_code, name, form))
        rows["component_counts"].append((code, case, len(papers), 0, forms))


def _read_channels(reader: _Reader, rows: dict[str, list[tuple]]) -> None:
    row_nos = dict.fromkeys(_CHANNELS.values(), 0)
    for path, item in reader.items(reader.obj, "CACHTHUCTHUCHIEN"):
        number = reader.text(item, "KENH", path)
        if number not in ("1", "2", "3"):
            reader.refuse(path + "KENH", item.get("KENH", ""), "1 (direct), 2 (online) or 3 (postal)")
        channel = _CHANNELS[int(number)]
        for below, time in reader.items(item, "THOIGIAN", path):
            row_nos[channel] += 1
            row_no = row_nos[channel]
            rows["time_limits"].append((reader.code, channel, row_no, *_limit(reader, below, time)))
            for at, fee in reader.items(time, "PHILEPHI", below):
                rows["fees"].append((reader.code, channel, row_no, *_fee(reader, at, fee)))


def _read_own(reader: _Reader, rows: dict[str, list[tuple]]) -> None:
    """The tables of the key MOTCUA, in place of what the portal's keys said."""
    own = reader.obj.get(_OWN, {})
    if not isinstance(own, dict):
        reader.refuse(_OWN, own, "an object of tables")
    for name, listed in own.items():
        path = f"{_OWN}.{name}"
        if name not in _COLUMNS:
            reader.refuse(path, listed, "one of the tables " + ", ".join(_COLUMNS))
        columns = _COLUMNS[name][1:]
        if not isinstance(listed, list) or (name == "procedures" and len(listed) != 1):
            reader.refuse(path, listed, "one row" if name == "procedures" else "a list of rows")
        read = []
        for k, row in enumerate(listed):
            whole = isinstance(row, dict) and (
                set(row) <= set(columns) if name == "procedures" else set(row) == set(columns)
            )
            if not whole or not all(isinstance(cell, str) for cell in row.values()):
                reader.refuse(f"{path}[{k}]", row, "a row of texts with " + ", ".join(columns))
            if any(set(cell) & set("\t\r\n") for cell in row.values()):
                reader.refuse(f"{path}[{k}]", row, "cells without tabs and line breaks")
            said = dict(zip(columns, rows[name][0][1:])) if name == "procedures" else {}
            read.append((reader.code, *(row.get(column, said.get(column)) for column in columns)))
        rows[name] = read


def _limit(reader: _Reader, path: str, time: dict) -> tuple[str, str, str]:
    """(value, unit, raw_text) of a time row; a number without a unit stays unspecified."""
    value, unit = reader.text(time, "THOIGIANGIAIQUYET", path), reader.text(time, "DONVITINH", path)
    note = reader.text(time, "MOTA", path)
    if value.startswith("-"):
        reader.refuse(path + "THOIGIANGIAIQUYET", value, "a time of 0 or more")
    raw = " ".join(filter(None, (value, unit))) or "Không có thông tin"
    raw = f"{raw} | {note}" if note else raw
    value = value.removesuffix(".0")
    if not value:
        return "", "text" if unit and unit.casefold() not in _UNITS else "none", raw
    number = re.fullmatch(r"\d{1,6}(\.(25|50?|75|00?))?", value)
    if not number or (unit and unit.casefold() not in _UNITS):
        return "", "text", raw
    return value, _UNITS[unit.casefold()] if unit else "unspecified", raw


def _fee(reader: _Reader, path: str, fee: dict) -> tuple[str, str, str]:
    """(amount_vnd, kind, raw_text) of a fee; no amount where none can be trusted."""
    note, currency = reader.text(fee, "MOTA", path), reader.text(fee, "DONVI", path)
    kind = _fee_kind(note)
    printed = reader.text(fee, "SOTIEN", path)
    suffix = f" ({note})" if note else ""
    if not printed:
        return "", kind, note or "Không có thông tin"
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", printed):
        printed = re.sub("[.,]", "", printed)
    if not re.fullmatch(r"\d{1,16}(\.\d+)?", printed) or float(printed) > _MOST_DONG:
        reader.refuse(path + "SOTIEN", fee["SOTIEN"], "an amount of money, 0 or more")
    amount = float(printed)
    if amount == 0:
        return ("0" if not note or _NOTHING.fullmatch(note) else ""), kind, f"Miễn phí{suffix}"
    whole = f"{int(amount):,}" if amount == int(amount) else printed
    dong = currency.casefold() in _DONG
    raw = f"{whole} {currency or 'VNĐ'}{suffix}"
    if not dong or "USD" in note or amount != int(amount):
        return "", kind, raw
    if amount >= _SMALLEST_NOTE:
        return str(int(amount)), kind, raw
    restored = re.search(rf"(?<![\d.,]){int(amount)}[.,]000(?![\d.,]\d)", note)
    return (str(int(amount) * 1000) if restored else ""), kind, raw


def _fee_kind(note: str) -> str:
    """charge for lệ phí, fee for phí; unknown where the note names neither or both."""
    words = note.casefold()
    charge = "lệ phí" in words
    fee = "phí" in words.replace("lệ phí", "").replace("miễn phí", "")
    return "unknown" if charge == fee else "charge" if charge else "fee"


def _built(procedure: Procedure) -> dict[str, Any]:
    cases = sorted({row.case_no for row in procedure.details if row.part in ("case", "sequence")})
    papers = sorted({row.case_no for row in procedure.details if row.part == "component"})
    results = [row for row in procedure.details if row.part == "result"]
    return {
        "MATTHC": procedure.code,
        "TENTTHC": procedure.name,
        "TRINHTUTHUCHIEN": [
            {
                "TRUONGHOP": "".join(procedure.words("case", case)),
                "TRINHTU": [{"TENTRINHTU": text} for text in procedure.words("sequence", case)],
            }
            for case in cases
        ],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": procedure.field}] if procedure.field else [],
        "MACOQUANCONGBO": "",
        "CACHTHUCTHUCHIEN": _built_channels(procedure),
        "YEUCAU": " ".join(procedure.words("requirement")),
        "MOTADOITUONGTHUCHIEN": "",
        "DOITUONGTHUCHIEN": [
            {"TENDOITUONG": text} for text in procedure.words("subject") or sorted(procedure.subjects)
        ],
        "KETQUATHUCHIEN": [{"MAKETQUA": row.id, "TENKETQUA": row.text} for row in results]
        or [{"MAKETQUA": "", "TENKETQUA": text} for text in procedure.results],
        "CANCUPHAPLY": [{"SOVANBAN": row.document, "TENVANBAN": ""} for row in procedure.legal_basis],
        "TRANGTHAI": "1",
        "COQUANTHUCHIEN": [
            {"TENDONVI": name, "MADONVI": ""} for name in dict.fromkeys(row.agency for row in procedure.agencies)
        ],
        "THANHPHANHOSO": [
            {
                "GIAYTO": [
                    {"MAGIAYTO": row.id, "TENGIAYTO": row.text, "TENMAUDON": row.extra, "URL": ""}
                    for row in procedure.details
                    if row.part == "component" and row.case_no == case
                ]
            }
            for case in papers
        ],
    }


def _built_channels(procedure: Procedure) -> list[dict[str, Any]]:
    numbers = {name: number for number, name in _CHANNELS.items()}
    channels = []
    for channel in dict.fromkeys(row.channel for row in procedure.limits):
        times = []
        for row in procedure.limits:
            if row.channel != channel:
                continue
            fees = [
                _built_fee(fee.amount_vnd, fee.raw)
                for fee in procedure.fees
                if (fee.channel, fee.row_no) == (channel, row.row_no)
            ]
            head, _, note = row.raw.partition(" | ")
            times.append(
                {
                    "THOIGIANGIAIQUYET": _number(row.value),
                    "DONVITINH": head if row.unit == "text" else _UNIT_WORDS.get(row.unit, ""),
                    "MOTA": note,
                    "PHILEPHI": fees,
                }
            )
        channels.append({"KENH": str(numbers[channel]), "THOIGIAN": times})
    return channels


def _number(value: str) -> int | float | None:
    if not value:
        return None
    return float(value) if "." in value else int(value)


def _built_fee(amount: int | None, raw: str) -> dict[str, Any]:
    """A fee from its cell: "8,000 VNĐ (note)", "Miễn phí (note)", or prose."""
    cell = re.fullmatch(r"(?:([\d.,]+) ([^()]+?)|Miễn phí)(?: \((.*)\))?", raw)
    if not cell:
        return {"MAPHILEPHI": "", "SOTIEN": amount, "DONVI": "" if amount is None else "VNĐ", "MOTA": raw}
    printed, currency, note = cell.groups()
    number = 0 if printed is None else int(re.sub("[.,]", "", printed))
    return {"MAPHILEPHI": "", "SOTIEN": number, "DONVI": currency or "VNĐ", "MOTA": note or ""}
