"""A reading goes in and runs with fewer looks for garbage: cycles among young objects are searched for more seldom.

A reading makes many objects that go as soon as nothing holds them, and hardly a cycle. At Python's own 700 the looking
took a third of the time of a PDF of 50 pages, for each goes through more than the one before, and a twentieth of the
time of one page; of 200 filings in one process, whose results are kept, up to a quarter.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

# Objects made beyond those freed, after which cycles among the young are looked for. From 50,000 on it takes nothing
# more, for 3 MiB more of memory.
YOUNG: Final = 50_000

_lock = Lock()
_readings = 0
_before = gc.get_threshold()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While any thread is inside, the threshold of the youngest is `YOUNG`; then what it was, if nobody changed it.

    One that is higher, or 0 for no collection at all, is left alone.
    """
    global _readings, _before
    with _lock:
        if not _readings:
            _before = gc.get_threshold()
            if 0 < _before[0] < YOUNG:
                gc.set_threshold(YOUNG, *_before[1:])
        _readings += 1
    try:
        yield
    finally:
        with _lock:
            _readings -= 1
            if not _readings and gc.get_threshold() == (YOUNG, *_before[1:]):
                gc.set_threshold(*_before)
