"""No file that motcua writes runs a formula that came in with its input."""

import csv
import itertools

import numpy as np
import pytest

import motcua
from motcua._cells import neutral, plain
from motcua.cli import main
from motcua.run.output import write_csv, write_dossiers
from motcua.sheets import read_table

FORMULA = '=HYPERLINK("http://x")'
QUOTED = '"=HYPERLINK(""http://x"")"'


@pytest.mark.parametrize("text", [FORMULA, "+1+2", "-2+3", "@SUM(1)", "\tx", "\r=1", "'=1", "''-x", "-"])
def test_text_that_a_spreadsheet_would_run_is_marked(text):
    assert neutral(text) == "'" + text and plain(neutral(text)) == text


@pytest.mark.parametrize("cell", [-5, 2.5, "-5", "+1,5", "-1.5e3", "", "24829", "H36.1-250701", "'x", "a=b", None])
def test_numbers_and_plain_text_are_left_alone(cell):
    assert neutral(cell) == ("" if cell is None else cell)


def test_every_short_text_comes_back():
    texts = ["".join(letters) for k in range(5) for letters in itertools.product("'=-\t1a,", repeat=k)]
    assert [plain(neutral(text)) for text in texts] == texts


def test_the_files_of_a_run(tmp_path):
    times = np.array(["2025-07-01T08:00", "NaT"], "M8[m]")
    texts = {name: np.array(["24829", None], object) for name in ("agency", "procedure", "limit", "outcome")}
    for code in ("=1+1", FORMULA, "'@x", "D1"):
        columns = {"dossier": np.array([code, "D2"], object), **texts, "returned": np.array([0, 1])}
        columns.update(dict.fromkeys(("accepted_at", "due", "finished_at"), times))
        write_dossiers(tmp_path / "dossiers.csv", columns)
        with open(tmp_path / "dossiers.csv", newline="") as file:
            assert [row["dossier"] for row in csv.DictReader(file)] == [neutral(code), "D2"]
    write_csv(tmp_path / "x.csv", ["name", "n"], [[FORMULA, -1], [None, "-1"]])
    with open(tmp_path / "x.csv", newline="") as file:
        assert list(csv.reader(file)) == [["name", "n"], ["'" + FORMULA, "-1"], ["", "-1"]]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_convert_runs_nothing_of_its_own_and_leaves_the_cells_of_others(tmp_path, ending):
    source = tmp_path / "in.csv"
    address = '"=1+1, Phường 1, Thành phố Bảo Lộc, Lâm Đồng"'
    source.write_text(f"id,dia_chi\n{QUOTED},{address}\n@x,nowhere\n", "utf-8")
    made, review = tmp_path / f"made.{ending}", tmp_path / f"review.{ending}"
    main(["convert", str(source), "--column", "dia_chi", "--output", str(made), "--review", str(review)])
    if ending == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        cell = openpyxl.load_workbook(made).active["A2"]
        assert (cell.value, cell.data_type) == (FORMULA, "s")
        return
    # The column of the file is as it was; the address, which motcua wrote, begins with "=" no more.
    first = next(read_table(str(made)).rows)
    assert first[0] == FORMULA and first[5].startswith("'=1+1, ")
    # The file for a human is motcua's own.
    assert next(read_table(str(review)).rows)[1] == "'@x"
    if ending == "csv":
        assert made.read_text("utf-8-sig").split("\n")[1].startswith(f"{QUOTED},{address},24823,")


def test_reconciliation_and_statistics(tmp_path):
    rec = motcua.Registry.national().reconcile([{"code": "=1+1", "name": "@x", "parent": ""}], "2025-07-01")
    rec.to_csv(str(tmp_path / "r.csv"))
    rec.to_corrections(str(tmp_path / "c.csv"))
    for name in ("r.csv", "c.csv"):
        text = (tmp_path / name).read_text("utf-8-sig")
        assert "'=1+1" in text and "'@x" in text
    log = motcua.EventLog([{
        "id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "agency": FORMULA,
        "procedure": "P", "channel": 1, "limit": "3wd",
    }])  # fmt: skip
    register = motcua.DossierRegister(log)
    counts = motcua.statistics(register, "2025-07-01", "2025-08-01", by=("agency",)).to_csv()
    assert "\"'=HYPERLINK" in counts
