"""JSON that is nested too deeply, or that says a thing twice, is refused by every reader."""

import json

import pytest

import motcua
from motcua.cli import main

DEEP = "[" * 100_000 + "]" * 100_000
ACCOUNT = '"agency": "24820", "roles": "clerk"'
PROCEDURE = '"MATTHC": "1.000001"'


def test_depth_is_refused_with_the_file(tmp_path, capsys):
    (tmp_path / "job.json").write_text(f'{{"title": {DEEP}}}', encoding="utf-8")
    assert main(["run", str(tmp_path)]) == 2
    assert "job.json: expected fewer levels of nesting" in capsys.readouterr().err
    deep = tmp_path / "deep.json"
    deep.write_text(DEEP, encoding="utf-8")
    assert main(["reconcile", str(deep)]) == 2
    assert "deep.json: expected fewer levels of nesting" in capsys.readouterr().err
    with pytest.raises(motcua.MalformedData, match="deep.json: expected fewer levels"):
        motcua.Accounts.read(deep)


@pytest.mark.parametrize("text", [f'[{{"id": "a", "id": "b", {ACCOUNT}}}]', f'[{{"id": "a", {ACCOUNT}, {ACCOUNT}}}]'])
def test_accounts_with_a_key_twice_are_refused(text, tmp_path):
    (tmp_path / "accounts.json").write_text(text, encoding="utf-8")
    with pytest.raises(motcua.MalformedData, match="accounts.json: expected each key once, found '(id|agency)' twice"):
        motcua.Accounts.read(tmp_path / "accounts.json")


def test_a_portal_page_with_a_key_twice_is_refused():
    with pytest.raises(motcua.MalformedData, match="each key once, found 'TENTTHC' twice"):
        motcua.Catalogue.from_portal_json(f'{{{PROCEDURE}, "TENTTHC": "A", "TENTTHC": "B"}}')
    once = motcua.Catalogue.from_portal_json(f'[{{{PROCEDURE}, "TENTTHC": "A"}}, {{"MATTHC": "1.000002"}}]')
    assert len(once) == 2 and json.loads(json.dumps(once.to_portal_json("1.000001")))[0]["TENTTHC"] == "A"
