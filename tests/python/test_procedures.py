from pathlib import Path

import pytest

import motcua

FOLDER = Path(__file__).parents[2] / "core/data/procedures"


@pytest.fixture(scope="module")
def catalogue():
    return motcua.Catalogue.read(FOLDER)


def test_reads_the_real_catalogue(catalogue):
    assert len(catalogue) == 2849
    birth = catalogue.procedure("1.001193", "2025-07-01")
    assert birth.field == "Hộ tịch"
    assert birth.levels == {"commune"}
    assert {row.channel for row in birth.limits} <= {"direct", "online", "postal"}
    units = {row.unit for procedure in catalogue for row in procedure.limits}
    assert units == {"working_day", "day", "hour", "month", "none", "unspecified", "text"}
    untold = ("unspecified", "text", "none")  # no row of the portal says that there is no limit
    assert all((row.limit is None) == (row.unit in untold) for p in catalogue for row in p.limits)


def test_a_limit_is_taken_only_where_the_channel_agrees(catalogue):
    assert catalogue.limit("1.000010", "direct", "2025-07-01") == "1wd"
    with pytest.raises(motcua.InvalidArgument, match="unit unspecified"):
        catalogue.limit("1.000005", "online", "2025-07-01")
    with pytest.raises(motcua.InvalidArgument, match="channel 'fax'"):
        catalogue.limit("1.000010", "fax", "2025-07-01")
    with pytest.raises(motcua.UnknownProcedure, match="9.999999"):
        catalogue.limit("9.999999", "direct", "2025-07-01")


def test_finds_the_dirt_of_the_portal(catalogue):
    problems = catalogue.check()
    assert sum(p.expected == "a number with its unit" for p in problems) == 861
    assert sum("districts ended" in p.expected for p in problems) > 40
    assert "1.000005" in {p.event for p in problems}
    assert "expected" in str(problems[0])


def test_refuses_folders_and_tables(tmp_path):
    with pytest.raises(motcua.InvalidArgument, match="procedures.tsv"):
        motcua.Catalogue.read(tmp_path)
    with pytest.raises(motcua.InvalidArgument, match="procedures.tsv"):
        motcua.Catalogue.read(tmp_path / ("nowhere" * 30))
    with pytest.raises(motcua.MalformedData, match="levels 'moon'"):
        motcua.Catalogue.parse(
            "code\tname_vi\tfield_vi\tlevels\n1.1\tA\tB\tmoon\n",
            "code\tchannel\trow_no\tvalue\tunit\traw_text\n",
        )


def test_findings_have_kinds(catalogue):
    findings = catalogue.check()
    split = next(finding for finding in findings if finding.kind == "limit_without_unit")
    assert split.code and split.where.startswith("time limit, channel ") and split.expected
    kinds = {finding.kind for finding in findings}
    assert {"fee_decimal_point", "agency_abolished", "document_future", "decision_junk"} <= kinds
    assert all(finding.kind for finding in findings)
    at_once = catalogue.check(at="2025-06-30")
    assert not [f for f in at_once if f.kind == "agency_abolished" and "district" in f.expected]


def test_procedures_show_all_their_rows(catalogue):
    procedure = catalogue.procedure("1.000005", "2026-06-10")
    assert procedure.agencies[0] == ("decides", "Chi cục Hải quan khu vực")
    assert procedure.legal_basis[0].document == "54/2014/QH13"
    assert procedure.cases[0] == (1, 8, 0, 1)
    assert procedure.subjects == {"organisation"}
    assert procedure.decision == "2628/QĐ-BTC" and procedure.results == ["Xác nhận thông quan"]
    assert catalogue.versions("9.999999") == []


