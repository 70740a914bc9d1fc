"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Callable, Iterator

_WIDTH = 24
_REST = 0.1  # seconds between two pictures


@contextlib.contextmanager
def bar(what: str, quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """What a bulk call takes as ``progress``; None where nobody looks. Gone when the work is done.

    Examples
    --------
    >>> with bar("events") as progress:
    ...     journal.verify(progress=progress)
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    last = -_REST

    def show(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _REST and done != total:
            return
        last = now
        print(f"\r\x1b[K{picture(what, done, total)}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def picture(what: str, done: int, total: int) -> str:
    """``[######............] 25 % of 1,000,000 events``; a count alone where the end is not known."""
    if not total:
        return f"{done:,} {what}"
    part = min(done / total, 1.0)
    filled = int(_WIDTH * part)
    return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {part:.0%} of {total:,} {what}"
