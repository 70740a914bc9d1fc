"""The package's face: every public name is there, typed, and loaded only when asked for."""

import ast
import pathlib
import subprocess
import sys

import pytest

import motcua


def test_every_public_name_resolves():
    for name in motcua.__all__:
        assert getattr(motcua, name) is getattr(motcua, name), name
        assert name in dir(motcua)
    assert callable(motcua.statistics) and motcua.statistics.__name__ == "statistics"


def test_type_checkers_see_the_names_that_run_time_serves():
    tree = ast.parse(pathlib.Path(motcua.__file__).read_text(encoding="utf-8"))
    (typed,) = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    seen = {node.module: tuple(alias.name for alias in node.names) for node in typed.body}
    assert seen == motcua._HOMES


def test_importing_the_package_loads_the_units_alone():
    program = "import sys, motcua; print(*sorted(m for m in sys.modules if m.startswith('motcua.')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == [f"motcua.{name}" for name in ("_civil", "_core", "dataset", "errors", "units")]


def test_star_import_gives_the_public_names_alone():
    names: dict = {}
    exec("from motcua import *", names)
    assert set(names) - {"__builtins__"} == set(motcua.__all__)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="module 'motcua' has no attribute 'registry'"):
        motcua.registry