def test_processes_and_groups(catalogue):
    death = catalogue.groups("death")
    assert {(row.case, row.limit) for row in death} == {
        ("social_insurance", "9wd@15:00>start"),
        ("social_protection", "6wd@15:00>start"),
        ("aged_80_monthly_allowance", "11wd@15:00>start"),
        ("merit", "18wd@15:00>start"),
    }
    birth = catalogue.process("2.000986")
    assert [step.after for step in birth.steps] == [(), (1,), (1,)]
    assert birth.working_days == 3  # a day and max(2, 2)
    shared = catalogue.process("1.012644")
    assert shared.working_minutes == 240 * 60
    assert shared.steps[8].unit == "shared" and shared.steps[8].shares == 8 and shared.steps[8].limit is None
    assert catalogue.process("1.001806").steps[0].limit == "0.5wd"
    assert len(catalogue.processes()) == 45
    with pytest.raises(motcua.UnknownProcedure):
        catalogue.process("1.000005")


def test_what_is_read_is_written(catalogue, tmp_path):
    catalogue.write(tmp_path / "new")
    for name in ("procedures", "time_limits", "fees", "agencies", "legal_basis", "component_counts"):
        assert (tmp_path / "new" / f"{name}.tsv").read_bytes() == (FOLDER / f"{name}.tsv").read_bytes()
    again = motcua.Catalogue.read(tmp_path / "new")
    for name in motcua.procedures.TABLES:
        assert again.table(name) == catalogue.table(name)
    with pytest.raises(motcua.InvalidArgument, match="table 'prices'"):
        catalogue.table("prices")


PAGE = {
    "TENTTHC": "Đăng ký khai sinh",
    "MATTHC": "1.001193",
    "TRINHTUTHUCHIEN": [{"TRUONGHOP": "Trực tiếp", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ\ntại\tquầy"}]}],
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-TP01", "TENLINHVUC": "Hộ tịch"}],
    "MACOQUANCONGBO": "G15",
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": 3,
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "",
                    "PHILEPHI": [{"MAPHILEPHI": "P1", "SOTIEN": 8000, "DONVI": "VNĐ", "MOTA": "Lệ phí"}],
                },
                {"THOIGIANGIAIQUYET": 5, "DONVITINH": "Ngày làm việc", "MOTA": "phải xác minh", "PHILEPHI": []},
            ],
        },
        {
            "KENH": 2,
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "1",
                    "DONVITINH": "",
                    "MOTA": None,
                    "PHILEPHI": [
                        {"SOTIEN": 20, "DONVI": "VNĐ", "MOTA": "20.000 đồng/trường hợp"},
                        {"SOTIEN": 25, "DONVI": "VNĐ", "MOTA": ""},
                        {"SOTIEN": 0, "DONVI": "VNĐ", "MOTA": "theo Nghị quyết của HĐND tỉnh"},
                        {"SOTIEN": 0, "DONVI": "VNĐ", "MOTA": ""},
                        {"SOTIEN": 10, "DONVI": "USD", "MOTA": ""},
                    ],
                }
            ],
        },
    ],
    "YEUCAU": "Không",
    "DOITUONGTHUCHIEN": [{"TENDOITUONG": "Công dân Việt Nam"}],
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Giấy khai sinh"}],
    "CANCUPHAPLY": [{"SOVANBAN": "60/2014/QH13", "TENVANBAN": "Luật Hộ tịch"}],
    "TRANGTHAI": "1",
    "COQUANTHUCHIEN": [{"TENDONVI": "Ủy ban nhân dân cấp xã", "MADONVI": "X"}],
    "THANHPHANHOSO": [
        {"GIAYTO": [{"MAGIAYTO": "GT1", "TENGIAYTO": "Tờ khai", "TENMAUDON": "Mẫu 01", "URL": "https://x"}]}
    ],
    "KHOAMOI": {"a": [1, 2.5, None, True]},
}


