"""What a command prints, and what an object says of itself: readable, and nothing that steers a terminal."""

import json
import unicodedata

import pytest

import motcua
from motcua.cli import main

EVIL = "red \x1b[31m\x9b\u202e\x07"


def printed(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    for text in (said.out, said.err):
        steering = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"]
        assert steering == [], (arguments, text)
    return status, said.out + said.err


def test_commands_show_control_characters_escaped(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, said = printed(capsys, "resolve", f"Phường Lộc Sơn {EVIL}")
    assert "red \\x1b[31m\\x9b\\u202e\\x07" in said
    (tmp_path / "units.csv").write_text(f"code,name\n24829,Lộc {EVIL}\n", encoding="utf-8")
    assert "\\x1b" in printed(capsys, "reconcile", "units.csv", "--level", "province", "--within", "68")[1]
    event = {"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "agency": "A"}
    more = {"procedure": "P", "channel": 1, "limit": "5wd"}
    lines = [{**event, **more, "note": EVIL, "actor": EVIL}, {**event, "id": "2", "kind": EVIL}]
    (tmp_path / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    status, said = printed(capsys, "dossier", "events.jsonl", "D")
    assert status == 1 and "\\x1b" in said and "line 2" in said
    printed(capsys, "dossier", "events.jsonl", EVIL)
    printed(capsys, "journal", "import", "j.db", "events.jsonl")
    printed(capsys, "verify", "events.jsonl")
    (tmp_path / "m.machine").write_text(
        f"machine {EVIL}\nstate here 2 {EVIL}\nnone + accept -> here by {EVIL}\n", encoding="utf-8"
    )
    printed(capsys, "machine", "m.machine")
    sound = "machine M\nstate here 2 {0}\nstate done 10 {0}\n"
    sound += "none + accept / start -> here by one_stop_officer because {0}\n"
    sound += "here + hand_over / end -> done by one_stop_officer because {0}\n"
    (tmp_path / "m.machine").write_text(sound.format(EVIL), encoding="utf-8")
    for drawing in ([], ["--mermaid", "-"], ["--svg", "-"], ["--text", "-"]):
        printed(capsys, "machine", "m.machine", *drawing)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "procedures.tsv").write_text(
        f"code\tname_vi\tfield_vi\tlevels\n1.0\x1b\t{EVIL}\tF\tcommune\n", encoding="utf-8"
    )
    (tmp_path / "c" / "time_limits.tsv").write_text("code\tchannel\trow_no\tvalue\tunit\traw_text\n", encoding="utf-8")
    printed(capsys, "catalogue", "check", "c")


def test_the_machine_command_takes_the_silence(capsys):
    status, said = printed(capsys, "machine", "--silence", "15wd")
    assert status == 0 and "\n\na supplement has expired after 15wd\n\n" in said
    assert json.loads(printed(capsys, "machine", "--silence", "15wd", "--json")[1])["silence"] == "15wd"
    assert main(["machine", "--silence", "soon"]) == 2
    assert "limit 'soon'" in capsys.readouterr().err


@pytest.mark.parametrize("asked", ["--text - --json", "--svg - --mermaid -", "--mermaid - --text - --json"])
def test_standard_output_takes_one_document(asked, tmp_path, capsys):
    assert main(["machine", *asked.split()]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "expected one document" in said.err
    assert main(["machine", "--text", str(tmp_path / "text"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []


def test_the_dossier_command_takes_the_reception(tmp_path, capsys):
    opening = {"dossier": "D", "agency": "A", "procedure": "P", "channel": 2}
    submitted = {"id": "1", "kind": "submit", "at": "2025-07-01T08:00", **opening}
    accepted = {"id": "2", "kind": "accept", "at": "2025-07-02T09:00", **opening, "limit": "5wd"}
    log = motcua.EventLog([submitted, accepted])
    log.write(tmp_path / "e.jsonl")
    assert main(["dossier", str(tmp_path / "e.jsonl"), "D"]) == 1
    assert "reception_late" in capsys.readouterr().out
    assert main(["dossier", str(tmp_path / "e.jsonl"), "D", "--reception", "2wd"]) == 0
    assert main(["dossier", str(tmp_path / "e.jsonl"), "D", "--reception", "soon"]) == 2


def test_public_objects_say_what_they_are(tmp_path):
    log = motcua.EventLog()
    registry = motcua.Registry.national()
    made = {
        "EventLog of 0 events": log,
        "DossierRegister of 0 dossiers": motcua.DossierRegister(log),
        "Accounts of 0": motcua.Accounts(),
        "Machine of a table, 10 states": motcua.Machine.national(),
        "Registry of the units since 2004-08-31": registry,
        "WorkingCalendar 2004-01-01 to 2040-12-31": motcua.WorkingCalendar.national(),
        "Reconciliation 2025-07-01: exact 1": registry.reconcile(
            [{"code": "24829", "name": "Phường B'Lao"}], "2025-07-01", level="province", within="68"
        ),
        "AgencyDirectory": registry.agency_directory,
        "Statistics 2025-07-01 to 2025-07-31 by agency": motcua.statistics(
            motcua.DossierRegister(log), "2025-07-01", "2025-07-31", by=("agency",)
        ),
    }
    for words, thing in made.items():
        assert words in repr(thing) and repr(thing).startswith("<"), repr(thing)


KEYS = (
    "id dossier kind at agency procedure channel limit due competent case step done fee_paid result_ready hamlet "
    "parcel successor actor note"
)


@pytest.mark.parametrize("key", KEYS.split())
def test_every_key_of_an_event_is_explained(key):
    assert f"``{key}``" in motcua.EventLog.__doc__
