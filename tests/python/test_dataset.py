"""Facts from a file: the same answers, and no damage that goes unseen."""

from __future__ import annotations

import collections
import datetime as dt
import pathlib
import random
import re
import shutil

import pytest

import motcua
from motcua.cli import main

FACTS = pathlib.Path(__file__).resolve().parents[2] / "core" / "data"


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    path = tmp_path_factory.mktemp("dataset") / "facts.bin"
    motcua.Dataset.builtin().write(path)
    return path


def test_a_file_gives_the_same_facts(image):
    dataset = motcua.Dataset.read(image)
    assert dataset == motcua.Dataset.builtin() and dataset.version == motcua.dataset_version()
    assert hash(dataset) == hash(motcua.Dataset.builtin()) and dataset.version in repr(dataset)
    assert dataset.to_bytes() == image.read_bytes()
    reg = motcua.Registry.national(dataset)
    assert reg.unit("24829", "2025-07-01").name == "B'Lao" and reg.dataset_version == dataset.version
    assert motcua.Registry.national(dataset=dataset).agency("H36", "2026-01-01").unit.code == "68"
    cal = motcua.WorkingCalendar.national(dataset=dataset)
    assert cal.deadline("2025-08-28T15:10", "3wd").due == dt.datetime(2025, 9, 4, 17, 30)
    assert motcua.holidays(2026, dataset) == motcua.holidays(2026)
    assert motcua.Machine.national(dataset).transitions() == motcua.Machine.national().transitions()
    assert motcua.Dataset.read(str(image)) == dataset


def test_a_registry_outlives_its_dataset(image):
    reg = motcua.Registry.national(motcua.Dataset.read(image))
    unit = reg.unit("24829", "2025-07-01")
    del reg
    assert unit.parent.full_name == "Tỉnh Lâm Đồng"


def test_damaged_files_are_refused(image, tmp_path):
    sound = image.read_bytes()
    draw = random.Random(20261125)
    path = tmp_path / "damaged.bin"

    def refuse(content):
        path.write_bytes(content)
        with pytest.raises(motcua.MalformedData, match="damaged.bin: dataset image"):
            motcua.Dataset.read(path)

    for size in [0, 1, 15, 16, 100, len(sound) - 1, *(draw.randrange(len(sound)) for _ in range(20))]:
        refuse(sound[:size])
    refuse(sound + b"\0")
    refuse(sound + b"\0" * 16)
    for at in [*range(16), *(draw.randrange(len(sound)) for _ in range(60))]:
        refuse(sound[:at] + bytes([sound[at] ^ 1 << draw.randrange(8)]) + sound[at + 1 :])
    refuse(b"PK\x03\x04" + sound[4:])
    refuse(sound.replace(b"motcua01", b"motcua02", 1))
    refuse(sound.replace(b"2026.10.01+", b"2027.10.01+", 1))


def test_what_is_no_dataset(tmp_path):
    with pytest.raises(FileNotFoundError):
        motcua.Dataset.read(tmp_path / "absent.bin")
    for call in (motcua.Registry.national, motcua.Machine.national):
        with pytest.raises(TypeError, match="dataset: expected a motcua.Dataset"):
            call("facts.bin")
    with pytest.raises(TypeError, match="dataset"):
        motcua.WorkingCalendar.national(dataset="facts.bin")
    with pytest.raises(TypeError, match="dataset"):
        motcua.holidays(2026, "facts.bin")
    with pytest.raises(motcua.MalformedData):
        motcua.Dataset.parse(b"")


def test_a_corrected_fact_becomes_a_dataset(tmp_path, capsys):
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder, ignore=shutil.ignore_patterns("compiler"))
    units = folder / "units" / "units_2025.tsv"
    units.write_text(units.read_text("utf-8").replace("\tB'Lao\t", "\tBờ Lao\t"), "utf-8")
    (folder / "VERSION").write_text("2026.12.31\n")
    out = tmp_path / "facts.bin"
    assert main(["dataset", "compile", str(folder), str(out)]) == 0
    assert capsys.readouterr().out.startswith("2026.12.31+")
    dataset = motcua.Dataset.read(out)
    assert dataset.version.startswith("2026.12.31+") and dataset != motcua.Dataset.builtin()
    assert motcua.Registry.national(dataset).unit("24829", "2025-07-01").full_name == "Phường Bờ Lao"
    assert motcua.Registry.national().unit("24829", "2025-07-01").full_name == "Phường B'Lao"


def test_facts_that_break_a_rule_make_no_dataset(tmp_path, capsys):
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder, ignore=shutil.ignore_patterns("compiler"))
    agencies = folder / "units" / "agencies.tsv"
    agencies.write_text(agencies.read_text("utf-8").replace("H36\t", "h36\t", 1), "utf-8")
    assert main(["dataset", "compile", str(folder), str(tmp_path / "facts.bin")]) == 2
    assert "units/agencies.tsv" in capsys.readouterr().err
    assert not list(tmp_path.glob("facts.bin*"))
    assert main(["dataset", "compile", str(tmp_path / "nowhere"), str(tmp_path / "facts.bin")]) == 2


def _rows_of_reform(lines, extent):
    """Places of the rows of one commune that went whole, or in two parts, into units that had others too."""
    rows = [(place, line.split("\t")) for place, line in enumerate(lines)]
    came = collections.Counter(cells[1] for _, cells in rows)
    of_unit = {}
    for place, cells in rows:
        if cells[3] == "commune" and cells[2] == extent and came[cells[1]] > 2:
            of_unit.setdefault(cells[0], []).append(place)
    return next(places for places in of_unit.values() if len(places) == (1 if extent == "whole" else 2))


def _drop(extent):
    def change(lines):
        del lines[_rows_of_reform(lines, extent)[0]]

    return change


