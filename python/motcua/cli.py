"""The command line: ``motcua COMMAND ...``, also as ``python -m motcua``.

Every module in :mod:`motcua.commands` is one command. It has

    NAME = "deadline"                    # as typed; the module's name where absent
    HELP = "When is a dossier due?"      # one line

    def add_arguments(parser): ...       # an argparse parser; --json is already there
    def run(args) -> int: ...            # the exit status

Exit status: 0 done, 1 done but problems were found, 2 wrong usage or bad input.
Bad input is one line on standard error; standard output carries results only.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import unicodedata
from types import ModuleType
from typing import NoReturn, Sequence

from . import __version__, commands
from .errors import Error

DONE, FOUND_PROBLEMS, BAD_INPUT = 0, 1, 2
_INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """An argparse parser whose complaint is one line that says where to look."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (try `{self.prog} --help`)\n")


def command_modules() -> dict[str, ModuleType]:
    """Every command by its name, in alphabetical order."""
    modules = [importlib.import_module(f"{commands.__name__}.{found.name}") for found in _command_files()]
    named = {getattr(module, "NAME", module.__name__.rpartition(".")[2]): module for module in modules}
    return dict(sorted(named.items()))


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = _Parser(
        prog="motcua",
        description="The engine under the one-stop door of Vietnam's local government.",
        epilog="exit status: 0 done, 1 found problems, 2 wrong usage or bad input",
    )
    parser.add_argument("--version", action="version", version=f"motcua {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="machine output: one JSON value on standard output")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, module in command_modules().items():
        sub = subparsers.add_parser(name, help=module.HELP, description=module.HELP, parents=[shared])
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _write_any_text()
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as leaving:  # argparse leaves on --help and on wrong usage
        return leaving.code if isinstance(leaving.code, int) else BAD_INPUT
    try:
        status = args.run(args)
        if sys.stdout is not None:  # closed by who started us
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output has gone (`motcua ... | head`): nothing is wrong. Python would
        # complain once more when it flushes at exit.
        sys.stdout = None
        return DONE
    except KeyboardInterrupt:
        return _complain(args.command, "interrupted", _INTERRUPTED)
    except (Error, UnicodeDecodeError) as error:
        return _complain(args.command, str(error), BAD_INPUT)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(args.command, f"{where}{error.strerror or error}", BAD_INPUT)


def _write_any_text() -> None:
    """Letters that the encoding of a terminal or a pipe lacks are written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _command_files() -> list[pkgutil.ModuleInfo]:
    return [found for found in pkgutil.iter_modules(commands.__path__) if not found.name.startswith("_")]


def shown(text: str) -> str:
    """Text of a file for the terminal: control characters, which could steer it, as \\xNN or \\uNNNN."""
    return "".join(_escaped(c) if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _complain(command: str, message: str, status: int) -> int:
    print(f"motcua {command}: {shown(' '.join(message.split()))}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
