"""A function of pdfium's and what it is to be asked of, thousands of characters or shapes, in; columns of numbers out.

A call through ctypes costs 480 ns where every argument is converted anew, and 200 ns where they are ready: most of the
time that is spent on a page beyond pdfium's own. So the functions called here declare no argument types, their
arguments are whole numbers of 32 bits or made by `pointer`, and the addresses that they write to are made once a
process.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable
from ctypes import c_void_p
from functools import cache
from itertools import islice
from typing import Any, Final, Literal

CHUNK: Final = 2048  # calls before the buffer is emptied: a print has 500-3,000 characters a page, 9,000 at most
COLUMNS: Final = 4  # numbers that a call writes at most, a matrix aside
MATRIX: Final = 6  # numbers of a matrix (FS_MATRIX), one behind the other
_SLOT: Final = 8  # bytes: the widest number

pointer = c_void_p.from_param
Code = Literal["d", "f", "i", "I"]  # double, float, int, unsigned


class _Slots:
    """Memory that pdfium writes into: `COLUMNS` columns of `CHUNK` slots, and the slots' addresses as arguments."""

    def __init__(self) -> None:
        self.memory = array("d", bytes(_SLOT * COLUMNS * CHUNK))
        self.start = self.memory.buffer_info()[0]
        self.addresses: list[list[Any]] = [[] for _ in range(COLUMNS)]

    def at(self, column: int, count: int) -> list[Any]:
        """The first `count` addresses of a column."""
        known = self.addresses[column]
        if len(known) < count:
            first = self.start + _SLOT * CHUNK * column
            known.extend(map(pointer, range(first + _SLOT * len(known), first + _SLOT * count, _SLOT)))
        return known if len(known) == count else known[:count]

    def clear(self, column: int, count: int) -> None:
        """Put zeros into the first slots of a column."""
        ctypes.memset(self.start + _SLOT * CHUNK * column, 0, _SLOT * count)

    def numbers(self, column: int, count: int, code: Code) -> list[Any]:
        """What stands in the first `count` slots of a column."""
        first = CHUNK * column
        found = self.memory[first : first + count]
        return found.tolist() if code == "d" else memoryview(found).cast("B").cast(code)[:: _SLOT // 4].tolist()


_slots = cache(_Slots)


def columns(function: Any, code: Code, width: int, count: int, *given: Iterable[Any]) -> list[list[Any]]:
    """The `width` numbers that each of `count` calls writes, as columns; zeros where it writes none.

    `given` are the arguments before the addresses, each for all calls.
    """
    slots = _slots()
    out: list[list[Any]] = [[] for _ in range(width)]
    waiting = [iter(each) for each in given]
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        for column in range(width):
            slots.clear(column, size)
        now = [islice(each, size) for each in waiting]
        drain(map(function, *now, *(slots.at(column, size) for column in range(width))))
        for column in range(width):
            out[column] += slots.numbers(column, size, code)
    return out


def matrices(function: Any, count: int, *given: Iterable[Any]) -> tuple[list[float], list[float]]:
    """The third and the fourth number of the matrix that each of `count` calls writes: zeros where it writes none."""
    slots = _slots()
    thirds: list[float] = []
    fourths: list[float] = []
    waiting = [iter(each) for each in given]
    step = MATRIX * 4 // _SLOT
    for start in range(0, count, CHUNK // step):
        size = min(CHUNK // step, count - start)
        slots.clear(0, step * size)
        drain(map(function, *(islice(each, size) for each in waiting), slots.at(0, step * size)[::step]))
        floats = memoryview(slots.memory)[: step * size].cast("B").cast("f")
        thirds += floats[2::MATRIX].tolist()
        fourths += floats[3::MATRIX].tolist()
    return thirds, fourths


def drain(calls: map[Any]) -> None:
    """Make the calls for their effect."""
    deque(calls, maxlen=0)
