"""A foreign catalogue against the registry: every kind of finding, one by one."""

from __future__ import annotations

import csv
import datetime as dt
import json
import pathlib
import random
from collections import Counter

import pytest

import motcua
from motcua.cli import main
from motcua.text import search_key

FACTS = pathlib.Path(__file__).resolve().parents[2] / "core" / "data" / "units"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def catalogue(reg, at, **scope):
    return [
        {"code": unit.code, "name": unit.full_name, "parent": unit.parent.code if unit.parent else None}
        for unit in reg.units(at, **scope)
    ]


def only(reg, row, at="2025-07-01"):
    return reg.reconcile([row], at).findings[0]


@pytest.mark.parametrize("day", ["2008-08-01", "2025-06-30", "2025-07-01", "2026-10-01"])
def test_the_list_of_a_day_agrees_with_itself(reg, day):
    rows = catalogue(reg, day)
    assert reg.reconcile(rows, day).counts() == {"exact": len(rows)}


def test_the_portal_that_wrote_blao(reg):
    rows = catalogue(reg, "2025-07-01", parent="68")
    for row in rows:
        row["name"] = row["name"].replace("B'Lao", "BLao")
    rec = reg.reconcile(rows, "2025-07-01", within="68")
    assert rec.counts() == {"exact": 123, "spelling": 1}
    (finding,) = rec.problems()
    assert (finding.kind, finding.unit.code, finding.stage) == ("spelling", "24829", "apostrophe")
    assert finding.proposal == "name: Phường B'Lao"
    assert rows[finding.index]["name"] == "Phường BLao"


@pytest.mark.parametrize(
    "row, kind, code, stage, proposal",
    [
        ({"code": "24829", "name": "B’Lao", "parent": "Lâm Đồng"}, "spelling", "24829", "apostrophe", "name: B'Lao"),
        ({"code": "24823", "name": "P.1 Bảo Lộc"}, "spelling", "24823", "abbreviation", "name: Phường 1 Bảo Lộc"),
        ({"name": "Phuong 1 Bao Loc"}, "spelling", "24823", "no_diacritics", "name: Phường 1 Bảo Lộc"),
        (
            {"name": "Phường 2 Bảo Lôcc", "parent": "68"},
            "spelling",
            "24820",
            "edit_distance_1",
            "name: Phường 2 Bảo Lộc",
        ),
        ({"code": "24829", "name": "Xã B'Lao", "parent": "68"}, "type", "24829", "type", "name: Phường B'Lao"),
        (
            {"code": "24829", "name": "Phường B'Lao", "parent": "56"},
            "parent",
            "24829",
            "exact",
            "parent: 68 Tỉnh Lâm Đồng",
        ),
        ({"code": "24826", "name": "Phường B'Lao", "parent": "68"}, "code", "24829", "exact", "code: 24829"),
        ({"code": "4", "name": "Phường Ba Đình"}, "code", "00004", "exact", "code: 00004"),
        ({"code": "24823"}, "exact", "24823", None, ""),
        ({"name": "Tỉnh Lâm Đồng"}, "exact", "68", "exact", ""),
        ({"name": "Thành phố Hồ Chí Minh"}, "exact", "79", "exact", ""),
    ],
)
def test_each_fault_has_its_kind_and_its_correction(reg, row, kind, code, stage, proposal):
    finding = only(reg, row)
    assert (finding.kind, finding.unit.code, finding.stage, finding.proposal) == (kind, code, stage, proposal)


def test_a_unit_of_another_day_is_stale_and_names_its_successors(reg):
    finding = only(reg, {"code": "24829", "name": "Phường Lộc Sơn", "parent": "Lâm Đồng"})
    assert finding.kind == "stale" and finding.unit.valid_to.isoformat() == "2025-07-01"
    assert [unit.full_name for unit in finding.others] == ["Phường B'Lao"]
    assert finding.proposal.startswith("replace by: 24829 Phường B'Lao")
    early = only(reg, {"name": "Phường 1 Bảo Lộc"}, "2025-06-30")
    assert early.kind == "stale" and {unit.name for unit in early.others} == {"1", "Lộc Phát", "Lộc Thanh"}


