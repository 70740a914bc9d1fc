"""The ten events of fold_benchmark.cc, states only, in the columns of motcua and in its peers.

The peers are Boost's two state machines (the benchmark status_machines_benchmark, built where
Boost is installed), the Python package `transitions`, and `xstate` under node (looked for in
build/benchmarks/node, where run.py puts its node modules). One that cannot be had is said. Each
checks that every life ends handed over. Processor time, which other work on the machine disturbs
least.
"""

import json
import pathlib
import subprocess
import time

import numpy as np

import motcua
from motcua.dossiers import KINDS

LIFE = ("submit accept forward assign request_supplement supply request_payment paid finish hand_over").split()
DOSSIERS = 1_000_000
PEER_DOSSIERS = 2_000


def ours() -> float:
    kinds = np.tile(np.array([KINDS.index(kind) for kind in LIFE], np.uint8), DOSSIERS)
    channels = np.tile(np.array([2] + [0] * (len(LIFE) - 1), np.uint8), DOSSIERS)
    offsets = np.arange(DOSSIERS + 1, dtype=np.int64) * len(LIFE)
    machine = motcua.Machine.national()
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        statuses, refused = motcua.fold_statuses(offsets, kinds, channels, machine)
        best = min(best, time.process_time() - start)
    assert (statuses == 10).all() and not refused.any()
    return best / len(kinds) * 1e9


def peer() -> float:
    from transitions import Machine

    table = [
        ("submit", "0", "1"),
        ("accept", "1", "2"),
        ("forward", "2", "4"),
        ("assign", "4", "4"),
        ("request_supplement", "4", "5"),
        ("supply", "5", "4"),
        ("request_payment", "4", "6"),
        ("paid", "6", "4"),
        ("finish", "4", "9"),
        ("hand_over", "9", "10"),
    ]
    machine = Machine(states=[str(k) for k in range(11)], transitions=[list(row) for row in table], initial="0")
    start = time.process_time()
    for _ in range(PEER_DOSSIERS):
        machine.set_state("0")
        for kind in LIFE:
            machine.trigger(kind)
    assert machine.state == "10"
    return (time.process_time() - start) / (PEER_DOSSIERS * len(LIFE)) * 1e9


ROOT = pathlib.Path(__file__).resolve().parents[2]


def boost() -> dict[str, float]:
    program = ROOT / "build" / "release" / "benchmarks" / "status_machines_benchmark"
    done = subprocess.run([program, "--benchmark_format=json"], capture_output=True, text=True, check=True)
    return {run["name"]: 1e9 / run["items_per_second"] for run in json.loads(done.stdout)["benchmarks"]}


def xstate() -> float:
    where = ROOT / "build" / "benchmarks" / "node"
    if not (where / "node_modules" / "xstate").exists():
        raise FileNotFoundError(f"npm install --prefix {where.relative_to(ROOT)} xstate")
    script = where / "status_machines.mjs"
    script.write_text(pathlib.Path(__file__).with_suffix(".mjs").read_text())
    return float(subprocess.run(["node", script], capture_output=True, text=True, check=True).stdout)


def show(name: str, ns: float | str) -> None:
    print(f"{name:24}{ns if isinstance(ns, str) else format(ns, '12,.2f') + ' ns an event'}")


if __name__ == "__main__":
    show("motcua.fold_statuses", ours())
    try:
        for name, ns in boost().items():
            show(name, ns)
    except FileNotFoundError:
        show("Boost", "missing: not built, or no Boost")
    try:
        show("transitions", peer())
    except ImportError:
        show("transitions", "missing: not installed")
    try:
        show("xstate", xstate())
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        show("xstate", f"missing: {error}")
