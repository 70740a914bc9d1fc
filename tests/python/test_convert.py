"""motcua convert: addresses of any date to today's units, file by file."""

from __future__ import annotations

import csv
import json
import pathlib

import pytest

import motcua
from motcua.cli import main
from motcua.conversion import COLUMNS, Converter, convert_file

FACTS = pathlib.Path(__file__).resolve().parents[2] / "core" / "data" / "units"

ROWS = [
    ("12 Trần Phú, Phường Lộc Sơn, Thành phố Bảo Lộc, Lâm Đồng", "24829", "merged"),
    ("P. Bến Nghé, Q.1, TP.HCM", "26740", "merged"),
    ("Phường B'Lao, Tỉnh Lâm Đồng", "24829", "unchanged"),
    ("Xã Không Hề Có Thật, Lâm Đồng", "", "no_unit"),
    ("", "", "empty"),
    ("Lâm Đồng", "", "no_commune"),
    ("PhÆ°á»ng 1, Báº£o Lá»™c, LÃ¢m Äá»“ng", "", "encoding"),
    ("x" * 5000, "", "too_long"),
]


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.fixture(scope="module")
def split(reg):
    """A split unit without, and one with, a successor that has all its residents."""
    none = whole = None
    for unit in reg.units("2025-06-30", "commune"):
        edges = reg.successors(unit.code, "2025-06-30", "2025-07-01").edges
        if len(edges) < 2:
            continue
        moved = [edge.moved for edge in edges]
        if "area+all_population" in moved:
            whole = whole or (unit, edges[moved.index("area+all_population")].unit)
        elif len(edges) == 2:
            none = none or unit
        if none and whole:
            return none, whole


def address(unit):
    return f"{unit.full_name}, {unit.parent.full_name}, {unit.parent.parent.full_name}"


@pytest.mark.parametrize("text, code, reason", ROWS)
def test_one_address(reg, text, code, reason):
    converted = Converter(reg, "2026-01-01").convert(text)
    assert (converted.code, converted.reason, converted.settled) == (code, reason, bool(code))


def test_a_split_unit_is_not_chosen_for_anybody(reg, split):
    converter = Converter(reg, "2026-01-01")
    none, (whole, home) = split
    left = converter.convert(address(none))
    assert (left.code, left.reason, len(left.candidates)) == ("", "split", 2)
    moved = converter.convert(f"Số 5, {address(whole)}")
    assert (moved.code, moved.reason, moved.moved) == (home.code, "residents_moved_whole", "area+all_population")
    assert moved.address.startswith("Số 5, ") and moved.old_unit.startswith(whole.code)


def test_an_ambiguous_name_comes_with_its_candidates(reg):
    converted = Converter(reg, "2026-01-01").convert("Xã Tân Lập")
    assert converted.code == "" and converted.reason in ("ambiguous", "uncertain") and len(converted.candidates) > 1
    with pytest.raises(motcua.InvalidArgument, match="confidence"):
        Converter(reg, confidence=2)


@pytest.mark.parametrize(
    "text, moved",
    [
        ("Xã Minh Khai", True),  # there were five, and today's is the sixth
        ("Phường Việt Hưng, Hà Nội", True),  # a part of the former one is Phường Phúc Lợi
        ("Phường Tân Bình, TP.HCM", True),  # that of Dĩ An came to this province too
        ("Phường B'Lao, Lâm Đồng", False),  # a new name
        ("Phường Bến Nghé, Quận 1, TP.HCM", False),  # the district says of which time it is
    ],
)
def test_a_name_that_was_another_units_is_for_a_human_where_no_day_is_given(reg, text, moved):
    converted = Converter(reg).convert(text)
    assert (converted.reason == "former_name", converted.settled) == (moved, not moved)
    assert (len(converted.candidates) > 1) == moved
    assert Converter(reg, "2026-10-01").convert(text).settled


def test_of_the_names_of_today_those_are_left_that_misled(reg):
    """By the table of succession: who lived under the name before lives elsewhere now."""
    with open(FACTS / "succession_2025.tsv", encoding="utf-8") as file:
        edges = [edge for edge in csv.DictReader(file, delimiter="\t") if edge["level"] == "commune"]
    heirs = {}
    for edge in edges:
        heirs.setdefault(edge["from_code"], []).append(edge)
    today = {unit.code: unit for unit in reg.units("2025-07-01", "commune")}
    misled = set()
    for former in reg.units("2025-06-30", "commune"):
        went = heirs[former.code]
        home = [e for e in went if e["moved"] == "area+all_population"] if len(went) > 1 else went
        settled = home[0]["to_code"] if len(home) == 1 else None
        for province in {today[e["to_code"]].parent.code for e in went}:
            misled.add((former.full_name, province, settled))
    converter = Converter(reg)
    for unit in [unit for unit in today.values() if unit.valid_to is None][::10]:
        expected = any(
            (name, province) == (unit.full_name, unit.parent.code) and settled != unit.code
            for name, province, settled in misled
        )
        found = converter.convert(f"{unit.full_name}, {unit.parent.full_name}").reason
        assert (found == "former_name") == expected, unit