def test_reads_the_portals_json():
    catalogue = motcua.Catalogue.from_portal_json(PAGE)
    procedure = catalogue.procedure("1.001193", "2026-01-01")
    assert procedure.field == "Hộ tịch" and procedure.results == ["Giấy khai sinh"]
    assert [(r.channel, r.row_no, r.limit, r.unit) for r in procedure.limits] == [
        ("direct", 1, "3wd", "working_day"),
        ("direct", 2, "5wd", "working_day"),
        ("online", 1, None, "unspecified"),
    ]
    assert [(r.channel, r.amount_vnd, r.kind) for r in procedure.fees] == [
        ("direct", 8000, "charge"),
        ("online", 20000, "unknown"),  # the note shows the number
        ("online", None, "unknown"),  # it does not
        ("online", None, "unknown"),  # free, but a note
        ("online", 0, "unknown"),
        ("online", None, "unknown"),  # US dollars
    ]
    assert procedure.words("sequence") == ["Nộp hồ sơ tại quầy"]
    assert procedure.words("component") == ["Tờ khai"] and procedure.cases == [(1, 1, 0, 1)]
    kinds = [finding.kind for finding in catalogue.check()]
    assert kinds.count("fee_decimal_point") == 2 and kinds.count("fee_free_with_note") == 1
    assert {"limit_without_unit", "limit_variants", "level_missing"} <= set(kinds)
    with pytest.raises(motcua.InvalidArgument, match="3wd, 5wd"):
        catalogue.limit("1.001193", "direct", "2026-01-01")


def test_the_portals_json_comes_out_as_it_went_in(tmp_path):
    import json

    second = {**PAGE, "MATTHC": "1.000656", "TENTTHC": "Khai tử"}
    catalogue = motcua.Catalogue.from_portal_json([PAGE, second])
    assert catalogue.to_portal_json() == [second, PAGE]  # by code
    assert catalogue.to_portal_json("1.001193") == [PAGE]
    catalogue.write(tmp_path)
    assert motcua.Catalogue.read(tmp_path).to_portal_json() == [second, PAGE]
    text = json.dumps({"error_code": "0", "result": [PAGE]}, ensure_ascii=False)
    for form in (text, text.encode(), json.dumps(PAGE), [PAGE], (PAGE,)):
        assert motcua.Catalogue.from_portal_json(form).to_portal_json() == [PAGE]
    with pytest.raises(motcua.UnknownProcedure):
        catalogue.to_portal_json("9.999999")


def test_tables_become_json_and_back(catalogue):
    built = catalogue.to_portal_json()
    again = motcua.Catalogue.from_portal_json(built)
    assert len(again) == len(catalogue)
    parts = [part for part in motcua.Procedure.__slots__ if part != "details"]
    for first, second in zip(catalogue, again):
        assert [getattr(first, part) for part in parts] == [getattr(second, part) for part in parts], first.code
        assert first.details == [row for row in second.details if row.part != "portal"]
    pages = {name: catalogue.table(name) for name in motcua.procedures.TABLES[:7]}  # no processes, no groups
    assert again.check() == motcua.Catalogue.parse(**pages).check()
    assert again.to_portal_json() == built


def test_json_keeps_versions_and_words_that_the_portal_has_no_key_for():
    catalogue = motcua.Catalogue.parse(
        "code\tname_vi\tfield_vi\tlevels\tvalid_from\tvalid_to\n"
        "1.000001\tA  b\tX\tcommune\t\t2025-07-01\n1.000001\tB\tX\tprovince+commune\t2025-07-01\t\n",
        "code\tchannel\trow_no\tvalue\tunit\traw_text\tvalid_from\n"
        "1.000001\tdirect\t1\t3\tworking_day\tba ngày\t-\n1.000001\tdirect\t1\t2\tworking_day\t2\t2025-07-01\n",
        fees="code\tchannel\trow_no\tamount_vnd\tkind\traw_text\n1.000001\tdirect\t1\t0\tfee\tPhí : 0 Đồng\n",
    )
    again = motcua.Catalogue.from_portal_json(catalogue.to_portal_json())
    for name in ("procedures", "time_limits"):
        lines = again.table(name).splitlines()
        for line in catalogue.table(name).splitlines():
            assert line in lines
    assert [[fee.amount_vnd for fee in procedure.fees] for procedure in again] == [[0], [0]]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ([], "expected an object of tables"),
        ({"fee": []}, "MOTCUA.fee .* expected one of the tables"),
        ({"procedures": []}, "expected one row"),
        ({"fees": {}}, "expected a list of rows"),
        ({"agencies": [{"role": "decides"}]}, r"MOTCUA.agencies\[0\] .* expected a row of texts with role, agency_vi"),
        ({"agencies": [{"role": "decides", "agency_vi": "a\tb"}]}, "without tabs"),
        ({"agencies": [{"role": "decides", "agency_vi": 7}]}, "a row of texts"),
    ],
)
def test_refuses_own_tables_that_are_none(own, told):
    with pytest.raises(motcua.MalformedData, match=told):
        motcua.Catalogue.from_portal_json({**PAGE, "MOTCUA": own})


