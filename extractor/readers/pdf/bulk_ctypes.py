"""What `bulk` offers, call by call through ctypes: what runs where no helper was compiled.

Such a call costs 480 ns where every argument is converted anew, and 200 ns where they are ready. So the functions
called here declare no argument types, their arguments are whole numbers of 32 bits or made by `pointer`, and the
addresses that they write to are made once a process.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections import deque
from collections.abc import Iterable, Sequence
from ctypes import c_void_p
from functools import cache
from itertools import accumulate, chain, compress, islice, pairwise, repeat, starmap
from operator import gt, ne
from typing import Any, Final, Literal, NamedTuple

from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import (
    ADJACENT,
    GENERATED,
    MAX_SEGMENTS,
    NEW_LINE,
    RECTANGLE,
    SPACE_FIRST,
    STATE_CODE,
    THIN,
    WHITE,
)

CHUNK: Final = 2048  # calls before the buffer is emptied: a print has 500-3,000 characters a page, 9,000 at most
COLUMNS: Final = 4  # numbers that a call writes at most in columns
_SLOT: Final = 8  # bytes: the widest number
_MATRIX: Final = 6  # numbers of a matrix (FS_MATRIX), one behind the other
PATH, IMAGE, FORM = 2, 3, 5  # FPDF_PAGEOBJ_*

# A currency sign before a number stands alone: it is set in the captions' font, the number behind it is not.
_STRETCH = re.compile(r"(?<!\S)[$€£¥](?=\S)|\S+")

pointer = c_void_p.from_param
Code = Literal["d", "f", "i", "I"]  # what is written: double, float, int, unsigned
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class Look(NamedTuple):
    """How letters are drawn: the size of their text object's font, the third and the fourth number of its matrix, the
    handle of its font, its colour's channels, and the first character of it that was asked.
    """

    size: float
    sheared: float
    scaled: float
    font: int
    red: int
    green: int
    blue: int
    first: int


class Looks(NamedTuple):
    """Of each run of letters the right end of its ink, the number of its look, and what stands before it; the looks.

    There may be equal looks.
    """

    rights: list[float]
    numbers: list[int]
    gaps: list[int]
    looks: list[Look]


class Drawn(NamedTuple):
    """What a page or a form draws but for its text.

    Of thin paths that show handles and boxes; of pictures, of other paths that show and may have thin parts and of
    forms the handle, the kind and the box, which is empty for a form; the highest and the lowest place of any, or 0.
    """

    handles: list[int]
    boxes: list[Box]
    others: list[tuple[int, int, Box]]
    extent: tuple[float, float]


def zeros(code: str, count: int) -> array[Any]:
    """Memory to be written to: `count` numbers. An array of ctypes' own would make a type for each length."""
    return array(code, [0]) * count


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


# ---------------------------------------------------------------------------------------------------------------------
# letters


def floats_at(function: Any, width: int, page: int, indices: Sequence[int]) -> list[list[float]]:
    """`bulk.floats_at`."""
    out = zeros("f", width * len(indices))
    start, size = start_of(out), width * out.itemsize
    places = map(pointer, range(start, start + size * len(indices), size))
    _drain(map(function, repeat(pointer(page)), indices, places))
    return [out[column::width].tolist() for column in range(width)]


def characters(pdfium: Any, page: int, count: int) -> str:
    """`bulk.characters`."""
    buffer = zeros("H", count + 1)
    written = pdfium.FPDFText_GetText(page, 0, count, start_of(buffer))
    text = buffer.tobytes()[: 2 * (written - 1)].decode("utf-16-le", "replace") if written else ""
    if len(text) == count:
        return text
    # Characters beyond the basic plane, or hidden ones: each is asked for.
    codes = map(pdfium.FPDFText_GetUnicode, repeat(pointer(page)), range(count))
    return "".join([chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes])


