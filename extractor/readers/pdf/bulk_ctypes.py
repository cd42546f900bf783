"""What `bulk` offers, call by call through ctypes: what runs where no helper was compiled.

Such a call costs 480 ns where every argument is converted anew, and 200 ns where they are ready. So the functions
called here declare no argument types, their arguments are whole numbers of 32 bits or made by `pointer`, and the
addresses that they write to are made once a process.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable, Sequence
from ctypes import c_void_p
from functools import cache
from itertools import accumulate, chain, compress, islice, repeat, starmap
from operator import gt, ne
from struct import calcsize
from typing import Any, Final, Literal

CHUNK: Final = 2048  # calls before the buffer is emptied: a print has 500-3,000 characters a page, 9,000 at most
COLUMNS: Final = 4  # numbers that a call writes at most, a matrix aside
MATRIX: Final = 6  # numbers of a matrix (FS_MATRIX), one behind the other
_SLOT: Final = 8  # bytes: the widest number

pointer = c_void_p.from_param
Code = Literal["d", "f", "i", "I"]  # what is written: double, float, int, unsigned
Answer = Literal["int", "double", "handle"]
Spans = Sequence[tuple[int, int]]
Points = tuple[Sequence[int], list[float], list[float], list[int]]  # indices, x, y, and steps among them


def zeros(code: str, count: int) -> array[Any]:
    """Memory to be written to: `count` numbers. An array of ctypes' own would make a type for each length."""
    return array(code, bytes(calcsize(code) * count))


def start_of(numbers: array[Any]) -> int:
    """Where memory begins."""
    return numbers.buffer_info()[0]


class _Slots:
    """Memory that pdfium writes into: `COLUMNS` columns of `CHUNK` slots, and the slots' addresses as arguments."""

    def __init__(self) -> None:
        self.memory = zeros("d", COLUMNS * CHUNK)
        self.start = start_of(self.memory)
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


def columns_at(function: Any, code: Code, width: int, handle: int, indices: Sequence[int]) -> list[list[Any]]:
    """`bulk.columns_at`."""
    return _columns(function, code, width, len(indices), repeat(pointer(handle)), indices)


def points_in(function: Any, handle: int, spans: Spans, back: float, rise: float) -> Points:
    """`bulk.points_in`."""
    indices = list(chain.from_iterable(starmap(range, spans)))
    xs, ys = columns_at(function, "d", 2, handle, indices)
    return indices, xs, ys, steps_in(xs, ys, spans, back, rise)


def steps_in(xs: Sequence[float], ys: Sequence[float], spans: Spans, back: float, rise: float) -> list[int]:
    """The steps that `points_in` tells, of points that are known."""
    # Most of the places where either changes are those where a stretch begins, and on most pages all of them.
    follows = range(1, len(xs))
    places = set(compress(follows, map(ne, ys, islice(ys, 1, None))))
    places.update(compress(follows, map(gt, xs, islice(xs, 1, None))))
    places.difference_update(accumulate([end - start for start, end in spans]))
    return sorted([at for at in places if xs[at] < xs[at - 1] - back or abs(ys[at] - ys[at - 1]) > rise])


def columns_of(function: Any, code: Code, width: int, handles: Sequence[int]) -> list[list[Any]]:
    """`bulk.columns_of`."""
    return _columns(function, code, width, len(handles), map(pointer, handles))


def matrices_at(function: Any, handle: int, indices: Sequence[int]) -> tuple[list[float], list[float]]:
    """`bulk.matrices_at`."""
    slots, asked, count = _slots(), repeat(pointer(handle)), len(indices)
    thirds: list[float] = []
    fourths: list[float] = []
    step = MATRIX * 4 // _SLOT
    for start in range(0, count, CHUNK // step):
        size = min(CHUNK // step, count - start)
        slots.clear(0, step * size)
        _drain(map(function, asked, indices[start : start + size], slots.at(0, step * size)[::step]))
        floats = memoryview(slots.memory)[: step * size].cast("B").cast("f")
        thirds += floats[2::MATRIX].tolist()
        fourths += floats[3::MATRIX].tolist()
    return thirds, fourths


def answers_at(function: Any, _: Answer, handle: int, indices: Iterable[int]) -> list[Any]:
    """`bulk.answers_at`; the function's own `restype` tells what it answers."""
    return [found or 0 for found in map(function, repeat(pointer(handle)), indices)]


def answers_of(function: Any, _: Answer, handles: Iterable[int]) -> list[Any]:
    """`bulk.answers_of`."""
    return [found or 0 for found in map(function, map(pointer, handles))]


def _columns(function: Any, code: Code, width: int, count: int, *given: Iterable[Any]) -> list[list[Any]]:
    slots = _slots()
    out: list[list[Any]] = [[] for _ in range(width)]
    waiting = [iter(each) for each in given]
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        for column in range(width):
            slots.clear(column, size)
        now = [islice(each, size) for each in waiting]
        _drain(map(function, *now, *(slots.at(column, size) for column in range(width))))
        for column in range(width):
            out[column] += slots.numbers(column, size, code)
    return out


def _drain(calls: map[Any]) -> None:
    """Make the calls for their effect."""
    deque(calls, maxlen=0)
