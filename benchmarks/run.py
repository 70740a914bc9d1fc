"""motcua beside its peers, in one run: prints the table of benchmarks/README.md for this machine.

    python benchmarks/run.py                 everything; peers are installed under build/benchmarks
    python benchmarks/run.py --no-install    only what is already there

The library and the benchmarks must be built (preset release, with the Python package, see
README.md). Writes build/benchmarks/results.json, results.tsv and results.svg. A peer that cannot
be had is said in the table. Wall times decide nothing; counts.py holds the kernels.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import venv
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / "build" / "benchmarks"
RELEASE = ROOT / "build" / "release"
PYTHON_PEERS = ["numpy>=1.24", "pandas", "QuantLib", "holidays"]
NODE_PEERS = ["date-fns", "dayjs", "dayjs-business-time"]

# What, ours, what it must reach in nanoseconds on the machine where the yardstick was seen at so many
# nanoseconds, and the yardstick. A shared machine is slower by whatever else it does, so the target is held
# as the ratio of the two, in this run.
TARGETS = [
    ("working days, int32, through C", "AddWorkingDays32", 1.25 * 0.53, 0.53, "PlainRankSelect32"),
    ("working days, datetime64[D], Python", "days64", 1.0, 0.68, "PlainRankSelect64"),
    ("by_day, minutes, cut-off", "DeadlinesByDay", 4.0, 0.53, "PlainRankSelect32"),
    ("by_hour, minutes", "DeadlinesByHour", 6.0, 5.0, "PlainRankSelectMinutes"),
    ("count between two days", "CountWorkingDays32", 0.7, 0.53, "PlainPrefixSums"),
    ("working days, 1,000 units by row", "AddWorkingDaysMixed32", 3.0, 0.53, "PlainRankSelect32"),
    ("one deadline, C", "OneDeadline", 15.0, 22.0, "PlainDayLoop"),
    ("one deadline, Python", "one Python", 900.0, 1900.0, "one NumPy"),
    ("compile 37 years", "CompileCalendar", 60e3, 60e3, None),
    ("compile 1,000 unit layers", "CompileUnits", 30e6, 30e6, None),
]
THREADS_SPEED_UP = 1.6


def python_of_peers(install: bool) -> str:
    """The interpreter that has the Python peers; this one where none can be installed."""
    where = OUT / "venv"
    python = where / "bin" / "python"
    if install and not python.exists():
        venv.create(where, with_pip=True)
    if not python.exists():
        return sys.executable
    if install:
        for peer in PYTHON_PEERS:
            command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", peer]
            if subprocess.run(command).returncode != 0:
                print(f"run: {peer} could not be installed", file=sys.stderr)
    return str(python)


def node_modules(install: bool) -> pathlib.Path:
    where = OUT / "node"
    where.mkdir(parents=True, exist_ok=True)
    if install and not all((where / "node_modules" / peer).exists() for peer in NODE_PEERS):
        try:
            command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(where), *NODE_PEERS]
            subprocess.run(command, check=False)
        except FileNotFoundError:
            print("run: npm is not installed", file=sys.stderr)
    return where


def run_loops(repeats: int) -> dict[str, dict[str, float]]:
    """The C++ program: {name: {"ns", "sum"}}, medians of CPU time (of real time for threads)."""
    command = [
        RELEASE / "benchmarks" / "time_benchmark",
        "--benchmark_enable_random_interleaving=true",
        "--benchmark_min_time=0.001",
        f"--benchmark_repetitions={repeats}",
        "--benchmark_format=json",
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    scale = {"ns": 1.0, "us": 1e3, "ms": 1e6}
    times: dict[str, list[float]] = {}
    sums: dict[str, float] = {}
    for run in json.loads(done.stdout)["benchmarks"]:
        if run["run_type"] != "iteration":
            continue
        name = run["name"].removesuffix("/real_time")
        rows = 1_000_000 if "items_per_second" in run else 1
        time = run["real_time" if "threads" in name else "cpu_time"] * scale[run["time_unit"]]
        times.setdefault(name, []).append(time / rows)
        sums[name] = run.get("sum", 0)
    return {name: {"ns": statistics.median(values), "sum": sums[name]} for name, values in times.items()}


def check_loops(loops: dict[str, dict[str, float]]) -> list[str]:
    """The sums of results that must be equal and are not."""
    groups = [
        ("PlainDayLoop", "PlainRankSelect32", "AddWorkingDays32", "PlainRankSelect64", "AddWorkingDays64"),
        ("PlainPrefixSums", "CountWorkingDays32"),
        ("PlainPeriodLoop", "PlainRankSelectMinutes", "DeadlinesByHour"),
    ]
    return [", ".join(group) for group in groups if len({loops[name]["sum"] for name in group}) != 1]


def run_python_peers(python: str) -> list[dict[str, Any]]:
    path = os.pathsep.join([str(HERE), str(RELEASE / "python")])
    command = [python, str(HERE / "peers" / "python_peers.py")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def run_node_peers(python: str, node: pathlib.Path) -> list[dict[str, Any]]:
    path = os.pathsep.join([str(HERE), str(RELEASE / "python")])
    command = [python, str(HERE / "peers" / "python_peers.py"), "--node-rows"]
    rows = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    script = node / "dates.mjs"
    script.write_text((HERE / "peers" / "dates.mjs").read_text())
    try:
        done = subprocess.run(
            ["node", str(script)], input=rows.stdout, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"}
        )
    except FileNotFoundError:
        return [{"work": "missing", "peer": "date-fns, dayjs", "ns": None, "agrees": None, "note": "node is missing"}]
    if done.returncode != 0:
        note = done.stderr.strip().splitlines()[-1:] or ["failed"]
        return [{"work": "missing", "peer": "date-fns, dayjs", "ns": None, "agrees": None, "note": note[0]}]
    expected, found = json.loads(rows.stdout), json.loads(done.stdout)
    results = []
    for work, peer, key, note in (
        ("days", "date-fns", "days", "weekends only"),
        ("minutes by_hour", "dayjs-business-time", "minutes", "no make-up days"),
    ):
        pairs = list(zip(found[peer][key], expected["expected_" + key]))
        same = sum(a == b for a, b in pairs) / len(pairs)
        results.append(
            {
                "work": work,
                "peer": peer,
                "ns": found[peer]["ns"],
                "agrees": same > 0.99,
                "note": f"{note}; {same:.2%} of the rows equal",
            }
        )
    return results


def ours_of(loops: dict[str, dict[str, float]], peers: list[dict[str, Any]]) -> dict[str, float]:
    found = {name: entry["ns"] for name, entry in loops.items()}
    for entry in peers:
        if entry["peer"] == "motcua":
            found[entry["work"]] = entry["ns"]
        if entry["peer"] == "motcua, Python":
            found[entry["work"] + " Python"] = entry["ns"]
        if (entry["work"], entry["peer"]) == ("one", "NumPy busday_offset"):
            found["one NumPy"] = entry["ns"]
    return found


def target_rows(found: dict[str, float]) -> list[list[str]]:
    rows = []
    for what, ours, limit, yardstick_seen, yardstick in TARGETS:
        target = limit / yardstick_seen
        if ours not in found or (yardstick and yardstick not in found):
            rows.append([what, "missing", "", f"{limit:,.2f}", ""])
            continue
        if yardstick:
            value = found[ours] / found[yardstick]
            shown = f"{value:.2f} x {yardstick}"
            reach = f"{limit:,.2f} where that took {yardstick_seen:,.2f}: {target:.2f} x"
        else:
            value, shown, reach = found[ours] / limit, "", f"{limit:,.0f}"
            target = 1.0
        rows.append([what, f"{found[ours]:,.2f}", shown, reach, "met" if value <= target else "not met"])
    speed_up = found["DeadlinesInThreads/threads:1"] / found["DeadlinesInThreads/threads:2"]
    verdict = "met" if speed_up >= THREADS_SPEED_UP else "not met"
    rows.append(["two threads", "", f"{speed_up:.2f} x as fast as one", f"{THREADS_SPEED_UP:.2f} x", verdict])
    return rows


def peer_rows(found: dict[str, float], peers: list[dict[str, Any]]) -> list[list[str]]:
    beside = {
        "days": "AddWorkingDays32",
        "count": "CountWorkingDays32",
        "minutes by_hour": "DeadlinesByHour",
        "one": "one Python",
        "compile": "CompileCalendar",
    }
    loops = [
        ("days", "day loop in C++", "PlainDayLoop"),
        ("days", "rank/select loop in C++", "PlainRankSelect32"),
        ("days", "bandwidth (copy) in C++", "CopyOnly"),
        ("minutes by_hour", "period loop in C++", "PlainPeriodLoop"),
        ("minutes by_hour", "rank/select in C++", "PlainRankSelectMinutes"),
        ("count", "prefix sums in C++", "PlainPrefixSums"),
    ]
    entries = [
        {"work": w, "peer": p, "ns": found[n], "agrees": n != "CopyOnly" or None, "note": ""} for w, p, n in loops
    ]
    rows = []
    for entry in entries + [peer for peer in peers if not peer["peer"].startswith("motcua")]:
        ours = found.get(beside.get(entry["work"], ""))
        ns = entry["ns"]
        ratio = f"{ns / ours:,.1f}" if ns and ours else "-"
        agrees = {True: "equal", False: "DIFFERS", None: "not compared"}[entry["agrees"]]
        shown = f"{ns:,.2f}" if ns else "missing"
        rows.append([entry["work"], entry["peer"], shown, ratio, agrees, entry["note"]])
    return rows


def print_table(header: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[k]) for row in [header, *rows]) for k in range(len(header))]
    for row in [header, *rows]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    print()


def plot(rows: list[list[str]]) -> str:
    """How many times slower than motcua each peer is, as bars on a logarithmic scale."""
    bars = [(f"{row[1]} ({row[0]})", float(row[3].replace(",", ""))) for row in rows if row[3] != "-"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="{40 + 24 * len(bars)}" '
        'font-family="sans-serif" font-size="13">',
        '<text x="8" y="20">times slower than motcua, logarithmic</text>',
    ]
    for k, (name, ratio) in enumerate(sorted(bars, key=lambda bar: -bar[1])):
        decades = math.log10(max(ratio, 1.0))
        y = 36 + 24 * k
        parts.append(f'<text x="320" y="{y + 13}" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="330" y="{y}" width="{60 * decades:.0f}" height="16" fill="#8a1c1c"/>')
        parts.append(f'<text x="{336 + 60 * decades:.0f}" y="{y + 13}">{ratio:,.1f}</text>')
    return "\n".join([*parts, "</svg>"])


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--no-install", action="store_true", help="take only the peers that are there")
    arguments.add_argument("--repetitions", type=int, default=61, help="runs of each C++ benchmark")
    given = arguments.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    python = python_of_peers(not given.no_install)
    node = node_modules(not given.no_install)
    loops = run_loops(given.repetitions)
    peers = run_python_peers(python) + run_node_peers(python, node)
    found = ours_of(loops, peers)
    targets, beside = target_rows(found), peer_rows(found, peers)
    print_table(["ours", "ns a row", "ratio", "must reach, ns", ""], targets)
    print_table(["work", "peer", "ns a row", "x motcua", "results", "note"], beside)
    different = check_loops(loops)
    for group in different:
        print(f"results differ: {group}")
    (OUT / "results.json").write_text(json.dumps({"targets": targets, "peers": beside, "ns": found}, indent=1))
    (OUT / "results.tsv").write_text("".join("\t".join(row) + "\n" for row in targets + beside))
    (OUT / "results.svg").write_text(plot(beside))
    print(f"written: {(OUT / 'results').relative_to(ROOT)}.json, .tsv, .svg")
    return 1 if different or any(row[4] == "DIFFERS" for row in beside) else 0


if __name__ == "__main__":
    sys.exit(main())
