"""Files for a journal: what is damaged or made up is refused clearly, and leaves it whole."""

import datetime as dt
import io
import json
import os
import random
import subprocess
import sys

import pytest

import motcua
from motcua.cli import main
from motcua.commands import _progress

SEED = 20260705


def lines(count):
    events = [
        {"id": f"e{k}", "dossier": f"D{k // 3}", "kind": "accept", "at": "2025-07-01T08:15", "agency": "24820"}
        for k in range(count)
    ]
    events[1].update(kind="extend", due="2025-07-09T17:00", note="gấp", weight=1.5, papers=["a", {"b": None}])
    return events


def damaged(data, rng):
    """`data` with a few bytes turned, cut out, repeated or cut off."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(data) + 1), rng.randrange(1, 30)
        what = rng.randrange(4)
        if what == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            del data[at : at + length]
        elif what == 2:
            data[at:at] = data[at : at + length]
        else:
            data[at:] = bytes(rng.randrange(256) for _ in range(rng.randrange(4)))
    return bytes(data)


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_damaged_file_is_refused_or_read_and_the_journal_is_whole(tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    rng = random.Random(SEED)
    with motcua.Journal.open(tmp_path / "source.db") as source:
        source.append(lines(6))
        source.export(tmp_path / f"good.{ending}")
    good = (tmp_path / f"good.{ending}").read_bytes()
    file, refused = tmp_path / f"bad.{ending}", 0
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for _ in range(150):
            file.write_bytes(damaged(good, rng))
            before = j.head
            try:
                j.import_(file)
            except motcua.Error as error:
                assert "\n" not in str(error) and str(error)
                assert j.head == before
                refused += 1
        assert j.verify() and refused > 50
        for event in j:
            json.dumps(event)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'{"id": "a"}\n\xff\n', "line 2"),
        (b"[1]\n", "line 1"),
        (b"{" * 5, "line 1"),
        (b'{"a":' * 100_000, "line 1"),
        (b'{"id": "a", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "x": NaN}\n', r"events\[0\], x"),
        (b'{"id": "\\ud800", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00"}\n', r"events\[0\]"),
    ],
)
def test_lines_that_are_no_events(tmp_path, text, said):
    file = tmp_path / "bad.jsonl"
    file.write_bytes(text)
    with motcua.Journal.open(tmp_path / "j.db") as j:
        with pytest.raises((motcua.InvalidArgument, motcua.MalformedData), match=said) as caught:
            j.import_(file)
        assert "bad.jsonl" in str(caught.value) and len(j) == 0 and caught.value.rows


def test_rows_are_counted_through_the_file(tmp_path):
    file = tmp_path / "long.jsonl"
    events = [{"id": f"e{k}", "dossier": "D", "kind": "assign", "at": "2025-07-01T08:00"} for k in range(10_003)]
    events[10_001]["kind"] = "approve"
    file.write_text("".join(json.dumps(event) + "\n" for event in events))
    with motcua.Journal.open(tmp_path / "j.db") as j:
        with pytest.raises(motcua.MalformedData, match="after 10,000 events") as caught:
            j.import_(file)
        assert caught.value.rows == [10_001] and len(j) == 10_000
        events[10_001]["kind"] = "assign"
        file.write_text("".join(json.dumps(event) + "\n" for event in events))
        assert j.import_(file) == 3


def test_columns_that_are_no_events(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "bad.parquet"
    good = {"id": ["a"], "dossier": ["D"], "kind": ["assign"], "at": [dt.datetime(2025, 7, 1, 8)]}
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for more, said in [
            ({"at": ["2025-07-01"]}, "column 'at'"),
            ({"id": [5]}, "column 'id'"),
            ({"extra": ["[1]"]}, "row 1, extra"),
            ({"extra": ["{"]}, "row 1, extra"),
            ({"extra": ['{"id": "b"}']}, "extra 'id'"),
            ({"weight": [b"\xff"]}, "bytes"),
            ({"kind": ["approve"]}, "approve"),
        ]:
            pa.parquet.write_table(pa.table(good | more), file)
            with pytest.raises(motcua.Error, match=said) as caught:
                j.import_(file)
            assert "bad.parquet" in str(caught.value) and len(j) == 0
        pa.parquet.write_table(pa.table(good | {"weight": [2]}), file)
        assert j.import_(file) == 1 and list(j)[0]["weight"] == 2
        with pytest.raises(FileNotFoundError):
            j.import_(tmp_path / "none.parquet")


def test_bulk_work_tells_how_far_it_is(tmp_path):
    events = [{"id": f"e{k}", "dossier": f"D{k}", "kind": "assign", "at": "2025-07-01T08:00"} for k in range(20_000)]
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(events)
        calls = []

        def progress(done, total):
            calls.append((done, total))

        def told():
            heard = list(calls)
            calls.clear()
            assert heard == sorted(heard) and len({total for _, total in heard}) == 1 and heard[-1][0] == heard[-1][1]
            return heard[-1][1]

        assert j.verify(progress=progress) and told() == 20_000
        branch = j.branch(tmp_path / "b.db", progress=progress)
        assert told() == 20_000
        branch.append({"id": "x", "dossier": "D", "kind": "assign", "at": "2025-07-01T08:00"})
        assert j.merge(branch, progress=progress).added == 1 and told() == 2 * 20_001
        j.backup(tmp_path / "c.db", progress=progress)
        assert told() == 20_001
        motcua.Journal.restore(tmp_path / "c.db", tmp_path / "d.db", progress=progress).close()
        assert told() == 20_001

        def interrupted(done, total):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            j.verify(progress=interrupted)
        assert j.verify()


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path, monkeypatch, capsys):
    file, other = str(tmp_path / "j.db"), str(tmp_path / "b.db")
    with motcua.Journal.open(file) as j:
        j.append(lines(6))
    assert main(["verify", file]) == 0 and main(["journal", "branch", file, other]) == 0
    assert capsys.readouterr().err == ""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for command in (
        ["verify", file],
        ["journal", "backup", file, str(tmp_path / "c.db")],
        ["journal", "merge", file, other],
        ["journal", "export", file, str(tmp_path / "e.jsonl")],
        ["journal", "import", file, str(tmp_path / "e.jsonl")],
        ["journal", "restore", str(tmp_path / "d.db"), other],
    ):
        shown = Terminal()
        monkeypatch.setattr("sys.stderr", shown)
        assert main(command) == 0, command
        assert "of 6" in shown.getvalue() or "of 12" in shown.getvalue() or "6 events" in shown.getvalue(), command
        assert shown.getvalue().endswith("\r\x1b[K")
        quiet = Terminal()
        monkeypatch.setattr("sys.stderr", quiet)
        main([*command, "--quiet"])
        assert "\r" not in quiet.getvalue()
    assert _progress.picture("events", 250_000, 1_000_000) == "[######..................] 25% of 1,000,000 events"


def test_a_key_given_twice_is_refused(tmp_path):
    file = tmp_path / "twice.jsonl"
    file.write_text(
        '{"id": "a", "dossier": "D", "kind": "assign", "at": "2025-07-01T08:00", "actor": "x", "actor": "y"}\n'
    )
    assert motcua.EventLog.read(file).problems
    with motcua.Journal.open(tmp_path / "j.db") as j:
        with pytest.raises(motcua.InvalidArgument, match="line 1: expected no key given twice") as caught:
            j.import_(file)
        assert caught.value.rows == [0] and len(j) == 0


def test_seconds_in_a_column_are_refused(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "seconds.parquet"
    row = {"id": ["a"], "dossier": ["D"], "kind": ["assign"], "at": [dt.datetime(2025, 7, 1, 8, 0, 30)]}
    pa.parquet.write_table(pa.table(row), file)
    with motcua.Journal.open(tmp_path / "j.db") as j:
        with pytest.raises(motcua.Error, match="at"):
            j.import_(file)
        assert len(j) == 0


def test_options_that_would_do_nothing_are_refused(tmp_path, capsys):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for wrong in ({"replace": ["dossier"]}, {"keep": ["x"]}):
            with pytest.raises(motcua.InvalidArgument, match="pseudonym_key"):
                j.export(tmp_path / "e.jsonl", **wrong)
        with pytest.raises(motcua.InvalidArgument, match="progress"):
            j.export(tmp_path / "e.jsonl", progress=5)
    assert main(["journal", "backup", str(tmp_path / "j.db"), str(tmp_path / "c.db"), "--pseudonym-key-file", "k"]) == 2
    assert "--pseudonym-key-file" in capsys.readouterr().err
    assert sorted(os.listdir(tmp_path)) == ["j.db"]


@pytest.mark.parametrize("shell", ["PYTHONIOENCODING=ascii {}", "{} >&-"])
def test_a_terminal_without_vietnamese_letters_or_without_output(tmp_path, shell):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(
            {"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:15", "agency": "24820", "channel": 1}
            | {"procedure": "P", "limit": "3wd", "actor": "Đỗ Thị Hà"}
        )
    for arguments in (f"verify {tmp_path}/j.db", f"dossier D --journal {tmp_path}/j.db"):
        command = shell.format(f"{sys.executable} -m motcua {arguments}")
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        assert done.returncode == 0 and done.stderr == ""
