"""The ten events of fold_benchmark.cc in the columns of motcua and in the peer package `transitions`.

Without the peer only motcua is measured.
"""

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
        start = time.perf_counter()
        statuses, refused = motcua.fold_statuses(offsets, kinds, channels, machine)
        best = min(best, time.perf_counter() - start)
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
    start = time.perf_counter()
    for _ in range(PEER_DOSSIERS):
        machine.set_state("0")
        for kind in LIFE:
            machine.trigger(kind)
    assert machine.state == "10"
    return (time.perf_counter() - start) / (PEER_DOSSIERS * len(LIFE)) * 1e9


if __name__ == "__main__":
    print(f"motcua.fold_statuses  {ours():8.2f} ns an event")
    try:
        print(f"transitions           {peer():8.0f} ns an event")
    except ImportError:
        print("transitions           not installed")