def write_csv(path, rows, header=("id", "dia_chi")):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check(rows):
    assert [row["motcua_code"] for row in rows] == [code for _, code, _ in ROWS]
    assert [row["dia_chi"] or "" for row in rows] == [text for text, _, _ in ROWS]


def test_csv_keeps_every_row_and_lists_those_for_a_human(tmp_path, capsys):
    path = tmp_path / "households.csv"
    write_csv(path, enumerate(text for text, _, _ in ROWS))
    assert main(["convert", str(path)]) == 1
    out = capsys.readouterr().out
    assert "8 rows: 3 converted, 5 for a human" in out
    rows = read_csv(tmp_path / "households.converted.csv")
    check(rows)
    assert list(rows[0]) == ["id", "dia_chi", *COLUMNS]
    review = read_csv(tmp_path / "households.review.csv")
    assert [row["motcua_row"] for row in review] == ["4", "5", "6", "7", "8"]
    assert all(row["motcua_reason"] for row in review)
    assert not list(tmp_path.glob("*.unfinished"))


@pytest.mark.parametrize(
    "heading",
    [
        "ĐỊA CHỈ",
        "dia_chi",
        "Địa chỉ thường trú",
        "Nơi thường trú",
        "Hộ khẩu thường trú",
        "Nơi ở hiện nay",
        "Nơi cư trú",
        "Địa chỉ liên hệ",
    ],
)
def test_the_usual_headings_of_addresses_are_understood(tmp_path, capsys, heading):
    path = tmp_path / "a.csv"
    write_csv(path, [(1, "Phường B'Lao, Lâm Đồng")], ("id", heading))
    assert main(["convert", str(path), "--at", "2026-01-01"]) == 0
    assert read_csv(tmp_path / "a.converted.csv")[0]["motcua_code"] == "24829"
    write_csv(path, [], ("id", heading, "address"))
    capsys.readouterr()
    assert main(["convert", str(path)]) == 2
    assert (
        f"several look like addresses: expected --column with one of '{heading}', 'address'" in capsys.readouterr().err
    )


@pytest.mark.parametrize("ending, separator", [("csv", ";"), ("csv", ","), ("csv", "\t"), ("tsv", "\t")])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_was_not_converted_comes_out_to_the_letter(tmp_path, ending, separator, newline):
    lines = [
        ["dia_chi", '"tên ""x"""', " mã "],
        ["Phường B'Lao - Lâm Đồng", "=1+1", '"needs no quotes"'],
        ['"Phường B\'Lao - Lâm Đồng"', "'=2", f'" a{newline}b{separator}c"'],
        ["nowhere", "+84 912", " 007 "],
    ]
    path = tmp_path / f"a.{ending}"
    path.write_bytes(newline.join([separator.join(line) for line in lines] + [""]).encode())
    report = convert_file(str(path), "dia_chi", at="2026-01-01")
    assert (report.rows, report.settled) == (3, 2)
    made = (tmp_path / f"a.converted.{ending}").read_bytes().decode("utf-8-sig")
    header, *rows = made.split(newline)
    assert header == separator.join([*lines[0], *COLUMNS])
    for line in lines[1:]:
        assert newline + separator.join(line) + separator in made
    assert made.endswith(newline) and f"{separator}24829{separator}" in rows[0]
    assert separator in (tmp_path / f"a.review.{ending}").read_text("utf-8-sig")


