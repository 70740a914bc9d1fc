import argparse
import os
import pathlib
import subprocess
import sys
import types

import pytest

import motcua
from motcua import cli, commands

COMMANDS = cli.command_modules()


def command(run, name="probe"):
    """A command module made for one test."""
    module = types.ModuleType(name)
    module.NAME, module.HELP = name, "Help of the probe"
    module.add_arguments = lambda parser: parser.add_argument("value", type=int)
    module.run = run
    return module


@pytest.fixture
def probe(monkeypatch):
    def install(run):
        monkeypatch.setattr(cli, "command_modules", lambda: {"probe": command(run)})

    return install


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_keeps_the_contract(name):
    module = COMMANDS[name]
    assert module.HELP and "\n" not in module.HELP
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    assert callable(module.run)


def test_the_commands_are_found_by_their_files():
    files = [path.stem for path in pathlib.Path(commands.__path__[0]).glob("*.py") if not path.stem.startswith("_")]
    assert sorted(module.__name__.rpartition(".")[2] for module in COMMANDS.values()) == sorted(files)


@pytest.mark.parametrize("status", [cli.DONE, cli.FOUND_PROBLEMS, cli.BAD_INPUT])
def test_the_status_of_a_command_is_the_exit_status(probe, status):
    probe(lambda args: status)
    assert cli.main(["probe", "7"]) == status


def test_arguments_and_json_reach_the_command(probe, capsys):
    probe(lambda args: print(args.value, args.json) or 0)
    assert cli.main(["probe", "7"]) == 0
    assert cli.main(["probe", "--json", "8"]) == 0
    assert capsys.readouterr().out.split() == ["7", "False", "8", "True"]


@pytest.mark.parametrize("argv", [[], ["probe"], ["probe", "seven"], ["nosuch"], ["probe", "1", "--nosuch"]])
def test_wrong_usage_is_one_line_and_exit_status_2(probe, capsys, argv):
    probe(lambda args: 0)
    assert cli.main(argv) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "--help" in err


def test_help_and_version_succeed(probe, capsys):
    probe(lambda args: 0)
    assert cli.main(["--help"]) == 0
    assert cli.main(["--version"]) == 0
    out = capsys.readouterr().out
    assert "Help of the probe" in out and f"motcua {motcua.__version__}" in out


def test_an_error_of_motcua_is_one_clear_line(probe, capsys):
    def run(args):
        raise motcua.InvalidArgument("limit: '3xx' is not a limit;\n expected such as 3wd")

    probe(run)
    assert cli.main(["probe", "1"]) == 2
    assert capsys.readouterr().err == "motcua probe: limit: '3xx' is not a limit; expected such as 3wd\n"


def test_a_missing_file_is_named(probe, capsys, tmp_path):
    probe(lambda args: open(tmp_path / "nothing.tsv"))
    assert cli.main(["probe", "1"]) == 2
    assert "nothing.tsv: No such file" in capsys.readouterr().err


def test_a_defect_is_not_hidden_as_bad_input(probe):
    def run(args):
        raise ZeroDivisionError

    probe(run)
    with pytest.raises(ZeroDivisionError):
        cli.main(["probe", "1"])


def run_python(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=dict(os.environ))


def test_the_package_is_a_program():
    done = run_python("-m", "motcua", "--version")
    assert (done.returncode, done.stdout) == (0, f"motcua {motcua.__version__}\n")
    assert run_python("-m", "motcua", "nosuch").returncode == 2


def test_importing_motcua_imports_no_command_line():
    done = run_python("-c", "import motcua, sys; print('motcua.cli' in sys.modules)")
    assert done.stdout == "False\n"