@pytest.mark.parametrize("note", ["Miễn phí", "Phí : 0 Đồng", "Không thu phí.", "miễn lệ phí"])
def test_free_with_a_note_that_says_so_again_is_free(note):
    fee = {"SOTIEN": 0, "DONVI": "", "MOTA": note}
    page = {**PAGE, "CACHTHUCTHUCHIEN": [{"KENH": 1, "THOIGIAN": [{"PHILEPHI": [fee]}]}]}
    catalogue = motcua.Catalogue.from_portal_json(page)
    assert next(iter(catalogue)).fees[0].amount_vnd == 0
    assert "fee_free_with_note" not in {finding.kind for finding in catalogue.check()}


def test_an_edited_table_wins_over_the_page():
    catalogue = motcua.Catalogue.from_portal_json(PAGE)
    texts = {name: catalogue.table(name) for name in motcua.procedures.TABLES}
    texts["time_limits"] = texts["time_limits"].replace("\t3\tworking_day\t3 Ngày", "\t2\tworking_day\t2 Ngày")
    page = motcua.Catalogue.parse(**texts).to_portal_json()[0]
    assert page["CACHTHUCTHUCHIEN"][0]["THOIGIAN"][0]["THOIGIANGIAIQUYET"] == 2
    assert page["KHOAMOI"] == PAGE["KHOAMOI"]


def changed(**keys):
    return {**PAGE, **keys}


@pytest.mark.parametrize(
    ("obj", "told"),
    [
        (7, "expected an object, a list of them or JSON text"),
        (None, "expected an object"),
        ("{", "expected JSON"),
        ("[NaN]", "NaN is no number"),
        (b"\xff\xfe", "expected UTF-8"),
        ("[" * 100000, "nesting"),
        ([1], "procedure 1 '1': expected an object"),
        ({}, "MATTHC ''"),
        ([PAGE, {"TENTTHC": "x"}], "procedure 2, MATTHC"),
        ([PAGE, PAGE], "do not overlap"),
        (changed(TENTTHC=["x"]), "TENTTHC"),
        (changed(CACHTHUCTHUCHIEN=[{"KENH": 4}]), r"CACHTHUCTHUCHIEN\[0\].KENH '4': expected 1 \(direct\)"),
        (changed(CACHTHUCTHUCHIEN=["x"]), r"CACHTHUCTHUCHIEN\[0\] 'x': expected an object"),
        (
            changed(CACHTHUCTHUCHIEN=[{"KENH": 1, "THOIGIAN": [{"THOIGIANGIAIQUYET": -3}]}]),
            r"THOIGIAN\[0\].THOIGIANGIAIQUYET '-3'",
        ),
        (
            changed(CACHTHUCTHUCHIEN=[{"KENH": 1, "THOIGIAN": [{"PHILEPHI": [{"SOTIEN": 10**30}]}]}]),
            r"PHILEPHI\[0\].SOTIEN",
        ),
        (
            changed(CACHTHUCTHUCHIEN=[{"KENH": 1, "THOIGIAN": [{"PHILEPHI": [{"SOTIEN": "x"}]}]}]),
            "an amount of money",
        ),
        (changed(TENTTHC="\ud800"), "surrogates"),
        (changed(KHOAMOI=float("nan")), "a value of JSON"),
        (changed(KHOAMOI={1, 2}), "a value of JSON"),
    ],
)
def test_refuses_json_that_is_none_of_the_portals(obj, told):
    with pytest.raises(motcua.MalformedData, match=told):
        motcua.Catalogue.from_portal_json(obj)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (3, "Ngày làm việc", ("3wd", "working_day")),
        (3.0, "ngày", ("3d", "day")),
        (0.5, "Giờ", ("0.5h", "hour")),
        (8, "Giờ làm việc", ("8wh", "working_hour")),
        (2, "Tháng", ("2mo", "month")),
        (1, "Năm", ("1y", "year")),
        (5, "", (None, "unspecified")),
        (2, "Tuần", (None, "text")),
        ("10-25", "Ngày", (None, "text")),
        (None, "", (None, "none")),
        ("", "Ngày", (None, "none")),
    ],
)
def test_a_limit_is_never_guessed(value, unit, expected):
    time = {"THOIGIANGIAIQUYET": value, "DONVITINH": unit}
    page = changed(CACHTHUCTHUCHIEN=[{"KENH": 1, "THOIGIAN": [time]}])
    row = motcua.Catalogue.from_portal_json(page).procedure("1.001193", "2026-01-01").limits[0]
    assert (row.limit, row.unit) == expected


