"""The reader of the portal's LayThuTuc objects, fed with what no portal sends.

Seeded mutations of a sound object, as objects and as bytes of JSON: each is refused as MalformedData
(or another motcua.Error of the catalogue's own rules), or it is a catalogue that comes back whole.
"""

import copy
import json
import random

from test_procedures import PAGE

import motcua

HOSTILE = (
    None, True, -1, 0, 4, 10**20, 1.5, float("nan"), float("inf"), "", " ", "x", "\t\n\r\f\v", "\x00", "\ud800",
    "=1+1", "a|b", "9" * 400, "1e309", "-0", "3.25", "ngày", "Giờ làm việc", [], {}, [[]], [None], {"": {}},
    [{"KENH": "1", "THOIGIAN": [{}]}], b"x", (1,), "1.001193", "\u2028", "\u200b",
)  # fmt: skip


def places(value, path=()):
    """Every place in an object, as the keys that lead to it."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*path, key))


def mutate(draw, page):
    mutant = copy.deepcopy(page)
    for _ in range(draw.randint(1, 3)):
        path = draw.choice(list(places(mutant)))
        if not path:
            continue
        holder = mutant
        for key in path[:-1]:
            holder = holder[key]
        change = draw.randrange(5)
        if change == 0:
            del holder[path[-1]]
        elif change == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(draw.choice(holder)))
        elif change == 2 and isinstance(holder, dict):
            holder[draw.choice(("KENH", "SOTIEN", "MATTHC", "\n", "x y", 7))] = draw.choice(HOSTILE)
        else:
            holder[path[-1]] = draw.choice(HOSTILE)
    return mutant


def survive(thing):
    """True if it was read; then everything about it has to work."""
    try:
        catalogue = motcua.Catalogue.from_portal_json(thing)
    except motcua.Error as error:
        str(error).encode()
        return False
    catalogue.check()
    again = motcua.Catalogue.from_portal_json(catalogue.to_portal_json())
    assert again.to_portal_json() == catalogue.to_portal_json()
    return True


def test_mutated_objects_are_refused_or_come_back_whole():
    draw = random.Random(2849)
    read = sum(survive(mutate(draw, PAGE)) for _ in range(1500))
    assert 150 < read < 1350  # both happen


def test_mutated_bytes_are_refused_or_come_back_whole():
    draw = random.Random(766)
    sound = json.dumps(PAGE, ensure_ascii=False).encode()
    for _ in range(1500):
        data = bytearray(sound)
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(data))
            change = draw.randrange(3)
            if change == 0:
                data[at] ^= 1 << draw.randrange(8)
            elif change == 1:
                del data[at : at + draw.randrange(40)]
            else:
                data[at:at] = draw.choice((b"\xff", b"[", b"}", b'"', b",", b"NaN", b"\\u0000", b"1e999", b"null"))
        survive(bytes(data))


def test_deep_and_large_objects_are_refused_or_read():
    deep = "[" * 100_000
    assert not survive(deep) and not survive('{"MATTHC":' + deep)
    nested = {"MATTHC": "1.1"}
    for _ in range(5000):
        nested = {"MATTHC": "1.1", "x": nested}
    survive(nested)
    assert survive({**PAGE, "YEUCAU": "ư" * 100_000})
