"""What the docstrings show is what happens."""

import doctest
import importlib
import inspect
import textwrap

import pytest

import motcua

MODULES = ("access", "dossier", "dossiers", "handovers", "machine", "period_statistics", "procedures")


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_are_true(module):
    shown = importlib.import_module(f"motcua.{module}")
    result = doctest.testmod(shown, globs={"motcua": motcua}, optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_machine_shown_by_parse_is_one():
    text = inspect.getdoc(motcua.Machine.parse)
    shown = text.split("::\n", 1)[1].split("\nRaises", 1)[0]
    machine = motcua.Machine.parse(textwrap.dedent(shown).strip() + "\n")
    assert (machine.name, machine.procedures) == ("Cấp giấy phép xây dựng", ("1.013236",))
