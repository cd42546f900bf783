"""What `bulk_ctypes` does, by the loops of `bulk_helper.c`, where the installation could compile them.

One call through ctypes for all characters or shapes of a page instead of several each.
"""

from __future__ import annotations

import ctypes
import os
import sys
from array import array
from collections.abc import Sequence
from ctypes import c_double, c_ssize_t, c_void_p
from functools import cache
from itertools import repeat
from pathlib import Path
from struct import Struct, pack
from typing import Any, Final

from extractor.readers.pdf.bulk_ctypes import Drawn, Look, Looks, Matrix, start_of, zeros
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import MAX_SEGMENTS, RECTANGLE, THIN, WHITE

# The edition of `bulk_helper.c` that this module goes with.
EDITION: Final = 3
# Next to this file, whatever the system calls its libraries.
HELPER: Final = Path(__file__).with_name("bulk_helper.so")
# Set to anything, it is as if there were no helper.
PURE: Final = "EXTRACTOR_PURE"

_P, _L, _D = c_void_p, c_ssize_t, c_double
_SIGNATURES: Final = {
    "bulk_floats_at": (_P, _P, _P, _L, _L, _P),
    "bulk_characters": (_P, _P, _L, _P),
    "bulk_letters": (_P, _P, _P, _L, _P, _D, _D, _P, _P, _P, _P, _P, _P),
    "bulk_touching": (_P, _P, _P, _P, _L, _P, _P, _P),
    "bulk_looks": (_P, _P, _P, _P, _L, _P, _P, _P, _P, _P, _P, _P, _P),
    "bulk_objects": (_P, _P, _L, _P, _P, _P, _P, _P, _P, _P, _P),
}
# What the helper's tables of questions (`Questions`, `Drawing`) are made of, in their order.
_OF_LETTERS: Final = (
    "FPDFText_GetTextObject",
    "FPDFText_GetFontSize",
    "FPDFText_GetMatrix",
    "FPDFTextObj_GetFont",
    "FPDFText_GetFillColor",
    "FPDFText_GetCharBox",
    "FPDFText_IsGenerated",
)
_OF_OBJECTS: Final = (
    "FPDFPageObj_GetType",
    "FPDFPageObj_GetBounds",
    "FPDFPath_GetDrawMode",
    "FPDFPageObj_GetStrokeColor",
    "FPDFPageObj_GetFillColor",
    "FPDFPath_CountSegments",
)
# Its `Limits`, `Look` and `Other`.
_LIMITS: Final = pack("=diii", THIN, WHITE, RECTANGLE, MAX_SEGMENTS)
_LOOK: Final = Struct("=dddQIIIi")
_OTHER: Final = Struct("=Qddddq")
_UTF_32: Final = f"utf-32-{sys.byteorder[0]}e"


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


def _address(function: Any) -> int:
    return ctypes.cast(function, c_void_p).value or 0


@cache
def _table(pdfium: Any, names: tuple[str, ...]) -> array[int]:
    """The addresses of functions of pdfium's."""
    return array("Q", [_address(getattr(pdfium, name)) for name in names])


def floats_at(function: Any, width: int, page: int, indices: Sequence[int]) -> list[list[float]]:
    """`bulk.floats_at`."""
    asked, out = array("i", indices), zeros("f", width * len(indices))
    _helper().bulk_floats_at(_address(function), page, start_of(asked), len(asked), width, start_of(out))
    return [out[column::width].tolist() for column in range(width)]


def characters(pdfium: Any, page: int, count: int) -> str:
    """`bulk.characters`."""
    out = zeros("I", count)
    _helper().bulk_characters(_address(pdfium.FPDFText_GetUnicode), page, count, start_of(out))
    return out.tobytes().decode(_UTF_32)


class Letters:
    """`bulk.Letters`."""

    def __init__(self, pdfium: Any, page: int, text: str, frame: Frame, back: float, rise: float) -> None:
        self._pdfium, self._page = pdfium, page
        self._text = text.encode(_UTF_32)
        self._frame = array("d", frame)
        size = len(text)
        starts, ends, indices, found = zeros("i", size), zeros("i", size), zeros("i", size), zeros("i", 2)
        xs, ys = zeros("d", size), zeros("d", size)
        given = (_address(pdfium.FPDFText_GetCharOrigin), page, self._text, size, start_of(self._frame), back, rise)
        _helper().bulk_letters(*given, *map(start_of, (starts, ends, indices, xs, ys, found)))
        runs, count = found
        self._starts, self._ends, self._xs = starts[:runs], ends[:runs], xs
        self.starts, self.ends = self._starts.tolist(), self._ends.tolist()
        self.indices, self.xs, self.ys = indices[:count], tuple(xs[:count]), ys[:count]

    def touching(self) -> list[int]:
        """`bulk.Letters.touching`."""
        runs = len(self.starts)
        found = zeros("i", runs + 1)
        asked = _address(self._pdfium.FPDFText_GetTextObject), _address(self._pdfium.FPDFPageObj_GetMarkedContentID)
        places = map(start_of, (self._starts, self._ends, found))
        _helper().bulk_touching(*asked, self._page, self._text, runs, *places)
        return found[1 : found[0] + 1].tolist()

    def looks(self, starts: Sequence[int], ends: Sequence[int]) -> Looks:
        """`bulk.Letters.looks`."""
        runs = len(starts)
        first = self._starts if starts is self.starts else array("i", starts)
        last = self._ends if ends is self.ends else array("i", ends)
        rights, numbers, gaps, found = zeros("d", runs), zeros("i", runs), zeros("i", runs), zeros("i", 1)
        memory = zeros("B", _LOOK.size * runs)
        asked = start_of(_table(self._pdfium, _OF_LETTERS))
        places = map(start_of, (first, last, self._xs, rights, numbers, gaps, memory, found))
        _helper().bulk_looks(asked, self._page, self._text, start_of(self._frame), runs, *places)
        seen = _LOOK.iter_unpack(memory[: _LOOK.size * found[0]])
        return Looks(rights.tolist(), numbers.tolist(), gaps.tolist(), list(map(tuple.__new__, repeat(Look), seen)))


def drawn_in(pdfium: Any, get: Any, owner: int, count: int, matrix: Matrix | None, frame: Frame) -> Drawn:
    """`bulk.drawn_in`."""
    asked = array("Q", [_address(get), *_table(pdfium, _OF_OBJECTS)])
    handles, boxes, memory = zeros("Q", count), zeros("d", 4 * count), zeros("B", _OTHER.size * count)
    found, extent = zeros("i", 2), zeros("d", 2)
    placed, moved = array("d", frame), None if matrix is None else array("d", matrix)
    given = (start_of(asked), owner, count, None if moved is None else start_of(moved), start_of(placed), _LIMITS)
    _helper().bulk_objects(*given, *map(start_of, (handles, boxes, memory, found, extent)))
    lines, rest = found
    corners = iter(boxes[: 4 * lines].tolist())
    others = _OTHER.iter_unpack(memory[: _OTHER.size * rest])
    return Drawn(
        handles[:lines].tolist(),
        list(zip(corners, corners, corners, corners, strict=True)),
        [(handle, kind, (x0, top, x1, bottom)) for handle, x0, top, x1, bottom, kind in others],
        (extent[0], extent[1]),
    )
