"""Spoils names at random, and says slowly and plainly which names are near."""

from __future__ import annotations

import os
import unicodedata

import numpy as np

LONG = os.environ.get("MOTCUA_LONG") == "1"
LETTERS = "abcdeghiklmnopqrstuvxy"


def one_edit(text, rng):
    at = rng.randrange(len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice(LETTERS) + text[at:]
    if kind == 2:
        return text[:at] + rng.choice(LETTERS) + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def without_marks(text):
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def letters(text):
    return "".join(c for c in without_marks(text).lower() if c.isalnum())


def distance(a, b):
    """Insertions, deletions, substitutions and swaps of neighbours, row by row."""
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            least = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                least = min(least, rows[i - 2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


class Oracle:
    """Which of all names are as near to a text as one of them is."""

    def __init__(self, names):
        self.names = [letters(name) for name in names]
        self.counts = np.array([self.count(name) for name in self.names])

    @staticmethod
    def count(text):
        return np.bincount(np.frombuffer(text.encode("ascii"), np.uint8), minlength=128)[48:123].astype(np.int8)

    def as_near(self, text, own):
        """The least distance of a name other than number ``own``, if it is as near; else None."""
        text = letters(text)
        limit = distance(text, self.names[own])
        # Each edit adds one letter, takes one away, or both: names with more to add or take are farther.
        more = self.counts - self.count(text)
        near = np.flatnonzero(np.maximum(more.clip(0).sum(1), (-more).clip(0).sum(1)) <= limit)
        found = [distance(text, self.names[i]) for i in near if i != own]
        return min((d for d in found if d <= limit), default=None)


def parts(unit):
    return [unit.full_name] + (parts(unit.parent) if unit.parent else [])


def most(share, rows):
    """How many of the rows may be wrong if ``share`` of all are; in a draw, with chance allowed for."""
    expected = share * rows
    return max(1, expected) if LONG else 1 + expected + 3 * expected**0.5
