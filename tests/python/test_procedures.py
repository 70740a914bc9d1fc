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
    assert all((row.limit is None) == (row.unit in ("unspecified", "text")) for p in catalogue for row in p.limits)


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
    with pytest.raises(motcua.MalformedData, match="levels 'moon'"):
        motcua.Catalogue.parse(
            "code\tname_vi\tfield_vi\tlevels\n1.1\tA\tB\tmoon\n",
            "code\tchannel\trow_no\tvalue\tunit\traw_text\n",
        )
