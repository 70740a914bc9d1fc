"""The offices: 124 communes, 16 departments, and the old ones they took over from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .targets import WARD_1, WARD_3

PROVINCE = "68"
OLD_PROVINCES = {"68": "H36", "60": "H11", "67": "H16"}  # identification codes, see README.md


def read_tsv(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file without quoting."""
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    columns = header.split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines]


@dataclass
class Offices:
    """Every office by index: ``code`` as events name it, ``prefix`` of its dossier numbers."""

    code: list[str] = field(default_factory=list)
    prefix: list[str] = field(default_factory=list)
    communes: list[int] = field(default_factory=list)
    commune_weight: list[float] = field(default_factory=list)
    departments: list[int] = field(default_factory=list)
    department_weight: list[float] = field(default_factory=list)
    old_communes: list[tuple[int, list[int], float]] = field(default_factory=list)  # index, successors, weight
    old_departments: list[tuple[int, int, float]] = field(default_factory=list)  # index, successor, weight
    ward_1: int = -1
    ward_3: int = -1

    def add(self, code: str, prefix: str) -> int:
        self.code.append(code)
        self.prefix.append(prefix)
        return len(self.code) - 1


def read_offices(job: Path, units: Path) -> Offices:
    """Every office of the job, with how busy it is."""
    offices = Offices()
    by_code = _add_communes(offices, units)
    _add_old_communes(offices, units, by_code)
    _add_departments(offices, job)
    offices.ward_1, offices.ward_3 = by_code[WARD_1], by_code[WARD_3]
    return offices


def _add_communes(offices: Offices, units: Path) -> dict[str, int]:
    rows = [row for row in read_tsv(units / "units_2025.tsv") if row["parent_code"] == PROVINCE]
    known = [float(row["population"]) for row in rows if row["population"]]
    by_code = {}
    for row in rows:
        people = max(float(row["population"] or np.median(known)), 8_000.0)  # indicative, see the data's README
        by_code[row["code"]] = offices.add(row["code"], f"H36.{row['code']}")
        offices.communes.append(by_code[row["code"]])
        offices.commune_weight.append(people**0.85 * (1.5 if row["type_vi"] == "Phường" else 1.0))
    return by_code


def _add_old_communes(offices: Offices, units: Path, by_code: dict[str, int]) -> None:
    """The old units of the province's communes; none leads to the two wards of Bảo Lộc with published counts."""
    parent = {row["code"]: row["parent_code"] for row in read_tsv(units / "units_2024.tsv")}
    successors: dict[str, list[dict[str, str]]] = {}
    for row in read_tsv(units / "succession_2025.tsv"):
        if row["level"] == "commune" and row["to_code"] in by_code:
            successors.setdefault(row["from_code"], []).append(row)
    for code, edges in sorted(successors.items()):
        with_people = [edge["to_code"] for edge in edges if edge["moved"] != "area"]
        if len(code) != 5 or WARD_1 in with_people or WARD_3 in with_people or edges[0]["moved"] == "unchanged":
            continue
        h_code = OLD_PROVINCES[parent[parent[code]]]
        weight = 1.6 if len(edges) > 1 else 1.0
        index = offices.add(code, f"{h_code}.{code}")
        offices.old_communes.append((index, [by_code[to] for to in with_people], weight))


def _add_departments(offices: Offices, job: Path) -> None:
    by_code = {}
    for row in read_tsv(job / "agencies.tsv"):
        by_code[row["code"]] = offices.add(row["code"], row["code"])
        offices.departments.append(by_code[row["code"]])
        offices.department_weight.append(float(row["weight"]))
    weight = dict(zip(offices.departments, offices.department_weight))
    size = {"68": 1.3, "60": 1.25, "67": 0.7}
    for row in read_tsv(job / "agency_succession.tsv"):
        index, to = offices.add(row["from_code"], row["from_code"]), by_code[row["to_code"]]
        offices.old_departments.append((index, to, weight[to] * size[row["old_province"]]))
