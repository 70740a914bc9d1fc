"""motcua dataset: the version of a dataset, and a dataset file from a folder of facts."""

from __future__ import annotations

import json
import os
import subprocess

from ..cli import shown

HELP = "Show the facts in use, check a dataset file, or compile one from a folder of TSVs."


def add_arguments(parser) -> None:
    commands = parser.add_subparsers(dest="dataset_command", metavar="show | compile | write")
    show = commands.add_parser("show", help="the version of the built-in facts, or of a file, which is checked")
    show.add_argument("file", nargs="?", help="a dataset file (default: the built-in facts)")
    compile_ = commands.add_parser("compile", help="make a dataset file of a folder in the form of core/data")
    compile_.add_argument("folder", help="the folder of facts: VERSION, units/, time/, dossiers/")
    compile_.add_argument("file", help="the dataset file to write")
    write = commands.add_parser("write", help="write the built-in facts to a file")
    write.add_argument("file", help="the dataset file to write")


def run(args) -> int:
    from ..dataset import Dataset

    command = args.dataset_command or "show"
    path = getattr(args, "file", None)
    if command == "compile":
        dataset = compile_facts(args.folder, path)
    elif command == "write":
        dataset = Dataset.builtin()
        dataset.write(path)
    else:
        dataset = Dataset.read(path) if path else Dataset.builtin()
    if args.json:
        print(json.dumps({"version": dataset.version, "file": path}))
    else:
        print(shown(dataset.version))
    return 0


def compile_facts(folder: str, path: str):
    """Compile a folder of facts; the file appears only if it is sound.

    Raises MalformedData with the compiler's complaint (file, line, column), or if the
    compiler is not installed beside the package.
    """
    from ..dataset import Dataset
    from ..errors import MalformedData

    compiler = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "motcua-compile-facts")
    if not os.path.exists(compiler):
        raise MalformedData("motcua-compile-facts is not installed beside the package", status=15, reason=7)
    unfinished = f"{path}.unfinished"
    try:
        made = subprocess.run([compiler, folder, unfinished], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            complaint = made.stderr.strip().removeprefix("motcua-compile-facts: ")
            raise MalformedData(complaint or f"folder {folder!r}: expected a folder of facts", status=15, reason=7)
        dataset = Dataset.read(unfinished)
        os.replace(unfinished, path)
        return dataset
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)
