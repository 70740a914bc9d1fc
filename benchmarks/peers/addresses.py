"""Addresses beside ``vietnamadminunits``, in one run and on the same rows.

The peer runs in a virtual environment of its own, ``build/peers``, which this script
makes. Rows are the full addresses of communes of 2025-06-30, clean, without diacritics,
in swapped order and with one typing error, from a fixed seed. Both must say which unit
of today each old address belongs to; an answer counts if it is a successor in
``core/data/units/succession_2025.tsv``. Times are processor times of the thread, so that a
busy machine says the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import pathlib
import random
import subprocess
import sys
import time
import unicodedata

import motcua

ROOT = pathlib.Path(__file__).parents[2]
ENVIRONMENT = ROOT / "build" / "peers"
ROWS = 400
TODAY = "2026-10-01"

# Runs under the peer's interpreter: texts in, [province, commune] and nanoseconds out.
PEER = """
import json, sys, time
from vietnamadminunits import convert_address
found = []
for text in json.load(sys.stdin):
    start = time.thread_time_ns()
    try:
        unit = convert_address(text)
        name = [unit.province, unit.ward]
    except Exception:
        name = [None, None]
    found.append([name, time.thread_time_ns() - start])
json.dump(found, sys.stdout)
"""


def peer_python() -> pathlib.Path:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "vietnamadminunits"], check=True)
    return python


def without_marks(text: str) -> str:
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def one_edit(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(["", text[at : at + 1] * 2, "e"]) + text[at + 1 :]


def addresses(reg: motcua.Registry) -> dict[str, list[tuple[str, str]]]:
    rng = random.Random(20250701)
    units = rng.sample(reg.units("2025-06-30", "commune"), ROWS)
    names = [[u.full_name, u.parent.full_name, u.parent.parent.full_name] for u in units]
    codes = [u.code for u in units]
    clean = [", ".join(parts) for parts in names]
    kinds = {
        "clean": clean,
        "no diacritics": [without_marks(text) for text in clean],
        "swapped order": [", ".join(parts[::-1]) for parts in names],
        "one typing error": [one_edit(text, rng) for text in clean],
    }
    return {kind: list(zip(texts, codes, strict=True)) for kind, texts in kinds.items()}


def successors() -> dict[str, set[str]]:
    path = ROOT / "core" / "data" / "units" / "succession_2025.tsv"
    after: dict[str, set[str]] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["level"] == "commune":
                after.setdefault(row["from_code"], set()).add(row["to_code"])
    return after


def codes_by_name(reg: motcua.Registry) -> dict[tuple[str, str], str]:
    fold = motcua.search_key
    return {(fold(u.parent.name), fold(u.full_name)): u.code for u in reg.units("2025-07-01", "commune")}


def peer_code(names: list[str | None], known: dict[tuple[str, str], str]) -> str | None:
    province, commune = (motcua.search_key(name or "") for name in names)
    for prefix in ("thanhpho", "tinh"):
        province = province.removeprefix(prefix)
    for prefix in ("", "phuong", "xa", "dackhu"):
        if (province, prefix + commune) in known:
            return known[province, prefix + commune]
    return None


def figures(nanoseconds: list[float]) -> str:
    ordered = sorted(nanoseconds)
    mean = sum(ordered) / len(ordered) / 1_000
    return f"{mean:9.1f} us   p99 {ordered[len(ordered) * 99 // 100] / 1_000:9.1f} us"


def main() -> None:
    reg, after = motcua.Registry.national(), successors()
    known = codes_by_name(reg)
    python = peer_python()
    reg.resolve("Hà Nội", TODAY)  # both are warm
    print(f"{dt.date.today()}  {ROWS} addresses of each kind, one thread; right: a successor by succession_2025")
    for kind, rows in addresses(reg).items():
        texts = [text for text, _ in rows]
        times, right = [], 0
        for text, code in rows:
            start = time.thread_time_ns()
            matches = reg.resolve(text, TODAY, max=1)
            times.append(time.thread_time_ns() - start)
            right += bool(matches) and bool({e.unit.code for e in matches[0].current} & after[code])
        start = time.thread_time_ns()
        reg.resolve_many(texts * 20, TODAY)
        bulk = (time.thread_time_ns() - start) / (20 * len(texts)) / 1_000
        made = subprocess.run(
            [python, "-c", PEER], input=json.dumps(texts), text=True, stdout=subprocess.PIPE, check=True
        )
        peer = json.loads(made.stdout)
        peer_right = sum(
            peer_code(names, known) in after[code] for (names, _), (_, code) in zip(peer, rows, strict=True)
        )
        print(f"{kind}")
        print(f"  motcua resolve_many      {bulk:9.2f} us")
        print(f"  motcua resolve, current  {figures(times)}   right {right / ROWS:6.1%}")
        print(f"  vietnamadminunits        {figures([ns for _, ns in peer])}   right {peer_right / ROWS:6.1%}")


if __name__ == "__main__":
    main()