def test_any_tables_are_read_or_refused():
    import random

    rng = random.Random(7)
    catalogue = motcua.Catalogue.from_portal_json(PAGE)
    base = {name: catalogue.table(name) for name in motcua.procedures.TABLES}
    for _ in range(400):
        texts = {name: bytearray(text.encode()) for name, text in base.items()}
        for _ in range(rng.randrange(1, 4)):
            text = texts[rng.choice(list(texts))]
            if not text:
                continue
            at = rng.randrange(len(text))
            change = rng.randrange(3)
            if change == 0:
                text[at] = rng.randrange(256)
            elif change == 1:
                del text[at:]
            else:
                text[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(8)))
        try:
            motcua.Catalogue.parse(**{name: bytes(text) for name, text in texts.items()}).check()
        except motcua.MalformedData as error:
            assert str(error)


def test_any_json_is_read_or_refused():
    import json
    import random

    rng = random.Random(11)
    base = json.dumps([PAGE, {**PAGE, "MATTHC": "1.000656"}], ensure_ascii=False).encode()
    read = 0
    for _ in range(600):
        text = bytearray(base)
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text))
            change = rng.randrange(4)
            if change == 0:
                text[at] = rng.randrange(256)
            elif change == 1 and rng.random() < 0.2:
                del text[at:]
            elif change == 2:
                text[at : at + 1] = rng.choice([b'"', b"0", b"{", b"]", b"null", b"1e999", b"\\ud800", b"-"])
            else:
                del text[at : at + rng.randrange(3)]
            if not text:
                break
        try:
            catalogue = motcua.Catalogue.from_portal_json(bytes(text))
        except motcua.MalformedData as error:
            assert str(error)
            continue
        read += 1
        catalogue.check()
        again = motcua.Catalogue.from_portal_json(catalogue.to_portal_json())
        assert again.to_portal_json() == catalogue.to_portal_json()
    assert read > 30


def test_the_command_checks_and_converts(tmp_path, capsys):
    import json

    from motcua import cli

    page = tmp_path / "page.json"
    page.write_text(json.dumps([PAGE]), encoding="utf-8")
    assert cli.main(["catalogue", "check", str(page)]) == 1
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "kind\tcode\twhere\tvalue\texpected"
    assert any(row.startswith("limit_without_unit\t1.001193\ttime limit, channel online, row 1\t1\t") for row in rows)
    assert cli.main(["catalogue", "check", str(page), "--count", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["fee_decimal_point"] == 2
    assert cli.main(["catalogue", "check", str(page), "--kind", "code_junk"]) == 0
    capsys.readouterr()
    assert cli.main(["catalogue", "to-tsv", str(page), str(tmp_path / "tsv")]) == 0
    assert cli.main(["catalogue", "to-json", str(tmp_path / "tsv")]) == 0
    assert json.loads(capsys.readouterr().out) == [PAGE]
    assert cli.main(["catalogue", "to-tsv", str(page)]) == 2
    assert cli.main(["catalogue", "check", str(tmp_path / "absent")]) == 2
    page.write_text("[", encoding="utf-8")
    assert cli.main(["catalogue", "check", str(page)]) == 2