def test_tsv_json_and_a_file_without_trouble(tmp_path, capsys):
    path = tmp_path / "a.tsv"
    path.write_text("Noi_o\nPhường B'Lao, Tỉnh Lâm Đồng\n\n", "utf-8")
    assert main(["convert", str(path), "--json", "--output", str(tmp_path / "b.csv")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["settled"], said["left"], said["review"]) == (1, 1, 0, None)
    assert read_csv(tmp_path / "b.csv")[0]["motcua_code"] == "24829"
    assert not (tmp_path / "a.review.tsv").exists()


def test_xlsx(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "dia_chi"])
    for number, (text, _, _) in enumerate(ROWS):
        book.active.append([number, text or None])
    book.create_sheet("other").append(["x"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    report = convert_file(str(path), at="2026-01-01")
    assert (report.rows, report.settled) == (8, 3)
    page = openpyxl.load_workbook(report.output).active
    names, *rows = page.iter_rows(values_only=True)
    rows = [{name: value or "" for name, value in zip(names, row)} for row in rows]
    check(rows)
    assert rows[1]["id"] == 1 and isinstance(rows[0]["motcua_confidence"], float)
    assert openpyxl.load_workbook(report.review).active.max_row == 6
    with pytest.raises(motcua.InvalidArgument, match="sheet 'none': expected one of Sheet, other"):
        convert_file(str(path), sheet="none")
    assert convert_file(str(path), sheet="other", output=str(tmp_path / "o.csv")).rows == 0


def test_parquet_keeps_its_types(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = arrow.table(
        {
            "id": arrow.array(range(len(ROWS)), arrow.int32()),
            "dia_chi": [text or None for text, _, _ in ROWS],
            "tags": [["a"]] * len(ROWS),
        }
    )
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path)
    seen = []
    report = convert_file(str(path), "dia_chi", at="2026-01-01", progress=lambda done, total: seen.append(total))
    made = parquet.read_table(report.output)
    assert made.select(table.column_names).equals(table)
    check(made.select(["dia_chi", "motcua_code"]).to_pylist())
    assert made.schema.field("motcua_confidence").type == arrow.float64() and seen == []
    assert parquet.read_table(report.review).num_rows == 5


def test_progress_is_told_what_is_done(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, ((i, "Phường B'Lao, Tỉnh Lâm Đồng") for i in range(1200)))
    seen = []
    convert_file(str(path), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(500, None), (1000, None)]


@pytest.mark.parametrize(
    "name, content, options, complaint",
    [
        ("a.csv", b"id,x\n1,2\n", [], "column: none looks like an address by its name: expected one of 'id', 'x'"),
        ("a.csv", b"id,x\n1,2\n", ["--column", "y"], "column 'y': expected one of 'id', 'x'"),
        ("a.csv", b"address\n\xff\xfe\xd0\n", [], "expected utf-8-sig text, found byte 0xFF; say --encoding"),
        ("a.csv", b"address\nPh\x00\n", [], "line 2: expected text, found NUL bytes"),
        ("a.csv", b"address,x\n1\n", [], "line 2: expected 2 columns, found 1"),
        ("a.csv", b"address,address\n1,2\n", [], "'address' twice"),
        ("a.csv", b"", [], "line 1: expected a header"),
        ("a.csv", b"address\nx\n", ["--encoding", "klingon"], "encoding 'klingon'"),
        ("a.csv", b"address\nx\n", ["--encoding", "utf-16"], "after line 0: expected utf-16 text"),
        ("a.csv", b"address\nx\n", ["--encoding", "utf-32"], "after line 0: expected utf-32 text"),
        ("a.csv", b"address\nx\n", ["--encoding", "undefined"], "undefined"),
        ("a.csv", b"address\n" + b"x" * 200_000 + b"\n", [], "line 2: expected cells of at most 131,072 characters"),
        ("a.csv", b"address\nx\n", ["--confidence", "7"], "confidence 7.0: expected a number from 0 to 1"),
        ("a.csv", b"address\nx\n", ["--output", "a.doc"], "'a.doc': expected .csv, .tsv, .xlsx, .parquet"),
        ("a.csv", b"address\nx\n", ["--at", "2025-13-01"], "at '2025-13-01': expected a date"),
        ("a.csv", b"address\nx\n", ["--at", "1999-01-01"], "at '1999-01-01': expected a day from 2004-08-31"),
        ("a.csv", b'address\nx\n"y\nz\n', [], "line 3: expected a closing quote"),
        ("a.csv", b"address,motcua_code\nx,1\n", [], "column 'motcua_code'"),
        ("a.doc", b"address\nx\n", [], "a.doc': expected .csv, .tsv, .xlsx, .parquet"),
        ("a.xlsx", b"not a workbook", [], "a.xlsx: expected an Excel workbook"),
        ("a.parquet", b"not a table", [], "a.parquet: expected a Parquet file"),
    ],
)
def test_bad_files_and_columns_are_clear_errors(tmp_path, capsys, name, content, options, complaint):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["convert", str(path), *options]) == 2
    error = capsys.readouterr().err
    assert complaint in error and error.count("\n") == 1
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_file_is_never_written_over_its_source(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("address\nx\n", "utf-8")
    assert main(["convert", str(path), "--output", str(path)]) == 2
    assert main(["convert", str(path), "--review", str(tmp_path / "a.converted.csv")]) == 2
    assert main(["convert", str(tmp_path / "absent.csv")]) == 2
    assert path.read_text("utf-8") == "address\nx\n"


def test_utf_16_and_other_encodings(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('address\n"Phường B\'Lao, Tỉnh Lâm Đồng"\n', "utf-16")
    assert convert_file(str(path)).settled == 1
    path.write_text('address\n"Phuong B\'Lao, Tinh Lam Dong"\n', "latin-1")
    assert convert_file(str(path), encoding="latin-1").rows == 1


@pytest.mark.parametrize("name, extra", [("a.xlsx", "xlsx"), ("a.parquet", "parquet")])
def test_an_optional_package_that_is_absent_is_named(tmp_path, monkeypatch, capsys, name, extra):
    import importlib

    real = importlib.import_module

    def absent(module, *rest):
        if module.split(".")[0] in ("openpyxl", "pyarrow"):
            raise ImportError(module)
        return real(module, *rest)

    monkeypatch.setattr(importlib, "import_module", absent)
    (tmp_path / name).write_bytes(b"x")
    assert main(["convert", str(tmp_path / name)]) == 2
    assert f"pip install motcua[{extra}]" in capsys.readouterr().err