class Letters:
    """`bulk.Letters`."""

    def __init__(self, pdfium: Any, page: int, text: str, frame: Frame, back: float, rise: float) -> None:
        self._pdfium, self._page, self._text, self._frame = pdfium, page, text, frame
        spans = [match.span() for match in _STRETCH.finditer(text)]
        # White space is not asked for its origin: what follows counts the characters of the runs alone.
        self.indices: Sequence[int] = list(chain.from_iterable(starmap(range, spans)))
        xs, ys = _columns_at(pdfium.FPDFText_GetCharOrigin, "d", 2, page, self.indices)
        self.xs, self.ys = _placed(frame, xs, ys)
        steps = _steps_in(self.xs, self.ys, spans, back, rise)
        bounds = _cut_at(steps, spans) if steps else spans
        self.starts, self.ends = [start for start, _ in bounds], [end for _, end in bounds]

    def touching(self) -> list[int]:
        """`bulk.Letters.touching`."""
        content, object_at = self._pdfium.FPDFPageObj_GetMarkedContentID, self._pdfium.FPDFText_GetTextObject
        page, text = pointer(self._page), self._text
        found = []
        for run, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            code = end - STATE_CODE
            if code <= start or not "A" <= text[code] <= "Z":
                continue  # as most
            if "A" <= text[end - 1] <= "Z" or "0" <= text[end - 1] <= "9":
                first, other = (content(pointer(object_at(page, at))) for at in (start, code))
                if -1 != first != other != -1:
                    found.append(run)
        return found

    def looks(self, starts: Sequence[int], ends: Sequence[int]) -> Looks:
        """`bulk.Letters.looks`."""
        pdfium, page = self._pdfium, self._page
        lasts = map(self.xs.__getitem__, [end - 1 for end in accumulate(map(int.__sub__, ends, starts))])
        rights = [max(right, last) for right, last in zip(self._rights(ends), lasts, strict=True)]
        objects = _answers_at(pdfium.FPDFText_GetTextObject, page, starts)
        changes = [at for at, (before, one) in enumerate(pairwise([None, *objects])) if before != one]
        numbers = [number for number, (at, to) in enumerate(pairwise([*changes, len(starts)])) for _ in range(at, to)]
        firsts = [starts[at] for at in changes]
        matrix = floats_at(pdfium.FPDFText_GetMatrix, _MATRIX, page, firsts)
        sizes = _answers_at(pdfium.FPDFText_GetFontSize, page, firsts)
        fonts = _answers_of(pdfium.FPDFTextObj_GetFont, [objects[at] for at in changes])
        colours = _columns_at(pdfium.FPDFText_GetFillColor, "I", 4, page, firsts)
        looks = map(Look, sizes, matrix[2], matrix[3], fonts, *colours[:3], firsts)
        return Looks(rights, numbers, self._gaps(starts, ends), list(looks))

    def _rights(self, ends: Sequence[int]) -> list[float]:
        """The right ends of the ink of the characters before these (the far end along the line, on a turned page)."""
        asked = self._pdfium.FPDFText_GetCharBox
        left, right, low, high = _columns_at(asked, "d", 4, self._page, [end - 1 for end in ends])
        if self._frame.rotation:
            return [self._frame.box(*quad)[2] for quad in zip(left, low, right, high, strict=True)]
        return [x - self._frame.left for x in right] if self._frame.left else right

    def _gaps(self, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
        text = self._text
        generated = _answers_at(self._pdfium.FPDFText_IsGenerated, self._page, [start - 1 for start in starts])
        gaps = [ADJACENT]
        for end, start, made in zip(ends, starts[1:], generated[1:], strict=False):
            gap = text[end:start]
            if not gap:
                gaps.append(ADJACENT)
            elif "\n" in gap:
                gaps.append((made == 1) * GENERATED | NEW_LINE | (gap[0] not in "\r\n") * SPACE_FIRST)
            else:
                gaps.append((made == 1) * GENERATED)
        return gaps


def _placed(frame: Frame, xs: list[float], ys: list[float]) -> tuple[Sequence[float], list[float]]:
    """Points of a page's space on the displayed page."""
    if frame.rotation:
        placed = [frame.point(x, y) for x, y in zip(xs, ys, strict=True)]
        return tuple([x for x, _ in placed]), [y for _, y in placed]
    left, top = frame.left, frame.top
    return tuple([x - left for x in xs] if left else xs), [top - y for y in ys]


def _steps_in(
    xs: Sequence[float], ys: Sequence[float], spans: Sequence[tuple[int, int]], back: float, rise: float
) -> list[int]:
    """The places among points where inside a stretch x goes back or y changes by more than these."""
    # Most of the places where either changes are those where a stretch begins, and on most pages all of them.
    follows = range(1, len(xs))
    places = set(compress(follows, map(ne, ys, islice(ys, 1, None))))
    places.update(compress(follows, map(gt, xs, islice(xs, 1, None))))
    places.difference_update(accumulate([end - start for start, end in spans]))
    return sorted([at for at in places if xs[at] < xs[at - 1] - back or abs(ys[at] - ys[at - 1]) > rise])


def _cut_at(steps: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of characters, cut at places that are counted among the characters of all."""
    ends = list(accumulate([end - start for start, end in spans]))
    out: list[tuple[int, int]] = []
    waiting = iter([*steps, *ends[-1:]])
    at = next(waiting)
    for (start, end), last in zip(spans, ends, strict=True):
        while at < last:
            out.append((start, end - last + at))
            start, at = end - last + at, next(waiting)
        out.append((start, end))
    return out


# ---------------------------------------------------------------------------------------------------------------------
# drawings


def drawn_in(pdfium: Any, get: Any, owner: int, count: int, matrix: Matrix | None, frame: Frame) -> Drawn:
    """`bulk.drawn_in`."""
    every = list(filter(None, _answers_at(get, owner, range(count))))
    kinds = _answers_of(pdfium.FPDFPageObj_GetType, every)  # most are texts where glyphs are drawn
    inked = list(compress(zip(every, kinds, strict=True), map((PATH, IMAGE).__contains__, kinds)))
    boxes = list(_boxes(pdfium, matrix, frame, [handle for handle, _ in inked]))
    extent = min([0.0, *(box[1] for box in boxes)]), max([0.0, *(box[3] for box in boxes)])
    others = {handle: (handle, kind, _NOWHERE) for handle, kind in zip(every, kinds, strict=True) if kind == FORM}
    lines: list[tuple[int, Box]] = []
    areas: list[tuple[int, Box]] = []
    for (handle, kind), box in zip(inked, boxes, strict=True):
        if kind == IMAGE:
            others[handle] = handle, kind, box
        elif box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            lines.append((handle, box))
        else:
            areas.append((handle, box))
    for handle, box in _with_parts(pdfium, areas):
        others[handle] = handle, PATH, box
    shown = list(compress(lines, _visible(pdfium, [handle for handle, _ in lines])))
    in_order = [others[handle] for handle in every if handle in others] if others else []
    return Drawn([handle for handle, _ in shown], [box for _, box in shown], in_order, extent)


def _with_parts(pdfium: Any, areas: Sequence[tuple[int, Box]]) -> Iterable[tuple[int, Box]]:
    """Those of some paths that may have thin parts: the sides of a rectangle, or bars drawn together."""
    handles = [handle for handle, _ in areas]
    counts = _answers_of(pdfium.FPDFPath_CountSegments, handles)
    _, strokes = _columns_of(pdfium.FPDFPath_GetDrawMode, "i", 2, handles)
    told = [
        count <= MAX_SEGMENTS and (stroked or count > RECTANGLE) for count, stroked in zip(counts, strokes, strict=True)
    ]
    some = list(compress(areas, told))
    return compress(some, _visible(pdfium, [handle for handle, _ in some]))


def _boxes(pdfium: Any, matrix: Matrix | None, frame: Frame, handles: Sequence[int]) -> Iterable[Box]:
    """The boxes of page objects on the displayed page."""
    lefts, lows, rights, highs = _columns_of(pdfium.FPDFPageObj_GetBounds, "f", 4, handles)
    if matrix is None and not frame.rotation:
        left, top = frame.left, frame.top
        if left:
            lefts, rights = [x - left for x in lefts], [x - left for x in rights]
        return zip(lefts, [top - y for y in highs], rights, [top - y for y in lows], strict=True)
    quads = zip(lefts, lows, rights, highs, strict=True)
    if matrix is None:
        return [frame.box(*quad) for quad in quads]
    return [frame.box(*applied(matrix, x0, y0), *applied(matrix, x1, y1)) for x0, y0, x1, y1 in quads]


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _visible(pdfium: Any, handles: Sequence[int]) -> list[bool]:
    """For each path whether it is drawn in a colour that shows on white."""
    fills, strokes = _columns_of(pdfium.FPDFPath_GetDrawMode, "i", 2, handles)
    seen = [False] * len(handles)
    for ask, chosen in (
        (pdfium.FPDFPageObj_GetStrokeColor, list(map(bool, strokes))),
        (pdfium.FPDFPageObj_GetFillColor, [fill and not stroke for fill, stroke in zip(fills, strokes, strict=True)]),
    ):
        indices = list(compress(range(len(handles)), chosen))
        channels = _columns_of(ask, "I", 4, [handles[index] for index in indices])
        for index, red, green, blue, alpha in zip(indices, *channels, strict=True):
            seen[index] = alpha > 0 and min(red, green, blue) < WHITE
    return seen


# ---------------------------------------------------------------------------------------------------------------------
# calls


def _columns_at(function: Any, code: Code, width: int, handle: int, indices: Sequence[int]) -> list[list[Any]]:
    """The `width` numbers of type `code` that function(handle, index, …) writes for each index, as columns; zeros where
    it writes none."""
    return _columns(function, code, width, len(indices), repeat(pointer(handle)), indices)


def _columns_of(function: Any, code: Code, width: int, handles: Sequence[int]) -> list[list[Any]]:
    """The same of function(handle, …) for each handle."""
    return _columns(function, code, width, len(handles), map(pointer, handles))


def _answers_at(function: Any, handle: int, indices: Iterable[int]) -> list[Any]:
    """What function(handle, index) answers for each index, a handle as a number, 0 for none; as its `restype` tells."""
    return [found or 0 for found in map(function, repeat(pointer(handle)), indices)]


def _answers_of(function: Any, handles: Iterable[int]) -> list[Any]:
    """The same of function(handle) for each handle."""
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
