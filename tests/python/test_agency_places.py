"""Where agencies stand on a day: relations found from places that hold for a time."""

import csv
import datetime as dt
import pathlib
import random

import pytest

import motcua

UNITS = pathlib.Path(__file__).parents[2] / "core" / "data" / "units"
SWITCH = dt.date(2025, 7, 1)


def read(name):
    with open(UNITS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def spells():
    """code -> [(from, to, parent)], from the two lists alone."""
    places = {}
    for row in read("history/spells.tsv"):
        days = (dt.date.fromisoformat(row[name]) for name in ("valid_from", "valid_to"))
        places.setdefault(row["code"], []).append((*days, row["parent_code"]))
    for row in read("units_2025.tsv"):
        places.setdefault(row["code"], []).append((SWITCH, dt.date.max, row["parent_code"]))
    return places


PLACES = spells()


def above(code, day):
    """The units above a code on a day, by walking the lists; the code itself first."""
    chain = []
    while code:
        chain.append(code)
        code = next((parent for first, end, parent in PLACES.get(code, ()) if first <= day < end), None)
    return chain


def province(code, day):
    top = above(code, day)[-1]
    stands = any(first <= day < end for first, end, _ in PLACES.get(top, ()))
    return top if stands and len(top) == 2 else None


def officers(posts, **more):
    """At every post an officer, named as the post, and a head, with a mark behind."""
    rows = [{"id": agency, "agency": agency, "roles": "one_stop_officer"} for agency in posts]
    return motcua.Accounts([*rows, *({**row, "id": f"{row['id']}!", "roles": "agency_head"} for row in rows)], **more)


def test_units_of_two_provinces_of_2024_are_not_of_one():
    # 24823 was Phường 1 of Bảo Lộc (Lâm Đồng), 22918 Phường Hàm Tiến of Phan Thiết (Bình Thuận); since
    # 2025-07-01 both codes are communes of Lâm Đồng.
    acc = officers(["24823"])
    before = acc.decide("24823", "accept", {"holder": "22918"}, "2025-06-01")
    assert not before and before.rule == "relation"
    assert not acc.decide("24823", "accept", {"holder": "22918"}, "2025-06-30T23:59")
    assert acc.decide("24823", "accept", {"holder": "22918"}, "2025-07-01").rule.endswith("/province")
    neighbour = {"holder": "24820"}  # Phường 2 of Bảo Lộc, then and now of Lâm Đồng
    assert acc.decide("24823", "accept", neighbour, "2025-06-01").rule.endswith("/province")


def test_relations_are_those_of_the_lists_on_every_day():
    draw = random.Random(118)
    days = sorted({day for rows in PLACES.values() for first, _, _ in rows for day in (first, first - dt.timedelta(1))})
    days = [day for day in days if day >= dt.date(2004, 8, 31)] + [dt.date(2026, 1, 5)]
    moved = [code for code, rows in PLACES.items() if len({parent for _, _, parent in rows}) > 1]
    provinces = [code for code in PLACES if len(code) == 2]
    codes = sorted({*provinces, *draw.sample(sorted(PLACES), 300), *draw.sample(sorted(moved), 300)})
    acc = officers(codes)
    asked, allowed = 0, 0
    for _ in range(60_000):
        day, holder = draw.choice(days), draw.choice(codes)
        # Mostly somebody near: of a unit above it then or now, or beside it.
        chains = above(holder, day) + above(holder, days[-1])
        near = [code for code in chains if code in acc and code != holder]
        agency = draw.choice(near) if near and draw.random() < 0.5 else draw.choice(codes)
        if agency == holder:
            continue
        same = province(agency, day) is not None and province(agency, day) == province(holder, day)
        assert acc.decide(agency, "accept", {"holder": holder}, day).allowed == same, (agency, holder, day)
        over = agency in above(holder, day)[1:]
        assert acc.decide(f"{agency}!", "assign", {"holder": holder}, day).allowed == over, (agency, holder, day)
        asked, allowed = asked + 1, allowed + over
    assert asked > 50_000 and allowed > 100


def test_many_decisions_take_the_day_of_each_row():
    days = ["2025-06-30", "2025-07-01"]
    assert officers(["24823"]).decide_many("24823", "accept", "22918", days).tolist() == [False, True]


def test_places_of_ones_own_hold_for_a_time():
    rows = [
        {"id": "P", "province": "68"},
        {"id": "Q", "province": "60", "valid_to": "2025-07-01"},
        {"id": "D", "parent": "Q", "valid_to": "2025-07-01"},
        {"id": "D", "parent": "P", "valid_from": dt.date(2025, 7, 1), "valid_to": "2026-01-01"},
        {"id": "C", "parent": "P"},
    ]
    acc = officers(["C", "P", "Q"], agencies=rows)
    answers = {}
    for day in ("2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01"):
        answers[day] = [
            bool(acc.decide("C", "accept", {"holder": "D"}, day)),
            bool(acc.decide("P!", "assign", {"holder": "D"}, day)),
            bool(acc.decide("Q!", "assign", {"holder": "D"}, day)),
        ]
    assert answers == {
        "2025-06-30": [False, False, True],
        "2025-07-01": [True, True, False],
        "2025-12-31": [True, True, False],
        "2026-01-01": [False, False, False],  # it stands nowhere
    }


def test_departments_stand_under_units_of_the_registry():
    registry = motcua.Registry.national()
    for agencies in ([{"id": "H36.05", "parent": "68"}], {"H36.05": "68"}):
        acc = officers(["H36.05", "68"], agencies=agencies, registry=registry)
        assert acc.decide("H36.05", "accept", {"holder": "22918"}, "2025-07-01").rule.endswith("/province")
        assert not acc.decide("H36.05", "accept", {"holder": "22918"}, "2025-06-30")
        assert acc.decide("68!", "assign", {"holder": "H36.05"}, "2025-06-30").rule.endswith("/subordinate")
        with pytest.raises(motcua.InvalidArgument, match="parent '68': expected an agency of the list"):
            officers(["68"], agencies=[{"id": "H36.05", "parent": "68"}])
    # A row of one's own stands in place of the registry's.
    acc = officers(["24823"], agencies=[{"id": "24823", "parent": "60"}], registry=registry)
    assert acc.decide("24823", "accept", {"holder": "22918"}, "2025-06-30")


def test_a_merger_moves_accounts_into_the_province_of_the_day():
    registry = motcua.Registry.national()
    before = officers(["24829"])  # Phường Lộc Sơn, into Phường B'Lao
    after = before.handover(registry, "2025-07-01").accounts
    assert not after.decide("24829", "accept", {"holder": "22918"}, "2025-06-30")
    assert after.decide("24829", "accept", {"holder": "22918"}, "2025-07-01").rule.endswith("/province")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"id": "A"}, {"id": "A"}], "agencies row 1, id 'A': expected each id once"),
        ([{"id": "A", "valid_to": "2025-07-02"}, {"id": "A", "valid_from": "2025-07-01"}],
         "agencies row 1, valid_from '2025-07-01': expected a day on which no other row of A holds"),
        ([{"id": "A", "valid_from": "2025-07-01", "valid_to": "2025-07-01"}], "row 0, valid_to '2025-07-01'"),
        ([{"id": "A", "valid_from": "2025-02-30"}], "agencies row 0, valid_from"),
        ([{"id": "A", "from": "2025-07-01"}], "key 'from'"),
        ([{"id": "A", "parent": "B"}], "row 0, parent 'B': expected an agency of the list"),
        ({"A": "B"}, "row 0, parent 'B': expected an agency of the list"),
        ([{"id": str(k), "parent": str(k + 1)} for k in range(66)] + [{"id": "66"}], "at most 64 agencies above"),
        # A circle that closes only in July.
        ([{"id": "A", "parent": "B"}, {"id": "B", "valid_to": "2025-07-01"},
          {"id": "B", "parent": "A", "valid_from": "2025-07-01"}], "row 2, parent 'A': expected an agency that does"),
    ],
)  # fmt: skip
def test_places_that_are_refused(rows, message):
    with pytest.raises(motcua.InvalidArgument, match=message):
        motcua.Accounts((), agencies=rows)


def test_a_mapping_says_the_same_as_rows():
    acc = officers(["A", "B"], agencies={"A": "B", "B": None})
    assert acc.decide("B!", "assign", {"holder": "A"}, "2025-07-01")
    assert not acc.decide("A!", "assign", {"holder": "B"}, "2025-07-01")


def test_no_circle_where_the_days_do_not_meet():
    rows = [
        {"id": "A", "parent": "B", "valid_to": "2025-07-01"},
        {"id": "A", "valid_from": "2025-07-01"},
        {"id": "B", "valid_to": "2025-07-01"},
        {"id": "B", "parent": "A", "valid_from": "2025-07-01"},
    ]
    acc = officers(["A", "B"], agencies=rows)
    at = ("2025-06-30", "2025-07-01")
    assert [bool(acc.decide("A!", "assign", {"holder": "B"}, day)) for day in at] == [False, True]
    assert [bool(acc.decide("B!", "assign", {"holder": "A"}, day)) for day in at] == [True, False]
