"""Instruction counts of the kernels: compared with counts.tsv within 3 %, or recorded there.

    python benchmarks/counts.py            compare; exit status 1 if a kernel moved
    python benchmarks/counts.py --record   write counts.tsv anew, in the change that moves a kernel

Counts come from callgrind, so they do not depend on what else the machine does; they do depend
on the compiler. Where it is not the one of counts.tsv, the comparison says so and passes.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "counts.tsv"
TOLERANCE = 0.03


def compiler(build: pathlib.Path) -> str:
    """The C++ compiler of a build tree and its version, and the processor it compiles for."""
    cache = (build / "CMakeCache.txt").read_text()
    path = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", cache, re.M).group(1)
    first_line = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    return f"{first_line}, {os.uname().machine}"


def count(program: pathlib.Path, kernel: str, function: str) -> int:
    """Instructions executed inside the C function ``function`` and what it calls."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", f"--toggle-collect={function}"]
        run = subprocess.run([*command, str(program), kernel], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found or int(found.group(1)) == 0:
        sys.exit(f"counts: {' '.join(command)} {program.name} {kernel} failed:\n{run.stderr}")
    return int(found.group(1))


def measure(program: pathlib.Path) -> dict[str, float]:
    """Instructions a row (or a call) of each kernel."""
    listed = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout
    counts = {}
    for line in listed.splitlines():
        kernel, function, per = line.split()
        counts[kernel] = round(count(program, kernel, function) / int(per), 2)
    return counts


def read_table() -> tuple[str, dict[str, float]]:
    lines = TABLE.read_text().splitlines()
    recorded_with = lines[0].removeprefix("# compiler: ")
    return recorded_with, {name: float(value) for name, value in (line.split("\t") for line in lines[2:])}


def record(built_with: str, counts: dict[str, float]) -> None:
    rows = "".join(f"{name}\t{value:.2f}\n" for name, value in counts.items())
    TABLE.write_text(f"# compiler: {built_with}\nkernel\tinstructions\n{rows}")


def compare(recorded: dict[str, float], counts: dict[str, float]) -> int:
    moved = 0
    for name in sorted(recorded.keys() | counts.keys()):
        old, new = recorded.get(name), counts.get(name)
        if old is None or new is None:
            print(f"  {name:24} {'is not recorded' if old is None else 'is recorded but gone'}")
            moved += 1
            continue
        change = new / old - 1
        verdict = "" if abs(change) <= TOLERANCE else "  MOVED"
        moved += bool(verdict)
        print(f"  {name:24} {old:14.2f} {new:14.2f} {change:+8.1%}{verdict}")
    return moved


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release")
    arguments.add_argument("--record", action="store_true")
    given = arguments.parse_args()
    built_with = compiler(given.build)
    recorded_with, recorded = read_table() if TABLE.exists() else ("", {})
    if not given.record and built_with != recorded_with:
        print(f"counts: recorded with {recorded_with}; this is {built_with}: not compared")
        return 0
    counts = measure(given.build / "benchmarks" / "time_kernels")
    if given.record:
        record(built_with, counts)
        print(f"counts: {len(counts)} kernels recorded in {TABLE.name}")
        return 0
    moved = compare(recorded, counts)
    print(f"counts: {len(counts) - moved} kernels within {TOLERANCE:.0%}, {moved} moved")
    if moved:
        print("counts: if the change is meant, run benchmarks/counts.py --record and commit the table with it")
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
