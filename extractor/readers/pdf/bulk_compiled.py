"""What `bulk_ctypes` does, by the loops of `bulk_helper.c`, where the installation could compile them.

One call through ctypes for all characters of a page instead of one each.
"""

from __future__ import annotations

import ctypes
import os
from array import array
from collections.abc import Iterable
from ctypes import c_double, c_int32, c_ssize_t, c_void_p
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from extractor.readers.pdf.bulk_ctypes import MATRIX, Answer, Code, Points, Spans, start_of, zeros

# The edition of `bulk_helper.c` that this module goes with.
EDITION: Final = 2
# Next to this file, whatever the system calls its libraries.
HELPER: Final = Path(__file__).with_name("bulk_helper.so")
# Set to anything, it is as if there were no helper.
PURE: Final = "EXTRACTOR_PURE"

_P, _L, _I, _D = c_void_p, c_ssize_t, c_int32, c_double
_SIGNATURES: Final = {
    "bulk_columns_at": (_P, _P, _P, _L, _I, _P, _L),
    "bulk_points_in": (_P, _P, _P, _L, _D, _D, _P, _P, _P, _P),
    "bulk_columns_of": (_P, _P, _L, _I, _P, _L),
    "bulk_ints_at": (_P, _P, _P, _L, _P),
    "bulk_doubles_at": (_P, _P, _P, _L, _P),
    "bulk_handles_at": (_P, _P, _P, _L, _P),
    "bulk_ints_of": (_P, _P, _L, _P),
    "bulk_handles_of": (_P, _P, _L, _P),
}
_ANSWERS: Final[dict[Answer, tuple[str, str]]] = {
    "int": ("ints", "i"),
    "double": ("doubles", "d"),
    "handle": ("handles", "Q"),
}


def available() -> bool:
    """Whether the helper was compiled for this system, from the present state of its source, and is wanted."""
    return PURE not in os.environ and _helper() is not None


@cache
def _helper() -> Any:
    if ctypes.sizeof(c_void_p) != array("Q").itemsize or not HELPER.exists():
        return None
    try:
        library = ctypes.PyDLL(str(HELPER))
        if library.bulk_edition() != EDITION:
            return None
    except (OSError, AttributeError):  # of another system, or another library altogether
        return None
    for name, arguments in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = None, arguments
    return library


def _address(function: Any) -> int | None:
    return ctypes.cast(function, c_void_p).value


def columns_at(function: Any, code: Code, width: int, handle: int, indices: Iterable[int]) -> list[list[Any]]:
    """`bulk.columns_at`."""
    return _columns("bulk_columns_at", function, (handle,), array("i", indices), code, width)


def points_in(function: Any, handle: int, spans: Spans, back: float, rise: float) -> Points:
    """`bulk.points_in`."""
    bounds = array("i", chain.from_iterable(spans))
    count = sum([end - start for start, end in spans])
    indices, xs, ys, steps = zeros("i", count), zeros("d", count), zeros("d", count), zeros("i", count + 1)
    given = (_address(function), handle, start_of(bounds), len(spans), back, rise)
    _helper().bulk_points_in(*given, start_of(indices), start_of(xs), start_of(ys), start_of(steps))
    return indices, xs.tolist(), ys.tolist(), steps[1 : steps[0] + 1].tolist()


def columns_of(function: Any, code: Code, width: int, handles: Iterable[int]) -> list[list[Any]]:
    """`bulk.columns_of`."""
    return _columns("bulk_columns_of", function, (), array("Q", handles), code, width)


def matrices_at(function: Any, handle: int, indices: Iterable[int]) -> tuple[list[float], list[float]]:
    """`bulk.matrices_at`."""
    asked = array("i", indices)
    out = zeros("f", MATRIX * len(asked))
    size = MATRIX * out.itemsize
    _helper().bulk_columns_at(_address(function), handle, start_of(asked), len(asked), 1, start_of(out), size)
    return out[2::MATRIX].tolist(), out[3::MATRIX].tolist()


def answers_at(function: Any, answer: Answer, handle: int, indices: Iterable[int]) -> list[Any]:
    """`bulk.answers_at`."""
    return _answers("at", function, (handle,), array("i", indices), answer)


def answers_of(function: Any, answer: Answer, handles: Iterable[int]) -> list[Any]:
    """`bulk.answers_of`."""
    return _answers("of", function, (), array("Q", handles), answer)


def _columns(
    name: str, function: Any, given: tuple[int, ...], asked: array[int], code: Code, width: int
) -> list[list[Any]]:
    count = len(asked)
    out = zeros(code, width * count)
    call = getattr(_helper(), name)
    call(_address(function), *given, start_of(asked), count, width, start_of(out), out.itemsize)
    return [out[column * count : (column + 1) * count].tolist() for column in range(width)]


def _answers(kind: str, function: Any, given: tuple[int, ...], asked: array[int], answer: Answer) -> list[Any]:
    name, code = _ANSWERS[answer]
    out = zeros(code, len(asked))
    getattr(_helper(), f"bulk_{name}_{kind}")(_address(function), *given, start_of(asked), len(asked), start_of(out))
    return out.tolist()
