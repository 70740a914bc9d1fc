"""The journal from Python, on SQLite and on a PostgreSQL server that the tests start."""

import datetime as dt
import glob
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import pytest

import motcua
from motcua.cli import main

NAME = "Nguyễn Thị Tuyệt Mật"


def event(id, dossier, kind, at, **more):
    return {"id": id, "dossier": dossier, "kind": kind, "at": at, "agency": "24820", **more}


def life(dossier="D1", **more):
    return [
        event(f"{dossier}-1", dossier, "accept", "2025-07-01T08:15", procedure="P", channel=1, limit="3wd", **more),
        event(f"{dossier}-2", dossier, "assign", "2025-07-01T09:00", actor="officer-7"),
        event(f"{dossier}-3", dossier, "finish", "2025-07-03T10:00", actor="officer-7"),
    ]


@pytest.fixture(scope="session")
def server():
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not programs:
        pytest.skip("no PostgreSQL server is installed")
    folder = tempfile.mkdtemp(prefix="motcua-postgres-", dir="/tmp")
    user = []
    if os.geteuid() == 0:  # a server refuses to run as root
        shutil.chown(folder, "postgres")
        user = ["runuser", "-u", "postgres", "--"]

    def run(program, *arguments):
        command = [*user, f"{programs[-1]}/{program}", "-D", f"{folder}/data", *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "-U", "motcua", "-A", "trust", "--no-sync")
    run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-c listen_addresses='' -k {folder}", "start")

    def statement(sql):
        psql = f"{programs[-1]}/psql"
        subprocess.run([psql, "-q", "-h", folder, "-U", "motcua", "-c", sql, "postgres"], check=True)

    yield folder, statement
    run("pg_ctl", "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:{tmp_path}/journal.db"
    folder, statement = request.getfixturevalue("server")
    schema = f"s{os.urandom(6).hex()}"
    statement(f"CREATE SCHEMA {schema}")
    return f"postgresql://motcua@/postgres?host={folder}&options=-csearch_path%3D{schema}"


def test_what_goes_in_comes_out(url):
    with motcua.Journal.open(url) as j:
        assert j.append(life()) == [1, 2, 3]
        assert j.append(life()) == [1, 2, 3]
        assert j.append(life()[1]) == [2]
        assert j.append([]) == []
        extra = event("x", "D2", "accept", dt.datetime(2025, 7, 1, 8), weight=1.5, papers=["a", {"b": None}])
        assert j.append([extra, extra]) == [4, 4]
    with motcua.Journal.open(url) as j:
        events = list(j.events())
        assert events[:3] == life()
        assert events[3]["weight"] == 1.5 and events[3]["papers"] == ["a", {"b": None}]
        assert events[3]["at"] == "2025-07-01T08:00"
        assert [e.sequence for e in events] == [1, 2, 3, 4] and len(j) == 4
        assert [e["id"] for e in j.events(since=2)] == ["D1-3", "x"]
        assert [e["id"] for e in j.events(dossier="D1")] == ["D1-1", "D1-2", "D1-3"]
        assert list(j.events(since=99)) == []
        found = j.verify()
        assert found and found.ok and found.events == 4 and found.broken_at is None and found.head == j.head
        age = dt.datetime.now(dt.timezone.utc) - events[0].recorded_at
        assert dt.timedelta(0) <= age < dt.timedelta(minutes=5)
    with pytest.raises(ValueError, match="closed"):
        len(j)


def test_a_dossier_and_statistics_are_folded_from_it(url):
    with motcua.Journal.open(url) as j:
        j.append(life("D1"))
        dossier = j.dossier("D1")
        assert (dossier.status, dossier.holder, dossier.trips) == (9, "24820", 1)
        assert dossier.deadline == dt.datetime(2025, 7, 4, 17, 30)
        assert [entry.kind for entry in dossier.history] == ["accept", "assign", "finish"]
        assert j.dossier("D1", as_of="2025-07-01T08:30").status == 2
        with pytest.raises(motcua.UnknownDossier):
            j.dossier("D9")
        with pytest.raises(motcua.UnknownDossier):
            j.dossier("")
        counts = motcua.statistics(j, "2025-07-01", "2025-07-31", by=("agency", "field"))
        assert counts.total().resolved == 1
        j.append(life("D2"))
        assert motcua.statistics(j, "2025-07-01", "2025-07-31").total().resolved == 2
        assert len(j.log()) == 6


def test_a_handover_is_appended(url):
    with motcua.Journal.open(url) as j:
        j.append(event("a", "D", "accept", "2025-06-30T08:00", agency="24829", procedure="P", channel=1, limit="3wd"))
        report = motcua.handover(j, motcua.Registry.national(), "2025-07-01")
        moved = len(report.transferred)
        assert moved == 1
        assert len(j) == 1 + moved
        assert not motcua.handover(j, motcua.Registry.national(), "2025-07-01").transferred
        assert len(j) == 1 + moved


def test_refusals_name_the_row_and_append_nothing(url):
    with motcua.Journal.open(url) as j:
        bad = [*life(), event("z", "D", "approve", "2025-07-01T08:00"), {"id": "y"}]
        with pytest.raises(motcua.MalformedData, match="approve") as caught:
            j.append(bad)
        assert caught.value.rows == [3, 4] and len(j) == 0
        with pytest.raises(motcua.InvalidArgument) as caught:
            j.append([life()[0], "text"])
        assert caught.value.rows == [1]
        j.append(life())
        with pytest.raises(motcua.ConflictingEvent, match="D1-1"):
            j.append([event("new", "D", "assign", "2025-07-01T08:00"), {**life()[0], "limit": "5wd"}])
        assert len(j) == 3
        for since in (-1, "3", True, 1.5):
            with pytest.raises(motcua.InvalidArgument, match="since"):
                j.events(since)
        with pytest.raises(motcua.InvalidArgument, match="order"):
            j.events(order="random")
        with pytest.raises(motcua.InvalidArgument):
            j.erase("")


def test_opening_refuses_what_is_no_journal(tmp_path):
    for wrong in ("mysql://u:secret@h/d", "sqlite:"):
        with pytest.raises(motcua.InvalidArgument) as caught:
            motcua.Journal.open(wrong) if wrong == "sqlite:" else motcua.journal._module().Journal.open(wrong, 0, [])
        assert "secret" not in str(caught.value)
    with pytest.raises(motcua.InvalidArgument):
        motcua.Journal.open(tmp_path / "none.db", mode="existing")
    with pytest.raises(motcua.InvalidArgument, match="mode"):
        motcua.Journal.open(tmp_path / "none.db", mode="w")
    with pytest.raises(motcua.Unavailable):
        motcua.Journal.open(tmp_path / "no" / "folder.db")
    with pytest.raises(motcua.Unavailable) as caught:
        motcua.Journal.open("postgresql://u:secret@/d?host=/nowhere")
    assert "secret" not in str(caught.value)
    text = tmp_path / "text.db"
    text.write_text("no database at all, " * 10)
    with pytest.raises(motcua.MalformedData):
        motcua.Journal.open(text)


def test_branches_converge_and_report_conflicts(url, tmp_path):
    with motcua.Journal.open(url) as j:
        j.append(life()[:2])
        a, b = j.branch(tmp_path / "a.db"), j.branch(f"sqlite:{tmp_path}/b.db")
        with pytest.raises(motcua.InvalidArgument):
            j.branch(tmp_path / "a.db")
        a.append(event("fa", "D1", "finish", "2025-07-02T09:00", actor="officer-1"))
        b.append(event("sb", "D1", "stop", "2025-07-02T08:00", actor="officer-2"))
        b.append(life("D7"))
        assert j.merge(a) == (1, 2, [], [])
        report = j.merge(tmp_path / "b.db")
        assert (report.added, report.duplicates) == (4, 2)
        (conflict,) = report.conflicts
        assert (conflict.kind, conflict.dossier) == ("outcome", "D1")
        assert (conflict.stands["id"], conflict.set_aside["id"]) == ("sb", "fa") and "fold applies" in conflict.rule
        assert j.dossier("D1").status == 8  # the rule is what the fold does
        assert j.merge(b).added == 0 and j.merge(a).added == 0
        b.merge(a)
        a.merge(j)
        assert list(a.events()) == list(b.events()) == list(j.events())
        assert a.conflicts() == b.conflicts() == j.conflicts() and len(j.conflicts()) == 1
        assert all(journal.verify() for journal in (a, b, j))


def test_a_clock_that_is_hours_off_is_noticed(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life()[:1], recorded_at=dt.datetime(2025, 7, 1, 8, 16))
        branch = j.branch(tmp_path / "b.db")
        branch.append(
            event("s", "D1", "assign", "2025-07-01T03:00"),
            recorded_at=dt.datetime(2025, 6, 30, 20, 0, tzinfo=dt.timezone.utc),
        )
        skews = {skew.kind: skew for skew in j.merge(branch).skews}
        assert skews["behind"].minutes == 5 * 60 + 16 and skews["backwards"].minutes == 5 * 60 + 15
        assert skews["behind"].event == "s"


@pytest.mark.parametrize(
    "moment", [dt.datetime(1, 1, 1, 6, 59), dt.datetime.max.replace(tzinfo=dt.timezone(-dt.timedelta(hours=1)))]
)
def test_a_time_of_writing_outside_the_years_in_utc(tmp_path, moment):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        with pytest.raises(motcua.InvalidArgument, match="recorded_at '.*years 1 to 9999 in UTC"):
            j.append(life()[:1], recorded_at=moment)
        assert len(j) == 0
        j.append(life()[:1], recorded_at=dt.datetime(1, 1, 1, 7))


def test_the_progress_of_a_merge_may_not_call_the_journals(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j, motcua.Journal.open(tmp_path / "b.db") as b:
        b.append(life())

        def progress(done, total):
            if done == total:
                j.append(life("D2"))

        with pytest.raises(motcua.InvalidArgument, match="progress of a merge"):
            j.merge(b, progress=progress)


def test_personal_data_is_erased_everywhere_but_the_chain_holds(url, tmp_path, capfd):
    with motcua.Journal.open(url, personal=["owner"]) as j:
        j.append(life("D1", owner=NAME, note=NAME, fee=5))
        j.append(life("D2", applicant={"name": NAME}))
        assert list(j)[0]["owner"] == NAME
        head = j.head
        if url.startswith("sqlite:"):
            files = [tmp_path / name for name in os.listdir(tmp_path)]
            assert not any(NAME.encode() in file.read_bytes() for file in files)
        assert j.erase("D1") == 1
        first = list(j)[0]
        assert first["owner"] is None and first["note"] is None and first["fee"] == 5
        assert set(first.erased) == {"owner", "note"}
        assert list(j)[3]["applicant"] == {"name": NAME}
        assert j.head == head and j.verify()
        # A name in no message, whatever is refused.
        for bad in ({**life("D2")[0], "applicant": NAME + "?"}, {**life("D2")[0], "note": NAME}):
            with pytest.raises(motcua.Error) as caught:
                j.append(bad)
            assert NAME not in str(caught.value) and "Mật" not in repr(caught.value)
        assert NAME not in repr(j)
    captured = capfd.readouterr()
    assert NAME not in captured.out + captured.err


def test_a_planted_name_is_nowhere_but_where_it_is_asked_for(url, tmp_path, capfd, request):
    """In no file of the store, error, log, pseudonymised export or list of conflicts."""
    forms = [NAME.encode(), NAME.encode("utf-16-le"), json.dumps(NAME)[1:-1].encode()]

    def holds(folder):
        paths = [pathlib.Path(where, name) for where, _, names in os.walk(folder) for name in names]
        return [path for path in paths if path.is_file() and any(form in path.read_bytes() for form in forms)]

    stores = [tmp_path / "stores"]
    stores[0].mkdir()
    place = url
    if url.startswith("sqlite:"):
        place = f"sqlite:{stores[0]}/journal.db"
    else:
        stores.append(request.getfixturevalue("server")[0])  # its tables, log and write-ahead log
    planted = {"owner": NAME, "note": f"gặp {NAME}", "applicant": {"name": NAME, "old": [NAME]}}
    said = []

    def refused(call, *arguments, **options):
        with pytest.raises(Exception) as caught:
            call(*arguments, **options)
        said.append(f"{caught.value!s} {caught.value!r}")

    with motcua.Journal.open(place, personal=["owner"]) as j:
        j.append(life("D1", **planted)[:2])
        branch = j.branch(stores[0] / "b.db")
        j.append(event("f", "D1", "stop", "2025-07-04T08:00", **planted))
        branch.append(event("s", "D1", "withdraw", "2025-07-04T08:00", **planted))
        j.merge(branch)
        j.backup(stores[0] / "copy.db")
        bad = tmp_path / "bad.jsonl"
        for line in (
            {**life()[0], **planted, "kind": "approve"},
            {**life()[0], **planted, "at": "noon"},
            {**life()[0], "note": NAME},
            {**life()[0], **planted, "channel": 9},
        ):
            refused(j.append, line)
            bad.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
            refused(j.import_, bad)
        for text in (f'{{"id": "x", "note": "{NAME}"', f'"{NAME}"', f'{{"note": "{NAME}\\ud800", "id": "x"}}'):
            bad.write_text(text, encoding="utf-8")
            refused(j.import_, bad)
            said.append(str(main(["journal", "import", str(tmp_path / "other.db"), str(bad)])))
        for ending in ("jsonl", "parquet"):
            if ending == "parquet":
                pytest.importorskip("pyarrow")
            (tmp_path / "exports").mkdir(exist_ok=True)
            j.export(tmp_path / "exports" / f"e.{ending}", pseudonym_key=b"k" * 32)
        assert main(["journal", "conflicts", place]) == 1
        assert main(["verify", place]) == 0
        said.append(repr(j.verify()) + repr(j.head) + repr(j))
        for folder in (*stores, tmp_path / "exports"):
            assert not holds(folder)
        assert j.erase("D1") and not any(NAME in json.dumps(e, ensure_ascii=False) for e in j)
        branch.merge(j)
        assert not any(NAME in json.dumps(e, ensure_ascii=False) for e in branch)
        j.export(tmp_path / "exports" / "after.jsonl")
        assert main(["dossier", "D1", "--journal", place]) == 1  # the stop after a withdrawal
        branch.close()
    for folder in (*stores, tmp_path / "exports"):
        assert not holds(folder)
    captured = capfd.readouterr()
    assert "Mật" not in captured.out + captured.err + "".join(said)
    assert len(said) > 10


def test_a_destroyed_key_is_not_left_in_the_files(tmp_path):
    import sqlite3

    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life("D1", note=NAME))
        with sqlite3.connect(tmp_path / "j.db") as raw:
            (secret,) = raw.execute("SELECT secret FROM keys").fetchone()
        raw.close()
        holds = [name for name in os.listdir(tmp_path) if secret in (tmp_path / name).read_bytes()]
        assert holds
        j.erase("D1")
        assert not [name for name in os.listdir(tmp_path) if secret in (tmp_path / name).read_bytes()]


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_exports_come_back(tmp_path, ending):
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    file = tmp_path / f"events.{ending}"
    with motcua.Journal.open(tmp_path / "j.db") as j, motcua.Journal.open(tmp_path / "k.db") as k:
        j.append(
            [
                *life("D1", owner=NAME, weight=1.5),
                event("e", "D2", "extend", "2025-07-02T08:00", due="2025-07-09T17:00"),
            ]
        )
        calls = []
        assert j.export(file, progress=lambda *numbers: calls.append(numbers)) == 4
        assert calls[-1] == (4, 4)
        assert k.import_(file) == 4 and k.import_(file) == 0
        assert list(k) == list(j)
        # Pseudonymised: equal names are equal, and nobody's.
        for key in (b"a" * 16, b"b" * 16):
            j.export(tmp_path / f"{key.decode()}.jsonl", pseudonym_key=key, keep=["weight"])
        texts = [(tmp_path / f"{16 * c}.jsonl").read_text(encoding="utf-8") for c in "ab"]
        one, two = ([json.loads(line) for line in text.splitlines()] for text in texts)
        assert one[0]["owner"].startswith("p:") and one[0]["owner"] != two[0]["owner"]
        assert one[1]["actor"] == one[2]["actor"] != "officer-7"
        assert one[0]["weight"] == 1.5 and one[0]["dossier"] == "D1"
        assert NAME not in texts[0]
        with pytest.raises(motcua.InvalidArgument, match="pseudonym_key"):
            j.export(file, pseudonym_key=b"short")
        with pytest.raises(motcua.InvalidArgument, match="jsonl"):
            j.export(tmp_path / "events.xml")
        (tmp_path / "bad.jsonl").write_text('{"id": 1}\nnot json\n')
        with pytest.raises(motcua.InvalidArgument, match="line 2"):
            k.import_(tmp_path / "bad.jsonl")


def test_backup_while_a_writer_goes_on_and_restore(url, tmp_path):
    with motcua.Journal.open(url) as j:
        j.append(life("D0"))
        stop = threading.Event()

        def write():
            for k in range(1, 10_000):
                if stop.is_set():
                    return
                j.append(life(f"D{k}"))

        writer = threading.Thread(target=write)
        writer.start()
        heads = [j.backup(tmp_path / f"{k}.db") for k in range(3)]
        stop.set()
        writer.join()
        for k, head in enumerate(heads):
            with motcua.Journal.open(tmp_path / f"{k}.db") as copy:
                assert copy.head == head and copy.verify() and head.sequence % 3 == 0
                assert list(copy) == list(j)[: head.sequence]
        assert j.verify(heads[0])
        with motcua.Journal.restore(tmp_path / "2.db", tmp_path / "restored.db") as restored:
            assert restored.head == heads[2]
            restored.merge(j)
            assert list(restored) == list(j)


def test_encoded_events(tmp_path):
    def field(number, value):
        return bytes([number << 3 | 2, len(value)]) + value

    def varint(number, value):
        out = bytearray([number << 3])
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        return bytes([*out, value])

    at = 20_270 * 1440 + 8 * 60  # 2025-07-01T08:00
    good = field(1, b"e1") + field(2, b"D") + varint(3, 2) + varint(4, 2 * at) + field(12, b'"x": 1')
    with motcua.Journal.open(tmp_path / "j.db") as j:
        assert j.append([good]) == [1]
        assert list(j) == [{"id": "e1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "x": 1}]
        assert j.append([{"id": "e1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "x": 1}]) == [1]
        for bad in (
            b"",
            b"\xff\xff",
            good[:-1],
            good.replace(b'"x": 1', b'"id":1'),
            good.replace(b'"x": 1', b'}\n{"x"'),
        ):
            with pytest.raises(motcua.Error):
                j.append([bad])
        assert len(j) == 1


def test_processes_that_are_killed_lose_nothing_acknowledged(tmp_path):
    program = (
        "import motcua, sys\n"
        "j = motcua.Journal.open(sys.argv[1])\n"
        "for k in range(len(j), 10**9):\n"
        "    j.append({'id': f'e{k}', 'dossier': 'D', 'kind': 'assign', 'at': '2025-07-01T08:00'})\n"
        "    print(k, flush=True)\n"
    )
    file = tmp_path / "j.db"
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", program, str(file)], stdout=subprocess.PIPE, text=True)
        for _ in range(20):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        acknowledged = [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.stdout.close()
        child.wait()
        with motcua.Journal.open(file) as j:
            assert len(j) > max(acknowledged, default=0)
            assert [e["id"] for e in j] == [f"e{k}" for k in range(len(j))]
            assert j.verify()


def test_a_damaged_journal_is_found_from_the_command_line(tmp_path, capsys):
    file = str(tmp_path / "j.db")
    with motcua.Journal.open(file) as j:
        j.append(life())
        head = j.head
    assert main(["verify", file]) == 0
    assert capsys.readouterr().out.startswith("whole: 3 events")
    assert main(["verify", file, "--json", "--anchor", f"2:{head.hash}"]) == 1
    assert json.loads(capsys.readouterr().out)["broken_at"] == 2
    import sqlite3

    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE events SET record = zeroblob(10) WHERE sequence = 2")
    raw.close()
    assert main(["verify", file]) == 1
    assert "broken at 2" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "none.db")]) == 2
    assert main(["verify", file, "--anchor", "x"]) == 2


def test_the_command_line_shows_a_dossier_and_moves_journals(tmp_path, capsys, monkeypatch):
    file, lines = str(tmp_path / "j.db"), tmp_path / "events.jsonl"
    lines.write_text("".join(json.dumps(e) + "\n" for e in life()))
    assert main(["journal", "import", file, str(lines)]) == 0
    monkeypatch.setenv("MOTCUA_JOURNAL", file)
    assert main(["dossier", "D1"]) == 0
    out = capsys.readouterr().out
    assert "2025-07-04 17:30" in out and "finish" in out and "Decree" in out
    assert main(["dossier", "D1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["history"][2]["kind"] == "finish"
    assert main(["dossier", "D9"]) == 2
    branch = str(tmp_path / "b.db")
    assert main(["journal", "branch", file, branch]) == 0
    with motcua.Journal.open(file) as j, motcua.Journal.open(branch) as b:
        j.append(event("x", "D1", "hand_over", "2025-07-05T08:00"))
        b.append(event("y", "D1", "hand_over", "2025-07-05T09:00"))
        j.append(event("z", "D1", "assign", "2025-07-05T09:00"))
    assert main(["journal", "merge", file, branch, "--json"]) == 1
    assert '"stands": "x"' in capsys.readouterr().out
    assert main(["journal", "conflicts", file]) == 1
    assert main(["journal", "backup", file, str(tmp_path / "c.db")]) == 0
    assert main(["journal", "restore", str(tmp_path / "d.db"), str(tmp_path / "c.db")]) == 0
    assert main(["journal", "export", file, str(tmp_path / "out.jsonl"), "--quiet"]) == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 6
    assert main(["journal", "merge", file]) == 2


def test_the_command_line_erases_a_dossier(tmp_path, capsys):
    file = str(tmp_path / "j.db")
    with motcua.Journal.open(file) as j:
        j.append(life(applicant=NAME))
    assert main(["journal", "erase", file, "D1"]) == 0
    assert capsys.readouterr().out == "keys: 1\n"
    with motcua.Journal.open(file, mode="read") as j:
        assert next(iter(j))["applicant"] is None and j.verify()
    assert main(["journal", "erase", file, "D1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"keys": 0}
    assert main(["journal", "erase", file, "D9"]) == 2 and "D9" in capsys.readouterr().err
    assert main(["journal", "erase", str(tmp_path / "none.db"), "D1"]) == 2
    assert not (tmp_path / "none.db").exists()


def test_numbers_beyond_the_last_event_find_nothing_or_are_refused(tmp_path, capsys):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life())
        head = j.head
        for order in ("canonical", "arrival"):
            for since in (2**31, 2**63 - 1, 2**63, 2**64, 10**30):
                assert list(j.events(since, order=order)) == []
                assert list(j.events(since, order=order, dossier="D1")) == []
        for wrong in (2**63, "1"):
            with pytest.raises(TypeError):
                j._core.select(wrong, True, "")
        for anchor in ((-1, head.hash), (2**63, head.hash), (3, "00"), (3, " " + head.hash), (3, None), 3, "ab"):
            with pytest.raises(motcua.InvalidArgument, match="anchor"):
                j.verify(anchor)
        assert j.verify((0, "")) and j.verify(head)
        assert "missing at the end" in j.verify((2**63 - 1, head.hash)).problem
        with pytest.raises(motcua.InvalidArgument, match="dossier"):
            j.events(dossier="")
        events = j.events()  # what is being read outlives the name of the journal
        del j
        assert len(list(events)) == 3
    for number in ("9" * 20, "9" * 5000, "-1", "٣", str(2**63)):
        assert main(["verify", str(tmp_path / "j.db"), f"--anchor={number}:{head.hash}"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_verification_ends_where_the_journal_ended_when_it_began(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append([event(f"e{k}", "D", "assign", "2025-07-01T08:00") for k in range(8192)])
        calls = []

        def grow(done, total):
            calls.append((done, total))
            assert len(calls) < 5
            new = [event(f"n{len(calls)}-{k}", "D", "assign", "2025-07-01T08:00") for k in range(8192)]
            j.append(new)

        assert j.verify(progress=grow).events == 8192 and calls == [(8192, 8192)]
        with motcua.Journal.open(tmp_path / "j.db") as other:
            j.append(event("last", "D", "assign", "2025-07-01T08:00"))
            assert other.verify().events == 2 * 8192 + 1


@pytest.mark.parametrize("personal", ["cccd", b"cccd", 5, [5], [b"x"], [""], ["a\nb"], ["a\0b"], ["\ud800"], None])
def test_names_of_personal_fields_are_names(tmp_path, personal):
    with pytest.raises(motcua.InvalidArgument, match="personal"):
        motcua.Journal.open(tmp_path / "j.db", personal=personal)


def test_a_field_that_is_never_sealed_is_not_taken_for_personal(tmp_path):
    for name in ("actor", "id", "dossier", "kind", "at", "due", "agency", "procedure", "channel", "limit"):
        with pytest.raises(motcua.InvalidArgument, match=f"personal '{name}': expected note, or a key"):
            motcua.Journal.open(tmp_path / "j.db", personal=[name])
    assert not (tmp_path / "j.db").exists()


def test_the_names_of_the_portal_are_personal_in_any_case(tmp_path):
    names = ("ChuHoSo", "SoDienThoai", "SoDinhDanh", "Email", "EMAIL", "chuhoso", "Applicant", "CCCD")
    with motcua.Journal.open(tmp_path / "j.db", personal=["cccd"]) as j:
        j.append([event(f"e{k}", "D", "assign", "2025-07-01T08:00", **{name: NAME}) for k, name in enumerate(names)])
        assert [e[name] for e, name in zip(j, names)] == [NAME] * len(names)
        j.erase("D")
        assert [e.erased for e in j] == [(name,) for name in names]


def test_a_merge_takes_over_what_is_personal(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life())
        with j.branch(tmp_path / "b.db") as branch:
            pass
        with motcua.Journal.open(tmp_path / "b.db", personal=["owner"]) as branch:
            j.merge(branch)
        j.append(event("n", "D9", "assign", "2025-07-01T08:00", owner=NAME))
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(event("m", "D9", "assign", "2025-07-01T08:00", owner=NAME))
        assert j.erase("D9") == 1
        assert [e.erased for e in j][-2:] == [("owner",), ("owner",)]


def test_replacing_codes_leaves_no_name_in_clear(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life("D1", note=NAME, actor="officer-9"))
        file, key = tmp_path / "e.jsonl", b"k" * 16
        j.export(file, pseudonym_key=key, replace=["dossier", "id"])
        for row in map(json.loads, file.read_text().splitlines()):
            assert {name[:2] for name in (row["id"], row["dossier"], row["actor"])} == {"p:"}
            assert row.get("note", "p:").startswith("p:") and row["agency"] == "24820"
        for wrong in ({"replace": "note"}, {"replace": ["notes"]}, {"replace": ["at"]}, {"replace": [5]}):
            with pytest.raises(motcua.InvalidArgument, match="replace"):
                j.export(file, pseudonym_key=key, **wrong)
        for wrong in ({"keep": "foo"}, {"keep": ["actor"]}, {"keep": 5}):
            with pytest.raises(motcua.InvalidArgument, match="keep"):
                j.export(file, pseudonym_key=key, **wrong)


def test_an_erasure_says_when_a_reader_keeps_the_key_in_the_log(tmp_path):
    import sqlite3

    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life("D1", note=NAME))
        reader = sqlite3.connect(tmp_path / "j.db", isolation_level=None)
        (secret,) = reader.execute("SELECT secret FROM keys").fetchone()

        def holds():
            return [name for name in os.listdir(tmp_path) if secret in (tmp_path / name).read_bytes()]

        reader.execute("BEGIN")
        reader.execute("SELECT * FROM keys").fetchall()
        with pytest.raises(motcua.Unavailable, match="write-ahead log"):
            j.erase("D1")
        assert list(j)[0]["note"] is None and holds()
        reader.execute("COMMIT")
        assert j.erase("D1") == 0 and not holds()
        reader.close()


def test_a_missing_key_is_no_destroyed_one(tmp_path):
    import sqlite3

    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life("D1", note=NAME))
        j.append(life("D2", note=NAME))
        j.erase("D1")
        assert j.verify()
        with sqlite3.connect(tmp_path / "j.db") as raw:
            raw.execute("DELETE FROM keys WHERE dossier = CAST('D2' AS BLOB) OR dossier = 'D2'")
        raw.close()
        assert "missing, and was not destroyed" in j.verify().problem


def branches(tmp_path, *first):
    j = motcua.Journal.open(tmp_path / "j.db")
    j.append(list(first))
    return j, j.branch(tmp_path / "a.db"), j.branch(tmp_path / "b.db")


ACCEPTED = life()[0]
SUBMITTED = event("s", "D1", "submit", "2025-07-01T07:00", procedure="P", channel=2)
ACCEPT = dict(procedure="P", channel=2, limit="3wd")


@pytest.mark.parametrize(
    ("first", "one", "other", "kind"),
    [
        (ACCEPTED, ("finish", "2025-07-02T09:00"), ("forward", "2025-07-02T10:00"), "status"),
        (ACCEPTED, ("finish", "2025-07-02T09:00"), ("request_supplement", "2025-07-02T10:00"), "status"),
        (ACCEPTED, ("finish", "2025-07-02T09:00"), ("request_payment", "2025-07-02T10:00"), "status"),
        (ACCEPTED, ("stop", "2025-07-02T09:00"), ("finish", "2025-07-02T10:00"), "outcome"),
        (SUBMITTED, ("accept", "2025-07-01T08:00", ACCEPT), ("request_supplement", "2025-07-01T09:00"), "acceptance"),
        (SUBMITTED, ("request_supplement", "2025-07-01T08:00"), ("accept", "2025-07-01T09:00", ACCEPT), "acceptance"),
        (ACCEPTED, ("request_payment", "2025-07-02T09:00"), ("request_payment", "2025-07-02T10:00"), "payment"),
        (ACCEPTED, ("assign", "2025-07-02T09:00"), ("assign", "2025-07-02T10:00"), "officer"),
        (life()[0:3], ("hand_over", "2025-07-04T09:00"), ("hand_over", "2025-07-04T10:00"), "hand_over"),
    ],
)
def test_acts_side_by_side_are_judged_by_the_fold(tmp_path, first, one, other, kind):
    j, a, b = branches(tmp_path, *(first if isinstance(first, list) else [first]))
    if kind == "status" or kind in ("outcome", "payment"):
        j.append(event("w", "D1", "assign", "2025-07-01T10:00"))
        a.merge(j), b.merge(j)
    a.append(event("one", "D1", *one[:2], **dict(*one[2:])))
    b.append(event("other", "D1", *other[:2], **dict(*other[2:])))
    assert j.merge(a).conflicts == []
    (conflict,) = j.merge(b).conflicts
    assert conflict.kind == kind
    applied = [entry.id for entry in j.dossier("D1").history if entry.applied and entry.id in ("one", "other")]
    assert applied and conflict.stands["id"] == applied[-1]
    assert ("both are applied" in conflict.rule) == (len(applied) == 2)
    assert a.merge(b).conflicts == b.merge(a).conflicts == [conflict] == j.conflicts()


def test_an_act_that_would_not_apply_alone_is_in_conflict_with_nothing(tmp_path):
    j, a, b = branches(tmp_path, ACCEPTED)
    a.append(event("one", "D1", "accept", "2025-07-02T09:00", **ACCEPT))  # a second time
    b.append(event("other", "D1", "forward", "2025-07-02T10:00"))
    j.merge(a)
    assert j.merge(b).conflicts == []


def test_an_id_that_two_dossiers_use_is_listed_under_both(tmp_path):
    j, a, b = branches(tmp_path, ACCEPTED)
    a.append(event("x", "D7", "assign", "2025-07-02T09:00", note=NAME))
    b.append(event("x", "D8", "assign", "2025-07-02T09:00", note=NAME))
    j.merge(a)
    report = j.merge(b)
    assert [(c.kind, c.dossier) for c in report.conflicts] == [("id", "D7"), ("id", "D8")]
    assert report.conflicts == j.conflicts() and "lower turn" in report.conflicts[0].rule
    assert report.conflicts[0].stands == report.conflicts[1].stands
    assert NAME not in repr(report) and "'x'" in repr(report)


def test_copies_in_vain_leave_no_file(tmp_path):
    import sqlite3

    with motcua.Journal.open(tmp_path / "j.db") as j:
        j.append(life())
    with sqlite3.connect(tmp_path / "j.db") as raw:
        raw.execute("UPDATE events SET record = zeroblob(10) WHERE sequence = 2")
    raw.close()
    before = set(os.listdir(tmp_path))
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for call in (j.backup, j.branch):
            with pytest.raises(motcua.MalformedData):
                call(tmp_path / "new.db")
    with pytest.raises(motcua.MalformedData):
        motcua.Journal.restore(tmp_path / "j.db", tmp_path / "new.db")
    with motcua.Journal.open(tmp_path / "whole.db") as j:
        j.append(life())
    for wrong in ({"mode": "write"}, {"personal": "note"}, {"machine": "x"}):
        with pytest.raises(motcua.Error):
            motcua.Journal.restore(tmp_path / "whole.db", tmp_path / "new.db", **wrong)
    with pytest.raises(TypeError):
        motcua.Journal.restore(tmp_path / "whole.db", tmp_path / "new.db", colour=None)
    assert set(os.listdir(tmp_path)) - {"whole.db"} == before


def test_seconds_keys_and_rules_are_refused(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for at in (dt.datetime(2025, 7, 1, 8, 0, 30), dt.datetime(2025, 7, 1, 8, 0, 0, 1)):
            with pytest.raises(motcua.InvalidArgument, match="minutes"):
                j.append({**ACCEPTED, "at": at})
        with pytest.raises(motcua.InvalidArgument, match="keys") as caught:
            j.append([ACCEPTED, {**life()[1], 5: "x"}])
        assert caught.value.rows == [1] and len(j) == 0
        for nested in ({"a": {1: "x"}}, {"a": [{"b": {None: 1}}]}, {"a": ({True: 1},)}):
            with pytest.raises(motcua.InvalidArgument, match="keys that are str"):
                j.append({**ACCEPTED, **nested})
        for wrong in ({"policy": "by_year"}, {"calendar": 5}, {"machine": "x"}, {"mode": []}):
            with pytest.raises(motcua.Error):
                motcua.Journal.open(tmp_path / "k.db", **wrong)
        for wrong in ("text", None, 5):
            with pytest.raises(motcua.InvalidArgument):
                j.append(wrong)
        for call in (j.verify, lambda progress: j.backup(tmp_path / "c.db", progress=progress)):
            with pytest.raises(motcua.InvalidArgument, match="progress"):
                call(progress=5)
        for path in ("a\0.jsonl", "\ud800.jsonl", 5):
            for call in (j.import_, j.export):
                with pytest.raises(motcua.InvalidArgument):
                    call(path)
    assert not (tmp_path / "k.db").exists()
    with pytest.raises(motcua.Error, match="closed"):
        j.head


def test_a_refused_value_is_shown_only_if_it_is_a_code(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db") as j:
        for field in ("kind", "at", "channel", "due"):
            with pytest.raises(motcua.Error) as caught:
                j.append({**ACCEPTED, "kind": "extend" if field == "due" else "accept", field: NAME})
            assert "Mật" not in str(caught.value) and field in str(caught.value)
        with pytest.raises(motcua.Error, match="approve"):
            j.append({**ACCEPTED, "kind": "approve"})
