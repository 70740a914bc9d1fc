"""What is asked of a catalogue, and questions that it cannot have an answer to."""

import re
from pathlib import Path

import pytest

import motcua
from motcua.cli import main
from motcua.procedures import FINDING_KINDS

ROOT = Path(__file__).resolve().parents[2]
HEADER = "code\tname_vi\tfield_vi\tlevels\n"
LIMITS = "code\tchannel\trow_no\tvalue\tunit\traw_text\n"
CATALOGUE = motcua.Catalogue.parse(HEADER + "1.000001\tCấp phép\tXây dựng\tcommune\n", LIMITS)


def test_the_kinds_are_those_that_the_checks_find():
    named = set()
    for source in (ROOT / "core/motcua/procedures").glob("*_check.cc"):
        found = re.findall(r'\b(?:Add|add|require)\(\s*(?:\w+ \? )?"(\w+)"(?: : "(\w+)")?', source.read_text("utf-8"))
        named |= {kind for pair in found for kind in pair if kind}
    assert named == set(FINDING_KINDS)
    assert len(set(FINDING_KINDS)) == len(FINDING_KINDS)


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path, capsys):
    CATALOGUE.write(tmp_path)
    (tmp_path / "time_limits.tsv").write_text(LIMITS, encoding="utf-8")
    assert main(["catalogue", "check", str(tmp_path), "--kind", "limit_missing"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "--kind 'limit_missing': expected one of code_junk, " in said.err
    assert main(["catalogue", "check", str(tmp_path), "--kind", "code_junk"]) == 0
    assert main(["catalogue", "check", str(tmp_path), "--kind", "part_missing_channel"]) == 1


@pytest.mark.parametrize("twice", ["levels", "name_vi", "note"])
def test_a_table_with_a_column_twice_is_refused(twice):
    header = "code\tname_vi\tfield_vi\tlevels\tnote"
    text = f"{header}\t{twice}\n1.000001\tA\tB\tcommune\tn\tm\n"
    with pytest.raises(motcua.MalformedData, match=f"line 1: expected each column once, found '{twice}' twice"):
        motcua.Catalogue.parse(text, LIMITS)


@pytest.mark.parametrize(
    "question", [CATALOGUE.versions, CATALOGUE.process, CATALOGUE.groups], ids=["versions", "process", "groups"]
)
@pytest.mark.parametrize("value", [5, b"1.000001", ["1.000001"]])
def test_a_code_is_text(question, value):
    with pytest.raises(motcua.errors.WrongType, match="expected a str"):
        question(value)


def test_no_code_and_an_unknown_group_are_refused():
    with pytest.raises(motcua.errors.WrongType, match="code: expected a str, found NoneType"):
        CATALOGUE.process(None)
    with pytest.raises(motcua.InvalidArgument, match="group 'zz': expected one of none"):
        CATALOGUE.groups("zz")
    national = motcua.Catalogue.read(ROOT / "core/data/procedures")
    with pytest.raises(motcua.InvalidArgument, match="group 'zz': expected one of .*karaoke"):
        national.groups("zz")
    assert CATALOGUE.groups() == [] and national.groups("karaoke")