def gone_communes():
    """The communes of 2025-06-30 that are gone a day later, with the codes of their successors.

    One in twenty, others every day. Both are read out of the published tables.
    """
    with open(FACTS / "succession_2025.tsv", encoding="utf-8") as file:
        edges = [edge for edge in csv.DictReader(file, delimiter="\t") if edge["level"] == "commune"]
    successors = {}
    for edge in edges:
        if edge["moved"] != "unchanged":
            successors.setdefault(edge["from_code"], set()).add(edge["to_code"])
    draw = random.Random(dt.date.today().isoformat())
    codes = draw.sample(sorted(successors), len(successors) // 20)
    return {code: successors[code] for code in codes}


@pytest.mark.parametrize("with_code", [True, False])
def test_a_former_unit_under_the_province_of_today_is_stale(reg, with_code):
    """Unless the row is that of a unit of today: by its code, or by its name in that province.

    Without a code, former namesakes on ground of that province are told apart by nothing.
    """
    today = {}
    for unit in reg.units("2025-07-01", "commune"):
        today.setdefault(unit.parent.full_name, []).append(unit)
    stale = 0
    for code, successors in gone_communes().items():
        former = reg.unit(code, "2025-06-30")
        province = reg.unit(min(successors), "2025-07-01").parent.full_name
        row = {"name": former.full_name, "parent": province} | ({"code": code} if with_code else {})
        finding = reg.reconcile([row], "2025-07-01", level="province").findings[0]
        namesakes = {u.code for u in today[province] if search_key(u.name) == search_key(former.name)}
        if finding.kind in ("exact", "code", "type", "spelling"):
            kept = {code} & successors if with_code else set()
            assert finding.unit.code in namesakes | kept, (row, finding)
        elif finding.kind == "ambiguous" and not with_code:
            assert (code, former.full_name) in {(u.code, u.full_name) for u in finding.others}, (row, finding)
        else:
            stale += 1
            assert (finding.kind, finding.unit.code) == ("stale", code), (row, finding)
            assert {unit.code for unit in finding.others} == successors, (row, finding)
    assert stale > 200


def test_an_exact_row_of_another_day_is_no_typing_error(reg):
    finding = only(reg, {"code": "22006", "name": "Xã Canh Hiển", "parent": "Tỉnh Gia Lai"}, "2026-10-01")
    assert (finding.kind, finding.unit.code) == ("stale", "22006")
    assert [unit.full_name for unit in finding.others] == ["Xã Canh Vinh"]
    # Nor where the parent is wrong altogether.
    finding = only(reg, {"code": "22006", "name": "Xã Canh Hiển", "parent": "Tỉnh Lâm Đồng"}, "2026-10-01")
    assert (finding.kind, finding.unit.code) == ("stale", "22006")
    namesakes = only(reg, {"name": "Xã Minh Khai", "parent": "Tỉnh Hưng Yên"}, "2026-10-01")
    assert namesakes.kind == "ambiguous"
    assert {unit.parent.full_name for unit in namesakes.others} == {"Huyện Hưng Hà", "Huyện Vũ Thư"}
    for name, parent, successor in [
        ("Xã Phan Tiến", "Lâm Đồng", "Xã Sông Lũy"),
        ("Thị trấn Phước Vĩnh", "79", "Xã Phú Giáo"),
    ]:
        finding = only(reg, {"name": name, "parent": parent}, "2026-10-01")
        assert (finding.kind, [unit.full_name for unit in finding.others]) == ("stale", [successor])


@pytest.mark.parametrize("name", ["TP HCM", "TP.HCM", "TPHCM", "HCM"])
def test_a_short_name_is_known_and_written_in_full(reg, name):
    for row in ({"name": name}, {"code": "79", "name": name}):
        finding = only(reg, row)
        assert (finding.kind, finding.unit.code, finding.stage) == ("spelling", "79", "abbreviation")
        assert finding.proposal == "name: Thành phố Hồ Chí Minh"
    assert only(reg, {"code": "26740", "name": "Phường Sài Gòn", "parent": name}).kind == "exact"
    # The ward that has it for its own name.
    assert only(reg, {"name": "Sài Gòn"}).unit.code == "26740"


def test_a_district_with_its_level_word_is_no_ward_of_that_number(reg):
    finding = only(reg, {"code": "26740", "name": "Quận 1"})
    assert (finding.kind, finding.unit.code) == ("stale", "760")


def test_a_number_is_no_typing_error(reg):
    names = {"24823": "Phường 2 Bảo Lộc", "24820": "Phường 1 Bảo Lộc"}
    rows = [{"code": code, "name": name, "parent": "68"} for code, name in names.items()]
    found = reg.reconcile(rows, "2025-07-01").findings[:2]
    assert [(finding.kind, finding.unit.code) for finding in found] == [("code", "24820"), ("code", "24823")]


def test_a_row_as_an_older_list_wrote_it_is_stale(reg):
    finding = only(reg, {"code": "24826", "name": "Phường B'lao", "parent": "68"})
    assert finding.kind == "stale" and [unit.code for unit in finding.others] == ["24829"]


def test_a_parent_that_is_nobody_is_the_fault_of_the_parent(reg):
    for row in ({"code": "24829"}, {"name": "Phường B'Lao"}):
        finding = only(reg, row | {"parent": "Mordor"})
        assert (finding.kind, finding.unit.code) == ("parent", "24829")


@pytest.mark.parametrize("row", [{"code": "68", "name": "Tỉnh Lâm Đồng"}, {"code": "68"}, {"name": "Tỉnh Lâm Đồng"}])
def test_nothing_but_the_country_stands_above_a_province(reg, row):
    for parent in ("Mordor", "56", "Tỉnh Khánh Hòa", "99", "68"):
        finding = only(reg, row | {"parent": parent})
        assert (finding.kind, finding.unit.code, finding.proposal) == (
            "parent",
            "68",
            "parent: none, as of every province",
        )
    for parent in ("", " ", "0", "00", "Việt Nam", "VN", "Cả nước", "Trung ương"):
        assert only(reg, row | {"parent": parent}).kind == "exact"
    assert only(reg, {"code": "24829", "name": "Phường B'Lao", "parent": "Việt Nam"}).kind == "parent"


def test_what_pandas_writes_is_read(reg):
    nan = float("nan")
    rows = [{"code": 24829.0, "name": "Phường B'Lao", "parent": nan}, {"code": nan, "name": "Phường B'Lao"}]
    for row in rows:
        finding = only(reg, row)
        assert (finding.kind, finding.unit.code) == ("exact", "24829")
    table = reg.reconcile(rows[:1], "2025-07-01", within="24829").table()
    assert (table[0]["code"], table[0]["parent"]) == ("24829", "")


def test_what_cannot_be_told_is_not_guessed(reg):
    ambiguous = only(reg, {"name": "Xã Tân Lập"})
    assert ambiguous.kind == "ambiguous" and ambiguous.unit is None and len(ambiguous.others) > 1
    for row in ({}, {"name": "Phường Không Đâu", "parent": "68"}, {"code": "99999"}, {"name": "???"}):
        assert (only(reg, row).kind, only(reg, row).unit) == ("surplus", None)


def test_a_unit_is_given_to_one_row_only(reg):
    rows = [{"name": "BLao", "parent": "68"}, {"code": "24829", "name": "Phường B'Lao", "parent": "68"}]
    rec = reg.reconcile(rows, "2025-07-01", within="68")
    assert [finding.kind for finding in rec.findings[:2]] == ["surplus", "exact"]
    assert "another row" in rec.findings[0].proposal and rec.findings[0].unit.code == "24829"
    missing = [finding for finding in rec.findings if finding.kind == "missing"]
    assert len(missing) == 123 and all(finding.index is None for finding in missing)


def test_without_a_scope_every_unit_is_looked_for(reg):
    assert reg.reconcile([], "2025-07-01").counts() == {"missing": 3_355}
    assert reg.reconcile([], "2025-07-01", level="province").counts() == {"missing": 34}


def test_every_variant_that_occurs_finds_its_unit(reg):
    unit = reg.unit("23326", "2026-01-01")
    finding = only(reg, {"name": "Xã la Chim", "parent": unit.parent.code}, "2026-01-01")
    assert (finding.unit, finding.stage) == (unit, "listed_variant")


def test_bad_input_is_refused(reg):
    with pytest.raises(motcua.InvalidArgument, match="row 1: name"):
        reg.reconcile([{"name": "a"}, {"name": "x" * 5000}], "2025-07-01")
    with pytest.raises(motcua.UnknownUnit):
        reg.reconcile([], "2025-07-01", within="673")
    with pytest.raises(motcua.OutsideCoverage):
        reg.reconcile([], "2000-01-01")
    with pytest.raises(TypeError, match="row 0"):
        reg.reconcile(["24829"], "2025-07-01")


def test_the_command_writes_a_table_and_a_page(reg, tmp_path, capsys):
    source = tmp_path / "portal.csv"
    source.write_text("Mã,Tên,Tỉnh\n24829,Phường BLao,Lâm Đồng\n24823,Phường 1 Bảo Lộc,Lâm Đồng\n", encoding="utf-8")
    out, page = tmp_path / "out.csv", tmp_path / "out.html"
    arguments = [
        "reconcile",
        str(source),
        "--at",
        "2025-07-01",
        "--within",
        "68",
        "--csv",
        str(out),
        "--html",
        str(page),
    ]
    assert main(arguments) == 1
    with open(out, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["kind"], rows[0]["stage"], rows[0]["unit_code"]) == ("spelling", "apostrophe", "24829")
    assert len(rows) == 124 and rows[1]["kind"] == "exact"
    html = page.read_text(encoding="utf-8")
    assert "Sai cách viết" in html and "khác dấu nháy" in html and "http" not in html
    capsys.readouterr()
    source.with_suffix(".json").write_text(
        json.dumps([{"code": "24823", "name": "Phường 1 Bảo Lộc"}]), encoding="utf-8"
    )
    assert (
        main(["reconcile", str(source.with_suffix(".json")), "--at", "2025-07-01", "--within", "24823", "--json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["counts"] == {"exact": 1}


@pytest.mark.parametrize(
    "header",
    [
        "Mã ĐVHC,Tên đơn vị hành chính,Mã tỉnh",
        "MÃ XÃ,TÊN XÃ,TÊN TỈNH",
        "ma_dvhc,ten_dvhc,tinh",
        "Mã số,Tên gọi,Trực thuộc tỉnh (thành phố)",
    ],
)
def test_the_usual_headings_are_understood(tmp_path, capsys, header):
    source, out = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_text(header + "\n24829,Phường BLao,56\n", "utf-8")
    assert main(["reconcile", str(source), "--at", "2025-07-01", "--within", "24829", "--csv", str(out)]) == 1
    with open(out, encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [row[name] for name in ("code", "name", "parent", "kind")] == ["24829", "Phường BLao", "56", "parent"]
    assert capsys.readouterr().err == ""


def test_columns_that_are_not_used_are_said(tmp_path, capsys):
    source, page = tmp_path / "a.csv", tmp_path / "a.html"
    source.write_text("STT,Mã,Tên,Mã xã,<Ghi chú>\n1,24829,Phường B'Lao,4,x\n", "utf-8")
    assert main(["reconcile", str(source), "--at", "2025-07-01", "--within", "24829", "--html", str(page)]) == 0
    assert capsys.readouterr().err == "motcua reconcile: columns not used: 'STT', 'Mã xã', '<Ghi chú>'\n"
    assert "Các cột không dùng đến: STT, Mã xã, &lt;Ghi chú&gt;<" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "name, content, complaint",
    [
        ("a.txt", b"code\n", "expected a .csv, .tsv or .json"),
        ("a.csv", b"code,name\n24829,\xff\n", "line 2: expected UTF-8"),
        ("a.csv", b"code,name\n24829\n", "line 2: expected 2 columns"),
        ("a.csv", b'code,name\n1,a\n2,"b\n3,c\n', "line 3: expected a closing quote"),
        ("a.csv", b"x,y\n1,2\n", "line 1: expected a header"),
        ("a.csv", b"code,name,name\n1,2,3\n", "line 1: expected columns with names of their own, found 'name' twice"),
        ("a.csv", b"code,name\n1," + b"x" * 200_000 + b"\n", "line 2: expected cells of at most 131,072 characters"),
        (
            "a.csv",
            b"x,code,name\n1,2,a\n\n,," + "ế".encode() * 2_000 + b"\n",
            "line 4, column 3 (name): expected at most",
        ),
        (
            "a.json",
            b'[{"code": "1"}, {"x": 1, "code": ["x"]}]',
            "row 2, column 2 (code): expected text or a whole number",
        ),
        ("a.json", b'[{"name": true}]', "row 1, column 1 (name): expected text or a whole number, found True"),
        ("a.json", b'[{"code": NaN}]', "row 1, column 1 (code): expected text or a whole number, found nan"),
        ("a.json", b'[{"code": ' + b"9" * 5_000 + b"}]", "expected numbers of at most 100 digits, found 5,000"),
        ("a.json", b"{", "line 1: expected JSON"),
        ("a.json", b"{}", "expected a list of objects"),
    ],
)
def test_the_command_refuses_bad_files(tmp_path, capsys, name, content, complaint):
    (tmp_path / name).write_bytes(content)
    assert main(["reconcile", str(tmp_path / name)]) == 2
    assert complaint in capsys.readouterr().err


def test_the_command_writes_no_file_twice(tmp_path, capsys):
    source = tmp_path / "a.csv"
    source.write_text("code\n24829\n", "utf-8")
    for outputs in (["--csv", source], ["--html", source], ["--csv", tmp_path / "b", "--html", tmp_path / "b"]):
        assert main(["reconcile", str(source), *map(str, outputs)]) == 2
        assert "expected a file of its own" in capsys.readouterr().err
    assert source.read_text("utf-8") == "code\n24829\n" and list(tmp_path.iterdir()) == [source]


def test_the_command_unit_tells_where_a_ward_went(capsys):
    assert main(["unit", "24826", "--at", "2025-06-30", "--until", "2025-07-01", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["successors"]["edges"][0]["unit"]["full_name"] == "Phường B'Lao"
    assert shown["successors"]["edges"][0]["steps"][0]["clause"] == "107"
    assert main(["unit", "673", "--at", "2025-06-30"]) == 0
    assert "answered by 68" in capsys.readouterr().out
    assert main(["unit", "99999"]) == 2


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01"])
def test_a_spoiled_catalogue_is_told_row_by_row(reg, day):
    """Whole catalogues, permuted, with faults whose finding is known beforehand."""
    draw = random.Random(20261125)
    rows = catalogue(reg, day)
    draw.shuffle(rows)
    provinces = [unit.code for unit in reg.units(day, "province")]
    names = Counter((row["name"], row["parent"]) for row in rows)
    units = {row["code"]: reg.unit(row["code"], day) for row in rows}
    above = {code: unit.parent for code, unit in units.items()}
    lonely = Counter(unit.full_name for unit in units.values())
    dropped = {row["code"] for row in draw.sample([row for row in rows if len(row["code"]) == 5], 40)}
    rows = [row for row in rows if row["code"] not in dropped]
    expected = {}
    communes = [i for i, row in enumerate(rows) if len(row["code"]) == 5 and names[row["name"], row["parent"]] == 1]
    for place, i in enumerate(draw.sample(communes, 200)):
        row, code = rows[i], rows[i]["code"]
        fault = ("spelling", "parent", "code", "type")[place % 4]
        if fault == "spelling":
            row["name"] = row["name"].upper()
        elif fault == "parent":
            if lonely[row["name"]] > 1:
                continue
            elsewhere = [
                p for p in provinces if p != row["parent"] and not (above[code].parent and above[code].parent.code == p)
            ]
            row["parent"] = draw.choice(elsewhere)
        elif fault == "code":
            row["code"] = "99999"
        else:
            words = ("Phường ", "Xã ", "Thị trấn ", "Đặc khu ")
            kind, bare = units[code].type, units[code].name
            other = next(w.strip() for w in words if w.strip() != kind)
            if bare.isdigit() or names[f"{other} {bare}", row["parent"]]:
                continue
            row["name"] = f"{other} {bare}"
        expected[i] = (fault, code)
    rec = reg.reconcile(rows, day)
    found = {f.index: (f.kind, f.unit.code if f.unit else None) for f in rec.findings if f.index is not None}
    assert {i: found[i] for i in expected} == expected
    assert all(found[i] == ("exact", rows[i]["code"]) for i in found if i not in expected)
    assert {f.unit.code for f in rec.findings if f.kind == "missing"} == dropped
    taken = [f.unit for f in rec.findings if f.unit is not None and f.kind != "surplus"]
    assert len(taken) == len(set(taken))


def test_two_rows_on_one_unit_are_said(reg):
    rows = [
        {"code": "24829", "name": "Phường BLao", "parent": "68"},
        {"code": "24829", "name": "Phường B'Lao", "parent": "68"},
        {"name": "B’Lao", "parent": "Lâm Đồng"},
    ]
    rec = reg.reconcile(rows, "2025-07-01", within="24829")
    assert [f.kind for f in rec.findings] == ["surplus", "exact", "surplus"]
    assert {f.unit.code for f in rec.findings} == {"24829"}
    assert [(c.row, c.action, c.reason_vi) for c in rec.corrections()] == [
        ("1", "delete", "đơn vị đã có ở dòng 2"),
        ("3", "delete", "đơn vị đã có ở dòng 2"),
    ]


def test_a_catalogue_of_yesterday_is_corrected_to_today(reg, tmp_path):
    """The old wards of Bảo Lộc and one of Đà Lạt, as a portal may still have them."""
    old = [unit for unit in reg.units("2025-06-30", "commune", "673")]
    rows = [{"code": unit.code, "name": unit.full_name, "parent": "673"} for unit in old]
    rec = reg.reconcile(rows, "2025-07-01", level="commune", within="68")
    assert {f.kind for f in rec.findings} <= {"stale", "code", "parent", "missing", "surplus", "spelling", "exact"}
    lines = rec.corrections()
    # Four wards stand after it, each by one row; no line adds what a replaced row becomes.
    updated = [line.new_code for line in lines if line.action == "update"]
    assert len(updated) == len(set(updated)) and set(updated) <= {"24820", "24823", "24829", "24841"}
    added = [line.new_code for line in lines if line.action == "add"]
    assert not set(added) & set(updated) and len(added) + len(updated) == 124
    path = tmp_path / "corrections.csv"
    rec.to_corrections(str(path))
    with open(path, encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [line["action"] for line in written] == [line.action for line in lines]
    assert main(["reconcile", str(path), "--at", "2025-07-01", "--corrections", str(tmp_path / "again.csv")]) == 1


@pytest.mark.parametrize(
    "ending, content",
    [
        ("csv", "code,name\n24829,Phường B'Lao\n"),
        ("tsv", "code\tname\n24829\tPhường B'Lao\n"),
        ("json", '[{"code": "24829", "name": "Phường B\'Lao"}]'),
    ],
)
def test_every_form_of_a_catalogue_is_read_alike(reg, tmp_path, capsys, ending, content):
    path = tmp_path / f"a.{ending}"
    path.write_text(content, "utf-8")
    assert main(["reconcile", str(path), "--at", "2025-07-01", "--within", "24829", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"exact": 1}


def test_the_page_shields_what_the_catalogue_writes(reg, tmp_path):
    rec = reg.reconcile([{"code": "<b>", "name": "<script>alert(1)</script>"}], "2025-07-01", within="68")
    rec.to_html(str(tmp_path / "a.html"))
    html = (tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html and "so với danh mục ngày 01/07/2025" in html