def _set(extent, column, value):
    def change(lines):
        place = _rows_of_reform(lines, extent)[0]
        cells = lines[place].split("\t")
        cells[column] = value
        lines[place] = "\t".join(cells)

    return change


def _next_clause(lines):
    """Takes a unit made of one whole commune into the clause of its neighbour."""
    clauses = {line.split("\t")[4] + line.split("\t")[7] for line in lines}
    place = _rows_of_reform(lines, "whole")[0]
    cells = lines[place].split("\t")
    article, clause = cells[7].split(".")
    cells[7] = next(f"{article}.{n}" for n in range(int(clause) + 1, 999) if f"{cells[4]}{article}.{n}" in clauses)
    lines[place] = "\t".join(cells)


@pytest.mark.parametrize(
    "change, complaint",
    [
        (_drop("whole"), r"units/units_2024.tsv line \d+, code '\d{5}': expected a unit with a row in succession_2025"),
        (_drop("part"), r"succession_2025.tsv line \d+, extent 'part': expected whole, as the unit has no other"),
        (_set("whole", 2, "part"), r"succession_2025.tsv line \d+, extent 'part': expected whole"),
        (_set("part", 2, "whole"), r"succession_2025.tsv line \d+, extent 'whole': expected part"),
        (_set("whole", 7, ""), r"succession_2025.tsv line \d+, clause '': expected article.clause"),
        (_set("whole", 7, "1.0"), r"succession_2025.tsv line \d+, clause '1.0': expected article.clause"),
        (
            _set("part", 7, "1.999"),
            r"succession_2025.tsv line \d+, clause '1.\d+': expected 1.\d+, that of the unit",
        ),
        (_next_clause, r"succession_2025.tsv line \d+, clause '1.\d+': expected (a clause of its own|1.\d+, that of)"),
        (_set("whole", 4, "1/NQ-UBTVQH15"), r"succession_2025.tsv line \d+, resolution '.*': expected .*, that of the"),
    ],
)
def test_a_reform_that_loses_or_misplaces_a_unit_is_refused(tmp_path, capsys, change, complaint):
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder, ignore=shutil.ignore_patterns("compiler"))
    reform = folder / "units" / "succession_2025.tsv"
    lines = reform.read_text("utf-8").split("\n")[:-1]
    change(lines)
    reform.write_text("\n".join(lines) + "\n", "utf-8")
    assert main(["dataset", "compile", str(folder), str(tmp_path / "facts.bin")]) == 2
    assert re.search(complaint, capsys.readouterr().err)


@pytest.mark.parametrize("version", ["hello", "", "2026-10-01", "2026.13.01", "2026.10.1", "2026.10.01 beta"])
def test_a_version_is_a_day(tmp_path, capsys, version):
    folder = tmp_path / "facts"
    shutil.copytree(FACTS, folder, ignore=shutil.ignore_patterns("compiler"))
    (folder / "VERSION").write_text(version + "\n")
    assert main(["dataset", "compile", str(folder), str(tmp_path / "facts.bin")]) == 2
    assert f"VERSION line 1, version '{version}': expected a day as YYYY.MM.DD" in capsys.readouterr().err


@pytest.fixture
def with_years_to(tmp_path):
    """Compiles the facts with provisional years up to one; gives the status and the file."""

    def compile_with(last):
        folder, out = tmp_path / f"facts{last}", tmp_path / f"facts{last}.bin"
        shutil.copytree(FACTS, folder, ignore=shutil.ignore_patterns("compiler"))
        with open(folder / "time" / "years.tsv", "a", encoding="utf-8") as years:
            years.writelines(f"{year}\tprovisional\t\t\n" for year in range(2041, last + 1))
        return main(["dataset", "compile", str(folder), str(out)]), out

    return compile_with


def test_as_many_years_as_an_index_can_number(with_years_to, capsys):
    """From 2004: 179 years, 65,379 days, to the last of them; one year more is refused."""
    status, path = with_years_to(2182)
    assert status == 0
    cal = motcua.WorkingCalendar.national(dataset=motcua.Dataset.read(path))
    last = dt.date(2182, 12, 31)
    assert cal.coverage == (dt.date(2004, 1, 1), last)
    days = [last - dt.timedelta(k) for k in range(40)]
    working = [day for day in days if cal.is_working_day(day)]
    assert 20 < len(working) < 30 and all(day.weekday() < 5 for day in working)
    assert cal.add_working_days(working[10], 10) == working[0]
    assert cal.deadline(f"{working[10]}T08:00", "10wd").due.date() == working[0]
    assert cal.deadline(f"{working[10]}T07:30", "10wd", "by_hour").due.date() == working[1]
    assert cal.latest_acceptance(f"{working[0]}T17:30", "10wd").date() == working[10]
    with pytest.raises(motcua.OutsideCoverage):
        cal.deadline(f"{working[10]}T08:00", "11wd")
    assert with_years_to(2183)[0] == 2
    assert "time/years.tsv" in capsys.readouterr().err


def test_the_command_shows_and_checks(image, tmp_path, capsys):
    assert main(["dataset", "show"]) == 0
    assert capsys.readouterr().out.strip() == motcua.dataset_version()
    assert main(["dataset", "show", str(image)]) == 0
    assert main(["dataset"]) == 0
    assert main(["dataset", "write", str(tmp_path / "again.bin")]) == 0
    assert (tmp_path / "again.bin").read_bytes() == image.read_bytes()
    capsys.readouterr()
    (tmp_path / "bad.bin").write_bytes(b"x")
    assert main(["dataset", "show", str(tmp_path / "bad.bin")]) == 2
    assert "bad.bin: dataset image" in capsys.readouterr().err
    assert main(["dataset", "show", str(tmp_path / "absent.bin")]) == 2
